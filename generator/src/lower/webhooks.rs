//! Lowers webhooks and callbacks, the calls that the server makes, to one union of their bodies for each document.

use std::collections::{BTreeMap, BTreeSet};

use super::Lowering;
use super::names::type_names::{Owner, Scope};
use super::operations::Draft;
use super::released::BodiesByForm;
use super::schemas::unions::webhook_bodies::WebhookBody;
use crate::diagnostic::Code;
use crate::ir::{Docs, TypeId, Value, Webhook};
use crate::name::Name;
use crate::pointer::{DocumentId, Pointer};
use crate::spec::grammar::Kind;

/// A call that the server makes.
struct ServerCall {
    name: Name,
    /// Its name for readers.
    label: String,
    /// The name of the operation that it is a callback of.
    caller: Option<Name>,
    path_item: Pointer,
    operation: Pointer,
    /// The values that its body arrives with, by header in lower case.
    headers: BTreeMap<String, Vec<String>>,
    schema: Pointer,
}

impl Lowering<'_> {
    /// Returns the unions of webhook bodies, one for each document with webhooks, or with callbacks of these operations.
    pub(super) fn webhooks(&mut self, drafts: &[Draft]) -> Vec<TypeId> {
        self.spec.documents().filter_map(|document| self.webhooks_of(document, drafts)).collect()
    }

    fn webhooks_of(&mut self, document: DocumentId, drafts: &[Draft]) -> Option<TypeId> {
        let mut items: Vec<(String, Pointer, Option<Name>)> = Vec::new();
        if self.config.select.as_ref().is_none_or(|select| select.webhooks) {
            let webhooks = self.spec.webhooks(document, self.diagnostics);
            items.extend(webhooks.into_iter().map(|(name, item)| (name, item, None)));
        }
        // The order of the paths does not matter to the names.
        let mut callers: Vec<&Draft> = drafts.iter().filter(|draft| draft.document == document).collect();
        callers.sort_by_key(|draft| (&draft.template, &draft.method));
        for draft in callers {
            let callbacks = self.spec.callbacks(&draft.pointer, self.diagnostics);
            items.extend(callbacks.into_iter().map(|(name, item)| (name, item, Some(draft.name.clone()))));
        }
        let mut seen = BTreeSet::new();
        items.retain(|(_, item, _)| seen.insert(item.clone()));
        let mut calls = Vec::new();
        for (name, item, caller) in items {
            let own = self.server_calls(&name, &item);
            calls.extend(own.into_iter().map(|call| ServerCall { caller: caller.clone(), ..call }));
        }
        let calls = self.tell_apart(calls);
        if calls.is_empty() {
            return None;
        }
        let header = telling_header(&calls);
        let place = Pointer::root(document).child("webhooks");
        let bodies = calls.into_iter().map(|call| self.webhook_body(call, header.as_deref())).collect();
        let shape = self.webhook_union(bodies, header, &place);
        let mut name = Name::new("webhook event");
        name.words.extend(self.suffix(document));
        let owner = Owner { family: Name::new("webhook"), name, scope: Scope::Document, is_named: false };
        let docs = Docs { title: None, description: Some("A webhook that the API sends.".into()) };
        Some(self.add_type(&owner, &place, docs, false, shape))
    }

    /// Tells calls with one name apart: callbacks are named after their operations, unless all are equal. Equal bodies
    /// share a type.
    fn tell_apart(&mut self, calls: Vec<ServerCall>) -> Vec<ServerCall> {
        let mut kept: Vec<(ServerCall, bool)> = Vec::new();
        let mut several = BTreeSet::new();
        for mut call in calls {
            let mut is_known = false;
            let mut is_first = true;
            for (known, _) in kept.iter().filter(|(known, _)| known.label == call.label) {
                is_first = false;
                if self.is_same_schema(&known.schema, &call.schema) {
                    call.schema = known.schema.clone();
                    is_known |= known.headers == call.headers;
                }
            }
            if !is_first && !is_known {
                several.insert(call.label.clone());
            }
            kept.push((call, is_known));
        }
        kept.retain(|(call, is_known)| !is_known || several.contains(&call.label));
        let named = |(mut call, _): (ServerCall, bool)| {
            if let Some(caller) = call.caller.take().filter(|_| several.contains(&call.label)) {
                call.name = caller.join(&call.name);
                call.label = format!("{} {}", caller.wire, call.label);
            }
            call
        };
        kept.into_iter().map(named).collect()
    }

    /// Returns the calls of a path item that carry JSON. Reports the others.
    fn server_calls(&mut self, name: &str, path_item: &Pointer) -> Vec<ServerCall> {
        let operations = self.spec.operations(path_item);
        let is_single = operations.len() == 1;
        let mut calls = Vec::new();
        for (method, place) in operations {
            let Some(operation) = self.spec.resolve_to(Kind::Operation, &place, self.diagnostics) else {
                continue;
            };
            let Some(schema) = self.json_schema(&operation) else {
                self.warn(
                    Code::Unsupported,
                    &place,
                    format!("the webhook `{name}` is left out, since no schema describes a JSON body"),
                    "describe the body, or read it without the package",
                );
                continue;
            };
            let name = if is_single { name.to_owned() } else { format!("{name} {}", method.to_lowercase()) };
            let headers = self.header_values(path_item, &operation);
            let (label, name, path_item) = (name.clone(), Name::new(name), path_item.clone());
            calls.push(ServerCall { name, label, caller: None, path_item, operation, headers, schema });
        }
        calls
    }

    fn json_schema(&mut self, operation: &Pointer) -> Option<Pointer> {
        let forms = self.body_forms(operation, &BodiesByForm::default());
        forms.into_iter().filter(|form| form.kind.carries_json()).find_map(|form| form.schema)
    }

    /// Returns the values of the headers that a webhook arrives with: those that the document allows, else its example.
    fn header_values(&mut self, path_item: &Pointer, operation: &Pointer) -> BTreeMap<String, Vec<String>> {
        let mut values = BTreeMap::new();
        for owner in [path_item, operation] {
            for place in self.spec.parameters(owner, self.diagnostics) {
                let parameter = self.spec.parameter(&place, self.diagnostics);
                let Some(openapiv3::Parameter::Header { parameter_data, .. }) = parameter else { continue };
                let texts = self.header_texts(&place);
                if !texts.is_empty() {
                    values.insert(parameter_data.name.to_ascii_lowercase(), texts);
                }
            }
        }
        values
    }

    fn header_texts(&mut self, parameter: &Pointer) -> Vec<String> {
        let schema = self.spec.schema_of(parameter);
        let mut texts = Vec::new();
        if let Some(schema) = &schema {
            let naming = self.unnamed();
            if let Some((_, flat)) = self.meant(std::slice::from_ref(schema), &naming) {
                let values = flat.values.iter().flatten().filter_map(|value| value.value.as_str());
                texts.extend(values.map(str::to_owned));
            }
        }
        if texts.is_empty() {
            let example = self.spec.example(parameter, self.diagnostics);
            let example = example.or_else(|| self.annotations(schema.as_ref()?).example);
            texts.extend(example.as_ref().and_then(Value::as_str).map(str::to_owned));
        }
        texts
    }

    fn webhook_body(&mut self, mut call: ServerCall, header: Option<&str>) -> WebhookBody {
        let header_values = header.and_then(|header| call.headers.remove(header)).unwrap_or_default();
        let docs = self.server_call_docs(&call);
        let webhook = Webhook { name: call.label, docs, header_values };
        WebhookBody { name: call.name, schema: call.schema, webhook }
    }

    fn server_call_docs(&self, call: &ServerCall) -> Docs {
        let text = |place: &Pointer, key: &str| {
            let text = self.spec.node(place)?.get(key)?.as_str()?.trim();
            (!text.is_empty()).then(|| text.to_owned().into())
        };
        let of_either = |key| text(&call.operation, key).or_else(|| text(&call.path_item, key));
        Docs { title: of_either("summary"), description: of_either("description") }
    }
}

/// Returns the header by which the calls are told apart. Calls without it, such as the callbacks beside webhooks, are
/// told apart by their bodies.
fn telling_header(calls: &[ServerCall]) -> Option<String> {
    let headers: BTreeSet<&String> = calls.iter().flat_map(|call| call.headers.keys()).collect();
    let told = headers.into_iter().filter_map(|header| {
        let values: Vec<_> = calls.iter().filter_map(|call| call.headers.get(header)).collect();
        let distinct = values.iter().collect::<BTreeSet<_>>().len();
        (distinct > 1).then_some(((values.len(), distinct), header))
    });
    // Of several headers that are as good, the first by name is used.
    let best = told.max_by_key(|(calls, header)| (*calls, std::cmp::Reverse(*header)));
    best.map(|(_, header)| header.clone())
}
