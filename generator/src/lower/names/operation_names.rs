//! Derives the words of an operation from its method and path.

use std::collections::BTreeSet;

use super::singular::singular;
use crate::ir::PathSegment;
use crate::lower::paths::variables;
use crate::name::words;

/// Returns the words of an operation by its method and path: a verb for the method, then the literal segments of the
/// path. A noun that something follows is singular, and so is the last one of a `create`; a trailing path parameter
/// adds `by id`.
pub(in crate::lower) fn rest(method: &str, path: &[PathSegment]) -> Vec<String> {
    let verb = verb(method);
    let mut nouns = nouns(path);
    let by_id = nouns.last().is_some_and(|noun| noun.has_parameter);
    if let Some((last, before)) = nouns.split_last_mut() {
        last.singular |= verb == "create";
        before.iter_mut().for_each(|noun| noun.singular = true);
    }
    let mut name = vec![verb];
    for noun in &nouns {
        name.extend(noun.words());
    }
    if name.len() == 1 {
        name.push("root".to_owned());
    }
    if by_id {
        name.extend(["by".to_owned(), "id".to_owned()]);
    }
    name
}

fn verb(method: &str) -> String {
    match method {
        "POST" => "create".to_owned(),
        "PUT" | "PATCH" => "update".to_owned(),
        other => other.to_lowercase(),
    }
}

/// A literal segment of a path.
#[derive(Default)]
struct Noun {
    text: String,
    singular: bool,
    has_parameter: bool,
}

impl Noun {
    fn words(&self) -> Vec<String> {
        let mut words = words(&self.text);
        if self.singular
            && let Some(last) = words.last_mut()
        {
            *last = singular(last);
        }
        words
    }
}

fn nouns(path: &[PathSegment]) -> Vec<Noun> {
    let mut nouns: Vec<Noun> = Vec::new();
    for segment in path {
        match segment {
            PathSegment::Literal(text) => nouns.extend(
                text.split('/')
                    .filter(|text| !words(text).is_empty())
                    .map(|text| Noun { text: text.to_owned(), ..Noun::default() }),
            ),
            PathSegment::Parameter(_) => match nouns.last_mut() {
                Some(noun) => {
                    noun.singular = true;
                    noun.has_parameter = true;
                }
                None => nouns.push(Noun { has_parameter: true, ..Noun::default() }),
            },
        }
    }
    nouns
}

/// The properties that distinguish operations of the same name.
pub(in crate::lower) struct Route<'a> {
    pub(in crate::lower) words: &'a [String],
    pub(in crate::lower) method: &'a str,
    pub(in crate::lower) path: &'a [PathSegment],
    /// The part of the path after `#`.
    pub(in crate::lower) fragment: &'a str,
}

/// Returns different names for operations that want the name of another one: by the fragments of their paths, their
/// methods, their last path parameters, or all their path parameters, whichever suffices first.
pub(in crate::lower) fn distinguish(keeper: &Route<'_>, routes: &[Route<'_>]) -> Option<Vec<Vec<String>>> {
    let ways: [fn(&Route<'_>) -> Vec<String>; 4] = [by_fragment, by_method, by_last_parameter, by_parameters];
    ways.into_iter().find_map(|way| {
        let names: Vec<Vec<String>> = routes.iter().map(way).collect();
        let is_kept = names.iter().any(|name| *name == keeper.words);
        let own = way(keeper);
        let different: BTreeSet<&Vec<String>> = names.iter().chain([&own]).collect();
        (!is_kept && different.len() > names.len()).then_some(names)
    })
}

fn by_fragment(route: &Route<'_>) -> Vec<String> {
    route.words.iter().cloned().chain(words(route.fragment)).collect()
}

fn by_method(route: &Route<'_>) -> Vec<String> {
    std::iter::once(route.method.to_lowercase()).chain(route.words.iter().skip(1).cloned()).collect()
}

fn by_last_parameter(route: &Route<'_>) -> Vec<String> {
    let last: Vec<&str> = variables(route.path).pop().into_iter().collect();
    with_parameters(route, &last)
}

fn by_parameters(route: &Route<'_>) -> Vec<String> {
    with_parameters(route, &variables(route.path))
}

fn with_parameters(route: &Route<'_>, names: &[&str]) -> Vec<String> {
    let plain = route.words.strip_suffix(&["by".to_owned(), "id".to_owned()]).unwrap_or(route.words);
    let mut name = plain.to_vec();
    for (index, parameter) in names.iter().enumerate() {
        name.push(if index == 0 { "by" } else { "and" }.to_owned());
        name.extend(words(parameter));
    }
    name
}

#[cfg(test)]
mod tests {
    use super::rest;
    use crate::lower::paths::path_template;

    #[test]
    fn method_and_path_make_a_name() {
        let cases = [
            ("GET", "/users/{user_id}/memberships", "get_user_memberships"),
            ("POST", "/group_memberships", "create_group_membership"),
            ("GET", "/group_memberships/{group_membership_id}", "get_group_membership_by_id"),
            ("PUT", "/group_memberships/{group_membership_id}", "update_group_membership_by_id"),
            ("PATCH", "/a/{x}/b/{y}", "update_a_b_by_id"),
            ("DELETE", "/users/{user_id}/email_aliases/{email_alias_id}", "delete_user_email_alias_by_id"),
            ("OPTIONS", "/files/content", "options_file_content"),
            ("POST", "/files/content", "create_file_content"),
            ("POST", "/files/{file_id}/copy", "create_file_copy"),
            ("GET", "/files/{file_id}/thumbnail.{extension}", "get_file_thumbnail_by_id"),
            ("GET", "/users/me", "get_user_me"),
            ("GET", "/", "get_root"),
            ("GET", "/{id}", "get_root_by_id"),
        ];
        for (method, path, expected) in cases {
            let path_read = path_template(path, |_| false);
            assert_eq!(rest(method, &path_read.segments).join("_"), expected, "of {method} {path}");
        }
    }
}
