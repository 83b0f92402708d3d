//! Emits an operation: its static description, the method that starts it, and its request builder.

pub(super) mod responses;
pub(crate) mod statuses;
pub(super) mod accept;
pub(super) mod alternatives;
pub(super) mod headers;
pub(super) mod pagination;
pub(super) mod statics;
mod escaped_path;
pub(super) mod samples;
mod documentation;
mod forwarders;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::print::identifier;
use super::runtime::{BUILDER, JSON_LINES_BODY, REQUEST, UPLOAD};
use super::symbols::{OperationSymbols, ident};
use super::ty::ArgumentInput;
use super::{Rust, lints, rustdoc};
use crate::emit::inert::Inert;
use crate::ir::{
    self, Argument, ArgumentSource, ArgumentValue, BodyKind, Location, Operation, OperationId, Parameter,
    TypeRef,
};

/// The maximum number of required arguments in a parameter list. More of them become one struct.
pub(crate) const MOST_ARGUMENTS: usize = 6;

/// An operation and the names needed to emit it.
pub(crate) struct Emitter<'a> {
    rust: &'a Rust<'a>,
    id: OperationId,
    operation: &'a Operation,
    symbols: &'a OperationSymbols,
    arguments: Vec<(Argument<'a>, Ident)>,
}

impl<'a> Emitter<'a> {
    pub(crate) fn new(rust: &'a Rust<'a>, id: OperationId) -> Self {
        let operation = &rust.api.operations[id];
        let symbols = rust.symbols.operation(id);
        let names = symbols.arguments.iter().map(|name| identifier(name));
        let arguments = operation.arguments().into_iter().zip(names).collect();
        Self { rust, id, operation, symbols, arguments }
    }

    fn required(&self) -> impl Iterator<Item = &(Argument<'a>, Ident)> {
        self.arguments.iter().filter(|(argument, _)| argument.required)
    }

    /// Returns `true` if the required arguments are passed as one struct.
    pub(super) fn is_bundled(&self) -> bool {
        self.required().count() > MOST_ARGUMENTS
    }

    /// Returns the name of the struct of required arguments, if there is one.
    fn bundle(&self) -> Option<Ident> {
        self.is_bundled().then(|| identifier(&self.symbols.bundle()))
    }

    /// Emits the method of the manager.
    pub(crate) fn method(&self) -> TokenStream {
        let docs = rustdoc::attributes(&self.method_docs());
        let alias = rustdoc::alias(&self.operation.name.wire, &self.symbols.method);
        let deprecated = lints::deprecated(self.operation.deprecated);
        let method = identifier(&self.symbols.method);
        let lint = lints::trait_method(&method);
        let builder = identifier(&self.symbols.builder);
        let constant = identifier(&ident::shouty(&self.symbols.method));
        let local = self.free_name("request");
        let inputs: Vec<TokenStream> = match self.bundle() {
            Some(bundle) => vec![quote!(arguments: #bundle)],
            None => self.required().map(|(argument, name)| self.parameter(argument, name)).collect(),
        };
        let unpack = self.bundle().map(|bundle| {
            let names = self.required().map(|(_, name)| name);
            quote!(let #bundle { #(#names),* } = arguments;)
        });
        let writes = self
            .required()
            .map(|(argument, name)| self.write(argument, name, &quote!(#local), self.is_bundled()));
        let constants =
            self.operation.parameters.iter().filter_map(|parameter| constant_parameter(parameter, &local));
        let switch = alternatives::switched_off(self.operation, &local);
        let body: Vec<TokenStream> = switch.into_iter().chain(constants).chain(writes).collect();
        let mutable = (!body.is_empty()).then(|| quote!(mut));
        let request = if local == "request" { quote!(request) } else { quote!(request: #local) };
        quote! {
            #docs
            #alias
            #deprecated
            #lint
            pub fn #method(&self #(, #inputs)*) -> #builder {
                #unpack
                let #mutable #local = self.client.operation(&#constant);
                #(#body)*
                #builder { #request }
            }
        }
    }

    /// Picks a local variable name that no argument uses.
    fn free_name(&self, wanted: &str) -> Ident {
        let mut name = wanted.to_owned();
        while self.arguments.iter().any(|(_, argument)| *argument == name) {
            name.push('_');
        }
        identifier(&name)
    }

    /// Emits the static with the facts shared by every call of the operation.
    pub(crate) fn constant(&self) -> TokenStream {
        let name = identifier(&ident::shouty(&self.symbols.method));
        let pages = pagination::paging(self.rust, self.id);
        statics::operation(self.rust.api, self.operation, &name, pages)
    }

    /// Emits the builder and the items that belong to it.
    pub(crate) fn builder(&self) -> Vec<TokenStream> {
        let builder = identifier(&self.symbols.builder);
        let method = self.rust.method_link(self.id);
        let docs = Inert::ours("The request builder of ") + method + ". Await it to send the request.";
        let docs = rustdoc::attribute(docs);
        let setters: Vec<TokenStream> = self
            .arguments
            .iter()
            .filter(|(argument, _)| !argument.required)
            .map(|(argument, name)| self.setter(argument, name))
            .collect();
        let setters = (!setters.is_empty()).then(|| quote!(impl #builder { #(#setters)* }));
        let result = responses::result(self.rust, self.id);
        let (ty, decode) = (&result.ty, &result.decode);
        let derive = self.derive();
        let definition = quote! {
            #docs
            #derive
            #[must_use = "a request is sent only when it is awaited"]
            pub struct #builder {
                request: #REQUEST,
            }
        };
        let mut items = vec![definition];
        items.extend(setters);
        items.push(quote!(#BUILDER!(#builder => #ty, #decode);));
        items.extend(pagination::pages(self.rust, self.id, &result));
        items.extend(alternatives::alternatives(self.rust, self.id));
        items.extend(headers::constants(self.rust, self.id));
        items.extend(result.items);
        items.extend(self.bundle_definition());
        items
    }

    /// Derives the traits of the builder. Uploads can be sent only once, so a builder with uploads is `Clone` only if
    /// it was released so.
    fn derive(&self) -> TokenStream {
        if self.operation.is_clone() { quote!(#[derive(Clone, Debug)]) } else { quote!(#[derive(Debug)]) }
    }

    fn bundle_definition(&self) -> Option<TokenStream> {
        let bundle = self.bundle()?;
        let method = self.rust.method_link(self.id);
        let docs = rustdoc::attribute(Inert::ours("The required arguments of ") + method + ".");
        let fields = self.required().map(|(argument, name)| {
            let docs = rustdoc::attributes(&documentation::field(argument));
            let ty = self.owned(argument);
            quote!(#docs pub #name: #ty,)
        });
        let derive = self.derive();
        Some(quote! {
            #docs
            #derive
            pub struct #bundle { #(#fields)* }
        })
    }

    fn setter(&self, argument: &Argument<'_>, name: &Ident) -> TokenStream {
        let docs = rustdoc::attributes(&documentation::setter(argument));
        let alias = rustdoc::alias(&argument.name.wire, &name.to_string());
        let parameter = self.parameter(argument, name);
        let write = self.write(argument, name, &quote!(self.request), false);
        let lint = lints::trait_method(name);
        let null = self.null_setter(argument, name);
        let former = self.former_setters(argument, name);
        quote! {
            #docs
            #alias
            #lint
            pub fn #name(mut self, #parameter) -> Self {
                #write
                self
            }
            #null
            #former
        }
    }

    fn null_setter(&self, argument: &Argument<'_>, name: &Ident) -> Option<TokenStream> {
        let ArgumentSource::Field(field) = argument.source else { return None };
        if !matches!(field.ty, TypeRef::Nullable(_)) {
            return None;
        }
        let setter = identifier(&ident::suffixed(&name.to_string(), "_null"));
        let wire = &field.name.wire;
        let docs = rustdoc::attribute(Inert::ours("Sets ") + rustdoc::code(wire) + " to null.");
        Some(quote! {
            #docs
            pub fn #setter(mut self) -> Self {
                self.request.member_null(#wire);
                self
            }
        })
    }

    fn parameter(&self, argument: &Argument<'_>, name: &Ident) -> TokenStream {
        let ty = self.input(argument, name).ty;
        quote!(#name: #ty)
    }

    /// Returns the type of an argument as a struct field.
    fn owned(&self, argument: &Argument<'_>) -> TokenStream {
        match argument.value() {
            ArgumentValue::Typed(ty) => self.rust.ty(ty),
            ArgumentValue::Upload => quote!(#UPLOAD),
            ArgumentValue::Uploads => quote!(Vec<#UPLOAD>),
            ArgumentValue::JsonLines(ty) => {
                let ty = self.rust.ty(ty);
                quote!(#JSON_LINES_BODY<#ty>)
            }
            ArgumentValue::NamedUploads => quote!(Vec<(String, #UPLOAD)>),
            ArgumentValue::Text => quote!(String),
        }
    }

    fn input(&self, argument: &Argument<'_>, name: &Ident) -> ArgumentInput {
        match argument.value() {
            ArgumentValue::Typed(ty) if argument.required => self.rust.input(ty, name),
            ArgumentValue::Typed(ty) => self.rust.input(ty.non_null(), name),
            ArgumentValue::Upload => {
                ArgumentInput { ty: quote!(impl Into<#UPLOAD>), value: quote!(#name.into()), open: None }
            }
            ArgumentValue::Uploads => {
                let ty = quote!(impl IntoIterator<Item = impl Into<#UPLOAD>>);
                ArgumentInput { ty, value: quote!(#name), open: None }
            }
            ArgumentValue::JsonLines(ty) => {
                let ty = self.rust.ty(ty);
                ArgumentInput {
                    ty: quote!(impl Into<#JSON_LINES_BODY<#ty>>),
                    value: quote!(#name.into()),
                    open: None,
                }
            }
            ArgumentValue::NamedUploads => {
                let ty = quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<#UPLOAD>)>);
                ArgumentInput { ty, value: quote!(#name), open: None }
            }
            ArgumentValue::Text => ArgumentInput::into(&quote!(String), name),
        }
    }

    /// Emits the statements that write an argument to the request.
    fn write(
        &self,
        argument: &Argument<'_>,
        name: &Ident,
        request: &TokenStream,
        owned: bool,
    ) -> TokenStream {
        let input = self.input(argument, name);
        let wire = &argument.name.wire;
        let (convert, value) = match (owned, &input.open) {
            (true, _) => (None, quote!(#name)),
            (false, Some(ty)) => (Some(quote!(let #name: #ty = #name.into();)), quote!(#name)),
            (false, None) => (None, input.value),
        };
        let call = match argument.source {
            ArgumentSource::Parameter(parameter) => {
                let encoding = statics::encoding(&parameter.encoding, parameter.location);
                let method = location_method(parameter.location);
                quote!(#request.#method(#wire, #encoding, &#value);)
            }
            ArgumentSource::Field(_) => quote!(#request.member(#wire, &#value);),
            ArgumentSource::FormField(field) => {
                let encoding = statics::encoding(&field.encoding, Location::Query);
                quote!(#request.field(#wire, #encoding, &#value);)
            }
            ArgumentSource::PartHeader(part, header) => {
                let part = &part.field.name.wire;
                let encoding = statics::encoding(&header.encoding, header.location);
                quote!(#request.part_header(#part, #wire, #encoding, &#value);)
            }
            ArgumentSource::Part(part) => match argument.value() {
                ArgumentValue::NamedUploads => quote!(#request.part_file_members(#value);),
                ArgumentValue::Typed(_) if part.spread => quote!(#request.part_members(#wire, &#value);),
                ArgumentValue::Upload => quote!(#request.part_file(#wire, #value);),
                ArgumentValue::Uploads => quote!(#request.part_files(#wire, #value);),
                ArgumentValue::Typed(_) | ArgumentValue::JsonLines(_) | ArgumentValue::Text => {
                    quote!(#request.part(#wire, &#value);)
                }
            },
            ArgumentSource::FileName(part, _) => {
                let wire = &part.field.name.wire;
                quote!(#request.part_file_name(#wire, #value);)
            }
            ArgumentSource::ContentType(part, _) => {
                let wire = &part.field.name.wire;
                quote!(#request.part_content_type(#wire, #value);)
            }
            ArgumentSource::Body(body) => match &body.kind {
                BodyKind::Json(_) => quote!(#request.json(&#value);),
                BodyKind::Text => quote!(#request.text(#value);),
                BodyKind::JsonLines(ty) => {
                    let ty = self.rust.ty(ty);
                    quote!(#request.json_lines::<#ty>(#value);)
                }
                BodyKind::Binary
                | BodyKind::JsonFields(_)
                | BodyKind::FormFields(_)
                | BodyKind::Multipart(_) => quote!(#request.upload(#value);),
            },
        };
        quote!(#convert #call)
    }
}

fn constant_parameter(parameter: &Parameter, request: &Ident) -> Option<TokenStream> {
    let value = ir::value_text(parameter.constant.as_ref()?);
    let wire = &parameter.name.wire;
    let encoding = statics::encoding(&parameter.encoding, parameter.location);
    let method = location_method(parameter.location);
    Some(quote!(#request.#method(#wire, #encoding, &String::from(#value));))
}

fn location_method(location: Location) -> Ident {
    identifier(match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    })
}
