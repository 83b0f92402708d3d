//! Matches the variants of a union with released ones, each at most once.

use super::Kept;
use super::walk::shares_tag;
use crate::ir::{TypeRef, Union, UnionVariant};
use crate::listing::identity::scalar_name;
use crate::listing::{MemberEntry, TypeEntry};

/// A condition under which a variant counts as a released one.
type Rule<'a> = dyn Fn(&UnionVariant, &MemberEntry) -> bool + 'a;

/// Returns the index of the released variant for each variant: by discriminator and type, then by
/// discriminator, then by type.
pub(super) fn pair(kept: &Kept, union: &Union, entry: &TypeEntry) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; union.variants.len()];
    let same_tag = |variant: &UnionVariant, member: &MemberEntry| shares_tag(&member.wire, &variant.keys());
    let same_type = |variant: &UnionVariant, member: &MemberEntry| {
        let held = member.ty.as_ref().map(|ty| ty.argument_of("Box").unwrap_or(ty).to_string());
        held.is_some() && held == type_name(kept, &variant.ty)
    };
    let untagged =
        |variant: &UnionVariant, member: &MemberEntry| variant.keys().is_empty() || member.wire.is_empty();
    let rules: [&Rule<'_>; 3] = [
        &|variant, member| same_tag(variant, member) && same_type(variant, member),
        &same_tag,
        &|variant, member| untagged(variant, member) && same_type(variant, member),
    ];
    for rule in rules {
        for (index, variant) in union.variants.iter().enumerate() {
            if pairs[index].is_none() {
                let free = |place: &usize| !pairs.contains(&Some(*place));
                pairs[index] =
                    (0..entry.members.len()).filter(free).find(|&place| rule(variant, &entry.members[place]));
            }
        }
    }
    pairs
}

/// Renders a type with released names. Returns `None` if it contains a new type.
fn type_name(kept: &Kept, ty: &TypeRef) -> Option<String> {
    Some(match ty {
        TypeRef::Def(id) => kept.types.get(id)?.name.clone(),
        TypeRef::List(item) => format!("Vec<{}>", type_name(kept, item)?),
        TypeRef::Map(value) => format!("BTreeMap<String, {}>", type_name(kept, value)?),
        TypeRef::Nullable(inner) => format!("Option<{}>", type_name(kept, inner)?),
        TypeRef::Any => "serde_json::Value".to_owned(),
        TypeRef::Scalar(scalar) => scalar_name(*scalar).to_owned(),
        TypeRef::Tuple(_) => return None,
    })
}
