//! Represents Rust types as trees, with parsing and printing.

use std::fmt;

/// A Rust type as shown in a listing, without paths except for `serde_json::Value`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RustType {
    /// A type without parameters, such as `String`.
    Name(String),
    /// A generic type with its arguments, such as `Vec<String>`.
    Generic(String, Vec<Self>),
    /// A tuple. The unit type has no items.
    Tuple(Vec<Self>),
}

impl RustType {
    /// Creates a type without parameters.
    #[must_use]
    pub fn name(name: impl Into<String>) -> Self {
        Self::Name(name.into())
    }

    /// Creates a generic type with one argument.
    #[must_use]
    pub fn of(name: &str, argument: Self) -> Self {
        Self::Generic(name.to_owned(), vec![argument])
    }

    /// Parses a type. Returns `None` if the text is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = text.trim();
        let ty = parse(&mut rest, 0)?;
        rest.is_empty().then_some(ty)
    }

    /// Returns the first argument if this is the generic type with this name.
    #[must_use]
    pub fn argument_of(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Generic(generic, arguments) if generic == name => arguments.first(),
            Self::Generic(..) | Self::Name(_) | Self::Tuple(_) => None,
        }
    }

    /// Returns the type without `Option` and `Box` around it, as setters take it.
    #[must_use]
    pub fn plain(&self) -> &Self {
        let inner = self.argument_of("Option").or_else(|| self.argument_of("Box"));
        inner.map_or(self, Self::plain)
    }

    /// Returns the type without `Box` around it or in its `Option`, as constructors take it.
    #[must_use]
    pub fn unboxed(&self) -> Self {
        match (self.argument_of("Box"), self.argument_of("Option")) {
            (Some(inner), _) => inner.clone(),
            (None, Some(inner)) => Self::of("Option", inner.unboxed()),
            (None, None) => self.clone(),
        }
    }

    /// Returns every name in the type, in reading order.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::Name(name) => vec![name],
            Self::Generic(name, arguments) => {
                let inner = arguments.iter().flat_map(Self::names);
                std::iter::once(name.as_str()).chain(inner).collect()
            }
            Self::Tuple(items) => items.iter().flat_map(Self::names).collect(),
        }
    }
}

impl fmt::Display for RustType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, items: &[Self]| {
            for (index, item) in items.iter().enumerate() {
                write!(f, "{}{item}", if index == 0 { "" } else { ", " })?;
            }
            Ok(())
        };
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Generic(name, arguments) => {
                write!(f, "{name}<")?;
                list(f, arguments)?;
                f.write_str(">")
            }
            Self::Tuple(items) => {
                f.write_str("(")?;
                list(f, items)?;
                f.write_str(if items.len() == 1 { ",)" } else { ")" })
            }
        }
    }
}

/// The maximum nesting depth when parsing.
const DEEPEST: usize = 64;

fn parse(rest: &mut &str, depth: usize) -> Option<RustType> {
    if depth > DEEPEST {
        return None;
    }
    *rest = rest.trim_start();
    if let Some(inner) = rest.strip_prefix('(') {
        *rest = inner;
        return Some(RustType::Tuple(list(rest, ')', depth)?));
    }
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    if name.is_empty() {
        return None;
    }
    *rest = after.trim_start();
    match rest.strip_prefix('<') {
        Some(inner) => {
            *rest = inner;
            Some(RustType::Generic(name.to_owned(), list(rest, '>', depth)?))
        }
        None => Some(RustType::Name(name.to_owned())),
    }
}

fn list(rest: &mut &str, end: char, depth: usize) -> Option<Vec<RustType>> {
    let mut items = Vec::new();
    loop {
        *rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(end) {
            *rest = after.trim_start();
            return Some(items);
        }
        items.push(parse(rest, depth + 1)?);
        *rest = rest.trim_start();
        match rest.strip_prefix(',') {
            Some(after) => *rest = after,
            None if rest.starts_with(end) => {}
            None => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RustType;

    #[test]
    fn types_are_printed_as_they_were_parsed() {
        for text in [
            "String",
            "()",
            "(i64,)",
            "(i64, Option<Box<File>>)",
            "BTreeMap<String, Vec<serde_json::Value>>",
            "Option<Größe>",
        ] {
            assert_eq!(RustType::parse(text).expect("a type").to_string(), text);
        }
    }

    #[test]
    fn other_texts_are_not_types() {
        for text in ["", "Vec<", "Vec<String", "a b", "(,)", "Option<>>"] {
            assert_eq!(RustType::parse(text), None, "{text}");
        }
        assert_eq!(RustType::parse(&"Vec<".repeat(100_000)), None);
    }

    #[test]
    fn names_are_listed() {
        let ty = RustType::parse("BTreeMap<String, (A, Vec<B>)>").expect("a type");
        assert_eq!(ty.names(), ["BTreeMap", "String", "A", "Vec", "B"]);
    }
}
