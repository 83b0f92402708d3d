//! The member of a body that asks for events to who sets it.

use crate::ir::{Body, Payload, Response};

/// Says of the member who sets it, where an answer comes as one value unless the caller asks for events.
pub(in crate::lower) fn describe(body: &mut Body, responses: &[Response]) {
    let mut alternatives = responses.iter().flat_map(|response| &response.alternatives);
    if !alternatives.any(|alternative| matches!(alternative.payload, Payload::Events(_))) {
        return;
    }
    for field in body.fields_mut().into_iter().filter(|field| field.asks_for_events()) {
        let said = field.docs.description.take().map(|said| said.trim_end().to_owned() + "\n\n");
        let sets =
            "The call whose answer comes as events sets it by itself; another cannot read what comes then.";
        field.docs.description = Some(said.unwrap_or_default() + sets);
    }
}
