//! Makes samples from a model: JSON texts for each type, with the expected result of reading and writing them.

mod examples;
mod faults;
mod fits;
mod values;

use sdk_generator::emit::rust::Rust;
use sdk_generator::ir::{Field, Shape, TypeId, TypeRef, Union};
use sdk_generator::{Diagnostics, Spec};

use super::json::Json;
use values::{Extent, Sampler, UNKNOWN_INTEGER, UNKNOWN_TEXT, Want, unnamed};

/// A JSON text for a type.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    /// The index of the type in [`Samples::types`].
    pub(crate) ty: usize,
    /// The case that the sample covers.
    pub(crate) case: String,
    pub(crate) text: String,
    pub(crate) expected: Expected,
}

/// The expected result of a sample.
#[derive(Clone, Debug)]
pub(crate) enum Expected {
    /// It is read, and written as this value.
    Same(Json),
    /// It is read as one of these variants of a union (any variant if there are none), and written as this value, with
    /// members in any order.
    Variant(Vec<String>, Json),
    /// It is refused with an error that names this path.
    Refused(String),
    /// It is an example of the document, which may be wrong.
    Example(Json),
}

/// Samples of every type.
#[derive(Debug, Default)]
pub(crate) struct Samples {
    /// The names of the types.
    pub(crate) types: Vec<String>,
    pub(crate) samples: Vec<Sample>,
}

/// Makes the samples of every type, and collects the examples of the document.
pub(crate) fn samples(rust: &Rust<'_>, spec: &Spec) -> Samples {
    let api = rust.api;
    let mut making = Making { sampler: Sampler { api }, rust, made: Samples::default() };
    for (id, def) in api.types.iter() {
        making.made.types.push(rust.names(id).0.to_owned());
        match &def.shape {
            Shape::Struct { fields, additional } => {
                making.of_struct(id, fields, additional.as_ref().map(|additional| &additional.ty))
            }
            Shape::StringEnum(variants) => {
                making.of_enum(id, variants.iter().map(|variant| Json::text(&variant.value)));
                making.same(id, "an unknown text", Json::text(UNKNOWN_TEXT));
                making.same(id, "an empty text", Json::text(""));
            }
            Shape::IntegerEnum(variants) => {
                making.of_enum(id, variants.iter().map(|variant| Json::bare(variant.value)));
                making.same(id, "an unknown integer", Json::bare(UNKNOWN_INTEGER));
            }
            Shape::ValueEnum(variants) => {
                making.of_enum(id, variants.iter().map(|variant| Json::of(&variant.value)));
                making.same(id, "an unknown value", Json::text(UNKNOWN_TEXT));
            }
            Shape::Union(union) => making.of_union(id, union),
            Shape::Alias(_) => making.turns(id),
        }
    }
    let mut diagnostics = Diagnostics::default();
    examples::collect(&mut making, spec, &mut diagnostics);
    making.made
}

struct Making<'a> {
    sampler: Sampler<'a>,
    rust: &'a Rust<'a>,
    made: Samples,
}

impl Making<'_> {
    fn push(&mut self, id: TypeId, case: impl Into<String>, text: &Json, expected: Expected) {
        let sample = Sample { ty: id.index(), case: case.into(), text: text.to_string(), expected };
        self.made.samples.push(sample);
    }

    fn same(&mut self, id: TypeId, case: impl Into<String>, value: Json) {
        self.push(id, case, &value, Expected::Same(value.clone()));
    }

    fn of_enum(&mut self, id: TypeId, values: impl Iterator<Item = Json>) {
        values.for_each(|value| self.same(id, "a known value", value));
    }

    /// Adds values with all members.
    fn turns(&mut self, id: TypeId) {
        for (turn, ordinal) in ORDINALS.iter().enumerate() {
            if let Some(value) = self.sampler.named(id, Want::new(Extent::Full, turn)) {
                self.same(id, format!("all members, {ordinal} values"), value);
            }
        }
    }

    fn of_struct(&mut self, id: TypeId, fields: &[Field], additional: Option<&TypeRef>) {
        let Some(least) = self.sampler.named(id, Want::new(Extent::Least, 0)) else { return };
        self.same(id, "required members only", least.clone());
        self.turns(id);
        if let Some(Json::Object(mut members)) = self.sampler.named(id, Want::new(Extent::Full, 0)) {
            let written = Json::Object(members.clone());
            members.reverse();
            self.push(id, "members in reverse order", &Json::Object(members), Expected::Same(written));
        }
        if let Some(nulls) =
            self.sampler.named(id, Want::new(Extent::Nulls, 0)).filter(|nulls| *nulls != least)
        {
            self.same(id, "nulls", nulls);
        }
        if additional.is_none() {
            let mut more = least.clone();
            let values = [Json::bare("12345678901234567890123"), Json::null()];
            unnamed(fields).iter().zip(values).for_each(|(name, value)| more.set(name, value));
            self.same(id, "unknown members", more);
        }
        self.faults(id, fields, &least);
    }

    fn of_union(&mut self, id: TypeId, union: &Union) {
        let names = self.rust.names(id).1;
        for (index, name) in names.iter().enumerate() {
            let tags = union.variants[index].tags.len().max(1);
            let least = (0..tags).map(|turn| Want::new(Extent::Least, turn));
            let full = (0..2).map(|turn| Want::new(Extent::Full, turn));
            let mut known = Vec::new();
            for want in least.chain(full) {
                let value = self.sampler.variant(union, index, want);
                known.extend(value.filter(|value| !known.contains(value)));
            }
            for value in known {
                let best = self.sampler.best(union, &value);
                let best = best.into_iter().map(|index| names[index].clone()).collect();
                self.push(id, format!("`{name}`"), &value, Expected::Variant(best, value.clone()));
            }
            self.variant_faults(id, union, index);
        }
        let mut unknown =
            Json::Object(vec![("another member".to_owned(), Json::List(vec![Json::bare("1e2")]))]);
        if let Some(tag) = &union.tag {
            unknown.set(tag, Json::text(UNKNOWN_TEXT));
        }
        let expected = Expected::Variant(Vec::new(), unknown.clone());
        self.push(id, "an unknown object", &unknown, expected);
        for value in ["true", "-7", "0.5", "[]", "[{\"a\":null}]", "\"text\"", "{}"] {
            let value = serde_json::from_str(value).unwrap_or_else(|_| Json::null());
            self.same(id, "a value of any kind", value);
        }
    }
}

/// Names of the samples with all members, which differ in their values.
const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];

#[cfg(test)]
mod tests {
    use sdk_generator::emit::rust::{Rust, Symbols};
    use sdk_generator::{Config, Diagnostics, Input, Source, Spec, generate};

    use super::{Expected, samples};

    const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: Nests, version: '1' }
paths:
  /nest:
    get:
      responses:
        '200':
          description: A nest
          content: { application/json: { schema: { $ref: '#/components/schemas/Nest' } } }
components:
  schemas:
    Nest:
      type: object
      required: [tree]
      properties:
        tree: { type: string, enum: [oak] }
        built: { type: string, format: date, nullable: true }
        owner: { oneOf: [{ $ref: '#/components/schemas/Bird' }, { type: boolean }] }
        inside: { type: array, items: { $ref: '#/components/schemas/Nest' } }
    Bird:
      type: object
      required: [wings]
      properties: { wings: { type: integer } }
      additionalProperties: { type: number }
      example: { wings: 2 }
";

    #[test]
    fn each_type_has_its_samples() {
        let config = Config::bare("nests");
        let documents = [Source { name: "nests.yaml".to_owned(), text: DOCUMENT.to_owned() }];
        let input = Input { documents: &documents, read: &|_| None, config: &config };
        let mut diagnostics = Diagnostics::default();
        let api = generate(&input).expect("the document is valid").api;
        let spec = Spec::load(&input, &mut diagnostics).expect("the document is valid");
        let symbols = Symbols::assign(&api, &sdk_generator::keep::Kept::default());
        let made = samples(&Rust::new(&api, &symbols), &spec);
        let lines = made.samples.iter().map(|sample| {
            let expected = match &sample.expected {
                Expected::Same(value) if value.to_string() == sample.text => "comes back".to_owned(),
                Expected::Same(value) => format!("comes back as {value}"),
                Expected::Variant(variants, _) if variants.is_empty() => "comes back in any order".to_owned(),
                Expected::Variant(variants, _) => format!("comes back, read as {}", variants.join(" or ")),
                Expected::Refused(path) => format!("is refused at `{path}`"),
                Expected::Example(_) => "may come back".to_owned(),
            };
            format!("{}, {}\n    {}\n    {expected}", made.types[sample.ty], sample.case, sample.text)
        });
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
    }
}
