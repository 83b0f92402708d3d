//! Represents the position of a page in its list.

use std::fmt;

/// The position of a page in its list, from which another stream can start: see
/// [`Items::position`](super::Items::position).
///
/// ```
/// use sdk_runtime::{Error, Pages, Position};
///
/// /// Prints one page of names, and returns the position of the next page.
/// async fn print_page(names: Pages<Vec<String>>, from: Position) -> Result<Option<Position>, Error> {
///     let mut names = names.start_at(from);
///     if let Some(page) = names.next().await {
///         println!("{:?}", page?);
///     }
///     Ok(names.position().cloned())
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Position {
    /// The page that the request itself asks for.
    Start,
    /// The page after this many items.
    Offset(u64),
    /// The page with this number.
    Page(u64),
    /// The page at this marker.
    Marker(String),
    /// The page at this URL.
    Url(String),
}

impl Position {
    /// Returns the number of items before the page, if the list is paged by offset.
    #[must_use]
    pub fn offset(&self) -> Option<u64> {
        match self {
            Self::Offset(offset) => Some(*offset),
            Self::Start | Self::Page(_) | Self::Marker(_) | Self::Url(_) => None,
        }
    }

    /// Returns the marker, if the list is paged by marker.
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
