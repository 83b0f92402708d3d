//! Types of the model to their files, one for each family.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::print::{file, identifier};
use super::symbols::TypeFile;
use super::{Rust, enums, mentioned, rustdoc, structs, unions, uses};
use crate::files::Files;
use crate::ir::{Shape, TypeId};

/// Emits `types.rs` and a file for each family of types.
pub(crate) fn emit(rust: &Rust<'_>, files: &mut Files) {
    let feature = |file: &TypeFile| {
        file.manager.map(|index| {
            let feature = &rust.symbols.managers[index].feature;
            quote!(#[cfg(feature = #feature)])
        })
    };
    let modules: TokenStream = declarations(rust, |gate, module| quote!(#gate mod #module;), feature);
    let exports: TokenStream = declarations(rust, |gate, module| quote!(#gate pub use #module::*;), feature);
    let items: Vec<TokenStream> = [modules, exports].into_iter().filter(|item| !item.is_empty()).collect();
    let docs = rustdoc::inner(&["Every type of the API, whatever file it stands in.".into()]);
    files.add("src/types.rs", file(&docs, &[], &items));
    for types in &rust.symbols.type_files {
        files.add(format!("src/types/{}.rs", types.module), type_file(rust, types));
    }
}

fn declarations(
    rust: &Rust<'_>,
    line: impl Fn(Option<TokenStream>, proc_macro2::Ident) -> TokenStream,
    feature: impl Fn(&TypeFile) -> Option<TokenStream>,
) -> TokenStream {
    rust.symbols.type_files.iter().map(|file| line(feature(file), identifier(&file.module))).collect()
}

fn type_file(rust: &Rust<'_>, types: &TypeFile) -> String {
    let rust = &rust.for_file(BTreeSet::new());
    let items: Vec<TokenStream> = types.types.iter().flat_map(|&id| definition(rust, id)).collect();
    rust.used.borrow_mut().retain(|id| !types.types.contains(id));
    let mut imports = rust.imports(&quote!(super));
    let mentioned = mentioned(&items);
    if mentioned.contains("API") {
        imports.insert(
            0,
            quote!(
                use crate::client::API;
            ),
        );
    }
    file(&rustdoc::inner(&[format!("Types of {}.", types.words)]), &uses(&mentioned, imports), &items)
}

fn definition(rust: &Rust<'_>, id: TypeId) -> Vec<TokenStream> {
    let def = &rust.api.types[id];
    match &def.shape {
        Shape::Struct { fields, additional } => structs::emit(rust, id, def, fields, additional.as_ref()),
        Shape::StringEnum(variants) => enums::emit_text(rust, id, def, variants),
        Shape::IntegerEnum(variants) => enums::emit_integer(rust, id, def, variants),
        Shape::ValueEnum(variants) => enums::emit_value(rust, id, def, variants),
        Shape::Union(union) => unions::emit(rust, id, def, union),
        Shape::Alias(ty) => {
            let docs = rustdoc::type_attributes(def);
            let (name, ty) = (identifier(&rust.symbols.ty(id).name), rust.ty(ty));
            vec![quote!(#docs pub type #name = #ty;)]
        }
    }
}
