//! Emits realistic sample values from types and their examples.

use std::cell::RefCell;
use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::emit::rust::Rust;
use crate::emit::rust::print::identifier;
use crate::ir::{Field, Scalar, Shape, TypeId, TypeRef, Union, UnionVariant, Value};

/// Emits a JSON value in the syntax of `serde_json::json!`.
fn json(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(null),
        Value::Bool(value) => quote!(#value),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => Literal::i64_unsuffixed(number).into_token_stream(),
            (None, Some(number)) => Literal::u64_unsuffixed(number).into_token_stream(),
            (None, None) => Literal::f64_unsuffixed(number.as_f64().unwrap_or_default()).into_token_stream(),
        },
        Value::String(text) => quote!(#text),
        Value::Array(items) => {
            let items = items.iter().map(json);
            quote!([#(#items),*])
        }
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let value = json(value);
                quote!(#key: #value)
            });
            quote!({ #(#members),* })
        }
    }
}

/// The number of members set if none is required.
const TELLING: usize = 3;
/// The maximum depth of nested structs in a value.
const DEEPEST: usize = 4;
/// The maximum depth of nested values of any kind.
const CUT: usize = 16;

/// Emits an expression that a setter or method accepts for the type.
pub(crate) fn input(rust: &Rust<'_>, ty: &TypeRef, example: Option<&Value>, name: &str) -> TokenStream {
    Values::new(rust).value(ty, example, name, 0, true)
}

/// Emits an expression of exactly the type.
pub(crate) fn owned(rust: &Rust<'_>, ty: &TypeRef, example: Option<&Value>, name: &str) -> TokenStream {
    Values::new(rust).value(ty, example, name, 0, false)
}

struct Values<'a> {
    rust: &'a Rust<'a>,
    /// The unions around the current value.
    open: RefCell<Vec<TypeId>>,
}

impl<'a> Values<'a> {
    fn new(rust: &'a Rust<'a>) -> Self {
        Self { rust, open: RefCell::default() }
    }

    /// Emits an expression for the type. With `input`, strings, lists and maps may rely on the callee's
    /// conversions; otherwise the expression has exactly the type.
    fn value(
        &self,
        ty: &TypeRef,
        example: Option<&Value>,
        name: &str,
        depth: usize,
        input: bool,
    ) -> TokenStream {
        match self.rust.api.without_alias(ty) {
            TypeRef::Scalar(scalar) => self.scalar(*scalar, example, name, input),
            TypeRef::List(item) if !input && self.recurs(item) => quote!(vec![]),
            TypeRef::Map(value) if !input && self.recurs(value) => quote!([].into()),
            TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Tuple(_) | TypeRef::Def(_)
                if !input && depth >= CUT =>
            {
                quote!(serde_json::from_str("null")?)
            }
            TypeRef::List(item) => {
                let example = example.and_then(Value::as_array).and_then(|items| items.first());
                let is_text = *self.rust.api.without_alias(item) == TypeRef::Scalar(Scalar::String);
                let item = self.value(item, example, name, depth + 1, input && is_text);
                if input { quote!([#item]) } else { quote!(vec![#item]) }
            }
            TypeRef::Map(value) => {
                let members = members(example);
                let (key, example) =
                    members.iter().next().map_or(("key", None), |(key, value)| (key, Some(value)));
                let value = self.value(value, example, key, depth + 1, false);
                if input { quote!([(#key, #value)]) } else { quote!([(#key.to_owned(), #value)].into()) }
            }
            TypeRef::Tuple(items) => {
                let examples = example.and_then(Value::as_array);
                let items = items.iter().enumerate().map(|(index, item)| {
                    let example = examples.and_then(|examples| examples.get(index));
                    self.value(item, example, name, depth + 1, false)
                });
                quote!((#(#items,)*))
            }
            TypeRef::Nullable(inner) => {
                let inner = self.value(inner, example, name, depth, false);
                quote!(Some(#inner))
            }
            TypeRef::Def(id) => self.named(*id, example, name, depth, input),
            TypeRef::Any => {
                let example = example.filter(|example| example.to_string().len() < 60);
                let json = example.map_or_else(|| quote!({}), json);
                quote!(serde_json::json!(#json))
            }
        }
    }

    /// Returns `true` if a value of this type would contain itself without end.
    fn recurs(&self, ty: &TypeRef) -> bool {
        match self.rust.api.without_alias(ty).non_null() {
            TypeRef::Def(id) => self.open.borrow().contains(id),
            TypeRef::List(item) | TypeRef::Map(item) => self.recurs(item),
            TypeRef::Scalar(_) | TypeRef::Tuple(_) | TypeRef::Nullable(_) | TypeRef::Any => false,
        }
    }

    fn scalar(&self, scalar: Scalar, example: Option<&Value>, name: &str, input: bool) -> TokenStream {
        let text = |otherwise: &str| match example {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => otherwise.to_owned(),
        };
        match scalar {
            Scalar::String => {
                let text = text(name);
                if input { quote!(#text) } else { quote!(#text.to_owned()) }
            }
            Scalar::Boolean => {
                let value = example.and_then(Value::as_bool).unwrap_or(true);
                quote!(#value)
            }
            Scalar::Int32 => {
                let value =
                    example.and_then(Value::as_i64).and_then(|value| i32::try_from(value).ok()).unwrap_or(1);
                let literal = Literal::i32_unsuffixed(value);
                quote!(#literal)
            }
            Scalar::Int64 => {
                let literal = Literal::i64_unsuffixed(example.and_then(Value::as_i64).unwrap_or(1));
                quote!(#literal)
            }
            Scalar::UInt32 => {
                let value =
                    example.and_then(Value::as_u64).and_then(|value| u32::try_from(value).ok()).unwrap_or(1);
                let literal = Literal::u32_unsuffixed(value);
                quote!(#literal)
            }
            Scalar::UInt64 => {
                let literal = Literal::u64_unsuffixed(example.and_then(Value::as_u64).unwrap_or(1));
                quote!(#literal)
            }
            Scalar::Float => {
                let literal = Literal::f64_unsuffixed(example.and_then(Value::as_f64).unwrap_or(1.0));
                quote!(#literal)
            }
            Scalar::Number => {
                let text = example.filter(|example| example.is_number()).map(Value::to_string);
                let text = text.unwrap_or_else(|| "1.5".to_owned());
                quote!(#text.parse()?)
            }
            Scalar::DateTime => {
                let text = text("2026-01-31T12:00:00Z");
                quote!(#text.parse()?)
            }
            Scalar::Date => {
                let text = text("2026-01-31");
                quote!(#text.parse()?)
            }
            Scalar::Base64 | Scalar::Base64Url => quote!(b"content".to_vec().into()),
        }
    }

    fn named(
        &self,
        id: TypeId,
        example: Option<&Value>,
        name: &str,
        depth: usize,
        input: bool,
    ) -> TokenStream {
        let symbols = self.rust.symbols.ty(id);
        let ty = identifier(&symbols.name);
        let variant = |index: Option<usize>| {
            let member = symbols.members.get(index.unwrap_or(0)).map(|member| identifier(member));
            quote!(#ty::#member)
        };
        match &self.rust.api.types[id].shape {
            Shape::Struct { fields, .. } => self.object(id, fields, example, depth),
            Shape::StringEnum(variants) => {
                let wanted = example.and_then(Value::as_str);
                variant(variants.iter().position(|variant| Some(variant.value.as_str()) == wanted))
            }
            Shape::IntegerEnum(variants) => {
                let wanted = example.and_then(Value::as_i64);
                variant(variants.iter().position(|variant| Some(variant.value) == wanted))
            }
            Shape::ValueEnum(variants) => {
                variant(variants.iter().position(|variant| Some(&variant.value) == example))
            }
            Shape::Union(union) => self.union(id, union, example, name, depth, input),
            Shape::Alias(inner) => self.value(inner, example, name, depth, false),
        }
    }

    fn object(&self, id: TypeId, fields: &[Field], example: Option<&Value>, depth: usize) -> TokenStream {
        let ty = identifier(&self.rust.symbols.ty(id).name);
        let required: Vec<&Field> = fields.iter().filter(|field| field.is_asked_for()).collect();
        let members = members(example);
        if fields.iter().all(|field| !field.required) {
            let setters = self.telling_setters(id, fields, &members, depth);
            return quote!(#ty::default() #setters);
        }
        if depth >= DEEPEST {
            return quote!(serde_json::from_str("{}")?);
        }
        let values = required.iter().map(|field| {
            let wire = &field.name.wire;
            let example = members.get(wire).or(field.example.as_ref());
            self.value(&field.ty, example, wire, depth + 1, true)
        });
        quote!(#ty::new(#(#values),*))
    }

    /// Sets the first members that have examples, since an empty value would show nothing.
    fn telling_setters(
        &self,
        id: TypeId,
        fields: &[Field],
        members: &BTreeMap<String, Value>,
        depth: usize,
    ) -> TokenStream {
        if depth >= DEEPEST || !self.rust.api.types[id].usage.request {
            return TokenStream::new();
        }
        let named = fields.iter().zip(&self.rust.symbols.ty(id).members);
        let shown = named.filter(|(field, _)| !field.read_only && !field.deprecated);
        let setters = shown.filter_map(|(field, setter)| {
            let wire = &field.name.wire;
            let example = members.get(wire).or(field.example.as_ref())?;
            let ty = field.ty.non_null();
            let setter = identifier(setter);
            self.fits(ty, example, depth).then(|| {
                let value = self.value(ty, Some(example), wire, depth + 1, true);
                quote!(.#setter(#value))
            })
        });
        setters.take(TELLING).collect()
    }

    /// Returns `true` if the example matches the type, as far as it can be shown on one line.
    fn fits(&self, ty: &TypeRef, example: &Value, depth: usize) -> bool {
        match self.rust.api.without_alias(ty) {
            TypeRef::Scalar(scalar) => match scalar {
                Scalar::String | Scalar::DateTime | Scalar::Date => example.is_string(),
                Scalar::Boolean => example.is_boolean(),
                Scalar::Int32 | Scalar::Int64 => example.is_i64(),
                Scalar::UInt32 | Scalar::UInt64 => example.is_u64(),
                Scalar::Float | Scalar::Number => example.is_number(),
                Scalar::Base64 | Scalar::Base64Url => false,
            },
            TypeRef::List(item) => {
                let first = example.as_array().and_then(|items| items.first());
                first.is_some_and(|first| self.fits(item, first, depth))
            }
            TypeRef::Def(id) => match &self.rust.api.types[*id].shape {
                Shape::StringEnum(values) => values.iter().any(|value| *example == value.value),
                Shape::IntegerEnum(values) => values.iter().any(|value| *example == value.value),
                Shape::ValueEnum(values) => values.iter().any(|value| *example == value.value),
                Shape::Union(union) if depth < DEEPEST => {
                    union.variants.iter().any(|variant| self.fits(&variant.ty, example, depth + 1))
                }
                Shape::Struct { .. } => example.is_object(),
                Shape::Union(_) | Shape::Alias(_) => false,
            },
            TypeRef::Tuple(_) | TypeRef::Map(_) | TypeRef::Nullable(_) | TypeRef::Any => false,
        }
    }

    fn union(
        &self,
        id: TypeId,
        union: &Union,
        example: Option<&Value>,
        name: &str,
        depth: usize,
        input: bool,
    ) -> TokenStream {
        let symbols = self.rust.symbols.ty(id);
        let ty = identifier(&symbols.name);
        let is_shown =
            |variant: &UnionVariant| example.is_some_and(|example| self.fits(&variant.ty, example, depth));
        let index = union.variants.iter().position(is_shown).unwrap_or_default();
        let Some((variant, member)) = union.variants.get(index).zip(symbols.members.get(index)) else {
            return quote!(serde_json::from_str("null")?);
        };
        if input && *self.rust.api.without_alias(&variant.ty) == TypeRef::Scalar(Scalar::String) {
            return self.value(&variant.ty, example, name, depth + 1, true);
        }
        let member = identifier(member);
        self.open.borrow_mut().push(id);
        let value = self.value(&variant.ty, example, name, depth + 1, false);
        self.open.borrow_mut().pop();
        if variant.indirect { quote!(#ty::#member(Box::new(#value))) } else { quote!(#ty::#member(#value)) }
    }
}

/// Returns the members of an example by name, if it is an object.
fn members(example: Option<&Value>) -> BTreeMap<String, Value> {
    match example {
        Some(Value::Object(members)) => {
            members.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
        }
        _ => BTreeMap::new(),
    }
}
