//! Reports silent changes that the configuration does not accept.

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
            match accepted.iter().position(|entry| entry.at == change.at) {
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
            diagnostics.push(Diagnostic::error(
                Code::UnusedConfig,
                &entry.pointer,
                message,
                "remove the entry",
            ));
        }
    }
}

fn finding(change: &Change) -> Diagnostic {
    let root = Pointer::root(DocumentId(0));
    let message = format!("code for the last release compiles but means something else: {}", change.text);
    let entry = entry(&change.at);
    let help = format!("correct the description, or add `{entry}` to `accept` in `sdk.yaml`");
    Diagnostic::error(Code::SilentChange, change.origin.as_ref().unwrap_or(&root), message, help)
}

/// Returns the entry of `accept` for a change.
pub(super) fn entry(at: &str) -> String {
    format!("{{ at: '{}', reason: … }}", at.replace('\'', "''"))
}
