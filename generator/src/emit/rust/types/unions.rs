//! Emits a union as a Rust enum that keeps values matching no variant.

mod webhook;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::inert::Inert;
use crate::emit::rust::print::identifier;
use crate::emit::rust::runtime::{
    BESIDE_TAG, JSON, READ, READER, SCALAR_UNION, TAGGED, UNION, UNKNOWN_JSON, WRITER, WRITTEN,
};
use crate::emit::rust::{Rust, rustdoc};
use crate::ir::{Docs, JsonType, Scalar, Shape, TypeId, TypeRef, Union, UnionVariant};

/// Emits the items of a union.
pub(crate) fn emit(rust: &Rust<'_>, id: TypeId, union: &Union) -> Vec<TokenStream> {
    let symbols = rust.symbols.ty(id);
    let name = identifier(&symbols.name);
    let variants: Vec<(&UnionVariant, Ident)> =
        union.variants.iter().zip(symbols.members.iter().map(|member| identifier(member))).collect();
    let mut items = vec![definition(rust, &name, union, &variants), json(rust, &name, union, &variants)];
    items.extend(
        union.webhooks.as_ref().map(|webhooks| webhook::parser(rust, &name, union, webhooks, &variants)),
    );
    items.extend(conversions(rust, &name, union, &variants));
    let finish = if is_scalar(rust, union) { SCALAR_UNION } else { UNION };
    items.push(quote!(#finish!(#name);));
    items
}

fn definition(
    rust: &Rust<'_>,
    name: &Ident,
    union: &Union,
    variants: &[(&UnionVariant, Ident)],
) -> TokenStream {
    let arms = variants.iter().map(|(variant, name)| {
        let shown = Inert::ours("`") + Inert::symbol(&rust.shown(&variant.ty)) + "`";
        let condition = union.tag.as_deref().and_then(|tag| condition(tag, variant));
        let sentence = shown + condition.unwrap_or_default() + ".";
        let docs = match variant.webhooks.as_slice() {
            [] => rustdoc::attributes(&rustdoc::lines(&Docs::default(), &sentence)),
            webhooks => rustdoc::attributes(&webhook::variant_docs(webhooks, &sentence)),
        };
        let ty = variant_type(rust, variant);
        quote!(#docs #name(#ty),)
    });
    quote! {
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#arms)*
            /// A value that matches no other variant, kept as received.
            Unknown(#UNKNOWN_JSON),
        }
    }
}

/// Describes the discriminator values that select a variant, as part of a sentence.
fn condition(tag: &str, variant: &UnionVariant) -> Option<Inert> {
    let Some((last, others)) = variant.tags.split_last() else {
        return variant.is_default.then(|| Inert::ours(", for all other values of ") + rustdoc::code(tag));
    };
    let mut condition = Inert::ours(", if ") + rustdoc::code(tag) + " is ";
    for (index, value) in others.iter().enumerate() {
        let separator = if index + 1 < others.len() { ", " } else { " or " };
        condition = condition + rustdoc::code(value) + separator;
    }
    let rest = if variant.is_default { ", or has no other variant's value" } else { "" };
    Some(condition + rustdoc::code(last) + rest)
}

fn variant_type(rust: &Rust<'_>, variant: &UnionVariant) -> TokenStream {
    let ty = rust.ty(&variant.ty);
    if variant.indirect { quote!(Box<#ty>) } else { ty }
}

fn json(rust: &Rust<'_>, name: &Ident, union: &Union, variants: &[(&UnionVariant, Ident)]) -> TokenStream {
    let choice = match &union.tag {
        Some(tag) => by_tag(rust, tag, union.content.is_some(), variants),
        None => by_shape(rust, &quote!(raw), variants),
    };
    let arms = variants.iter().map(|(variant, name)| match written_tag(rust, union, variant) {
        Some((tag, text)) => match &union.content {
            Some(content) => quote!(Self::#name(value) => #BESIDE_TAG([#tag, #text, #content], value, json),),
            None => quote!(Self::#name(value) => #TAGGED(#tag, #text, value, json),),
        },
        None => quote!(Self::#name(value) => #JSON::write(value, json),),
    });
    let content = union.content.as_ref().map(|content| quote!(let content = raw.member(#content)?;));
    let is_event = union.content.is_some().then(|| {
        quote! {
            fn is_event() -> bool {
                true
            }
        }
    });
    quote! {
        impl #JSON for #name {
            fn blank() -> Self {
                Self::Unknown(#JSON::blank())
            }
            #is_event
            fn read(&mut self, json: &mut dyn #READER) -> #READ {
                let raw = json.raw()?;
                #content
                *self = #choice;
                Ok(())
            }
            fn write(&self, json: &mut dyn #WRITER) -> #WRITTEN {
                match self {
                    #(#arms)*
                    Self::Unknown(value) => #JSON::write(value, json),
                }
            }
        }
    }
}

/// Returns the discriminator of a variant and its value, if the union writes it: the variant does not declare it, or can
/// leave it unset.
pub(crate) fn written_tag<'u>(
    rust: &Rust<'_>,
    union: &'u Union,
    variant: &'u UnionVariant,
) -> Option<(&'u str, &'u str)> {
    let tag = union.tag.as_deref()?;
    if union.content.is_some() {
        // A variant for events of any name is written as an event without a name.
        return Some((tag, variant.tags.first().map_or("message", String::as_str)));
    }
    let text = variant.tags.first()?;
    let TypeRef::Def(id) = rust.api.without_alias(&variant.ty) else { return None };
    let Shape::Struct { fields, .. } = &rust.api.types[*id].shape else { return None };
    let Some(field) = fields.iter().find(|field| field.name.wire == tag) else { return Some((tag, text)) };
    let is_text = rust.api.is_text(field.ty.non_null());
    (union.has_discriminator && !field.required && is_text).then_some((tag, text))
}

/// Selects a variant by the discriminator. Variants that share a value are told apart by shape. For other
/// values the variants without values are tried by shape. If the discriminator is absent, the variants that
/// do not require it are tried as well. With content, the variants hold the value of another member.
fn by_tag(rust: &Rust<'_>, tag: &str, has_content: bool, variants: &[(&UnionVariant, Ident)]) -> TokenStream {
    let from = if has_content { quote!(content) } else { quote!(raw) };
    let mut arms: Vec<(Vec<usize>, Vec<&String>)> = Vec::new();
    for value in variants.iter().flat_map(|(variant, _)| &variant.tags) {
        let owners = |(_, (variant, _)): &(usize, &(&UnionVariant, Ident))| variant.tags.contains(value);
        let owners: Vec<usize> = variants.iter().enumerate().filter(owners).map(|(index, _)| index).collect();
        match arms.iter_mut().find(|(known, _)| *known == owners) {
            Some((_, values)) if values.contains(&value) => {}
            Some((_, values)) => values.push(value),
            None => arms.push((owners, vec![value])),
        }
    }
    let arms = arms.iter().map(|(owners, values)| {
        let owners: Vec<_> = owners.iter().map(|index| variants[*index].clone()).collect();
        let choice = match owners.as_slice() {
            [(_, name)] => quote!(Self::#name(#from.decode()?)),
            _ => by_shape(rust, &from, &owners),
        };
        quote!(Some(#(#values)|*) => #choice,)
    });
    let untagged = |(variant, _): &&(&UnionVariant, Ident)| variant.tags.is_empty();
    let without = |each: &&(&UnionVariant, Ident)| untagged(each) || !demands(rust, &each.0.ty, tag);
    let default: Vec<_> = variants.iter().filter(|(variant, _)| variant.is_default).cloned().collect();
    let mut untagged: Vec<_> = variants.iter().filter(untagged).cloned().collect();
    let without: Vec<_> = match default.as_slice() {
        [] => variants.iter().filter(without).cloned().collect(),
        [..] => Vec::new(),
    };
    untagged.retain(|(variant, _)| !variant.is_default);
    untagged.extend(default);
    let absent = (!has_content && without.len() > untagged.len()).then(|| {
        let choice = by_shape(rust, &from, &without);
        quote!(None => #choice,)
    });
    let rest = by_shape(rust, &from, &untagged);
    let has_null = variants.iter().any(|(variant, _)| variant.tags.iter().any(|tag| tag == "null"));
    let found = if has_null { quote!(raw.tag_or_null(#tag)) } else { quote!(raw.tag(#tag)) };
    quote! {
        match #found {
            #(#arms)*
            #absent
            _ => #rest,
        }
    }
}

/// Returns `true` if every value of the type must have the member.
fn demands(rust: &Rust<'_>, ty: &TypeRef, member: &str) -> bool {
    let TypeRef::Def(id) = rust.api.without_alias(ty) else { return false };
    match &rust.api.types[*id].shape {
        Shape::Struct { fields, .. } => {
            fields.iter().any(|field| field.required && field.name.wire == member)
        }
        Shape::Union(union) => union.variants.iter().all(|variant| demands(rust, &variant.ty, member)),
        Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) | Shape::Alias(_) => false,
    }
}

/// Selects a variant by shape: the first that fits. If an open variant may overlap with another, the variants
/// that know every part of the value are tried first. The variants are read from the value of this name.
fn by_shape(rust: &Rust<'_>, from: &TokenStream, variants: &[(&UnionVariant, Ident)]) -> TokenStream {
    if variants.is_empty() {
        return quote!(Self::Unknown(raw.keep()));
    }
    let kinds: Vec<_> = variants.iter().map(|(variant, _)| kind(rust, &variant.ty)).collect();
    let meets = |index: usize, kind: &VariantKind| {
        let mut others = kinds.iter().enumerate().filter(|(other, _)| *other != index);
        others.any(|(_, other)| other.json_type.is_none() || other.json_type == kind.json_type)
    };
    let open =
        |(index, kind): (usize, &VariantKind)| kind.open && (kind.json_type.is_none() || meets(index, kind));
    if kinds.len() > 1 && kinds.iter().enumerate().any(open) {
        let arms = variants.iter().map(|(_, name)| {
            quote! {
                if let Some(value) = #from.suits() {
                    break Self::#name(value);
                }
            }
        });
        return quote! {
            loop {
                #(#arms)*
                if !#from.again() {
                    break Self::Unknown(raw.keep());
                }
            }
        };
    }
    let arms = variants.iter().map(|(_, name)| {
        quote! {
            if let Some(value) = #from.fits() {
                Self::#name(value)
            }
        }
    });
    quote!(#(#arms else)* { Self::Unknown(raw.keep()) })
}

/// The values that a type accepts.
struct VariantKind {
    /// The JSON type of the values, or `None` if they can have several.
    json_type: Option<JsonType>,
    /// `true` if the type accepts values with parts unknown to it.
    open: bool,
}

fn kind(rust: &Rust<'_>, ty: &TypeRef) -> VariantKind {
    let of = |json_type, open| VariantKind { json_type: Some(json_type), open };
    match rust.api.without_alias(ty) {
        TypeRef::Any => VariantKind { json_type: None, open: false },
        TypeRef::Nullable(inner) => kind(rust, inner),
        TypeRef::List(_) | TypeRef::Tuple(_) => of(JsonType::Array, true),
        TypeRef::Map(_) => of(JsonType::Object, true),
        TypeRef::Def(id) => match &rust.api.types[*id].shape {
            Shape::Struct { .. } => of(JsonType::Object, true),
            Shape::StringEnum(_) => of(JsonType::String, true),
            Shape::IntegerEnum(_) => of(JsonType::Number, true),
            Shape::ValueEnum(_) | Shape::Union(_) => VariantKind { json_type: None, open: true },
            Shape::Alias(inner) => kind(rust, inner),
        },
        TypeRef::Scalar(scalar) => of(scalar.json_type(), false),
    }
}

/// Returns `true` if every value of the union is a string, number or boolean.
pub(crate) fn is_scalar(rust: &Rust<'_>, union: &Union) -> bool {
    union.is_text
        || union
            .variants
            .iter()
            .all(|variant| matches!(rust.api.without_alias(&variant.ty), TypeRef::Scalar(_)))
}

/// Returns, for each variant, `true` if values of its type convert into it unambiguously.
pub(crate) fn convertible(rust: &Rust<'_>, union: &Union) -> Vec<bool> {
    let types = variant_types(rust, union);
    // An event has a name beside its data, which alone does not tell the variant.
    if union.content.is_some() {
        return vec![false; types.len()];
    }
    let is_unique = |index: usize| types.iter().filter(|other| **other == types[index]).count() == 1;
    let is_kept = |index: usize| {
        let others = union.variants.iter().zip(&types).enumerate();
        let mut rivals = others
            .filter(|(other, (variant, ty))| *other != index && **ty == types[index] && variant.keeps_from);
        union.variants[index].keeps_from && rivals.next().is_none()
    };
    (0..types.len()).map(|index| is_unique(index) || is_kept(index)).collect()
}

fn variant_types(rust: &Rust<'_>, union: &Union) -> Vec<String> {
    union.variants.iter().map(|variant| rust.ty(rust.api.without_alias(&variant.ty)).to_string()).collect()
}

/// Emits `From` for each convertible variant, also from `&str` or `i32` if literals have that type.
fn conversions(
    rust: &Rust<'_>,
    name: &Ident,
    union: &Union,
    variants: &[(&UnionVariant, Ident)],
) -> Vec<TokenStream> {
    let types = variant_types(rust, union);
    let convertible = convertible(rust, union);
    (0..variants.len())
        .filter(|&index| convertible[index])
        .map(|index| {
            let (variant, variant_name) = &variants[index];
            let ty = rust.ty(&variant.ty);
            let value = if variant.indirect { quote!(Box::new(value)) } else { quote!(value) };
            let literal = match rust.api.without_alias(&variant.ty) {
                TypeRef::Scalar(Scalar::String) => Some((quote!(&str), quote!(value.to_owned()))),
                TypeRef::Scalar(Scalar::Int64) if types.iter().all(|ty| ty != "i32") => {
                    Some((quote!(i32), quote!(value.into())))
                }
                TypeRef::Scalar(_)
                | TypeRef::List(_)
                | TypeRef::Tuple(_)
                | TypeRef::Map(_)
                | TypeRef::Nullable(_)
                | TypeRef::Def(_)
                | TypeRef::Any => None,
            };
            let conversions = literal.into_iter().chain([(ty, value)]).map(|(ty, value)| {
                quote! {
                    impl From<#ty> for #name {
                        fn from(value: #ty) -> Self {
                            Self::#variant_name(#value)
                        }
                    }
                }
            });
            quote!(#(#conversions)*)
        })
        .collect()
}
