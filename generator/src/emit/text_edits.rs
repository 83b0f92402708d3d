//! A text and changes of it to the changed text.

use std::ops::Range;

/// What stands in place of a piece of the text.
pub(crate) type Patch = (Range<usize>, String);

/// The text with its changes. Of two changes that overlap, the first one takes what both reach.
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
