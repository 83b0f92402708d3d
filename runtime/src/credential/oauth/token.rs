//! Defines [`AccessToken`].

mod text;

use std::fmt;
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};

use crate::secret::Secret;

/// An access token with its refresh token, expiry and scopes (RFC 6749 section 5.1).
#[derive(Clone, PartialEq)]
pub struct AccessToken {
    pub(super) secret: Secret,
    pub(super) refresh_token: Option<Secret>,
    pub(super) obtained_at: Option<SystemTime>,
    pub(super) expires_at: Option<SystemTime>,
    pub(super) scope: Option<String>,
    /// All other members of the server's response.
    pub(super) extra: Map<String, Value>,
}

impl AccessToken {
    /// Creates a token that was obtained elsewhere. Without an expiry it is used until the server refuses it.
    #[must_use]
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self {
            secret: secret.into(),
            refresh_token: None,
            obtained_at: None,
            expires_at: None,
            scope: None,
            extra: Map::new(),
        }
    }

    /// Sets the refresh token.
    #[must_use]
    pub fn refresh_with(mut self, refresh_token: impl Into<Secret>) -> Self {
        self.refresh_token = Some(refresh_token.into());
        self
    }

    /// Sets the time at which the token expires.
    #[must_use]
    pub fn expires(mut self, at: SystemTime) -> Self {
        self.expires_at = Some(at);
        self
    }

    /// Returns the token itself.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Returns the refresh token, if there is one.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&Secret> {
        self.refresh_token.as_ref()
    }

    /// Returns the time at which the token expires, if known.
    #[must_use]
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }

    /// Returns the scopes of the token, if the server listed them.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.iter().flat_map(|scope| scope.split_ascii_whitespace())
    }

    /// Returns any other member of the server's response, such as `token_type` or `issued_token_type`.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Value> {
        self.extra.get(name)
    }

    pub(super) fn is_valid(&self, now: SystemTime) -> bool {
        self.expires_at.is_none_or(|expires_at| now < expires_at)
    }

    /// Returns `true` if a valid token is due for renewal: in the last tenth of its lifetime, at most five minutes
    /// before it expires.
    pub(super) fn is_due(&self, now: SystemTime) -> bool {
        const LONGEST: Duration = Duration::from_secs(300);
        const UNKNOWN_LIFE: Duration = Duration::from_secs(600);
        let Some(expires_at) = self.expires_at else { return false };
        let life = self.obtained_at.and_then(|obtained_at| expires_at.duration_since(obtained_at).ok());
        let margin = (life.unwrap_or(UNKNOWN_LIFE) / 10).min(LONGEST);
        expires_at.duration_since(now).map_or(true, |left| left <= margin)
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken")
            .field("secret", &self.secret)
            .field("refresh_token", &self.refresh_token)
            .field("expires_at", &self.expires_at)
            .field("scope", &self.scope)
            // Their values may be secrets.
            .field("members", &self.extra.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_valid_until_the_moment_it_expires() {
        let end = SystemTime::UNIX_EPOCH + Duration::from_secs(60);
        let token = AccessToken::new("a").expires(end);
        assert!(token.is_valid(end - Duration::from_nanos(1)));
        assert!(!token.is_valid(end));
        assert!(AccessToken::new("a").is_valid(end));
    }
}
