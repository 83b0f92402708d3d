//! Parses headers that a caller adds or removes.

use http::{HeaderName, HeaderValue};

/// The value of a header to send, or `None` to remove a header that the client would send by default.
#[derive(Clone, Debug)]
pub struct HeaderChange(Option<String>);

impl From<&str> for HeaderChange {
    fn from(value: &str) -> Self {
        Self(Some(value.to_owned()))
    }
}

impl From<&String> for HeaderChange {
    fn from(value: &String) -> Self {
        Self(Some(value.clone()))
    }
}

impl From<String> for HeaderChange {
    fn from(value: String) -> Self {
        Self(Some(value))
    }
}

impl From<Option<String>> for HeaderChange {
    fn from(value: Option<String>) -> Self {
        Self(value)
    }
}

impl From<Option<&str>> for HeaderChange {
    fn from(value: Option<&str>) -> Self {
        Self(value.map(str::to_owned))
    }
}

/// A list of header changes: pairs of a name and a value, or of a name and `None` to remove the header.
pub trait HeaderChanges {
    /// Calls `take` for each change.
    #[doc(hidden)]
    fn each(self, take: &mut dyn FnMut(String, HeaderChange));
}

impl<I, N, V> HeaderChanges for I
where
    I: IntoIterator<Item = (N, V)>,
    N: Into<String>,
    V: Into<HeaderChange>,
{
    fn each(self, take: &mut dyn FnMut(String, HeaderChange)) {
        for (name, value) in self {
            take(name.into(), value.into());
        }
    }
}

impl HeaderChange {
    pub(crate) fn parse(self, name: &str) -> Result<(HeaderName, Option<HeaderValue>), String> {
        match self.0 {
            Some(value) => parse(name, &value).map(|(name, value)| (name, Some(value))),
            None => parse_name(name).map(|name| (name, None)),
        }
    }
}

/// Parses a header. The value may be a secret, so it is not part of the message.
pub(crate) fn parse(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let header = parse_name(name)?;
    match HeaderValue::from_bytes(value.as_bytes()) {
        Ok(value) => Ok((header, value)),
        Err(_) => Err(format!("the value of header `{name}` contains invalid characters")),
    }
}

/// Parses a header name. Headers that frame the message on the connection cannot be set by callers.
fn parse_name(name: &str) -> Result<HeaderName, String> {
    const FRAMING: [&str; 4] = ["connection", "content-length", "host", "transfer-encoding"];
    let parsed: HeaderName =
        name.parse().map_err(|_| format!("`{}` is not a valid header name", name.escape_debug()))?;
    if FRAMING.contains(&parsed.as_str()) {
        return Err(format!("header `{parsed}` is set by the connection and cannot be changed"));
    }
    Ok(parsed)
}
