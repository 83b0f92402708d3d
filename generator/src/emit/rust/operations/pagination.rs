//! Emits the pagination of an operation: its static description and the builder's methods.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::responses;
use super::responses::CallResult;
use crate::emit::rust::Rust;
use crate::emit::rust::print::identifier;
use crate::emit::rust::runtime::{PAGES, PAGING};
use crate::emit::rust::symbols::ident;
use crate::ir::{OperationId, PageParameter, Pagination, PaginationKind, Payload, Shape, Switched, TypeRef};

/// Emits the `items` and `pages` methods of a builder.
pub(crate) fn pages(rust: &Rust<'_>, id: OperationId, result: &CallResult) -> Option<TokenStream> {
    let symbols = rust.symbols.operation(id);
    let pagination = rust.api.operations[id].pagination.as_ref()?;
    let items = items(rust, id)?;
    let (builder, constant) = (identifier(&symbols.builder), identifier(&ident::shouty(&symbols.method)));
    let (ty, decode) = (&result.ty, &result.decode);
    let item = rust.ty(&pagination.item);
    Some(quote!(#PAGES!(#builder => #ty, #decode, #constant, #item, page => #items);))
}

/// Returns `true` if the builder has `items` and `pages`.
pub(crate) fn has_pages(rust: &Rust<'_>, id: OperationId) -> bool {
    items(rust, id).is_some()
}

/// Emits the pagination rules for the runtime.
pub(crate) fn paging(rust: &Rust<'_>, id: OperationId) -> Option<TokenStream> {
    let pagination = rust.api.operations[id].pagination.as_ref()?;
    has_pages(rust, id).then(|| constant(pagination))
}

fn constant(pagination: &Pagination) -> TokenStream {
    let (start, options) = start(pagination);
    let items = (!pagination.items.is_empty()).then(|| with_pointer("items", &pagination.items));
    let counts = [
        ("size", &pagination.size),
        ("total", &pagination.total),
        ("more", &pagination.more),
        ("done", &pagination.done),
    ];
    let counts =
        counts.into_iter().filter_map(|(method, path)| path.as_ref().map(|path| with_pointer(method, path)));
    quote!(#PAGING::#start #items #(#options)* #(#counts)*)
}

/// Emits the constructor for the kind of pagination, and the options specific to that kind.
fn start(pagination: &Pagination) -> (TokenStream, Vec<TokenStream>) {
    let mut options: Vec<TokenStream> = Vec::new();
    let start = match &pagination.kind {
        PaginationKind::Offset { offset, first, place, switched } => {
            let name = parameter(offset);
            if *first != 0 {
                let first = Literal::i64_unsuffixed(*first);
                options.push(quote!(.first(#first)));
                options.extend(place.as_ref().map(|path| with_pointer("place", path)));
            }
            options.extend(pagination.limit.as_ref().map(|limit| {
                let limit = parameter(limit);
                quote!(.limit(#limit))
            }));
            options.extend(switched.as_ref().map(|Switched { switch, marker, next }| {
                let next = pointer(next);
                quote!(.or_marker(#switch, #marker, #next))
            }));
            options.extend(in_body(offset));
            quote!(offset(#name))
        }
        PaginationKind::Number { number, first, place, pages } => {
            let name = parameter(number);
            if *first != 1 {
                let first = Literal::i64_unsuffixed(*first);
                options.push(quote!(.first(#first)));
            }
            options.extend(place.as_ref().map(|path| with_pointer("place", path)));
            options.extend(pages.as_ref().map(|path| with_pointer("pages", path)));
            options.extend(in_body(number));
            quote!(number(#name))
        }
        PaginationKind::Marker { marker, next, may_be_url, scrolls } => {
            let (name, next) = (parameter(marker), pointer(next));
            options.extend(may_be_url.then(|| quote!(.or_url())));
            options.extend(scrolls.then(|| quote!(.scrolls())));
            options.extend(in_body(marker));
            quote!(marker(#name, #next))
        }
        PaginationKind::LastItem { marker, id } => {
            let last = pagination.items.iter().map(String::as_str).chain(["-"]);
            let path: Vec<String> = last.map(str::to_owned).chain(id.iter().cloned()).collect();
            let (name, next) = (parameter(marker), pointer(&path));
            options.extend(in_body(marker));
            quote!(marker(#name, #next))
        }
        PaginationKind::Url { next } => {
            let next = pointer(next);
            quote!(url(#next))
        }
        PaginationKind::Link => quote!(link()),
    };
    (start, options)
}

fn parameter(parameter: &PageParameter) -> &str {
    match parameter {
        PageParameter::Query(name) | PageParameter::Member(name) => name,
    }
}

fn in_body(parameter: &PageParameter) -> Option<TokenStream> {
    matches!(parameter, PageParameter::Member(_)).then(|| quote!(.in_body()))
}

fn with_pointer(method: &str, path: &[String]) -> TokenStream {
    let (method, pointer) = (identifier(method), pointer(path));
    quote!(.#method(#pointer))
}

fn pointer(path: &[String]) -> String {
    path.iter().map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1"))).collect()
}

/// Emits an expression for the items of a `page`.
fn items(rust: &Rust<'_>, id: OperationId) -> Option<TokenStream> {
    let operation = &rust.api.operations[id];
    let pagination = operation.pagination.as_ref()?;
    let Payload::Json(page) = responses::single(operation)? else { return None };
    let mut ty = page;
    let mut value = quote!(page);
    let mut may_lack = false;
    for wire in &pagination.items {
        let TypeRef::Def(id) = rust.api.without_alias(ty.non_null()) else { return None };
        let Shape::Struct { fields, .. } = &rust.api.types[*id].shape else { return None };
        let index = fields.iter().position(|field| field.name.wire == *wire)?;
        let field = &fields[index];
        let name = identifier(&rust.symbols.ty(*id).members[index]);
        let is_option = !field.required || matches!(field.ty, TypeRef::Nullable(_));
        value = match (may_lack, is_option) {
            (false, _) => quote!(#value.#name),
            (true, false) => quote!(#value.map(|inner| inner.#name)),
            (true, true) => quote!(#value.and_then(|inner| inner.#name)),
        };
        may_lack |= is_option;
        ty = &field.ty;
    }
    let is_null_page = pagination.items.is_empty() && matches!(page, TypeRef::Nullable(_));
    let rest = (may_lack || is_null_page).then(|| quote!(.unwrap_or_default()));
    Some(quote!(#value #rest))
}
