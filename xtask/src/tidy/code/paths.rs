//! Reads the paths that code mentions, with `use` trees taken apart.

/// A path that the code mentions.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::tidy) struct Mention {
    /// Counted from 1.
    pub(in crate::tidy) line: usize,
    pub(in crate::tidy) segments: Vec<String>,
}

/// A name that a `use` declaration brings in.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::tidy) struct Import {
    /// The name in the importing module; `*` for all names of the path.
    pub(in crate::tidy) name: String,
    /// The path of the imported item or, for `*`, of its module.
    pub(in crate::tidy) segments: Vec<String>,
}

/// A word or punctuation mark with its line.
type Token<'a> = (usize, &'a str);

/// A path as it is written, with the name that `as` gives it.
struct Leaf {
    line: usize,
    segments: Vec<String>,
    alias: Option<String>,
    /// Ends in `*`.
    glob: bool,
}

pub(super) fn mentions(code: &str) -> Vec<Mention> {
    let tokens = tokens(code);
    let mut leaves = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = tree(&tokens, at, &[], &mut leaves);
    }
    leaves
        .into_iter()
        .filter(|leaf| leaf.segments.len() > 1)
        .map(|Leaf { line, segments, .. }| Mention { line, segments })
        .collect()
}

pub(super) fn imports(code: &str) -> Vec<Import> {
    let tokens = tokens(code);
    let mut leaves = Vec::new();
    for (at, _) in tokens.iter().enumerate().filter(|(_, (_, token))| *token == "use") {
        tree(&tokens, at + 1, &[], &mut leaves);
    }
    leaves.into_iter().filter_map(import).collect()
}

/// Returns the import that a leaf of a `use` tree stands for; `self` brings in the module above it.
fn import(leaf: Leaf) -> Option<Import> {
    let Leaf { mut segments, alias, glob, .. } = leaf;
    if glob {
        return Some(Import { name: "*".to_owned(), segments });
    }
    if segments.len() > 1 && segments.last().is_some_and(|last| last == "self") {
        segments.pop();
    }
    let name = alias.or_else(|| segments.last().cloned())?;
    Some(Import { name, segments })
}

/// Reads a path that may end in a group of paths, and returns the index of the token after it.
fn tree(tokens: &[Token<'_>], start: usize, above: &[String], leaves: &mut Vec<Leaf>) -> usize {
    let is = |at: usize, mark: &str| tokens.get(at).is_some_and(|(_, token)| *token == mark);
    let mut segments = above.to_vec();
    let mut at = start;
    let mut glob = false;
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
                at = tree(tokens, at, &segments, leaves);
            }
            return at + 1;
        }
        if is(at, "*") {
            glob = true;
            at += 1;
            break;
        }
    }
    if at > start {
        let alias = is(at, "as").then(|| tokens.get(at + 1).map(|(_, name)| (*name).to_owned())).flatten();
        at += if alias.is_some() { 2 } else { 0 };
        leaves.push(Leaf { line: tokens[start].0, segments, alias, glob });
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

#[cfg(test)]
mod tests {
    use super::{imports, mentions};

    #[test]
    fn trees_are_taken_apart() {
        let code =
            "use std::{fs, io::{self, Read}};\nfn a() { b::c(d); x.y() }\nuse crate::{\n  e,\n  f::*,\n};";
        let found: Vec<String> = mentions(code)
            .iter()
            .map(|mention| format!("{} {}", mention.line, mention.segments.join("::")))
            .collect();
        assert_eq!(
            found,
            ["1 std::fs", "1 std::io::self", "1 std::io::Read", "2 b::c", "4 crate::e", "5 crate::f"]
        );
    }

    #[test]
    fn imports_have_names() {
        let code = "pub use a::{self, B as C, d::*};\nuse e;\nfn f() { g::h() as i }";
        let found: Vec<String> = imports(code)
            .iter()
            .map(|import| format!("{} {}", import.name, import.segments.join("::")))
            .collect();
        assert_eq!(found, ["a a", "C a::B", "* a::d", "e e"]);
    }
}
