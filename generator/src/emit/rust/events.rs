//! An answer that can come as events instead to the method that asks for them.

use proc_macro2::TokenStream;
use quote::quote;

use super::Rust;
use super::print::identifier;
use super::runtime::{CALL, ENCODING, EVENTS};
use super::ty::without_null;
use crate::ir::{Argument, ArgumentSource, Body, BodyKind, Field, OperationId, Scalar, TypeRef};

/// The method of a builder that asks for events in place of what the call returns otherwise.
pub(crate) fn alternative(rust: &Rust<'_>, id: OperationId) -> Option<TokenStream> {
    let operation = &rust.api.operations[id];
    let event = operation.responses.iter().find_map(|response| response.events.as_ref())?;
    let builder = identifier(&rust.symbols.operation(id).builder);
    let ty = rust.ty(event);
    let arguments = operation.arguments();
    let switch =
        operation.body.as_ref().and_then(|body| arguments.iter().find_map(|argument| switch(body, argument)));
    let mutable = switch.as_ref().map(|_| quote!(mut));
    Some(quote! {
        impl #builder {
            /// The call whose answer comes as events, each as soon as the server sends it.
            pub fn send_events(#mutable self) -> #CALL<#EVENTS<#ty>> {
                #switch
                self.request.send_events()
            }
        }
    })
}

/// APIs that offer both are told which by a member `stream` of the body, so that it need not be said twice.
fn switch(body: &Body, argument: &Argument<'_>) -> Option<TokenStream> {
    let field = match argument.source {
        ArgumentSource::Field(field) => field,
        ArgumentSource::Part(part) => &part.field,
        ArgumentSource::Parameter(_)
        | ArgumentSource::Body(_)
        | ArgumentSource::FileName(..)
        | ArgumentSource::ContentType(..) => return None,
    };
    let wire = &field.name.wire;
    is_switch(field).then(|| match &body.kind {
        BodyKind::FormFields(_) => quote!(self.request.field(#wire, #ENCODING::FORM, &true);),
        BodyKind::Multipart(_) => quote!(self.request.part(#wire, &true);),
        BodyKind::JsonFields(_) | BodyKind::Json(_) | BodyKind::Binary | BodyKind::Text => {
            quote!(self.request.member(#wire, &true);)
        }
    })
}

fn is_switch(field: &Field) -> bool {
    field.name.wire == "stream" && *without_null(&field.ty) == TypeRef::Scalar(Scalar::Boolean)
}
