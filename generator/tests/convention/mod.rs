//! Makes a lock whose names no version of the generator would give.

pub(crate) mod shop;

use sdk_generator::Listing;
use sdk_generator::listing::{RustType, TypeKind};

/// Renames and reorders everything in a listing, as rules that no version of the generator follows would.
pub(crate) fn in_other_convention(listing: &Listing) -> Listing {
    let mut listing = Listing::parse(&listing.print()).expect("a listing is read as it was written");
    for manager in &mut listing.managers {
        manager.accessor = other_snake(&manager.accessor);
        manager.module = other_snake(&manager.module);
        manager.ty = other_pascal(&manager.ty);
        manager.feature = format!("with-{}", manager.feature);
    }
    let types: Vec<String> = listing.types.iter().map(|ty| ty.name.clone()).collect();
    for operation in &mut listing.operations {
        let response = format!("{}Response", operation.builder);
        operation.manager = other_snake(&operation.manager);
        operation.method = other_snake(&operation.method);
        operation.builder = other_pascal(&operation.builder);
        operation.bundle = operation.bundle.as_ref().map(|_| format!("{}Arguments", operation.builder));
        operation.arguments.reverse();
        for argument in &mut operation.arguments {
            argument.name = other_snake(&argument.name);
            rename(&mut argument.ty, &types);
        }
        rename(&mut operation.returns, &types);
        if operation.returns == RustType::name(&response) {
            operation.returns = RustType::name(format!("{}Response", operation.builder));
        }
        operation.item.iter_mut().for_each(|item| rename(item, &types));
        operation.statuses.iter_mut().flat_map(|status| &mut status.ty).for_each(|ty| rename(ty, &types));
        operation.errors.iter_mut().flat_map(|error| &mut error.ty).for_each(|ty| rename(ty, &types));
        for form in &mut operation.alternatives {
            form.name = other_snake(&form.name);
            rename(&mut form.ty, &types);
        }
        for header in &mut operation.headers {
            header.name = format!("{}_IN_HEAD", header.name.trim_end_matches('_'));
            rename(&mut header.ty, &types);
        }
    }
    for ty in &mut listing.types {
        ty.name = other_pascal(&ty.name);
        ty.feature.iter_mut().for_each(|feature| *feature = format!("with-{feature}"));
        ty.constructor.iter_mut().for_each(|wires| wires.reverse());
        let is_struct = ty.kind == TypeKind::Struct;
        if is_struct {
            ty.members.reverse();
        }
        for member in &mut ty.members {
            member.name = if is_struct { other_snake(&member.name) } else { other_pascal(&member.name) };
            member.ty.iter_mut().for_each(|ty| rename(ty, &types));
        }
        ty.target.iter_mut().chain(&mut ty.additional).for_each(|ty| rename(ty, &types));
    }
    listing
}

fn other_snake(name: &str) -> String {
    format!("{}_x", name.trim_end_matches('_'))
}

fn other_pascal(name: &str) -> String {
    format!("X{name}")
}

fn rename(ty: &mut RustType, types: &[String]) {
    match ty {
        RustType::Name(name) if types.contains(name) => *name = other_pascal(name),
        RustType::Name(_) => {}
        RustType::Generic(_, items) | RustType::Tuple(items) => {
            items.iter_mut().for_each(|item| rename(item, types));
        }
    }
}
