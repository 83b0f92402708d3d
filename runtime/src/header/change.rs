//! Headers that a caller adds or takes away.

use http::{HeaderName, HeaderValue};

/// What to do with a header: send this value, or leave out what the client would send by default.
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

/// Headers of a caller's own: pairs of a name and a value, or of a name and `None` for one that is to be left out.
pub trait HeaderChanges {
    /// Hands out each of them.
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

/// The value may be a secret, so the message leaves it out.
pub(crate) fn parse(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let header = parse_name(name)?;
    match HeaderValue::from_bytes(value.as_bytes()) {
        Ok(value) => Ok((header, value)),
        Err(_) => Err(format!("header `{name}` has a value with characters that no header may have")),
    }
}

/// What frames the message on the connection is no caller's to set.
fn parse_name(name: &str) -> Result<HeaderName, String> {
    const FRAMING: [&str; 4] = ["connection", "content-length", "host", "transfer-encoding"];
    let parsed: HeaderName =
        name.parse().map_err(|_| format!("`{}` is no name of a header", name.escape_debug()))?;
    if FRAMING.contains(&parsed.as_str()) {
        return Err(format!("header `{parsed}` is set by the connection alone"));
    }
    Ok(parsed)
}
