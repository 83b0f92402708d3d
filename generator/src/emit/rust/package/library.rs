//! The model to the root of the crate: its modules and what it shows of the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::guide_stems;
use crate::emit::rust::print::{Body, file, identifier};
use crate::emit::rust::{Rust, lints, rustdoc};
use crate::files::Files;
use crate::ir::SecurityKind;

/// Emits `lib.rs`.
pub(crate) fn emit(rust: &Rust<'_>, files: &mut Files) {
    let client = identifier(&rust.symbols.client);
    let builder = identifier(&format!("{}Builder", rust.symbols.client));
    let extension = rust.api.package.extension.as_ref().map(|extension| {
        let module = identifier(&extension.module);
        (quote!(mod #module;), quote!(pub use #module::*;))
    });
    let (module, export) = extension.unzip();
    let credentials = credentials(rust);
    let guides = guide_stems(rust.api, rust).into_iter().map(|stem| {
        let path = format!("../docs/{stem}.md");
        let module = identifier(stem);
        let feature = (stem == "testing").then(|| quote!(#[cfg(feature = "testing")]));
        quote! {
            #feature
            #[doc = include_str!(#path)]
            mod #module {}
        }
    });
    let items: Vec<TokenStream> = vec![
        quote!(mod client; #module pub mod managers; pub mod types;),
        quote! {
            pub use client::{#client, #builder};
            #export
            pub use sdk_runtime::{
                AttemptEnd, AttemptStart, AuthContext, Authorization, Base64, BearerToken, Body, BoxFuture, BoxStream, ByteStream, Bytes, Call, CallEnd,
                Credential, CustomRequest, Date, DateTime, Download, Error, ErrorKind, Event, Events, Extra,
                Header, HeaderChange, Interceptor, Items, Method, Next, Number, Pages, Platform, Position, RequestInfo,
                RequestOptions, Response, ResponseCall, RetryPolicy, Scheme, SchemeKind, Secret, StatusCode, TimeoutKind,
                Transport, TransportError, TransportErrorKind, TryCollect, UnknownInteger, UnknownJson, UnknownText,
                Upload, serde_json,
            };
            #credentials
            #[cfg(feature = "reqwest")]
            pub use sdk_runtime::Proxy;
            #[cfg(feature = "testing")]
            pub use sdk_runtime::testing;
            #[doc(hidden)]
            pub use sdk_runtime as rt;
        },
        quote! {
            #[cfg(doctest)]
            mod pages {
                //! The programs of the pages are tests, so that they stay right.
                #[doc = include_str!("../README.md")]
                mod readme {}
                #(#guides)*
            }
        },
    ];
    let lints = lints::foreign_letters(rust.symbols.has_foreign_letters()).into_iter().collect::<Vec<_>>();
    if let Some(extension) = &rust.api.package.extension {
        for (path, text) in &extension.files {
            files.add(format!("src/{}/{path}", extension.module), text.clone());
        }
    }
    files.add("src/lib.rs", file(&rustdoc::inner(&docs(rust)), lints, &Body::print(items)));
}

/// The credentials that serve the schemes of the document, beside the fixed token that every crate shows.
fn credentials(rust: &Rust<'_>) -> TokenStream {
    let has = |wanted: fn(&SecurityKind) -> bool| {
        rust.api.security_schemes.iter().any(|scheme| wanted(&scheme.kind))
    };
    let takes_key = |kind: &SecurityKind| match kind {
        SecurityKind::HeaderKey(_) | SecurityKind::QueryKey(_) | SecurityKind::CookieKey(_) => true,
        SecurityKind::Bearer | SecurityKind::Basic | SecurityKind::Other(_) => false,
    };
    let keys = has(takes_key).then(|| {
        quote!(
            pub use sdk_runtime::ApiKey;
        )
    });
    // Where the document names no scheme, the runtime takes the two that need no description.
    let is_undescribed = rust.api.security_schemes.is_empty();
    let passwords = (is_undescribed || has(|kind| *kind == SecurityKind::Basic)).then(|| {
        quote!(
            pub use sdk_runtime::BasicAuth;
        )
    });
    let tokens = has(|kind| *kind == SecurityKind::Bearer).then(|| {
        quote! {
            pub use sdk_runtime::{
                AccessToken, AuthorizationCode, AuthorizeUrl, ClientAuthentication, ClientCredentials, Grant,
                GrantContext, MemoryTokenStore, TokenEndpoint, TokenExchange, TokenForm, TokenSource, TokenStore,
            };
            #[cfg(feature = "fs")]
            pub use sdk_runtime::FileTokenStore;
        }
    });
    quote!(#keys #passwords #tokens)
}

fn docs(rust: &Rust<'_>) -> Vec<String> {
    let (krate, client) = (&rust.symbols.crate_name, &rust.symbols.client);
    let mut lines = rustdoc::markdown(&format!("A client of the {}.", rust.api.info.title));
    if let Some(description) = &rust.api.info.docs.description {
        lines.push(String::new());
        lines.extend(rustdoc::markdown(description));
    }
    let credential = rust.api.package.sample_credential.as_ref();
    let expression = credential.map_or("", |credential| credential.expression.as_str());
    let imports = match credential.and_then(|credential| credential.import.as_ref()) {
        Some(import) => format!("use {krate}::{{{client}, {import}}};"),
        None => format!("use {krate}::{client};"),
    };
    lines.extend(
        [
            "",
            "# A client",
            "",
            "```no_run",
            &imports,
            "",
            &format!("let client = {client}::new({expression});"),
            "# let _ = client;",
            "```",
            "",
            &format!("[`{client}`] leads to the managers, each a group of operations: [`managers`]. A request is sent"),
            "when it is awaited; `tokio::spawn` takes `request.into_future()`.",
            "",
            "Values are in [`types`], one of any form is a [`serde_json::Value`], and every failure is an [`Error`].",
        ]
        .map(str::to_owned),
    );
    lines
}
