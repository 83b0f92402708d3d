//! Derives the name of a type from the place of its schema.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::singular::singular;
use crate::config::ItemNames;
use crate::name::{Name, words};
use crate::pointer::Pointer;

/// The owner of a schema: the type or operation with whose name the names of inline types inside start.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Owner {
    pub(in crate::lower) name: Name,
    pub(in crate::lower) family: Name,
    pub(in crate::lower) scope: Scope,
    /// Set if the document itself gives the name.
    pub(in crate::lower) is_named: bool,
}

/// The scope of an inline type. The members of a request body become arguments, so their inline types belong to the
/// operation even if other operations share the schema of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::lower) enum Scope {
    /// All references to the schema.
    Document,
    /// The operation with this index.
    Operation(usize),
}

/// The name that a type made at some place would get. It is computed only if a type is made.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Naming {
    owner: Rc<Owner>,
    part: Option<Rc<str>>,
    /// Set if the last word becomes singular.
    is_item: bool,
}

impl Naming {
    /// Uses the name of the owner itself.
    pub(in crate::lower) fn of(owner: &Rc<Owner>) -> Self {
        Self { owner: owner.clone(), part: None, is_item: false }
    }

    /// Names a part of the owner, such as a property.
    pub(in crate::lower) fn part(owner: &Rc<Owner>, part: impl Into<Rc<str>>) -> Self {
        Self { owner: owner.clone(), part: Some(part.into()), is_item: false }
    }

    /// Names an item of the list, or a value of the map, that this names.
    pub(in crate::lower) fn item(&self, names: ItemNames) -> Self {
        Self { is_item: names == ItemNames::Singular, ..self.clone() }
    }

    /// Names a part of this part.
    pub(in crate::lower) fn with(&self, part: &str) -> Self {
        if self.is_item {
            return Self::part(&self.owner(), part);
        }
        let part = self.part.as_deref().map_or_else(|| part.to_owned(), |own| format!("{own} {part}"));
        Self::part(&self.owner, part)
    }

    pub(in crate::lower) fn scope(&self) -> Scope {
        self.owner.scope
    }

    /// Returns the owner of the schemas inside.
    pub(in crate::lower) fn owner(&self) -> Rc<Owner> {
        let (mut name, own) = match &self.part {
            None if !self.is_item => return self.owner.clone(),
            None => (self.owner.name.clone(), 0),
            Some(part) => {
                let part = Name::new(&**part);
                (self.owner.name.join(&part), part.words.len())
            }
        };
        if self.is_item {
            name = of_item(&name, own);
        }
        Rc::new(Owner { name, family: self.owner.family.clone(), scope: self.owner.scope, is_named: false })
    }
}

/// Returns the owner at the target of a reference, named by its place and the suffix of its document. A file as a whole
/// is named after the file. `short` holds names of components without their packages.
pub(in crate::lower) fn natural(
    pointer: &Pointer,
    file: Option<&str>,
    suffix: &[String],
    short: &BTreeMap<String, String>,
    names: ItemNames,
) -> Owner {
    let tokens: Vec<String> = pointer.tokens().collect();
    let all: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let (key, rest) = match all.as_slice() {
        ["components", _, key, rest @ ..] | ["definitions" | "$defs", key, rest @ ..] => (*key, rest),
        // A definition in an inline schema.
        ["paths", .., "definitions" | "$defs", key] => (*key, &[][..]),
        [key, rest @ ..] => (*key, rest),
        [] => (file.unwrap_or("document"), &[][..]),
    };
    let short = match all.as_slice() {
        ["components", "schemas", ..] => short.get(key),
        _ => None,
    };
    let mut whole = Name::new(key);
    if let Some(short) = short {
        whole.words = words(short);
    }
    whole.words.extend_from_slice(suffix);
    let (name, _) = steps(rest).into_iter().fold((whole, 0), |(name, own), step| match step {
        Step::Part(part) => {
            let part = Name::new(part);
            (name.join(&part), part.words.len())
        }
        Step::Item if names == ItemNames::Singular => (of_item(&name, own), 0),
        Step::Item => (name, own),
    });
    Owner {
        name,
        family: family(short.map_or(key, String::as_str)),
        scope: Scope::Document,
        is_named: rest.is_empty(),
    }
}

/// Returns `true` for a schema with a name of its own.
pub(in crate::lower) fn is_named(pointer: &Pointer) -> bool {
    let tokens: Vec<&str> = pointer.escaped_tokens().collect();
    matches!(tokens.as_slice(), ["components", "schemas", _])
}

/// Returns the family of a schema: the words of its name before `--`.
pub(in crate::lower) fn family(key: &str) -> Name {
    let head = key.split("--").next().unwrap_or(key);
    if Name::new(head).words.is_empty() { Name::new(key) } else { Name::new(head) }
}

/// A step from a schema to one inside it, as far as names follow it.
enum Step {
    Part(String),
    Item,
}

/// Returns the steps that the tokens below a component stand for: names of properties and definitions, not the keywords
/// around them.
fn steps(tokens: &[&str]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut tokens = tokens.iter().copied();
    while let Some(token) = tokens.next() {
        let part = match token {
            "properties" | "$defs" | "definitions" | "patternProperties" => tokens.next().map(str::to_owned),
            "content" => {
                tokens.next();
                None
            }
            "items" | "additionalProperties" => {
                steps.push(Step::Item);
                None
            }
            "additionalItems" | "schema" => None,
            "prefixItems" => tokens.next().map(|index| format!("item {}", one_based(index))),
            "oneOf" | "anyOf" | "allOf" => tokens.next().map(|index| format!("variant {}", one_based(index))),
            other => Some(other.to_owned()),
        };
        steps.extend(part.map(Step::Part));
    }
    steps
}

/// Returns the name of an item of the list or map with this name, whose last words name it in its owner. `list` says
/// nothing about an item if there are other words: `labels` and `label_list` have the same items.
fn of_item(list: &Name, own: usize) -> Name {
    let mut words = list.words.clone();
    if own > 1 {
        words.pop_if(|last| last == "list");
    }
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
    Name::from_words(words)
}

fn one_based(index: &str) -> usize {
    index.parse::<usize>().map_or(1, |index| index.saturating_add(1))
}
