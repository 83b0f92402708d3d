//! Checks that the code map in a crate's documentation lists the modules of the crate.

use std::collections::BTreeSet;

use super::Finding;
use super::code::File;

/// The heading above the map, a table with modules in its first column.
const HEADING: &str = "# Code map";

/// Source folders with a map, and how many names deep their rooms are listed. Modules at the top are listed with and
/// without rooms, deeper ones only with a room.
const MAPS: &[(&str, usize)] = &[("generator/src", 3), ("runtime/src", 1)];

/// Compares each map with the modules of its crate.
pub(super) fn check(files: &[File], findings: &mut Vec<Finding>) {
    for (source, depth) in MAPS {
        check_map(files, source, *depth, findings);
    }
}

fn check_map(files: &[File], source: &str, depth: usize, findings: &mut Vec<Finding>) {
    let root = format!("{source}/lib.rs");
    let Some(lib) = files.iter().find(|file| file.path == root) else { return };
    let modules = modules(files, source, depth);
    let shown = shown(lib);
    let mut find = |line: usize, message: String| {
        findings.push(Finding { path: root.clone(), line, message });
    };
    for module in modules.iter().filter(|module| !shown.iter().any(|(_, name)| name == *module)) {
        find(1, format!("the code map lacks the module `{module}`"));
    }
    for (line, name) in shown.iter().filter(|(_, name)| !modules.contains(*name)) {
        find(*line, format!("the code map lists `{name}`, which is not a module with a place in the map"));
    }
}

/// Returns the modules that the map has to list, as paths below the source folder without `.rs`.
fn modules<'a>(files: &'a [File], source: &str, depth: usize) -> BTreeSet<&'a str> {
    let below = |file: &'a File| file.path.strip_prefix(source)?.strip_prefix('/')?.strip_suffix(".rs");
    let is_test = |path: &str| path.split('/').any(|name| name == "tests");
    let paths = files.iter().filter_map(below).filter(|path| *path != "lib" && !is_test(path));
    let paths: BTreeSet<&str> = paths.collect();
    let is_listed = |path: &&str| {
        let names = path.split('/').count();
        let has_room =
            || paths.iter().any(|other| other.strip_prefix(*path).is_some_and(|rest| rest.starts_with('/')));
        names == 1 || (names <= depth && has_room())
    };
    paths.iter().copied().filter(|path| is_listed(path)).collect()
}

/// Returns the names in the first column of the map with their lines.
fn shown(lib: &File) -> Vec<(usize, &str)> {
    let lines = lib.module_docs().enumerate().skip_while(|(_, line)| *line != HEADING).skip(1);
    let section = lines.take_while(|(_, line)| !line.starts_with("# "));
    section
        .filter_map(|(number, line)| Some((number + 1, line.strip_prefix("| ")?.split(" | ").next()?)))
        .flat_map(|(number, cell)| cell.split('`').skip(1).step_by(2).map(move |name| (number, name)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::check_map;
    use crate::tidy::code::File;

    fn findings(map: &str) -> Vec<String> {
        let lib = format!(
            "//! A.\n//!\n//! # Code map\n//! | module | purpose |\n//! |---|---|\n{map}//! # Other\n//! | `x` |\n"
        );
        let texts =
            [("lib", lib.as_str()), ("a", ""), ("a/b", ""), ("a/b/c", ""), ("a/b/c/d", ""), ("e", "")];
        let files: Vec<File> =
            texts.iter().map(|(path, text)| File::new(format!("s/{path}.rs"), (*text).to_owned())).collect();
        let mut findings = Vec::new();
        check_map(&files, "s", 2, &mut findings);
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_map_lists_top_modules_and_rooms() {
        assert_eq!(findings("//! | `a`, `e` | b |\n//! | `a/b` | `c` |\n"), [""; 0]);
        assert_eq!(
            findings("//! | `a` | b |\n//! | `a/b` | c |\n//! | `f` | c |\n"),
            [
                "s/lib.rs:1: the code map lacks the module `e`",
                "s/lib.rs:8: the code map lists `f`, which is not a module with a place in the map"
            ]
        );
    }
}
