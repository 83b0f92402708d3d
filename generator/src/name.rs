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
        if self.is_plain() { self.words.join("_") } else { self.spaced().to_snake_case() }
    }

    /// `UserId`, and `Gpt4_1` where two numbers would run into each other.
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

    /// `user-id`
    #[must_use]
    pub fn kebab(&self) -> String {
        if self.is_plain() { self.words.join("-") } else { self.spaced().to_kebab_case() }
    }

    /// True where nothing is left to split or to lower, as with nearly every name.
    fn is_plain(&self) -> bool {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        self.words.iter().all(|word| !word.is_empty() && word.bytes().all(plain))
    }

    fn spaced(&self) -> String {
        self.words.join(" ")
    }
}

/// A plain word, or a text that begins with one, with a capital letter first.
pub(crate) fn capitalised(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
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
