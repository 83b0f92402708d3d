//! Makes the URL of the page that documents an operation.

use super::{Draft, version};
use crate::lower::Lowering;
use crate::name::Name;

impl Lowering<'_> {
    /// Returns the reference page of an operation: the one of the configuration, else the operation's `externalDocs`.
    /// The part of the pattern in brackets is only for documents with a version; an operation id that ends in the
    /// version is used without it.
    pub(super) fn reference_url(&self, draft: &Draft) -> Option<String> {
        if let Some(url) = self.overrides.reference_url(&draft.name.wire) {
            return Some(url);
        }
        let version = version(self.config, draft.document).map(|version| version.wire.as_str());
        let Some(pattern) = &self.config.reference_url else {
            let docs = self.spec.node(&draft.pointer)?.get("externalDocs")?;
            return Some(docs.get("url")?.as_str()?.trim().to_owned());
        };
        let pattern = bracketed(pattern, version.is_some());
        let id = without_version(&draft.name.wire, version.unwrap_or_default());
        let url = pattern.replace("{version}", version.unwrap_or_default());
        Some(url.replace("{operation_id:kebab}", &kebab_id(id)).replace("{operation_id}", id))
    }
}

/// Keeps or removes the parts of a pattern in brackets.
fn bracketed(pattern: &str, keep: bool) -> String {
    let inside = pattern.split_once('[').and_then(|(before, rest)| {
        let (inside, after) = rest.split_once(']')?;
        Some((before, inside, after))
    });
    match inside {
        Some((before, inside, after)) => {
            let inside = if keep { inside } else { "" };
            format!("{before}{inside}{}", bracketed(after, keep))
        }
        None => pattern.to_owned(),
    }
}

/// Returns an operation id without the version at its end: `get_things` for `get_things_v2.0`.
fn without_version<'a>(id: &'a str, version: &str) -> &'a str {
    if version.is_empty() {
        return id;
    }
    let rest = id.strip_suffix(version).map(|rest| rest.strip_suffix(['v', 'V']).unwrap_or(rest));
    rest.and_then(|rest| rest.strip_suffix(['_', '-', '.'])).filter(|rest| !rest.is_empty()).unwrap_or(id)
}

/// Returns an operation id with `-` between its words: at its own separators if it has some, with `--` before a
/// variant, else at changes of case.
fn kebab_id(id: &str) -> String {
    if id.contains(['_', '-', ' ']) {
        id.replace('#', "--").replace(['_', ' '], "-")
    } else {
        Name::new(id).kebab()
    }
}
