//! Makes valid values of types.

use sdk_generator::ir::{Api, Field, Scalar, Shape, TypeId, TypeRef, Union};

use crate::corpus::json::Json;

/// The nesting of types up to which a full value has all members; below it has the required ones.
const DEPTH: usize = 2;

/// The members that a value has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// The required members.
    Least,
    /// All members.
    Full,
    /// The required members, and all nullable ones as null.
    Nulls,
}

/// A choice among the values of a type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Want {
    pub(super) extent: Extent,
    /// Cycles through the values of scalars and enums, the variants of unions, and the lengths of lists.
    pub(super) turn: usize,
    /// The number of types around the value.
    depth: usize,
}

impl Want {
    pub(super) fn new(extent: Extent, turn: usize) -> Self {
        Self { extent, turn, depth: 0 }
    }

    fn next(self, by: usize) -> Self {
        Self { turn: self.turn + by, ..self }
    }

    /// Returns the choice for a value one level deeper.
    fn inside(self) -> Self {
        let depth = self.depth + 1;
        let extent = match self.extent {
            Extent::Full if depth < DEPTH => Extent::Full,
            Extent::Full | Extent::Least | Extent::Nulls => Extent::Least,
        };
        Self { extent, depth, ..self }
    }
}

/// Makes values of the types of a model.
pub(super) struct Sampler<'a> {
    pub(super) api: &'a Api,
}

impl Sampler<'_> {
    /// Makes a value of a type, or none if every value would be infinite.
    pub(super) fn value(&self, ty: &TypeRef, want: Want) -> Option<Json> {
        self.inner(ty, want, &mut Vec::new())
    }

    /// Makes a value of a named type.
    pub(super) fn named(&self, id: TypeId, want: Want) -> Option<Json> {
        self.value(&TypeRef::Def(id), want)
    }

    /// Returns the named type behind aliases with its shape, if there is one.
    pub(super) fn shape(&self, ty: &TypeRef) -> Option<(TypeId, &Shape)> {
        let TypeRef::Def(id) = ty else { return None };
        match &self.api.types[*id].shape {
            Shape::Alias(inner) => self.shape(inner),
            shape => Some((*id, shape)),
        }
    }

    /// Returns the type without aliases and nullability.
    pub(super) fn seen<'t>(&'t self, ty: &'t TypeRef) -> &'t TypeRef {
        match ty {
            TypeRef::Nullable(inner) => self.seen(inner),
            TypeRef::Def(id) => match &self.api.types[*id].shape {
                Shape::Alias(inner) => self.seen(inner),
                Shape::Struct { .. }
                | Shape::StringEnum(_)
                | Shape::IntegerEnum(_)
                | Shape::ValueEnum(_)
                | Shape::Union(_) => ty,
            },
            TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Tuple(_) | TypeRef::Map(_) | TypeRef::Any => ty,
        }
    }

    /// Returns `true` if null is a value of the type or of the type behind its alias.
    pub(super) fn takes_null(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Nullable(_) | TypeRef::Any => true,
            TypeRef::Def(id) => match &self.api.types[*id].shape {
                Shape::Alias(inner) => self.takes_null(inner),
                Shape::Struct { .. }
                | Shape::StringEnum(_)
                | Shape::IntegerEnum(_)
                | Shape::ValueEnum(_)
                | Shape::Union(_) => false,
            },
            TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Tuple(_) | TypeRef::Map(_) => false,
        }
    }

    /// Returns `true` if null in the member reads as absent, or as empty, although it is not a value of the type.
    pub(super) fn keeps_null(&self, field: &Field) -> bool {
        let is_container = matches!(self.seen(&field.ty), TypeRef::List(_) | TypeRef::Map(_));
        (!field.required || is_container) && !self.takes_null(&field.ty)
    }

    /// `open` holds the types that the value is inside of and has to have.
    fn inner(&self, ty: &TypeRef, want: Want, open: &mut Vec<TypeId>) -> Option<Json> {
        match ty {
            TypeRef::Scalar(scalar) => Some(pick(&scalar_values(*scalar), want.turn)),
            TypeRef::Any => Some(pick(&any_values(), want.turn)),
            TypeRef::Nullable(_) if want.extent == Extent::Nulls => Some(Json::null()),
            TypeRef::Nullable(inner) => Some(self.inner(inner, want, open).unwrap_or_else(Json::null)),
            TypeRef::List(item) => Some(Json::List(self.several(item, want, open))),
            TypeRef::Tuple(items) => {
                let item = |(index, item)| self.inner(item, want.next(index), open);
                items.iter().enumerate().map(item).collect::<Option<_>>().map(Json::List)
            }
            TypeRef::Map(value) => {
                let values = self.several(value, want, open);
                let keys = ["a key", "zeta"].map(str::to_owned);
                Some(Json::Object(keys.into_iter().zip(values).collect()))
            }
            TypeRef::Def(id) => {
                if open.contains(id) {
                    return None;
                }
                let mark = open.len();
                if want.extent != Extent::Full {
                    open.push(*id);
                }
                let value = self.of_shape(&self.api.types[*id].shape, want, open);
                open.truncate(mark);
                value
            }
        }
    }

    /// Makes two values, none, or one, by turns.
    fn several(&self, ty: &TypeRef, want: Want, open: &mut Vec<TypeId>) -> Vec<Json> {
        let count = match want.extent {
            Extent::Full => [2, 0, 1][want.turn % 3],
            Extent::Least | Extent::Nulls => 0,
        };
        (0..count).filter_map(|index| self.inner(ty, want.next(index), open)).collect()
    }

    fn of_shape(&self, shape: &Shape, want: Want, open: &mut Vec<TypeId>) -> Option<Json> {
        match shape {
            Shape::Struct { fields, additional } => {
                self.object(fields, additional.as_ref().map(|additional| &additional.ty), want, open)
            }
            Shape::StringEnum(variants) => {
                let mut values: Vec<Json> =
                    variants.iter().map(|variant| Json::text(&variant.value)).collect();
                values.push(Json::text(UNKNOWN_TEXT));
                Some(pick(&values, want.turn))
            }
            Shape::IntegerEnum(variants) => {
                let mut values: Vec<Json> =
                    variants.iter().map(|variant| Json::bare(variant.value)).collect();
                values.push(Json::bare(UNKNOWN_INTEGER));
                Some(pick(&values, want.turn))
            }
            Shape::ValueEnum(variants) => {
                let mut values: Vec<Json> = variants.iter().map(|variant| Json::of(&variant.value)).collect();
                values.push(Json::text(UNKNOWN_TEXT));
                Some(pick(&values, want.turn))
            }
            Shape::Union(union) => {
                let count = union.variants.len();
                let mut turns = (want.turn..want.turn + count).map(|turn| turn % count);
                turns.find_map(|index| self.variant_inner(union, index, want.inside(), open))
            }
            Shape::Alias(ty) => self.inner(ty, want, open),
        }
    }

    /// Makes an object with members in the order of writing: fields, additional members, and nulls that are kept.
    fn object(
        &self,
        fields: &[Field],
        additional: Option<&TypeRef>,
        want: Want,
        open: &mut Vec<TypeId>,
    ) -> Option<Json> {
        let (mut members, mut nulls) = (Vec::new(), Vec::new());
        for field in fields {
            let wanted = match want.extent {
                Extent::Full => true,
                Extent::Least => field.required,
                Extent::Nulls => field.required || self.takes_null(&field.ty),
            };
            if !wanted {
                continue;
            }
            let value = if want.extent == Extent::Nulls && self.takes_null(&field.ty) {
                Some(Json::null())
            } else {
                self.inner(&field.ty, want.inside(), open)
            };
            match value {
                Some(null) if null.is_null() && !field.required => {
                    nulls.push((field.name.wire.clone(), null))
                }
                Some(value) => members.push((field.name.wire.clone(), value)),
                None if field.required => return None,
                None => {}
            }
        }
        if let Some(ty) = additional.filter(|_| want.extent == Extent::Full) {
            for (index, name) in unnamed(fields).into_iter().enumerate() {
                if let Some(value) = self.inner(ty, want.inside().next(index), open) {
                    members.push((name, value));
                }
            }
        }
        members.append(&mut nulls);
        Some(Json::Object(members))
    }

    /// Moves the fields of a struct before all other members, in the order in which the struct writes them.
    fn arrange(&self, ty: &TypeRef, value: &mut Json) {
        if let (Some((_, Shape::Struct { fields, .. })), Json::Object(members)) = (self.shape(ty), value) {
            let known = |name: &str| fields.iter().position(|field| field.name.wire == name);
            members.sort_by_key(|(name, value)| {
                known(name).filter(|index| fields[*index].required || !value.is_null()).unwrap_or(usize::MAX)
            });
        }
    }

    /// Makes a value of one variant of a union, with its tag.
    pub(super) fn variant(&self, union: &Union, index: usize, want: Want) -> Option<Json> {
        self.variant_inner(union, index, want, &mut Vec::new())
    }

    /// Returns `true` if the tag of a value is a number or a boolean. A value without its optional tag has one by type.
    fn has_bare_tag(&self, ty: &TypeRef, tag: &str, value: &Json) -> bool {
        let sample = match (value.get(tag), self.shape(ty)) {
            (Some(said), _) => Some(said.clone()),
            (None, Some((_, Shape::Struct { fields, .. }))) => {
                let field = fields.iter().find(|field| field.name.wire == tag);
                field.and_then(|field| self.value(field.ty.non_null(), Want::new(Extent::Least, 0)))
            }
            (None, _) => None,
        };
        matches!(sample, Some(Json::Bare(_)))
    }

    fn variant_inner(&self, union: &Union, index: usize, want: Want, open: &mut Vec<TypeId>) -> Option<Json> {
        let variant = &union.variants[index];
        let mut value = self.inner(&variant.ty, want, open)?;
        if let (Some(tag), false) = (&union.tag, variant.tags.is_empty()) {
            let is_bare = self.has_bare_tag(&variant.ty, tag, &value);
            let tags: Vec<Json> = variant
                .tags
                .iter()
                .map(|tag| if is_bare { Json::bare(tag) } else { Json::text(tag) })
                .collect();
            value.set(tag, pick(&tags, want.turn));
            self.arrange(&variant.ty, &mut value);
        }
        Some(value)
    }
}

/// A value that no enum names.
pub(super) const UNKNOWN_TEXT: &str = "a value of another day";
pub(super) const UNKNOWN_INTEGER: i64 = 7_654_321;

/// Returns names that none of the fields has.
pub(super) fn unnamed(fields: &[Field]) -> Vec<String> {
    let known = |name: &String| fields.iter().any(|field| field.name.wire == *name);
    ["another member", "yet another"]
        .into_iter()
        .filter_map(|name| (0..).map(|count| "~".repeat(count) + name).find(|name| !known(name)))
        .collect()
}

fn pick(values: &[Json], turn: usize) -> Json {
    values.get(turn % values.len().max(1)).cloned().unwrap_or_else(Json::null)
}

fn scalar_values(scalar: Scalar) -> Vec<Json> {
    let texts = |texts: &[&str]| texts.iter().map(|text| Json::text(*text)).collect();
    let bare = |texts: &[&str]| texts.iter().map(Json::bare).collect();
    match scalar {
        Scalar::String => texts(&["text", "", "ünï \"quoted\" \\ \n \u{1}\u{1f600}", "null"]),
        Scalar::Boolean => bare(&["true", "false"]),
        Scalar::Int32 => bare(&["1", "-2147483648", "2147483647", "0"]),
        Scalar::Int64 => bare(&["1", "-9223372036854775808", "9223372036854775807", "0"]),
        Scalar::UInt32 => bare(&["1", "4294967295", "0"]),
        Scalar::UInt64 => bare(&["1", "18446744073709551615", "0"]),
        Scalar::Number => bare(&["1.50", "340282366920938463463374607431768211456", "-0.10"]),
        Scalar::Float => bare(&["1.5", "-0.1", "3", "1.7976931348623157e308", "50.95", "5e-324"]),
        Scalar::DateTime => texts(&[
            "2024-02-29T12:30:00Z",
            "2024-02-29T12:30:00+00:00",
            "1999-12-31T23:59:59.5-08:00",
            "2030-01-01T00:00:00.123456789+05:30",
        ]),
        Scalar::Date => texts(&["2024-02-29", "0001-01-01", "9999-12-31"]),
        Scalar::Base64 => texts(&["AAECAw==", "", "aGVsbG8="]),
        Scalar::Base64Url => texts(&["-_8", "", "aGVsbG8="]),
    }
}

/// Returns values of each JSON type; the members of objects are sorted by name.
fn any_values() -> Vec<Json> {
    vec![
        Json::Object(vec![
            ("a".to_owned(), Json::List(vec![Json::bare(1), Json::null()])),
            ("b".to_owned(), Json::Object(Vec::new())),
        ]),
        Json::text("text"),
        Json::bare("-12.5"),
        Json::null(),
        Json::List(vec![Json::bare("18446744073709551615"), Json::bare(false)]),
    ]
}
