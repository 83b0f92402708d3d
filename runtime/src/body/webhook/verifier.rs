//! Checks the signatures of webhooks: HMAC with SHA-256 (RFC 2104), in the forms that are in use.

use std::fmt;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use ring::hmac;

use crate::error::{Error, ErrorKind};
use crate::json::value::DateTime;
use crate::platform;

/// Checks that a webhook comes from the API: its signature, and the time at which it was signed.
///
/// The body must be as it arrived, byte for byte. Signatures are compared in constant time. A webhook with a signature
/// that is missing, wrong or too old gives an error of kind [`ErrorKind::Signature`].
///
/// ```
/// use sdk_runtime::{Error, HeaderMap, WebhookVerifier};
///
/// # fn example(headers: &HeaderMap, body: &[u8]) -> Result<(), Error> {
/// let verifier = WebhookVerifier::standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")?;
/// verifier.verify(headers, body)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct WebhookVerifier {
    form: Form,
    /// The keys; `None` for an empty one.
    keys: Vec<Option<hmac::Key>>,
    tolerance: Duration,
}

/// The headers of a signature, and the text that is signed.
#[derive(Clone, Debug)]
enum Form {
    /// The body alone, in one header.
    Body { header: String },
    /// `t=TIME,v1=SIGNATURE`; signs `TIME.BODY`.
    Timed { header: String },
    /// The headers `webhook-id`, `webhook-timestamp` and `webhook-signature`, or the same with `svix` in front, as the
    /// specification was called before; signs `ID.TIME.BODY`.
    Standard,
    /// A header for each of two keys; signs the body followed by the time of its delivery.
    TwoKeys,
}

const MINUTES: Duration = Duration::from_secs(60);

impl WebhookVerifier {
    /// Checks a signature of the body alone in this header, in hexadecimal or base64, with or without `sha256=` in front.
    pub fn of_body(header: impl Into<String>, key: impl AsRef<[u8]>) -> Self {
        Self::new(Form::Body { header: header.into() }, &[key.as_ref()], Duration::MAX)
    }

    /// Checks webhooks of GitHub, and of others that send `X-Hub-Signature-256`.
    pub fn github(key: impl AsRef<[u8]>) -> Self {
        Self::of_body("x-hub-signature-256", key)
    }

    /// Checks webhooks of Stripe, which are signed with their time in the header `Stripe-Signature`. They may be five
    /// minutes old.
    pub fn stripe(key: impl AsRef<[u8]>) -> Self {
        let form = Form::Timed { header: "stripe-signature".to_owned() };
        Self::new(form, &[key.as_ref()], 5 * MINUTES)
    }

    /// Checks webhooks that follow the Standard Webhooks specification, with a key in base64 that may start with
    /// `whsec_`. Their headers start with `webhook-`, or with `svix-`. They may be five minutes old.
    ///
    /// # Errors
    /// Returns an error if the key is not base64.
    pub fn standard(key: &str) -> Result<Self, Error> {
        let key = key.trim();
        let text = key.strip_prefix("whsec_").unwrap_or(key);
        let key = STANDARD.decode(text).map_err(|_| {
            Error::new(
                ErrorKind::Configuration,
                "the key of webhooks is not base64, with or without `whsec_`",
            )
        })?;
        Ok(Self::new(Form::Standard, &[&key], 5 * MINUTES))
    }

    /// Checks webhooks of Box, which are signed with a primary and a secondary key, so that one can be replaced while
    /// the other is in use: one of the signatures must be right. They may be ten minutes old.
    pub fn two_keys(primary: impl AsRef<[u8]>, secondary: impl AsRef<[u8]>) -> Self {
        Self::new(Form::TwoKeys, &[primary.as_ref(), secondary.as_ref()], 10 * MINUTES)
    }

    /// Accepts signatures by a further key too, such as the former one after a change. The keys of [`two_keys`] have
    /// headers of their own, so that a further one has no effect there.
    ///
    /// [`two_keys`]: Self::two_keys
    #[must_use]
    pub fn or_key(mut self, key: impl AsRef<[u8]>) -> Self {
        self.keys.push(signing_key(key.as_ref()));
        self
    }

    /// Sets how far the time of a signature may be from now, in the past or in the future, for forms that sign the time.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Checks a webhook that just arrived.
    ///
    /// # Errors
    /// Returns an error if the signature is missing, wrong or too old.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), Error> {
        self.verify_at(headers, body, platform::system_time())
    }

    /// Checks a webhook that arrived at this time.
    ///
    /// # Errors
    /// Returns an error if the signature is missing, wrong or too old.
    pub fn verify_at(&self, headers: &HeaderMap, body: &[u8], now: SystemTime) -> Result<(), Error> {
        match &self.form {
            Form::Body { header } => self.check(body, [text(headers, header)?]),
            Form::Timed { header } => {
                let (time, signatures) = timed(text(headers, header)?)?;
                self.check_time(unix_time(time)?, now)?;
                self.check(&[time.as_bytes(), b".", body].concat(), signatures)
            }
            Form::Standard => {
                let is_old = !headers.contains_key("webhook-id") && headers.contains_key("svix-id");
                let [id, time, signatures] = if is_old {
                    ["svix-id", "svix-timestamp", "svix-signature"]
                } else {
                    ["webhook-id", "webhook-timestamp", "webhook-signature"]
                };
                let (id, time) = (text(headers, id)?, text(headers, time)?);
                self.check_time(unix_time(time)?, now)?;
                let signatures = text(headers, signatures)?.split_ascii_whitespace();
                let signed = [id.as_bytes(), b".", time.as_bytes(), b".", body].concat();
                self.check(&signed, signatures.filter_map(|signature| signature.strip_prefix("v1,")))
            }
            Form::TwoKeys => self.verify_two(headers, body, now),
        }
    }

    fn verify_two(&self, headers: &HeaderMap, body: &[u8], now: SystemTime) -> Result<(), Error> {
        let time = text(headers, "box-delivery-timestamp")?;
        let at: DateTime =
            time.parse().map_err(|_| wrong("the time of the signature is not a date and time"))?;
        self.check_time(at.unix_seconds(), now)?;
        let facts = [("box-signature-version", "1"), ("box-signature-algorithm", "HmacSHA256")];
        if facts
            .iter()
            .any(|(name, value)| !text(headers, name).is_ok_and(|set| set.eq_ignore_ascii_case(value)))
        {
            return Err(wrong("the signature has another version or algorithm"));
        }
        let signed = [body, time.as_bytes()].concat();
        let names = ["box-signature-primary", "box-signature-secondary"];
        let is_right = self.keys.iter().zip(names).any(|(key, name)| {
            text(headers, name).is_ok_and(|signature| is_signature(key.as_ref(), &signed, signature))
        });
        if is_right { Ok(()) } else { Err(wrong("no signature fits the body and the keys")) }
    }

    fn new(form: Form, keys: &[&[u8]], tolerance: Duration) -> Self {
        let keys = keys.iter().map(|key| signing_key(key)).collect();
        Self { form, keys, tolerance }
    }

    /// Checks that a signature is that of the text by one of the keys.
    fn check<'s>(&self, signed: &[u8], signatures: impl IntoIterator<Item = &'s str>) -> Result<(), Error> {
        let is_right = |signature| self.keys.iter().any(|key| is_signature(key.as_ref(), signed, signature));
        if signatures.into_iter().any(is_right) {
            return Ok(());
        }
        Err(wrong("no signature fits the body and the key"))
    }

    fn check_time(&self, seconds: i64, now: SystemTime) -> Result<(), Error> {
        let since = Duration::from_secs(seconds.unsigned_abs());
        let at = if seconds < 0 { None } else { SystemTime::UNIX_EPOCH.checked_add(since) };
        let distance =
            at.map(|at| now.duration_since(at).or_else(|_| at.duration_since(now)).unwrap_or_default());
        match distance {
            Some(distance) if distance <= self.tolerance => Ok(()),
            Some(_) | None => Err(wrong(format!(
                "the signature is too old, or from the future: its time is more than {:?} from now",
                self.tolerance
            ))),
        }
    }
}

impl fmt::Debug for WebhookVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookVerifier").field("form", &self.form).finish_non_exhaustive()
    }
}

/// Returns the key; `None` if it is empty, since anyone could sign with it.
fn signing_key(key: &[u8]) -> Option<hmac::Key> {
    (!key.is_empty()).then(|| hmac::Key::new(hmac::HMAC_SHA256, key))
}

fn is_signature(key: Option<&hmac::Key>, signed: &[u8], signature: &str) -> bool {
    let Some(key) = key else { return false };
    let signature = signature.trim();
    let signature = signature.strip_prefix("sha256=").unwrap_or(signature);
    let tag = hexadecimal(signature).or_else(|| STANDARD.decode(signature).ok());
    tag.is_some_and(|tag| hmac::verify(key, signed, &tag).is_ok())
}

/// Reads a signature in hexadecimal, which has 64 digits.
fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

/// Splits `t=TIME,v1=SIGNATURE,v1=SIGNATURE`.
fn timed(text: &str) -> Result<(&str, Vec<&str>), Error> {
    let parts = || text.split(',').filter_map(|part| part.trim().split_once('='));
    let time = parts().find(|(name, _)| *name == "t").map(|(_, value)| value);
    let time = time.ok_or_else(|| wrong("the signature has no time"))?;
    Ok((time, parts().filter(|(name, _)| *name == "v1").map(|(_, value)| value).collect()))
}

fn unix_time(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_| wrong("the time of the signature is not a number of seconds"))
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, Error> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.map(str::trim).ok_or_else(|| wrong(format!("the header `{name}` is missing")))
}

fn wrong(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Signature, message)
}

#[cfg(test)]
mod tests;
