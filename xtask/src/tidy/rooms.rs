//! Checks that no folder holds more source files than a reader takes in at a glance.
//!
//! The door of a folder does not count, even if it lies inside of it (`lib.rs`, `main.rs`, `mod.rs`).

use std::collections::BTreeMap;

use super::Finding;
use super::code::File;

/// A folder with more files than these wants rooms of its own.
const MOST_FILES: usize = 14;

const DOORS: &[&str] = &["lib.rs", "main.rs", "mod.rs"];

/// Folders that may hold more.
const EXCEPTIONS: &[(&str, &str)] =
    &[("generator/src", "each stage is a module of the crate, and the crate docs list them in order")];

/// Counts the files of every folder of sources.
pub(super) fn check(files: &[File], findings: &mut Vec<Finding>) {
    check_folders(files, EXCEPTIONS, findings);
}

fn check_folders(files: &[File], exceptions: &[(&str, &str)], findings: &mut Vec<Finding>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let paths = files.iter().filter_map(|file| file.path.rsplit_once('/'));
    for (folder, _) in paths.filter(|(_, name)| !DOORS.contains(name)) {
        *counts.entry(folder).or_default() += 1;
    }
    counts.retain(|_, count| *count > MOST_FILES);
    for (folder, reason) in exceptions {
        if counts.remove(folder).is_none() {
            findings.push(Finding {
                path: "xtask/src/tidy/rooms.rs".to_owned(),
                line: 1,
                message: format!("the exception for `{folder}` ({reason}) is not needed: remove it"),
            });
        }
    }
    findings.extend(counts.into_iter().map(|(folder, count)| Finding {
        path: folder.to_owned(),
        line: 1,
        message: format!("has {count} source files, {MOST_FILES} are the most; give it rooms"),
    }));
}

#[cfg(test)]
mod tests {
    use super::check_folders;
    use crate::tidy::code::File;

    fn findings(files: usize, exceptions: &[(&str, &str)]) -> Vec<String> {
        let names = (0..files).map(|number| format!("a/{number}.rs")).chain(["a/lib.rs".to_owned()]);
        let files: Vec<File> = names.map(|path| File::new(path, String::new())).collect();
        let mut findings = Vec::new();
        check_folders(&files, exceptions, &mut findings);
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_full_folder_wants_rooms() {
        assert_eq!(findings(14, &[]), [""; 0]);
        assert_eq!(findings(15, &[]), ["a:1: has 15 source files, 14 are the most; give it rooms"]);
    }

    #[test]
    fn exceptions_are_needed() {
        assert_eq!(findings(15, &[("a", "a map")]), [""; 0]);
        let found = findings(14, &[("a", "a map")]);
        assert_eq!(found.len(), 1);
        assert!(found[0].ends_with("the exception for `a` (a map) is not needed: remove it"), "{found:?}");
    }
}
