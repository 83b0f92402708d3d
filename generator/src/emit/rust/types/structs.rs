//! Emits a struct with its table of members, constructor and setters.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use crate::emit::inert::Inert;
use crate::emit::rust::print::identifier;
use crate::emit::rust::runtime::{EXTRA, JSON, OBJECT};
use crate::emit::rust::symbols::ident;
use crate::emit::rust::ty::is_option;
use crate::emit::rust::{Rust, lints, rustdoc};
use crate::ir::{Additional, Field, Scalar, TypeDef, TypeId, TypeRef};

/// Documents additional members that have no description.
const OTHERS: &str = "Additional members, by name.";

/// A struct to emit.
struct Struct<'a> {
    rust: &'a Rust<'a>,
    name: Ident,
    fields: Vec<(&'a Field, Ident)>,
    additional: Option<&'a Additional>,
    /// Set if it is part of a request.
    is_sent: bool,
}

/// Emits the items of a struct.
pub(crate) fn emit(
    rust: &Rust<'_>,
    id: TypeId,
    def: &TypeDef,
    fields: &[Field],
    additional: Option<&Additional>,
) -> Vec<TokenStream> {
    let symbols = rust.symbols.ty(id);
    let name = identifier(&symbols.name);
    let fields = fields.iter().zip(symbols.members.iter().map(|member| identifier(member))).collect();
    let item = Struct { rust, name: name.clone(), fields, additional, is_sent: def.usage.request };
    let mut items = vec![item.definition()];
    if def.usage.request {
        items.extend(item.constructor_and_setters());
    }
    items.push(item.members());
    items
}

impl Struct<'_> {
    fn definition(&self) -> TokenStream {
        let name = &self.name;
        let fields = self.fields.iter().map(|(field, name)| {
            let docs = rustdoc::field_attributes(field, name);
            let ty = self.rust.field_type(field);
            quote!(#docs pub #name: #ty,)
        });
        let additional = self.additional.map(|additional| {
            let docs = rustdoc::attributes(&rustdoc::lines(&additional.docs, &OTHERS.into()));
            let ty = self.rust.ty(&additional.ty);
            quote!(#docs pub additional: BTreeMap<String, #ty>,)
        });
        let optional = self.fields.iter().all(|(field, _)| !field.required);
        let default = optional.then(|| quote!(, Default));
        quote! {
            #[derive(Clone #default)]
            #[non_exhaustive]
            pub struct #name {
                #(#fields)*
                #additional
                extra: #EXTRA,
            }
        }
    }

    fn constructor_and_setters(&self) -> Option<TokenStream> {
        let name = &self.name;
        let required: Vec<_> = self.fields.iter().filter(|(field, _)| field.is_asked_for()).collect();
        let presets = self.fields.iter().filter_map(|(field, name)| {
            let text = field.preset.as_ref()?;
            let is_string = *self.rust.api.without_alias(&field.ty) == TypeRef::Scalar(Scalar::String);
            let value = if is_string { quote!(#text.to_owned()) } else { quote!(#text.into()) };
            Some(quote!(#name: #value))
        });
        let is_constructed = self.fields.iter().any(|(field, _)| field.required);
        let constructor = is_constructed.then(|| {
            let inputs = required.iter().map(|(field, name)| {
                let ty = self.rust.input(&field.ty, name).ty;
                quote!(#name: #ty)
            });
            let values = required.iter().map(|(field, name)| {
                let value = self.rust.input(&field.ty, name).value;
                let value = boxed(field, value);
                if *name == value.to_string() { quote!(#name) } else { quote!(#name: #value) }
            });
            let values = presets.chain(values);
            let lint = lints::many_arguments(required.len());
            let no_default = lints::without_default(required.is_empty());
            let docs = rustdoc::attribute(
                Inert::ours("Creates a new `")
                    + Inert::symbol(&name.to_string())
                    + "` with its required members.",
            );
            quote! {
                #docs
                #[must_use]
                #lint
                #no_default
                pub fn new(#(#inputs),*) -> Self {
                    Self { #(#values,)* ..#JSON::blank() }
                }
            }
        });
        let setters: Vec<_> = self
            .fields
            .iter()
            .filter(|(field, _)| !field.is_asked_for() && !field.read_only)
            .map(|(field, name)| self.setters(field, name))
            .collect();
        let others = self.additional.map(|additional| {
            let field = identifier("additional");
            let input = self.rust.input(&TypeRef::Map(Box::new(additional.ty.clone())), &field);
            let (ty, value) = (input.ty, input.value);
            let docs = rustdoc::lines(&additional.docs, &"Sets the additional members.".into());
            let docs = rustdoc::attributes(&docs);
            quote! {
                #docs
                #[must_use]
                pub fn additional(mut self, additional: #ty) -> Self {
                    self.additional = #value;
                    self
                }
            }
        });
        let empty = constructor.is_none() && setters.is_empty() && others.is_none();
        (!empty).then(|| quote!(impl #name { #constructor #(#setters)* #others }))
    }

    fn setters(&self, field: &Field, name: &Ident) -> TokenStream {
        let input = self.rust.input(field.ty.non_null(), name);
        let (ty, value) = (input.ty, boxed(field, input.value));
        let wire = &field.name.wire;
        let docs = rustdoc::setter_attributes(field);
        let lint = lints::trait_method(name);
        let value = if is_option(field) { quote!(Some(#value)) } else { value };
        let null = matches!(field.ty, TypeRef::Nullable(_)).then(|| {
            let setter = identifier(&ident::suffixed(&name.to_string(), "_null"));
            let docs = rustdoc::attribute(Inert::ours("Sets ") + rustdoc::code(wire) + " to null.");
            quote! {
                #docs
                #[must_use]
                pub fn #setter(mut self) -> Self {
                    self.#name = None;
                    self.extra.set_null(#wire);
                    self
                }
            }
        });
        quote! {
            #docs
            #[must_use]
            #lint
            pub fn #name(mut self, #name: #ty) -> Self {
                self.#name = #value;
                self
            }
            #null
        }
    }

    /// Emits the table of members.
    fn members(&self) -> TokenStream {
        let name = &self.name;
        let package = &self.rust.api.package;
        let secrets = if !self.is_sent && package.secret_keys != package.response_secret_keys {
            Some(quote!(, API.response_secret_keys))
        } else {
            (!package.secret_keys.is_empty()).then(|| quote!(, API.secret_keys))
        };
        let rows = self.fields.iter().map(|(field, name)| {
            let wire = &field.name.wire;
            let presence = self.presence(field);
            quote!(#wire => #name: #presence,)
        });
        let others = self.additional.map(|_| quote!(_ => additional,));
        quote! {
            #OBJECT! {
                #name #secrets;
                #(#rows)*
                #others
            }
        }
    }

    /// Returns the keyword for the presence of a member. An optional member that takes any JSON value may be
    /// null.
    fn presence(&self, field: &Field) -> TokenStream {
        let nullable = matches!(field.ty, TypeRef::Nullable(_));
        let any = *self.rust.api.without_alias(field.ty.non_null()) == TypeRef::Any;
        let presence = match (field.required, nullable, any) {
            (true, false, _) => "REQUIRED",
            (true, true, _) => "NULLABLE",
            (false, false, false) => "OPTIONAL",
            (false, true, _) | (false, false, true) => "OPTIONAL_NULLABLE",
        };
        let secret = if field.secret { "SECRET_" } else { "" };
        identifier(&format!("{secret}{presence}")).into_token_stream()
    }
}

fn boxed(field: &Field, value: TokenStream) -> TokenStream {
    match (field.indirect, field.required && is_option(field)) {
        (false, _) => value,
        (true, false) => quote!(Box::new(#value)),
        (true, true) => quote!(#value.map(Box::new)),
    }
}
