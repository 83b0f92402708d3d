//! Calls a token endpoint, with retries, and reads the response.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::{Bytes, BytesMut};
use http::header::{DATE, LOCATION};
use http::{HeaderMap, Method, StatusCode};

use super::endpoint::{TokenEndpoint, redirected, shown};
use super::form::TokenForm;
use super::token::AccessToken;
use crate::body::{Body, ByteStream};
use crate::credential::Network;
use crate::error::{Error, ErrorKind, ErrorResponse, TimeoutKind, html_page};
use crate::json::value::http_date;
use crate::platform::{First, race};
use crate::retry::{AttemptCounts, Failure, RetryPolicy, Verdict};
use crate::transport::trace::{self, CallSpan};
use crate::transport::{RequestInfo, undecoded};

/// The number of seconds by which the server's clock is ahead of ours, if known.
#[derive(Debug, Default)]
pub(super) struct Skew(AtomicI64);

impl Skew {
    pub(super) fn correct(&self, now: SystemTime) -> SystemTime {
        let seconds = self.0.load(Ordering::Relaxed);
        let distance = Duration::from_secs(seconds.unsigned_abs());
        let corrected = if seconds < 0 { now.checked_sub(distance) } else { now.checked_add(distance) };
        corrected.unwrap_or(now)
    }

    /// Learns the server's time from the header `Date`. Returns `false` if it is already known, so that another attempt
    /// would change nothing.
    fn learn(&self, headers: &HeaderMap, now: SystemTime) -> bool {
        let date = headers.get(DATE).and_then(|date| date.to_str().ok()).and_then(http_date::parse);
        let Some(seconds) = date.map(|date| unix(date) - unix(now)) else { return false };
        let before = self.0.swap(seconds, Ordering::Relaxed);
        seconds.abs_diff(before) > 1
    }
}

fn unix(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// A call to a token endpoint.
pub(super) struct TokenCall<'a> {
    pub(super) network: &'a Network,
    pub(super) endpoint: &'a TokenEndpoint,
    pub(super) url: &'a str,
    /// The clock skew of the server, for forms that contain times.
    pub(super) skew: Option<&'a Skew>,
}

/// A successful response.
pub(super) struct Granted {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// The time at which the request was sent.
    sent_at: SystemTime,
}

/// A failed attempt.
struct Failed {
    error: Error,
    failure: Failure,
    /// The form contained a wrong time, so that an immediate attempt with a corrected time may succeed.
    is_about_time: bool,
}

impl TokenCall<'_> {
    /// Sends the request until it succeeds or may not be retried, and reads the response. Each attempt has a form of its
    /// own.
    pub(super) async fn send<T>(
        &self,
        form: &(dyn Fn() -> Result<TokenForm, Error> + Send + Sync),
        read: fn(&Self, Granted) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let span = CallSpan::start(None, &Method::POST, &self.path(), None);
        span.sends_to(self.url);
        let started = self.network.platform.now();
        let mut attempts = 0;
        let outcome = span.run(self.attempts(form, &mut attempts)).await;
        let outcome = outcome.and_then(|granted| Ok((granted.status, read(self, granted)?)));
        let status = outcome.as_ref().map(|(status, _)| *status);
        span.ends(status, attempts);
        if let Some(watch) = &self.network.watch {
            let elapsed = self.network.platform.now().duration_since(started).unwrap_or_default();
            watch.ended(&self.info(attempts), status, elapsed);
        }
        outcome.map(|(_, value)| value)
    }

    async fn attempts(
        &self,
        form: &(dyn Fn() -> Result<TokenForm, Error> + Send + Sync),
        attempt: &mut u32,
    ) -> Result<Granted, Error> {
        let policy = self.endpoint.policy(self.network);
        let mut counts = AttemptCounts::default();
        let mut was_corrected = false;
        loop {
            let form = form()?;
            *attempt += 1;
            let watch = self.watch(*attempt);
            let failed = match self.send_once(form).await {
                Ok(response) => {
                    watch.after(Ok(response.status), None);
                    return Ok(response);
                }
                Err(failed) => failed,
            };
            if failed.is_about_time && !was_corrected {
                was_corrected = true;
                watch.after(Err(&failed.error), Some(Duration::ZERO));
                continue;
            }
            counts = counts.and(failed.failure);
            let wait = self.wait(&policy, &failed, counts);
            watch.after(Err(&failed.error), wait);
            match wait {
                Some(wait) => self.network.platform.sleep(wait).await,
                None => return Err(failed.error),
            }
        }
    }

    /// Returns the wait before another attempt, if there is to be one.
    fn wait(&self, policy: &RetryPolicy, failed: &Failed, counts: AttemptCounts) -> Option<Duration> {
        let decision = policy.decision(&failed.error);
        let failure = if decision == Some(true) { failed.failure.wanted() } else { failed.failure };
        match policy.verdict(failure, counts, true, self.network.platform.random()) {
            Verdict::Again(wait) if decision != Some(false) => Some(wait),
            Verdict::Again(_) | Verdict::Stop(_) => None,
        }
    }

    /// Tells the interceptors of an attempt.
    fn watch(&self, attempt: u32) -> AttemptWatch<'_> {
        let info = self.info(attempt);
        if let Some(watch) = &self.network.watch {
            watch.before(&info, self.url);
        }
        AttemptWatch { network: self.network, info, started: self.network.platform.now() }
    }

    fn info(&self, attempt: u32) -> RequestInfo {
        RequestInfo { operation: None, template: self.path().into(), attempt, is_token_call: true }
    }

    fn path(&self) -> String {
        url::Url::parse(self.url).map_or_else(|_| String::new(), |url| url.path().to_owned())
    }

    async fn send_once(&self, form: TokenForm) -> Result<Granted, Failed> {
        let last = |error| Failed { error, failure: Failure::Final, is_about_time: false };
        let request = self.endpoint.request(self.network, self.url, form.clone()).map_err(last)?;
        let sent_at = self.network.platform.now();
        let limit = self.endpoint.attempt_timeout();
        let mut exchange = Box::pin(self.exchange(request, &form));
        let mut sleep = self.network.platform.sleep(limit);
        let (status, headers, body) = match race(&mut exchange, &mut sleep).await {
            First::Left(Ok(response)) => response,
            First::Left(Err(error)) => {
                let failure = if error.is_connection() { Failure::Lost } else { Failure::Final };
                return Err(Failed { error: self.name(error), failure, is_about_time: false });
            }
            First::Right(()) => {
                // The next attempt takes another connection than the one that says nothing.
                self.network.transport.abandoned(sent_at, self.network.platform.now());
                let message = format!("`{}` did not respond within {limit:?}", shown(self.url));
                let error = Error::timeout(TimeoutKind::Attempt, message);
                return Err(Failed { error, failure: Failure::Lost, is_about_time: false });
            }
        };
        if status.is_success() {
            return Ok(Granted { status, headers, body, sent_at });
        }
        let now = self.network.platform.now();
        let is_about_time = status.is_client_error()
            && blames_time(&body)
            && self.skew.is_some_and(|skew| skew.learn(&headers, now));
        let error = self.refusal(status, headers, body, &form);
        let failure = Failure::Status { status, retry_after: error.retry_after(), should_retry: None };
        Err(Failed { error, failure, is_about_time })
    }

    /// Sends the request, and again for each redirect that keeps method and body.
    async fn exchange(
        &self,
        mut request: http::Request<Body>,
        form: &TokenForm,
    ) -> Result<(StatusCode, HeaderMap, Bytes), Error> {
        const MOST: usize = 5;
        let mut url = self.url.to_owned();
        for _ in 0..=MOST {
            let response = self.network.transport.send(request).await.map_err(Error::transport)?;
            let (parts, stream) = response.into_parts();
            let keeps_body =
                matches!(parts.status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
            let Some(location) = parts.headers.get(LOCATION).filter(|_| keeps_body) else {
                return match undecoded(&parts.headers) {
                    None => Ok((parts.status, parts.headers, collect(stream).await?)),
                    Some(message) => Err(Error::new(ErrorKind::Decoding, message)),
                };
            };
            url = redirected(&url, location)?;
            trace::redirected(parts.status, &url);
            request = self.endpoint.request(self.network, &url, form.clone())?;
        }
        Err(Error::new(ErrorKind::Redirect, format!("more than {MOST} redirects")))
    }

    /// Reads the token from a response.
    pub(super) fn token(&self, granted: Granted) -> Result<AccessToken, Error> {
        let Granted { status, headers, body, sent_at } = granted;
        AccessToken::from_response(&body, sent_at)
            .ok_or_else(|| self.refusal(status, headers, body, &TokenForm::default()))
    }

    /// Creates the error for a response without a token, with the reason that the response gives.
    fn refusal(&self, status: StatusCode, headers: HeaderMap, body: Bytes, form: &TokenForm) -> Error {
        let mut response =
            ErrorResponse::of_token_endpoint(status, headers, body, self.network.platform.now());
        let what = if status.is_success() { " but without a token" } else { "" };
        let mut message = format!("`{}` responded with {status}{what}", shown(self.url));
        if let Some(page) = html_page(&response.body).filter(|_| response.fields.message.is_none()) {
            message.push_str(": the body is ");
            message.push_str(&self.endpoint.redact(&form.redact(&page)));
        }
        // The fields themselves are redacted as well, since `Debug` shows them.
        for text in [&mut response.fields.message, &mut response.fields.code].into_iter().flatten() {
            *text = self.endpoint.redact(&form.redact(text));
            if !message.contains(text.as_str()) {
                message.push_str(": ");
                message.push_str(text);
            }
        }
        Error::new(ErrorKind::Authentication, message).with_response(response)
    }

    fn name(&self, error: Error) -> Error {
        error.prefixed(&format!("the call to `{}` failed: ", shown(self.url)))
    }
}

/// Returns `true` if an error body complains about a time in the assertion: it names a claim such as `exp`, or says
/// that something expired.
fn blames_time(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body).to_ascii_lowercase();
    let mut words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.any(|word| matches!(word, "exp" | "iat" | "nbf" | "expired" | "expiration"))
}

/// An attempt that the interceptors hear of.
struct AttemptWatch<'a> {
    network: &'a Network,
    info: RequestInfo,
    started: SystemTime,
}

impl AttemptWatch<'_> {
    fn after(&self, outcome: Result<StatusCode, &Error>, retry_in: Option<Duration>) {
        trace::attempt(&self.info, outcome, retry_in);
        if let Some(watch) = &self.network.watch {
            let elapsed = self.network.platform.now().duration_since(self.started).unwrap_or_default();
            watch.after(&self.info, outcome, elapsed, retry_in);
        }
    }
}

async fn collect(mut stream: ByteStream) -> Result<Bytes, Error> {
    const LARGEST: usize = 1 << 20;
    let mut body = BytesMut::new();
    while let Some(chunk) = stream.next().await {
        body.extend_from_slice(&chunk.map_err(Error::transport)?);
        if body.len() > LARGEST {
            return Err(Error::new(ErrorKind::Authentication, "the response is too long for a token"));
        }
    }
    Ok(body.freeze())
}
