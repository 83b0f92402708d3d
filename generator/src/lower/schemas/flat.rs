//! Merges the keywords of one or several schemas into a flat view of their values.

use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};

use crate::ir::{Docs, Value};
use crate::lower::names::type_names::Naming;
use crate::pointer::Pointer;
use crate::spec::{AdditionalProperties, Discriminator, Keywords, Type};
use crate::tree::Number;

/// A schema together with everything that it gets from `allOf` and `$ref`.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Flat {
    /// The place of the schema.
    pub(in crate::lower) pointer: Pointer,
    pub(in crate::lower) title: Option<String>,
    pub(in crate::lower) description: Option<String>,
    pub(in crate::lower) deprecated: bool,
    /// The schema that this one only renames or describes.
    pub(in crate::lower) same: Option<Pointer>,
    /// The references that were merged.
    pub(in crate::lower) merged: Vec<Pointer>,
    /// Set if null is allowed.
    pub(in crate::lower) nullable: bool,
    pub(in crate::lower) ty: Option<Type>,
    pub(in crate::lower) format: Option<String>,
    pub(in crate::lower) minimum: Option<Number>,
    pub(in crate::lower) maximum: Option<Number>,
    pub(in crate::lower) values: Option<Vec<EnumValue>>,
    pub(in crate::lower) properties: IndexMap<Rc<str>, Vec<Slot>>,
    pub(in crate::lower) required: IndexSet<String>,
    pub(in crate::lower) others: Others,
    /// Set if members are described for some values only.
    pub(in crate::lower) conditional: bool,
    pub(in crate::lower) items: Vec<Slot>,
    /// Schemas of the first items.
    pub(in crate::lower) tuple: Option<Tuple>,
    pub(in crate::lower) unions: Vec<UnionKeywords>,
    /// Set if `not` excludes values.
    pub(in crate::lower) not: bool,
    /// The reason why no value can match.
    pub(in crate::lower) conflict: Option<String>,
}

/// A schema inside another: its place and the naming of its type.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Slot {
    pub(in crate::lower) pointer: Pointer,
    pub(in crate::lower) naming: Naming,
}

/// The members of an object that are not named.
#[derive(Clone, Debug)]
pub(in crate::lower) enum Others {
    /// They are not mentioned.
    Unspecified,
    /// They are not allowed.
    Denied,
    /// They can have any value.
    Any,
    /// They have a schema.
    Schema(Slot),
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub(in crate::lower) struct EnumValue {
    pub(in crate::lower) value: Value,
    pub(in crate::lower) name: Option<String>,
    pub(in crate::lower) description: Option<String>,
    pub(in crate::lower) pointer: Pointer,
}

/// Items that each have a schema.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Tuple {
    pub(in crate::lower) items: Vec<Slot>,
    /// Set if the number of items is fixed.
    pub(in crate::lower) exact: bool,
}

/// Schemas of which one applies.
#[derive(Clone, Debug)]
pub(in crate::lower) struct UnionKeywords {
    pub(in crate::lower) variants: Vec<Pointer>,
    pub(in crate::lower) discriminator: Option<Discriminator>,
    pub(in crate::lower) naming: Naming,
    /// Set if the variants extend the schema itself, which is then a variant too.
    pub(in crate::lower) inherited: bool,
    /// Set if values that match no variant are allowed.
    pub(in crate::lower) open: bool,
}

impl Flat {
    /// Returns title and description.
    pub(in crate::lower) fn docs(&self) -> Docs {
        let text = |text: &Option<String>| text.clone().map(Into::into);
        Docs { title: text(&self.title), description: text(&self.description) }
    }

    /// Creates the view of a schema alone, before anything is merged.
    pub(in crate::lower) fn of(keywords: &Keywords) -> Self {
        Self {
            pointer: keywords.pointer.clone(),
            title: keywords.title.clone(),
            description: keywords.description.clone(),
            deprecated: keywords.deprecated,
            same: None,
            merged: Vec::new(),
            nullable: false,
            ty: None,
            format: None,
            minimum: None,
            maximum: None,
            values: None,
            properties: IndexMap::new(),
            required: IndexSet::new(),
            others: Others::Unspecified,
            conditional: false,
            items: Vec::new(),
            tuple: None,
            unions: Vec::new(),
            not: keywords.not,
            conflict: None,
        }
    }

    /// Returns `true` if the schema has named members.
    pub(in crate::lower) fn has_members(&self) -> bool {
        !self.properties.is_empty()
    }

    /// Narrows the view to values that also match `keywords`.
    pub(in crate::lower) fn absorb(&mut self, keywords: &Keywords, naming: &Naming) {
        self.absorb_type(effective_type(keywords));
        self.absorb_values(keywords);
        self.format = self.format.take().or_else(|| keywords.format.clone());
        self.minimum = self.minimum.take().or_else(|| keywords.minimum.clone());
        self.maximum = self.maximum.take().or_else(|| keywords.maximum.clone());
        self.not |= keywords.not;
        self.absorb_members(keywords, naming);
        if let Some(items) = &keywords.items
            && self.items.iter().all(|slot| slot.pointer != *items)
        {
            self.items.push(Slot { pointer: items.clone(), naming: naming.clone() });
        }
        if self.tuple.is_none() && !keywords.tuple.is_empty() {
            let slot = |(index, pointer): (usize, &Pointer)| Slot {
                pointer: pointer.clone(),
                naming: naming.with(&format!("item {}", index + 1)),
            };
            self.tuple = Some(Tuple {
                items: keywords.tuple.iter().enumerate().map(slot).collect(),
                exact: has_exactly(keywords, keywords.tuple.len()),
            });
        }
        for variants in [&keywords.one_of, &keywords.any_of] {
            if !variants.is_empty() {
                self.unions.push(UnionKeywords {
                    variants: variants.clone(),
                    discriminator: keywords.discriminator.clone(),
                    naming: naming.clone(),
                    inherited: false,
                    open: keywords.open_union,
                });
            }
        }
    }

    fn absorb_type(&mut self, ty: Option<Type>) {
        self.ty = match (self.ty, ty) {
            (Some(Type::Integer), Some(Type::Number)) | (Some(Type::Number), Some(Type::Integer)) => {
                Some(Type::Integer)
            }
            (Some(one), Some(other)) if one != other => {
                self.conflict =
                    Some(format!("a value cannot be both {} and {}", describe(one), describe(other)));
                Some(one)
            }
            (one, other) => one.or(other),
        };
    }

    fn absorb_values(&mut self, keywords: &Keywords) {
        let Some(values) = &keywords.enum_ else { return };
        let at = |list: &[Option<String>], index: usize| list.get(index).cloned().flatten();
        let values: Vec<EnumValue> = values
            .iter()
            .enumerate()
            .map(|(index, value)| EnumValue {
                value: value.clone(),
                name: at(&keywords.enum_names, index),
                description: at(&keywords.enum_descriptions, index),
                pointer: keywords.pointer.child("enum").child(index),
            })
            .collect();
        match &mut self.values {
            None => self.values = Some(values),
            Some(known) => {
                known.retain(|known| values.iter().any(|value| value.value == known.value));
                if known.is_empty() {
                    self.conflict = Some("two enums have no common value".to_owned());
                }
            }
        }
    }

    fn absorb_members(&mut self, keywords: &Keywords, naming: &Naming) {
        if !keywords.properties.is_empty() {
            let owner = naming.owner();
            for (name, pointer) in &keywords.properties {
                let name: Rc<str> = name.as_str().into();
                let slots = self.properties.entry(name.clone()).or_default();
                if slots.iter().all(|slot| slot.pointer != *pointer) {
                    slots.push(Slot { pointer: pointer.clone(), naming: Naming::part(&owner, name) });
                }
            }
        }
        self.required.extend(keywords.required.iter().cloned());
        self.absorb_others(&keywords.additional, naming);
    }

    /// Merges `additionalProperties`. A schema takes precedence; `false` in one part of an `allOf` applies to that part
    /// alone.
    fn absorb_others(&mut self, additional: &AdditionalProperties, naming: &Naming) {
        match (&self.others, additional) {
            (Others::Schema(_), _)
            | (_, AdditionalProperties::Unspecified)
            | (Others::Any, AdditionalProperties::Denied) => {}
            (_, AdditionalProperties::Schema(pointer)) => {
                self.others = Others::Schema(Slot { pointer: pointer.clone(), naming: naming.clone() });
            }
            (_, AdditionalProperties::Any) => self.others = Others::Any,
            (Others::Unspecified | Others::Denied, AdditionalProperties::Denied) => {
                self.others = Others::Denied
            }
        }
    }
}

/// Returns the type of the values. A schema with members but without a type describes objects.
fn effective_type(keywords: &Keywords) -> Option<Type> {
    keywords.ty.or_else(|| {
        let object =
            !keywords.properties.is_empty() || keywords.additional != AdditionalProperties::Unspecified;
        let array = keywords.items.is_some() || !keywords.tuple.is_empty();
        if object { Some(Type::Object) } else { array.then_some(Type::Array) }
    })
}

/// The maximum length of a tuple.
const LONGEST_TUPLE: usize = 8;

/// Returns `true` if a list has exactly this many items, all of them described.
fn has_exactly(keywords: &Keywords, count: usize) -> bool {
    let ends = keywords.closed_tuple || keywords.max_items == u64::try_from(count).ok();
    count <= LONGEST_TUPLE && ends && keywords.min_items == u64::try_from(count).ok()
}

fn describe(ty: Type) -> &'static str {
    match ty {
        Type::String => "a string",
        Type::Integer => "an integer",
        Type::Number => "a number",
        Type::Boolean => "a boolean",
        Type::Object => "an object",
        Type::Array => "an array",
    }
}
