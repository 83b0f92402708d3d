//! Classifies flat schemas by the form of their types.

use std::ops::RangeInclusive;

use super::flat::{Flat, Others, Slot};
use crate::config::Integers;
use crate::ir::{Scalar, Value};
use crate::pointer::Pointer;
use crate::spec::Type;
use crate::tree::Number;

/// The form of a type.
#[derive(Clone, Debug)]
pub(in crate::lower) enum SchemaForm {
    /// The type of another schema.
    Same(Pointer),
    /// Any value, with the reason if the document is narrower.
    Any(Option<AnyReason>),
    /// Only null.
    Null,
    /// A type without parts.
    Scalar(Scalar),
    /// Named strings.
    StringEnum,
    /// Named integers.
    IntegerEnum,
    /// Named values of several types, or numbers with a fraction.
    ValueEnum,
    /// A list, of any values if there is no schema.
    List(Option<Vec<Slot>>),
    /// A fixed number of values, each with its own schema.
    Tuple(Vec<Slot>),
    /// A list whose first items have their own schemas.
    OpenTuple(Vec<Slot>),
    /// A map, of any values if there is no schema.
    Map(Option<Slot>),
    /// Named members.
    Object,
    /// One of several schemas.
    Union,
}

/// The reason for a form that is wider than the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lower) enum AnyReason {
    /// The enum has values that are lists or objects.
    OtherEnum,
    /// No value can match.
    Conflict(String),
    /// The schema only has `not`.
    Not,
}

/// Returns the form of a schema.
pub(in crate::lower) fn classify(flat: &Flat, integers: Integers) -> SchemaForm {
    if let Some(target) = &flat.same {
        return SchemaForm::Same(target.clone());
    }
    if let Some(conflict) = &flat.conflict {
        return SchemaForm::Any(Some(AnyReason::Conflict(conflict.clone())));
    }
    if !flat.unions.is_empty() {
        return SchemaForm::Union;
    }
    match &flat.values {
        // Enums of an `allOf` without a common value are a conflict.
        Some(values) if values.is_empty() => of_type(flat, integers),
        Some(_) => enum_form(flat),
        None => of_type(flat, integers),
    }
}

fn of_type(flat: &Flat, integers: Integers) -> SchemaForm {
    match flat.ty {
        Some(Type::String) => SchemaForm::Scalar(string(flat)),
        Some(Type::Integer) => SchemaForm::Scalar(integer(flat, integers)),
        Some(Type::Number) => SchemaForm::Scalar(number(flat, integers)),
        Some(Type::Boolean) => SchemaForm::Scalar(Scalar::Boolean),
        Some(Type::Array) => array(flat),
        Some(Type::Object) => object(flat),
        None => SchemaForm::Any(flat.not.then_some(AnyReason::Not)),
    }
}

fn array(flat: &Flat) -> SchemaForm {
    match &flat.tuple {
        Some(tuple) if tuple.exact => SchemaForm::Tuple(tuple.items.clone()),
        Some(tuple) => SchemaForm::OpenTuple(tuple.items.iter().chain(&flat.items).cloned().collect()),
        None => SchemaForm::List((!flat.items.is_empty()).then(|| flat.items.clone())),
    }
}

fn object(flat: &Flat) -> SchemaForm {
    if flat.has_members() {
        return SchemaForm::Object;
    }
    match &flat.others {
        Others::Denied => SchemaForm::Object,
        Others::Unspecified | Others::Any => SchemaForm::Map(None),
        Others::Schema(slot) => SchemaForm::Map(Some(slot.clone())),
    }
}

fn enum_form(flat: &Flat) -> SchemaForm {
    let values = flat.values.as_deref().unwrap_or_default();
    let mut values = values.iter().map(|value| &value.value).filter(|value| !value.is_null()).peekable();
    if values.peek().is_none() {
        return SchemaForm::Null;
    }
    let values: Vec<&Value> = values.collect();
    let all = |is: fn(&Value) -> bool| values.iter().all(|value| is(value));
    let text = |value: &Value| value.is_string() || value.is_number() || value.is_boolean();
    match flat.ty {
        _ if all(Value::is_string) => SchemaForm::StringEnum,
        Some(Type::String) if all(text) => SchemaForm::StringEnum,
        _ if all(Value::is_i64) => SchemaForm::IntegerEnum,
        _ if all(Value::is_boolean) => SchemaForm::Scalar(Scalar::Boolean),
        _ if all(text) => SchemaForm::ValueEnum,
        _ => SchemaForm::Any(Some(AnyReason::OtherEnum)),
    }
}

fn string(flat: &Flat) -> Scalar {
    match flat.format.as_deref() {
        Some("date-time") => Scalar::DateTime,
        Some("date") => Scalar::Date,
        Some("byte") => Scalar::Base64,
        Some("base64url") => Scalar::Base64Url,
        _ => Scalar::String,
    }
}

fn integer(flat: &Flat, integers: Integers) -> Scalar {
    const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;
    let (minimum, maximum) =
        (flat.minimum.as_ref().map(Number::as_f64), flat.maximum.as_ref().map(Number::as_f64));
    let unsigned = minimum.is_some_and(|minimum| minimum >= 0.0);
    // A bound at the end of the 64-bit range is often rounded to the next `f64`.
    let beyond_64_bits = minimum.is_some_and(|minimum| minimum < -TWO_TO_63)
        || maximum.is_some_and(|maximum| maximum > if unsigned { 2.0 * TWO_TO_63 } else { TWO_TO_63 });
    match flat.format.as_deref() {
        Some("bigint" | "int128" | "uint128" | "int256" | "uint256") => Scalar::Number,
        _ if beyond_64_bits => Scalar::Number,
        Some("uint64") => Scalar::UInt64,
        _ if unsigned && maximum.is_some_and(|maximum| maximum >= TWO_TO_63) => Scalar::UInt64,
        Some("uint32") if fits(flat, integers, 0.0..=u32::MAX.into()) => Scalar::UInt32,
        Some("int32" | "int16" | "int8" | "uint16" | "uint8")
            if fits(flat, integers, i32::MIN.into()..=i32::MAX.into()) =>
        {
            Scalar::Int32
        }
        _ => Scalar::Int64,
    }
}

/// Returns `true` if the integers of a schema fit into a type with 32 bits, as their format says.
fn fits(flat: &Flat, integers: Integers, range: RangeInclusive<f64>) -> bool {
    match integers {
        Integers::Format => true,
        // Integers grow upwards, so that the upper bound is the one that counts.
        Integers::Bounds => {
            let bound = |number: &Option<Number>| number.as_ref().map(Number::as_f64);
            bound(&flat.maximum).is_some_and(|bound| bound <= *range.end())
                && bound(&flat.minimum).is_none_or(|bound| bound >= *range.start())
        }
    }
}

fn number(flat: &Flat, integers: Integers) -> Scalar {
    match flat.format.as_deref() {
        Some("int32") if fits(flat, integers, i32::MIN.into()..=i32::MAX.into()) => Scalar::Int32,
        Some("int32" | "int64") => Scalar::Int64,
        Some("decimal" | "decimal128") => Scalar::Number,
        _ => Scalar::Float,
    }
}
