//! The model to the client: what the API is, and the way to each manager.

use quote::quote;

use crate::emit::inert::{Inert, Place, inert};
use crate::emit::rust::operations::statics;
use crate::emit::rust::print::{FileBody, file, identifier};
use crate::emit::rust::runtime::{
    CLIENT, CLIENT_BUILDER, CREDENTIAL, CUSTOM_REQUEST, METHOD, REQUEST_OPTIONS,
};
use crate::emit::rust::{Rust, rustdoc, uses};
use crate::files::Files;

/// Emits `client.rs`.
pub(crate) fn emit(rust: &Rust<'_>, files: &mut Files) {
    let client = identifier(&rust.symbols.client);
    let builder = identifier(&format!("{}Builder", rust.symbols.client));
    let docs = rustdoc::attribute(
        Inert::ours("A client of the ")
            + inert(rust.api.info.title.as_written(), Place::Line)
            + ". Cheap to clone: clones share connections and credential.",
    );
    let builder_docs = rustdoc::attribute(
        Inert::ours("Makes a [`")
            + Inert::symbol(&rust.symbols.client)
            + "`] with other settings than the usual ones.",
    );
    let managers = rust.symbols.managers.iter().map(|manager| {
        let (module, ty, accessor) =
            (identifier(&manager.module), identifier(&manager.ty), identifier(&manager.accessor));
        let feature = &manager.feature;
        let docs = Inert::ours("Operations on ") + inert(&manager.words, Place::Line) + ".";
        let docs = rustdoc::attribute(docs);
        quote! {
            #docs
            #[cfg(feature = #feature)]
            #[must_use]
            pub fn #accessor(&self) -> crate::managers::#module::#ty {
                crate::managers::#module::#ty::new(&self.client)
            }
        }
    });
    // Where the API asks for no credential, nobody needs one to begin with.
    let takes_none = rust.api.security_schemes.is_empty();
    let credential = (!takes_none).then(|| quote!(credential: impl #CREDENTIAL));
    let auth = (!takes_none).then(|| quote!(.auth(credential)));
    let default = takes_none.then(|| {
        quote! {
            impl Default for #client {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let mut items = vec![
        statics::api(rust.api),
        quote! {
            #docs
            #[derive(Clone, Debug)]
            pub struct #client {
                client: #CLIENT,
            }
        },
        quote! {
            #builder_docs
            pub type #builder = #CLIENT_BUILDER<#client>;
        },
        quote! {
            impl #client {
                /// Makes a client with the usual settings. What is wrong with them is the error of
                /// the first call.
                #[must_use]
                pub fn new(#credential) -> Self {
                    Self::builder()#auth.build_lazily()
                }
                /// Starts a client with other settings.
                pub fn builder() -> #builder {
                    #CLIENT_BUILDER::new(&API)
                }
                /// Starts a request for what has no method: a path relative to the server, or a
                /// whole URL.
                pub fn request(&self, method: #METHOD, path: impl Into<String>) -> #CUSTOM_REQUEST {
                    self.client.request(method, path)
                }
                /// The same client with another credential, as for another subject. It is asked before
                /// those that this one has; this client stays as it is.
                #[must_use]
                pub fn with_credential(&self, credential: impl #CREDENTIAL) -> Self {
                    Self { client: self.client.with_credential(credential) }
                }
                /// The same client with other options, such as headers, timeouts and retries. It shares
                /// connections and credentials with this one, which stays as it is.
                #[must_use]
                pub fn with_options(
                    &self,
                    change: impl FnOnce(#REQUEST_OPTIONS) -> #REQUEST_OPTIONS,
                ) -> Self {
                    Self { client: self.client.with_options(change) }
                }
                #(#managers)*
            }
        },
        quote! {
            impl From<#CLIENT> for #client {
                fn from(client: #CLIENT) -> Self {
                    Self { client }
                }
            }
        },
        quote! {
            impl AsRef<#CLIENT> for #client {
                fn as_ref(&self) -> &#CLIENT {
                    &self.client
                }
            }
        },
    ];
    items.extend(default);
    let docs = ["The client: what the API is, and the way to each manager.".into()];
    let body = FileBody::print(items);
    files.add("src/client.rs", file(&docs, uses(&body, Vec::new()), &body));
}
