//! Holds a document while overlays change it: its tree, the view that queries read, and its origin.

use std::fmt;

use serde_json::Value;

use crate::pointer::{Origin, Pointer};
use crate::tree::{Mapping, Node};

/// The maximum depth of a document, as in the parsers of JSON and YAML.
const DEPTH: usize = 127;

/// The maximum number of values that overlays add to a document, since copies of copies grow exponentially.
const MOST_ADDED: usize = 1_000_000;

/// A step from a value to one of its members or items.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Token {
    Key(String),
    Index(usize),
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => f.write_str(key),
            Self::Index(index) => index.fmt(f),
        }
    }
}

/// The steps from the root to a value. A value sorts before the values in it, and an item before later items.
pub(super) type Place = Vec<Token>;

/// The document would exceed [`DEPTH`] or [`MOST_ADDED`].
#[derive(Debug)]
pub(super) struct TooLarge;

/// A value to put into a tree, with its origin.
#[derive(Debug)]
pub(super) struct Part<'n> {
    pub(super) node: &'n Node,
    pub(super) origin: Origin,
}

impl<'n> Part<'n> {
    /// Returns the members of an object.
    pub(super) fn members(&self) -> impl Iterator<Item = (&'n str, Self)> {
        let members = self.node.as_mapping().into_iter().flatten();
        members.map(|(key, node)| (key.as_str(), Self { node, origin: self.origin.child(key) }))
    }

    /// Returns the items of an array.
    pub(super) fn items(&self) -> impl Iterator<Item = Self> {
        let items = self.node.as_sequence().unwrap_or_default().iter().enumerate();
        items.map(|(index, node)| Self { node, origin: self.origin.child(index) })
    }
}

/// A document that overlays change.
#[derive(Debug)]
pub(super) struct Tree {
    root: Node,
    /// The document for queries. Numbers beyond 64 bits are approximated.
    view: Value,
    origin: Origin,
    ledger: Ledger,
}

/// Counts the changes to a tree.
#[derive(Debug, Default)]
struct Ledger {
    /// The number of values that were added.
    added: usize,
    changes: usize,
}

impl Tree {
    pub(super) fn new(root: Node, origin: Origin) -> Self {
        let view = root.to_json();
        Self { root, view, origin, ledger: Ledger::default() }
    }

    pub(super) fn into_parts(self) -> (Node, Origin) {
        (self.root, self.origin)
    }

    pub(super) fn view(&self) -> &Value {
        &self.view
    }

    pub(super) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Returns the number of changes so far.
    pub(super) fn changes(&self) -> usize {
        self.ledger.changes
    }

    pub(super) fn get(&self, place: &[Token]) -> Option<&Node> {
        place.iter().try_fold(&self.root, |node, token| match token {
            Token::Key(key) => node.get(key),
            Token::Index(index) => node.as_sequence()?.get(*index),
        })
    }

    /// Returns the value at a place, to change it.
    pub(super) fn cursor(&mut self, place: &[Token]) -> Option<Cursor<'_>> {
        let Self { root, view, origin, ledger } = self;
        let start = Cursor { node: root, view, origin, depth: 0, ledger };
        place.iter().try_fold(start, Cursor::into_child)
    }
}

/// A value in a tree. A change applies to tree, view and origin alike.
pub(super) struct Cursor<'t> {
    node: &'t mut Node,
    view: &'t mut Value,
    origin: &'t mut Origin,
    depth: usize,
    ledger: &'t mut Ledger,
}

impl<'t> Cursor<'t> {
    pub(super) fn node(&self) -> &Node {
        self.node
    }

    /// Returns where the value is written.
    pub(super) fn written(&self) -> &Pointer {
        self.origin.written()
    }

    /// Returns a member or an item.
    pub(super) fn child(&mut self, token: &Token) -> Option<Cursor<'_>> {
        let Self { node, view, origin, depth, ledger } = self;
        Cursor { node, view, origin, depth: *depth, ledger }.into_child(token)
    }

    fn into_child(self, token: &Token) -> Option<Self> {
        let node = match token {
            Token::Key(key) => as_mapping(self.node)?.get_mut(key)?,
            Token::Index(index) => as_sequence(self.node)?.get_mut(*index)?,
        };
        let view = match token {
            Token::Key(key) => self.view.get_mut(key)?,
            Token::Index(index) => self.view.get_mut(*index)?,
        };
        Some(Self {
            node,
            view,
            origin: self.origin.child_mut(token),
            depth: self.depth + 1,
            ledger: self.ledger,
        })
    }

    /// Replaces the value, unless it is equal.
    pub(super) fn replace(&mut self, part: &Part<'_>) -> Result<(), TooLarge> {
        if self.node == part.node {
            return Ok(());
        }
        self.ledger.add(part.node, self.depth)?;
        *self.node = part.node.clone();
        *self.view = part.node.to_json();
        *self.origin = part.origin.clone();
        Ok(())
    }

    /// Adds a member to an object.
    pub(super) fn insert(&mut self, key: &str, part: &Part<'_>) -> Result<(), TooLarge> {
        if let (Some(members), Value::Object(view)) = (as_mapping(self.node), &mut *self.view) {
            self.ledger.add(part.node, self.depth + 1)?;
            members.insert(key.to_owned(), part.node.clone());
            view.insert(key.to_owned(), part.node.to_json());
            *self.origin.child_mut(key) = part.origin.clone();
        }
        Ok(())
    }

    /// Adds an item to the end of an array.
    pub(super) fn append(&mut self, part: &Part<'_>) -> Result<(), TooLarge> {
        if let (Some(items), Value::Array(view)) = (as_sequence(self.node), &mut *self.view) {
            self.ledger.add(part.node, self.depth + 1)?;
            *self.origin.child_mut(items.len()) = part.origin.clone();
            items.push(part.node.clone());
            view.push(part.node.to_json());
        }
        Ok(())
    }

    /// Removes a member or an item.
    pub(super) fn remove(&mut self, token: &Token) {
        match (token, &mut *self.view) {
            (Token::Key(key), Value::Object(view)) => {
                // Keeps the order of the other members.
                as_mapping(self.node).and_then(|members| members.shift_remove(key));
                view.remove(key);
                self.origin.remove_member(key);
                self.ledger.changes += 1;
            }
            (Token::Index(index), Value::Array(view)) if *index < view.len() => {
                self.origin.remove_item(*index, view.len());
                as_sequence(self.node).map(|items| items.remove(*index));
                view.remove(*index);
                self.ledger.changes += 1;
            }
            (Token::Key(_) | Token::Index(_), _) => {}
        }
    }
}

impl Ledger {
    /// Counts a value that is added at a depth.
    fn add(&mut self, node: &Node, depth: usize) -> Result<(), TooLarge> {
        self.changes += 1;
        self.measure(node, depth)
    }

    fn measure(&mut self, node: &Node, depth: usize) -> Result<(), TooLarge> {
        self.added += 1;
        if depth > DEPTH || self.added > MOST_ADDED {
            return Err(TooLarge);
        }
        match node {
            Node::Mapping(members) => members.values().try_for_each(|member| self.measure(member, depth + 1)),
            Node::Sequence(items) => items.iter().try_for_each(|item| self.measure(item, depth + 1)),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => Ok(()),
        }
    }
}

fn as_mapping(node: &mut Node) -> Option<&mut Mapping> {
    if let Node::Mapping(members) = node { Some(members) } else { None }
}

fn as_sequence(node: &mut Node) -> Option<&mut Vec<Node>> {
    if let Node::Sequence(items) = node { Some(items) } else { None }
}
