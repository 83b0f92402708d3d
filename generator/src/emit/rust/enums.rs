//! An enum of the model to an open Rust enum: values that it does not name are kept.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::print::identifier;
use super::runtime::{
    INTEGER_ENUM, STRING_ENUM, UNKNOWN_INTEGER, UNKNOWN_JSON, UNKNOWN_TEXT, VALUE, VALUE_ENUM,
};
use super::{Rust, rustdoc};
use crate::ir::{Docs, TypeDef, TypeId, Value, Variant};

/// The items of an enum of texts.
pub(crate) fn emit_text(
    rust: &Rust<'_>,
    id: TypeId,
    def: &TypeDef,
    variants: &[Variant<String>],
) -> Vec<TokenStream> {
    let symbols = rust.symbols.ty(id);
    let name = identifier(&symbols.name);
    let names: Vec<Ident> = symbols.members.iter().map(|member| identifier(member)).collect();
    let values: Vec<&String> = variants.iter().map(|variant| &variant.value).collect();
    let shown = variants.iter().map(|variant| (&variant.docs, variant.value.clone()));
    let definition = definition(def, &name, &names, shown, &quote!(#UNKNOWN_TEXT));
    let accessor = quote! {
        impl #name {
            /// The value on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #values,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }
    };
    let from = quote! {
        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#names,)*
                    _ => Self::Unknown(#UNKNOWN_TEXT::new(value)),
                }
            }
        }
    };
    vec![definition, accessor, from, quote!(#STRING_ENUM!(#name);)]
}

/// The items of an enum of integers.
pub(crate) fn emit_integer(
    rust: &Rust<'_>,
    id: TypeId,
    def: &TypeDef,
    variants: &[Variant<i64>],
) -> Vec<TokenStream> {
    let symbols = rust.symbols.ty(id);
    let name = identifier(&symbols.name);
    let names: Vec<Ident> = symbols.members.iter().map(|member| identifier(member)).collect();
    let values: Vec<Literal> =
        variants.iter().map(|variant| Literal::i64_unsuffixed(variant.value)).collect();
    let shown = variants.iter().map(|variant| (&variant.docs, variant.value.to_string()));
    let definition = definition(def, &name, &names, shown, &quote!(#UNKNOWN_INTEGER));
    let accessor = quote! {
        impl #name {
            /// The value on the wire.
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                match self {
                    #(Self::#names => #values,)*
                    Self::Unknown(value) => value.get(),
                }
            }
        }
    };
    let from = quote! {
        impl From<i64> for #name {
            fn from(value: i64) -> Self {
                match value {
                    #(#values => Self::#names,)*
                    _ => Self::Unknown(#UNKNOWN_INTEGER::new(value)),
                }
            }
        }
    };
    vec![definition, accessor, from, quote!(#INTEGER_ENUM!(#name);)]
}

/// The items of an enum of values of several kinds.
pub(crate) fn emit_value(
    rust: &Rust<'_>,
    id: TypeId,
    def: &TypeDef,
    variants: &[Variant<Value>],
) -> Vec<TokenStream> {
    let symbols = rust.symbols.ty(id);
    let name = identifier(&symbols.name);
    let names: Vec<Ident> = symbols.members.iter().map(|member| identifier(member)).collect();
    let values: Vec<String> = variants.iter().map(|variant| variant.value.to_string()).collect();
    let shown = variants.iter().map(|variant| (&variant.docs, variant.value.to_string()));
    let definition = definition(def, &name, &names, shown, &quote!(#UNKNOWN_JSON));
    let accessor = quote! {
        impl #name {
            /// The value on the wire, as JSON text.
            #[must_use]
            pub fn as_json(&self) -> &str {
                match self {
                    #(Self::#names => #values,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }
    };
    let from = quote! {
        impl From<#VALUE> for #name {
            fn from(value: #VALUE) -> Self {
                let value = #UNKNOWN_JSON::from(value);
                match value.as_str() {
                    #(#values => Self::#names,)*
                    _ => Self::Unknown(value),
                }
            }
        }
    };
    vec![definition, accessor, from, quote!(#VALUE_ENUM!(#name);)]
}

fn definition<'a>(
    def: &TypeDef,
    name: &Ident,
    names: &[Ident],
    variants: impl Iterator<Item = (&'a Docs, String)>,
    unknown: &TokenStream,
) -> TokenStream {
    let docs = rustdoc::type_attributes(def);
    let variants = names.iter().zip(variants).map(|(name, (docs, value))| {
        let docs = rustdoc::attributes(&rustdoc::lines(docs, &format!("{}.", rustdoc::code(&value))));
        quote!(#docs #name,)
    });
    quote! {
        #docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that this version does not know.
            Unknown(#unknown),
        }
    }
}
