//! Reads values from the text of a header: parses the style `simple` of OpenAPI.

use std::borrow::Cow;

use serde_json::Value;

use crate::json::value::{DateTime, http_date};
use crate::json::{Fault, Json, Raw, Read, ReadObject, Reader, raw_of_text, sealed};

/// The items of a list in a header.
#[derive(Clone, Copy, Debug)]
pub(super) enum ListItems<'a> {
    /// Separated by commas.
    Commas,
    /// The lines of the header.
    Lines(&'a [&'a str]),
}

/// Reads a value from its text.
pub(super) fn from_plain(text: &str, items: ListItems<'_>, explode: bool, value: &mut dyn Json) -> Read {
    value.read(&mut PlainReader { text, items, explode })
}

/// A reader over one value as text: a scalar as it is, a list with commas, an object as `R,100,G,200`, exploded as
/// `R=100,G=200`.
struct PlainReader<'a> {
    text: &'a str,
    items: ListItems<'a>,
    explode: bool,
}

impl<'a> PlainReader<'a> {
    fn inner(&self, text: &'a str) -> Self {
        Self { text, items: ListItems::Commas, explode: self.explode }
    }

    fn parts(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.text.split(',').map(str::trim).filter(|part| !part.is_empty())
    }

    /// Splits an object into its members.
    fn pairs(&self) -> Vec<(&'a str, &'a str)> {
        let mut parts = self.parts();
        if self.explode {
            return parts.map(|part| part.split_once('=').unwrap_or((part, ""))).collect();
        }
        std::iter::from_fn(|| Some((parts.next()?, parts.next().unwrap_or_default()))).collect()
    }

    fn parsed<T: std::str::FromStr>(&self, what: &str) -> Result<T, Fault> {
        self.text.trim().parse().map_err(|_| Fault::new(format_args!("`{}` is not {what}", self.text)))
    }
}

impl sealed::Sealed for PlainReader<'_> {}

impl Reader for PlainReader<'_> {
    fn object(&mut self, object: ReadObject<'_, '_>) -> Read {
        let ReadObject { slots, mut additional, extra } = object;
        for (name, text) in self.pairs() {
            let mut inner = self.inner(text);
            let read = match (slots.iter_mut().find(|slot| slot.0 == name), &mut additional) {
                (Some((_, presence, place)), _) => {
                    presence.mark_read();
                    place.read(&mut inner)
                }
                (None, Some(additional)) => additional.read_entry(name, &mut inner),
                (None, None) => {
                    extra.insert(name, &Value::from(text));
                    Ok(())
                }
            };
            read.map_err(|fault| fault.within_member(name))?;
        }
        ReadObject { slots, additional, extra }.check_required()
    }

    fn items(&mut self, each: &mut dyn FnMut(&mut dyn Reader) -> Read) -> Read {
        let texts: Vec<&str> = match self.items {
            ListItems::Commas => self.parts().collect(),
            ListItems::Lines(lines) => lines.to_vec(),
        };
        for (index, text) in texts.into_iter().enumerate() {
            each(&mut self.inner(text)).map_err(|fault| fault.within_index(index))?;
        }
        Ok(())
    }

    fn entries(&mut self, each: &mut dyn FnMut(&str, &mut dyn Reader) -> Read) -> Read {
        for (name, text) in self.pairs() {
            each(name, &mut self.inner(text)).map_err(|fault| fault.within_member(name))?;
        }
        Ok(())
    }

    fn option(&mut self, some: &mut dyn FnMut(&mut dyn Reader) -> Read) -> Result<bool, Fault> {
        some(self).map(|()| true)
    }

    /// Accepts an HTTP date too (RFC 9110 section 5.6.7), since documents declare such headers with the date type that
    /// their bodies use.
    fn text(&mut self, take: &mut dyn FnMut(&str) -> Result<(), String>) -> Read {
        let Err(message) = take(self.text) else { return Ok(()) };
        let time = http_date::parse(self.text).and_then(|time| DateTime::try_from(time).ok());
        match time {
            Some(time) => take(&time.to_string()).map_err(Fault::new),
            None => Err(Fault::new(message)),
        }
    }

    fn string(&mut self) -> Result<String, Fault> {
        Ok(self.text.to_owned())
    }

    fn bool(&mut self) -> Result<bool, Fault> {
        match self.text.trim() {
            text if text.eq_ignore_ascii_case("true") => Ok(true),
            text if text.eq_ignore_ascii_case("false") => Ok(false),
            text => Err(Fault::new(format_args!("`{text}` is neither true nor false"))),
        }
    }

    fn integer(&mut self) -> Result<i128, Fault> {
        self.parsed("an integer")
    }

    fn float(&mut self) -> Result<f64, Fault> {
        self.parsed("a number")
    }

    fn value(&mut self) -> Result<Value, Fault> {
        Ok(Value::from(self.text))
    }

    /// Takes the text as JSON if it is a number or a boolean, else as a string.
    fn raw(&mut self) -> Result<Raw, Fault> {
        let text = self.text.trim();
        let is_scalar =
            serde_json::from_str(text).is_ok_and(|value: Value| value.is_number() || value.is_boolean());
        let json =
            if is_scalar { Cow::Borrowed(text) } else { Cow::Owned(Value::from(self.text).to_string()) };
        raw_of_text(&json)
    }
}
