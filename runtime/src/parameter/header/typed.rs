//! Reads response headers as values of the types that the document gives them.

use std::fmt;
use std::marker::PhantomData;
use std::str::Utf8Error;

use http::HeaderMap;

use super::plain::{ListItems, from_plain};
use crate::error::{Error, ErrorKind};
use crate::json::{Json, from_slice};
use crate::parameter::{Encoding, Style};

/// A response header with the type that the OpenAPI document gives it.
///
/// An SDK has a constant of this type for each header that its document describes, on the request builder of the
/// operation. [`Response::typed`](crate::Response::typed) and [`Error::typed`] read the header's value.
///
/// ```
/// # use sdk_runtime::{Error, Header, Response};
/// # struct ListThings;
/// # impl ListThings {
/// #     const X_TOTAL_COUNT: Header<i64> = Header::new("x-total-count");
/// # }
/// # fn example(response: &Response<Vec<String>>) -> Result<(), Error> {
/// let total: Option<i64> = response.typed(ListThings::X_TOTAL_COUNT)?;
/// # Ok(())
/// # }
/// ```
pub struct Header<T> {
    name: &'static str,
    encoding: Encoding,
    value: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// Creates a header whose value is encoded in the style `simple`.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self::encoded(name, Encoding::SIMPLE)
    }

    /// Creates a header whose value is encoded in another way.
    #[doc(hidden)]
    #[must_use]
    pub const fn encoded(name: &'static str, encoding: Encoding) -> Self {
        Self { name, encoding, value: PhantomData }
    }

    /// Returns the name of the header, as the document spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<T: Json> Header<T> {
    /// Reads the value. Several headers of one name form one list (RFC 9110 section 5.3); of `Set-Cookie`, each is an
    /// item.
    pub(crate) fn read(self, headers: &HeaderMap) -> Result<Option<T>, Error> {
        let lines: Result<Vec<&str>, Utf8Error> =
            headers.get_all(self.name).iter().map(|value| std::str::from_utf8(value.as_bytes())).collect();
        let lines = lines.map_err(|error| self.unreadable("it is not valid UTF-8").with_source(error))?;
        if lines.is_empty() {
            return Ok(None);
        }
        let text = lines.join(", ");
        // The only header that can be sent several times although it is not a list: its dates contain commas.
        let items = match self.name.eq_ignore_ascii_case("set-cookie") {
            true => ListItems::Lines(&lines),
            false => ListItems::Commas,
        };
        let mut value = T::blank();
        match self.encoding.style {
            Style::Json | Style::JsonQuery => {
                value = from_slice(text.as_bytes()).map_err(|fault| self.unreadable(&fault.message))?;
            }
            Style::Plain
            | Style::Simple
            | Style::Label
            | Style::Matrix
            | Style::Form
            | Style::SpaceDelimited
            | Style::TabDelimited
            | Style::PipeDelimited
            | Style::DeepObject => from_plain(&text, items, self.encoding.explode, &mut value)
                .map_err(|fault| self.unreadable(fault.message()))?,
        }
        Ok(Some(value))
    }

    fn unreadable(self, why: &str) -> Error {
        Error::new(ErrorKind::Decoding, format!("header `{}` cannot be read: {why}", self.name))
    }
}

impl Error {
    /// Returns the value of a response header as the type that the document gives it; `None` if the header is missing,
    /// or if there was no response.
    ///
    /// # Errors
    /// Returns an error if the value is not of that type.
    pub fn typed<T: Json>(&self, header: Header<T>) -> Result<Option<T>, Self> {
        self.headers().map_or(Ok(None), |headers| header.read(headers))
    }
}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Header").field(&self.name).finish()
    }
}
