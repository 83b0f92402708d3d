//! Determines the kind of the object at a place, and reports references to objects of another kind.

use super::Substitute;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::{Pointer, unescape};
use crate::spec::Spec;
use crate::spec::grammar::{Kind, Member};
use crate::spec::moved::as_written;
use crate::spec::object_reader::unexpected;
use crate::tree::Node;

/// The object at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// An object of this kind.
    Object(Kind),
    /// The document, or objects with names chosen by the author.
    Several,
}

impl Spec {
    /// Returns `true` if a reference leads to an object of the kind that its place expects. Reports one that does not.
    pub(in crate::spec) fn leads_to(
        &self,
        expected: Kind,
        at: &Pointer,
        target: &Pointer,
        substitute: Substitute,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let Some(found) = self.found(target).filter(|found| *found != Found::Object(expected)) else {
            return true;
        };
        let written = self.node(at).and_then(Node::as_str).unwrap_or_default();
        let is_swagger = self.is_swagger(target);
        let text = |text: &str| if is_swagger { as_written(text) } else { text.to_owned() };
        let is = match found {
            Found::Object(kind) => kind.noun(),
            Found::Several => "not a single object",
        };
        let problem = format!("`{}` is {is}, but this must be {}", text(written), expected.noun());
        let help = self.same_name(expected, target).map_or_else(
            || format!("refer to {}, or write it out here", expected.noun()),
            |place| format!("did you mean `{}`?", text(&format!("#{place}"))),
        );
        if (expected, found) == (Kind::Header, Found::Object(Kind::Parameter)) {
            let message = format!("{problem}; it is read as one");
            diagnostics.push(Diagnostic::warning(Code::Malformed, at, message, help).with_loss(None));
            return true;
        }
        diagnostics.push(substitute.warning(Code::UnresolvedReference, at, &problem, help));
        false
    }

    /// Reports a reference that is not a text.
    pub(in crate::spec) fn report_odd_reference(&self, place: &Pointer, diagnostics: &mut Diagnostics) {
        let node = self.node(place).and_then(|node| node.get("$ref"));
        if let Some(node) = node.filter(|node| node.as_str().is_none()) {
            diagnostics.push(unexpected(&place.child("$ref"), "a reference", node));
        }
    }

    /// Returns the component of the expected kind with the name of another component.
    fn same_name(&self, expected: Kind, target: &Pointer) -> Option<Pointer> {
        let name = target.tokens().nth(2).filter(|_| target.tokens().count() == 3)?;
        let components = Pointer::root(target.document).child("components");
        let place = components.child(expected.section()?).child(&name);
        self.node(&place).is_some().then_some(place)
    }

    /// Returns the object at a place; none if it may be anything, as in an extension, an example or a file that is not an
    /// OpenAPI document itself.
    fn found(&self, place: &Pointer) -> Option<Found> {
        self.node(&Pointer::root(place.document))?.get("openapi")?;
        self.node(place)?.as_mapping()?;
        let mut tokens = place.escaped_tokens();
        let Some(first) = tokens.next() else { return Some(Found::Several) };
        let mut kind = match first {
            "paths" | "webhooks" => Kind::PathItem,
            "components" => match tokens.next() {
                Some(section) => Kind::in_section(section),
                None => return Some(Found::Several),
            },
            _ => return None,
        };
        if tokens.next().is_none() {
            return (kind != Kind::Extension).then_some(Found::Several);
        }
        let mut tokens = tokens.peekable();
        while let Some(token) = tokens.next() {
            kind = match kind.member(&unescape(token)) {
                Member::Named(kind) => match tokens.next() {
                    Some(_) => kind,
                    None => return Some(Found::Several),
                },
                Member::Object(kind) => {
                    tokens.next_if(|token| token.bytes().all(|byte| byte.is_ascii_digit()));
                    kind
                }
            };
        }
        let is_known = !matches!(kind, Kind::Extension | Kind::Value | Kind::MappingTarget);
        is_known.then_some(Found::Object(kind))
    }
}
