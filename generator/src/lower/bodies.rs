//! Lowers request bodies.

pub(super) mod media_types;
pub(super) mod media;
pub(super) mod encodings;
mod parts;
mod nested_files;
pub(super) mod stream_flag;
mod sequences;
mod gateway_streams;

use std::rc::Rc;

use super::Lowering;
use super::names::type_names::{Naming, Owner};
use super::released::{BodiesByForm, ReleasedBody};
use super::schemas::flat::{Flat, Others};
use super::schemas::value_kinds::ValueKind;
use crate::diagnostic::Code;
use crate::ir::{Body, BodyKind, Docs, Example, ForeignText, FormField, TypeRef};
use crate::name::Name;
use crate::pointer::Pointer;
use crate::spec::Type;
use media::{MediaKind, kind};
use media_types::{BodyForm, Released};
use parts::describes_others;

/// The kinds of media types for a request body, in order of preference.
const REQUEST_ORDER: &[MediaKind] = &[
    MediaKind::Json,
    MediaKind::OtherJson,
    MediaKind::Form,
    MediaKind::Multipart,
    MediaKind::Binary,
    MediaKind::Wildcard,
    MediaKind::Text,
    MediaKind::StructuredText,
    MediaKind::Lines,
    MediaKind::Events,
];

impl Lowering<'_> {
    /// Returns the forms in which the request body of an operation can be sent.
    pub(super) fn body_forms(&mut self, operation: &Pointer, released: &BodiesByForm) -> Vec<BodyForm> {
        let Some(origin) = self.spec.body_of(operation, self.diagnostics) else {
            return Vec::new();
        };
        let content = self.spec.media_types(&origin, self.diagnostics);
        if self.spec.node(&origin.child("content")).is_none() {
            // An object that is left has members which are reported.
            self.spec.request_body(&origin, self.diagnostics);
            self.warn(
                Code::Malformed,
                &origin,
                "this request body has no `content`, so that nothing is sent",
                "describe the body by media type: `content: { application/json: { schema: … } }`",
            );
        }
        let mut forms = self.forms(content, REQUEST_ORDER, &Released::Request(released));
        // A body of any media type is sent as bytes, even if its schema describes text.
        let is_any_text = |form: &&mut BodyForm| {
            kind(&form.media_type) == MediaKind::Wildcard && form.kind == MediaKind::Text
        };
        forms.iter_mut().filter(is_any_text).for_each(|form| form.kind = MediaKind::Binary);
        forms
    }

    /// Lowers the request body of an operation in one of its forms.
    pub(super) fn body(&mut self, operation: &Pointer, form: &BodyForm, owner: &Rc<Owner>) -> Option<Body> {
        let origin = self.spec.body_of(operation, self.diagnostics)?;
        if self.is_empty_form(form, owner) {
            return None;
        }
        let node = self.spec.request_body(&origin, self.diagnostics)?;
        let kind = self.body_kind(form, owner);
        let says = self.spec.node(&origin).and_then(|node| node.get("required")).is_some();
        let example = self.spec.example(&form.place, self.diagnostics);
        let example = example.or_else(|| self.annotations(form.schema.as_ref()?).example);
        Some(Body {
            name: Name::new("request_body"),
            origin,
            media_type: sent_media_type(&form.media_type, &kind),
            required: if says { node.required } else { has_required(&kind) },
            may_be_empty: says && !node.required,
            docs: self.body_docs(node.description, form, &kind),
            kind,
            example: example.map(Example),
        })
    }

    /// Returns the docs of a body: its own description, else that of the schema unless a type or arguments stand for it.
    fn body_docs(&mut self, description: Option<String>, form: &BodyForm, kind: &BodyKind) -> Docs {
        let of_schema = match kind {
            BodyKind::Json(ty) | BodyKind::JsonLines(ty) => !matches!(ty.non_null(), TypeRef::Def(_)),
            BodyKind::Binary | BodyKind::Text => true,
            BodyKind::JsonFields(_) | BodyKind::FormFields(_) | BodyKind::Multipart(_) => false,
        };
        let schema = form.schema.as_ref().filter(|_| of_schema && description.is_none());
        let docs = schema.map(|schema| self.annotations(schema).docs).unwrap_or_default();
        let description = description.map(Into::into).or(docs.description).or(docs.title);
        Docs { title: None, description: with_media_types(description, form, kind) }
    }

    fn body_kind(&mut self, form: &BodyForm, owner: &Rc<Owner>) -> BodyKind {
        let BodyForm { media_type, place, kind, .. } = form;
        match kind {
            MediaKind::Json | MediaKind::OtherJson => self.json_body(form, owner),
            MediaKind::Form => match self.members_of_form(form, owner) {
                Some(fields) => BodyKind::FormFields(fields),
                None => self.text_instead(media_type, place),
            },
            MediaKind::Multipart => match self.body_members(form, owner) {
                Some(flat) => BodyKind::Multipart(self.form_parts(place, &flat, owner)),
                None => self.bytes_instead(media_type, place),
            },
            MediaKind::Lines => {
                self.report_gateway_stream(form);
                let naming = Naming::part(owner, "request line");
                BodyKind::JsonLines(self.item_type(form, &naming))
            }
            MediaKind::Events => {
                let naming = Naming::part(owner, "request event");
                match self.sent_event_type(form, &naming) {
                    Some(ty) => BodyKind::JsonLines(ty),
                    None => self.text_of(form),
                }
            }
            MediaKind::Text => self.text_of(form),
            MediaKind::StructuredText => self.text_instead(media_type, place),
            MediaKind::Binary | MediaKind::Wildcard => {
                self.report_unused_schema(form);
                BodyKind::Binary
            }
        }
    }

    fn text_of(&mut self, form: &BodyForm) -> BodyKind {
        self.report_unused_schema(form);
        BodyKind::Text
    }

    /// Returns the members of a form; `None` if it has none.
    pub(super) fn members_of_form(&mut self, form: &BodyForm, owner: &Rc<Owner>) -> Option<Vec<FormField>> {
        let flat = self.body_members(form, owner)?;
        Some(self.form_fields(&form.place, &flat))
    }

    /// Returns `true` for a form without members, which is not sent.
    fn is_empty_form(&mut self, form: &BodyForm, owner: &Rc<Owner>) -> bool {
        let Some(schema) =
            form.schema.as_ref().filter(|_| matches!(form.kind, MediaKind::Form | MediaKind::Multipart))
        else {
            return false;
        };
        let meant = self.surface(schema).meant;
        let lists_none = self.spec.node(&meant.child("properties")).is_some();
        self.flat_owned(&meant, &Naming::of(owner)).is_some_and(|flat| match flat.others {
            _ if flat.has_members() || !flat.unions.is_empty() || flat.ty != Some(Type::Object) => false,
            Others::Unspecified => lists_none,
            Others::Denied => true,
            Others::Any | Others::Schema(_) => false,
        })
    }

    fn text_instead(&mut self, media_type: &str, place: &Pointer) -> BodyKind {
        self.report_text(media_type, place);
        BodyKind::Text
    }

    fn bytes_instead(&mut self, media_type: &str, place: &Pointer) -> BodyKind {
        self.warn(
            Code::Approximated,
            place,
            format!("the parts of `{media_type}` are not described; the body is sent as bytes"),
            "describe the parts as properties of an object",
        );
        BodyKind::Binary
    }

    /// Lowers a JSON body: to its members if it is a plain object, else to one value. A released body stays what it was.
    fn json_body(&mut self, form: &BodyForm, owner: &Rc<Owner>) -> BodyKind {
        let Some(schema) = &form.schema else { return BodyKind::Json(TypeRef::Any) };
        if self.is_binary(schema) {
            return BodyKind::Binary;
        }
        let had_members = form.released == Some(ReleasedBody::Members);
        if self.is_misfit(form) {
            self.report_patch_schema(form);
            return BodyKind::Json(TypeRef::List(Box::new(TypeRef::Any)));
        }
        let plain = self.surface(schema);
        let is_object = plain.kind == ValueKind::Object && (!plain.nullable || had_members);
        if is_object && form.released != Some(ReleasedBody::Whole) {
            let owned = self.owned_flat(schema, owner).filter(|flat| flat.has_members());
            let is_closed = |flat: &Flat| matches!(flat.others, Others::Unspecified | Others::Denied);
            match owned {
                Some(flat) if is_closed(&flat) => return BodyKind::JsonFields(self.fields(&flat)),
                Some(flat) if had_members => {
                    self.report_fixed_members(&form.place);
                    return BodyKind::JsonFields(self.fields(&flat));
                }
                Some(_) | None => {}
            }
        }
        BodyKind::Json(self.type_of(schema, &Naming::part(owner, "request body")))
    }

    fn report_patch_schema(&mut self, form: &BodyForm) {
        self.warn(
            Code::Approximated,
            &form.place,
            format!(
                "the content of `{}` is a list of operations, but the schema does not describe a list; any list is accepted",
                form.media_type
            ),
            "describe the operations as an array, or remove the media type",
        );
    }

    fn report_fixed_members(&mut self, place: &Pointer) {
        self.warn(
            Code::Approximated,
            place,
            "additional members of this body are left out, since the released method takes its members one by one",
            "generate with `--no-lock` for the next major version to take the body as one value",
        );
    }

    /// Returns the members of a form or multipart body. A released body without named members stays what it was.
    fn body_members(&mut self, form: &BodyForm, owner: &Rc<Owner>) -> Option<Rc<Flat>> {
        let schema = form.schema.as_ref()?;
        let kind = self.surface(schema).kind;
        if kind == ValueKind::Union {
            return self.united_members(schema, owner);
        }
        let flat = self.owned_flat(schema, owner)?;
        let is_map = describes_others(&flat) && form.released != Some(ReleasedBody::Other);
        let has_members = match kind {
            ValueKind::Object => flat.has_members(),
            ValueKind::Map => is_map,
            ValueKind::Null
            | ValueKind::Any
            | ValueKind::Scalar(_)
            | ValueKind::StringEnum
            | ValueKind::IntegerEnum
            | ValueKind::ValueEnum
            | ValueKind::List
            | ValueKind::Union => false,
        };
        has_members.then_some(flat)
    }

    /// Returns the flat view of a body whose members become arguments and so belong to the operation.
    fn owned_flat(&mut self, schema: &Pointer, owner: &Rc<Owner>) -> Option<Rc<Flat>> {
        let flat = self.flat_owned(schema, &Naming::of(owner))?;
        if flat.unions.is_empty() {
            return Some(flat);
        }
        // The union may amount to one schema.
        let meant = self.surface(schema).meant;
        self.flat_owned(&meant, &Naming::of(owner)).filter(|flat| flat.unions.is_empty())
    }

    /// Merges the members of all variants. A member is required only if all variants require it.
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
            "the variants of this body are merged into one set of members",
            "describe the body as one object, or use `application/json`",
        );
        united.map(Rc::new)
    }
}

/// Returns `true` if a part of the body is required, so that a call needs a body unless the document denies it.
fn has_required(kind: &BodyKind) -> bool {
    match kind {
        BodyKind::JsonFields(fields) => fields.iter().any(|field| field.required && !field.read_only),
        BodyKind::FormFields(fields) => {
            fields.iter().any(|FormField { field, .. }| field.required && !field.read_only)
        }
        BodyKind::Multipart(parts) => parts.iter().any(|part| part.field.required),
        BodyKind::Json(_) | BodyKind::JsonLines(_) | BodyKind::Binary | BodyKind::Text => false,
    }
}

/// Adds the media types that callers can choose from to the description of text or bytes.
fn with_media_types(
    description: Option<ForeignText>,
    form: &BodyForm,
    kind: &BodyKind,
) -> Option<ForeignText> {
    let choice = match kind {
        BodyKind::Binary => "`Upload::content_type` sets another one",
        BodyKind::Text => "`extra_header` with `content-type` sets another one",
        BodyKind::JsonFields(_)
        | BodyKind::Json(_)
        | BodyKind::JsonLines(_)
        | BodyKind::FormFields(_)
        | BodyKind::Multipart(_) => return description,
    };
    if form.also.is_empty() {
        return description;
    }
    let sent = sent_media_type(&form.media_type, kind);
    let others: Vec<String> = form.also.iter().map(|media_type| format!("`{media_type}`")).collect();
    let note = format!("The media type is `{sent}`; {choice}: {}.", others.join(", "));
    Some(match description {
        Some(text) => format!("{}\n\n{note}", text.as_written()).into(),
        None => note.into(),
    })
}

/// Returns the media type to send. A range becomes a concrete type.
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
        BodyKind::JsonLines(_) => "application/jsonl",
    }
    .to_owned()
}
