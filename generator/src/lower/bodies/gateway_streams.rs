//! Recognizes the streams that gateways of gRPC describe as single JSON values.
//!
//! `protoc-gen-openapiv2` has no media type for streams. It marks them in texts, and wraps the values of a response in an
//! object with either a `result` or an `error`; the gateway sends one such object on each line.

use super::media::kind;
use super::media_types::BodyForm;
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::Lowering;
use crate::lower::schemas::all_of::REACH;
use crate::pointer::Pointer;
use crate::tree::Node;

/// The mark by which a stream was recognized.
pub(in crate::lower) enum StreamMark {
    /// The title of the schema, such as `Stream result of v1Event`.
    Title(Pointer),
    /// The end of the description of the body.
    Description(Pointer),
}

impl Lowering<'_> {
    /// Returns the mark of a JSON body that is a stream of values.
    pub(in crate::lower) fn gateway_stream(&mut self, form: &BodyForm) -> Option<StreamMark> {
        if !kind(&form.media_type).carries_json() {
            return None;
        }
        if let Some(wrapper) = self.wrapper(form) {
            let keywords = self.keywords(&wrapper)?;
            let title = keywords.title.as_deref().unwrap_or_default();
            if title.starts_with("Stream result of ") {
                return Some(StreamMark::Title(wrapper.child("title")));
            }
        }
        let owner = form.place.parent()?.parent()?;
        let description = self.spec.node(&owner)?.get("description").and_then(Node::as_str)?.trim_end();
        let is_marked =
            ["(streaming responses)", "(streaming inputs)"].iter().any(|mark| description.ends_with(mark));
        is_marked.then(|| StreamMark::Description(owner.child("description")))
    }

    /// Returns the schema of the values of a response that a gateway sends as a stream, and reports the mark.
    pub(in crate::lower) fn gateway_result(&mut self, form: &BodyForm) -> Option<Pointer> {
        self.gateway_stream(form)?;
        self.report_gateway_stream(form);
        match self.wrapper(form) {
            Some(wrapper) => Some(wrapper.child("properties").child("result")),
            None => form.schema.clone(),
        }
    }

    /// Reports that a body is a stream, which only a mark says.
    pub(super) fn report_gateway_stream(&mut self, form: &BodyForm) {
        let (place, mark) = match self.gateway_stream(form) {
            None => return,
            Some(StreamMark::Title(place)) => (place, "the title of this schema"),
            Some(StreamMark::Description(place)) => (place, "the end of this description"),
        };
        let message = format!(
            "{mark} marks a stream of a gRPC gateway; the body is read as JSON values on lines of their own, although its \
             media type is that of one value"
        );
        let help = "use `application/x-ndjson`, or remove the mark with an overlay if the body is one value";
        self.diagnostics.push(Diagnostic::warning(Code::Malformed, &place, message, help).with_loss(None));
    }

    /// Returns the object with the members `result` and `error` that a body consists of.
    fn wrapper(&mut self, form: &BodyForm) -> Option<Pointer> {
        let mut place = form.schema.clone()?;
        let mut keywords = self.keywords(&place)?;
        for _ in 0..REACH {
            let Some(target) = keywords.reference.clone() else { break };
            keywords = self.keywords(&target)?;
            place = target;
        }
        let has = |name: &str| keywords.properties.iter().any(|(known, _)| known == name);
        (keywords.properties.len() == 2 && has("result") && has("error")).then_some(place)
    }
}
