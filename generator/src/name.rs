//! Splits wire strings into words, and joins words in the case styles of identifiers.

pub(crate) mod reserved;

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

/// The keywords of Rust (Rust reference, "Keywords"): strict, reserved, and weak ones that cause trouble.
const KEYWORDS: &[&str] = &[
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self",
    "static", "struct", "super", "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized",
    "use", "virtual", "where", "while", "yield",
];

/// A name: its spelling on the wire, and the lower-case words of its identifiers.
///
/// The two differ if the configuration renames it. A derived name, such as that of an inline type, has no wire name:
/// `wire` is then the plain words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The spelling in the document.
    pub wire: String,
    /// Lower-case words in order; empty if the wire name has no letter and no digit.
    pub words: Vec<String>,
    /// `true` if the configuration names the item itself.
    pub is_given: bool,
}

impl Name {
    /// Creates the name of a wire string.
    #[must_use]
    pub fn new(wire: impl Into<String>) -> Self {
        let wire = wire.into();
        let words = words(&wire);
        Self { wire, words, is_given: false }
    }

    /// Creates a derived name from words.
    #[must_use]
    pub fn from_words(words: Vec<String>) -> Self {
        Self { wire: words.join(" "), words, is_given: false }
    }

    /// Gives an item with this wire name the words of the configuration.
    #[must_use]
    pub fn given(wire: impl Into<String>, words: Vec<String>) -> Self {
        Self { wire: wire.into(), words, is_given: true }
    }

    /// Replaces the words by those of the configuration.
    pub fn give(&mut self, words: Vec<String>) {
        self.words = words;
        self.is_given = true;
    }

    /// Returns the derived name of `child` inside this.
    #[must_use]
    pub fn join(&self, child: &Self) -> Self {
        Self::from_words(self.words.iter().chain(&child.words).cloned().collect())
    }

    /// Returns `user_id`.
    #[must_use]
    pub fn snake(&self) -> String {
        if self.is_plain() { self.words.join("_") } else { self.spaced().to_snake_case() }
    }

    /// Returns `UserId`, and `Gpt4_1` if two numbers would run together.
    #[must_use]
    pub fn pascal(&self) -> String {
        let is_plain = self.is_plain();
        let digit = |c: char| c.is_ascii_digit();
        let mut pascal = String::new();
        for word in &self.words {
            if pascal.ends_with(digit) && word.starts_with(digit) {
                pascal.push('_');
            }
            pascal += &if is_plain { capitalised(word) } else { word.to_upper_camel_case() };
        }
        pascal
    }

    /// Returns `user-id`.
    #[must_use]
    pub fn kebab(&self) -> String {
        if self.is_plain() { self.words.join("-") } else { self.spaced().to_kebab_case() }
    }

    /// Returns `true` if nothing is left to split or to lower, as in nearly every name.
    fn is_plain(&self) -> bool {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        self.words.iter().all(|word| !word.is_empty() && word.bytes().all(plain))
    }

    fn spaced(&self) -> String {
        self.words.join(" ")
    }
}

/// Capitalises a plain word, or a text that starts with one.
pub(crate) fn capitalised(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

/// Splits a wire string into lower-case words: at characters that are neither letters nor digits, and at changes of
/// case.
#[must_use]
pub fn words(wire: &str) -> Vec<String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if wire.bytes().all(plain) {
        return wire.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    }
    let separated: String = wire.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    separated.to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Returns `true` for a keyword of Rust.
pub(crate) fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

    use super::{Name, words};

    #[test]
    fn plain_names_are_written_as_the_others_are() {
        for text in ["user id", "v2025 r0", "2 fa", "a", "x 1 y 2", "sha256 sum", ""] {
            let name = Name::from_words(text.split_whitespace().map(str::to_owned).collect());
            assert!(name.is_plain());
            assert_eq!(name.snake(), text.to_snake_case());
            assert_eq!(name.kebab(), text.to_kebab_case());
            assert_eq!(name.pascal(), text.to_upper_camel_case());
        }
    }

    #[test]
    fn numbers_stay_apart() {
        for (wire, expected) in [
            ("gpt-4.1-mini", "Gpt4_1Mini"),
            ("2025.0", "2025_0"),
            ("v2025_r0", "V2025R0"),
            ("größe-1-2", "Größe1_2"),
        ] {
            assert_eq!(Name::new(wire).pascal(), expected);
        }
    }

    #[test]
    fn words_are_split_at_case_and_symbols() {
        let cases: &[(&str, &[&str])] = &[
            ("user_id", &["user", "id"]),
            ("__a__b1", &["a", "b1"]),
            ("userID", &["user", "id"]),
            ("HTTPRoute", &["http", "route"]),
            ("User--Mini", &["user", "mini"]),
            ("content-md5", &["content", "md5"]),
            ("a.b[c]", &["a", "b", "c"]),
            ("Größe", &["größe"]),
            ("", &[]),
            ("--", &[]),
        ];
        for (wire, expected) in cases {
            assert_eq!(words(wire), *expected, "of `{wire}`");
        }
    }
}
