//! Resolves a `$ref` to its target, in any document.

mod by_id;
mod findings;
mod kinds;

use super::Spec;
use super::file_paths::{leads_away, percent_decode, referred_path};
use super::grammar::Kind;
use super::moved::as_written;
use super::schema_ids::id;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Loss};
use crate::pointer::{DocumentId, Pointer, unescape};
use crate::tree::Node;
use findings::{cycle, endless, remote};

/// The maximum number of references that are followed in a row.
const LONGEST_CHAIN: usize = 100;
/// Keywords that hold the definitions of a JSON Schema.
const DEFINITIONS: &[&str] = &["$defs", "definitions"];

/// Takes the place of a reference that cannot be resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Substitute {
    /// A schema that accepts any value.
    AnyValue,
    /// Nothing: the object is left out.
    Nothing,
    /// Nothing: the entry of a discriminator's mapping is ignored.
    NoMapping,
}

impl Substitute {
    /// Creates the warning of a reference that cannot be resolved.
    pub(super) fn warning(
        self,
        code: Code,
        at: &Pointer,
        problem: &str,
        help: impl Into<String>,
    ) -> Diagnostic {
        let (instead, loss) = match self {
            Self::AnyValue => ("any value is accepted", Loss::Approximated),
            Self::Nothing => ("it is left out", Loss::LeftOut),
            Self::NoMapping => ("this entry of the mapping is ignored", Loss::Approximated),
        };
        Diagnostic::warning(code, at, format!("{problem}; {instead}"), help).with_loss(Some(loss))
    }
}

/// The reason why a reference cannot be resolved.
enum Broken {
    /// The target does not exist. The help says which part of the path is missing.
    Missing { help: String },
    /// Too many references are on the path to the target, which may form a cycle.
    Endless,
}

impl Spec {
    /// Follows `$ref`s from a place to the final target. A place without a reference is its own target. Reports
    /// references that are unresolved, remote or circular. Returns none for these, and for a place that does not
    /// exist.
    pub fn resolve(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<Pointer> {
        self.follow(pointer, Kind::Value, Substitute::Nothing, diagnostics)?.pop()
    }

    /// Follows `$ref`s like [`Self::resolve`] to an object of this kind. Reports and returns none for another one.
    pub(crate) fn resolve_to(
        &self,
        kind: Kind,
        pointer: &Pointer,
        diagnostics: &mut Diagnostics,
    ) -> Option<Pointer> {
        self.follow(pointer, kind, Substitute::Nothing, diagnostics)?.pop()
    }

    /// Returns the chain of places that `$ref`s lead through, from this one to the final target. All are of this kind, or
    /// of any if it is [`Kind::Value`].
    pub(super) fn follow(
        &self,
        pointer: &Pointer,
        kind: Kind,
        substitute: Substitute,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Pointer>> {
        let mut places = vec![pointer.clone()];
        let mut place = pointer.clone();
        while let Some(reference) = self.node(&place)?.reference() {
            let at = place.child("$ref");
            place = self.target(&at, reference, substitute, diagnostics)?;
            if kind != Kind::Value && !self.leads_to(kind, &at, &place, substitute, diagnostics) {
                return None;
            }
            if let Some(start) = places.iter().position(|earlier| *earlier == place) {
                diagnostics.push(cycle(&mut places[start..], substitute));
                return None;
            }
            if places.len() > LONGEST_CHAIN {
                diagnostics.push(endless(&pointer.child("$ref"), substitute));
                return None;
            }
            places.push(place.clone());
        }
        self.report_odd_reference(&place, diagnostics);
        Some(places)
    }

    /// Returns the direct target of a reference at `at`, without reporting.
    pub(crate) fn direct_target(&self, at: &Pointer, reference: &str) -> Option<Pointer> {
        self.target(at, reference, Substitute::Nothing, &mut Diagnostics::default())
    }

    /// Returns the direct target of a reference at `at`. Reports a reference without a target.
    pub(super) fn target(
        &self,
        at: &Pointer,
        reference: &str,
        substitute: Substitute,
        diagnostics: &mut Diagnostics,
    ) -> Option<Pointer> {
        if reference.trim().is_empty() {
            let problem = "an empty reference has no target";
            diagnostics.push(substitute.warning(
                Code::UnresolvedReference,
                at,
                problem,
                "write the target, or remove it",
            ));
            return None;
        }
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if file.is_empty() && self.is_bound_elsewhere(at, fragment) {
            let problem =
                format!("the schema that `{reference}` means depends on the schema that refers to this one");
            let help = "refer to one schema by `$ref`, or write out the schemas that differ";
            let written = at.parent().map_or_else(|| at.clone(), |schema| schema.child("$dynamicRef"));
            diagnostics.push(substitute.warning(Code::Approximated, &written, &problem, help));
            return None;
        }
        if let Some(place) = self.identified(at, file, fragment, 0) {
            return Some(place);
        }
        if let Some(finding) = self.report_id(at, file, substitute) {
            let is_read = finding.loss.is_none();
            diagnostics.push(finding);
            if !is_read {
                return None;
            }
        }
        if leads_away(file) {
            diagnostics.push(remote(at, reference, substitute));
            return None;
        }
        let document = if file.is_empty() {
            at.document
        } else {
            let path = referred_path(&self.documents.get(at.document.0)?.name, file);
            let Some(document) = self.by_name.get(&path) else {
                diagnostics.push(self.no_file(at, reference, &path, substitute));
                return None;
            };
            *document
        };
        match self.walk(&Pointer::root(document), &percent_decode(fragment), 0) {
            Ok(place) => Some(place),
            Err(Broken::Missing { help }) => {
                let nearby = file.is_empty().then(|| self.enclosing_definition(at, fragment)).flatten();
                if nearby.is_none() {
                    let help = self.namesake(document, fragment).unwrap_or(help);
                    diagnostics.push(self.no_target(document, at, reference, &help, substitute));
                }
                nearby
            }
            Err(Broken::Endless) => {
                diagnostics.push(endless(at, substitute));
                None
            }
        }
    }

    /// Creates the diagnostic of a reference to a part that a document does not have.
    fn no_target(
        &self,
        document: DocumentId,
        at: &Pointer,
        reference: &str,
        help: &str,
        substitute: Substitute,
    ) -> Diagnostic {
        let is_swagger = self.is_swagger(&Pointer::root(document));
        let text = |text: &str| if is_swagger { as_written(text) } else { text.to_owned() };
        let problem = format!("the target of `{}` does not exist", text(reference));
        substitute.warning(Code::UnresolvedReference, at, &problem, text(help))
    }

    /// Returns the definition of this path in the nearest schema around a reference that has definitions. Tools write
    /// such references when they put a whole JSON Schema into a document: its root is no longer the document's.
    fn enclosing_definition(&self, at: &Pointer, fragment: &str) -> Option<Pointer> {
        let fragment = percent_decode(fragment);
        let first = fragment.split('/').nth(1)?;
        if !DEFINITIONS.contains(&first) {
            return None;
        }
        let mut around = std::iter::successors(at.parent(), Pointer::parent);
        let has_definitions =
            |place: &Pointer| self.node(place).is_some_and(|node| node.get(first).is_some());
        around.find_map(|place| self.walk(&place, &fragment, 0).ok().filter(|_| has_definitions(&place)))
    }

    /// Returns the help for a reference to a missing section, if another section has a component of its name.
    fn namesake(&self, document: DocumentId, fragment: &str) -> Option<String> {
        let name = unescape(fragment.rsplit_once('/')?.1).into_owned();
        let components = Pointer::root(document).child("components");
        let sections = self.node(&components)?.as_mapping()?;
        let tokens: Vec<&str> = fragment.split('/').skip(1).collect();
        if matches!(tokens.as_slice(), ["components", section, ..] if sections.contains_key(*section)) {
            return None;
        }
        let section = sections.iter().find(|(_, section)| section.get(&name).is_some());
        section.map(|(section, _)| format!("did you mean `#{}`?", components.child(section).child(&name)))
    }

    /// Creates the diagnostic of a reference to a file that cannot be read. Often the reference is a bare schema name.
    fn no_file(&self, at: &Pointer, reference: &str, path: &str, substitute: Substitute) -> Diagnostic {
        let place = Pointer::root(at.document).child("components").child("schemas");
        let schemas = self.node(&place).and_then(Node::as_mapping);
        let names = schemas.into_iter().flat_map(|schemas| schemas.keys()).map(String::as_str);
        let bare = !reference.contains(['/', '.', '#']);
        let schema = if bare { nearest(reference, names) } else { None };
        let problem = format!("`{reference}` refers to the file `{path}`, which cannot be read");
        let help = schema.map_or_else(
            || "fix the path, which is relative to the file that contains the reference".to_owned(),
            |name| format!("did you mean `#/components/schemas/{name}`?"),
        );
        substitute.warning(Code::UnresolvedReference, at, &problem, help)
    }

    /// Walks down a fragment, token by token. If a token is missing next to a `$ref`, that reference is followed, so
    /// that `#/components/schemas/A/properties/b` works even if `A` is a reference.
    fn walk(&self, root: &Pointer, fragment: &str, depth: usize) -> Result<Pointer, Broken> {
        if is_anchor(fragment) {
            return self.anchor(root, fragment);
        }
        let mut place = root.clone();
        let mut node = self.node(&place).unwrap_or(&Node::Null);
        for token in fragment.split('/').skip(1) {
            let token = unescape(token);
            let mut hops = depth;
            node = loop {
                if let Some(child) = node.child(&token) {
                    break child;
                }
                let Some(reference) = node.reference() else {
                    return Err(missing(&place, node, &token));
                };
                hops += 1;
                place = self.hop(&place, reference, hops)?;
                node = self.node(&place).unwrap_or(&Node::Null);
            };
            place = place.child(&token);
        }
        Ok(place)
    }

    /// Follows a reference on the path of another one, without reporting.
    fn hop(&self, place: &Pointer, reference: &str, depth: usize) -> Result<Pointer, Broken> {
        if depth > 64 {
            return Err(Broken::Endless);
        }
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if let Some(target) = self.identified(&place.child("$ref"), file, fragment, depth + 1) {
            return Ok(target);
        }
        let document = if file.is_empty() {
            Some(place.document)
        } else {
            let from = self.documents.get(place.document.0).map_or("", |document| &document.name);
            self.by_name.get(&referred_path(from, file)).copied()
        };
        let Some(document) = document else {
            return Err(Broken::Missing {
                help: format!("`{place}` is itself a reference whose target does not exist"),
            });
        };
        self.walk(&Pointer::root(document), &percent_decode(fragment), depth + 1)
    }

    /// Returns the schema with this `$anchor`: one of the schema or document itself, or else one of a schema inside it
    /// that has an `$id`.
    fn anchor(&self, root: &Pointer, name: &str) -> Result<Pointer, Broken> {
        let found = self.find_anchor(root, name, Scope::Resource);
        found.or_else(|| self.find_anchor(root, name, Scope::Tree)).ok_or_else(|| Broken::Missing {
            help: format!("no schema has `$anchor: {name}`; a path in a document starts with `#/`"),
        })
    }

    fn find_anchor(&self, root: &Pointer, name: &str, scope: Scope) -> Option<Pointer> {
        self.anchors(root, &["$anchor", "$dynamicAnchor"], name, scope).next()
    }

    /// Returns `true` for a `$dynamicRef` to an anchor of several schemas, of which the caller of this one chooses.
    fn is_bound_elsewhere(&self, at: &Pointer, name: &str) -> bool {
        let is_dynamic =
            |place: Pointer| self.node(&place).is_some_and(|node| node.get("$dynamicRef").is_some());
        is_anchor(name)
            && at.parent().is_some_and(is_dynamic)
            && self
                .anchors(&Pointer::root(at.document), &["$dynamicAnchor"], name, Scope::Tree)
                .nth(1)
                .is_some()
    }

    /// Returns the schemas below a place that have this anchor.
    fn anchors<'s>(
        &'s self,
        root: &Pointer,
        keys: &'s [&str],
        name: &'s str,
        scope: Scope,
    ) -> impl Iterator<Item = Pointer> + use<'s> {
        let root = root.clone();
        let mut stack: Vec<(Pointer, &Node)> =
            self.node(&root).map(|node| (root.clone(), node)).into_iter().collect();
        std::iter::from_fn(move || {
            while let Some((place, node)) = stack.pop() {
                if scope == Scope::Resource && place != root && id(node).is_some() {
                    continue;
                }
                match node {
                    Node::Mapping(members) => {
                        stack.extend(members.iter().map(|(key, member)| (place.child(key), member)));
                    }
                    Node::Sequence(items) => {
                        stack
                            .extend(items.iter().enumerate().map(|(index, item)| (place.child(index), item)));
                    }
                    Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
                }
                if keys.iter().any(|key| node.get(key).and_then(Node::as_str) == Some(name)) {
                    return Some(place);
                }
            }
            None
        })
    }
}

/// The schemas that are searched for an anchor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// One schema with an `$id`, without the schemas inside it that have an `$id` of their own.
    Resource,
    /// The whole tree.
    Tree,
}

/// Returns `true` for a fragment that is the name of an anchor and not a path.
fn is_anchor(fragment: &str) -> bool {
    !fragment.is_empty() && !fragment.starts_with('/')
}

fn missing(place: &Pointer, node: &Node, token: &str) -> Broken {
    let names: Vec<&str> =
        node.as_mapping().map(|members| members.keys().map(String::as_str).collect()).unwrap_or_default();
    let place = if place.as_str().is_empty() { "the document".to_owned() } else { format!("`{place}`") };
    let help = nearest(token, names.iter().copied()).map_or_else(
        || format!("{place} has no `{token}`"),
        |name| format!("{place} has no `{token}`; did you mean `{name}`?"),
    );
    Broken::Missing { help }
}
