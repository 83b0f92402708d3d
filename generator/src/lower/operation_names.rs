//! From method and path, or operation id, to the words of a method.

use super::singular::singular;
use crate::ir::PathSegment;
use crate::name::words;

/// The words of an operation by its method and path: a verb for the method, then the literal segments
/// of the path. A noun that a path parameter follows is singular, and so is the last one of a `create`;
/// a trailing path parameter adds `by id`.
pub(super) fn rest(method: &str, path: &[PathSegment]) -> Vec<String> {
    let verb = verb(method);
    let mut nouns = nouns(path);
    let by_id = nouns.last().is_some_and(|noun| noun.has_parameter);
    if verb == "create"
        && let Some(last) = nouns.last_mut()
    {
        last.singular = true;
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

#[cfg(test)]
mod tests {
    use super::rest;
    use crate::lower::paths::segments;

    #[test]
    fn method_and_path_make_a_name() {
        let cases = [
            ("GET", "/users/{user_id}/memberships", "get_user_memberships"),
            ("POST", "/group_memberships", "create_group_membership"),
            ("GET", "/group_memberships/{group_membership_id}", "get_group_membership_by_id"),
            ("PUT", "/group_memberships/{group_membership_id}", "update_group_membership_by_id"),
            ("PATCH", "/a/{x}/b/{y}", "update_a_b_by_id"),
            ("DELETE", "/users/{user_id}/email_aliases/{email_alias_id}", "delete_user_email_alias_by_id"),
            ("OPTIONS", "/files/content", "options_files_content"),
            ("POST", "/files/content", "create_files_content"),
            ("POST", "/files/{file_id}/copy", "create_file_copy"),
            ("GET", "/files/{file_id}/thumbnail.{extension}", "get_file_thumbnail_by_id"),
            ("GET", "/", "get_root"),
            ("GET", "/{id}", "get_root_by_id"),
        ];
        for (method, path, expected) in cases {
            assert_eq!(rest(method, &segments(path)).join("_"), expected, "of {method} {path}");
        }
    }
}
