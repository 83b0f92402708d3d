//! The text of a source file to the code in it and to the paths that the code mentions.

/// A source file.
#[derive(Debug)]
pub(super) struct File {
    /// Below the root of the workspace.
    pub(super) path: String,
    /// As it is.
    pub(super) text: String,
    /// With spaces for comments, for what stands in quotes and for what is quoted as the code of
    /// somebody else, and without its unit tests.
    pub(super) code: String,
}

/// A path that the code mentions, `use` trees taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// From 1.
    pub(super) line: usize,
    /// The segments.
    pub(super) segments: Vec<String>,
}

impl File {
    pub(super) fn new(path: String, text: String) -> Self {
        let blank = blank_quoted(&blank(&text));
        let end = blank.find("#[cfg(test)]\nmod tests {").unwrap_or(blank.len());
        Self { path, text, code: blank[..end].to_owned() }
    }

    /// Every path of at least two segments.
    pub(super) fn mentions(&self) -> Vec<Mention> {
        let tokens = tokens(&self.code);
        let mut mentions = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            at = tree(&tokens, at, &[], &mut mentions);
        }
        mentions
    }
}

/// A word or a mark of the code, with its line.
type Token<'a> = (usize, &'a str);

/// Reads a path that may end in a group of paths, and gives the place behind it.
fn tree(tokens: &[Token<'_>], start: usize, above: &[String], mentions: &mut Vec<Mention>) -> usize {
    let is = |at: usize, mark: &str| tokens.get(at).is_some_and(|(_, token)| *token == mark);
    let mut segments = above.to_vec();
    let mut at = start;
    while tokens.get(at).is_some_and(|(_, token)| is_word(token)) {
        segments.push(tokens[at].1.to_owned());
        if !is(at + 1, "::") {
            at += 1;
            break;
        }
        at += 2;
        if is(at, "{") {
            at += 1;
            while at < tokens.len() && !is(at, "}") {
                at = tree(tokens, at, &segments, mentions);
            }
            return at + 1;
        }
    }
    if segments.len() > 1 && at > start {
        mentions.push(Mention { line: tokens[start].0, segments });
    }
    at.max(start + 1)
}

fn is_word(token: &str) -> bool {
    token.starts_with(|char: char| char.is_alphanumeric() || char == '_')
}

fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let word = rest.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(rest.len());
            let length = match word {
                0 if rest.starts_with("::") => 2,
                0 => first.len_utf8(),
                _ => word,
            };
            tokens.push((number + 1, &rest[..length]));
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

/// Replaces comments and the content of literals by spaces, keeping lines where they are.
fn blank(text: &str) -> String {
    let mut blank = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = skip(rest, blank.chars().next_back());
        if skipped == 0 {
            blank.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            blank.extend(rest[..skipped].chars().map(|char| if char == '\n' { '\n' } else { ' ' }));
            rest = &rest[skipped..];
        }
    }
    blank
}

/// Replaces what `quote!` holds by spaces: it is code that we write, not code that we run.
fn blank_quoted(code: &str) -> String {
    let mut blank = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find("quote!") {
        let start = at + "quote!".len();
        let end = start + group(&rest[start..]);
        blank.push_str(&rest[..start]);
        blank.extend(rest[start..end].chars().map(|char| if char == '\n' { '\n' } else { ' ' }));
        rest = &rest[end..];
    }
    blank + rest
}

/// The length of the group in brackets that the code begins with.
fn group(code: &str) -> usize {
    let mut depth = 0_usize;
    for (at, char) in code.char_indices() {
        match char {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return at + char.len_utf8();
        }
    }
    code.len()
}

/// The length of the comment or literal that the text begins with; 0 where there is none.
fn skip(text: &str, before: Option<char>) -> usize {
    let until =
        |from: usize, end: &str| text[from..].find(end).map_or(text.len(), |at| from + at + end.len());
    let in_word = before.is_some_and(|char| char.is_alphanumeric() || char == '_');
    let raw = text.strip_prefix('b').unwrap_or(text).strip_prefix('r');
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return until(2, "*/");
    }
    if let Some(raw) = raw.filter(|_| !in_word) {
        let marks = raw.len() - raw.trim_start_matches('#').len();
        if raw[marks..].starts_with('"') {
            let start = text.len() - raw.len() + marks + 1;
            return until(start, &format!("\"{}", "#".repeat(marks)));
        }
    }
    if text.starts_with('"') {
        return quoted(text, '"');
    }
    // A lifetime has no second quote behind its first letter.
    let letter = text.strip_prefix('\'').and_then(|rest| rest.chars().next());
    match letter {
        Some('\\') => quoted(text, '\''),
        Some(char) if text[1 + char.len_utf8()..].starts_with('\'') => 2 + char.len_utf8(),
        _ => 0,
    }
}

/// The length of a literal with escapes.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, char) in text.char_indices().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if char == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::File;

    fn mentions(text: &str) -> Vec<String> {
        let file = File::new("x.rs".to_owned(), text.to_owned());
        file.mentions()
            .iter()
            .map(|mention| format!("{} {}", mention.line, mention.segments.join("::")))
            .collect()
    }

    #[test]
    fn trees_are_taken_apart() {
        assert_eq!(
            mentions(
                "use std::{fs, io::{self, Read}};\nfn a() { b::c(d); x.y() }\nuse crate::{\n  e,\n  f::*,\n};"
            ),
            ["1 std::fs", "1 std::io::self", "1 std::io::Read", "2 b::c", "4 crate::e", "5 crate::f"]
        );
    }

    #[test]
    fn comments_and_literals_are_no_code() {
        let text = "// a::b\n/* c::d\n*/ let x = (\"e::\\\"f\", r#\"g::\"h\"#, 'i', '\\'', b\"j::k\"); fn l<'m>(n: &'m o::P) {}";
        assert_eq!(mentions(text), ["3 o::P"]);
    }

    #[test]
    fn quoted_code_is_not_ours() {
        assert_eq!(
            mentions("let x = quote! {\n  a::b(#c);\n}; d::e(quote!((f::g)), h::i)"),
            ["3 d::e", "3 h::i"]
        );
    }

    #[test]
    fn unit_tests_are_left_out() {
        assert_eq!(mentions("a::b;\n\n#[cfg(test)]\nmod tests {\n    use c::d;\n}\n"), ["1 a::b"]);
    }
}
