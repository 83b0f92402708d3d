//! Decodes JSON from responses into types of the caller.

use serde::de::DeserializeOwned;

use super::{Error, ErrorKind};
use crate::json::{Extra, without_mark};

impl Error {
    /// Decodes the JSON body of the response into a type of the SDK or of your own.
    ///
    /// # Errors
    /// Returns an error if there was no response, or if its body cannot be decoded into this type.
    pub fn body_as<T: DeserializeOwned>(&self) -> Result<T, Self> {
        let Some(response) = &self.0.response else {
            return Err(Self::new(
                ErrorKind::Decoding,
                "the call has no response whose body could be decoded",
            ));
        };
        let text = without_mark(&response.body);
        serde_json::from_slice(text)
            .map_err(|error| Self::unreadable(text, &error).with_response(response.clone()))
    }
}

impl Extra {
    /// Decodes the value of a member into a type of your own, as in `get_as::<Vec<String>>("tags")`; `None` if there is
    /// no member of this name.
    ///
    /// # Errors
    /// Returns an error if the value cannot be decoded into this type.
    pub fn get_as<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Error> {
        let read = |text: &str| {
            serde_json::from_str(text).map_err(|error| Error::unreadable(text.as_bytes(), &error))
        };
        self.get_raw(name).map(read).transpose()
    }
}
