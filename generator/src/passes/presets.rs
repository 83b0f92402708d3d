//! Finds the members that constructors set: discriminators whose value is known.

use std::collections::BTreeMap;

use crate::ir::{Api, Shape, TypeId, TypeRef};

/// Fills [`Field::preset`](crate::ir::Field::preset) of required members: the discriminator selects the type by a single
/// value in every union of it.
pub fn fill(api: &mut Api) {
    for ((id, tag), value) in values(api) {
        let text = |ty: &TypeRef| api.is_text(ty);
        let Shape::Struct { fields, .. } = &api.types[id].shape else { continue };
        let place =
            fields.iter().position(|field| field.name.wire == tag && field.required && text(&field.ty));
        let Shape::Struct { fields, .. } = &mut api.types[id].shape else { continue };
        if let Some(field) = place.and_then(|place| fields.get_mut(place)) {
            field.preset = value;
        }
    }
}

/// Returns the value of each discriminator of a type, or `None` if there are several.
fn values(api: &Api) -> BTreeMap<(TypeId, String), Option<String>> {
    let mut values: BTreeMap<(TypeId, String), Option<String>> = BTreeMap::new();
    for (_, ty) in api.types.iter() {
        let Shape::Union(union) = &ty.shape else { continue };
        let Some(tag) = union.tag.as_ref().filter(|_| union.has_discriminator) else { continue };
        for variant in &union.variants {
            let TypeRef::Def(id) = api.without_alias(&variant.ty) else { continue };
            let value = if let [only] = variant.tags.as_slice() { Some(only.clone()) } else { None };
            let known = values.entry((*id, tag.clone())).or_insert_with(|| value.clone());
            if *known != value {
                *known = None;
            }
        }
    }
    values
}
