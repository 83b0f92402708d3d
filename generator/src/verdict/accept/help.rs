//! The entries of the configuration by which maintainers change the outcome of a change.

use std::fmt::{self, Display};

use super::entry;

/// The way to change the outcome of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Help {
    /// An entry of `accept`.
    Accept {
        /// The identity of the item.
        at: String,
        /// The description of the change.
        change: String,
    },
    /// An entry of `tighten`, the identity of an item.
    Tighten(String),
    /// An entry of `names`.
    Name {
        /// The effect of the entry.
        purpose: Purpose,
        /// The section of `names`, such as `types`.
        section: &'static str,
        /// The key in the section.
        key: String,
        /// The new name; `None` if maintainers have to think of one.
        name: Option<String>,
    },
    /// Advice in words.
    Advice(String),
}

/// The effect of an entry of `names`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// An item takes the name that the document gives it.
    Adopt,
    /// An item takes a name that is free.
    Choose,
    /// An item leaves its name to another one.
    GiveUp,
    /// An operation moves to the manager that the document gives it.
    Move,
}

impl Help {
    /// Returns the entry of `sdk.yaml` in one line.
    #[must_use]
    pub fn entry(&self) -> Option<String> {
        match self {
            Self::Accept { at, change } => Some(format!("accept: [{}]", entry(at, change))),
            Self::Tighten(at) => Some(format!("tighten: [{}]", quoted(at))),
            Self::Name { section, key, name, .. } => {
                let name = name.as_deref().unwrap_or("…");
                Some(format!("names: {{ {section}: {{ {}: {name} }} }}", quoted(key)))
            }
            Self::Advice(_) => None,
        }
    }

    /// Returns the effect of the entry, or the advice.
    #[must_use]
    pub fn purpose(&self) -> &str {
        match self {
            Self::Accept { .. } => "to accept it",
            Self::Tighten(_) => "to tighten it",
            Self::Name { purpose: Purpose::Adopt, .. } => "to adopt the name",
            Self::Name { purpose: Purpose::Choose, .. } => "to choose another one",
            Self::Name { purpose: Purpose::GiveUp, .. } => "to give the name up",
            Self::Name { purpose: Purpose::Move, .. } => "to move it",
            Self::Advice(text) => text,
        }
    }

    /// Lays out the entries of several changes as one text that can be copied into `sdk.yaml`. Sections come in the order
    /// of their first entries. A name that maintainers have to think of is a comment, and so is a second name for an item.
    #[must_use]
    pub fn entries<'h>(helps: impl IntoIterator<Item = &'h Self>) -> String {
        let mut accepted = Vec::new();
        let mut tightened = Vec::new();
        let mut names: Vec<(&str, Vec<(String, String)>)> = Vec::new();
        for help in helps {
            match help {
                Self::Accept { at, change } => accepted.push(format!("  - {}\n", entry(at, change))),
                Self::Tighten(at) => tightened.push(format!("  - {}\n", quoted(at))),
                Self::Name { section, key, name, .. } => {
                    let at = names.iter().position(|(known, _)| known == section);
                    let at = at.unwrap_or_else(|| {
                        names.push((section, Vec::new()));
                        names.len() - 1
                    });
                    let lines = &mut names[at].1;
                    let is_first = lines.iter().all(|(known, _)| known != key);
                    let comment = if is_first && name.is_some() { "" } else { "# " };
                    let name = name.as_deref().unwrap_or("…");
                    let line = format!("    {comment}{}: {name}\n", quoted(key));
                    if lines.iter().all(|(_, known)| {
                        known.trim_start_matches([' ', '#']) != line.trim_start_matches([' ', '#'])
                    }) {
                        lines.push((key.clone(), line));
                    }
                }
                Self::Advice(_) => {}
            }
        }
        let mut text = String::new();
        if !names.is_empty() {
            text.push_str("names:\n");
        }
        for (section, lines) in names {
            text.extend(["  ", section, ":\n"]);
            text.extend(lines.into_iter().map(|(_, line)| line));
        }
        for (key, lines) in [("accept:\n", accepted), ("tighten:\n", tightened)] {
            if !lines.is_empty() {
                text.push_str(key);
                text.extend(lines);
            }
        }
        text
    }
}

impl Display for Help {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.entry()) {
            (Self::Accept { .. }, Some(entry)) => write!(f, "{}: {entry}", self.purpose()),
            (_, Some(entry)) => write!(f, "{}: `{entry}`", self.purpose()),
            (_, None) => f.write_str(self.purpose()),
        }
    }
}

/// Quotes a text for YAML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
