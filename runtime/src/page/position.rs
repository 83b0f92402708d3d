//! A page's place in the list, to start from there again.

use std::fmt;

/// The place of a page in its list, to start from there again: see [`Items::position`](super::Items::position).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Position {
    /// Where the request itself begins.
    Start,
    /// After this many items.
    Offset(u64),
    /// The page of this number.
    Page(u64),
    /// At this marker.
    Marker(String),
    /// At this URL.
    Url(String),
}

impl Position {
    /// How many items come before it, where the list goes by that.
    #[must_use]
    pub fn offset(&self) -> Option<u64> {
        match self {
            Self::Offset(offset) => Some(*offset),
            Self::Start | Self::Page(_) | Self::Marker(_) | Self::Url(_) => None,
        }
    }

    /// The marker, where the list goes by that.
    #[must_use]
    pub fn marker(&self) -> Option<&str> {
        match self {
            Self::Marker(marker) => Some(marker),
            Self::Start | Self::Offset(_) | Self::Page(_) | Self::Url(_) => None,
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => f.write_str("the start"),
            Self::Offset(offset) => write!(f, "offset {offset}"),
            Self::Page(number) => write!(f, "page {number}"),
            Self::Marker(marker) => write!(f, "marker `{marker}`"),
            Self::Url(url) => f.write_str(url),
        }
    }
}
