//! Names the variants of a union that have no schema name, no title and no tag, by what tells them apart.

use std::rc::Rc;

use super::variants::Candidate;
use crate::ir::Scalar;
use crate::lower::Lowering;
use crate::lower::names::type_names::is_named;
use crate::lower::schemas::flat::{Flat, Others, Slot};
use crate::lower::schemas::value_kinds::ValueKind;
use crate::name::{Name, words};
use crate::pointer::Pointer;

/// The maximum number of members in a name.
const MOST_MEMBERS: usize = 2;

impl Lowering<'_> {
    /// Returns the name of a variant: its only value, its kind, or else what distinguishes it from other
    /// variants of the kind.
    pub(super) fn name_by_contents(&mut self, candidate: &Candidate, all: &[Candidate]) -> Name {
        if let Some(name) = single_value(&candidate.flat) {
            return name;
        }
        let kind = candidate.listed.surface.kind;
        let is_candidate = |other: &Candidate| std::ptr::eq(other, candidate);
        let position = all.iter().position(is_candidate).unwrap_or_default();
        let others: Vec<&Candidate> =
            all.iter().filter(|other| other.listed.surface.kind == kind && !is_candidate(other)).collect();
        if others.is_empty() {
            return Name::new(kind_name(kind));
        }
        let distinct = match kind {
            ValueKind::Object => by_members(&candidate.flat, &others),
            ValueKind::Scalar(_) => by_format(&candidate.flat, &others),
            ValueKind::List | ValueKind::Map => self.by_items(candidate, kind, &others),
            ValueKind::Null
            | ValueKind::Any
            | ValueKind::StringEnum
            | ValueKind::IntegerEnum
            | ValueKind::ValueEnum
            | ValueKind::Union => None,
        };
        distinct.unwrap_or_else(|| Name::new(format!("variant {}", position + 1)))
    }

    /// Names a list or map by its items, as in `strings` and `string map`, if those of others are different.
    fn by_items(&mut self, candidate: &Candidate, kind: ValueKind, others: &[&Candidate]) -> Option<Name> {
        let own = self.items_name(&candidate.flat, kind)?;
        let is_taken = others.iter().any(|other| self.items_name(&other.flat, kind).as_ref() == Some(&own));
        (!is_taken).then_some(own)
    }

    fn items_name(&mut self, flat: &Rc<Flat>, kind: ValueKind) -> Option<Name> {
        let slot: Slot = match (&flat.others, flat.items.as_slice()) {
            (_, [slot]) if kind == ValueKind::List => slot.clone(),
            (Others::Schema(slot), _) if kind == ValueKind::Map => slot.clone(),
            _ => return None,
        };
        let mut item = self.item_words(&slot.pointer);
        item.push(kind_name(kind).to_owned());
        Some(Name::from_words(item))
    }

    fn item_words(&mut self, pointer: &Pointer) -> Vec<String> {
        let surface = self.surface(pointer);
        if is_named(&surface.meant) {
            return self.natural_owner(&surface.meant).name.words.clone();
        }
        words(kind_name(surface.kind))
    }
}

/// Names a variant with a single value by it.
fn single_value(flat: &Flat) -> Option<Name> {
    match flat.values.as_deref()? {
        [value] => value.value.as_str().map(Name::new).filter(|name| !name.words.is_empty()),
        _ => None,
    }
}

/// Names an object by its required members that no other variant has, else by those that no other requires, else by a
/// constant, else by its members that no other has.
fn by_members(flat: &Flat, others: &[&Candidate]) -> Option<Name> {
    let required: Vec<&str> =
        flat.properties.keys().map(|key| &**key).filter(|key| flat.required.contains(*key)).collect();
    let is_known = |key: &&str| others.iter().any(|other| other.flat.properties.contains_key(*key));
    let is_required = |key: &&str| others.iter().any(|other| other.flat.required.contains(*key));
    let own: Vec<&str> = required.iter().copied().filter(|key| !is_known(key)).collect();
    let alone: Vec<&str> = required.iter().copied().filter(|key| !is_required(key)).collect();
    let optional = || flat.properties.keys().map(|key| &**key).filter(|key| !is_known(key)).collect();
    [own, alone, optional()].into_iter().find_map(|members: Vec<&str>| by_first(&members))
}

/// Names an object by its only or its two members, or by the first of more.
fn by_first(members: &[&str]) -> Option<Name> {
    let named: Vec<&str> = members.iter().copied().filter(|member| !words(member).is_empty()).collect();
    match named.as_slice() {
        [] => None,
        few if few.len() <= MOST_MEMBERS => Some(Name::new(few.join(" and "))),
        [first, ..] => Some(Name::new(format!("with {first}"))),
    }
}

/// Names a scalar by its format, if others have a different one.
fn by_format(flat: &Flat, others: &[&Candidate]) -> Option<Name> {
    let format = flat.format.as_deref();
    if others.iter().any(|other| other.flat.format.as_deref() == format) {
        return None;
    }
    let kind = || others.first().map(|other| kind_name(other.listed.surface.kind));
    format.or_else(kind).map(Name::new).filter(|name| !name.words.is_empty())
}

fn kind_name(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Null => "null",
        ValueKind::Any => "value",
        ValueKind::Scalar(Scalar::String) => "string",
        ValueKind::Scalar(Scalar::Boolean) => "boolean",
        ValueKind::Scalar(Scalar::Int32 | Scalar::UInt32 | Scalar::Int64 | Scalar::UInt64) => "integer",
        ValueKind::Scalar(Scalar::Float | Scalar::Number) => "number",
        ValueKind::Scalar(Scalar::DateTime) => "date time",
        ValueKind::Scalar(Scalar::Date) => "date",
        ValueKind::Scalar(Scalar::Base64 | Scalar::Base64Url) => "bytes",
        ValueKind::StringEnum | ValueKind::IntegerEnum | ValueKind::ValueEnum => "enum",
        ValueKind::List => "list",
        ValueKind::Map => "map",
        ValueKind::Object => "object",
        ValueKind::Union => "union",
    }
}
