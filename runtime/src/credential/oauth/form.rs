//! Encodes the parameters of a token call as the body of a request.

use std::borrow::Cow;

use bytes::Bytes;
use zeroize::Zeroizing;

use crate::secret::Secret;

/// The parameters of a token call, in order. All values are treated as secrets.
#[derive(Clone, Debug, Default)]
pub struct TokenForm(Vec<(Cow<'static, str>, Secret)>);

impl TokenForm {
    /// Creates the form of a grant, which starts with the parameter `grant_type`.
    #[must_use]
    pub fn of_grant(grant_type: impl Into<Secret>) -> Self {
        let mut form = Self::default();
        form.push("grant_type", grant_type);
        form
    }

    /// Adds a parameter. Several parameters may have the same name.
    pub fn push(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Secret>) {
        self.0.push((name.into(), value.into()));
    }

    pub(super) fn extend(&mut self, parameters: &[(String, Secret)]) {
        let parameters = parameters.iter();
        self.0.extend(parameters.map(|(name, value)| (Cow::Owned(name.clone()), value.clone())));
    }

    /// Adds the scopes as one parameter, joined by spaces (RFC 6749 section 3.3).
    pub(super) fn push_scopes(&mut self, scopes: &[String]) {
        if !scopes.is_empty() {
            self.push("scope", scopes.join(" "));
        }
    }

    /// Encodes the form as `application/x-www-form-urlencoded`, in memory that is wiped when its last reference is
    /// dropped.
    pub(super) fn encode(&self) -> Bytes {
        let length: usize =
            self.0.iter().map(|(name, value)| 3 * (name.len() + value.expose().len()) + 2).sum();
        // Capacity for the worst case avoids a reallocation, which would leave a copy of the secrets in memory.
        let mut body = Zeroizing::new(Vec::with_capacity(length));
        for (index, (name, value)) in self.0.iter().enumerate() {
            if index > 0 {
                body.push(b'&');
            }
            escape(name, &mut body);
            body.push(b'=');
            escape(value.expose(), &mut body);
        }
        Bytes::from_owner(body)
    }

    /// Removes the values of the form from a text, since some servers repeat the request in their error messages.
    pub(super) fn redact(&self, text: &str) -> String {
        const SHORTEST: usize = 6;
        let mut text = text.to_owned();
        for (name, value) in &self.0 {
            let is_public = matches!(&**name, "grant_type" | "scope" | "subject_token_type");
            if !is_public && value.expose().len() >= SHORTEST {
                text = text.replace(value.expose(), "***");
            }
        }
        text
    }
}

fn escape(text: &str, body: &mut Vec<u8>) {
    for piece in url::form_urlencoded::byte_serialize(text.as_bytes()) {
        body.extend_from_slice(piece.as_bytes());
    }
}
