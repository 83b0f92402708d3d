//! Cuts what frameworks add to operation ids: path and method at the end, the controller, service or tag at the front.

use std::collections::BTreeMap;

use super::Draft;
use super::route_names::{Prefixes, repeats_route};
use crate::config::OperationNames;
use crate::lower::names::singular::singular;
use crate::name::words;

/// Words that frameworks append to the name of a group of operations.
const KINDS: &[&str] = &["controller", "service", "handler", "resource", "api"];

/// Words that start the name of a method, even if everything is written in one case.
const VERBS: &[&str] = &[
    "list", "create", "get", "read", "retrieve", "update", "partial", "patch", "replace", "delete",
    "destroy", "remove", "add",
];

/// Cuts the ids and routes of operations, as long as the names of a manager stay unique.
pub(super) fn cut_ids(drafts: &mut [Draft], rule: OperationNames) {
    if rule == OperationNames::OperationIdExact {
        return;
    }
    let prefixes = Prefixes::of(drafts);
    let names: Vec<Vec<Vec<String>>> = drafts.iter().map(|draft| names(draft, rule, &prefixes)).collect();
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
fn names(draft: &Draft, rule: OperationNames, prefixes: &Prefixes) -> Vec<Vec<String>> {
    let whole = draft.name.words.clone();
    let id = draft.node.operation_id.as_deref().unwrap_or_default();
    let is_id = rule == OperationNames::OperationId && words(id) == whole;
    if !draft.by_rule {
        return vec![whole];
    }
    if !is_id {
        let by_route = prefixes.names(draft);
        return if by_route.contains(&whole) { by_route } else { vec![whole] };
    }
    let in_group = without_group(id, &whole, &draft.manager);
    if in_group.is_none() && repeats_route(id, &draft.method, &draft.path) {
        return prefixes.names(draft).into_iter().chain([whole]).collect();
    }
    let Some(cut) = without_route(id, &whole, &draft.method, &draft.template) else {
        let cut = in_group.or_else(|| without_path_to_group(id, &draft.manager));
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

/// Cuts what stands before the group as well, as in `google.longrunning.Operations_ListOperations` (gRPC gateways),
/// `Microsoft_Widgets_List` and `batch_jobs_list_jobs`.
fn without_path_to_group(id: &str, manager: &str) -> Option<Vec<String>> {
    let group = words(manager);
    let is_group = |words: &[String]| singulars(words) == singulars(&group);
    let mut ends = id.match_indices(['/', '.', ':', '_']).map(|(at, _)| at);
    let whole = words(id);
    let end = ends.rfind(|&end| {
        let front = words(&id[..end]);
        let Some(start) = front.len().checked_sub(group.len()) else { return false };
        let name = words(&id[end..]);
        let is_set_apart = !id[end..].starts_with('_')
            || id[..end].rsplit(['/', '.', ':', '_']).next().is_some_and(|part| part.contains(is_capital));
        // The name of the method says the group again.
        let is_repeated = name.first().is_some_and(|verb| VERBS.contains(&verb.as_str()))
            && name.get(1..).is_some_and(|rest| rest.windows(group.len()).any(is_group));
        start > 0 && is_group(&front[start..]) && !name.is_empty() && (is_set_apart || is_repeated)
    })?;
    Some(words(&id[end..])).filter(|name| name.len() < whole.len())
}

fn is_capital(char: char) -> bool {
    char.is_ascii_uppercase()
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
    use super::{without_group, without_path_to_group, without_route};
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

    #[test]
    fn the_path_to_the_group_is_cut() {
        for (id, manager, expected) in [
            ("google.longrunning.Operations_ListOperations", "Operations", "list_operations"),
            ("Microsoft_Widgets_List", "widgets", "list"),
            ("compute.projects.operations.wait", "operations", "wait"),
            ("batch_jobs_list_jobs", "jobs", "list_jobs"),
            ("JobService_JobOperations_ListOperations", "Operations", "list_operations"),
            // Something else may be set apart.
            ("admin_users_list", "users", ""),
            ("Widgets_List", "Gadgets", ""),
            ("Operations_ListOperations", "Operations", ""),
        ] {
            let cut = without_path_to_group(id, manager).unwrap_or_default().join("_");
            assert_eq!(cut, expected, "{id}");
        }
    }
}
