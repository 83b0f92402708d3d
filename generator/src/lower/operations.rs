//! Lowers path items to operations.

mod select;
mod titles;
mod parameters;
pub(super) mod path_parameters;
mod query_string;
pub(super) mod ignored_headers;
mod idempotency;
pub(super) mod security;
pub(super) mod managers;
mod duplicates;
mod naming;
mod framework_names;
mod route_names;
mod reference_urls;

use std::collections::BTreeSet;
use std::rc::Rc;

use framework_names::cut_ids;
use naming::distinguish_drafts;

use super::Lowering;
use super::bodies::media_types::{BodyForm, form_words, spelled_out};
use super::bodies::stream_flag;
use super::names::type_names::{Owner, Scope};
use super::paths::{Slip, path_template};
use crate::config::{Config, Version};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{self, Docs, PathSegment, Payload};
use crate::name::{Name, words};
use crate::pointer::{DocumentId, Pointer};
use crate::spec::grammar::Kind;

/// An operation as found in a document, before its parts are lowered. There is one draft for each form of its body.
#[derive(Clone)]
pub(super) struct Draft {
    /// The document that lists the operation.
    pub(super) document: DocumentId,
    /// The position among the operations of all documents.
    position: usize,
    /// The operation object, which may be in a file of its own.
    pub(super) pointer: Pointer,
    pub(super) path_item: Pointer,
    pub(super) method: String,
    pub(super) path: Vec<PathSegment>,
    /// The path template as written in the document.
    pub(super) template: String,
    /// The variables of the path whose values keep their slashes.
    spanning: Vec<String>,
    /// The parts of the path that are not written as OpenAPI writes them.
    slips: Vec<Slip>,
    /// The part of the path after `#`.
    pub(super) fragment: String,
    /// The words at the end of all names of its document.
    suffix: Vec<String>,
    pub(super) node: openapiv3::Operation,
    pub(super) name: Name,
    /// Set if a rule gave the name, so that the rule can also resolve collisions.
    pub(super) by_rule: bool,
    /// The wire name of the manager.
    pub(super) manager: String,
    /// Set if the configuration names the manager for this operation.
    is_placed: bool,
    /// The form of the body.
    body: Option<BodyForm>,
    /// Set if this is not the first form of the operation.
    other: Option<OtherForm>,
    /// Set if the operation returns the URL that the API redirects to.
    pub(super) location: bool,
}

/// A form of an operation other than its first one.
#[derive(Clone)]
struct OtherForm {
    /// The words at the end of its name.
    words: Vec<String>,
    /// The words of the first form.
    first: Vec<String>,
    /// The number of drafts from the first form to this one.
    distance: usize,
}

impl Lowering<'_> {
    /// Returns the drafts of all selected operations of all documents, sorted by document, path and method.
    pub(super) fn operation_drafts(&mut self) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for document in self.spec.documents() {
            for (template, path_item) in self.spec.path_items(document, self.diagnostics) {
                let template = self.rooted(document, template);
                self.report_lost_methods(&path_item);
                for (method, place) in self.spec.operations(&path_item) {
                    // Documents in several files can refer to single operations.
                    let Some(pointer) = self.spec.resolve_to(Kind::Operation, &place, self.diagnostics)
                    else {
                        continue;
                    };
                    let draft = self.draft(document, &template, &path_item, method, pointer);
                    drafts.extend(draft.map(|draft| Draft { position: drafts.len(), ..draft }));
                }
            }
        }
        // Of operations that want one name, the one with the shortest path keeps it.
        drafts.sort_by(|one, other| one.route().cmp(&other.route()));
        // Names are given before the selection, so that a change of the selection does not change them.
        let duplicates = self.rename_duplicates(&mut drafts);
        cut_ids(&mut drafts, self.config.operation_names);
        distinguish_drafts(&mut drafts);
        self.add_redirect_urls(&mut drafts);
        let taken = drafts.iter().map(Draft::key).collect();
        let mut drafts = self.select(drafts);
        for (operation, finding) in duplicates {
            if drafts.iter().any(|draft| draft.pointer == operation) {
                self.diagnostics.push(finding);
            }
        }
        self.leave_out_duplicates(&mut drafts);
        number(&mut drafts);
        let mut drafts = self.with_forms(drafts, taken);
        for draft in &mut drafts {
            let first = draft.other.as_mut().map(|other| &mut other.first);
            for words in [&mut draft.name.words].into_iter().chain(first) {
                words.extend_from_slice(&draft.suffix);
            }
        }
        let alphabetical = |draft: &Draft| (draft.document, draft.template.clone(), draft.method.clone());
        drafts.sort_by_cached_key(alphabetical);
        drafts
    }

    /// Returns a template with a leading slash. Without one, its start would belong to the host of the server.
    fn rooted(&mut self, document: DocumentId, template: String) -> String {
        if template.starts_with('/') {
            return template;
        }
        let place = Pointer::root(document).child("paths").child(&template);
        let message = format!("the path `{template}` has no leading slash; it is read as `/{template}`");
        let help = format!("write `/{template}`");
        let finding = Diagnostic::warning(Code::Malformed, &place, message, help);
        self.diagnostics.push(finding.with_loss(None));
        format!("/{template}")
    }

    /// Adds after each draft one for every other form of its body.
    fn with_forms(&mut self, drafts: Vec<Draft>, mut taken: BTreeSet<[Vec<String>; 3]>) -> Vec<Draft> {
        let mut all = Vec::with_capacity(drafts.len());
        for mut draft in drafts {
            let released = self.released.bodies(&draft.method, &draft.path, &draft.fragment);
            let mut forms = self.body_forms(&draft.pointer, &released).into_iter();
            draft.body = forms.next();
            let (place, first) = (all.len(), draft.clone());
            all.push(draft);
            for body in forms {
                let mut named = [form_words(&body), spelled_out(&body)]
                    .into_iter()
                    .map(|words| first.in_other_form(words, all.len() - place));
                match named.find(|draft| taken.insert(draft.key())) {
                    Some(draft) => all.push(Draft { body: Some(body), ..draft }),
                    None => self.warn(
                        Code::Unsupported,
                        &body.place,
                        format!(
                            "the body `{}` is left out, since the name of its method is taken by another media type",
                            body.media_type
                        ),
                        "no action is needed if one media type is enough",
                    ),
                }
            }
        }
        all
    }

    /// Adds the methods that return the target of a redirect, each after its operation.
    fn add_redirect_urls(&mut self, drafts: &mut Vec<Draft>) {
        for entry in &self.config.redirect_urls {
            let place = drafts.iter().position(|draft| draft.name.wire == entry.operation);
            let Some(place) = place.filter(|&place| self.redirects(&drafts[place])) else {
                self.error(
                    Code::UnusedConfig,
                    &entry.pointer,
                    format!("operation `{}` does not exist, or does not redirect", entry.operation),
                    "fix the operation ID, or remove the entry",
                );
                continue;
            };
            let mut draft = Draft { location: true, ..drafts[place].clone() };
            draft.name.give(words(&entry.name));
            draft.node.summary = draft.node.summary.map(|title| format!("{} URL", title.trim_end()));
            draft.node.description =
                Some("Returns the URL that the API redirects to, without following it.".to_owned());
            drafts.insert(place + 1, draft);
        }
    }

    fn redirects(&mut self, draft: &Draft) -> bool {
        let statuses = self.spec.responses(&draft.pointer, self.diagnostics);
        statuses.iter().any(|(status, _)| status.starts_with('3') && status != "304")
    }

    fn draft(
        &mut self,
        document: DocumentId,
        template: &str,
        path_item: &Pointer,
        method: String,
        pointer: Pointer,
    ) -> Option<Draft> {
        let mut node = self.spec.operation(&pointer, self.diagnostics)?;
        if node.summary.is_none() && node.description.is_none() {
            node.description = self.path_description(path_item);
        }
        let template_read = path_template(template, |name| self.declares(path_item, &pointer, name));
        let path = template_read.segments;
        let fragment = template.split_once('#').map(|(_, fragment)| fragment.to_owned()).unwrap_or_default();
        let (name, by_rule) = self.operation_name(node.operation_id.as_deref(), &method, template, &path);
        let suffix = self.suffix(document);
        let placed = self.overrides.placed(&name.wire);
        let is_placed = placed.is_some();
        let manager = placed.unwrap_or_else(|| self.manager_wire_name(&node, &path));
        let path_item = path_item.clone();
        let template = template.to_owned();
        Some(Draft {
            document,
            position: 0,
            pointer,
            path_item,
            method,
            path,
            template,
            spanning: template_read.spanning,
            slips: template_read.slips,
            fragment,
            suffix,
            node,
            name,
            by_rule,
            manager,
            is_placed,
            body: None,
            other: None,
            location: false,
        })
    }

    /// Returns the text that describes all operations of a path.
    fn path_description(&self, path_item: &Pointer) -> Option<String> {
        let node = self.spec.node(path_item)?;
        let text = |key: &str| node.get(key)?.as_str().map(str::to_owned);
        text("description").or_else(|| text("summary"))
    }

    /// Lowers one operation.
    pub(super) fn operation(&mut self, draft: &Draft, index: usize) -> ir::Operation {
        let own = draft.owner(&draft.name.words, index);
        // Types that all forms share are named after the first form, and made for it.
        let owner = match &draft.other {
            Some(other) => draft.owner(&other.first, index - other.distance),
            None => own.clone(),
        };
        self.current = vec![draft.pointer.clone(), draft.path_item.clone()];
        self.report_lost_parts(draft);
        let mut parameters = self.parameters(draft, &owner);
        let idempotency_key = self.idempotency_key(&draft.method, &mut parameters);
        let mut body = draft.body.as_ref().and_then(|form| self.body(&draft.pointer, form, &own));
        let (mut responses, errors) = self.responses(draft, &owner);
        if let Some(body) = &mut body {
            stream_flag::describe(body, &responses);
        }
        self.report_header_types(&responses, &errors);
        if draft.location {
            for response in &mut responses {
                let (alternatives, docs) = (Vec::new(), Docs::default());
                *response =
                    ir::Response { payload: Payload::Location, alternatives, docs, ..response.clone() };
            }
        }
        let security = self.security(&draft.pointer, draft.document);
        self.note_ignored_headers(draft, &security);
        ir::Operation {
            name: draft.name.clone(),
            is_placed: draft.is_placed,
            origin: draft.pointer.clone(),
            position: draft.position,
            docs: draft.docs(),
            method: draft.method.clone(),
            path: draft.path.clone(),
            fragment: draft.fragment.clone(),
            form: draft.body.as_ref().filter(|_| body.is_some()).map(form_words).unwrap_or_default(),
            variant: titles::variant(&draft.suffix, draft.location),
            servers: self.operation_servers(draft),
            parameters,
            idempotency_key,
            argument_order: Vec::new(),
            keeps_clone: false,
            body,
            responses,
            errors,
            pagination: None,
            security,
            deprecated: draft.node.deprecated,
            reference_url: self.reference_url(draft),
        }
    }

    /// Returns the servers of an operation, else of its path, else of its document if they differ from the API's.
    fn operation_servers(&mut self, draft: &Draft) -> Vec<ir::Server> {
        for place in [&draft.pointer, &draft.path_item] {
            let servers = self.servers(place);
            if !servers.is_empty() {
                return servers;
            }
        }
        let document = draft.document;
        if self.spec.documents().next() == Some(document) {
            return Vec::new();
        }
        let servers = self.servers(&Pointer::root(document));
        if servers == self.api_servers() { Vec::new() } else { servers }
    }

    /// Returns `true` for a part that is written inside the operation, and so belongs to it alone.
    pub(super) fn is_own(&self, place: &Pointer) -> bool {
        self.current.iter().any(|own| own.holds(place))
    }

    /// Returns the words at the end of all names of this document.
    pub(super) fn suffix(&self, document: DocumentId) -> Vec<String> {
        version(self.config, document).map(|version| version.suffix.clone()).unwrap_or_default()
    }
}

impl Draft {
    /// Returns the key that distinguishes the draft from all others: its manager, its name and its suffix.
    fn key(&self) -> [Vec<String>; 3] {
        [words(&self.manager), self.name.words.clone(), self.suffix.clone()]
    }

    /// Returns the key that decides which of several operations keeps a name.
    fn route(&self) -> (DocumentId, usize, &str, usize, &str) {
        (self.document, self.template.len(), &self.template, self.method.len(), &self.method)
    }

    /// Returns the same operation in another form.
    fn in_other_form(&self, words: Vec<String>, distance: usize) -> Self {
        let mut draft = self.clone();
        draft.name.words.extend_from_slice(&words);
        // A given name is that of the first form.
        draft.name.is_given = false;
        draft.other = Some(OtherForm { words, first: self.name.words.clone(), distance });
        draft
    }

    /// Returns `true` unless this is the first form of the operation.
    fn is_other_form(&self) -> bool {
        self.other.is_some()
    }

    fn owner(&self, words: &[String], index: usize) -> Rc<Owner> {
        Rc::new(Owner {
            name: Name::from_words(words.to_vec()),
            family: Name::new(self.manager.as_str()),
            scope: Scope::Operation(index),
            is_named: false,
        })
    }

    /// Returns the docs of the operation. If it has several forms, the title names the form.
    fn docs(&self) -> Docs {
        let words = self.other.as_ref().map_or(&self.name.words, |other| &other.first);
        let (summary, description) = (self.node.summary.as_deref(), self.node.description.as_deref());
        let mut docs = titles::docs(summary, description, words);
        if let (Some(title), Some(other)) = (&docs.title, &self.other) {
            let title = title.as_written().trim_end();
            docs.title = Some(format!("{title} ({})", other.words.join(" ")).into());
        }
        docs
    }
}

pub(super) fn version(config: &Config, document: DocumentId) -> Option<&Version> {
    config.documents.get(document.0)?.version.as_ref()
}

/// Numbers the positions of the drafts without gaps, so that a slice has the positions of its selection.
fn number(drafts: &mut [Draft]) {
    let mut positions: Vec<usize> = drafts.iter().map(|draft| draft.position).collect();
    positions.sort_unstable();
    positions.dedup();
    for draft in drafts {
        draft.position = positions.partition_point(|position| *position < draft.position);
    }
}
