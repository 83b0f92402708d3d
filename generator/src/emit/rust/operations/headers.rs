//! Emits constants that read response headers.

use proc_macro2::TokenStream;
use quote::quote;

use super::statics;
use crate::emit::DialectArgument;
use crate::emit::inert::Inert;
use crate::emit::remarks::Remarks;
use crate::emit::rust::print::identifier;
use crate::emit::rust::runtime::HEADER;
use crate::emit::rust::{Rust, lints, rustdoc};
use crate::ir::{Header, Location, OperationId, ParameterEncoding};

/// Emits one builder constant for each documented response header.
pub(crate) fn constants(rust: &Rust<'_>, id: OperationId) -> Option<TokenStream> {
    let symbols = rust.symbols.operation(id);
    let headers = rust.api.operations[id].headers();
    if headers.is_empty() {
        return None;
    }
    let builder = identifier(&symbols.builder);
    let constants = headers.iter().zip(&symbols.headers).map(|(header, name)| constant(rust, header, name));
    Some(quote! {
        impl #builder {
            #(#constants)*
        }
    })
}

fn constant(rust: &Rust<'_>, header: &Header, name: &str) -> TokenStream {
    let wire = &header.name.wire;
    let otherwise = Inert::ours("The ") + rustdoc::code(wire) + " response header.";
    let remarks = Remarks { is_deprecated: header.deprecated, ..Remarks::default() };
    let docs = rustdoc::attributes(&rustdoc::with_remarks(rustdoc::lines(&header.docs, &otherwise), remarks));
    let deprecated = lints::deprecated(header.deprecated);
    let name = identifier(name);
    let ty = rust.ty(&header.ty);
    let made = match &header.encoding {
        ParameterEncoding::Style { explode: false, .. } => quote!(new(#wire)),
        other => {
            let encoding = statics::encoding(other, Location::Header);
            quote!(encoded(#wire, #encoding))
        }
    };
    quote! {
        #docs
        #deprecated
        pub const #name: #HEADER<#ty> = #HEADER::#made;
    }
}

/// Describes the headers for the documentation.
pub(crate) fn shown(rust: &Rust<'_>, id: OperationId) -> Vec<DialectArgument> {
    let symbols = rust.symbols.operation(id);
    let headers = rust.api.operations[id].headers().into_iter().zip(&symbols.headers);
    headers
        .map(|(header, name)| DialectArgument {
            name: format!("{}::{name}", symbols.builder),
            ty: rust.shown(&header.ty),
            docs: header.docs.clone(),
            example: None,
            default: None,
            constant: None,
            deprecated: header.deprecated,
        })
        .collect()
}
