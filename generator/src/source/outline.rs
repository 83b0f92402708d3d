//! Maps JSON Pointers to lines and columns of a text. This happens only when a diagnostic is shown.

mod json;
mod yaml;

use super::language::{Language, is_yaml_in_brackets, language};
use super::{Position, Span};
use crate::pointer::{Pointer, unescape};

/// The maximum number of merge keys to follow, since YAML lets an object merge itself.
const MERGE_DEPTH: usize = 16;

/// The occurrence of a duplicate key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occurrence {
    /// The first member, which is used.
    First,
    /// The second member, which is ignored.
    Second,
}

/// The positions of all nodes of a text.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    nodes: Vec<OutlineNode>,
}

#[derive(Debug)]
struct OutlineNode {
    span: Span,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Scalar,
    Sequence(Vec<usize>),
    Mapping(Vec<OutlineMember>),
    /// An alias of the node with this index.
    Alias(usize),
}

#[derive(Debug)]
struct OutlineMember {
    key: Box<str>,
    span: Span,
    value: usize,
}

impl Outline {
    /// Creates the outline of a text. It ends at the first syntax error.
    pub(crate) fn new(text: &str) -> Self {
        match language(text) {
            Language::Json if !is_yaml_in_brackets(text) => json::outline(text),
            Language::Json | Language::Yaml => yaml::outline(text),
        }
    }

    /// Returns the position of a pointer, or of its nearest parent that exists. The position of a member is that
    /// of its key.
    pub(crate) fn locate(&self, pointer: &Pointer, occurrence: Occurrence) -> Span {
        let start = Position { line: 1, column: 1 };
        let mut found = Span { start, end: start };
        if self.nodes.is_empty() {
            return found;
        }
        let mut node = 0;
        found = self.head(node);
        let mut tokens = pointer.escaped_tokens().peekable();
        while let Some(token) = tokens.next() {
            let occurrence = if tokens.peek().is_none() { occurrence } else { Occurrence::First };
            let token = unescape(token);
            match self.child(node, &token, occurrence) {
                Some(Child::Member(member)) => {
                    found = self.member_span(member);
                    node = member.value;
                }
                Some(Child::Item(item)) => {
                    found = self.head(item);
                    node = item;
                }
                None => break,
            }
        }
        found
    }

    /// Returns the key of the member at a pointer, if there is one.
    pub(crate) fn key(&self, pointer: &Pointer) -> Option<Span> {
        let (parent, token) = (pointer.parent()?, pointer.escaped_tokens().last()?);
        Some(self.member(self.find(&parent)?, &unescape(token), 0)?.span)
    }

    /// Returns the span of the value at a pointer. In block style, a collection ends at the token after it.
    pub(crate) fn value(&self, pointer: &Pointer) -> Option<Span> {
        Some(self.nodes[self.find(pointer)?].span)
    }

    /// Returns the span of the value that is meant at a pointer: that of the anchor if the value is an alias.
    pub(crate) fn meant(&self, pointer: &Pointer) -> Option<Span> {
        Some(self.nodes[self.target(self.find(pointer)?)].span)
    }

    /// Returns the tokens that lead to the value at this position.
    pub(crate) fn tokens_at(&self, position: Position) -> Option<Vec<String>> {
        let mut paths: Vec<(usize, Vec<String>)> = vec![(0, Vec::new())];
        while let Some((node, tokens)) = paths.pop() {
            let OutlineNode { span, content } = self.nodes.get(node)?;
            let inside = |token: String| tokens.iter().cloned().chain([token]).collect();
            match content {
                Content::Scalar if span.start == position => return Some(tokens),
                Content::Scalar | Content::Alias(_) => {}
                Content::Sequence(items) => {
                    let items = items.iter().enumerate();
                    paths.extend(items.map(|(index, item)| (*item, inside(index.to_string()))));
                }
                Content::Mapping(members) => {
                    paths.extend(members.iter().map(|member| (member.value, inside(member.key.to_string()))));
                }
            }
        }
        None
    }

    fn find(&self, pointer: &Pointer) -> Option<usize> {
        let child = |node: usize, token: &str| {
            Some(match self.child(node, &unescape(token), Occurrence::First)? {
                Child::Member(member) => member.value,
                Child::Item(item) => item,
            })
        };
        let root = (!self.nodes.is_empty()).then_some(0);
        pointer.escaped_tokens().fold(root, |node, token| child(node?, token))
    }

    fn child(&self, node: usize, token: &str, occurrence: Occurrence) -> Option<Child<'_>> {
        match &self.nodes[self.target(node)].content {
            Content::Mapping(_) => {
                let member = match occurrence {
                    Occurrence::First => None,
                    Occurrence::Second => self.members(node).filter(|member| *member.key == *token).nth(1),
                };
                member.or_else(|| self.member(node, token, 0)).map(Child::Member)
            }
            Content::Sequence(items) => items.get(token.parse::<usize>().ok()?).copied().map(Child::Item),
            Content::Scalar | Content::Alias(_) => None,
        }
    }

    /// Returns the member with this key: one of the object itself, or else one that a merge key adds.
    fn member(&self, node: usize, key: &str, depth: usize) -> Option<&OutlineMember> {
        if let Some(member) = self.members(node).find(|member| *member.key == *key) {
            return Some(member);
        }
        if depth == MERGE_DEPTH {
            return None;
        }
        let merge = self.members(node).find(|member| &*member.key == "<<")?;
        match &self.nodes[self.target(merge.value)].content {
            Content::Sequence(sources) => {
                sources.iter().find_map(|source| self.member(*source, key, depth + 1))
            }
            Content::Mapping(_) => self.member(merge.value, key, depth + 1),
            Content::Scalar | Content::Alias(_) => None,
        }
    }

    fn members(&self, node: usize) -> impl Iterator<Item = &OutlineMember> {
        let members = match &self.nodes[self.target(node)].content {
            Content::Mapping(members) => members.as_slice(),
            Content::Scalar | Content::Sequence(_) | Content::Alias(_) => &[],
        };
        members.iter()
    }

    fn target(&self, node: usize) -> usize {
        if let Content::Alias(target) = self.nodes[node].content { target } else { node }
    }

    /// Returns the start of a node: a whole scalar, the first key of an object, or else the opening bracket.
    fn head(&self, node: usize) -> Span {
        let OutlineNode { span, content } = &self.nodes[node];
        match content {
            Content::Scalar | Content::Alias(_) => *span,
            Content::Mapping(members) => match members.first() {
                Some(member) if member.span.start == span.start => member.span,
                Some(_) | None => first_character(*span),
            },
            Content::Sequence(_) => first_character(*span),
        }
    }

    /// Returns the span of a member: its key, and its value as well if that is a scalar on the same line.
    fn member_span(&self, member: &OutlineMember) -> Span {
        let value = &self.nodes[member.value];
        let beside = value.span.start.line == member.span.start.line
            && value.span.end.line == member.span.start.line
            && value.span.end > member.span.end;
        match value.content {
            Content::Scalar | Content::Alias(_) if beside => Span { end: value.span.end, ..member.span },
            Content::Scalar | Content::Alias(_) | Content::Sequence(_) | Content::Mapping(_) => member.span,
        }
    }
}

enum Child<'a> {
    Member(&'a OutlineMember),
    Item(usize),
}

fn first_character(span: Span) -> Span {
    let end = Position { column: span.start.column + 1, ..span.start };
    Span { start: span.start, end }
}

/// Builds an outline from the events of a parser.
#[derive(Default)]
struct Builder {
    outline: Outline,
    open: Vec<Open>,
}

/// An unfinished collection.
struct Open {
    node: usize,
    /// In an object, the key whose value comes next.
    key: Option<(Box<str>, Span)>,
}

impl Builder {
    /// Adds a scalar. Returns the node of a value; a key, whose text is `key`, has none.
    fn scalar(&mut self, span: Span, key: impl FnOnce() -> Box<str>) -> Option<usize> {
        if let Some(open) = self.open.last_mut() {
            let in_mapping = matches!(self.outline.nodes[open.node].content, Content::Mapping(_));
            if in_mapping && open.key.is_none() {
                open.key = Some((key(), span));
                return None;
            }
        }
        Some(self.add(span, Content::Scalar))
    }

    /// Starts an object or array.
    fn start(&mut self, start: Position, content: Content) -> usize {
        let node = self.add(Span { start, end: start }, content);
        self.open.push(Open { node, key: None });
        node
    }

    /// Ends the innermost collection.
    fn end(&mut self, end: Position) {
        if let Some(open) = self.open.pop() {
            self.outline.nodes[open.node].span.end = end;
        }
    }

    /// Adds a node as the root, as an item, or as the value of the last key.
    fn add(&mut self, span: Span, content: Content) -> usize {
        let node = self.add_detached(span, content);
        let Some(open) = self.open.last_mut() else { return node };
        match &mut self.outline.nodes[open.node].content {
            Content::Sequence(items) => items.push(node),
            Content::Mapping(members) => {
                // A key that is a collection cannot be expressed in a pointer.
                let (key, span) = open.key.take().unwrap_or_else(|| (Box::default(), span));
                members.push(OutlineMember { key, span, value: node });
            }
            Content::Scalar | Content::Alias(_) => {}
        }
        node
    }

    fn add_detached(&mut self, span: Span, content: Content) -> usize {
        self.outline.nodes.push(OutlineNode { span, content });
        self.outline.nodes.len() - 1
    }
}
