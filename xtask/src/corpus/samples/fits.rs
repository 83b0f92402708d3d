//! Decides which variants of a union a value may be read as.

use sdk_generator::ir::{Field, Scalar, Shape, TypeId, TypeRef, Union};

use super::values::Sampler;
use crate::corpus::json::Json;

/// The quality of the match between a value and a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The value is not valid for the type.
    Not,
    /// The value has parts that the type does not know.
    Partly,
    /// The type knows all parts of the value.
    Whole,
}

impl Sampler<'_> {
    /// Returns the variants that match a value best: those of its tag, or else the best ones by shape.
    pub(super) fn best(&self, union: &Union, value: &Json) -> Vec<usize> {
        let tag = union.tag.as_ref().and_then(|tag| text_member(value, tag));
        let all = || union.variants.iter().enumerate();
        let mut meant: Vec<usize> = match tag {
            Some(tag) => {
                all().filter(|(_, variant)| variant.tags.contains(tag)).map(|(index, _)| index).collect()
            }
            None => Vec::new(),
        };
        if meant.len() == 1 {
            return meant;
        }
        if meant.is_empty() {
            let untold = |variant: &sdk_generator::ir::UnionVariant| {
                variant.tags.is_empty() || tag.is_none() && !self.demands_tag(union, &variant.ty)
            };
            meant = all().filter(|(_, variant)| untold(variant)).map(|(index, _)| index).collect();
        }
        let fits: Vec<(usize, Fit)> = meant
            .into_iter()
            .map(|index| (index, self.variant_fit(&union.variants[index].ty, value)))
            .collect();
        let best = fits.iter().map(|(_, fit)| *fit).max().filter(|best| *best > Fit::Not);
        fits.into_iter().filter(|(_, fit)| Some(*fit) == best).map(|(index, _)| index).collect()
    }

    /// Returns `true` if the tag of the union is a required member of the variant.
    fn demands_tag(&self, union: &Union, ty: &TypeRef) -> bool {
        match self.shape(ty) {
            Some((_, Shape::Struct { fields, .. })) => {
                fields.iter().any(|field| field.required && Some(&field.name.wire) == union.tag.as_ref())
            }
            _ => false,
        }
    }

    /// Returns the match with a variant; a map does not know the members that it accepts, so a struct is preferred.
    fn variant_fit(&self, ty: &TypeRef, value: &Json) -> Fit {
        let fit = self.fit(ty, value);
        match (self.seen(ty), value) {
            (TypeRef::Map(_), Json::Object(members)) if !members.is_empty() => fit.min(Fit::Partly),
            _ => fit,
        }
    }

    fn fit(&self, ty: &TypeRef, value: &Json) -> Fit {
        match (ty, value) {
            (TypeRef::Any, _) => Fit::Whole,
            (TypeRef::Nullable(inner), _) => {
                if value.is_null() {
                    Fit::Whole
                } else {
                    self.fit(inner, value)
                }
            }
            (TypeRef::Scalar(scalar), _) => {
                if scalar_fits(*scalar, value) {
                    Fit::Whole
                } else {
                    Fit::Not
                }
            }
            (TypeRef::List(item), Json::List(items)) => {
                least(items.iter().map(|value| self.fit(item, value)))
            }
            (TypeRef::Tuple(types), Json::List(items)) if types.len() == items.len() => {
                least(types.iter().zip(items).map(|(ty, value)| self.fit(ty, value)))
            }
            (TypeRef::Map(ty), Json::Object(members)) => {
                least(members.iter().map(|(_, value)| self.fit(ty, value)))
            }
            (TypeRef::Def(id), _) => self.fit_named(*id, value),
            (TypeRef::List(_) | TypeRef::Tuple(_) | TypeRef::Map(_), _) => Fit::Not,
        }
    }

    fn fit_named(&self, id: TypeId, value: &Json) -> Fit {
        let known = |known: bool| if known { Fit::Whole } else { Fit::Partly };
        match (&self.api.types[id].shape, value) {
            (Shape::Alias(ty), _) => self.fit(ty, value),
            (Shape::Struct { fields, additional }, Json::Object(members)) => {
                self.fit_struct(fields, additional.as_ref().map(|additional| &additional.ty), members)
            }
            (Shape::StringEnum(variants), Json::Text(text)) => {
                known(variants.iter().any(|variant| variant.value == *text))
            }
            (Shape::IntegerEnum(variants), _) if scalar_fits(Scalar::Int64, value) => {
                known(variants.iter().any(|variant| Json::bare(variant.value) == *value))
            }
            (Shape::ValueEnum(variants), _) => {
                known(variants.iter().any(|variant| Json::of(&variant.value) == *value))
            }
            (Shape::Union(union), _) => match self.best(union, value).first() {
                Some(index) => self.fit(&union.variants[*index].ty, value),
                None => Fit::Partly,
            },
            (Shape::Struct { .. } | Shape::StringEnum(_) | Shape::IntegerEnum(_), _) => Fit::Not,
        }
    }

    fn fit_struct(&self, fields: &[Field], additional: Option<&TypeRef>, members: &[(String, Json)]) -> Fit {
        let has = |name: &str| members.iter().any(|(known, _)| known == name);
        if fields.iter().any(|field| field.required && !has(&field.name.wire)) {
            return Fit::Not;
        }
        least(members.iter().map(|(name, value)| {
            match (fields.iter().find(|field| field.name.wire == *name), additional) {
                (Some(field), _) if value.is_null() && self.keeps_null(field) => Fit::Partly,
                (Some(field), _) => self.fit(&field.ty, value),
                (None, Some(ty)) => self.fit(ty, value).min(Fit::Partly),
                (None, None) => Fit::Partly,
            }
        }))
    }
}

fn least(fits: impl Iterator<Item = Fit>) -> Fit {
    fits.min().unwrap_or(Fit::Whole)
}

fn text_member<'a>(value: &'a Json, name: &str) -> Option<&'a String> {
    let Json::Object(members) = value else { return None };
    match members.iter().find(|(known, _)| known == name) {
        Some((_, Json::Text(text) | Json::Bare(text))) => Some(text),
        _ => None,
    }
}

fn scalar_fits(scalar: Scalar, value: &Json) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    let integer = |text: &str| number(text).filter(|number| number.fract() == 0.0 && number.abs() < 1e30);
    let between = |text: &str, from: i128, to: i128| match text.parse::<i128>() {
        Ok(integer) => (from..=to).contains(&integer),
        // Samples write no number beyond the bounds with a fraction or an exponent.
        Err(_) => integer(text).is_some(),
    };
    match (scalar, value) {
        (Scalar::String, Json::Text(_)) => true,
        (Scalar::Boolean, Json::Bare(text)) => text == "true" || text == "false",
        (Scalar::Int32, Json::Bare(text)) => between(text, i32::MIN.into(), i32::MAX.into()),
        (Scalar::Int64, Json::Bare(text)) => between(text, i64::MIN.into(), i64::MAX.into()),
        (Scalar::UInt32, Json::Bare(text)) => between(text, 0, u32::MAX.into()),
        (Scalar::UInt64, Json::Bare(text)) => between(text, 0, u64::MAX.into()),
        (Scalar::Float | Scalar::Number, Json::Bare(text)) => number(text).is_some(),
        (Scalar::DateTime, Json::Text(text)) => is_date(text) && text.len() > 18,
        (Scalar::Date, Json::Text(text)) => is_date(text) && text.len() == 10,
        (Scalar::Base64 | Scalar::Base64Url, Json::Text(text)) => is_base64(text),
        (
            Scalar::String | Scalar::DateTime | Scalar::Date | Scalar::Base64 | Scalar::Base64Url,
            Json::Bare(_) | Json::List(_) | Json::Object(_),
        )
        | (
            Scalar::Boolean
            | Scalar::Int32
            | Scalar::Int64
            | Scalar::UInt32
            | Scalar::UInt64
            | Scalar::Float
            | Scalar::Number,
            Json::Text(_) | Json::List(_) | Json::Object(_),
        ) => false,
    }
}

/// Returns `true` if the text starts with digits in the form of a date; samples hold no invalid dates.
fn is_date(text: &str) -> bool {
    let digit = |char: char| if char.is_ascii_digit() { '0' } else { char };
    text.chars().take(10).map(digit).eq("0000-00-00".chars())
}

fn is_base64(text: &str) -> bool {
    let text = text.trim_end_matches('=');
    text.len() % 4 != 1 && text.chars().all(|char| char.is_ascii_alphanumeric() || "+/-_".contains(char))
}
