//! Lowers the members of a form to fields or parts, with their encodings.

use std::rc::Rc;

use super::encodings::{MemberEncoding, by_style, first_of};
use super::media::{MediaKind, kind};
use crate::diagnostic::Code;
use crate::diagnostic::nearest::nearest;
use crate::ir::{
    Docs, Field, FileLabel, FileLabels, FormField, Header, Location, Parameter, Part, Scalar, Style, TypeRef,
};
use crate::lower::Lowering;
use crate::lower::names::type_names::Owner;
use crate::lower::schemas::flat::{Flat, Others};
use crate::lower::schemas::value_kinds::ValueKind;
use crate::name::{Name, words};
use crate::pointer::Pointer;
use crate::spec::Type;

impl Lowering<'_> {
    /// Lowers the fields of a form.
    pub(in crate::lower) fn form_fields(&mut self, media_type: &Pointer, flat: &Flat) -> Vec<FormField> {
        let encodings = self.encodings_of(media_type, flat);
        let fields = self.fields(flat).into_iter();
        let fields = fields.map(|field| {
            self.report_file(&field.origin);
            let encoding = self.form_encoding(&field.origin, of(&encodings, &field));
            FormField { field, encoding }
        });
        let mut fields: Vec<FormField> = fields.collect();
        // In this style, each member of an object is a field of its own.
        let encoding = by_style(Style::Form, Some(true), false);
        fields.extend(self.other_members(flat, "fields").map(|field| FormField { field, encoding }));
        fields
    }

    /// Lowers the parts of a form, in document order.
    pub(in crate::lower) fn form_parts(
        &mut self,
        media_type: &Pointer,
        flat: &Flat,
        owner: &Rc<Owner>,
    ) -> Vec<Part> {
        let encodings = self.encodings_of(media_type, flat);
        let fields = self.fields(flat).into_iter();
        let parts = fields.map(|field| self.part(of(&encodings, &field), field, owner));
        let mut parts: Vec<Part> = parts.collect();
        if is_bare(flat) {
            self.warn(
                Code::Approximated,
                media_type,
                "no part of this form is described; parts can be added by name, but not as files",
                "describe the parts as properties, or files as `additionalProperties`",
            );
        }
        if let Some(field) = self.other_members(flat, "parts") {
            let file = match &flat.others {
                Others::Schema(slot) => {
                    let file = self.is_binary(&slot.pointer);
                    if !file {
                        self.report_nested_file(&slot.pointer);
                    }
                    file
                }
                Others::Unspecified | Others::Denied | Others::Any => false,
            };
            let (labels, content_type, headers) = (None, None, Vec::new());
            parts.push(Part { field, file, spread: true, labels, content_type, headers });
        }
        parts
    }

    /// Returns the encodings of the members of a form. Reports those of members that the schema does not name.
    fn encodings_of(&mut self, media_type: &Pointer, flat: &Flat) -> Vec<MemberEncoding> {
        let encodings = self.member_encodings(media_type);
        for encoding in encodings.iter().filter(|known| !flat.properties.contains_key(known.name.as_str())) {
            let name = &encoding.name;
            let help = nearest(name, flat.properties.keys().map(|name| &**name)).map_or_else(
                || format!("add `{name}` to the properties of the schema, or remove its encoding"),
                |meant| format!("did you mean `{meant}`?"),
            );
            let message = format!("the schema has no property `{name}`; its encoding is ignored");
            self.warn(Code::Malformed, &encoding.place, message, help);
        }
        encodings
    }

    /// Reports a file in a form whose members are texts.
    fn report_file(&mut self, schema: &Pointer) {
        if self.holds_files(schema) {
            self.warn(
                Code::Approximated,
                schema,
                "a file cannot be sent in `application/x-www-form-urlencoded`; the member is sent as text",
                "use `multipart/form-data`",
            );
        }
    }

    /// Returns the argument for the members of a form that the document allows without naming them.
    fn other_members(&mut self, flat: &Flat, what: &str) -> Option<Field> {
        if !describes_others(flat) {
            return None;
        }
        let ty = match &flat.others {
            Others::Schema(slot) => self.type_of(&slot.pointer, &slot.naming.with("additional")),
            Others::Unspecified | Others::Denied | Others::Any => TypeRef::Any,
        };
        let mut name = Name::new(format!("additional_{what}"));
        while flat.properties.contains_key(name.wire.as_str()) {
            name = Name::new(format!("more_{}", name.wire));
        }
        let description = format!("Further {what} of the form, by name.");
        Some(Field {
            name,
            ty: TypeRef::Map(Box::new(ty)),
            required: false,
            indirect: false,
            was_in_place: false,
            is_left_out: false,
            was_optional: false,
            preset: None,
            read_only: false,
            write_only: false,
            deprecated: false,
            secret: false,
            default: None,
            example: None,
            docs: Docs { title: None, description: Some(description.into()) },
            origin: flat.pointer.child("additionalProperties"),
        })
    }

    fn part(&mut self, encoding: Option<&MemberEncoding>, mut field: Field, owner: &Rc<Owner>) -> Part {
        let content_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let file = self.is_file(&field, content_type) || self.is_union_of_files(&mut field);
        let mut headers = Vec::new();
        if let Some(encoding) = encoding {
            self.report_part_style(&field.origin, encoding);
            let described = self.headers(&encoding.place, owner);
            headers.extend(described.into_iter().map(|header| part_header(&field, header)));
            if !file {
                self.as_text(&mut field, encoding);
            }
        }
        if !file {
            self.report_nested_file(&field.origin);
        }
        let labels = (file && !is_list(&field.ty)).then(|| Box::new(file_labels(&field)));
        Part {
            field,
            file,
            spread: false,
            labels,
            content_type: content_type.and_then(sent_part_type),
            headers,
        }
    }

    /// Returns `true` if a part is a file: binary, a string with a binary media type, or a list of these.
    fn is_file(&mut self, field: &Field, content_type: Option<&str>) -> bool {
        let text = matches!(&field.ty, TypeRef::Scalar(Scalar::String) | TypeRef::Any);
        self.holds_files(&field.origin)
            || (text && content_type.is_some_and(|allowed| kind(first_of(allowed)) == MediaKind::Binary))
    }

    /// Returns `true` if all variants of a part are files or lists of files. The part is then a file, or a list of them.
    fn is_union_of_files(&mut self, field: &mut Field) -> bool {
        let surface = self.surface(&field.origin);
        if !matches!(surface.kind, ValueKind::Union | ValueKind::Scalar(Scalar::String)) {
            return false;
        }
        let naming = self.unnamed();
        let Some(flat) = self.flat(&surface.meant, &naming) else { return false };
        let mut variants: Vec<Pointer> =
            flat.unions.iter().flat_map(|union| union.variants.iter().cloned()).collect();
        variants.retain(|variant| self.surface(variant).kind != ValueKind::Null);
        let files = variants.iter().filter(|variant| self.holds_files(variant)).count();
        if files == 0 {
            return false;
        }
        if files < variants.len() {
            self.warn(
                Code::Approximated,
                &field.origin,
                "a variant of this part is a file and another one is not; the part is sent as text",
                "describe the file as a part of its own, or all variants as files",
            );
            return false;
        }
        let file = TypeRef::Scalar(Scalar::String);
        let is_list = variants.iter().any(|variant| self.surface(variant).kind == ValueKind::List);
        let ty = if is_list { TypeRef::List(Box::new(file)) } else { file };
        field.ty = if surface.nullable { ty.or_null() } else { ty };
        true
    }

    /// Lets the caller provide the text of a part whose format is not supported.
    fn as_text(&mut self, field: &mut Field, encoding: &MemberEncoding) {
        let media_type = encoding.content_type.as_deref().map(first_of).unwrap_or_default();
        let is_written = media_type.is_empty() || kind(media_type).carries_json();
        if is_written || !self.is_composed(&field.origin) {
            return;
        }
        self.warn(
            Code::Approximated,
            &encoding.place,
            format!("`{media_type}` cannot be expressed as a type; the part is sent as text"),
            "use `application/json`, or send the text",
        );
        let text = TypeRef::Scalar(Scalar::String);
        let is_list = self.surface(&field.origin).kind == ValueKind::List;
        field.ty = if is_list { TypeRef::List(Box::new(text)) } else { text };
    }

    /// Returns `true` for bytes and lists of bytes.
    pub(in crate::lower) fn holds_files(&mut self, schema: &Pointer) -> bool {
        let surface = self.surface(schema);
        if surface.kind != ValueKind::List {
            return self.is_binary(schema);
        }
        let items = self.keywords(&surface.meant).and_then(|keywords| keywords.items.clone());
        items.is_some_and(|items| self.is_binary(&items))
    }
}

/// Returns `true` for an object whose further members are described, or that says nothing about its members.
pub(in crate::lower) fn describes_others(flat: &Flat) -> bool {
    match flat.others {
        Others::Any | Others::Schema(_) => true,
        Others::Unspecified => is_bare(flat),
        Others::Denied => false,
    }
}

/// Returns `true` for an object that says nothing about its members.
pub(super) fn is_bare(flat: &Flat) -> bool {
    matches!(flat.others, Others::Unspecified) && flat.ty == Some(Type::Object) && !flat.has_members()
}

fn of<'a>(encodings: &'a [MemberEncoding], field: &Field) -> Option<&'a MemberEncoding> {
    encodings.iter().find(|encoding| encoding.name == field.name.wire)
}

/// Returns the arguments that override the name and media type of a file.
fn file_labels(file: &Field) -> FileLabels {
    let label = |suffix: &str, label: &str| {
        let mut name = Name::new(format!("{}_{suffix}", file.name.snake()));
        name.words.clone_from(&file.name.words);
        name.words.extend(words(suffix));
        let description = format!("{label}, overriding that of the upload.");
        FileLabel { name, docs: Docs { title: None, description: Some(description.into()) } }
    };
    FileLabels {
        file_name: label("file_name", "The file name"),
        content_type: label("content_type", "The media type of the file"),
    }
}

fn is_list(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::List(_) => true,
        TypeRef::Nullable(inner) => is_list(inner),
        TypeRef::Any | TypeRef::Scalar(_) | TypeRef::Tuple(_) | TypeRef::Map(_) | TypeRef::Def(_) => false,
    }
}

/// Converts a header of a part to a parameter, whose name starts with that of the part.
fn part_header(field: &Field, header: Header) -> Parameter {
    let Header { name, ty, encoding, docs, deprecated, origin } = header;
    let words = field.name.words.iter().chain(&name.words).cloned().collect();
    Parameter {
        name: Name { words, ..name },
        origin,
        location: Location::Header,
        encoding,
        required: false,
        ty,
        constant: None,
        default: None,
        example: None,
        docs,
        deprecated,
    }
}

/// Returns the media type to send for a part: the first allowed one that is not a range.
fn sent_part_type(allowed: &str) -> Option<String> {
    let mut types = allowed.split(',').map(str::trim);
    types.find(|media_type| !media_type.is_empty() && !media_type.contains('*')).map(str::to_owned)
}
