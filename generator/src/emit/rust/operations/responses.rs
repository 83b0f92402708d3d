//! Emits the result of an operation: its Rust type, the function that decodes it, and its documentation.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::statuses::{self, covered, is_stream};
use crate::emit::inert::Inert;
use crate::emit::rust::print::identifier;
use crate::emit::rust::runtime::{
    BYTES, DECODE_DOWNLOAD, DECODE_EMPTY, DECODE_EVENTS, DECODE_JSON, DECODE_JSON_LINES, DECODE_LOCATION,
    DECODE_RESULTS, DECODE_TEXT, DOWNLOAD, ERROR, EVENTS, HEAD, JSON_LINES, UNEXPECTED,
};
use crate::emit::rust::{Rust, rustdoc};
use crate::emit::stock_phrases::telling;
use crate::ir::{Docs, ErrorResponse, Operation, OperationId, Payload, Response, StatusRange, TypeRef};

/// The result of a call.
pub(crate) struct CallResult {
    pub(crate) ty: TokenStream,
    /// The function that decodes a response, as passed by the builder.
    pub(crate) decode: TokenStream,
    /// The response enum and its `impl`, if success responses differ.
    pub(crate) items: Vec<TokenStream>,
}

/// Emits the result of an operation.
pub(crate) fn result(rust: &Rust<'_>, id: OperationId) -> CallResult {
    let operation = &rust.api.operations[id];
    match single(operation) {
        Some(payload) => {
            let (ty, decode) = (payload_type(rust, payload), decoder(payload));
            let stream = is_stream(payload).then(|| quote!(stream));
            CallResult { ty, decode: quote!(#stream #decode), items: Vec::new() }
        }
        None => by_status(rust, id, &operation.responses),
    }
}

/// Returns the payload shared by all success responses, or `None` if they differ.
pub(crate) fn single(operation: &Operation) -> Option<&Payload> {
    let mut payloads = operation.responses.iter().map(|response| &response.payload);
    let first = payloads.next().unwrap_or(&Payload::Empty);
    payloads.all(|payload| payload == first).then_some(first)
}

/// Returns the response enum's variant that holds bytes.
pub(crate) fn binary_variant(operation: &Operation) -> Option<Ident> {
    let bytes = operation.responses.iter().find(|response| response.payload == Payload::Binary)?;
    Some(identifier(&status_name(bytes.status)))
}

/// Renders the result type for the documentation.
pub(crate) fn shown(rust: &Rust<'_>, id: OperationId) -> String {
    match single(&rust.api.operations[id]) {
        Some(payload) => shown_payload(rust, payload).unwrap_or_else(|| "()".to_owned()),
        None => rust.symbols.operation(id).response_enum(),
    }
}

/// Renders the type of a payload for the documentation, or `None` if there is no body.
pub(crate) fn shown_payload(rust: &Rust<'_>, payload: &Payload) -> Option<String> {
    match payload {
        Payload::Empty => None,
        Payload::Json(ty) => Some(rust.shown(ty)),
        Payload::Text => Some("String".to_owned()),
        Payload::Binary => Some("Download".to_owned()),
        Payload::Location => Some("String".to_owned()),
        Payload::Events(ty) => Some(format!("Events<{}>", rust.shown(ty))),
        Payload::JsonLines(ty) | Payload::Results(ty) => Some(format!("JsonLines<{}>", rust.shown(ty))),
    }
}

pub(crate) fn payload_type(rust: &Rust<'_>, payload: &Payload) -> TokenStream {
    match payload {
        Payload::Empty => quote!(()),
        Payload::Json(ty) => rust.ty(ty),
        Payload::Text | Payload::Location => quote!(String),
        Payload::Binary => quote!(#DOWNLOAD),
        Payload::Events(ty) => {
            let ty = rust.ty(ty);
            quote!(#EVENTS<#ty>)
        }
        Payload::JsonLines(ty) | Payload::Results(ty) => {
            let ty = rust.ty(ty);
            quote!(#JSON_LINES<#ty>)
        }
    }
}

pub(crate) fn decoder(payload: &Payload) -> TokenStream {
    match payload {
        Payload::Empty => quote!(#DECODE_EMPTY),
        Payload::Json(_) => quote!(#DECODE_JSON),
        Payload::Text => quote!(#DECODE_TEXT),
        Payload::Binary => quote!(#DECODE_DOWNLOAD),
        Payload::Location => quote!(#DECODE_LOCATION),
        Payload::Events(_) => quote!(#DECODE_EVENTS),
        Payload::JsonLines(_) => quote!(#DECODE_JSON_LINES),
        Payload::Results(_) => quote!(#DECODE_RESULTS),
    }
}

/// Emits an enum with a variant for each status, and the function that selects among them.
fn by_status(rust: &Rust<'_>, id: OperationId, responses: &[Response]) -> CallResult {
    let symbols = rust.symbols.operation(id);
    let name = identifier(&symbols.response_enum());
    let docs = rustdoc::attribute(Inert::ours("The result of ") + rust.method_link(id) + ", by status.");
    let variants: Vec<(&Response, Ident)> =
        responses.iter().map(|response| (response, identifier(&status_name(response.status)))).collect();
    let definitions = variants.iter().map(|(response, name)| {
        let docs = match described(&response.docs, response.status) {
            lines if lines.is_empty() => {
                rustdoc::attribute(Inert::ours("Status ") + status(response.status) + ".")
            }
            lines => rustdoc::attributes(&lines),
        };
        let payload = (response.payload != Payload::Empty).then(|| {
            let ty = payload_type(rust, &response.payload);
            if is_boxed(&response.payload) { quote!((Box<#ty>)) } else { quote!((#ty)) }
        });
        quote!(#docs #name #payload,)
    });
    let streams = responses.iter().any(|response| is_stream(&response.payload));
    let body = if streams { quote!(#DOWNLOAD) } else { quote!(#BYTES) };
    let stream = streams.then(|| quote!(stream));
    let takes_parts = statuses::takes_parts(responses);
    let (fallback, exact): (Vec<_>, Vec<_>) =
        variants.iter().partition(|(response, _)| response.status == StatusRange::Default);
    let arms = exact.iter().map(|(response, name)| {
        let part = (takes_parts && response.status == StatusRange::Exact(200)).then_some(206..=206);
        let statuses = covered(response.status, responses).into_iter().chain(part).map(|range| {
            let (low, high) =
                (Literal::u16_unsuffixed(*range.start()), Literal::u16_unsuffixed(*range.end()));
            if range.start() == range.end() { quote!(#low) } else { quote!(#low..=#high) }
        });
        let pattern = quote!(#(#statuses)|*);
        let value = decoded(&response.payload, name, streams);
        quote!(#pattern => #value,)
    });
    let rest = match fallback.first() {
        Some((response, name)) => decoded(&response.payload, name, streams),
        None => quote!(#UNEXPECTED(head)),
    };
    let items = vec![
        quote! {
            #docs
            #[derive(Debug)]
            #[non_exhaustive]
            pub enum #name { #(#definitions)* }
        },
        quote! {
            impl #name {
                fn decode(head: &#HEAD, body: #body) -> Result<Self, #ERROR> {
                    match head.status().as_u16() {
                        #(#arms)*
                        _ => #rest,
                    }
                }
            }
        },
    ];
    CallResult { ty: quote!(#name), decode: quote!(#stream #name::decode), items }
}

/// Returns `true` if the variant boxes its payload. Types of the document can be large compared with other
/// variants.
pub(crate) fn is_boxed(payload: &Payload) -> bool {
    matches!(payload, Payload::Json(TypeRef::Def(_)))
}

/// Emits the value of a variant, decoded from a body in memory or from a stream.
fn decoded(payload: &Payload, name: &Ident, streams: bool) -> TokenStream {
    if *payload == Payload::Empty {
        return quote!(Ok(Self::#name));
    }
    let decode = decoder(payload);
    let body = if streams && !is_stream(payload) { quote!(body.whole()) } else { quote!(body) };
    quote!(#decode(head, #body).map(Self::#name))
}

pub(crate) fn status_name(status: StatusRange) -> String {
    match status {
        StatusRange::Exact(code) => match NAMED.iter().find(|(named, _)| *named == code) {
            Some((_, name)) => (*name).to_owned(),
            None => format!("Status{code}"),
        },
        StatusRange::Class(class) => format!("Status{class}xx"),
        StatusRange::Default => "Other".to_owned(),
    }
}

/// The names of success and redirect statuses in RFC 9110, sections 15.3 and 15.4, and in WebDAV (RFC 4918,
/// RFC 5842).
const NAMED: &[(u16, &str)] = &[
    (200, "Ok"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "NonAuthoritativeInformation"),
    (204, "NoContent"),
    (205, "ResetContent"),
    (206, "PartialContent"),
    (207, "MultiStatus"),
    (208, "AlreadyReported"),
    (300, "MultipleChoices"),
    (301, "MovedPermanently"),
    (302, "Found"),
    (303, "SeeOther"),
    (304, "NotModified"),
    (307, "TemporaryRedirect"),
    (308, "PermanentRedirect"),
];

pub(crate) fn status(status: StatusRange) -> Inert {
    match status {
        StatusRange::Exact(status) => Inert::symbol(&status.to_string()),
        StatusRange::Class(class) => Inert::symbol(&format!("{class}XX")),
        StatusRange::Default => Inert::ours("any other status"),
    }
}

/// Writes the section of a method's documentation on successes, from the descriptions that add something to their
/// status.
pub(crate) fn return_docs(operation: &Operation) -> Vec<Inert> {
    let described = |response: &Response| described(&response.docs, response.status);
    let text: Vec<Inert> = match operation.responses.as_slice() {
        [response] => described(response),
        several => several
            .iter()
            .map(|response| (status(response.status), described(response)))
            .filter(|(_, lines)| !lines.is_empty())
            .flat_map(|(status, lines)| rustdoc::item(status, &lines))
            .collect(),
    };
    if text.is_empty() {
        return text;
    }
    ["", "# Returns", ""].map(Inert::ours).into_iter().chain(text).collect()
}

/// Returns the description of a response, if it adds something to its status.
fn described(docs: &Docs, status: StatusRange) -> Vec<Inert> {
    telling(docs, status).map(|text| rustdoc::markdown(text.as_written())).unwrap_or_default()
}

/// Writes the section of a method's documentation on errors.
pub(crate) fn error_docs(rust: &Rust<'_>, operation: &Operation) -> Vec<Inert> {
    if operation.errors.is_empty() {
        return Vec::new();
    }
    let opening = [
        "",
        "# Errors",
        "",
        "Besides the failures common to all calls ([`Error`](crate::Error)), the API responds with:",
        "",
    ];
    let mut lines = opening.map(Inert::ours).to_vec();
    let is_alone = operation.errors.len() == 1;
    let name = |range: StatusRange| match range {
        StatusRange::Default if is_alone => Inert::ours("any error status"),
        StatusRange::Exact(_) | StatusRange::Class(_) | StatusRange::Default => status(range),
    };
    lines.extend(operation.errors.iter().flat_map(|error| error_item(rust, error, name(error.status))));
    lines
}

fn error_item(rust: &Rust<'_>, error: &ErrorResponse, status: Inert) -> Vec<Inert> {
    let body = match &error.payload {
        Payload::Json(ty) => Inert::ours(" with ") + rust.linked(ty),
        Payload::Empty | Payload::Text | Payload::Binary | Payload::Location => Inert::default(),
        Payload::Events(_) | Payload::JsonLines(_) | Payload::Results(_) => Inert::default(),
    };
    rustdoc::item(status + body, &described(&error.docs, error.status))
}
