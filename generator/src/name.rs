//! Wire strings to words, and words to the case styles of identifiers.

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

/// Words that Rust reserves (Rust reference, "Keywords": strict, reserved and weak ones that bite).
const KEYWORDS: &[&str] = &[
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self",
    "static", "struct", "super", "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized",
    "use", "virtual", "where", "while", "yield",
];

/// A name: how it is written on the wire, and the lower-case words that identifiers are made of.
///
/// The two differ where a name is made up (an inline type has no wire name of its own: `wire` is
/// then the plain words) or renamed by the configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// As the document writes it.
    pub wire: String,
    /// Lower-case words in order; empty when the wire name has no letter and no digit.
    pub words: Vec<String>,
}

impl Name {
    /// The name that a wire string suggests.
    #[must_use]
    pub fn new(wire: impl Into<String>) -> Self {
        let wire = wire.into();
        let words = words(&wire);
        Self { wire, words }
    }

    /// A made-up name from words.
    #[must_use]
    pub fn from_words(words: Vec<String>) -> Self {
        Self { wire: words.join(" "), words }
    }

    /// The made-up name of what `child` is inside of this.
    #[must_use]
    pub fn join(&self, child: &Self) -> Self {
        Self::from_words(self.words.iter().chain(&child.words).cloned().collect())
    }

    /// `user_id`
    #[must_use]
    pub fn snake(&self) -> String {
        self.spaced().to_snake_case()
    }

    /// `UserId`
    #[must_use]
    pub fn pascal(&self) -> String {
        self.spaced().to_upper_camel_case()
    }

    /// `user-id`
    #[must_use]
    pub fn kebab(&self) -> String {
        self.spaced().to_kebab_case()
    }

    fn spaced(&self) -> String {
        self.words.join(" ")
    }
}

/// The words of a wire string: split at what is neither a letter nor a digit and at changes of
/// case, in lower case.
#[must_use]
pub fn words(wire: &str) -> Vec<String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if wire.bytes().all(plain) {
        return wire.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    }
    let separated: String = wire.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    separated.to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// True for a word that Rust reserves.
pub(crate) fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::words;

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
