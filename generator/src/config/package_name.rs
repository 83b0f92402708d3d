//! Checks the name of a package.

use crate::name::is_keyword;

/// Crates of the language, which a package with the same name would shadow.
const BUILT_IN: &[&str] = &["alloc", "core", "proc_macro", "std", "test"];

/// Crates that a package depends on, for its build, its tests or its public types.
const BESIDE: &[&str] = &["bytes", "futures_core", "http", "sdk_runtime", "serde", "serde_json", "tokio"];

/// Returns the message and help for an invalid name; none for a valid one.
#[must_use]
pub fn fault(name: &str) -> Option<(String, &'static str)> {
    const WORDS: &str = "start with a lower-case letter, and use lower-case letters and digits in words joined by \
                         single `-` or `_`";
    const OTHER: &str = "choose another name, such as `my-sdk`";
    let crate_name = name.replace('-', "_");
    let word = |word: &str| {
        !word.is_empty() && word.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit())
    };
    if name.len() > 64 {
        return Some((format!("the package name `{name}` is too long"), "use at most 64 characters"));
    }
    if !name.starts_with(|first: char| first.is_ascii_lowercase()) || !crate_name.split('_').all(word) {
        return Some((format!("`{name}` is not a valid package name"), WORDS));
    }
    if is_keyword(&crate_name) {
        return Some((format!("`{name}` is not a valid package name, since it is a Rust keyword"), OTHER));
    }
    if BUILT_IN.contains(&crate_name.as_str()) {
        return Some((
            format!("`{name}` is not a valid package name, since it is a crate of Rust itself"),
            OTHER,
        ));
    }
    if BESIDE.contains(&crate_name.as_str()) {
        return Some((
            format!("`{name}` is not a valid package name, since the package depends on it"),
            OTHER,
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn names_are_those_of_crates() {
        for name in ["my-sdk", "a", "box_sdk", "sdk2", "v1-2"] {
            assert_eq!(fault(name), None, "{name}");
        }
        for name in [
            "",
            "1sdk",
            "-a",
            "_a",
            "a-",
            "a--b",
            "a b",
            "MySdk",
            "é",
            "a/b",
            "..",
            "fn",
            "self",
            "union",
            "test",
            "std",
            "core",
            "proc-macro",
            "sdk-runtime",
            "sdk_runtime",
            "serde",
            "tokio",
            "futures-core",
        ] {
            assert!(fault(name).is_some(), "{name}");
        }
        assert!(fault(&"a".repeat(65)).is_some());
    }
}
