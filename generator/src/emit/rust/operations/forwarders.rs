//! Emits the former names of an operation: methods and setters that forward to the current ones, and aliases of
//! its builder.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Emitter;
use super::responses::single;
use crate::emit::inert::Inert;
use crate::emit::rust::print::identifier;
use crate::emit::rust::symbols::ident;
use crate::emit::rust::{lints, rustdoc};
use crate::ir::{Argument, ArgumentSource, TypeRef};
use crate::listing::FormerOperation;

impl Emitter<'_> {
    /// Emits a former method in the manager of a file, which may be another one than that of the operation.
    /// Returns nothing if the method has its former name there.
    pub(crate) fn forwarder(&self, former: &FormerOperation, manager: usize) -> Option<TokenStream> {
        let home = self.home();
        if home == manager && former.method == self.symbols.method {
            return None;
        }
        let symbols = &self.rust.symbols.managers[home];
        let (module, ty) = (identifier(&symbols.module), identifier(&symbols.ty));
        let link = self.rust.method_link(self.id);
        let (target, link, replacement) = if home == manager {
            (quote!(self), link, self.symbols.method.clone())
        } else {
            let path =
                format!("crate::managers::{}::{}::{}", symbols.module, symbols.ty, self.symbols.method);
            let link = link + "(" + Inert::symbol(&path) + ")";
            let replacement = format!("{}().{}", symbols.accessor, self.symbols.method);
            (quote!(crate::managers::#module::#ty::new(&self.client)), link, replacement)
        };
        let (inputs, values): (Vec<TokenStream>, Vec<Ident>) = match self.bundle() {
            Some(bundle) => {
                let bundle = self.path(&bundle, manager);
                (vec![quote!(arguments: #bundle)], vec![identifier("arguments")])
            }
            None => {
                let each =
                    self.required().map(|(argument, name)| (self.parameter(argument, name), name.clone()));
                each.unzip()
            }
        };
        let docs = rustdoc::attribute(Inert::ours("The former name of ") + link + ".");
        let note = lints::replaced_by(&replacement);
        let calls_deprecated = self.operation.deprecated.then(lints::deprecated_use);
        let (name, method) = (identifier(&former.method), identifier(&self.symbols.method));
        let lint = lints::trait_method(&name);
        let builder = self.path(&identifier(&self.symbols.builder), manager);
        Some(quote! {
            #docs
            #note
            #calls_deprecated
            #lint
            pub fn #name(&self #(, #inputs)*) -> #builder {
                #target.#method(#(#values),*)
            }
        })
    }

    /// Returns the former names that the file of a manager defines for the builder and its companions, each
    /// with its current name.
    pub(crate) fn former_types(&self, former: &FormerOperation, manager: usize) -> Vec<(String, String)> {
        let symbols = self.symbols;
        if self.home() == manager && former.builder == symbols.builder {
            return Vec::new();
        }
        let former = super::OperationSymbols { builder: former.builder.clone(), ..symbols.clone() };
        let response = single(self.operation).is_none();
        let response = response.then(|| (former.response_enum(), symbols.response_enum()));
        let bundle = self.is_bundled().then(|| (former.bundle(), symbols.bundle()));
        [(former.builder, symbols.builder.clone())].into_iter().chain(response).chain(bundle).collect()
    }

    /// Emits an alias for a former name of the builder or a companion.
    pub(crate) fn former_alias(&self, former: &str, current: &str, manager: usize) -> TokenStream {
        let target = self.path(&identifier(current), manager);
        let (name, note) = (identifier(former), lints::replaced_by(current));
        let link = Inert::symbol(current) + "`]" + Inert::symbol(&self.link_target(current, manager));
        let docs = rustdoc::attribute(Inert::ours("The former name of [`") + link + ".");
        quote!(#docs #note pub type #name = #target;)
    }

    /// Emits the former setters of an argument.
    pub(super) fn former_setters(&self, argument: &Argument<'_>, name: &Ident) -> TokenStream {
        let place = self.arguments.iter().position(|(_, other)| other == name);
        let former = place.map(|place| self.symbols.former_arguments[place].as_slice()).unwrap_or_default();
        let parameter = self.parameter(argument, name);
        let is_nullable = matches!(argument.source, ArgumentSource::Field(field) if matches!(field.ty, TypeRef::Nullable(_)));
        let setters = former.iter().map(|former| {
            let setter = identifier(former);
            let plain = self.former_setter(&setter, name, &quote!(, #parameter), &quote!(#name));
            let null = is_nullable.then(|| {
                let [setter, name] =
                    [former, &name.to_string()].map(|name| identifier(&ident::suffixed(name, "_null")));
                self.former_setter(&setter, &name, &TokenStream::new(), &TokenStream::new())
            });
            quote!(#plain #null)
        });
        quote!(#(#setters)*)
    }

    fn former_setter(
        &self,
        former: &Ident,
        name: &Ident,
        parameter: &TokenStream,
        value: &TokenStream,
    ) -> TokenStream {
        let link = Inert::symbol(&format!("{}::{name}", self.symbols.builder));
        let docs = rustdoc::attribute(Inert::ours("The former name of [`") + link + "`].");
        let (note, lint) = (lints::replaced_by(&name.to_string()), lints::trait_method(former));
        quote! {
            #docs
            #note
            #lint
            pub fn #former(self #parameter) -> Self {
                self.#name(#value)
            }
        }
    }

    /// Returns the index of the manager of the operation.
    fn home(&self) -> usize {
        self.rust.symbols.homes[&self.id]
    }

    /// Returns the path to an item of the operation's module from the file of a manager.
    fn path(&self, item: &Ident, manager: usize) -> TokenStream {
        let home = self.home();
        let module = identifier(&self.rust.symbols.managers[home].module);
        if home == manager { quote!(#item) } else { quote!(crate::managers::#module::#item) }
    }

    /// Returns the explicit target of a link to an item of another module.
    fn link_target(&self, item: &str, manager: usize) -> String {
        let home = self.home();
        let module = &self.rust.symbols.managers[home].module;
        if home == manager { String::new() } else { format!("(crate::managers::{module}::{item})") }
    }
}
