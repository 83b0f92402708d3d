//! A place in a document: which document, and a JSON Pointer (RFC 6901) in it.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// The index of a document among the inputs of one run, in the order in which they were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub usize);

/// A place in a document. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer {
    /// The document that the path is in.
    pub document: DocumentId,
    /// The JSON Pointer (RFC 6901): empty for the root, else `/` and escaped tokens.
    path: Arc<str>,
}

impl Pointer {
    /// The root of a document.
    #[must_use]
    pub fn root(document: DocumentId) -> Self {
        Self { document, path: "".into() }
    }

    /// A place from a JSON Pointer as text, taken as it is.
    #[must_use]
    pub fn new(document: DocumentId, path: &str) -> Self {
        Self { document, path: path.into() }
    }

    /// The place of a member or, with a number, of an item of this one.
    #[must_use]
    pub fn child(&self, token: impl fmt::Display) -> Self {
        let mut path = format!("{}/{token}", self.path);
        let start = self.path.len() + 1;
        if path[start..].contains(['~', '/']) {
            let escaped = path[start..].replace('~', "~0").replace('/', "~1");
            path.replace_range(start.., &escaped);
        }
        Self { document: self.document, path: path.into() }
    }

    /// The place that this one is in; the root has none.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.path.rsplit_once('/')?;
        Some(Self { document: self.document, path: parent.into() })
    }

    /// True for a place inside of this one.
    #[must_use]
    pub fn holds(&self, place: &Self) -> bool {
        let inner = place.path.strip_prefix(&*self.path).filter(|_| place.document == self.document);
        inner.is_some_and(|inner| inner.starts_with('/'))
    }

    /// The unescaped tokens from the root down.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.escaped_tokens().map(|token| unescape(token).into_owned())
    }

    /// The tokens from the root down, as they are written.
    pub(crate) fn escaped_tokens(&self) -> impl Iterator<Item = &str> {
        self.path.split('/').skip(1)
    }

    /// The JSON Pointer as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.path
    }
}

/// A token of a JSON Pointer without its escapes.
pub(crate) fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
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
