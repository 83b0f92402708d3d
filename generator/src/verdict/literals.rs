//! Decides whether calls that pass literals still compile when a parameter changes its type.

use std::collections::BTreeSet;

use super::renames::Renames;
use crate::listing::{RustType, TypeEntry};

/// An expression that parameters of several types take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Literal {
    /// A text, such as `"a"`.
    Text,
    /// An integer.
    Integer,
    /// A floating-point number.
    Float,
    /// `true` or `false`.
    Boolean,
    /// `None`.
    Absent,
}

impl Renames<'_> {
    /// Returns `true` if some calls compile with either type: the new one takes every value of the old one, or
    /// both take the same literals.
    pub(super) fn may_take(&self, old: &RustType, new: &RustType) -> bool {
        if self.is_accepted(old, new) {
            return true;
        }
        let (old, new) = (self.old_target(old), self.new_target(new));
        let before = self
            .old_union(old)
            .map_or_else(|| of_parameter(old), |union| of_union(union, |ty| self.old_target(ty)));
        let after = self
            .new_union(new)
            .map_or_else(|| of_parameter(new), |union| of_union(union, |ty| self.new_target(ty)));
        let (old_item, new_item) = (old.argument_of("Vec"), new.argument_of("Vec"));
        let items = old_item.zip(new_item).is_some_and(|(old, new)| {
            !of_item(self.old_target(old)).is_disjoint(&of_item(self.new_target(new)))
        });
        items || !before.is_disjoint(&after)
    }
}

/// Returns the literals that convert into a union. `target` follows aliases.
fn of_union<'t>(union: &'t TypeEntry, target: impl Fn(&'t RustType) -> &'t RustType) -> BTreeSet<Literal> {
    let variants = union.members.iter().filter(|variant| variant.has_from);
    variants.filter_map(|variant| of_scalar(target(variant.ty.as_ref()?.plain()))).collect()
}

/// Returns the literals that a parameter of a type other than a union takes.
fn of_parameter(ty: &RustType) -> BTreeSet<Literal> {
    match ty {
        RustType::Name(name) if name == "serde_json::Value" => {
            BTreeSet::from([Literal::Text, Literal::Integer, Literal::Float, Literal::Boolean])
        }
        RustType::Generic(name, _) if name == "Option" => BTreeSet::from([Literal::Absent]),
        RustType::Name(_) | RustType::Generic(..) | RustType::Tuple(_) => of_item(ty),
    }
}

/// Returns the literals that a parameter takes as an item of a list, where only texts are converted.
fn of_item(ty: &RustType) -> BTreeSet<Literal> {
    let upload = (*ty == RustType::name("Upload")).then_some(Literal::Text);
    of_scalar(ty).or(upload).into_iter().collect()
}

fn of_scalar(ty: &RustType) -> Option<Literal> {
    let RustType::Name(name) = ty else { return None };
    match name.as_str() {
        "String" => Some(Literal::Text),
        "i32" | "i64" | "u32" | "u64" => Some(Literal::Integer),
        "f64" => Some(Literal::Float),
        "bool" => Some(Literal::Boolean),
        _ => None,
    }
}
