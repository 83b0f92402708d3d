//! Checks the length of a file, its opening, and the words that libraries must not use.

use super::Finding;
use super::code::File;

/// A file with more lines than these holds more than one construct.
const MOST_LINES: usize = 400;

/// Calls that are left to tests, tools and our own bugs, each with what a library does instead.
const FORBIDDEN: &[(&str, &str)] = &[
    (".unwrap()", "report a diagnostic or an error, or say with `expect` why it cannot happen"),
    ("panic!", "report a diagnostic or an error"),
    ("todo!", "finish it"),
    ("unimplemented!", "finish it"),
    ("dbg!", "remove it"),
    ("print!", "libraries do not print"),
    ("println!", "libraries do not print"),
    ("eprintln!", "libraries do not print"),
];

/// Checks the rules for every file, and those for libraries.
pub(super) fn check(file: &File, findings: &mut Vec<Finding>) {
    let mut find = |line: usize, message: String| {
        findings.push(Finding { path: file.path.clone(), line, message });
    };
    if !file.text.starts_with("//! ") {
        find(1, "opens without a `//!` sentence that says what the file does or holds".to_owned());
    }
    let lines = file.text.lines().count();
    if lines > MOST_LINES {
        find(lines, format!("has {lines} lines, {MOST_LINES} are the most; split it by construct"));
    }
    let library = ["generator/src/", "runtime/src/"].iter().any(|folder| file.path.starts_with(folder));
    for (number, line) in file.code.lines().enumerate().filter(|_| library) {
        for (word, instead) in FORBIDDEN {
            if contains(line, word) {
                find(number + 1, format!("`{word}` in a library: {instead}"));
            }
        }
        if file.path.starts_with("generator/") && (contains(line, "HashMap") || contains(line, "HashSet")) {
            find(
                number + 1,
                "the order of a hash map is random: use `BTreeMap`, `IndexMap` or `Vec`".to_owned(),
            );
        }
    }
}

/// Checks that a template is neutral to any API.
pub(super) fn check_template(path: &str, text: &str, findings: &mut Vec<Finding>) {
    for (number, line) in text.lines().enumerate() {
        // `Box` of the standard library is not the API of that name.
        if contains(&line.replace("Box::pin(", "").to_lowercase(), "box") {
            let message = "templates are neutral to any API; text about a single API belongs in `spec/pages`"
                .to_owned();
            findings.push(Finding { path: path.to_owned(), line: number + 1, message });
        }
    }
}

/// Returns `true` if the line has this as a word of its own.
fn contains(line: &str, word: &str) -> bool {
    let in_word = |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || char == '_');
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let starts = word.starts_with('.') || !in_word(before);
        starts && (word.ends_with([')', '!']) || !in_word(after))
    })
}

#[cfg(test)]
mod tests {
    use super::{check, check_template};
    use crate::tidy::code::File;

    fn findings(path: &str, text: &str) -> Vec<String> {
        let mut findings = Vec::new();
        check(&File::new(path.to_owned(), text.to_owned()), &mut findings);
        findings.iter().map(|finding| format!("{}: {}", finding.line, &finding.message[..9])).collect()
    }

    #[test]
    fn rules_are_checked() {
        assert!(findings("generator/src/a.rs", "//! A.\nfn a() { b.unwrap_or(0) }\n").is_empty());
        assert_eq!(findings("xtask/src/a.rs", "fn a() { b.unwrap() }\n"), ["1: opens wit"]);
        assert_eq!(findings("runtime/src/a.rs", "//! A.\n\nfn a() { b.unwrap() }\n"), ["3: `.unwrap("]);
        assert_eq!(
            findings("generator/src/a.rs", "//! A.\nuse std::HashMap;\n// HashSet\n"),
            ["2: the order"]
        );
        assert_eq!(
            findings("generator/src/a.rs", &format!("//! A.\n{}", "\n".repeat(400))),
            ["401: has 401 l"]
        );
        assert!(
            findings("generator/src/a.rs", "//! A.\n#[cfg(test)]\nmod tests {\n    panic!()\n}\n").is_empty()
        );
    }

    #[test]
    fn templates_are_neutral() {
        let mut findings = Vec::new();
        check_template("templates/a", "one\nsandbox, Box::pin(a)\nThe Box API\n", &mut findings);
        assert_eq!(findings.iter().map(|finding| finding.line).collect::<Vec<_>>(), [3]);
    }
}
