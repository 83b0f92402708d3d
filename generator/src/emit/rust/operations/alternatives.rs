//! Emits the methods that request alternative response formats.

use proc_macro2::TokenStream;
use quote::quote;

use super::responses::{decoder, payload_type, shown_payload};
use super::statuses::is_stream;
use crate::emit::DialectForm;
use crate::emit::inert::Inert;
use crate::emit::rust::print::identifier;
use crate::emit::rust::runtime::{CALL, ENCODING};
use crate::emit::rust::{Rust, rustdoc};
use crate::ir::{Alternative, Argument, ArgumentSource, Body, BodyKind, OperationId, Payload};

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
    let body = operation.body.as_ref().filter(|_| is_events);
    let switch = body.and_then(|body| arguments.iter().find_map(|argument| switch(body, argument)));
    let mutable = switch.as_ref().map(|_| quote!(mut));
    let docs = if is_events {
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

/// Emits the statement that sets the `stream` member of a body, by which some APIs select server-sent events.
fn switch(body: &Body, argument: &Argument<'_>) -> Option<TokenStream> {
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
        BodyKind::FormFields(_) => quote!(self.request.field(#wire, #ENCODING::PLAIN, &true);),
        BodyKind::Multipart(_) => quote!(self.request.part(#wire, &true);),
        BodyKind::JsonFields(_) | BodyKind::Json(_) | BodyKind::Binary | BodyKind::Text => {
            quote!(self.request.member(#wire, &true);)
        }
    })
}
