//! Selects the forms in which a body is sent or requested from its media types.

use std::collections::BTreeSet;

use super::media::{MediaKind, essence, is_json_patch, kind, patch_format};
use crate::lower::Lowering;
use crate::lower::released::{BodiesByForm, ReleasedBody};
use crate::lower::schemas::value_kinds::ValueKind;
use crate::name::words;
use crate::pointer::Pointer;
use crate::spec::grammar::Kind;

/// A form of a body: one of its media types.
#[derive(Clone, Debug)]
pub(in crate::lower) struct BodyForm {
    pub(in crate::lower) media_type: String,
    /// The media type object.
    pub(in crate::lower) place: Pointer,
    pub(in crate::lower) schema: Option<Pointer>,
    /// The kind of the media type, refined by the schema.
    pub(in crate::lower) kind: MediaKind,
    /// The arguments that the released method with this form takes for the body.
    pub(in crate::lower) released: Option<ReleasedBody>,
    /// Further media types of the same text or bytes.
    pub(in crate::lower) also: Vec<String>,
}

/// The forms in the last release of one body.
pub(in crate::lower) enum Released<'a> {
    /// The bodies of a request.
    Request(&'a BodiesByForm),
    /// The media types of a response.
    Response(&'a BTreeSet<String>),
}

impl Released<'_> {
    /// Marks the forms that were released.
    fn mark(&self, forms: &mut [BodyForm]) {
        match self {
            Self::Request(released) if released.is_empty() => {}
            Self::Request(released) => {
                let media_types: Vec<String> = forms.iter().map(|form| form.media_type.clone()).collect();
                for form in forms {
                    let Some(known) = released.get(&form_words(form).join("_")) else { continue };
                    // Of media types with the same words, the one that was sent before is the released one.
                    let other = known.media_type.as_ref().filter(|sent| **sent != form.media_type);
                    if other.is_none_or(|sent| !media_types.contains(sent)) {
                        form.released = Some(known.body);
                    }
                }
            }
            Self::Response(released) => {
                for form in forms.iter_mut().filter(|form| released.contains(form.media_type.trim())) {
                    form.released = Some(ReleasedBody::Other);
                }
            }
        }
    }
}

impl Lowering<'_> {
    /// Returns the distinct forms, the best one first: by this order of kinds, JSON
    /// without a schema behind JSON with one, then by whether the schema fits, then by
    /// the length and the text of the media type. Media types that differ only in their parameters are one form, unless
    /// several have a schema. All kinds of bytes are one form, of the media type that the document lists first. Of forms
    /// that carry the same, the released one stays, else the best one, without loss.
    pub(in crate::lower) fn forms(
        &mut self,
        content: Vec<(String, Pointer)>,
        order: &[MediaKind],
        released: &Released<'_>,
    ) -> Vec<BodyForm> {
        let mut all: Vec<BodyForm> =
            content.into_iter().map(|(media_type, place)| self.form(media_type, place)).collect();
        released.mark(&mut all);
        all.sort_by_cached_key(|form| {
            let place = |kind| order.iter().position(|known| *known == kind).unwrap_or(usize::MAX);
            let own = kind(&form.media_type);
            // JSON with a schema comes before JSON without one.
            let is_json = class(own) == MediaKind::Json;
            let places =
                (place(if is_json { MediaKind::Json } else { own }), is_json && form.schema.is_none());
            let text = if form.kind == MediaKind::Binary { "" } else { form.media_type.as_str() };
            (places, place(own), self.is_misfit(form), text.len(), text.to_owned())
        });
        let mut forms: Vec<BodyForm> = Vec::new();
        for form in with_one_schema(all) {
            match forms.iter().position(|known| self.carries_the_same(known, &form)) {
                None => forms.push(form),
                Some(place)
                    if forms[place].released.is_none() && self.can_send_more(&form, &forms[place]) =>
                {
                    forms[place] = form;
                }
                Some(place) if form.released.is_none() => forms[place].remember(&form),
                Some(place) if forms[place].is_replaced_by(&form) => {
                    let former = std::mem::replace(&mut forms[place], form);
                    forms[place].remember(&former);
                }
                Some(place) if form_words(&forms[place]) == form_words(&form) => {}
                Some(_) => forms.push(form),
            }
        }
        forms
    }

    fn form(&mut self, media_type: String, place: Pointer) -> BodyForm {
        self.spec.check_members(Kind::MediaType, &place, self.diagnostics);
        let schema = self.body_schema(&media_type, &place);
        let kind = match self.is_stream_of_parts(&media_type, &place) {
            true => MediaKind::Lines,
            false => self.meant_kind(&media_type, schema.as_ref()),
        };
        let form = BodyForm::new(media_type, place, schema, kind);
        match self.gateway_stream(&form) {
            Some(_) => BodyForm { kind: MediaKind::Lines, ..form },
            None => form,
        }
    }

    /// Returns `true` for a JSON patch whose schema does not describe a list.
    pub(in crate::lower) fn is_misfit(&mut self, form: &BodyForm) -> bool {
        let Some(schema) = form.schema.as_ref().filter(|_| is_json_patch(&form.media_type)) else {
            return false;
        };
        match self.surface(schema).kind {
            ValueKind::Object | ValueKind::Map | ValueKind::Scalar(_) => true,
            ValueKind::List
            | ValueKind::Union
            | ValueKind::Any
            | ValueKind::StringEnum
            | ValueKind::IntegerEnum
            | ValueKind::ValueEnum
            | ValueKind::Null => false,
        }
    }

    fn carries_the_same(&mut self, known: &BodyForm, form: &BodyForm) -> bool {
        match (&known.schema, &form.schema) {
            _ if patch_format(&known.media_type) != patch_format(&form.media_type) => false,
            _ if is_flow(known.kind) || is_flow(form.kind) => known.kind == form.kind,
            // Bytes are the same for a caller, whatever their media type.
            _ if known.kind == MediaKind::Binary && form.kind == MediaKind::Binary => true,
            (Some(known), Some(form)) => self.is_same_schema(known, form),
            // Without a schema, it repeats the described form in a format that is not supported.
            (Some(_), None) if form.kind == MediaKind::StructuredText => true,
            (Some(_) | None, None) => class(known.kind) == class(form.kind),
            (None, Some(_)) => false,
        }
    }

    /// Returns `true` for a form with files, in place of one whose members are texts.
    fn can_send_more(&mut self, form: &BodyForm, known: &BodyForm) -> bool {
        let Some(schema) = form
            .schema
            .as_ref()
            .filter(|_| known.kind == MediaKind::Form && form.kind == MediaKind::Multipart)
        else {
            return false;
        };
        let meant = self.surface(schema).meant;
        let naming = self.unnamed();
        let flat = self.flat(&meant, &naming);
        let members: Vec<Pointer> = flat
            .iter()
            .flat_map(|flat| flat.properties.values().flatten())
            .map(|slot| slot.pointer.clone())
            .collect();
        members.iter().any(|member| self.holds_files(member))
    }

    /// Returns `true` for schemas that are written alike, or mean the same named schema.
    pub(in crate::lower) fn is_same_schema(&mut self, one: &Pointer, other: &Pointer) -> bool {
        self.spec.node(one) == self.spec.node(other) || self.surface(one).meant == self.surface(other).meant
    }
}

impl BodyForm {
    pub(in crate::lower) fn new(
        media_type: String,
        place: Pointer,
        schema: Option<Pointer>,
        kind: MediaKind,
    ) -> Self {
        Self { media_type, place, schema, kind, released: None, also: Vec::new() }
    }

    /// Remembers the media types of another form with the same text or bytes.
    fn remember(&mut self, other: &Self) {
        if matches!(class(self.kind), MediaKind::Text | MediaKind::Binary)
            && class(self.kind) == class(other.kind)
        {
            let others = [&other.media_type].into_iter().chain(&other.also);
            self.also.extend(others.filter(|media_type| !media_type.contains('*')).cloned());
        }
    }

    /// Returns `true` if a released form that carries the same makes this one superfluous. Text does not replace a form
    /// with members.
    fn is_replaced_by(&self, released: &Self) -> bool {
        let is_text = |form: &Self| class(form.kind) == MediaKind::Text;
        self.released.is_none() && (is_text(self) || !is_text(released))
    }
}

/// Merges media types that differ only in their parameters, if at most one has a schema.
fn with_one_schema(forms: Vec<BodyForm>) -> Vec<BodyForm> {
    let mut merged: Vec<BodyForm> = Vec::with_capacity(forms.len());
    for form in forms {
        let name = essence(&form.media_type);
        match merged.iter_mut().find(|known| essence(&known.media_type) == name) {
            Some(_) if form.schema.is_none() => {}
            Some(known) if known.schema.is_none() => {
                let media_type = std::mem::take(&mut known.media_type);
                *known = BodyForm { media_type, ..form };
            }
            Some(_) | None => merged.push(form),
        }
    }
    merged
}

/// Returns `true` for values that arrive one after the other.
pub(in crate::lower) fn is_flow(kind: MediaKind) -> bool {
    matches!(kind, MediaKind::Events | MediaKind::Lines)
}

/// Merges kinds that are the same for a caller.
pub(in crate::lower) fn class(kind: MediaKind) -> MediaKind {
    match kind {
        MediaKind::Json | MediaKind::OtherJson => MediaKind::Json,
        MediaKind::Text | MediaKind::StructuredText => MediaKind::Text,
        MediaKind::Form
        | MediaKind::Multipart
        | MediaKind::Events
        | MediaKind::Lines
        | MediaKind::Wildcard
        | MediaKind::Binary => kind,
    }
}

/// Returns the words that distinguish a form from others: `csv` for `text/csv`.
pub(in crate::lower) fn form_words(form: &BodyForm) -> Vec<String> {
    let essence = essence(&form.media_type);
    let known = match essence.as_str() {
        "application/x-www-form-urlencoded" => "form",
        "multipart/form-data" => "multipart",
        "application/octet-stream" => "bytes",
        "text/plain" => "text",
        "text/event-stream" => "events",
        _ if form.kind == MediaKind::Lines && essence.starts_with("multipart/") => "parts",
        _ if form.kind == MediaKind::Lines => "lines",
        _ if essence.contains('*') => match form.kind {
            MediaKind::Text | MediaKind::StructuredText => "text",
            MediaKind::Json | MediaKind::OtherJson => "json",
            MediaKind::Form
            | MediaKind::Multipart
            | MediaKind::Events
            | MediaKind::Lines
            | MediaKind::Wildcard
            | MediaKind::Binary => "bytes",
        },
        _ => "",
    };
    let subtype = essence.split_once('/').map_or(essence.as_str(), |(_, subtype)| subtype);
    let name = if known.is_empty() { subtype.strip_suffix("+json").unwrap_or(subtype) } else { known };
    let mut words = words(name);
    if words.len() > 1 && matches!(words[0].as_str(), "vnd" | "x") {
        words.remove(0);
    }
    if words.is_empty() { vec!["other".to_owned()] } else { words }
}

/// Returns the words of the whole media type.
pub(in crate::lower) fn spelled_out(form: &BodyForm) -> Vec<String> {
    words(&form.media_type.replace(['/', '+', ';', '='], " "))
}

#[cfg(test)]
mod tests {
    use super::{BodyForm, form_words};
    use crate::lower::bodies::media::kind;
    use crate::pointer::{DocumentId, Pointer};

    #[test]
    fn forms_are_called_by_their_media_types() {
        let words = |media_type: &str| {
            let place = Pointer::root(DocumentId(0));
            let kind = kind(media_type);
            form_words(&BodyForm::new(media_type.to_owned(), place, None, kind)).join(" ")
        };
        assert_eq!(words("application/x-www-form-urlencoded"), "form");
        assert_eq!(words("text/plain; charset=utf-8"), "text");
        assert_eq!(words("Application/Merge-Patch+JSON"), "merge patch");
        assert_eq!(words("application/vnd.example.v2+json"), "example v2");
        assert_eq!(words("image/*"), "bytes");
        assert_eq!(words("image/svg+xml"), "svg xml");
        assert_eq!(words("///"), "other");
    }
}
