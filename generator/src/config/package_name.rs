//! The name of a package to what is wrong with it.

use crate::name::is_keyword;

/// Crates that come with the language: a package of such a name would hide one.
const BUILT_IN: &[&str] = &["alloc", "core", "proc_macro", "std", "test"];

/// Crates that a package has beside it: it is built and tested with them, or its types are theirs.
const BESIDE: &[&str] = &["bytes", "futures_core", "http", "sdk_runtime", "serde", "serde_json", "tokio"];

/// What is wrong with a name, and what to do; none where a package can be called so.
#[must_use]
pub fn fault(name: &str) -> Option<(String, &'static str)> {
    const WORDS: &str = "write words of lower-case letters and digits with single `-` or `_` between them, the \
                         first of them a letter";
    const OTHER: &str = "choose another name, such as `my-sdk`";
    let crate_name = name.replace('-', "_");
    let word = |word: &str| {
        !word.is_empty() && word.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit())
    };
    if name.len() > 64 {
        return Some((format!("`{name}` is too long for a package"), "take 64 characters at most"));
    }
    if !name.starts_with(|first: char| first.is_ascii_lowercase()) || !crate_name.split('_').all(word) {
        return Some((format!("`{name}` is no name for a package"), WORDS));
    }
    if is_keyword(&crate_name) {
        return Some((format!("`{name}` is a word of Rust, so no crate can be called so"), OTHER));
    }
    if BUILT_IN.contains(&crate_name.as_str()) {
        return Some((format!("`{name}` is a crate that comes with Rust"), OTHER));
    }
    if BESIDE.contains(&crate_name.as_str()) {
        return Some((format!("`{name}` is a crate that the package is built with"), OTHER));
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
