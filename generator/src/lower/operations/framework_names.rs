//! Cuts what frameworks add to operation ids: path and method at the end, the controller, service or tag at the front.

use std::collections::BTreeMap;

use super::Draft;
use crate::lower::names::singular::singular;
use crate::name::words;

/// Words that frameworks append to the name of a group of operations.
const KINDS: &[&str] = &["controller", "service", "handler", "resource", "api"];

/// Words that start the name of a method, even if everything is written in one case.
const VERBS: &[&str] = &[
    "list", "create", "get", "read", "retrieve", "update", "partial", "patch", "replace", "delete",
    "destroy", "remove", "add",
];

/// Cuts the ids of operations, as long as the names of a manager stay unique.
pub(super) fn cut_ids(drafts: &mut [Draft]) {
    let names: Vec<Vec<Vec<String>>> = drafts.iter().map(names).collect();
    let mut levels = vec![0; drafts.len()];
    loop {
        let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (index, draft) in drafts.iter().enumerate() {
            let [manager, _, suffix] = draft.key();
            alike
                .entry([&manager, &names[index][levels[index]], &suffix].map(Clone::clone))
                .or_default()
                .push(index);
        }
        let colliding = alike.into_values().filter(|indices| indices.len() > 1).flatten();
        let longer: Vec<usize> = colliding.filter(|&index| levels[index] + 1 < names[index].len()).collect();
        if longer.is_empty() {
            break;
        }
        for index in longer {
            levels[index] += 1;
        }
    }
    for ((draft, mut names), level) in drafts.iter_mut().zip(names).zip(levels) {
        draft.name.words = names.swap_remove(level);
    }
}

/// Returns the possible names of an operation, the shortest one first and the whole one last.
fn names(draft: &Draft) -> Vec<Vec<String>> {
    let whole = draft.name.words.clone();
    let id = draft.node.operation_id.as_deref().unwrap_or_default();
    if !draft.by_rule || words(id) != whole {
        return vec![whole];
    }
    let Some(cut) = without_route(id, &whole, &draft.method, &draft.template) else {
        let cut = without_group(id, &whole, &draft.manager);
        return cut.into_iter().chain([whole]).collect();
    };
    // A function is named as a person named it, unless something in its name sets the group apart.
    vec![cut, whole]
}

/// Cuts the path and the method at the end of an id, as in `read_song_songs__song_id__get` (FastAPI).
fn without_route(id: &str, whole: &[String], method: &str, template: &str) -> Option<Vec<String>> {
    let method = method.to_lowercase();
    let mut end = words(template);
    if end.is_empty() && !id.ends_with(&format!("__{method}")) {
        return None;
    }
    end.push(method);
    whole.strip_suffix(end.as_slice()).filter(|rest| !rest.is_empty()).map(<[String]>::to_vec)
}

/// Cuts the name of the group at the front of an id, as in `TopicsController_createTopic` (NestJS),
/// `AccountService_ListAccounts` (gRPC gateways), `v1.account.list` and `issues/create`.
fn without_group(id: &str, whole: &[String], manager: &str) -> Option<Vec<String>> {
    let mut group = words(manager);
    if group.len() > 1 && group.last().is_some_and(|last| KINDS.contains(&last.as_str())) {
        group.pop();
    }
    let unversioned = match whole {
        [first, rest @ ..] if is_version(first) => rest,
        whole => whole,
    };
    let (front, rest) = unversioned.split_at_checked(group.len())?;
    let is_same = front == group;
    let is_alike = singulars(front) == singulars(&group);
    let kinds = rest.iter().take_while(|word| KINDS.contains(&word.as_str())).count();
    let name = rest.get(kinds..).filter(|name| !name.is_empty())?;
    let front_of_id = id.find(['/', '.', ':', '_']).map(|at| (&id[at..=at], &id[..at]));
    let is_set_apart = match front_of_id {
        Some(("_", front)) => front.contains(|char: char| char.is_ascii_uppercase()),
        Some(_) => true,
        None => false,
    };
    let is_group = if kinds > 0 || is_set_apart {
        is_alike && ends_at_separator(id, unversioned.len() - name.len() + whole.len() - unversioned.len())
    } else {
        is_same && name.first().is_some_and(|verb| VERBS.contains(&verb.as_str()))
    };
    is_group.then(|| name.to_vec())
}

/// Returns `true` if these many words of an id are followed by a separator.
fn ends_at_separator(id: &str, count: usize) -> bool {
    let is_separator = |char: char| !char.is_alphanumeric();
    id.match_indices(is_separator).any(|(at, _)| words(&id[..at]).len() == count)
}

fn singulars(words: &[String]) -> Vec<String> {
    words.iter().map(|word| singular(word)).collect()
}

/// Returns `true` for words such as `v1`, `v2beta1`.
fn is_version(word: &str) -> bool {
    word.strip_prefix('v').is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{without_group, without_route};
    use crate::name::words;

    #[test]
    fn routes_are_cut_at_the_end() {
        for (id, method, path, expected) in [
            ("read_song_songs__song_id__get", "GET", "/songs/{song_id}", "read_song"),
            ("chat_completion_v1_chat_completions_post", "POST", "/v1/chat/completions", "chat_completion"),
            ("readRootGet", "GET", "/", ""),
            ("root__get", "GET", "/", "root"),
            ("songs_get", "GET", "/songs", ""),
            ("read_song_songs_post", "GET", "/songs", ""),
        ] {
            let cut = without_route(id, &words(id), method, path).unwrap_or_default().join("_");
            assert_eq!(cut, expected, "{id}");
        }
    }

    #[test]
    fn groups_are_cut_at_the_front() {
        for (id, manager, expected) in [
            ("TopicsController_createTopic", "Topics", "create_topic"),
            ("TopicController_createTopic", "topics", "create_topic"),
            ("AccountService_ListAccounts", "AccountService", "list_accounts"),
            ("v1.application.list", "Application", "list"),
            ("issues/create-comment", "issues", "create_comment"),
            ("users_list", "users", "list"),
            ("users_partial_update", "users", "partial_update"),
            ("Users_Find", "Users", "find"),
            // Not set apart.
            ("chat_completion", "chat", ""),
            ("searchCode", "search", ""),
            ("issues", "issues", ""),
            ("other/create", "issues", ""),
        ] {
            let cut = without_group(id, &words(id), manager).unwrap_or_default().join("_");
            assert_eq!(cut, expected, "{id}");
        }
    }
}
