//! Emits the client: the static description of the API, and an accessor for each manager.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::inert::{Inert, Place, inert};
use crate::emit::rust::operations::statics;
use crate::emit::rust::print::{FileBody, file, identifier};
use crate::emit::rust::runtime::{
    CLIENT, CLIENT_BUILDER, CREDENTIAL, CUSTOM_REQUEST, METHOD, REQUEST_OPTIONS,
};
use crate::emit::rust::symbols::ManagerSymbols;
use crate::emit::rust::{Rust, lints, rustdoc, uses};
use crate::files::Files;
use crate::ir::Manager;

/// Emits `client.rs`.
pub(crate) fn emit(rust: &Rust<'_>, files: &mut Files) {
    let client = identifier(&rust.symbols.client);
    let builder = identifier(&format!("{}Builder", rust.symbols.client));
    // Without security schemes a client needs no credential.
    let takes_none = rust.api.security_schemes.is_empty();
    let mut items = vec![statics::api(rust.api)];
    items.extend(definitions(rust, &client, &builder));
    items.push(methods(rust, &client, &builder));
    items.extend(conversions(&client));
    items.extend(takes_none.then(|| default(&client)));
    let docs = ["The client and its managers.".into()];
    let body = FileBody::print(items);
    files.add("src/client.rs", file(&docs, uses(&body, Vec::new()), &body));
}

/// Emits the client type and its builder.
fn definitions(rust: &Rust<'_>, client: &Ident, builder: &Ident) -> [TokenStream; 2] {
    let docs = rustdoc::attribute(
        Inert::ours("A client for the ")
            + inert(rust.api.info.title_after_article(), Place::Line)
            + ". Cloning it is cheap; clones share connections and credentials.",
    );
    let builder_docs = rustdoc::attribute(
        Inert::ours("A builder for [`") + Inert::symbol(&rust.symbols.client) + "`] with custom settings.",
    );
    let definition = quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #client {
            client: #CLIENT,
        }
    };
    let alias = quote! {
        #builder_docs
        pub type #builder = #CLIENT_BUILDER<#client>;
    };
    [definition, alias]
}

/// Emits the constructor, the settings and the accessors of the client.
fn methods(rust: &Rust<'_>, client: &Ident, builder: &Ident) -> TokenStream {
    let takes_one = !rust.api.security_schemes.is_empty();
    let credential = takes_one.then(|| quote!(credential: impl #CREDENTIAL));
    let auth = takes_one.then(|| quote!(.auth(credential)));
    let managers = rust.api.managers.iter().zip(&rust.symbols.managers);
    let accessors = managers.map(|(manager, symbols)| accessor(client, manager, symbols));
    quote! {
        impl #client {
            /// Creates a client with the default settings. If they are invalid, the first call
            /// returns the error. Without the feature `reqwest`, use [`builder`](Self::builder) and
            /// a transport of your own.
            #[cfg(feature = "reqwest")]
            #[must_use]
            pub fn new(#credential) -> Self {
                Self::builder()#auth.build_lazily()
            }
            /// Returns a builder for a client with custom settings.
            pub fn builder() -> #builder {
                #CLIENT_BUILDER::new(&API)
            }
            /// Starts a request to an endpoint that has no method. `path` is relative to the
            /// default server, or an absolute URL.
            pub fn request(&self, method: #METHOD, path: impl Into<String>) -> #CUSTOM_REQUEST {
                self.client.request(method, path)
            }
            /// Returns a client that prefers this credential to its existing ones, for example to
            /// act as another user. The original client is unchanged.
            #[must_use]
            pub fn with_credential(&self, credential: impl #CREDENTIAL) -> Self {
                Self { client: self.client.with_credential(credential) }
            }
            /// Returns a client with different options, such as headers, timeouts and retries. It
            /// shares connections and credentials with the original client, which is unchanged.
            #[must_use]
            pub fn with_options(
                &self,
                change: impl FnOnce(#REQUEST_OPTIONS) -> #REQUEST_OPTIONS,
            ) -> Self {
                Self { client: self.client.with_options(change) }
            }
            #(#accessors)*
        }
    }
}

fn accessor(client: &Ident, manager: &Manager, symbols: &ManagerSymbols) -> TokenStream {
    let (module, ty, accessor) =
        (identifier(&symbols.module), identifier(&symbols.ty), identifier(&symbols.accessor));
    let feature = &symbols.feature;
    let docs = rustdoc::attributes(&super::managers::docs(manager));
    let former: BTreeSet<&String> = symbols.former.iter().map(|former| &former.accessor).collect();
    let former = former.into_iter().filter(|former| **former != symbols.accessor).map(|former| {
        let (name, note) = (identifier(former), lints::replaced_by(&symbols.accessor));
        let link = format!("{client}::{}", symbols.accessor);
        let docs = rustdoc::attribute(Inert::ours("The former name of [`") + Inert::symbol(&link) + "`].");
        quote! {
            #docs
            #[cfg(feature = #feature)]
            #note
            #[must_use]
            pub fn #name(&self) -> crate::managers::#module::#ty {
                self.#accessor()
            }
        }
    });
    quote! {
        #docs
        #[cfg(feature = #feature)]
        #[must_use]
        pub fn #accessor(&self) -> crate::managers::#module::#ty {
            crate::managers::#module::#ty::new(&self.client)
        }
        #(#former)*
    }
}

/// Emits the conversions between the client and the runtime's client.
fn conversions(client: &Ident) -> [TokenStream; 2] {
    let from = quote! {
        impl From<#CLIENT> for #client {
            fn from(client: #CLIENT) -> Self {
                Self { client }
            }
        }
    };
    let as_ref = quote! {
        impl AsRef<#CLIENT> for #client {
            fn as_ref(&self) -> &#CLIENT {
                &self.client
            }
        }
    };
    [from, as_ref]
}

fn default(client: &Ident) -> TokenStream {
    quote! {
        #[cfg(feature = "reqwest")]
        impl Default for #client {
            fn default() -> Self {
                Self::new()
            }
        }
    }
}
