//! From the model to Rust: the crate's sources, and how the documentation writes Rust.

mod package;
mod operations;
mod types;
mod dialect;
pub mod symbols;
mod ty;
mod rustdoc;
mod lints;
mod runtime;
mod print;

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

pub(crate) use runtime::{RUNTIME_DEFAULTS, RUNTIME_FEATURES};
pub use symbols::Symbols;

use crate::emit::inert::Inert;
use crate::files::Files;
use crate::ir::{Api, OperationId, TypeId};
use print::FileBody;
use symbols::ManagerSymbols;

/// A model with its identifiers: what every emitter of Rust reads.
#[derive(Debug)]
pub struct Rust<'a> {
    /// The model.
    pub api: &'a Api,
    /// Its identifiers.
    pub symbols: &'a Symbols,
    /// Names that the file in hand defines itself, so that a type of the same name needs its path.
    local: BTreeSet<String>,
    /// The named types that the file in hand mentions so far, so that it imports just these.
    used: Mutex<BTreeSet<TypeId>>,
}

impl<'a> Rust<'a> {
    /// Joins a model and its identifiers.
    #[must_use]
    pub fn new(api: &'a Api, symbols: &'a Symbols) -> Self {
        Self { api, symbols, local: BTreeSet::new(), used: Mutex::default() }
    }

    fn used(&self) -> MutexGuard<'_, BTreeSet<TypeId>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The name of a type, and those of its fields or variants in their order.
    #[must_use]
    pub fn names(&self, id: TypeId) -> (&'a str, &'a [String]) {
        let symbols = self.symbols.ty(id);
        (&symbols.name, &symbols.members)
    }

    fn manager_of(&self, id: OperationId) -> &'a ManagerSymbols {
        let index = self.api.managers.iter().position(|manager| manager.operations.contains(&id));
        &self.symbols.managers[index.expect("`check` sees that every operation has a manager")]
    }

    /// A link to the method of an operation, for documentation in the file of its manager.
    fn method_link(&self, id: OperationId) -> Inert {
        let manager = Inert::symbol(&self.manager_of(id).ty);
        Inert::ours("[`") + manager + "::" + Inert::symbol(&self.symbols.operation(id).method) + "`]"
    }

    /// The same for one file, which defines these names itself.
    fn for_file(&self, local: BTreeSet<String>) -> Self {
        Self { local, ..Self::new(self.api, self.symbols) }
    }

    /// The named types that the file in hand has bare.
    fn imported(&self) -> Vec<&'a str> {
        let used = self.used();
        let names = used.iter().map(|&id| self.symbols.ty(id).name.as_str());
        names.filter(|name| !self.local.contains(*name)).collect()
    }

    /// The `use` lines for the named types that the file in hand mentions, and whether it mentions
    /// some by a path.
    fn imports(&self, module: &TokenStream) -> Vec<TokenStream> {
        let used = self.used();
        let names: BTreeSet<&str> = used.iter().map(|&id| self.symbols.ty(id).name.as_str()).collect();
        let (by_path, bare): (Vec<&str>, Vec<&str>) =
            names.into_iter().partition(|name| self.local.contains(*name));
        let mut imports = Vec::new();
        if !bare.is_empty() {
            imports.push(import(module, bare.into_iter().map(print::identifier)));
        }
        if !by_path.is_empty() {
            imports.push(quote!(use #module;));
        }
        imports
    }
}

/// Emits the Rust files of a package.
pub fn emit(api: &Api, symbols: &Symbols, files: &mut Files) {
    let rust = &Rust::new(api, symbols);
    package::library::emit(rust, files);
    package::client::emit(rust, files);
    package::managers::emit(rust, files);
    types::emit(rust, files);
}

/// The `use` lines of a file: the standard library, the runtime, then its own.
fn uses(body: &FileBody, own: Vec<TokenStream>) -> Vec<TokenStream> {
    let mut uses = Vec::new();
    if body.mentions("BTreeMap") {
        uses.push(quote!(
            use std::collections::BTreeMap;
        ));
    }
    if body.mentions("rt") {
        uses.push(quote!(
            use sdk_runtime as rt;
        ));
    }
    uses.extend(own);
    uses
}

/// A `use` line for names of one module.
fn import(module: &TokenStream, names: impl Iterator<Item = Ident>) -> TokenStream {
    let names: Vec<Ident> = names.collect();
    match names.as_slice() {
        [name] => quote!(use #module::#name;),
        names => quote!(use #module::{#(#names),*};),
    }
}

/// Every identifier in the tokens.
fn mentioned(items: &[TokenStream]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<TokenStream> = items.to_vec();
    while let Some(tokens) = open.pop() {
        for tree in tokens {
            match tree {
                TokenTree::Ident(ident) => {
                    found.insert(ident.to_string());
                }
                TokenTree::Group(group) => open.push(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
    found
}
