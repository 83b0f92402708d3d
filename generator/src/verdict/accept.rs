//! Reports silent changes that the configuration does not accept.

mod help;

pub use help::{Help, Purpose};

use super::{Change, Verdict, Weight};
use crate::config::Accept;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::{DocumentId, Pointer};

impl Verdict {
    /// Turns accepted silent changes into breaking ones. Reports other silent changes, and entries that match
    /// none.
    pub fn accept(&mut self, accepted: &[Accept], diagnostics: &mut Diagnostics) {
        let mut used = vec![false; accepted.len()];
        for change in self.changes.iter_mut().filter(|change| change.weight == Weight::Silent) {
            match accepted.iter().position(|entry| is_of(entry, change)) {
                Some(index) => {
                    used[index] = true;
                    change.weight = Weight::Breaking;
                    change.help = None;
                }
                None => diagnostics.push(finding(change)),
            }
        }
        for (entry, _) in accepted.iter().zip(used).filter(|(_, used)| !used) {
            let message = format!("no silent change matches this `accept` entry for `{}`", entry.at);
            let is_other =
                self.changes.iter().any(|change| change.weight == Weight::Silent && entry.at == change.at);
            let help = if is_other {
                "remove the entry, or replace it by that of the change which the description leads to now"
            } else {
                "remove the entry"
            };
            diagnostics.push(Diagnostic::error(Code::UnusedConfig, &entry.pointer, message, help));
        }
    }
}

fn finding(change: &Change) -> Diagnostic {
    let root = Pointer::root(DocumentId(0));
    let message = format!("code for the last release compiles but means something else: {}", change.text);
    let entry = entry(&change.at, &change.text);
    let help = format!("correct the description, or add this to `accept` in `sdk.yaml`: {entry}");
    Diagnostic::error(Code::SilentChange, change.origin.as_ref().unwrap_or(&root), message, help)
}

fn is_of(entry: &Accept, change: &Change) -> bool {
    entry.at == change.at && entry.change.as_ref().is_none_or(|text| *text == change.text)
}

/// Returns the entry of `accept` for a change.
fn entry(at: &str, change: &str) -> String {
    format!("{{ at: {}, change: {}, reason: … }}", quoted(at), quoted(change))
}

/// Quotes a text for YAML. A text with control characters is written as in JSON, with escapes.
fn quoted(text: &str) -> String {
    match text.contains(char::is_control) {
        true => serde_json::Value::from(text).to_string(),
        false => format!("'{}'", text.replace('\'', "''")),
    }
}
