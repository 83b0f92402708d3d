//! Lowers the encodings of form members, which determine how each member is sent.

use indexmap::IndexMap;
use openapiv3::QueryStyle;
use serde_json::Value;

use super::media::{MediaKind, kind};
use crate::diagnostic::Code;
use crate::ir::{ParameterEncoding, Style};
use crate::lower::Lowering;
use crate::lower::schemas::value_kinds::ValueKind;
use crate::pointer::Pointer;
use crate::spec::TAB_DELIMITED;

/// The encoding of one member.
pub(in crate::lower) struct MemberEncoding {
    pub(in crate::lower) name: String,
    /// The encoding object.
    pub(in crate::lower) place: Pointer,
    /// The allowed media types, as written.
    pub(in crate::lower) content_type: Option<String>,
    /// The style, if the document gives any part of one. The media type is then ignored (OpenAPI 3.0.4 section
    /// 4.8.15.1).
    style: Option<ParameterEncoding>,
}

impl Lowering<'_> {
    /// Returns the encodings of the members of a form.
    pub(in crate::lower) fn member_encodings(&mut self, media_type: &Pointer) -> Vec<MemberEncoding> {
        let mut encodings = Vec::new();
        for (name, place) in self.spec.encodings(media_type, self.diagnostics) {
            let Some(encoding) = self.spec.encoding(&place, self.diagnostics) else { continue };
            let says = |key: &str| self.spec.node(&place).is_some_and(|node| node.get(key).is_some());
            let has_style = says("style") || says("explode") || says("allowReserved");
            let style = has_style.then(|| {
                let style = style_of_query(&encoding.style.unwrap_or(QueryStyle::Form), &encoding.extensions);
                let explode = says("explode").then_some(encoding.explode);
                by_style(style, explode, encoding.allow_reserved)
            });
            encodings.push(MemberEncoding { name, place, content_type: encoding.content_type, style });
        }
        encodings
    }

    /// Determines the encoding of a form member as text.
    pub(in crate::lower) fn form_encoding(
        &mut self,
        schema: &Pointer,
        encoding: Option<&MemberEncoding>,
    ) -> ParameterEncoding {
        let Some(encoding) = encoding else { return ParameterEncoding::Plain };
        if let Some(style) = encoding.style {
            return style;
        }
        let media_type = encoding.content_type.as_deref().map(first_of).unwrap_or_default();
        match kind(media_type) {
            MediaKind::Json | MediaKind::OtherJson => return ParameterEncoding::Json,
            MediaKind::Form
            | MediaKind::Multipart
            | MediaKind::Events
            | MediaKind::Lines
            | MediaKind::Wildcard
            | MediaKind::Binary
            | MediaKind::Text
            | MediaKind::StructuredText => {}
        }
        if !media_type.is_empty() && self.is_composed(schema) {
            self.warn(
                Code::Approximated,
                &encoding.place,
                format!("a form member cannot be encoded as `{media_type}`; it is sent as JSON"),
                "use `application/json`, or describe the member as a string",
            );
        }
        ParameterEncoding::Plain
    }

    /// Reports a part whose style contradicts its media type.
    pub(in crate::lower) fn report_part_style(&mut self, schema: &Pointer, encoding: &MemberEncoding) {
        let Some(ParameterEncoding::Style { style, explode, .. }) = encoding.style else { return };
        let usual = style == Style::Form && explode && self.surface(schema).kind == ValueKind::List;
        if !usual && (self.surface(schema).kind == ValueKind::List || self.is_composed(schema)) {
            let (style, help) = if self.spec.is_swagger(&encoding.place) {
                (
                    "collectionFormat",
                    "write `multi`, or list `application/x-www-form-urlencoded` in `consumes`",
                )
            } else {
                ("style", "set the `contentType` of the part, or use `application/x-www-form-urlencoded`")
            };
            self.warn(
                Code::Approximated,
                &encoding.place,
                format!(
                    "the `{style}` of a part is ignored: an object is sent as JSON, and a list item by item"
                ),
                help,
            );
        }
    }

    /// Reports a value whose form in its style OpenAPI does not define.
    pub(in crate::lower) fn report_undefined(
        &mut self,
        place: &Pointer,
        schema: &Pointer,
        encoding: &ParameterEncoding,
    ) {
        let ParameterEncoding::Style { style, explode, .. } = *encoding else { return };
        let kind = self.surface(schema).kind;
        let is_list = kind == ValueKind::List;
        let (what, done) = match style {
            Style::DeepObject if is_list => {
                ("a list is written as a deep object", "each item gets its index")
            }
            Style::SpaceDelimited | Style::TabDelimited | Style::PipeDelimited if explode && is_list => {
                ("an exploded list is delimited", "each item becomes a parameter of its own")
            }
            Style::DeepObject => return,
            Style::Matrix
            | Style::Label
            | Style::Form
            | Style::Simple
            | Style::SpaceDelimited
            | Style::TabDelimited
            | Style::PipeDelimited => {
                if !self.holds_composed(schema) {
                    return;
                }
                ("nested objects and lists are written", "they are sent as JSON")
            }
        };
        let help = if self.spec.is_swagger(place) {
            "describe the value as a string, and write its form in the description"
        } else {
            "use `content` with `application/json`, or `deepObject` for an object"
        };
        self.warn(Code::Approximated, place, format!("OpenAPI does not define how {what}; {done}"), help);
    }

    /// Returns `true` if an item of the list, or a member of the object, is itself a list or an object.
    fn holds_composed(&mut self, schema: &Pointer) -> bool {
        let surface = self.surface(schema);
        let Some(keywords) = self.keywords(&surface.meant) else { return false };
        let inner: Vec<Pointer> = match surface.kind {
            ValueKind::List => keywords.items.iter().cloned().collect(),
            ValueKind::Object => keywords.properties.iter().map(|(_, property)| property.clone()).collect(),
            ValueKind::Map
            | ValueKind::Union
            | ValueKind::Any
            | ValueKind::Scalar(_)
            | ValueKind::StringEnum
            | ValueKind::IntegerEnum
            | ValueKind::ValueEnum
            | ValueKind::Null => Vec::new(),
        };
        inner.iter().any(|inner| {
            matches!(self.surface(inner).kind, ValueKind::List | ValueKind::Object | ValueKind::Map)
        })
    }

    /// Returns `true` for values that a single text cannot represent: objects, and lists of objects.
    pub(in crate::lower) fn is_composed(&mut self, schema: &Pointer) -> bool {
        let surface = self.surface(schema);
        match surface.kind {
            ValueKind::Object | ValueKind::Map | ValueKind::Union | ValueKind::Any => true,
            ValueKind::List => {
                let items = self.keywords(&surface.meant).and_then(|keywords| keywords.items.clone());
                items.is_some_and(|items| self.is_composed(&items))
            }
            ValueKind::Scalar(_)
            | ValueKind::StringEnum
            | ValueKind::IntegerEnum
            | ValueKind::ValueEnum
            | ValueKind::Null => false,
        }
    }
}

/// Returns the first of several media types.
pub(in crate::lower) fn first_of(allowed: &str) -> &str {
    allowed.split(',').next().unwrap_or_default().trim()
}

pub(in crate::lower) fn style_of_query(style: &QueryStyle, extensions: &IndexMap<String, Value>) -> Style {
    if extensions.get(TAB_DELIMITED) == Some(&Value::Bool(true)) {
        return Style::TabDelimited;
    }
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

/// Returns the encoding by a style, with the default of `explode` if the document omits it. A deep object always has
/// one parameter for each member.
pub(in crate::lower) fn by_style(
    style: Style,
    explode: Option<bool>,
    allow_reserved: bool,
) -> ParameterEncoding {
    let by_default = matches!(style, Style::Form | Style::DeepObject);
    let explode = explode.unwrap_or(by_default) || style == Style::DeepObject;
    ParameterEncoding::Style { style, explode, allow_reserved }
}
