//! Emits open enums, which keep values that the document does not name.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::emit::rust::print::identifier;
use crate::emit::rust::runtime::{
    INTEGER_ENUM, Path, STRING_ENUM, UNKNOWN_INTEGER, UNKNOWN_JSON, UNKNOWN_TEXT, VALUE_ENUM,
};
use crate::emit::rust::{Rust, rustdoc};
use crate::ir::{Docs, TypeId, Value, Variant};

/// Emits an enum of strings.
pub(crate) fn emit_text(rust: &Rust<'_>, id: TypeId, variants: &[Variant<String>]) -> Vec<TokenStream> {
    let symbols = rust.symbols.ty(id);
    let name = identifier(&symbols.name);
    let names: Vec<Ident> = symbols.members.iter().map(|member| identifier(member)).collect();
    let values: Vec<&String> = variants.iter().map(|variant| &variant.value).collect();
    let shown = variants.iter().map(|variant| (&variant.docs, variant.value.clone()));
    let definition = definition(&name, &names, shown, &quote!(#UNKNOWN_TEXT));
    vec![definition, table(&STRING_ENUM, &name, &names, &values)]
}

/// Emits an enum of integers.
pub(crate) fn emit_integer(rust: &Rust<'_>, id: TypeId, variants: &[Variant<i64>]) -> Vec<TokenStream> {
    let symbols = rust.symbols.ty(id);
    let name = identifier(&symbols.name);
    let names: Vec<Ident> = symbols.members.iter().map(|member| identifier(member)).collect();
    let values: Vec<Literal> =
        variants.iter().map(|variant| Literal::i64_unsuffixed(variant.value)).collect();
    let shown = variants.iter().map(|variant| (&variant.docs, variant.value.to_string()));
    let definition = definition(&name, &names, shown, &quote!(#UNKNOWN_INTEGER));
    vec![definition, table(&INTEGER_ENUM, &name, &names, &values)]
}

/// Emits an enum of mixed values.
pub(crate) fn emit_value(rust: &Rust<'_>, id: TypeId, variants: &[Variant<Value>]) -> Vec<TokenStream> {
    let symbols = rust.symbols.ty(id);
    let name = identifier(&symbols.name);
    let names: Vec<Ident> = symbols.members.iter().map(|member| identifier(member)).collect();
    let values: Vec<String> = variants.iter().map(|variant| variant.value.to_string()).collect();
    let shown = variants.iter().map(|variant| (&variant.docs, variant.value.to_string()));
    let definition = definition(&name, &names, shown, &quote!(#UNKNOWN_JSON));
    vec![definition, table(&VALUE_ENUM, &name, &names, &values)]
}

fn definition<'a>(
    name: &Ident,
    names: &[Ident],
    variants: impl Iterator<Item = (&'a Docs, String)>,
    unknown: &TokenStream,
) -> TokenStream {
    let variants = names.iter().zip(variants).map(|(name, (docs, value))| {
        let docs = rustdoc::attributes(&rustdoc::lines(docs, &(rustdoc::code(&value) + ".")));
        quote!(#docs #name,)
    });
    quote! {
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value unknown to this version.
            Unknown(#unknown),
        }
    }
}

/// Emits the table that maps values to variants.
fn table(kind: &Path, name: &Ident, names: &[Ident], values: &[impl ToTokens]) -> TokenStream {
    quote! {
        #kind! {
            #name;
            #(#values => #names,)*
        }
    }
}
