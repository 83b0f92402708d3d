//! Reads tokens from a server's response, and converts them to and from the JSON of token stores.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::credential::oauth::token::AccessToken;
use crate::json::without_mark;
use crate::secret::Secret;

impl AccessToken {
    /// Reads the response to a token call (RFC 6749 section 5.1). The token's lifetime starts when the call was sent.
    pub(in crate::credential::oauth) fn from_response(body: &[u8], sent_at: SystemTime) -> Option<Self> {
        let mut members: Map<String, Value> = serde_json::from_slice(without_mark(body)).ok()?;
        let secret = take_text(&mut members, "access_token").filter(|token| !token.is_empty())?;
        let life = members.get("expires_in").and_then(seconds);
        Some(Self {
            secret: Secret::new(secret),
            refresh_token: take_text(&mut members, "refresh_token")
                .filter(|token| !token.is_empty())
                .map(Secret::new),
            obtained_at: Some(sent_at),
            expires_at: life.and_then(|life| sent_at.checked_add(life)),
            scope: take_text(&mut members, "scope"),
            extra: members,
        })
    }

    /// Returns the token as JSON, for a custom [`TokenStore`](crate::TokenStore). The JSON contains the secrets;
    /// [`from_json`](Self::from_json) reads it.
    #[must_use]
    pub fn to_json(&self) -> Secret {
        let mut json = Vec::with_capacity(8 << 10);
        // Serialization cannot fail: all keys are strings, and writing to memory always succeeds.
        let text = match self.write(&mut json) {
            Ok(()) => String::from_utf8(json).unwrap_or_default(),
            Err(_) => String::new(),
        };
        Secret::new(text)
    }

    fn write(&self, json: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let mut serializer = serde_json::Serializer::new(json);
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("access_token", self.secret.expose())?;
        if let Some(refresh_token) = &self.refresh_token {
            members.serialize_entry("refresh_token", refresh_token.expose())?;
        }
        for (name, time) in [("obtained_at", self.obtained_at), ("expires_at", self.expires_at)] {
            if let Some(since) = time.and_then(|time| time.duration_since(UNIX_EPOCH).ok()) {
                members.serialize_entry(name, &since.as_secs_f64())?;
            }
        }
        if let Some(scope) = &self.scope {
            members.serialize_entry("scope", scope)?;
        }
        if !self.extra.is_empty() {
            members.serialize_entry("members", &self.extra)?;
        }
        members.end()
    }

    /// Reads JSON written by [`to_json`](Self::to_json); `None` for anything else.
    #[must_use]
    pub fn from_json(json: &[u8]) -> Option<Self> {
        let mut members: Map<String, Value> = serde_json::from_slice(without_mark(json)).ok()?;
        let secret = take_text(&mut members, "access_token").filter(|token| !token.is_empty())?;
        let time = |members: &Map<String, Value>, name: &str| {
            members.get(name).and_then(seconds).and_then(|since| UNIX_EPOCH.checked_add(since))
        };
        Some(Self {
            secret: Secret::new(secret),
            refresh_token: take_text(&mut members, "refresh_token").map(Secret::new),
            obtained_at: time(&members, "obtained_at"),
            expires_at: time(&members, "expires_at"),
            scope: take_text(&mut members, "scope"),
            extra: members.get("members").and_then(Value::as_object).cloned().unwrap_or_default(),
        })
    }
}

/// Moves the text out of the map, so that no copy of a secret remains.
fn take_text(members: &mut Map<String, Value>, name: &str) -> Option<String> {
    let Value::String(text) = members.remove(name)? else { return None };
    Some(text)
}

/// Reads a number of seconds, which some servers write as a string.
fn seconds(value: &Value) -> Option<Duration> {
    let written = value.as_str().and_then(|text| text.trim().parse().ok());
    Duration::try_from_secs_f64(value.as_f64().or(written)?).ok()
}
