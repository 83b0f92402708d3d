//! Defines [`Located`], a part of a tree with its origin.

use std::fmt::Display;

use crate::pointer::{Origin, Pointer};
use crate::tree::{Mapping, Node};

/// A value, with the places where it and everything below it is written.
#[derive(Clone, Debug)]
pub(super) struct Located {
    node: Node,
    origin: Origin,
}

impl Located {
    pub(super) fn new(node: Node, origin: Origin) -> Self {
        Self { node, origin }
    }

    /// Creates an empty object that stands for what is written at a place.
    pub(super) fn object(written: &Pointer) -> Self {
        Self { node: Node::Mapping(Mapping::default()), origin: Origin::new(written.clone()) }
    }

    /// Creates a value that stands for what is written at a place.
    pub(super) fn made(node: impl Into<Node>, written: &Pointer) -> Self {
        Self { node: node.into(), origin: Origin::new(written.clone()) }
    }

    /// Creates an array of parts.
    pub(super) fn array(items: Vec<Self>, written: &Pointer) -> Self {
        let mut origin = Origin::new(written.clone());
        let mut nodes = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            *origin.child_mut(index) = item.origin;
            nodes.push(item.node);
        }
        Self { node: Node::Sequence(nodes), origin }
    }

    pub(super) fn into_parts(self) -> (Node, Origin) {
        (self.node, self.origin)
    }

    pub(super) fn node(&self) -> &Node {
        &self.node
    }

    pub(super) fn written(&self) -> &Pointer {
        self.origin.written()
    }

    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.node.get(key)
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(Node::as_bool).unwrap_or_default()
    }

    /// Returns the keys of an object.
    pub(super) fn keys(&self) -> Vec<String> {
        self.node.as_mapping().into_iter().flat_map(|members| members.keys().cloned()).collect()
    }

    /// Removes a member of an object, and returns it.
    pub(super) fn take(&mut self, key: &str) -> Option<Self> {
        let Node::Mapping(members) = &mut self.node else { return None };
        let node = members.shift_remove(key)?;
        let origin = self.origin.child(key);
        self.origin.remove_member(key);
        Some(Self { node, origin })
    }

    /// Adds or replaces a member of an object; nothing else has members.
    pub(super) fn set(&mut self, key: &str, member: Self) {
        if let Node::Mapping(members) = &mut self.node {
            members.insert(key.to_owned(), member.node);
            *self.origin.child_mut(key) = member.origin;
        }
    }

    /// Adds a member if there is one.
    pub(super) fn set_some(&mut self, key: &str, member: Option<Self>) {
        if let Some(member) = member {
            self.set(key, member);
        }
    }

    /// Gives a member another key, if it exists.
    pub(super) fn rename(&mut self, from: &str, to: &str) {
        let member = self.take(from);
        self.set_some(to, member);
    }

    /// Replaces each member of an object, in order.
    pub(super) fn each(mut self, mut change: impl FnMut(&str, Self) -> Self) -> Self {
        let Node::Mapping(members) = &mut self.node else { return self };
        for (key, node) in members {
            let part = Self { node: std::mem::replace(node, Node::Null), origin: self.origin.child(key) };
            let part = change(key, part);
            *node = part.node;
            *self.origin.child_mut(key) = part.origin;
        }
        self
    }

    /// Returns the items of an array.
    pub(super) fn into_items(self) -> Vec<Self> {
        let Self { node: Node::Sequence(items), origin } = self else { return Vec::new() };
        let items = items.into_iter().enumerate();
        items.map(|(index, node)| Self { node, origin: origin.child(index) }).collect()
    }

    /// Changes the value without moving anything in it.
    pub(super) fn map(mut self, change: impl FnOnce(&mut Node)) -> Self {
        change(&mut self.node);
        self
    }

    /// Replaces the value at the end of a path, if it exists.
    pub(super) fn update(self, path: &[String], change: &mut dyn FnMut(Self) -> Self) -> Self {
        let Some((token, rest)) = path.split_first() else { return change(self) };
        let Self { mut node, mut origin } = self;
        let below = match &mut node {
            Node::Mapping(members) => members.get_mut(token),
            Node::Sequence(items) => token.parse().ok().and_then(|index: usize| items.get_mut(index)),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => None,
        };
        if let Some(below) = below {
            let part = Self { node: std::mem::replace(below, Node::Null), origin: origin.child(token) };
            let part = part.update(rest, change);
            *below = part.node;
            *origin.child_mut(token as &dyn Display) = part.origin;
        }
        Self { node, origin }
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<bool> for Node {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}
