//! Checks that the crate documentation of the generator shows the walls as they stand.

use super::{ROOMS, Room, WALLS, Wall};
use crate::tidy::Finding;
use crate::tidy::code::File;

/// The heading above the two tables.
const HEADING: &str = "# Walls";

/// Compares the rows of the tables below the heading with the walls, in both directions.
pub(super) fn check(file: &File, findings: &mut Vec<Finding>) {
    let docs: Vec<&str> = file.module_docs().collect();
    let start = docs.iter().position(|line| *line == HEADING).map_or(docs.len(), |at| at + 1);
    let section = docs[start..].iter().take_while(|line| !line.starts_with("# "));
    let shown: Vec<(usize, &str)> = section
        .enumerate()
        .map(|(at, line)| (start + at + 1, *line))
        .filter(|(_, line)| line.starts_with("| `"))
        .collect();
    let rows = rows();
    let mut find = |line: usize, message: String| {
        findings.push(Finding { path: file.path.clone(), line, message });
    };
    for row in rows.iter().filter(|row| !shown.iter().any(|(_, line)| line == row)) {
        find(start, format!("the section `{HEADING}` of the crate docs lacks the row {row}"));
    }
    for (line, row) in shown.iter().filter(|(_, line)| !rows.iter().any(|row| row == line)) {
        find(*line, format!("xtask/src/tidy/walls.rs has no such wall: {row}"));
    }
}

/// Returns the rows of both tables: who may use what is behind a wall, and what a module may use.
fn rows() -> Vec<String> {
    let wall = |wall: &Wall| {
        let opened_to = if wall.opened_to.is_empty() { "none".to_owned() } else { list(wall.opened_to) };
        format!("| `{}` | {opened_to} | {} |", wall.of.join("::"), wall.reason)
    };
    let room = |room: &Room| {
        let knows = if room.knows.is_empty() { "nothing".to_owned() } else { list(room.knows) };
        format!("| `{}` | {knows} |", room.module)
    };
    WALLS.iter().map(wall).chain(ROOMS.iter().map(room)).collect()
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{check, rows};
    use crate::tidy::code::File;

    fn findings(rows: &[String]) -> Vec<String> {
        let rows: String = rows.iter().map(|row| format!("//! {row}\n")).collect();
        let text = format!(
            "//! A.\n//!\n//! # Walls\n//! | module | may use |\n//! |---|---|\n{rows}//! # Other\n//! | `a` |\n"
        );
        let mut findings = Vec::new();
        check(&File::new("generator/src/lib.rs".to_owned(), text), &mut findings);
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_docs_show_every_wall_and_no_other() {
        assert_eq!(findings(&rows()), [""; 0]);
        let mut wrong = rows();
        let lacking = wrong.remove(0);
        wrong.push("| `ir` | `emit` |".to_owned());
        let found = findings(&wrong);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].ends_with(&format!("lacks the row {lacking}")), "{found:?}");
        assert!(found[1].ends_with("has no such wall: | `ir` | `emit` |"), "{found:?}");
    }
}
