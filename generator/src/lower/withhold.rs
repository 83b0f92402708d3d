//! Drops the operations whose bodies the runtime cannot send or read, each with a diagnostic.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Arena, BodyKind, Operation, OperationId, Payload};
use crate::pointer::Pointer;

/// Keeps the operations that a client can call, in their order, and the managers that have some.
pub fn withhold(api: &mut Api, diagnostics: &mut Diagnostics) {
    let ids: Vec<OperationId> = api.operations.ids().collect();
    let mut kept = Arena::default();
    let mut moved: BTreeMap<OperationId, OperationId> = BTreeMap::new();
    for (id, operation) in ids.into_iter().zip(std::mem::take(&mut api.operations).into_values()) {
        match obstacle(&operation) {
            Some((pointer, what)) => diagnostics.push(Diagnostic::warning(
                Code::Unsupported,
                pointer,
                format!("{what}; the operation is left out"),
                "call it with the client's `request` until then",
            )),
            None => {
                moved.insert(id, kept.add(operation));
            }
        }
    }
    api.operations = kept;
    for manager in &mut api.managers {
        manager.operations = manager.operations.iter().filter_map(|id| moved.get(id).copied()).collect();
    }
    api.managers.retain(|manager| !manager.operations.is_empty());
}

/// What keeps the runtime from making the call, and where the document asks for it.
fn obstacle(operation: &Operation) -> Option<(&Pointer, &'static str)> {
    if let Some(body) = &operation.body
        && matches!(body.kind, BodyKind::Multipart(_))
    {
        return Some((&body.origin, "multipart bodies cannot be sent yet"));
    }
    let events = |payload: &Payload| matches!(payload, Payload::Events(_));
    let response = operation.responses.iter().find(|response| events(&response.payload))?;
    Some((&response.origin, "streams of events cannot be read yet"))
}
