//! Emits each manager: its type, its methods and their builders.

use std::collections::BTreeSet;

use quote::quote;

use crate::emit::inert::Inert;
use crate::emit::parallel;
use crate::emit::rust::operations::Emitter;
use crate::emit::rust::operations::responses::single;
use crate::emit::rust::print::{FileBody, file, identifier};
use crate::emit::rust::runtime::CLIENT;
use crate::emit::rust::{Rust, rustdoc, uses};
use crate::files::Files;
use crate::ir::Manager;

/// Emits `managers.rs` and a file for each manager.
pub(crate) fn emit(rust: &Rust<'_>, files: &mut Files) {
    let modules = rust.symbols.managers.iter().map(|symbols| {
        let module = identifier(&symbols.module);
        let feature = &symbols.feature;
        quote! {
            #[cfg(feature = #feature)]
            pub mod #module;
        }
    });
    let docs = ["Managers, one for each group of operations, and their request builders.".into()];
    files.add("src/managers.rs", file(&docs, Vec::new(), &FileBody::print(modules)));
    let managers: Vec<(usize, &Manager)> = rust.api.managers.iter().enumerate().collect();
    let texts = parallel::map(&managers, |(index, manager)| manager_file(rust, *index, manager));
    for (symbols, text) in rust.symbols.managers.iter().zip(texts) {
        files.add(format!("src/managers/{}.rs", symbols.module), text);
    }
}

/// Documents a manager and its accessor.
pub(super) fn docs(manager: &Manager) -> Vec<Inert> {
    let docs = rustdoc::without_name(&manager.docs, &manager.name.wire);
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
    let rust = &rust.for_file(local);
    let operations: Vec<Emitter<'_>> = manager.operations.iter().map(|&id| Emitter::new(rust, id)).collect();
    let ty = identifier(&symbols.ty);
    let attributes = rustdoc::attributes(&docs(manager));
    let summary = Inert::ours("[`") + Inert::symbol(&symbols.ty) + "`] and its request builders.";
    let methods = operations.iter().map(Emitter::method);
    let mut items = vec![
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
            }
        },
    ];
    for operation in &operations {
        items.extend(operation.builder());
        items.push(operation.constant());
    }
    let body = FileBody::print(items).with_short_links(&rust.imported());
    let imports = rust.imports(&quote!(crate::types));
    file(&[summary], uses(&body, imports), &body)
}
