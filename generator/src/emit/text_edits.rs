//! Applies edits to a text.

use std::ops::Range;

/// A range of the text and its replacement.
pub(crate) type Patch = (Range<usize>, String);

/// Applies edits. If two of them overlap, the first one replaces the common part.
pub(crate) fn apply(text: &str, mut patches: Vec<Patch>) -> String {
    patches.sort_by_key(|(range, _)| (range.start, range.end));
    let mut patched = String::with_capacity(text.len() + 16);
    let mut done = 0;
    for (range, new) in patches {
        patched.push_str(text.get(done..range.start).unwrap_or_default());
        patched.push_str(&new);
        done = done.max(range.end);
    }
    patched.push_str(&text[done..]);
    patched
}
