//! Maps types of the model to Rust types, for fields, arguments and pages alike.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Rust;
use super::print::identifier;
use super::runtime::{BASE64, BASE64_URL, DATE, DATE_TIME, LIST, MAP, NUMBER, VALUE};
use crate::emit::inert::Inert;
use crate::ir::{Field, Scalar, Shape, TypeId, TypeRef};
use crate::listing::identity::scalar_name;

/// The parameter through which a caller passes a value.
pub(crate) struct ArgumentInput {
    /// The type of the parameter.
    pub(crate) ty: TokenStream,
    /// The expression that converts the parameter to the value.
    pub(crate) value: TokenStream,
    /// The type of the value, if the expression does not determine it.
    pub(crate) open: Option<TokenStream>,
}

impl ArgumentInput {
    /// Passes the value as it is.
    fn plain(ty: TokenStream, name: &Ident) -> Self {
        Self { ty, value: quote!(#name), open: None }
    }

    /// Passes anything that converts into the type.
    pub(crate) fn into(ty: &TokenStream, name: &Ident) -> Self {
        Self { ty: quote!(impl Into<#ty>), value: quote!(#name.into()), open: Some(ty.clone()) }
    }
}

impl Rust<'_> {
    /// Returns the type as used in a field.
    pub(crate) fn ty(&self, ty: &TypeRef) -> TokenStream {
        match ty {
            TypeRef::Scalar(scalar) => scalar_type(*scalar),
            TypeRef::List(item) => {
                let item = self.ty(item);
                quote!(Vec<#item>)
            }
            TypeRef::Map(value) => {
                let value = self.ty(value);
                quote!(BTreeMap<String, #value>)
            }
            TypeRef::Tuple(items) => {
                let items = items.iter().map(|item| self.ty(item));
                quote!((#(#items,)*))
            }
            TypeRef::Nullable(inner) => {
                let inner = self.ty(inner);
                quote!(Option<#inner>)
            }
            TypeRef::Def(id) => self.type_name(*id),
            TypeRef::Any => quote!(#VALUE),
        }
    }

    /// Names a type: bare, or with its module if the file defines an item of the same name.
    pub(crate) fn type_name(&self, id: TypeId) -> TokenStream {
        self.used().insert(id);
        let symbol = &self.symbols.ty(id).name;
        let name = identifier(symbol);
        if self.local.contains(symbol) { quote!(types::#name) } else { quote!(#name) }
    }

    /// Returns the type of a struct field: an `Option` if the member may be absent or null.
    pub(crate) fn field_type(&self, field: &Field) -> TokenStream {
        let inner = self.ty(field.ty.non_null());
        let inner = if field.indirect { quote!(Box<#inner>) } else { inner };
        if is_option(field) { quote!(Option<#inner>) } else { inner }
    }

    /// Returns the parameter that takes a value of the type under this name.
    pub(crate) fn input(&self, ty: &TypeRef, name: &Ident) -> ArgumentInput {
        match self.api.without_alias(ty) {
            TypeRef::Scalar(Scalar::String) => ArgumentInput::into(&quote!(String), name),
            TypeRef::Any => ArgumentInput::into(&quote!(#VALUE), name),
            TypeRef::List(item) if self.is_text(item) => {
                let ty = quote!(impl IntoIterator<Item = impl Into<String>>);
                ArgumentInput { ty, value: quote!(#LIST(#name)), open: None }
            }
            TypeRef::List(item) => {
                let item = self.ty(item);
                let ty = quote!(impl IntoIterator<Item = #item>);
                ArgumentInput { ty, value: quote!(Vec::from_iter(#name)), open: None }
            }
            TypeRef::Map(value) => {
                let value = self.ty(value);
                let ty = quote!(impl IntoIterator<Item = (impl Into<String>, #value)>);
                ArgumentInput { ty, value: quote!(#MAP(#name)), open: None }
            }
            TypeRef::Def(id) if matches!(self.api.types[*id].shape, Shape::Union(_)) => {
                ArgumentInput::into(&self.ty(ty), name)
            }
            TypeRef::Scalar(_) | TypeRef::Tuple(_) | TypeRef::Nullable(_) | TypeRef::Def(_) => {
                ArgumentInput::plain(self.ty(ty), name)
            }
        }
    }

    fn is_text(&self, ty: &TypeRef) -> bool {
        *self.api.without_alias(ty) == TypeRef::Scalar(Scalar::String)
    }

    /// Renders the type for rustdoc, with named types as links.
    pub(crate) fn linked(&self, ty: &TypeRef) -> Inert {
        match ty {
            TypeRef::Def(id) => {
                let name = Inert::symbol(&self.symbols.ty(*id).name);
                Inert::ours("[`") + name.clone() + "`](crate::types::" + name + ")"
            }
            TypeRef::Scalar(_)
            | TypeRef::List(_)
            | TypeRef::Tuple(_)
            | TypeRef::Map(_)
            | TypeRef::Nullable(_)
            | TypeRef::Any => Inert::ours("`") + Inert::symbol(&self.shown(ty)) + "`",
        }
    }

    /// Renders the type for documentation pages, without paths.
    pub(crate) fn shown(&self, ty: &TypeRef) -> String {
        match ty {
            TypeRef::Scalar(scalar) => scalar_name(*scalar).to_owned(),
            TypeRef::List(item) => format!("Vec<{}>", self.shown(item)),
            TypeRef::Tuple(items) => {
                let shown: Vec<String> = items.iter().map(|item| self.shown(item)).collect();
                let comma = if shown.len() == 1 { "," } else { "" };
                format!("({}{comma})", shown.join(", "))
            }
            TypeRef::Map(value) => format!("BTreeMap<String, {}>", self.shown(value)),
            TypeRef::Nullable(inner) => format!("Option<{}>", self.shown(inner)),
            TypeRef::Def(id) => self.symbols.ty(*id).name.clone(),
            TypeRef::Any => "serde_json::Value".to_owned(),
        }
    }
}

/// Returns `true` if the struct field is an `Option`.
pub(crate) fn is_option(field: &Field) -> bool {
    !field.required || matches!(field.ty, TypeRef::Nullable(_))
}

fn scalar_type(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::String => quote!(String),
        Scalar::Boolean => quote!(bool),
        Scalar::Int32 => quote!(i32),
        Scalar::Int64 => quote!(i64),
        Scalar::UInt32 => quote!(u32),
        Scalar::UInt64 => quote!(u64),
        Scalar::Float => quote!(f64),
        Scalar::Number => quote!(#NUMBER),
        Scalar::DateTime => quote!(#DATE_TIME),
        Scalar::Date => quote!(#DATE),
        Scalar::Base64 => quote!(#BASE64),
        Scalar::Base64Url => quote!(#BASE64_URL),
    }
}
