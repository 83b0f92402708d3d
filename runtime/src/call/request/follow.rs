//! Reads back parameters of a request, and redirects it to a URL that the server gave.

use url::{Url, form_urlencoded};

use super::{Content, Request};

impl Request {
    /// Returns the value of a query parameter as text.
    pub(crate) fn query_value(&self, name: &str) -> Option<String> {
        let (_, text) = self.query.iter().find(|(set, _)| set == name)?;
        form_urlencoded::parse(text.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// Returns the value of a member of the body as text.
    pub(crate) fn member_value(&self, name: &str) -> Option<String> {
        let Content::Members(members) = &self.content else { return None };
        let (_, text) = members.iter().find(|(set, _)| *set == name)?;
        match serde_json::from_slice(text).ok()? {
            serde_json::Value::String(text) => Some(text),
            serde_json::Value::Number(number) => Some(number.to_string()),
            serde_json::Value::Null
            | serde_json::Value::Bool(_)
            | serde_json::Value::Array(_)
            | serde_json::Value::Object(_) => None,
        }
    }

    /// Resolves a URL that the server gave, relative to the URL of this request. Only servers configured for the client
    /// are accepted, because the request carries credentials and headers of the caller.
    pub(crate) fn resolve(&self, target: &str) -> Result<String, String> {
        let from = match &self.url {
            Some(url) => url.clone(),
            None => self.prepare().map_err(|error| error.to_string())?.url,
        };
        let from = Url::parse(&from).map_err(|error| format!("the request has an invalid URL: {error}"))?;
        let mut url =
            from.join(target).map_err(|error| format!("the server's next URL is invalid: {error}"))?;
        url.set_fragment(None);
        let has_user = !url.username().is_empty() || url.password().is_some();
        if has_user || !self.client.is_trusted(url.as_str(), self.target.servers()) {
            let origin = url.origin().ascii_serialization();
            return Err(format!(
                "the server's next URL is at {origin}, which is not configured for the client"
            ));
        }
        Ok(url.into())
    }

    /// Sends the request to this URL instead of its own path and query.
    pub(crate) fn follow(&mut self, url: String) {
        self.url = Some(url);
    }
}
