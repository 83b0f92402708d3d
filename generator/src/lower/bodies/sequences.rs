//! Lowers the items of bodies that are streams of values.

use super::media::{MediaKind, essence, kind};
use super::media_types::{BodyForm, is_flow};
use crate::diagnostic::Code;
use crate::ir::{Scalar, TypeRef};
use crate::lower::Lowering;
use crate::lower::names::type_names::Naming;
use crate::lower::schemas::all_of::REACH;
use crate::lower::schemas::flat::{Flat, Slot};
use crate::lower::schemas::value_kinds::ValueKind;
use crate::pointer::Pointer;
use crate::tree::Node;

/// Members of a media type that describe the items of a stream (OpenAPI 3.2.0 section 4.14).
const OF_ITEMS: &[&str] = &["itemSchema", "prefixEncoding", "itemEncoding"];

impl Lowering<'_> {
    /// Returns the schema of a media type, or that of its items. Reports members about items that are not used.
    pub(in crate::lower) fn body_schema(&mut self, media_type: &str, place: &Pointer) -> Option<Pointer> {
        let is_flow = is_flow(kind(media_type)) || self.is_stream_of_parts(media_type, place);
        let spec = self.spec;
        let node = spec.node(place);
        for key in OF_ITEMS {
            let is_used = is_flow && (*key == "itemSchema" || kind(media_type) == MediaKind::Multipart);
            if node.is_some_and(|node| node.get(key).is_some()) && !is_used {
                self.warn(
                    Code::Unsupported,
                    &place.child(key),
                    format!("`{key}` of `{media_type}` is not used; the body is not sent or received item by item"),
                    "describe JSON items of `application/jsonl`, `multipart/mixed` or `text/event-stream`, or encode the body \
                     yourself",
                );
            }
        }
        let has_items = is_flow && node.is_some_and(|node| node.get("itemSchema").is_some());
        if has_items { Some(place.child("itemSchema")) } else { spec.schema_of(place) }
    }

    /// Returns `true` for a multipart body of any number of JSON values (OpenAPI 3.2.0 section 4.14.4). The parts of a
    /// form have names, so they are not told apart by their order.
    pub(in crate::lower) fn is_stream_of_parts(&mut self, media_type: &str, place: &Pointer) -> bool {
        let has = |key: &str| self.spec.node(&place.child(key)).is_some();
        let is_streamed =
            kind(media_type) == MediaKind::Multipart && essence(media_type) != "multipart/form-data";
        if !is_streamed || !has("itemSchema") || has("prefixEncoding") {
            return false;
        }
        let encoding = self.spec.node(&place.child("itemEncoding")).and_then(Node::as_mapping);
        let others = encoding.into_iter().flatten().any(|(key, _)| key != "contentType");
        let content_type = encoding.and_then(|encoding| encoding.get("contentType")).and_then(Node::as_str);
        match content_type {
            _ if others => false,
            Some(content_type) => essence(content_type) == "application/json",
            // The default for objects and lists.
            None => matches!(
                self.surface(&place.child("itemSchema")).kind,
                ValueKind::Object | ValueKind::Map | ValueKind::Union | ValueKind::List
            ),
        }
    }

    /// Returns the type of a value on a line or in a part. A schema of the whole body describes a list of them, or one of them.
    pub(in crate::lower) fn item_type(&mut self, form: &BodyForm, naming: &Naming) -> TypeRef {
        let Some(schema) = &form.schema else { return TypeRef::Any };
        if !is_item(schema) && self.surface(schema).kind == ValueKind::List {
            let meant = self.surface(schema).meant;
            let items = self.keywords(&meant).and_then(|keywords| keywords.items.clone());
            return self.type_of_optional(items.as_ref(), naming);
        }
        self.type_of(schema, naming)
    }

    /// Returns the type of the data of an event. An item schema describes an event with its fields, whose `data` is a
    /// text that contains JSON.
    pub(in crate::lower) fn event_type(&mut self, form: &BodyForm, naming: &Naming) -> TypeRef {
        let Some(schema) = &form.schema else { return TypeRef::Any };
        debug_assert!(form.kind == MediaKind::Events, "only events have data");
        if !is_item(schema) {
            return self.type_of(schema, naming);
        }
        let surface = self.surface(schema);
        if surface.kind == ValueKind::Union
            && let Some(union) = self.event_union(&surface.meant, naming)
        {
            return union;
        }
        let event = self.flat(&surface.meant, naming);
        match event.and_then(|event| self.event_data(&event, naming)) {
            Some(data) => data,
            None => self.type_of(schema, naming),
        }
    }

    /// Returns the type of the JSON value in the data of an event that is sent; `None` if the events need anything else.
    /// Reports the other fields of an event, which are not sent.
    pub(in crate::lower) fn sent_event_type(&mut self, form: &BodyForm, naming: &Naming) -> Option<TypeRef> {
        let schema = form.schema.as_ref().filter(|schema| is_item(schema))?;
        let surface = self.surface(schema);
        let unnamed = self.unnamed();
        let event = self.flat(&surface.meant, &unnamed)?;
        let Some(data) = event.properties.get("data") else {
            let has_events =
                surface.kind == ValueKind::Union && self.event_union(&surface.meant, naming).is_some();
            return (!has_events).then(|| self.type_of(schema, naming));
        };
        let content = data.iter().rev().find_map(|slot| self.json_content(&slot.pointer))?;
        if event.required.iter().any(|name| name != "data") {
            return None;
        }
        let others: Vec<String> = event
            .properties
            .keys()
            .filter(|name| &***name != "data")
            .map(|name| format!("`{name}`"))
            .collect();
        if !others.is_empty() {
            let message = format!("only the data of an event is sent, without {}", others.join(", "));
            let help = "no action is needed if the server does not read them; else send the events as text by the \
                        client's `request`";
            self.warn(Code::Approximated, schema, message, help);
        }
        Some(content.map_or(TypeRef::Any, |content| self.type_of(&content, naming)))
    }

    /// Returns the type of the member `data` of an event: a text, or the JSON value that the text contains. `None` if
    /// there is no such member.
    pub(in crate::lower) fn event_data(&mut self, event: &Flat, naming: &Naming) -> Option<TypeRef> {
        let slots = event.properties.get("data")?;
        let content = slots.iter().rev().find_map(|slot| self.json_content(&slot.pointer));
        Some(match content {
            Some(Some(schema)) => self.type_of(&schema, naming),
            Some(None) => TypeRef::Any,
            None => {
                if let Some(number) = self.number_in_text(slots, naming) {
                    return Some(TypeRef::Scalar(number));
                }
                let named = |slot: &Slot| Slot { naming: naming.clone(), ..slot.clone() };
                self.type_of_slots(&slots.iter().map(named).collect::<Vec<_>>())
            }
        })
    }

    /// Returns the type of a text whose format says that it contains a number.
    fn number_in_text(&mut self, slots: &[Slot], naming: &Naming) -> Option<Scalar> {
        let pointers: Vec<Pointer> = slots.iter().map(|slot| slot.pointer.clone()).collect();
        let (_, flat) = self.meant(&pointers, naming)?;
        match flat.format.as_deref()? {
            "int8" | "int16" | "int32" | "int64" => Some(Scalar::Int64),
            "float" | "double" => Some(Scalar::Float),
            _ => None,
        }
    }

    /// Returns the schema of the JSON value in a text; `None` inside if it is not described.
    fn json_content(&mut self, text: &Pointer) -> Option<Option<Pointer>> {
        let mut place = text.clone();
        for _ in 0..REACH {
            let schema = place.child("contentSchema");
            if self.spec.node(&schema).is_some() {
                return Some(Some(schema));
            }
            let media_type = self.spec.node(&place)?.get("contentMediaType").and_then(Node::as_str);
            if media_type.is_some_and(|media_type| kind(media_type).carries_json()) {
                return Some(None);
            }
            place = self.keywords(&place)?.reference.clone()?;
        }
        None
    }
}

/// Returns `true` for the schema of an item.
fn is_item(schema: &Pointer) -> bool {
    schema.tokens().last().is_some_and(|key| key == "itemSchema")
}
