//! Emits the function that reads a webhook, and documents its variants.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{by_shape, by_tag};
use crate::emit::inert::Inert;
use crate::emit::rust::runtime::{ERROR, HEADER_MAP, WEBHOOK, WEBHOOK_HEADER};
use crate::emit::rust::{Rust, rustdoc};
use crate::ir::{Docs, Union, UnionVariant, Webhook, Webhooks};

/// Documents the variant for the bodies of webhooks.
pub(super) fn variant_docs(webhooks: &[Webhook], holds: &Inert) -> Vec<Inert> {
    let names = webhooks.iter().map(|webhook| rustdoc::code(&webhook.name));
    let names = names.reduce(|names, name| names + ", " + name).unwrap_or_default();
    let named = rustdoc::lines(&Docs::default(), &(Inert::ours("Webhook ") + names + ": " + holds.clone()));
    match webhooks {
        [webhook] if webhook.docs != Docs::default() => {
            let mut lines = rustdoc::lines(&webhook.docs, &Inert::default());
            lines.push(Inert::default());
            lines.extend(named);
            lines
        }
        _ => named,
    }
}

/// Emits the function that reads a webhook: by its header if the document describes one, else as any value of the union.
pub(super) fn parser(
    rust: &Rust<'_>,
    name: &Ident,
    union: &Union,
    webhooks: &Webhooks,
    variants: &[(&UnionVariant, Ident)],
) -> TokenStream {
    let (by, read) = match &webhooks.header {
        Some(header) => (
            Inert::ours("The header ")
                + rustdoc::code(header)
                + " selects the variant. If it is missing, the body does; another value rules out the variants that it"
                + " can select.",
            by_header(rust, union, header, variants),
        ),
        None => (Inert::ours("The body selects the variant."), quote!(|raw| raw.decode())),
    };
    let mut docs =
        vec![Inert::ours("Reads a webhook from the headers and the body of its request."), Inert::default()];
    docs.extend(rustdoc::lines(&Docs::default(), &by));
    docs.extend(
        [
            "",
            "Check the signature of the request first, if the API signs webhooks.",
            "",
            "# Errors",
            "Returns an error if the body is not JSON, or does not match the selected variant.",
        ]
        .map(Inert::ours),
    );
    let docs = rustdoc::attributes(&docs);
    quote! {
        impl #name {
            #docs
            pub fn parse(headers: &#HEADER_MAP, body: &[u8]) -> Result<Self, #ERROR> {
                #WEBHOOK(headers, body, #read)
            }
        }
    }
}

/// Emits the closure that reads a body by the value of a header. Variants that share a value are told apart by their
/// tags or shapes.
fn by_header(
    rust: &Rust<'_>,
    union: &Union,
    header: &str,
    variants: &[(&UnionVariant, Ident)],
) -> TokenStream {
    let mut values: Vec<&String> = Vec::new();
    for value in variants.iter().flat_map(|(variant, _)| header_values(variant)) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    let arms = values.into_iter().map(|value| {
        let owns =
            |(variant, _): &&(&UnionVariant, Ident)| header_values(variant).any(|other| other == value);
        let owners: Vec<_> = variants.iter().filter(owns).cloned().collect();
        let choice = match (owners.as_slice(), &union.tag) {
            ([(_, name)], _) => quote!(Self::#name(raw.decode()?)),
            (_, Some(tag)) => by_tag(rust, tag, false, &owners),
            (_, None) => by_shape(rust, &quote!(raw), &owners),
        };
        quote!(Some(#value) => #choice,)
    });
    let unnamed = |(variant, _): &&(&UnionVariant, Ident)| header_values(variant).next().is_none();
    let unnamed: Vec<_> = variants.iter().filter(unnamed).cloned().collect();
    let rest = match &union.tag {
        Some(tag) if !unnamed.is_empty() => by_tag(rust, tag, false, &unnamed),
        Some(_) | None => by_shape(rust, &quote!(raw), &unnamed),
    };
    quote! {
        |raw| Ok(match #WEBHOOK_HEADER(headers, #header) {
            #(#arms)*
            Some(_) => #rest,
            None => raw.decode()?,
        })
    }
}

fn header_values<'a>(variant: &'a UnionVariant) -> impl Iterator<Item = &'a String> + use<'a> {
    variant.webhooks.iter().flat_map(|webhook| &webhook.header_values)
}
