//! Names operations by their routes, without what all routes start with: `api`, `rest`, a version.

use std::collections::BTreeMap;

use super::Draft;
use super::managers::is_prefix;
use crate::ir::PathSegment;
use crate::lower::names::operation_names::rest;
use crate::name::words;
use crate::pointer::DocumentId;

/// The number of segments in front of the paths of each document that all of them share, up to the last that is
/// `api`, `rest` or a version.
pub(super) struct Prefixes(BTreeMap<DocumentId, usize>);

impl Prefixes {
    pub(super) fn of(drafts: &[Draft]) -> Self {
        let mut shared: BTreeMap<DocumentId, Vec<&str>> = BTreeMap::new();
        for draft in drafts {
            let own = leading(&draft.path);
            let shared = shared.entry(draft.document).or_insert_with(|| own.clone());
            let same = shared.iter().zip(&own).take_while(|(one, other)| one == other).count();
            shared.truncate(same);
        }
        let through_last = |segments: Vec<&str>| {
            segments.iter().rposition(|segment| is_prefix(segment)).map_or(0, |last| last + 1)
        };
        Self(shared.into_iter().map(|(document, segments)| (document, through_last(segments))).collect())
    }

    /// Returns the possible names of an operation by its method and path, the shortest one first.
    pub(super) fn names(&self, draft: &Draft) -> Vec<Vec<String>> {
        let whole = rest(&draft.method, &draft.path);
        let own = leading(&draft.path).iter().take_while(|segment| is_prefix(segment)).count();
        let shared = self.0.get(&draft.document).copied().unwrap_or_default();
        let cut = without_segments(&draft.path, own.max(shared));
        let short = cut.map(|path| rest(&draft.method, &path)).filter(|short| *short != whole);
        short.into_iter().chain([whole]).collect()
    }
}

/// Returns the fixed segments at the start of a path.
fn leading(path: &[PathSegment]) -> Vec<&str> {
    match path.first() {
        Some(PathSegment::Literal(text)) => text.split('/').filter(|text| !words(text).is_empty()).collect(),
        Some(PathSegment::Parameter(_)) | None => Vec::new(),
    }
}

/// Returns a path without the first segments, if it has other fixed segments.
fn without_segments(path: &[PathSegment], count: usize) -> Option<Vec<PathSegment>> {
    let rest = leading(path).get(count..)?.join("/");
    let others = path.get(1..)?.iter();
    let cut: Vec<PathSegment> = std::iter::once(PathSegment::Literal(rest)).chain(others.cloned()).collect();
    let is_noun = |segment: &PathSegment| match segment {
        PathSegment::Literal(text) => !words(text).is_empty(),
        PathSegment::Parameter(_) => false,
    };
    cut.iter().any(is_noun).then_some(cut)
}

/// Returns `true` for an id that only repeats method and path, as in `accounts_post` and `get-users-userId`. Prefixes of
/// the path may be missing, and its variables.
pub(super) fn repeats_route(id: &str, method: &str, path: &[PathSegment]) -> bool {
    let whole = words(id);
    let method = method.to_lowercase();
    let (rest, is_first) = match whole.as_slice() {
        [rest @ .., last] if *last == method => (rest, false),
        [first, rest @ ..] if *first == method => (rest, true),
        _ => return false,
    };
    let spelled = |with_variables: bool| -> Vec<String> {
        let text = |segment: &PathSegment| match segment {
            PathSegment::Literal(text) => words(text),
            PathSegment::Parameter(name) if with_variables => words(name),
            PathSegment::Parameter(_) => Vec::new(),
        };
        path.iter().flat_map(text).collect()
    };
    let has_variables = path.iter().any(|segment| matches!(segment, PathSegment::Parameter(_)));
    let prefixes = leading(path).iter().rposition(|segment| is_prefix(segment)).map_or(0, |last| last + 1);
    let prefix: usize = leading(path).iter().take(prefixes).map(|segment| words(segment).len()).sum();
    let fits = |with_variables: bool| {
        let spelled = spelled(with_variables);
        !spelled.is_empty() && (rest == spelled || (spelled.len() > prefix && rest == &spelled[prefix..]))
    };
    // A person could have written `getUsers`.
    (has_variables && fits(true)) || (!is_first && fits(false))
}

#[cfg(test)]
mod tests {
    use super::{repeats_route, without_segments};
    use crate::lower::names::operation_names::rest;
    use crate::lower::paths::path_template;

    #[test]
    fn ids_that_repeat_the_route_are_recognized() {
        for (id, method, path, expected) in [
            ("accounts_post", "POST", "/accounts", true),
            ("accounts_account_id_get", "GET", "/v1/accounts/{account_id}", true),
            ("accountsGet", "GET", "/accounts", true),
            ("get-companies-companyId-users", "GET", "/companies/{companyId}/users", true),
            ("getCompaniesCompanyId", "GET", "/companies/{companyId}", true),
            ("patch_accounts_settings", "PATCH", "/accounts/settings", false),
            ("getAccounts", "GET", "/accounts", false),
            ("similar_post", "POST", "/indexes/{id}/similar", false),
            ("accounts_post", "PUT", "/accounts", false),
            ("post", "POST", "/", false),
        ] {
            let path = path_template(path, |_| false).segments;
            assert_eq!(repeats_route(id, method, &path), expected, "{id}");
        }
    }

    #[test]
    fn something_is_left_of_a_path() {
        for (path, count, expected) in [
            ("/api/rest/v3/users/{id}", 3, "get_user_by_id"),
            ("/api/v3/{id}", 2, ""),
            ("/api", 1, ""),
            ("/api/{id}/files", 1, "get_files"),
        ] {
            let path_read = path_template(path, |_| false).segments;
            let cut = without_segments(&path_read, count).map(|path| rest("GET", &path).join("_"));
            assert_eq!(cut.unwrap_or_default(), expected, "{path}");
        }
    }
}
