//! Emits each manager: its type, its methods and their builders.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::inert::Inert;
use crate::emit::rust::operations::Emitter;
use crate::emit::rust::operations::responses::single;
use crate::emit::rust::print::{FileBody, file, identifier};
use crate::emit::rust::runtime::CLIENT;
use crate::emit::rust::symbols::ManagerSymbols;
use crate::emit::rust::symbols::former::Forwarder;
use crate::emit::rust::{Rust, lints, rustdoc, uses};
use crate::files::Files;
use crate::ir::{Docs, Manager};
use crate::parallel;

/// Emits `managers.rs` and a file for each manager.
pub(crate) fn emit(rust: &Rust<'_>, files: &mut Files) {
    let modules = rust.symbols.managers.iter().map(|symbols| {
        let module = identifier(&symbols.module);
        let feature = &symbols.feature;
        let former = former_modules(symbols);
        quote! {
            #[cfg(feature = #feature)]
            pub mod #module;
            #former
        }
    });
    let docs = ["Managers, one for each group of operations, and their request builders.".into()];
    files.add("src/managers.rs", file(&docs, Vec::new(), &FileBody::print(modules)));
    let managers = rust.api.managers.iter().enumerate().collect();
    let texts = parallel::map(managers, |(index, manager)| manager_file(rust, index, manager));
    for (symbols, text) in rust.symbols.managers.iter().zip(texts) {
        files.add(format!("src/managers/{}.rs", symbols.module), text);
    }
}

/// Emits the former modules of a manager.
fn former_modules(symbols: &ManagerSymbols) -> TokenStream {
    let (module, feature) = (identifier(&symbols.module), &symbols.feature);
    let former: BTreeSet<&String> = symbols.former.iter().map(|former| &former.module).collect();
    let modules = former.into_iter().filter(|former| **former != symbols.module).map(|former| {
        let name = identifier(former);
        let link = Inert::symbol(&symbols.module) + "`].";
        let docs = rustdoc::attribute(Inert::ours("The former name of [`") + link);
        let note = lints::replaced_by(&symbols.module);
        quote! {
            #docs
            #[cfg(feature = #feature)]
            #note
            pub mod #name {
                pub use super::#module::*;
            }
        }
    });
    quote!(#(#modules)*)
}

/// Emits the former names of a manager's type.
fn former_types<'a>(symbols: &'a ManagerSymbols) -> impl Iterator<Item = TokenStream> + use<'a> {
    let ty = identifier(&symbols.ty);
    let former: BTreeSet<&String> = symbols.former.iter().map(|former| &former.ty).collect();
    former.into_iter().filter(|former| **former != symbols.ty).map(move |former| {
        let (name, note) = (identifier(former), lints::replaced_by(&symbols.ty));
        let docs =
            rustdoc::attribute(Inert::ours("The former name of [`") + Inert::symbol(&symbols.ty) + "`].");
        quote!(#docs #note pub type #name = #ty;)
    })
}

/// Documents a manager and its accessor.
pub(super) fn docs(manager: &Manager) -> Vec<Inert> {
    let summary =
        manager.summary.clone().map(|summary| Docs { title: Some(summary), ..manager.docs.clone() });
    let docs = rustdoc::without_name(summary.as_ref().unwrap_or(&manager.docs), &manager.name.wire);
    rustdoc::lines(&docs, &(Inert::ours("The ") + rustdoc::code(&manager.name.wire) + " operations."))
}

fn manager_file(rust: &Rust<'_>, index: usize, manager: &Manager) -> String {
    let symbols = &rust.symbols.managers[index];
    let mut local = BTreeSet::from([symbols.ty.clone()]);
    for &id in &manager.operations {
        let symbols = rust.symbols.operation(id);
        local.insert(symbols.builder.clone());
        local.extend(single(&rust.api.operations[id]).is_none().then(|| symbols.response_enum()));
        local.extend(Emitter::new(rust, id).is_bundled().then(|| symbols.bundle()));
    }
    let forwarders: Vec<Forwarder<'_>> = rust.symbols.forwarders(index).collect();
    for Forwarder { id, former } in &forwarders {
        let names = Emitter::new(rust, *id).former_types(former, index);
        local.extend(names.into_iter().map(|(name, _)| name));
    }
    let rust = &rust.for_file(local);
    let operations: Vec<Emitter<'_>> = manager.operations.iter().map(|&id| Emitter::new(rust, id)).collect();
    let ty = identifier(&symbols.ty);
    let attributes = rustdoc::attributes(&docs(manager));
    let summary = Inert::ours("[`") + Inert::symbol(&symbols.ty) + "`] and its request builders.";
    let methods = operations.iter().map(Emitter::method);
    let former: Vec<_> =
        forwarders.iter().map(|forwarder| (Emitter::new(rust, forwarder.id), forwarder.former)).collect();
    // An operation can have had one name in several managers that are one now.
    let mut methods_there = BTreeSet::new();
    let former_methods = former.iter().filter(|(_, former)| methods_there.insert(&former.method));
    let former_methods = former_methods.filter_map(|(emitter, former)| emitter.forwarder(former, index));
    let opening = [
        quote! {
            #attributes
            #[derive(Clone, Debug)]
            pub struct #ty {
                client: #CLIENT,
            }
        },
        quote! {
            impl #ty {
                pub(crate) fn new(client: &#CLIENT) -> Self {
                    Self { client: client.clone() }
                }
                #(#methods)*
                #(#former_methods)*
            }
        },
    ];
    // Made when they are printed, since the tokens of a large manager take much memory.
    let builders = operations.iter().flat_map(|operation| {
        let mut items = operation.builder();
        items.push(operation.constant());
        items
    });
    let mut closing: Vec<TokenStream> = former_types(symbols).collect();
    let mut types_there = BTreeSet::new();
    for (emitter, former) in &former {
        let names = emitter.former_types(former, index).into_iter();
        let names = names.filter(|(name, _)| types_there.insert(name.clone()));
        closing.extend(names.map(|(name, current)| emitter.former_alias(&name, &current, index)));
    }
    let items = opening.into_iter().chain(builders).chain(closing);
    let body = FileBody::print(items).with_short_links(&rust.imported());
    let imports = rust.imports(&quote!(crate::types));
    file(&[summary], uses(&body, imports), &body)
}
