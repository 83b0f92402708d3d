//! Finds the tag that distinguishes the variants of a union.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::variants::{Base, Candidate};
use crate::diagnostic::Code;
use crate::ir::Value;
use crate::lower::Lowering;
use crate::lower::names::type_names::is_named;
use crate::lower::schemas::flat::{EnumValue, Flat};
use crate::lower::schemas::value_kinds::ValueKind;
use crate::name::Name;
use crate::pointer::Pointer;
use crate::spec::Discriminator;

/// The member that distinguishes variants.
pub(in crate::lower) struct Tags {
    /// Its wire name.
    pub(in crate::lower) property: String,
    /// Its values for each variant.
    pub(in crate::lower) values: Vec<Vec<String>>,
    /// `true` if the document declares the member as the discriminator.
    pub(in crate::lower) is_declared: bool,
}

impl Lowering<'_> {
    /// Returns the tag of a union: the discriminator, or a member whose values differ between variants. A variant
    /// without values is tried by its shape if the tag selects no other variant; variants that share a value are tried
    /// if the tag has that value.
    pub(in crate::lower) fn tags(&mut self, union: &Flat, candidates: &[Candidate]) -> Option<Tags> {
        let discriminator = union.unions.iter().find_map(|union| union.discriminator.clone());
        if let Some(discriminator) = discriminator {
            self.report_contradictions(&discriminator, candidates);
            self.report_stray_default(union, &discriminator, candidates);
            let property = discriminator.property;
            // Children may inherit the values of all children from their parent; then their names decide.
            let [constants, names] = [true, false].map(|by_constant| -> Vec<Vec<String>> {
                let values =
                    candidates.iter().map(|candidate| self.tag_values(&property, candidate, by_constant));
                values.collect()
            });
            type Tells = fn(&[Vec<String>]) -> bool;
            let told: [(Tells, _); 3] = [(unique, &constants), (unique, &names), (constant, &constants)];
            if let Some((_, values)) = told.into_iter().find(|(tells, values)| tells(values)) {
                return Some(Tags { property, values: values.clone(), is_declared: true });
            }
        }
        self.infer_tags(candidates)
    }

    /// Reports values that the document maps to variants whose schemas do not allow them.
    fn report_contradictions(&mut self, discriminator: &Discriminator, candidates: &[Candidate]) {
        let property = &discriminator.property;
        let mapping = discriminator.pointer.child("mapping");
        for candidate in candidates.iter().filter(|candidate| is_object(candidate)) {
            let Some(allowed) = self.constants(&candidate.flat, property) else { continue };
            for value in &candidate.listed.mapped {
                let place = mapping.child(value);
                if allowed.contains(value) || self.spec.node(&place).is_none() {
                    continue;
                }
                let message = format!(
                    "this value is mapped to a schema whose `{property}` has other values; the mapping counts"
                );
                let help = "fix the mapping, or the values in the schema";
                self.warn(Code::Malformed, &place, message, help);
            }
        }
    }

    /// Reports a default that is not a variant. The parent of variants that extend it is one anyway.
    fn report_stray_default(
        &mut self,
        union: &Flat,
        discriminator: &Discriminator,
        candidates: &[Candidate],
    ) {
        let Some(default) = &discriminator.default else { return };
        if *default == union.pointer || candidates.iter().any(|candidate| candidate.listed.is_default) {
            return;
        }
        let place = discriminator.pointer.child("defaultMapping");
        let message = "this schema is not a variant of the union; values with other tags are kept untyped";
        self.warn(Code::Malformed, &place, message, "list the schema in `oneOf`");
    }

    /// Returns the discriminator values of a variant: those that the document maps to it, else those that its schema
    /// allows, else the name of the schema.
    fn tag_values(&mut self, property: &str, candidate: &Candidate, by_constant: bool) -> Vec<String> {
        if !is_object(candidate) || candidate.base == Base::Alone {
            return Vec::new();
        }
        if !candidate.listed.mapped.is_empty() {
            return candidate.listed.mapped.clone();
        }
        if by_constant && let Some(values) = self.constants(&candidate.flat, property) {
            return values;
        }
        let meant = &candidate.listed.surface.meant;
        if *meant == candidate.listed.slot.pointer && !is_named(meant) {
            return Vec::new();
        }
        meant.tokens().last().into_iter().collect()
    }

    /// Returns the member that distinguishes the most variants, preferring one that all of them require.
    pub(super) fn infer_tags(&mut self, candidates: &[Candidate]) -> Option<Tags> {
        let mut found: IndexMap<String, Vec<Vec<String>>> = IndexMap::new();
        for (index, candidate) in candidates.iter().enumerate().filter(|(_, candidate)| is_object(candidate))
        {
            for property in candidate.flat.properties.keys() {
                if let Some(values) = self.constants(&candidate.flat, property) {
                    let all = found.entry((**property).to_owned()).or_default();
                    all.resize(candidates.len(), Vec::new());
                    all[index] = values;
                }
            }
        }
        let demanded = |property: &str| {
            candidates.iter().filter(|candidate| candidate.flat.required.contains(property)).count()
        };
        found
            .into_iter()
            .filter(|(property, values)| {
                distinct(values) || constant(values) || self.is_null_or_not(property, values, candidates)
            })
            .min_by_key(|(property, values)| Reverse((told_apart(values), demanded(property))))
            .map(|(property, values)| Tags { property, values, is_declared: false })
    }

    /// Returns `true` if a member is null in some variants, and required and never null in all others.
    fn is_null_or_not(&mut self, property: &str, values: &[Vec<String>], candidates: &[Candidate]) -> bool {
        values.iter().flatten().all(|value| value == "null")
            && values.iter().zip(candidates).all(|(values, candidate)| {
                !values.is_empty() || (is_object(candidate) && self.excludes_null(&candidate.flat, property))
            })
            && values.iter().any(Vec::is_empty)
    }

    fn excludes_null(&mut self, flat: &Flat, property: &str) -> bool {
        let Some(slot) = flat.properties.get(property).and_then(|slots| slots.last()) else { return false };
        let surface = self.surface(&slot.pointer);
        flat.required.contains(property) && !surface.nullable && surface.kind != ValueKind::Any
    }

    /// Returns the texts of the strings, numbers, booleans and nulls that a member is limited to.
    pub(super) fn constants(&mut self, flat: &Flat, property: &str) -> Option<Vec<String>> {
        self.constant_values(flat, property)?.iter().map(text).collect()
    }

    fn constant_values(&mut self, flat: &Flat, property: &str) -> Option<Vec<Value>> {
        let slots = flat.properties.get(property)?;
        let pointers: Vec<Pointer> = slots.iter().map(|slot| slot.pointer.clone()).collect();
        let (_, flat) = self.meant(&pointers, &slots.last()?.naming)?;
        if flat.values.is_none() && self.surface(pointers.last()?).kind == ValueKind::Null {
            return Some(vec![Value::Null]);
        }
        Some(flat.values.as_ref()?.iter().map(|value: &EnumValue| value.value.clone()).collect())
    }

    /// Returns the name of a variant by its tag: a number, boolean or null says little without its member.
    pub(super) fn tag_name(&mut self, flat: &Flat, property: &str, tag: &str) -> Name {
        let values = self.constant_values(flat, property).unwrap_or_default();
        let value = values.iter().find(|value| text(value).as_deref() == Some(tag));
        if value.map_or_else(|| values.iter().all(Value::is_string), Value::is_string) {
            return Name::new(tag);
        }
        let words = tag.replace('-', "minus ").replace('.', " point ");
        Name::new(property).join(&Name::new(words))
    }
}

/// Returns the text of a constant, as the runtime reads it from the member of a value.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null => Some("null".to_owned()),
        Value::Number(number) => {
            let integer = number.as_i64().map(|integer| integer.to_string());
            let integer = integer.or_else(|| number.as_u64().map(|integer| integer.to_string()));
            // `1.0` is the integer 1, and `1.50` is 1.5.
            integer.or_else(|| number.as_f64().map(|float| float.to_string()))
        }
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// Returns `true` if a variant has tags, and shares none of them with another variant.
pub(in crate::lower) fn is_told(tags: &[String], all: &[Vec<String>]) -> bool {
    let owners = |tag: &String| all.iter().filter(|tags| tags.contains(tag)).count();
    !tags.is_empty() && tags.iter().all(|tag| owners(tag) == 1)
}

fn is_object(candidate: &Candidate) -> bool {
    matches!(candidate.listed.surface.kind, ValueKind::Object | ValueKind::Map)
}

/// Returns the number of pairs of variants that share no tag value.
fn told_apart(values: &[Vec<String>]) -> usize {
    let told = values.iter().filter(|values| !values.is_empty());
    let shares = |one: &[String], other: &[String]| one.iter().any(|value| other.contains(value));
    let pairs = |(index, one): (usize, &Vec<String>)| {
        told.clone().skip(index + 1).filter(|other| !shares(one, other)).count()
    };
    told.clone().enumerate().map(pairs).sum()
}

/// Returns `true` if no variant has more than one value, and the values are not all the same. Variants that share a
/// value are tried by their shape.
fn constant(values: &[Vec<String>]) -> bool {
    values.iter().all(|values| values.len() < 2) && told_apart(values) > 0
}

/// Returns `true` if at least two variants have values, and no value belongs to two variants.
fn distinct(values: &[Vec<String>]) -> bool {
    values.iter().filter(|values| !values.is_empty()).count() > 1 && unique(values)
}

/// Returns `true` if there are values, and none belongs to two variants.
fn unique(values: &[Vec<String>]) -> bool {
    let mut seen = BTreeSet::new();
    values.iter().flatten().all(|value| seen.insert(value)) && !seen.is_empty()
}
