//! Emits the types of the model, one file per family.

mod structs;
mod enums;
pub(super) mod unions;
mod fallback_docs;

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::print::{FileBody, file, identifier};
use super::symbols::TypeFile;
use super::{Rust, lints, rustdoc, uses};
use crate::emit::inert::{Inert, Place, inert};
use crate::files::Files;
use crate::ir::{Shape, TypeDef, TypeId};
use crate::parallel;
use fallback_docs::FallbackDocs;

/// Emits `types.rs` and a file for each family of types.
pub(crate) fn emit(rust: &Rust<'_>, files: &mut Files) {
    let feature = |file: &TypeFile| {
        file.manager.map(|index| {
            let feature = &rust.symbols.managers[index].feature;
            quote!(#[cfg(feature = #feature)])
        })
    };
    let type_files = &rust.symbols.type_files;
    let modules: TokenStream = type_files
        .iter()
        .map(|file| {
            let (gate, module) = (feature(file), identifier(&file.module));
            quote!(#gate mod #module;)
        })
        .collect();
    // Each name is exported explicitly. With glob exports the compiler would search every module for every
    // name.
    let exports: TokenStream = type_files
        .iter()
        .map(|file| {
            let (gate, module) = (feature(file), identifier(&file.module));
            let sorted = |names: Vec<&str>| -> Vec<Ident> {
                let names: BTreeSet<&str> = names.into_iter().collect();
                names.into_iter().map(identifier).collect()
            };
            let symbols = || file.types.iter().map(|&id| rust.symbols.ty(id));
            let names = sorted(symbols().map(|symbols| symbols.name.as_str()).collect());
            let former = sorted(symbols().flat_map(|symbols| &symbols.former).map(String::as_str).collect());
            let former = (!former.is_empty()).then(|| {
                let lint = lints::deprecated_exports();
                quote!(#gate #lint pub use #module::{#(#former),*};)
            });
            quote!(#gate pub use #module::{#(#names),*}; #former)
        })
        .collect();
    let docs = ["The types of the API.".into()];
    files.add("src/types.rs", file(&docs, Vec::new(), &FileBody::print([modules, exports])));
    let fallback_docs = &FallbackDocs::of(rust);
    let texts = parallel::map(type_files.iter().collect(), |types| type_file(rust, fallback_docs, types));
    for (types, text) in type_files.iter().zip(texts) {
        files.add(format!("src/types/{}.rs", types.module), text);
    }
}

fn type_file(rust: &Rust<'_>, fallback_docs: &FallbackDocs, types: &TypeFile) -> String {
    let rust = &rust.for_file(BTreeSet::new());
    let body = FileBody::print(types.types.iter().flat_map(|&id| definition(rust, fallback_docs, id)));
    rust.used().retain(|id| !types.types.contains(id));
    let mut imports = rust.imports(&quote!(super));
    if body.mentions("API") {
        imports.insert(
            0,
            quote!(
                use crate::client::API;
            ),
        );
    }
    let docs = Inert::ours("The ") + inert(&types.words, Place::Code) + " types.";
    file(&[docs], uses(&body, imports), &body)
}

/// Emits the items of a type. The definition comes first, so that the type's documentation precedes it.
fn definition(rust: &Rust<'_>, fallback_docs: &FallbackDocs, id: TypeId) -> Vec<TokenStream> {
    let def = &rust.api.types[id];
    let mut items = items(rust, id, def);
    let docs = rustdoc::type_attributes(def, &fallback_docs.sentence(id, def));
    if let Some(first) = items.first_mut() {
        *first = quote!(#docs #first);
    }
    items.extend(former(rust, id));
    items
}

/// Emits aliases for released names of the type.
fn former<'a>(rust: &'a Rust<'_>, id: TypeId) -> impl Iterator<Item = TokenStream> + use<'a> {
    let symbols = rust.symbols.ty(id);
    let name = identifier(&symbols.name);
    symbols.former.iter().map(move |former| {
        let docs = format!(" The former name of [`{name}`].");
        let (note, former) = (lints::replaced_by(&name.to_string()), identifier(former));
        quote! {
            #[doc = #docs]
            #note
            pub type #former = #name;
        }
    })
}

fn items(rust: &Rust<'_>, id: TypeId, def: &TypeDef) -> Vec<TokenStream> {
    match &def.shape {
        Shape::Struct { fields, additional } => structs::emit(rust, id, def, fields, additional.as_ref()),
        Shape::StringEnum(variants) => enums::emit_text(rust, id, variants),
        Shape::IntegerEnum(variants) => enums::emit_integer(rust, id, variants),
        Shape::ValueEnum(variants) => enums::emit_value(rust, id, variants),
        Shape::Union(union) => unions::emit(rust, id, union),
        Shape::Alias(ty) => {
            let (name, ty) = (identifier(&rust.symbols.ty(id).name), rust.ty(ty));
            vec![quote!(pub type #name = #ty;)]
        }
    }
}
