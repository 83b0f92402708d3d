//! Selects the operations that the configuration asks for.

use super::Draft;
use crate::config::{Deprecated, Select, SelectBy, SelectEntry};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::Lowering;
use crate::name::words;

impl Lowering<'_> {
    /// Returns the selected drafts, and reports entries that match nothing.
    pub(in crate::lower) fn select(&mut self, drafts: Vec<Draft>) -> Vec<Draft> {
        let Some(select) = &self.config.select else { return drafts };
        let mut taken = vec![select.include.is_none(); drafts.len()];
        let mut nothing = false;
        let include = select.include.as_deref().unwrap_or_default();
        for (entries, take) in [(include, true), (&select.exclude, false)] {
            for entry in entries {
                let named: Vec<bool> = drafts.iter().map(|draft| self.names(entry, draft)).collect();
                if !named.contains(&true) {
                    nothing = true;
                    self.report_nothing(entry, &drafts);
                }
                for (taken, named) in taken.iter_mut().zip(named) {
                    *taken = if named { take } else { *taken };
                }
            }
        }
        for (taken, draft) in taken.iter_mut().zip(&drafts) {
            *taken &= select.deprecated == Deprecated::Taken || !draft.node.deprecated;
        }
        if !nothing {
            self.report_empty(select, &taken);
        }
        let mut kept = Vec::new();
        for (draft, taken) in drafts.into_iter().zip(taken) {
            if taken { kept.push(draft) } else { self.overrides.leave_out(draft.pointer) }
        }
        kept
    }

    /// Returns `true` if an entry matches an operation.
    fn names(&self, entry: &SelectEntry, draft: &Draft) -> bool {
        match entry.by {
            SelectBy::Manager => {
                let wanted = words(&entry.text);
                words(&draft.manager) == wanted || self.overrides.manager(&draft.manager) == Some(wanted)
            }
            SelectBy::Tag => draft.node.tags.contains(&entry.text),
            // Of several operations with one ID, all but one have another name.
            SelectBy::Operation => {
                draft.name.wire == entry.text || draft.node.operation_id.as_ref() == Some(&entry.text)
            }
            SelectBy::Path => fits(&entry.text, &draft.template),
        }
    }

    fn report_nothing(&mut self, entry: &SelectEntry, drafts: &[Draft]) {
        let (what, known): (_, Vec<&str>) = match entry.by {
            SelectBy::Manager => ("manager", drafts.iter().map(|draft| draft.manager.as_str()).collect()),
            SelectBy::Tag => ("tag", drafts.iter().flat_map(tags).collect()),
            SelectBy::Operation => {
                ("operation ID", drafts.iter().map(|draft| draft.name.wire.as_str()).collect())
            }
            SelectBy::Path => ("path pattern", drafts.iter().map(|draft| draft.template.as_str()).collect()),
        };
        let message = format!("no operation matches the {what} `{}`", entry.text);
        let help = nearest(&entry.text, known).map_or_else(
            || "fix the entry, or remove it".to_owned(),
            |name| format!("did you mean `{name}`?"),
        );
        self.diagnostics.push(Diagnostic::error(Code::UnusedConfig, &entry.pointer, message, help));
    }

    fn report_empty(&mut self, select: &Select, taken: &[bool]) {
        if !taken.is_empty() && !taken.contains(&true) {
            self.error(
                Code::Config,
                &select.pointer,
                "this selection contains no operations",
                "include more, or exclude less",
            );
        }
    }
}

fn tags(draft: &Draft) -> impl Iterator<Item = &str> {
    draft.node.tags.iter().map(String::as_str)
}

/// Returns `true` if a path template matches a pattern, segment by segment. The part after `#` distinguishes variants,
/// and does not belong to the path.
fn fits(pattern: &str, template: &str) -> bool {
    let path = template.split('#').next().unwrap_or_default();
    let pattern: Vec<&str> = pattern.split('/').collect();
    let segments: Vec<&str> = path.split('/').collect();
    // At each index `n`: `true` if the pattern so far matches the first `n` segments.
    let mut fitting = vec![false; segments.len() + 1];
    fitting[0] = true;
    for part in pattern {
        let mut next = vec![false; segments.len() + 1];
        for count in 0..=segments.len() {
            next[count] = if part == "**" {
                fitting[..=count].contains(&true)
            } else {
                count > 0 && fitting[count - 1] && fits_segment(part, segments[count - 1])
            };
        }
        fitting = next;
    }
    fitting[segments.len()]
}

/// Returns `true` if a segment matches a pattern in which `*` stands for any characters.
fn fits_segment(pattern: &str, segment: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == segment };
    let Some(mut left) = segment.strip_prefix(start) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        match left.split_once(part) {
            Some((_, after)) => left = after,
            None => return false,
        }
    }
    left.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns_fit_paths() {
        for (pattern, path) in [
            ("/files", "/files"),
            ("/files/*", "/files/{file_id}"),
            ("/files/**", "/files"),
            ("/files/**", "/files/{file_id}/copy#variant"),
            ("/**/copy", "/files/{file_id}/copy"),
            ("/**", "/"),
            ("/v*/x", "/v2/x"),
            ("/*a*b", "/xaxbxb"),
            ("/files/{file_id}", "/files/{file_id}"),
        ] {
            assert!(fits(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("/files", "/files/{file_id}"),
            ("/files/*", "/files"),
            ("/files/*", "/files/{file_id}/copy"),
            ("/files/**", "/filesystem"),
            ("/*a*b", "/xbxa"),
            ("/ab*ba", "/aba"),
        ] {
            assert!(!fits(pattern, path), "{pattern} {path}");
        }
    }
}
