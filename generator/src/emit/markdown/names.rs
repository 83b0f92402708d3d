//! Chooses the names of the managers' pages.

use std::cmp::Reverse;

use crate::emit::{Dialect, GUIDES};
use crate::ir;

/// Names that Windows refuses for files, whatever the extension.
const REFUSED: &[&str] = &["aux", "con", "nul", "prn"];

/// The name of each manager's page, without the extension: the name of the accessor in ASCII, with a suffix if that name
/// is taken.
pub(super) fn pages(api: &ir::Api, dialect: &dyn Dialect) -> Vec<String> {
    let mut order: Vec<usize> = (0..api.managers.len()).collect();
    // Of managers that are named after the same paths, the one with most operations keeps the name.
    order.sort_by_key(|&index| {
        let manager = &api.managers[index];
        (!manager.name.snake().is_ascii(), Reverse(manager.operations.len()), index)
    });
    let mut names = vec![String::new(); api.managers.len()];
    for index in order {
        let mut name = dialect.page_name(&api.managers[index]);
        while !is_free(&name, &names) {
            name.push_str("_manager");
        }
        names[index] = name;
    }
    names
}

fn is_free(name: &str, taken: &[String]) -> bool {
    let lower = name.to_lowercase();
    let port = ["com", "lpt"]
        .iter()
        .any(|port| lower.strip_prefix(port).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9'])));
    !port
        && lower != "readme"
        && !GUIDES.contains(&lower.as_str())
        && !REFUSED.contains(&lower.as_str())
        && !taken.iter().any(|other| other.to_lowercase() == lower)
}
