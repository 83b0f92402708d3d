//! Merges a schema with its `allOf` and `$ref` into one flat view.

use std::rc::Rc;

use super::flat::Flat;
use super::subtypes::is_parent;
use crate::lower::Lowering;
use crate::lower::names::type_names::Naming;
use crate::pointer::Pointer;
use crate::spec::{AdditionalProperties, Keywords, Type};

/// The maximum number of references that are followed in a row.
pub(in crate::lower) const REACH: usize = 32;

/// One of the schemas that together describe a value.
#[derive(Clone)]
enum Constituent {
    /// The target of a reference.
    Reference(Pointer),
    /// Keywords of an inline schema.
    Inline(Rc<Keywords>),
}

/// The parts of a schema with `allOf`.
#[derive(Default)]
struct Constituents {
    /// Parts that describe values.
    parts: Vec<Constituent>,
    /// Schemas with a type and nothing else, which usually repeat another part.
    restated: Vec<Rc<Keywords>>,
    /// Set if a part describes members for some values only.
    conditional: bool,
    /// Set if a part with little else allows null.
    null_marker: bool,
    /// The title of the schema itself, else of the first inline part that has one.
    title: Option<String>,
    description: Option<String>,
}

/// A merge in progress.
struct Merge {
    flat: Flat,
    /// The schema, then the references that are being followed.
    path: Vec<Pointer>,
    /// The owner of all members, wherever they are declared.
    forced: Option<Naming>,
}

impl Lowering<'_> {
    /// Returns the flat view of the schema at a place. Inline schemas from a reference are named after the schema that
    /// declares them.
    pub(in crate::lower) fn flat(&mut self, pointer: &Pointer, naming: &Naming) -> Option<Rc<Flat>> {
        self.flatten(std::slice::from_ref(pointer), naming, None)
    }

    /// Returns the flat view of a schema whose members, including inherited ones, belong to `owner`.
    pub(in crate::lower) fn flat_owned(&mut self, pointer: &Pointer, owner: &Naming) -> Option<Rc<Flat>> {
        self.flatten(std::slice::from_ref(pointer), owner, Some(owner.clone()))
    }

    /// Returns the target of a schema that is a reference and describes its values in no other way.
    pub(in crate::lower) fn plain_reference(&mut self, pointer: &Pointer) -> Option<Pointer> {
        let keywords = self.keywords(pointer)?;
        let plain = keywords.all_of.is_empty()
            && !keywords.nullable
            && matches!(weight(&keywords), Weight::Describes);
        keywords.reference.clone().filter(|_| plain)
    }

    /// Follows schemas that only rename or describe another one, and returns the last schema.
    pub(in crate::lower) fn meant(
        &mut self,
        pointers: &[Pointer],
        naming: &Naming,
    ) -> Option<(Pointer, Rc<Flat>)> {
        let mut flat = self.flatten(pointers, naming, None)?;
        let mut pointer = pointers.last()?.clone();
        for _ in 0..REACH {
            let Some(target) = flat.same.clone() else { return Some((pointer, flat)) };
            flat = self.flat(&target, naming)?;
            pointer = target;
        }
        None
    }

    /// Returns the flat view of values that match all of these schemas. Title and description are those of the last
    /// one.
    pub(in crate::lower) fn flatten(
        &mut self,
        pointers: &[Pointer],
        naming: &Naming,
        forced: Option<Naming>,
    ) -> Option<Rc<Flat>> {
        let keywords = self.keywords(pointers.last()?)?;
        let mut parts = Constituents::default();
        for pointer in pointers {
            if let Some(keywords) = self.keywords(pointer) {
                self.parts(&keywords, &mut parts);
            }
        }
        let mut flat = Flat::of(&keywords);
        flat.title = flat.title.or(parts.title.take());
        flat.description = flat.description.or(parts.description.take());
        if forced.is_none()
            && let Some(target) = self.only_reference(&parts)
            && !self.is_child(pointers, &target)
        {
            flat.same = Some(target);
            flat.nullable = parts.null_marker;
            return Some(Rc::new(flat));
        }
        let mut merge = Merge { flat, path: pointers.to_vec(), forced };
        let nullable = self.merge(&parts, naming, &mut merge);
        merge.flat.nullable = nullable.unwrap_or_default();
        self.free_unevaluated(&mut merge.flat);
        if let [pointer] = pointers
            && merge.flat.unions.is_empty()
        {
            merge.flat.unions.extend(self.union_of_children(pointer, &keywords, naming));
        }
        Some(Rc::new(merge.flat))
    }

    /// Returns the target, if a single reference describes the values.
    fn only_reference(&mut self, parts: &Constituents) -> Option<Pointer> {
        let Some(Constituent::Reference(target)) = parts.parts.first() else { return None };
        let same = |part: &Constituent| matches!(part, Constituent::Reference(other) if other == target);
        if !parts.parts.iter().all(same) {
            return None;
        }
        let known = self.keywords(target).and_then(|keywords| keywords.ty);
        let repeats = |keywords: &Rc<Keywords>| {
            keywords.ty == Some(Type::Object) || known.is_none() || keywords.ty == known
        };
        parts.restated.iter().all(repeats).then(|| target.clone())
    }

    /// Returns `true` if the target stands for a union of its children and the schema is one of them: it inherits the
    /// members of its parent, not the union.
    fn is_child(&mut self, schema: &[Pointer], target: &Pointer) -> bool {
        let [child] = schema else { return false };
        let mut parent = Some(target.clone());
        for _ in 0..REACH {
            let Some(keywords) = parent.take().and_then(|parent| self.keywords(&parent)) else { break };
            if self.lists_one_of(&keywords.one_of, schema)
                || self.lists_one_of(&keywords.any_of, schema)
                || is_parent(&keywords) && self.descendants(&keywords.pointer).contains(child)
            {
                return true;
            }
            let mut parts = Constituents::default();
            self.parts(&keywords, &mut parts);
            parent = self.only_reference(&parts);
        }
        false
    }

    /// Collects the parts of a schema, including inline `allOf` inside `allOf`.
    fn parts(&mut self, keywords: &Rc<Keywords>, out: &mut Constituents) {
        if !self.enter(&keywords.pointer) {
            return;
        }
        out.title = out.title.take().or_else(|| keywords.title.clone());
        out.description = out.description.take().or_else(|| keywords.description.clone());
        out.parts.extend(keywords.reference.clone().map(Constituent::Reference));
        for pointer in &keywords.all_of {
            if let Some(part) = self.keywords(pointer) {
                self.parts(&part, out);
            }
        }
        out.conditional |= self.has_conditional_members(keywords);
        match weight(keywords) {
            Weight::Says => out.parts.push(Constituent::Inline(keywords.clone())),
            Weight::Restates => {
                out.restated.push(keywords.clone());
                out.null_marker |= keywords.nullable;
            }
            Weight::Describes => out.null_marker |= keywords.nullable,
        }
        self.leave();
    }

    /// Merges the parts. Returns `true` if they allow null, and `None` if they leave that open.
    fn merge(&mut self, parts: &Constituents, naming: &Naming, merge: &mut Merge) -> Option<bool> {
        let mut nullable: Option<bool> = None;
        // Arguments start with the members of the body itself, types with the inherited ones.
        let own_first =
            |part: &&Constituent| matches!(part, Constituent::Reference(_)) && merge.forced.is_some();
        let mut ordered: Vec<&Constituent> = parts.parts.iter().collect();
        ordered.sort_by_key(own_first);
        for part in ordered {
            let part = match part {
                Constituent::Inline(keywords) => {
                    self.merge_inline(keywords, naming, merge);
                    Some(keywords.nullable)
                }
                Constituent::Reference(target) => self.merge_reference(target, merge),
            };
            nullable = match (nullable, part) {
                (Some(one), Some(other)) => Some(one && other),
                (one, other) => one.or(other),
            };
        }
        for keywords in &parts.restated {
            merge.flat.absorb(keywords, naming);
        }
        merge.flat.conditional |= parts.conditional;
        if parts.null_marker { Some(true) } else { nullable }
    }

    fn merge_inline(&mut self, keywords: &Keywords, naming: &Naming, merge: &mut Merge) {
        if keywords.one_of.is_empty() && keywords.any_of.is_empty() {
            merge.flat.absorb(keywords, naming);
            return;
        }
        let outer = merge.path.split_last().map_or(&[][..], |(_, outer)| outer).to_vec();
        let kept = |lowering: &mut Self, variants: &[Pointer]| {
            let idle = lowering.lists_one_of(variants, &outer) || lowering.only_restricts(keywords, variants);
            if idle { Vec::new() } else { variants.to_vec() }
        };
        let one_of = kept(self, &keywords.one_of);
        let any_of = kept(self, &keywords.any_of);
        merge.flat.absorb(&Keywords { one_of, any_of, ..keywords.clone() }, naming);
    }

    /// Returns `true` if a union lists one of these schemas: the union of a parent does not apply to a child that
    /// refers to it.
    fn lists_one_of(&mut self, variants: &[Pointer], schemas: &[Pointer]) -> bool {
        variants.iter().any(|variant| {
            let target = self.keywords(variant).and_then(|keywords| keywords.reference.clone());
            target.is_some_and(|target| schemas.contains(&target))
        })
    }

    /// Returns `true` if the variants only restrict a value that is described elsewhere, such as by required members.
    fn only_restricts(&mut self, union: &Keywords, variants: &[Pointer]) -> bool {
        let own_type = union.ty.or((!union.properties.is_empty()).then_some(Type::Object));
        variants.iter().all(|variant| {
            self.keywords(variant).is_some_and(|keywords| {
                let bare = Keywords { required: Vec::new(), ..(*keywords).clone() };
                let composed = keywords.reference.is_some() || !keywords.all_of.is_empty();
                !composed
                    && !keywords.nullable
                    && match weight(&bare) {
                        Weight::Describes => true,
                        Weight::Restates => keywords.ty == own_type,
                        Weight::Says => false,
                    }
            })
        })
    }

    /// Returns the flat view of a variant of a union, together with the members beside the union.
    pub(in crate::lower) fn flat_onto(
        &mut self,
        base: &Flat,
        variant: &Pointer,
        naming: &Naming,
    ) -> Option<Rc<Flat>> {
        let keywords = self.keywords(variant)?;
        let mut parts = Constituents::default();
        self.parts(&keywords, &mut parts);
        let own = Flat::of(&keywords);
        let mut flat =
            Flat { unions: Vec::new(), pointer: own.pointer, deprecated: own.deprecated, ..base.clone() };
        flat.title = own.title.or(parts.title.take());
        flat.description = own.description.or(parts.description.take());
        let path = vec![base.pointer.clone(), variant.clone()];
        let mut merge = Merge { flat, path, forced: None };
        let nullable = self.merge(&parts, naming, &mut merge);
        merge.flat.nullable = nullable.unwrap_or_default();
        self.free_unevaluated(&mut merge.flat);
        Some(Rc::new(merge.flat))
    }

    fn merge_reference(&mut self, target: &Pointer, merge: &mut Merge) -> Option<bool> {
        if merge.path.contains(target) {
            self.report_cycle(&merge.flat.pointer.clone());
            return None;
        }
        if merge.flat.merged.contains(target) || !self.enter(target) {
            return None;
        }
        merge.flat.merged.push(target.clone());
        merge.path.push(target.clone());
        let nullable = self.keywords(target).and_then(|keywords| {
            let mut parts = Constituents::default();
            self.parts(&keywords, &mut parts);
            let naming = merge.forced.clone().unwrap_or_else(|| Naming::of(&self.natural_owner(target)));
            self.merge(&parts, &naming, merge)
        });
        merge.path.pop();
        self.leave();
        nullable
    }
}

/// The amount of information about values in a schema.
enum Weight {
    /// It describes the values.
    Says,
    /// It only has a type.
    Restates,
    /// It has no information about values.
    Describes,
}

fn weight(keywords: &Keywords) -> Weight {
    let says = keywords.enum_.is_some()
        || !keywords.properties.is_empty()
        || !keywords.required.is_empty()
        || keywords.additional != AdditionalProperties::Unspecified
        || keywords.items.is_some()
        || !keywords.tuple.is_empty()
        || !keywords.one_of.is_empty()
        || !keywords.any_of.is_empty();
    if says || (keywords.ty.is_some() && keywords.format.is_some()) {
        Weight::Says
    } else if keywords.ty.is_some() {
        Weight::Restates
    } else {
        Weight::Describes
    }
}
