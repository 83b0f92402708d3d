//! Checks that modules beside each other do not import each other in a circle.
//!
//! An import of a door (`emit/rust.rs`) by what is in its room (`emit/rust/`) or the other way round is no edge; an
//! import between entries of one folder is, and so is one between files deep inside of two entries. Names are followed
//! through the `use` declarations of doors to the module that defines them. Unit tests are left out.

mod graph;
mod modules;

use super::Finding;
use super::code::File;
use graph::Step;
use modules::Modules;

/// Source folders, and how deep in them entries are compared.
const SOURCES: &[(&str, Depth)] = &[("generator/src", Depth::All), ("runtime/src", Depth::Top)];

/// Imports that may close a circle.
const EXCEPTIONS: &[Exception] = &[];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// The entries of the folder itself.
    Top,
    /// The entries of folders inside, too.
    All,
}

/// An import that may close a circle, since its two ends are one concept in two files.
struct Exception {
    /// The folder of both entries.
    folder: &'static str,
    from: &'static str,
    to: &'static str,
    reason: &'static str,
}

/// Checks the entries of every source folder.
pub(super) fn check(files: &[File], findings: &mut Vec<Finding>) {
    check_folders(files, SOURCES, EXCEPTIONS, findings);
}

fn check_folders(
    files: &[File],
    sources: &[(&str, Depth)],
    exceptions: &[Exception],
    findings: &mut Vec<Finding>,
) {
    let mut unneeded: Vec<&Exception> = exceptions.iter().collect();
    for (source, depth) in sources {
        for (folder, mut graph) in Modules::new(source, files).graphs() {
            if *depth == Depth::Top && folder != *source {
                continue;
            }
            for exception in exceptions.iter().filter(|exception| exception.folder == folder) {
                if graph.remove(exception.from, exception.to).is_some_and(|edge| graph.leads_back(&edge)) {
                    unneeded.retain(|other| !std::ptr::eq(*other, exception));
                }
            }
            findings.extend(graph.circles().iter().map(|circle| finding(&folder, circle)));
        }
    }
    findings.extend(unneeded.into_iter().map(|Exception { folder, from, to, reason }| Finding {
        path: "xtask/src/tidy/circles.rs".to_owned(),
        line: 1,
        message: format!(
            "the exception for `{from}` → `{to}` in `{folder}` ({reason}) is not needed: remove it"
        ),
    }));
}

/// Describes a circle of steps by one import each.
fn finding(folder: &str, circle: &[Step]) -> Finding {
    let steps: Vec<String> = circle
        .iter()
        .map(|Step { from, to, path, line }| format!("`{from}` → `{to}` ({path}:{line})"))
        .collect();
    Finding {
        path: circle[0].path.clone(),
        line: circle[0].line,
        message: format!("entries of `{folder}` import each other in a circle: {}", steps.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Depth, Exception, check_folders};
    use crate::tidy::code::File;

    fn findings(files: &[(&str, &str)], exceptions: &[Exception]) -> Vec<String> {
        let files: Vec<File> =
            files.iter().map(|(path, text)| File::new(format!("s/{path}"), (*text).to_owned())).collect();
        let mut findings = Vec::new();
        check_folders(&files, &[("s", Depth::All)], exceptions, &mut findings);
        findings.iter().map(ToString::to_string).collect()
    }

    const OPEN: &[(&str, &str)] = &[
        ("lib.rs", "mod a; mod b; use a::A;"),
        ("a.rs", "mod c; use crate::b::B; pub use c::C;"),
        ("a/c.rs", "use super::A; use crate::b;"),
        ("b.rs", "// crate::a\n#[cfg(test)]\nmod tests {\n    use crate::a::A;\n}"),
    ];

    #[test]
    fn doors_children_and_unit_tests_make_no_circle() {
        assert_eq!(findings(OPEN, &[]), [""; 0]);
    }

    #[test]
    fn a_planted_circle_is_shown_with_its_imports() {
        let mut files = OPEN.to_vec();
        files[3].1 = "\n\nuse crate::d::D;";
        files.push(("d.rs", "use crate::b::B;\nuse crate::a::C;"));
        // The circle of two is shorter than the one through `a`.
        assert_eq!(
            findings(&files, &[]),
            [
                "s/b.rs:3: entries of `s` import each other in a circle: `b` → `d` (s/b.rs:3), `d` → `b` (s/d.rs:1)"
            ]
        );
    }

    #[test]
    fn names_are_followed_through_doors() {
        let files = [
            ("a.rs", "mod x; mod y; pub(crate) use x::*; pub use y::Y as Z;"),
            ("a/x.rs", "use super::Z;\npub struct X;"),
            ("a/y.rs", "use crate::a::X;"),
        ];
        let found = findings(&files, &[]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].ends_with("`x` → `y` (s/a/x.rs:1), `y` → `x` (s/a/y.rs:1)"), "{found:?}");
    }

    #[test]
    fn exceptions_open_circles_or_are_findings() {
        let files = [("a.rs", "use crate::b::B;"), ("b.rs", "use crate::a::A;")];
        let exception = |from, to| Exception { folder: "s", from, to, reason: "one concept" };
        assert_eq!(findings(&files, &[exception("a", "b")]), [""; 0]);
        let found = findings(&files, &[exception("a", "b"), exception("b", "a"), exception("a", "c")]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().all(|found| found.ends_with("is not needed: remove it")), "{found:?}");
    }
}
