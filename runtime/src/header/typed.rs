//! Headers of an answer to values of the types that the document gives them.

use std::fmt;
use std::marker::PhantomData;

use http::HeaderMap;

use super::plain::from_plain;
use crate::error::{Error, ErrorKind};
use crate::json::{Json, from_slice};
use crate::parameter::{Encoding, Style};

/// A header of an answer, with the type that the API's document gives it.
///
/// An SDK has one for each header that its document describes, as a constant of the request.
/// [`Response::typed`](crate::Response::typed) and [`Error::typed`] read it.
pub struct Header<T> {
    name: &'static str,
    encoding: Encoding,
    value: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// A header of this name.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self::encoded(name, Encoding::SIMPLE)
    }

    /// A header whose text is not the usual one for its type.
    #[doc(hidden)]
    #[must_use]
    pub const fn encoded(name: &'static str, encoding: Encoding) -> Self {
        Self { name, encoding, value: PhantomData }
    }

    /// The name, as the document writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<T: Json> Header<T> {
    /// The value; several headers of one name make one list (RFC 9110, section 5.3).
    pub(crate) fn read(self, headers: &HeaderMap) -> Result<Option<T>, Error> {
        let values: Vec<&[u8]> = headers.get_all(self.name).iter().map(|value| value.as_bytes()).collect();
        if values.is_empty() {
            return Ok(None);
        }
        let text = String::from_utf8(values.join(&b", "[..]))
            .map_err(|error| self.unreadable("it is no UTF-8 text").with_source(error.utf8_error()))?;
        let mut value = T::blank();
        match self.encoding.style {
            Style::Json => {
                value = from_slice(text.as_bytes()).map_err(|fault| self.unreadable(&fault.message))?;
            }
            Style::Plain
            | Style::Simple
            | Style::Label
            | Style::Matrix
            | Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::DeepObject => from_plain(&text, self.encoding.explode, &mut value)
                .map_err(|fault| self.unreadable(fault.message()))?,
        }
        Ok(Some(value))
    }

    fn unreadable(self, why: &str) -> Error {
        Error::new(ErrorKind::Decoding, format!("header `{}` cannot be read: {why}", self.name))
    }
}

impl Error {
    /// A header of the answer that the API's document describes, as the type that it has there; `None` where it did not
    /// come, or nothing did.
    ///
    /// # Errors
    /// The header is not of that type.
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
