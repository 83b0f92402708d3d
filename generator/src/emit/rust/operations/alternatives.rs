//! Emits the methods that request alternative response formats.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::responses::{decoder, payload_type, shown_payload};
use super::statuses::is_stream;
use crate::emit::DialectForm;
use crate::emit::inert::Inert;
use crate::emit::rust::print::identifier;
use crate::emit::rust::runtime::{CALL, ENCODING};
use crate::emit::rust::{Rust, rustdoc};
use crate::ir::{Alternative, Argument, ArgumentSource, Body, BodyKind, Operation, OperationId, Payload};

/// Emits the builder methods that request a format other than the default.
pub(crate) fn alternatives(rust: &Rust<'_>, id: OperationId) -> Option<TokenStream> {
    let operation = &rust.api.operations[id];
    let symbols = rust.symbols.operation(id);
    let forms = operation.alternatives();
    if forms.is_empty() {
        return None;
    }
    let builder = identifier(&symbols.builder);
    let methods = forms.iter().zip(&symbols.alternatives).map(|(form, name)| method(rust, id, form, name));
    Some(quote! {
        impl #builder {
            #(#methods)*
        }
    })
}

/// Describes the alternatives for the documentation.
pub(crate) fn shown(rust: &Rust<'_>, id: OperationId) -> Vec<DialectForm> {
    let names = rust.symbols.operation(id).alternatives.iter();
    let forms = rust.api.operations[id].alternatives().into_iter().zip(names);
    forms
        .map(|(form, name)| DialectForm {
            call: format!("{name}()"),
            ty: shown_payload(rust, &form.payload).unwrap_or_else(|| "()".to_owned()),
            media_type: form.name.wire.clone(),
        })
        .collect()
}

fn method(rust: &Rust<'_>, id: OperationId, form: &Alternative, name: &str) -> TokenStream {
    let operation = &rust.api.operations[id];
    let name = identifier(name);
    let (ty, decode) = (payload_type(rust, &form.payload), decoder(&form.payload));
    let media_type = &form.name.wire;
    let send = identifier(if is_stream(&form.payload) { "receive_as" } else { "send_as" });
    let arguments = operation.arguments();
    let is_events = matches!(form.payload, Payload::Events(_));
    let body = operation.body.as_ref().filter(|_| is_flow(&form.payload));
    let request = quote!(self.request);
    let switch = body.and_then(|body| {
        arguments.iter().find_map(|argument| switch(body, argument, &request, &quote!(true)))
    });
    let mutable = switch.as_ref().map(|_| quote!(mut));
    let docs = if matches!(form.payload, Payload::JsonLines(_) | Payload::Results(_)) {
        Inert::ours("Like `send`, but asks for the response as a stream of values.")
    } else if is_events {
        Inert::ours("Like `send`, but asks for the response as server-sent events.")
    } else {
        Inert::ours("Like `send`, but asks for the response as ") + rustdoc::code(media_type) + "."
    };
    let docs = rustdoc::attribute(docs);
    quote! {
        #docs
        pub fn #name(#mutable self) -> #CALL<#ty> {
            #switch
            self.request.#send(#media_type, #decode)
        }
    }
}

/// Returns `true` for values that arrive one after the other.
fn is_flow(payload: &Payload) -> bool {
    match payload {
        Payload::Events(_) | Payload::JsonLines(_) | Payload::Results(_) => true,
        Payload::Empty | Payload::Json(_) | Payload::Text | Payload::Binary | Payload::Location => false,
    }
}

/// Emits the statement that switches streaming off for the usual form of a response, if the server streams by default.
pub(crate) fn switched_off(operation: &Operation, request: &Ident) -> Option<TokenStream> {
    let streams = operation.responses.iter().any(|response| is_flow(&response.payload));
    let can_stream = operation.alternatives().iter().any(|form| is_flow(&form.payload));
    let body = operation.body.as_ref().filter(|_| can_stream && !streams)?;
    let arguments = operation.arguments();
    let is_on = |argument: &&Argument<'_>| {
        !argument.required && argument.default().and_then(|value| value.as_bool()) == Some(true)
    };
    let mut on = arguments.iter().filter(is_on);
    on.find_map(|argument| switch(body, argument, &quote!(#request), &quote!(false)))
}

/// Emits the statement that sets the `stream` member of a body, by which some APIs select between a stream and one value.
fn switch(
    body: &Body,
    argument: &Argument<'_>,
    request: &TokenStream,
    value: &TokenStream,
) -> Option<TokenStream> {
    let field = match argument.source {
        ArgumentSource::Field(field) => field,
        ArgumentSource::FormField(field) => &field.field,
        ArgumentSource::Part(part) => &part.field,
        ArgumentSource::Parameter(_)
        | ArgumentSource::PartHeader(..)
        | ArgumentSource::FileName(..)
        | ArgumentSource::ContentType(..)
        | ArgumentSource::Body(_) => return None,
    };
    let wire = &field.name.wire;
    field.asks_for_events().then(|| match &body.kind {
        BodyKind::FormFields(_) => quote!(#request.field(#wire, #ENCODING::PLAIN, &#value);),
        BodyKind::Multipart(_) => quote!(#request.part(#wire, &#value);),
        BodyKind::JsonFields(_)
        | BodyKind::Json(_)
        | BodyKind::JsonLines(_)
        | BodyKind::Binary
        | BodyKind::Text => {
            quote!(#request.member(#wire, &#value);)
        }
    })
}
