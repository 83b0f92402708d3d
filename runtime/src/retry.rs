//! A failed try to the decision whether the request is sent again, and after how long.

mod budget;

use std::borrow::Cow;
use std::time::Duration;

use http::{Method, StatusCode};

pub(crate) use budget::Budget;

/// When a request is sent again, and how long is waited before.
///
/// By default a request is sent at most five times. Idempotent methods (GET, HEAD, PUT, DELETE, OPTIONS, TRACE) are
/// repeated after 408, 429, 500, 502, 503, 504, lost connections and timeouts of one try; the others only where the
/// server certainly did nothing: after 429, 503 with `Retry-After`, and where no connection was made. The wait before
/// retry n, counted from 1, is 1 s × 2ⁿ × a factor between 0.5 and 1.5, at most 30 s. What the server asks for with
/// `Retry-After` is waited instead; when that is longer than 120 s, the error comes back at once.
///
/// All clients that were derived from one share a budget beside: each retry takes 5 of 500, each call that succeeds
/// with its first try puts 1 back. Where a server fails for long, calls soon fail after their first try.
#[derive(Clone, Debug, PartialEq)]
pub struct RetryPolicy {
    max_attempts: u32,
    max_connection_retries: Option<u32>,
    base: Duration,
    max_wait: Duration,
    max_retry_after: Duration,
    methods: Methods,
    statuses: Cow<'static, [u16]>,
}

/// Which methods may be repeated when the server may have acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Methods {
    Idempotent,
    All,
}

const STATUSES: &[u16] = &[408, 429, 500, 502, 503, 504];

impl RetryPolicy {
    /// Sends each request once.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// How many times a request is sent at most, the first time included; 5 unless said otherwise.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// How many of the retries may follow a connection that was not made, was lost or took too long; as many as there
    /// are tries unless said otherwise.
    #[must_use]
    pub fn max_connection_retries(mut self, retries: u32) -> Self {
        self.max_connection_retries = Some(retries);
        self
    }

    /// What the waits grow from; 1 s unless said otherwise.
    #[must_use]
    pub fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// The longest wait where the server asks for none; 30 s unless said otherwise.
    #[must_use]
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// The longest `Retry-After` that is waited for; 120 s unless said otherwise.
    #[must_use]
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait;
        self
    }

    /// Repeats every method. A request that the server acted on before it failed takes effect twice then.
    #[must_use]
    pub fn all_methods(mut self) -> Self {
        self.methods = Methods::All;
        self
    }

    /// The statuses that a request is repeated after.
    #[must_use]
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = StatusCode>) -> Self {
        self.statuses = statuses.into_iter().map(|status| status.as_u16()).collect();
        self
    }

    /// Whether a request may be repeated although the server may have acted on it.
    pub(crate) fn repeats(&self, method: &Method) -> bool {
        match self.methods {
            Methods::All => true,
            Methods::Idempotent => method.is_idempotent(),
        }
    }

    /// Whether a request is sent again. `random` is evenly distributed.
    pub(crate) fn verdict(
        &self,
        failure: Failure,
        tries: AttemptCounts,
        repeats: bool,
        random: u64,
    ) -> Verdict {
        let (is_safe, retry_after) = match failure {
            Failure::Status { status, retry_after } => {
                if !self.statuses.contains(&status.as_u16()) {
                    return Verdict::Stop(None);
                }
                let is_safe = status == StatusCode::TOO_MANY_REQUESTS
                    || (status == StatusCode::SERVICE_UNAVAILABLE && retry_after.is_some());
                (is_safe, retry_after)
            }
            Failure::Accepted { retry_after } => (false, Some(retry_after)),
            Failure::NotConnected => (true, None),
            Failure::Lost => (false, None),
            Failure::Final => return Verdict::Stop(None),
        };
        if !is_safe && !repeats {
            return Verdict::Stop((failure == Failure::Lost).then_some(MAYBE_RECEIVED));
        }
        let too_often = self.max_connection_retries.is_some_and(|most| tries.lost > most);
        if tries.all >= self.max_attempts || (failure.is_connection() && too_often) {
            return Verdict::Stop(None);
        }
        match retry_after {
            Some(wait) if wait > self.max_retry_after => Verdict::Stop(Some(TOO_LONG)),
            Some(wait) => Verdict::Again(wait),
            None => Verdict::Again(self.wait(tries.all, random)),
        }
    }

    /// The wait before the retry of this number, counted from 1.
    pub(crate) fn wait(&self, retry: u32, random: u64) -> Duration {
        // 53 bits are what a float holds exactly.
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
        }
    }
}

/// How a try failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// With an answer.
    Status { status: StatusCode, retry_after: Option<Duration> },
    /// The server has begun, and says when to ask again.
    Accepted { retry_after: Duration },
    /// Nothing was sent.
    NotConnected,
    /// The server may have received the request.
    Lost,
    /// In a way that the next try would not change.
    Final,
}

impl Failure {
    const fn is_connection(self) -> bool {
        matches!(self, Self::NotConnected | Self::Lost)
    }
}

/// How many tries there were, the failed one included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AttemptCounts {
    pub(crate) all: u32,
    /// Those that failed for their connection.
    pub(crate) lost: u32,
}

impl AttemptCounts {
    /// With one more.
    pub(crate) fn and(mut self, failure: Failure) -> Self {
        self.all += 1;
        self.lost += u32::from(failure.is_connection());
        self
    }
}

/// Whether a request is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// After this long.
    Again(Duration),
    /// No, and why, where that is not plain.
    Stop(Option<&'static str>),
}

const MAYBE_RECEIVED: &str = "the server may have received it, and the method is not idempotent";
const TOO_LONG: &str = "the server asks to wait longer than the retry policy does";
pub(crate) const NO_BUDGET: &str = "too many calls failed, and the budget for retries is used up";
pub(crate) const NO_REPLAY: &str = "its body can be read only once";

#[cfg(test)]
mod tests;
