//! Finds the byte offset of a fault in a JSON text.

use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::{DecodeFault, Fault, Segment};

/// Locates a fault: at the syntax error if the text is not valid JSON, else at the start of the value that the path
/// names.
pub(in crate::json) fn locate(text: &[u8], fault: &Fault) -> DecodeFault {
    let offset = match serde_json::from_slice::<IgnoredAny>(text) {
        Err(error) if error.is_eof() => text.len(),
        Err(error) => offset_of(text, error.line(), error.column()),
        Ok(_) => start_of(text, fault).unwrap_or(0),
    };
    DecodeFault { message: fault.message().to_owned(), path: fault.path(), offset }
}

/// Returns message and offset for a value that is read by its own `Deserialize`, which reports no path.
pub(crate) fn of_serde(text: &[u8], error: &serde_json::Error) -> (String, usize) {
    let offset = if error.is_eof() { text.len() } else { offset_of(text, error.line(), error.column()) };
    (Fault::told(error), offset)
}

/// Converts line and column to an offset. Lines count from 1; the column is the number of bytes in the line up to and
/// including the wrong one.
fn offset_of(text: &[u8], line: usize, column: usize) -> usize {
    let before: usize =
        text.split_inclusive(|byte| *byte == b'\n').take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

fn start_of(text: &[u8], fault: &Fault) -> Option<usize> {
    let whole = std::str::from_utf8(text).ok()?;
    let mut value: &RawValue = serde_json::from_str(whole).ok()?;
    for segment in fault.segments() {
        // A missing member is located at the object that lacks it.
        let Some(inner) = step(value, segment) else { break };
        value = inner;
    }
    (value.get().as_ptr() as usize).checked_sub(whole.as_ptr() as usize)
}

fn step<'a>(value: &'a RawValue, segment: &Segment) -> Option<&'a RawValue> {
    match segment {
        Segment::Index(index) => {
            serde_json::from_str::<Vec<&RawValue>>(value.get()).ok()?.get(*index).copied()
        }
        Segment::Member(name) => {
            // The last of several duplicate members counts.
            let mut members: std::collections::BTreeMap<std::borrow::Cow<'_, str>, &RawValue> =
                serde_json::from_str(value.get()).ok()?;
            members.remove(name.as_str())
        }
    }
}
