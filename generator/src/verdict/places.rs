//! Finds the places that use a type.

use std::collections::{BTreeMap, BTreeSet};

use crate::listing::{Listing, RustType, TypeKind};

/// Returns the operations and members that use each type, by their identity on the wire.
pub(super) fn places<'l>(listing: &'l Listing) -> BTreeMap<&'l str, BTreeSet<String>> {
    let mut places: BTreeMap<&'l str, BTreeSet<String>> = BTreeMap::new();
    let mut add = |owner: &str, place: &str, ty: &'l RustType| {
        for name in ty.names() {
            places.entry(name).or_default().insert(format!("{owner} {place}"));
        }
    };
    for operation in &listing.operations {
        let owner = format!("{} {}{}", operation.key.method, operation.key.path, operation.key.variant);
        for argument in &operation.arguments {
            add(&owner, &format!("{}:{}", argument.place.as_str(), argument.wire), &argument.ty);
        }
        let returned = std::iter::once(&operation.returns).chain(&operation.item);
        let returned = returned.chain(operation.statuses.iter().filter_map(|status| status.ty.as_ref()));
        returned.for_each(|ty| add(&owner, "returns", ty));
        operation.alternatives.iter().for_each(|form| add(&owner, &form.media_type, &form.ty));
        operation.headers.iter().for_each(|header| add(&owner, &header.wire, &header.ty));
        operation.errors.iter().for_each(|error| error.ty.iter().for_each(|ty| add(&owner, "errors", ty)));
    }
    for ty in &listing.types {
        let is_union = ty.kind == TypeKind::Union;
        for owner in std::iter::once(&ty.name).chain(&ty.former) {
            ty.target.iter().chain(&ty.additional).for_each(|ty| add(owner, "", ty));
            for member in &ty.members {
                // A variant that takes over the tags of another one stands in its place.
                let places: Vec<&str> =
                    if is_union { member.wire.split('|').collect() } else { vec![&member.wire] };
                if let Some(ty) = &member.ty {
                    places.iter().for_each(|place| add(owner, place, ty));
                }
            }
        }
    }
    places
}
