//! Emits the root of the crate: its modules and its re-exports from the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::guide_stems;
use crate::emit::inert::Inert;
use crate::emit::rust::print::{FileBody, file, identifier};
use crate::emit::rust::{Rust, lints, rustdoc};
use crate::files::Files;
use crate::ir::{Api, BodyKind, Payload, SecurityKind};
use crate::listing::ExportEntry;

/// Emits `lib.rs`.
pub(crate) fn emit(rust: &Rust<'_>, files: &mut Files) {
    let client = identifier(&rust.symbols.client);
    let builder = identifier(&format!("{}Builder", rust.symbols.client));
    let extension = rust.api.package.extension.as_ref().map(|extension| {
        let module = identifier(&extension.module);
        (quote!(mod #module;), quote!(pub use #module::*;))
    });
    let (module, export) = extension.unzip();
    let (bare, gated): (Vec<ExportEntry>, Vec<ExportEntry>) =
        exports(rust).into_iter().partition(|export| export.feature.is_none());
    let bare = bare.iter().map(|export| identifier(&export.name));
    let gated = gated.iter().map(|export| {
        let (name, feature) = (identifier(&export.name), &export.feature);
        quote! {
            #[cfg(feature = #feature)]
            pub use sdk_runtime::#name;
        }
    });
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
    let oauth = rust.has_flows().then(|| {
        quote!(
            pub mod oauth;
        )
    });
    let items: Vec<TokenStream> = vec![
        quote!(mod client; #module pub mod managers; #oauth pub mod types;),
        quote! {
            pub use client::{#client, #builder};
            #export
            pub use sdk_runtime::{#(#bare),*};
            #(#gated)*
            #[doc(hidden)]
            pub use sdk_runtime as rt;
        },
        quote! {
            #[cfg(doctest)]
            mod pages {
                //! Compiles the programs of the pages as doc tests.
                #[doc = include_str!("../README.md")]
                mod readme {}
                #(#guides)*
            }
        },
    ];
    let foreign_letters = lints::foreign_letters(rust.symbols.has_foreign_letters());
    let placeholders = lints::placeholders(rust.symbols.has_member(lints::is_placeholder));
    let lints = foreign_letters.into_iter().chain(placeholders).collect::<Vec<_>>();
    if let Some(extension) = &rust.api.package.extension {
        for (path, text) in &extension.files {
            files.add(format!("src/{}/{path}", extension.module), text.clone());
        }
    }
    files.add("src/lib.rs", file(&docs(rust), lints, &FileBody::print(items)));
}

/// Runtime items that every crate re-exports.
const EXPORTS: &[&str] = &[
    "AttemptEnd",
    "AttemptStart",
    "AuthContext",
    "Authorization",
    "Base64",
    "Base64Url",
    "BearerToken",
    "Body",
    "BoxFuture",
    "BoxStream",
    "ByteStream",
    "Bytes",
    "Call",
    "CallEnd",
    "Credential",
    "CustomRequest",
    "Date",
    "DateTime",
    "Download",
    "Error",
    "ErrorKind",
    "Event",
    "Events",
    "Extra",
    "Header",
    "HeaderChange",
    "Interceptor",
    "Items",
    "Loss",
    "Method",
    "Next",
    "Number",
    "Pages",
    "Platform",
    "Position",
    "RequestInfo",
    "RequestOptions",
    "Response",
    "ResponseCall",
    "RetryPolicy",
    "Scheme",
    "SchemeKind",
    "Secret",
    "StatusCode",
    "TimeoutKind",
    "TransferProgress",
    "Transport",
    "TransportError",
    "TransportErrorKind",
    "TryCollect",
    "UnknownInteger",
    "UnknownJson",
    "UnknownText",
    "Upload",
    "serde_json",
];

/// Runtime items that a crate re-exports if its API uses bearer tokens.
const TOKEN_EXPORTS: &[&str] = &[
    "AccessToken",
    "AuthorizationCode",
    "AuthorizeUrl",
    "ClientAuthentication",
    "ClientCredentials",
    "Grant",
    "GrantContext",
    "MemoryTokenStore",
    "TokenEndpoint",
    "TokenExchange",
    "TokenForm",
    "TokenSource",
    "TokenStore",
];

/// Lists the names that the crate root re-exports from the runtime, with the features that gate them, sorted.
pub(crate) fn exports(rust: &Rust<'_>) -> Vec<ExportEntry> {
    let has = |wanted: fn(&SecurityKind) -> bool| {
        rust.api.security_schemes.iter().any(|scheme| wanted(&scheme.kind))
    };
    let takes_key = |kind: &SecurityKind| match kind {
        SecurityKind::HeaderKey(_) | SecurityKind::QueryKey(_) | SecurityKind::CookieKey(_) => true,
        SecurityKind::Bearer | SecurityKind::Basic | SecurityKind::Other(_) => false,
    };
    let has_tokens = has(|kind| *kind == SecurityKind::Bearer);
    // An API without security schemes gets the two credentials that need no configuration.
    let has_passwords = rust.api.security_schemes.is_empty() || has(|kind| *kind == SecurityKind::Basic);
    let bare = EXPORTS.iter().copied();
    let bare = bare.chain(TOKEN_EXPORTS.iter().copied().filter(|_| has_tokens));
    let bare = bare.chain((!rust.api.webhooks.is_empty()).then_some("HeaderMap"));
    let bare = bare.chain(returns_json_lines(rust.api).then_some("JsonLines"));
    let bare = bare.chain(sends_json_lines(rust.api).then_some("JsonLinesBody"));
    let bare = bare.chain(has(takes_key).then_some("ApiKey")).chain(has_passwords.then_some("BasicAuth"));
    let gated = [
        ("Proxy", "reqwest"),
        ("Waiting", "blocking"),
        ("WebhookVerifier", "webhooks"),
        ("testing", "testing"),
    ]
    .into_iter();
    let gated = gated.chain(has_tokens.then_some(("FileTokenStore", "fs")));
    let bare = bare.map(|name| ExportEntry { name: name.to_owned(), feature: None });
    let gated =
        gated.map(|(name, feature)| ExportEntry { name: name.to_owned(), feature: Some(feature.to_owned()) });
    let mut exports: Vec<ExportEntry> = bare.chain(gated).collect();
    exports.sort();
    exports
}

fn returns_json_lines(api: &Api) -> bool {
    let mut responses = api.operations.iter().flat_map(|(_, operation)| &operation.responses);
    responses.any(|response| {
        let alternatives = response.alternatives.iter().map(|alternative| &alternative.payload);
        std::iter::once(&response.payload)
            .chain(alternatives)
            .any(|payload| matches!(payload, Payload::JsonLines(_) | Payload::Results(_)))
    })
}

fn sends_json_lines(api: &Api) -> bool {
    let mut bodies = api.operations.iter().filter_map(|(_, operation)| operation.body.as_ref());
    bodies.any(|body| matches!(body.kind, BodyKind::JsonLines(_)))
}

fn docs(rust: &Rust<'_>) -> Vec<Inert> {
    let (krate, client) = (&rust.symbols.crate_name, &rust.symbols.client);
    let mut lines = rustdoc::markdown(&format!("A client for the {}.", rust.api.info.title_after_article()));
    if let Some(description) = &rust.api.info.docs.description {
        lines.push(Inert::default());
        lines.extend(rustdoc::markdown(description.as_written()));
    }
    let credential = rust.api.package.sample_credential.as_ref();
    let expression = credential.map_or("", |credential| credential.expression.as_str());
    let imports = match credential.and_then(|credential| credential.import.as_ref()) {
        Some(import) => format!("use {krate}::{{{client}, {import}}};"),
        None => format!("use {krate}::{client};"),
    };
    lines.extend(["", "# A client", ""].map(Inert::ours));
    let program = [
        imports,
        String::new(),
        format!("let client = {client}::new({expression});"),
        "# let _ = client;".to_owned(),
    ];
    lines.extend(Inert::program("no_run", program));
    let client = Inert::symbol(client);
    lines.extend([
        Inert::default(),
        Inert::ours("[`")
            + client
            + "`] gives access to the [`managers`], one for each group of operations. Awaiting a",
        Inert::ours("request sends it; to spawn one, pass `request.into_future()` to `tokio::spawn`."),
        Inert::default(),
        Inert::ours(
            "The types of the API are in [`types`]. Arbitrary JSON is a [`serde_json::Value`]. Every failure is an [`Error`].",
        ),
    ]);
    lines
}
