//! Implements the parameter styles of OpenAPI (3.0.4 section 4.8.12.4, after RFC 6570).

use super::{Encoding, Escape, Style};
use crate::json::Tree;

/// Renders a parameter, with its name if the style contains it, as in `color=blue`. Returns `None` for null and, in a
/// query, for a list or object without items (RFC 6570 section 2.3 calls both undefined): the parameter is omitted.
pub(crate) fn render(name: &str, encoding: Encoding, tree: &Tree, escape: Escape) -> Option<String> {
    let pen = Pen { name, escape, reserved: reserved(encoding, escape) };
    if *tree == Tree::Null {
        return None;
    }
    Some(match encoding.style {
        Style::Json => pen.pair(&tree.to_string()),
        Style::JsonQuery => pen.value(&tree.to_string()),
        Style::Plain => pen.plain(tree)?,
        Style::Simple => pen.joined(tree, encoding.explode, ","),
        Style::Label => pen.label(tree, encoding.explode),
        Style::Matrix => pen.matrix(tree, encoding.explode),
        Style::Form => pen.form(tree, encoding.explode)?,
        Style::SpaceDelimited => pen.delimited(tree, encoding.explode, "%20")?,
        Style::TabDelimited => pen.delimited(tree, encoding.explode, "%09")?,
        Style::PipeDelimited => pen.delimited(tree, encoding.explode, "%7C")?,
        Style::DeepObject => pen.deep(tree)?,
    })
}

/// Renders a parameter without its name, for destinations that name it elsewhere.
pub(crate) fn render_value(encoding: Encoding, tree: &Tree, escape: Escape) -> Option<String> {
    let pen = Pen { name: "", escape, reserved: reserved(encoding, escape) };
    match (tree, encoding.style) {
        (Tree::Null, _) => None,
        (_, Style::Json | Style::JsonQuery) | (Tree::Object(_), Style::Plain) => {
            Some(pen.value(&tree.to_string()))
        }
        _ => Some(pen.joined(tree, encoding.explode, ",")),
    }
}

fn reserved(encoding: Encoding, escape: Escape) -> Escape {
    match escape {
        Escape::Unreserved if encoding.allow_reserved => Escape::Reserved,
        Escape::Form if encoding.allow_reserved => Escape::ReservedForm,
        Escape::Unreserved
        | Escape::Segments
        | Escape::Reserved
        | Escape::Form
        | Escape::ReservedForm
        | Escape::Cookie
        | Escape::Nothing => escape,
    }
}

struct Pen<'a> {
    name: &'a str,
    /// For names and delimiters.
    escape: Escape,
    /// For values.
    reserved: Escape,
}

impl Pen<'_> {
    fn value(&self, text: &str) -> String {
        self.reserved.apply(text)
    }

    fn pair(&self, value: &str) -> String {
        let mut pair = String::with_capacity(self.name.len() + value.len() + 1);
        self.escape.push(self.name, &mut pair);
        pair.push('=');
        self.reserved.push(value, &mut pair);
        pair
    }

    /// Joins items or members in one text: `R,100,G,200`, exploded `R=100,G=200`.
    fn joined(&self, tree: &Tree, explode: bool, delimiter: &str) -> String {
        match tree {
            Tree::Null => String::new(),
            Tree::Bare(text) | Tree::Text(text) => self.value(text),
            Tree::List(items) => {
                let items: Vec<String> =
                    items.iter().filter_map(scalar).map(|item| self.value(&item)).collect();
                items.join(delimiter)
            }
            Tree::Object(members) => {
                let between = if explode { "=" } else { delimiter };
                let members: Vec<String> = members
                    .iter()
                    .filter_map(|(name, value)| Some((self.escape.apply(name), self.value(&scalar(value)?))))
                    .map(|(name, value)| format!("{name}{between}{value}"))
                    .collect();
                members.join(delimiter)
            }
        }
    }

    fn label(&self, tree: &Tree, explode: bool) -> String {
        format!(".{}", self.joined(tree, explode, if explode { "." } else { "," }))
    }

    fn matrix(&self, tree: &Tree, explode: bool) -> String {
        let name = self.escape.apply(self.name);
        match tree {
            Tree::List(items) if explode => {
                items.iter().filter_map(scalar).map(|item| matrix_pair(&name, &self.value(&item))).collect()
            }
            Tree::Object(members) if explode => members
                .iter()
                .filter_map(|(name, value)| {
                    Some(matrix_pair(&self.escape.apply(name), &self.value(&scalar(value)?)))
                })
                .collect(),
            Tree::Null | Tree::Bare(_) | Tree::Text(_) | Tree::List(_) | Tree::Object(_) => {
                matrix_pair(&name, &self.joined(tree, false, ","))
            }
        }
    }

    fn form(&self, tree: &Tree, explode: bool) -> Option<String> {
        match tree {
            // OpenAPI does not define this; services that take such lists expect one JSON text.
            Tree::List(items) if items.iter().any(has_parts) => Some(self.pair(&tree.to_string())),
            Tree::List(_) | Tree::Object(_) if explode => self.pairs(tree),
            Tree::Bare(text) | Tree::Text(text) => Some(self.pair(text)),
            Tree::Null | Tree::List(_) | Tree::Object(_) => self.joined_pair(tree, ","),
        }
    }

    fn plain(&self, tree: &Tree) -> Option<String> {
        match tree {
            Tree::Object(_) => Some(self.pair(&tree.to_string())),
            Tree::Null | Tree::Bare(_) | Tree::Text(_) | Tree::List(_) => self.pairs(tree),
        }
    }

    fn delimited(&self, tree: &Tree, explode: bool, delimiter: &str) -> Option<String> {
        if explode {
            return self.form(tree, true);
        }
        let delimiter = if self.escape == Escape::Form && delimiter == "%20" { "+" } else { delimiter };
        self.joined_pair(tree, delimiter)
    }

    /// Renders `color=blue,black`.
    fn joined_pair(&self, tree: &Tree, delimiter: &str) -> Option<String> {
        let is_empty = match tree {
            Tree::List(items) => items.iter().all(|item| *item == Tree::Null),
            Tree::Object(members) => members.iter().all(|(_, value)| *value == Tree::Null),
            Tree::Null | Tree::Bare(_) | Tree::Text(_) => false,
        };
        (!is_empty)
            .then(|| format!("{}={}", self.escape.apply(self.name), self.joined(tree, false, delimiter)))
    }

    /// Renders `color=blue&color=black`, or `R=100&G=200`.
    fn pairs(&self, tree: &Tree) -> Option<String> {
        let pairs: Vec<String> = match tree {
            Tree::List(items) => items.iter().filter_map(scalar).map(|item| self.pair(&item)).collect(),
            Tree::Object(members) => members
                .iter()
                .filter_map(|(name, value)| Some(Pen { name, ..*self }.pair(&scalar(value)?)))
                .collect(),
            Tree::Null | Tree::Bare(_) | Tree::Text(_) => {
                scalar(tree).map(|text| self.pair(&text)).into_iter().collect()
            }
        };
        let between = if self.escape == Escape::Cookie { "; " } else { "&" };
        (!pairs.is_empty()).then(|| pairs.join(between))
    }

    /// Renders `color[R]=100`. OpenAPI does not define deeper values: each level adds brackets, with items by index.
    fn deep(&self, tree: &Tree) -> Option<String> {
        let mut pairs = Vec::new();
        self.deep_pairs(self.name, tree, &mut pairs);
        (!pairs.is_empty()).then(|| pairs.join("&"))
    }

    fn deep_pairs(&self, name: &str, tree: &Tree, pairs: &mut Vec<String>) {
        match tree {
            Tree::Null => {}
            Tree::Bare(text) | Tree::Text(text) => pairs.push(Pen { name, ..*self }.pair(text)),
            Tree::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.deep_pairs(&format!("{name}[{index}]"), item, pairs);
                }
            }
            Tree::Object(members) => {
                for (member, value) in members {
                    self.deep_pairs(&format!("{name}[{member}]"), value, pairs);
                }
            }
        }
    }
}

fn has_parts(tree: &Tree) -> bool {
    matches!(tree, Tree::List(_) | Tree::Object(_))
}

/// Renders one pair. RFC 6570 (section 3.2.7) omits the equals sign before an empty value.
fn matrix_pair(name: &str, value: &str) -> String {
    if value.is_empty() { format!(";{name}") } else { format!(";{name}={value}") }
}

/// Returns the text of an item or member. OpenAPI does not define nested lists and objects: they become JSON.
fn scalar(tree: &Tree) -> Option<String> {
    match tree {
        Tree::Null => None,
        Tree::Bare(text) | Tree::Text(text) => Some(text.clone()),
        Tree::List(_) | Tree::Object(_) => Some(tree.to_string()),
    }
}
