//! Documents which call sets the streaming flag.

use crate::ir::{Body, Payload, Response};

/// Adds a note to the streaming flag of a body whose response is a stream of events or a single value.
pub(in crate::lower) fn describe(body: &mut Body, responses: &[Response]) {
    let mut alternatives = responses.iter().flat_map(|response| &response.alternatives);
    if !alternatives.any(|alternative| {
        matches!(alternative.payload, Payload::Events(_) | Payload::JsonLines(_) | Payload::Results(_))
    }) {
        return;
    }
    for field in body.fields_mut().into_iter().filter(|field| field.asks_for_events()) {
        let said = field.docs.description.take().map(|said| said.as_written().trim_end().to_owned() + "\n\n");
        let sets = "Set by the call that returns events; other calls cannot read a stream.";
        field.docs.description = Some((said.unwrap_or_default() + sets).into());
    }
}
