//! Encodes and signs assertions as JSON Web Tokens (RFC 7515, RFC 7519).

use std::time::UNIX_EPOCH;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::Assertion;
use crate::credential::oauth::grant::GrantContext;
use crate::error::Error;
use crate::secret::Secret;

/// A signature algorithm for assertions with an RSA key: PKCS#1 v1.5 padding (RFC 7518 section 3.3). Keys of elliptic
/// curves have one algorithm each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum JwtAlgorithm {
    /// RSA with SHA-256.
    #[default]
    Rs256,
    /// RSA with SHA-384.
    Rs384,
    /// RSA with SHA-512.
    Rs512,
}

impl JwtAlgorithm {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
        }
    }
}

impl Assertion {
    /// Signs an assertion that is valid from now until the end of its lifetime.
    pub(super) fn sign(&self, context: &GrantContext<'_>) -> Result<Secret, Error> {
        let mut header = json!({ "alg": self.key.algorithm_name(self.algorithm), "typ": "JWT" });
        if let Some(id) = &self.key_id {
            header["kid"] = json!(id);
        }
        let mut text = String::with_capacity(2 << 10);
        URL_SAFE_NO_PAD.encode_string(header.to_string(), &mut text);
        text.push('.');
        URL_SAFE_NO_PAD.encode_string(Value::Object(self.claims(context)).to_string(), &mut text);
        let signature = self.key.sign(self.algorithm, text.as_bytes())?;
        text.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut text);
        Ok(Secret::new(text))
    }

    fn claims(&self, context: &GrantContext<'_>) -> Map<String, Value> {
        let ends = context.now() + self.lifetime;
        let audience = self.audience.as_deref().unwrap_or(context.endpoint().url());
        let mut claims = self.claims.clone();
        claims.insert("iss".to_owned(), json!(self.issuer));
        if let Some(subject) = &self.subject {
            claims.insert("sub".to_owned(), json!(subject));
        }
        claims.insert("aud".to_owned(), json!(audience));
        claims.insert("jti".to_owned(), json!(context.unique()));
        claims.insert("exp".to_owned(), json!(ends.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()));
        claims
    }
}
