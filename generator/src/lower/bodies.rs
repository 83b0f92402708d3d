//! A request body to what a caller sends.

use std::rc::Rc;

use super::Lowering;
use super::flat::{Flat, Others};
use super::media::{MediaKind, kind};
use super::naming::{Naming, Owner};
use super::surfaces::Kind;
use crate::diagnostic::Code;
use crate::ir::{Body, BodyKind, Docs, Example, Field, FileLabel, FileLabels, Part, Scalar, TypeRef};
use crate::name::{Name, words};
use crate::pointer::Pointer;

/// The media types that a request body is sent as, the best first.
const REQUEST_ORDER: &[MediaKind] = &[
    MediaKind::Json,
    MediaKind::OtherJson,
    MediaKind::Form,
    MediaKind::Multipart,
    MediaKind::Binary,
    MediaKind::Wildcard,
    MediaKind::Text,
    MediaKind::StructuredText,
    MediaKind::Events,
];

/// The same where a form takes files, which nothing else can carry.
const FILE_ORDER: &[MediaKind] = &[MediaKind::Multipart, MediaKind::Json];

impl Lowering<'_> {
    /// The request body of an operation.
    pub(super) fn body(&mut self, operation: &Pointer, owner: &Rc<Owner>) -> Option<Body> {
        let origin = self.spec.member(operation, "requestBody", self.diagnostics)?;
        let node = self.spec.request_body(&origin, self.diagnostics)?;
        self.report_lost_headers(&origin);
        let content = self.spec.media_types(&origin, self.diagnostics);
        let order = if self.has_file_form(&content) { FILE_ORDER } else { REQUEST_ORDER };
        let (media_type, place) = self.preferred(&content, order)?;
        let schema = self.spec.schema_of(&place);
        let kind = self.body_kind(&media_type, &place, schema.as_ref(), owner);
        let says = self.spec.node(&origin).and_then(|node| node.get("required")).is_some();
        let example = self.spec.example(&place, self.diagnostics);
        let example = example.or_else(|| self.notes(schema.as_ref()?).example);
        Some(Body {
            name: Name {
                wire: "request_body".to_owned(),
                words: vec!["request".to_owned(), "body".to_owned()],
            },
            origin,
            media_type: sent_media_type(&media_type, &kind),
            required: if says { node.required } else { demanded(&kind) },
            kind,
            example: example.map(Example),
            docs: Docs { title: None, description: node.description },
        })
    }

    /// True where one of the forms takes files.
    fn has_file_form(&mut self, content: &[(String, Pointer)]) -> bool {
        let forms = content.iter().filter(|(media_type, _)| kind(media_type) == MediaKind::Multipart);
        forms.filter_map(|(_, place)| self.spec.schema_of(place)).collect::<Vec<_>>().iter().any(|schema| {
            let meant = self.surface(schema).meant;
            let properties = self.keywords(&meant).map(|keywords| keywords.properties.clone());
            properties.unwrap_or_default().iter().any(|(_, property)| self.holds_files(property))
        })
    }

    fn body_kind(
        &mut self,
        media_type: &str,
        place: &Pointer,
        schema: Option<&Pointer>,
        owner: &Rc<Owner>,
    ) -> BodyKind {
        match self.meant_kind(media_type, schema) {
            MediaKind::Json | MediaKind::OtherJson => self.json_body(schema, owner),
            MediaKind::Form => match self.body_members(schema, owner) {
                Some(flat) => BodyKind::FormFields(self.fields(&flat)),
                None => self.text_instead(media_type, place),
            },
            MediaKind::Multipart => match self.body_members(schema, owner) {
                Some(flat) => BodyKind::Multipart(self.parts_of(place, &flat)),
                None => self.bytes_instead(media_type, place),
            },
            MediaKind::Text | MediaKind::Events => BodyKind::Text,
            MediaKind::StructuredText => self.text_instead(media_type, place),
            MediaKind::Binary | MediaKind::Wildcard => BodyKind::Binary,
        }
    }

    fn text_instead(&mut self, media_type: &str, place: &Pointer) -> BodyKind {
        self.report_text(media_type, place);
        BodyKind::Text
    }

    fn bytes_instead(&mut self, media_type: &str, place: &Pointer) -> BodyKind {
        self.warn(
            Code::Approximated,
            place,
            format!("the parts of `{media_type}` are not described; the body is taken as bytes"),
            "describe the parts as properties of an object",
        );
        BodyKind::Binary
    }

    /// A JSON body: its members where it is a plain object, else one value.
    fn json_body(&mut self, schema: Option<&Pointer>, owner: &Rc<Owner>) -> BodyKind {
        let Some(schema) = schema else { return BodyKind::Json(TypeRef::Any) };
        if self.is_binary(schema) {
            return BodyKind::Binary;
        }
        let plain = self.surface(schema);
        if plain.kind == Kind::Object && !plain.nullable {
            let owned = self.owned_flat(schema, owner);
            if let Some(flat) = owned
                && matches!(flat.others, Others::Unspecified | Others::Denied)
                && flat.has_members()
            {
                return BodyKind::JsonFields(self.fields(&flat));
            }
        }
        BodyKind::Json(self.type_of(schema, &Naming::part(owner, "request body")))
    }

    /// The members of a form or multipart body.
    fn body_members(&mut self, schema: Option<&Pointer>, owner: &Rc<Owner>) -> Option<Rc<Flat>> {
        let schema = schema?;
        let kind = self.surface(schema).kind;
        if kind == Kind::Union {
            return self.united_members(schema, owner);
        }
        let flat = self.owned_flat(schema, owner)?;
        (kind == Kind::Object && flat.has_members()).then_some(flat)
    }

    /// The flat view of a body whose members become arguments, so that they belong to the operation.
    fn owned_flat(&mut self, schema: &Pointer, owner: &Rc<Owner>) -> Option<Rc<Flat>> {
        let flat = self.flat_owned(schema, &Naming::of(owner))?;
        if flat.unions.is_empty() {
            return Some(flat);
        }
        // A union that amounts to one schema.
        let meant = self.surface(schema).meant;
        self.flat_owned(&meant, &Naming::of(owner)).filter(|flat| flat.unions.is_empty())
    }

    /// The members of all variants, none of them required unless all variants require it.
    fn united_members(&mut self, schema: &Pointer, owner: &Rc<Owner>) -> Option<Rc<Flat>> {
        let meant = self.surface(schema).meant;
        let union = self.flat_owned(&meant, &Naming::of(owner))?;
        let variants: Vec<Pointer> = union.unions.iter().flat_map(|union| union.variants.clone()).collect();
        let mut united: Option<Flat> = None;
        for variant in &variants {
            let flat = self.owned_flat(variant, owner).filter(|flat| flat.has_members())?;
            match &mut united {
                None => united = Some((*flat).clone()),
                Some(united) => {
                    united.required.retain(|name| flat.required.contains(name));
                    for (name, slots) in &flat.properties {
                        united.properties.entry(name.clone()).or_insert_with(|| slots.clone());
                    }
                }
            }
        }
        self.warn(
            Code::Approximated,
            &meant,
            "the variants of this body are taken as one set of members, of which any may be given",
            "describe the body as one object, or use `application/json`",
        );
        united.map(Rc::new)
    }

    fn parts_of(&mut self, place: &Pointer, flat: &Flat) -> Vec<Part> {
        let encodings = self.spec.encodings(place, self.diagnostics);
        let mut content_types = Vec::new();
        for (name, pointer) in encodings {
            let encoding = self.spec.encoding(&pointer, self.diagnostics);
            content_types.extend(encoding.and_then(|encoding| encoding.content_type).map(|ty| (name, ty)));
        }
        let fields = self.fields(flat);
        fields
            .into_iter()
            .map(|field| {
                let content_type = content_types.iter().find(|(name, _)| *name == field.name.wire);
                let content_type = content_type.map(|(_, content_type)| content_type.as_str());
                let file = self.is_file(&field, content_type);
                let labels = (file && !is_list(&field.ty)).then(|| Box::new(file_labels(&field)));
                Part { field, file, labels, content_type: content_type.and_then(sent_part_type) }
            })
            .collect()
    }

    /// A part is a file where it is binary, or text of a type that is not text; a list of such too.
    fn is_file(&mut self, field: &Field, content_type: Option<&str>) -> bool {
        let bytes = |allowed: &str| {
            let first = allowed.split(',').next().unwrap_or_default();
            kind(first) == MediaKind::Binary
        };
        let text = matches!(&field.ty, TypeRef::Scalar(Scalar::String) | TypeRef::Any);
        self.holds_files(&field.origin) || (text && content_type.is_some_and(bytes))
    }

    /// True for bytes, and for a list of such.
    fn holds_files(&mut self, schema: &Pointer) -> bool {
        if self.surface(schema).kind != Kind::List {
            return self.is_binary(schema);
        }
        let meant = self.surface(schema).meant;
        let items = self.keywords(&meant).and_then(|keywords| keywords.items.clone());
        items.is_some_and(|items| self.is_binary(&items))
    }
}

/// The arguments that label a file.
fn file_labels(file: &Field) -> FileLabels {
    let label = |suffix: &str, what: &str| {
        let mut name = Name::new(format!("{}_{suffix}", file.name.snake()));
        name.words.clone_from(&file.name.words);
        name.words.extend(words(suffix));
        let description = format!("{what} of the file, in place of what the upload says.");
        FileLabel { name, docs: Docs { title: None, description: Some(description) } }
    };
    FileLabels {
        file_name: label("file_name", "The name"),
        content_type: label("content_type", "The media type"),
    }
}

fn is_list(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::List(_) => true,
        TypeRef::Nullable(inner) => is_list(inner),
        TypeRef::Any | TypeRef::Scalar(_) | TypeRef::Tuple(_) | TypeRef::Map(_) | TypeRef::Def(_) => false,
    }
}

/// Whether a body whose `required` is left out is needed: it has to hold something.
fn demanded(kind: &BodyKind) -> bool {
    match kind {
        BodyKind::JsonFields(fields) | BodyKind::FormFields(fields) => {
            fields.iter().any(|field| field.required && !field.read_only)
        }
        BodyKind::Multipart(parts) => parts.iter().any(|part| part.field.required),
        BodyKind::Json(_) | BodyKind::Binary | BodyKind::Text => true,
    }
}

/// The media type that a part is sent with, of those that a document allows: the first one that is no range.
fn sent_part_type(allowed: &str) -> Option<String> {
    let mut types = allowed.split(',').map(str::trim);
    types.find(|media_type| !media_type.is_empty() && !media_type.contains('*')).map(str::to_owned)
}

/// The media type of a request: ranges have to become one type.
fn sent_media_type(media_type: &str, kind: &BodyKind) -> String {
    if !media_type.contains('*') {
        return media_type.to_owned();
    }
    match kind {
        BodyKind::JsonFields(_) | BodyKind::Json(_) => "application/json",
        BodyKind::FormFields(_) => "application/x-www-form-urlencoded",
        BodyKind::Multipart(_) => "multipart/form-data",
        BodyKind::Binary => "application/octet-stream",
        BodyKind::Text => "text/plain",
    }
    .to_owned()
}
