//! Keeps what released methods send if the caller sets no member of the body: an empty body, or none.

use crate::ir::Operation;
use crate::keep::Kept;
use crate::keep::given_up::GivenUp;
use crate::listing::OperationEntry;

/// Keeps the empty body, or its absence, as long as the document allows it.
pub(super) fn keep(
    operation: &mut Operation,
    entry: &OperationEntry,
    tightened: &GivenUp<'_>,
    kept: &mut Kept,
) {
    let has_required = entry.arguments.iter().any(|argument| argument.required && argument.place.is_body());
    let at = format!("{} empty_body", entry.key);
    let origin = operation.origin.clone();
    let Some(body) = operation.body.as_mut().filter(|body| body.has_members() && !has_required) else {
        return;
    };
    if !entry.empty_body {
        body.may_be_empty |= !body.required;
    } else if body.may_be_empty && !tightened.covers(&at) {
        body.may_be_empty = false;
        let text = format!(
            "`{}().{}` still sends an empty body if the caller sets nothing of it, though it can be left out now",
            entry.manager, entry.method
        );
        kept.note(&at, text, &origin);
    }
}
