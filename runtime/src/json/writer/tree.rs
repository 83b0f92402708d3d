//! Builds a small tree of a value, in member order, from which parameters and forms are rendered.

use std::fmt;

use serde_json::value::RawValue;

use crate::json::{Fault, Json, WriteObject, Writer, Written, sealed};

/// A value in the form that parameters need: scalars are already text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    Null,
    /// A number or a boolean.
    Bare(String),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Tree {
    pub(crate) fn of(value: &dyn Json) -> Result<Self, Fault> {
        let mut writer = TreeWriter(Self::Null);
        value.write(&mut writer)?;
        Ok(writer.0)
    }

    fn from_value(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(value) => Self::Bare(value.to_string()),
            serde_json::Value::Number(value) => Self::Bare(value.to_string()),
            serde_json::Value::String(value) => Self::Text(value.clone()),
            serde_json::Value::Array(items) => Self::List(items.iter().map(Self::from_value).collect()),
            serde_json::Value::Object(members) => Self::Object(
                members.iter().map(|(name, value)| (name.clone(), Self::from_value(value))).collect(),
            ),
        }
    }
}

impl fmt::Display for Tree {
    /// Writes JSON text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bare(text) => f.write_str(text),
            Self::Text(text) => write!(f, "{}", serde_json::Value::from(text.as_str())),
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "[" } else { "," })?;
                }
                f.write_str(if items.is_empty() { "[]" } else { "]" })
            }
            Self::Object(members) => {
                for (index, (name, value)) in members.iter().enumerate() {
                    let name = serde_json::Value::from(name.as_str());
                    write!(f, "{}{name}:{value}", if index == 0 { "{" } else { "," })?;
                }
                f.write_str(if members.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

struct TreeWriter(Tree);

impl TreeWriter {
    fn set(&mut self, tree: Tree) -> Written {
        self.0 = tree;
        Ok(())
    }
}

impl sealed::Sealed for TreeWriter {}

impl Writer for TreeWriter {
    fn object(&mut self, object: &WriteObject<'_>) -> Written {
        let mut members = Vec::new();
        let mut add = |name: &str, value: &dyn Json| {
            if !value.is_absent() && !object.keeps(name, value) {
                let value = Tree::of(value).map_err(|fault| fault.within_member(name))?;
                members.push((name.to_owned(), value));
            }
            Ok(())
        };
        for &(name, _, value) in object.slots {
            add(name, value)?;
        }
        object.each_additional(&mut add)?;
        for (name, _) in object.extra {
            if !members.iter().any(|(taken, _)| taken == name) {
                let value = Tree::from_value(&object.extra.get(name).unwrap_or_default());
                members.push((name.to_owned(), value));
            }
        }
        self.set(Tree::Object(members))
    }

    fn items(&mut self, items: &mut dyn Iterator<Item = &dyn Json>) -> Written {
        let items: Result<_, Fault> = items
            .enumerate()
            .map(|(index, item)| Tree::of(item).map_err(|fault| fault.within_index(index)))
            .collect();
        self.set(Tree::List(items?))
    }

    fn entries(&mut self, entries: &mut dyn Iterator<Item = (&str, &dyn Json)>) -> Written {
        let members: Result<_, Fault> = entries
            .map(|(name, value)| match Tree::of(value) {
                Ok(tree) => Ok((name.to_owned(), tree)),
                Err(fault) => Err(fault.within_member(name)),
            })
            .collect();
        self.set(Tree::Object(members?))
    }

    fn null(&mut self) -> Written {
        self.set(Tree::Null)
    }

    fn bool(&mut self, value: bool) -> Written {
        self.set(Tree::Bare(value.to_string()))
    }

    fn integer(&mut self, value: i128) -> Written {
        self.set(Tree::Bare(value.to_string()))
    }

    fn float(&mut self, value: f64) -> Written {
        if !value.is_finite() {
            return Err(Fault::new(format_args!("the number {value} is not finite")));
        }
        self.set(Tree::Bare(value.to_string()))
    }

    fn text(&mut self, value: &str) -> Written {
        self.set(Tree::Text(value.to_owned()))
    }

    fn value(&mut self, value: &serde_json::Value) -> Written {
        self.set(Tree::from_value(value))
    }

    fn raw(&mut self, json: &RawValue) -> Written {
        self.set(match serde_json::from_str(json.get()) {
            // The text keeps all digits.
            Ok(serde_json::Value::Number(_)) => Tree::Bare(json.get().to_owned()),
            Ok(value) => Tree::from_value(&value),
            Err(_) => Tree::Null,
        })
    }
}
