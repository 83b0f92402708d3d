//! Defines [`Pointer`], a place in a document: its ID and a JSON Pointer (RFC 6901).

mod origin;

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

pub use origin::Origin;

/// The length of most tokens.
const TOKEN: usize = 32;

/// The index of a document among the inputs of one run, in the order in which they were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub usize);

/// Values by place, in the order in which they were added. Long texts are slow to compare, as a sorted map does.
pub(crate) type PointerMap<V> = IndexMap<Pointer, V, RandomState>;

/// A place in a document. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer {
    /// The document.
    pub document: DocumentId,
    /// The JSON Pointer (RFC 6901): empty for the root, or else escaped tokens, each after a `/`.
    path: Arc<str>,
}

impl Pointer {
    /// Returns the root of a document.
    #[must_use]
    pub fn root(document: DocumentId) -> Self {
        Self { document, path: "".into() }
    }

    /// Creates a place from the text of a JSON Pointer, without checking it.
    #[must_use]
    pub fn new(document: DocumentId, path: &str) -> Self {
        Self { document, path: path.into() }
    }

    /// Returns the place of a member of this one or, given an index, of an item.
    #[must_use]
    pub fn child(&self, token: impl fmt::Display) -> Self {
        let start = self.path.len() + 1;
        let mut path = String::with_capacity(start + TOKEN);
        path.push_str(&self.path);
        // Writing to a string cannot fail.
        let _ = write!(path, "/{token}");
        if path[start..].contains(['~', '/']) {
            let escaped = path[start..].replace('~', "~0").replace('/', "~1");
            path.replace_range(start.., &escaped);
        }
        Self { document: self.document, path: path.into() }
    }

    /// Returns the place that contains this one; the root has none.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.path.rsplit_once('/')?;
        Some(Self { document: self.document, path: parent.into() })
    }

    /// Returns `true` if `place` is inside of this one.
    #[must_use]
    pub fn holds(&self, place: &Self) -> bool {
        let inner = place.path.strip_prefix(&*self.path).filter(|_| place.document == self.document);
        inner.is_some_and(|inner| inner.starts_with('/'))
    }

    /// Iterates over the unescaped tokens, from the root down.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.escaped_tokens().map(|token| unescape(token).into_owned())
    }

    /// Iterates over the escaped tokens, from the root down.
    pub(crate) fn escaped_tokens(&self) -> impl Iterator<Item = &str> {
        // Tokens are short, for which a loop is faster than a search.
        let next = |text: &str| text.bytes().position(|byte| byte == b'/').unwrap_or(text.len());
        let mut rest = &self.path[next(&self.path)..];
        std::iter::from_fn(move || {
            let inner = rest.strip_prefix('/')?;
            let (token, after) = inner.split_at(next(inner));
            rest = after;
            Some(token)
        })
    }

    /// Returns the text of the JSON Pointer.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.path
    }
}

/// Unescapes a token of a JSON Pointer.
pub(crate) fn unescape(token: &str) -> Cow<'_, str> {
    // Tokens are short, for which a loop is faster than a search.
    let Some(first) = token.bytes().position(|byte| byte == b'~') else { return Cow::Borrowed(token) };
    let mut unescaped = String::with_capacity(token.len());
    let (plain, mut rest) = token.split_at(first);
    unescaped.push_str(plain);
    while !rest.is_empty() {
        let (char, length) = match rest.as_bytes() {
            [b'~', b'1', ..] => ("/", 2),
            [b'~', b'0', ..] => ("~", 2),
            [b'~', ..] => ("~", 1),
            _ => ("", 0),
        };
        unescaped.push_str(char);
        rest = &rest[length..];
        let end = rest.bytes().position(|byte| byte == b'~').unwrap_or(rest.len());
        unescaped.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    Cow::Owned(unescaped)
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.document.0, self.path)
    }
}
