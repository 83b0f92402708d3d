//! Reads JSON that came with a call as a type of the caller's own.

use serde::de::DeserializeOwned;

use super::{Error, ErrorKind};
use crate::json::Extra;

impl Error {
    /// The body of the answer as a type of yours or of the SDK.
    ///
    /// # Errors
    /// There was no answer, or its body is no such value.
    pub fn body_as<T: DeserializeOwned>(&self) -> Result<T, Self> {
        let Some(answer) = &self.0.answer else {
            return Err(Self::new(ErrorKind::Decoding, "the call had no answer whose body could be read"));
        };
        serde_json::from_slice(&answer.body)
            .map_err(|error| Self::unreadable(&answer.body, &error).with_answer(answer.clone()))
    }
}

impl Extra {
    /// The value of a member as a type of yours, `get_as::<Vec<String>>("tags")`; `None` where nothing of that name is
    /// kept.
    ///
    /// # Errors
    /// The value is none of this type.
    pub fn get_as<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Error> {
        let read = |text: &str| {
            serde_json::from_str(text).map_err(|error| Error::unreadable(text.as_bytes(), &error))
        };
        self.get_raw(name).map(read).transpose()
    }
}
