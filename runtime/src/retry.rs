//! Decides if a failed request is sent again, and after what wait.

mod budget;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{Method, StatusCode};

pub(crate) use budget::Budget;

use crate::error::Error;

/// The rules for repeating failed requests.
///
/// By default a request is sent at most five times. Idempotent methods (GET, HEAD, PUT, DELETE, OPTIONS, TRACE; RFC
/// 9110 section 9.2.2) are retried after 408, 429, 500, 502, 503, 504, lost connections and timeouts of one attempt; after
/// a read timeout of a request that was sent whole only once, since the server may still be working on it.
/// Other methods are retried only if the server certainly did nothing: after 429, after 503 with `Retry-After`, if no
/// connection was made, and if the server refused the request unread (HTTP/2). The wait before retry n, counted from 1, is 1 s × 2ⁿ × a random factor between 0.5 and 1.5,
/// at most 30 s. A `Retry-After` header (RFC 9110 section 10.2.3) or `retry-after-ms` replaces this wait; if it asks for
/// more than 120 s, the error is returned at once. After 429, and 403 with nothing remaining, `RateLimit-Reset` and
/// `x-ratelimit-reset` say the same. A 403 with a wait is a rate limit, and `x-should-retry` overrides the rules.
///
/// In addition, all clients derived from one client share a retry budget of 500: each retry takes 5, unless the server
/// asked for it with `Retry-After`. A call that succeeds puts back what its retries took, or 1 if it needed none, and
/// each second puts back 5. If a server keeps failing, calls soon fail after their first attempt.
///
/// ```
/// # use sdk_runtime::{Client, Error, Method};
/// use sdk_runtime::RetryPolicy;
/// use std::time::Duration;
///
/// # async fn example(client: Client) -> Result<(), Error> {
/// // For all calls of a client:
/// let patient = RetryPolicy::default().max_attempts(10).max_retry_after(Duration::from_secs(600));
/// let client = client.with_options(|options| options.retry(patient));
///
/// // For a single call:
/// client.request(Method::GET, "/things").send().retry(RetryPolicy::none()).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RetryPolicy {
    max_attempts: u32,
    max_connection_retries: Option<u32>,
    base: Duration,
    max_wait: Duration,
    max_retry_after: Duration,
    methods: Methods,
    statuses: Cow<'static, [u16]>,
    has_budget: bool,
    decide: Option<Decide>,
}

/// A user's decision on failed attempts. Two are equal if they are the same function.
#[derive(Clone)]
struct Decide(Arc<DecideFn>);

type DecideFn = dyn Fn(&Error) -> Option<bool> + Send + Sync;

impl PartialEq for Decide {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Decide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Decide")
    }
}

/// The methods that may be repeated although the server may have acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Methods {
    Idempotent,
    All,
}

const STATUSES: &[u16] = &[408, 429, 500, 502, 503, 504];

impl RetryPolicy {
    /// Creates a policy that sends each request once.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the maximum number of attempts, the first one included. The default is 5.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the maximum number of retries after a connection that was not made, was lost or timed out. By default only
    /// the number of attempts limits them.
    #[must_use]
    pub fn max_connection_retries(mut self, retries: u32) -> Self {
        self.max_connection_retries = Some(retries);
        self
    }

    /// Sets the base of the exponential waits. The default is 1 s.
    #[must_use]
    pub fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// Sets the longest wait if the server asks for none. The default is 30 s.
    #[must_use]
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// Sets the longest `Retry-After` that is waited for. The default is 120 s.
    #[must_use]
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait;
        self
    }

    /// Retries every method. A request that the server acted on before it failed then takes effect twice.
    #[must_use]
    pub fn all_methods(mut self) -> Self {
        self.methods = Methods::All;
        self
    }

    /// Sets the statuses after which a request is retried.
    #[must_use]
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = StatusCode>) -> Self {
        self.statuses = statuses.into_iter().map(|status| status.as_u16()).collect();
        self
    }

    /// Lets a function of your own decide on each failed attempt: `Some(true)` sends the request again, whatever its
    /// method and the status, `Some(false)` does not, and `None` leaves it to the rules of the policy. The limits on
    /// attempts and waits apply all the same.
    ///
    /// ```
    /// use sdk_runtime::{Error, RetryPolicy};
    ///
    /// let policy = RetryPolicy::default()
    ///     .decide(|error: &Error| (error.code() == Some("operation_in_progress")).then_some(true));
    /// ```
    #[must_use]
    pub fn decide(mut self, decide: impl Fn(&Error) -> Option<bool> + Send + Sync + 'static) -> Self {
        self.decide = Some(Decide(Arc::new(decide)));
        self
    }

    /// Takes nothing from the retry budget of the client, so that each call has all its attempts however many others
    /// fail.
    #[must_use]
    pub fn without_budget(mut self) -> Self {
        self.has_budget = false;
        self
    }

    /// Returns `true` if a retry after this failure takes from the retry budget: it does unless the server asked for it.
    pub(crate) fn costs(&self, failure: Failure) -> bool {
        let is_asked =
            matches!(failure, Failure::Status { retry_after: Some(_), .. } | Failure::Accepted { .. });
        self.has_budget && !is_asked
    }

    /// Returns `true` if a request may be repeated although the server may have acted on it.
    pub(crate) fn repeats(&self, method: &Method) -> bool {
        match self.methods {
            Methods::All => true,
            Methods::Idempotent => method.is_idempotent() || method.as_str() == "QUERY",
        }
    }

    /// Returns `true` if a request is repeated after this status. A refusal with a wait (403) is a rate limit.
    fn repeats_after(&self, status: StatusCode, retry_after: Option<Duration>) -> bool {
        let is_default = matches!(self.statuses, Cow::Borrowed(_));
        let is_rate_limit = is_default && status == StatusCode::FORBIDDEN && retry_after.is_some();
        is_rate_limit || self.statuses.contains(&status.as_u16())
    }

    /// Returns the user's decision on a failed attempt.
    pub(crate) fn decision(&self, error: &Error) -> Option<bool> {
        self.decide.as_ref().and_then(|Decide(decide)| decide(error))
    }

    /// Decides if a request is sent again. `random` is uniformly distributed.
    pub(crate) fn verdict(
        &self,
        failure: Failure,
        counts: AttemptCounts,
        repeats: bool,
        random: u64,
    ) -> Verdict {
        let (is_safe, retry_after) = match failure {
            Failure::Status { should_retry: Some(false), .. } => return Verdict::Stop(Some(NOT_WANTED)),
            Failure::Status { retry_after, should_retry: Some(true), .. } => (true, retry_after),
            Failure::Status { status, retry_after, should_retry: None } => {
                if !self.repeats_after(status, retry_after) {
                    return Verdict::Stop(None);
                }
                let is_safe = matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::FORBIDDEN)
                    || (status == StatusCode::SERVICE_UNAVAILABLE && retry_after.is_some());
                (is_safe, retry_after)
            }
            Failure::Accepted { retry_after } => (false, Some(retry_after)),
            Failure::NotConnected => (true, None),
            Failure::Lost | Failure::Silent => (false, None),
            Failure::Final => return Verdict::Stop(None),
        };
        if !is_safe && !repeats {
            return Verdict::Stop(match failure {
                Failure::Lost => Some(MAYBE_RECEIVED),
                Failure::Silent => Some(MAYBE_ACTING),
                Failure::Status { .. }
                | Failure::Accepted { .. }
                | Failure::NotConnected
                | Failure::Final => None,
            });
        }
        if failure == Failure::Silent && counts.silent > 1 {
            return Verdict::Stop(Some(MAYBE_WORKING));
        }
        let too_often = self.max_connection_retries.is_some_and(|most| counts.lost > most);
        if counts.all >= self.max_attempts || (failure.is_connection() && too_often) {
            return Verdict::Stop(None);
        }
        match retry_after {
            Some(wait) if wait > self.max_retry_after => Verdict::Stop(Some(TOO_LONG)),
            Some(wait) => Verdict::Again(wait),
            None => Verdict::Again(self.wait(counts.all, random)),
        }
    }

    /// Returns the wait before the retry with this number, counted from 1.
    pub(crate) fn wait(&self, retry: u32, random: u64) -> Duration {
        // An `f64` holds 53 bits exactly.
        let factor = 0.5 + (random >> 11) as f64 / (1_u64 << 53) as f64;
        let growth = 2_f64.powi(i32::try_from(retry).unwrap_or(i32::MAX));
        let wait = Duration::try_from_secs_f64(self.base.as_secs_f64() * growth * factor);
        wait.unwrap_or(self.max_wait).min(self.max_wait)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 5,
            max_connection_retries: None,
            base: Duration::from_secs(1),
            max_wait: Duration::from_secs(30),
            max_retry_after: Duration::from_secs(120),
            methods: Methods::Idempotent,
            statuses: Cow::Borrowed(STATUSES),
            has_budget: true,
            decide: None,
        }
    }
}

/// The way in which an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// With an unsuccessful status.
    Status { status: StatusCode, retry_after: Option<Duration>, should_retry: Option<bool> },
    /// The server has accepted the request, and says when to ask again.
    Accepted { retry_after: Duration },
    /// Nothing was sent, or the server did nothing with it.
    NotConnected,
    /// The server may have received the request.
    Lost,
    /// The server received the whole request, and did not answer in time.
    Silent,
    /// In a way that another attempt would not change.
    Final,
}

impl Failure {
    /// Returns the failure after which the user wants another attempt.
    pub(crate) fn wanted(self) -> Self {
        match self {
            Self::Status { status, retry_after, .. } => {
                Self::Status { status, retry_after, should_retry: Some(true) }
            }
            Self::Accepted { .. } | Self::NotConnected | Self::Lost | Self::Silent | Self::Final => self,
        }
    }

    const fn is_connection(self) -> bool {
        matches!(self, Self::NotConnected | Self::Lost | Self::Silent)
    }
}

/// The number of attempts, the failed one included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AttemptCounts {
    pub(crate) all: u32,
    /// The number of attempts whose connection failed.
    pub(crate) lost: u32,
    /// The number of attempts that the server did not answer.
    silent: u32,
    /// The number of retries that took from the retry budget.
    pub(crate) paid: u32,
}

impl AttemptCounts {
    /// Counts one more failed attempt.
    pub(crate) fn and(mut self, failure: Failure) -> Self {
        self.all += 1;
        self.lost += u32::from(failure.is_connection());
        self.silent += u32::from(failure == Failure::Silent);
        self
    }
}

/// The decision on sending a request again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Send it again after this wait.
    Again(Duration),
    /// Stop, with the reason if it is not obvious.
    Stop(Option<&'static str>),
}

const MAYBE_RECEIVED: &str = "the server may have received it, and the method is not idempotent";
const MAYBE_ACTING: &str = "the server may still be working on it, and the method is not idempotent";
const MAYBE_WORKING: &str = "the server may still be working on it";
const NOT_WANTED: &str = "the server says that it should not be";
const TOO_LONG: &str = "the server asks for a longer wait than the retry policy allows";
pub(crate) const NO_BUDGET: &str = "too many calls failed, and the retry budget is used up";
pub(crate) const NO_REPLAY: &str = "its body can be read only once";

#[cfg(test)]
mod tests;
