//! Restores unquoted strings as they are written: to a parser, `1.10`, `1e3` and `0x10` are numbers.

use std::collections::BTreeSet;
use std::fmt;

use crate::pointer::{DocumentId, Pointer};
use crate::source::language::without_mark;
use crate::source::outline::Outline;
use crate::source::{Position, Span};
use crate::tree::{Mapping, Node, load};

/// Keywords that hold values of the type of their schema, or lists of such values.
const VALUES: &[&str] = &["const", "default", "enum", "example", "examples"];

/// Restores the values of string schemas that a parser takes for numbers or booleans and would spell in another way.
/// Returns their places.
pub(super) fn restore(
    document: DocumentId,
    root: &mut Node,
    text: &str,
    outline: &Outline,
) -> BTreeSet<Pointer> {
    let contains = |spellings: &[&str]| spellings.iter().any(|spelling| text.contains(spelling));
    let mut search = Search {
        has_odd_integers: contains(&["0x", "0o", "0b", " +", "[+", ",+"]),
        has_odd_booleans: contains(&["True", "TRUE", "False", "FALSE"]),
        found: Vec::new(),
    };
    search.search(root);
    if search.found.is_empty() {
        return BTreeSet::new();
    }
    let lines: Vec<&str> = without_mark(text).lines().collect();
    let mut restored = BTreeSet::new();
    for tokens in search.found {
        let place = tokens.iter().rev().fold(Pointer::root(document), |place, token| place.child(token));
        let written = outline.meant(&place).and_then(|span| slice(&lines, span));
        let node = tokens.iter().rev().try_fold(&mut *root, |node, token| node.child_mut(token));
        let (Some(written), Some(node)) = (written, node) else { continue };
        if load(&written).is_ok_and(|loaded| loaded.root == *node) {
            *node = Node::String(written);
            restored.insert(place);
        }
    }
    restored
}

/// Searches a tree for values that may be spelled in another way.
struct Search {
    /// `true` if the text may have integers such as `0x10`.
    has_odd_integers: bool,
    /// `true` if the text may have booleans such as `True`.
    has_odd_booleans: bool,
    /// The tokens of the values found, innermost first.
    found: Vec<Vec<String>>,
}

impl Search {
    fn search(&mut self, node: &Node) {
        match node {
            Node::Mapping(members) => {
                let is_text = is_text(members);
                for (key, member) in members {
                    let found_before = self.found.len();
                    if is_text && VALUES.contains(&key.as_str()) {
                        self.add_values(member);
                    } else {
                        self.search(member);
                    }
                    self.prefix(found_before, key);
                }
            }
            Node::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    let found_before = self.found.len();
                    self.search(item);
                    self.prefix(found_before, &index);
                }
            }
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
        }
    }

    fn add_values(&mut self, value: &Node) {
        let is_odd = match value {
            Node::Number(number) => {
                let is_fraction = number.as_str().contains(['.', 'e', 'E']);
                is_fraction || self.has_odd_integers
            }
            Node::Bool(_) => self.has_odd_booleans,
            Node::Sequence(values) => {
                for (index, value) in values.iter().enumerate().filter(|(_, value)| is_scalar(value)) {
                    let found_before = self.found.len();
                    self.add_values(value);
                    self.prefix(found_before, &index);
                }
                false
            }
            Node::Null | Node::String(_) | Node::Mapping(_) => false,
        };
        if is_odd {
            self.found.push(Vec::new());
        }
    }

    /// Adds the token of a node to the values found in it.
    fn prefix(&mut self, found_before: usize, token: &dyn fmt::Display) {
        self.found[found_before..].iter_mut().for_each(|tokens| tokens.push(token.to_string()));
    }
}

fn is_scalar(node: &Node) -> bool {
    !matches!(node, Node::Null | Node::Sequence(_) | Node::Mapping(_))
}

/// Returns `true` for the schema of a string, which may also be null.
fn is_text(members: &Mapping) -> bool {
    let is = |ty: &Node, name: &str| ty.as_str() == Some(name);
    match members.get("type") {
        Some(Node::Sequence(types)) => {
            types.iter().any(|ty| is(ty, "string"))
                && types.iter().all(|ty| is(ty, "string") || is(ty, "null") || *ty == Node::Null)
        }
        Some(ty) => is(ty, "string"),
        None => false,
    }
}

/// Returns the text of a span on one line, without the anchor and tag of its value.
fn slice(lines: &[&str], Span { start, end }: Span) -> Option<String> {
    let Position { line, column } = start;
    let length = end.column.checked_sub(column).filter(|_| end.line == line)?;
    let text = lines.get(line.checked_sub(1)?)?;
    let written: String = text.chars().skip(column.checked_sub(1)?).take(length).collect();
    let mut value = written.trim();
    while let Some((_, rest)) = value.split_once(' ').filter(|_| value.starts_with(['&', '!'])) {
        value = rest.trim_start();
    }
    Some(value.to_owned())
}
