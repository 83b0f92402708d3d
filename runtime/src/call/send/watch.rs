//! Notifies interceptors of the attempts and the end of a call.

use std::time::{Duration, SystemTime};

use http::StatusCode;

use super::attempts::RunningCall;
use crate::client::{AttemptEnd, AttemptStart, CallEnd, Client};
use crate::error::Error;
use crate::transport::{RequestInfo, trace};

/// An attempt that interceptors watch.
pub(super) struct AttemptWatch<'a> {
    client: &'a Client,
    info: &'a RequestInfo,
    /// `None` if there are no interceptors: the clock is not read then.
    started: Option<SystemTime>,
}

impl<'a> AttemptWatch<'a> {
    pub(super) fn before(call: &RunningCall<'a>, info: &'a RequestInfo) -> Self {
        let client = call.client();
        let start = AttemptStart {
            api: client.api(),
            info,
            method: &call.prepared.method,
            url: &call.prepared.url,
            headers: &call.prepared.headers,
            body: call.prepared.body.as_bytes(),
        };
        for interceptor in client.interceptors() {
            interceptor.before_attempt(&start);
        }
        Self { client, info, started: started(client) }
    }

    pub(super) fn responded(&self, status: StatusCode, retry_in: Option<Duration>) {
        self.after(Ok(status), retry_in);
    }

    pub(super) fn failed(&self, error: &Error, retry_in: Option<Duration>) {
        self.after(Err(error), retry_in);
    }

    fn after(&self, outcome: Result<StatusCode, &Error>, retry_in: Option<Duration>) {
        trace::attempt(self.info, outcome, retry_in);
        let Some(started) = self.started else { return };
        let elapsed = elapsed(self.client, started);
        let end = AttemptEnd { api: self.client.api(), info: self.info, outcome, elapsed, retry_in };
        for interceptor in self.client.interceptors() {
            interceptor.after_attempt(&end);
        }
    }
}

/// A call that interceptors watch until its response is read.
pub(crate) struct CallWatch {
    client: Client,
    pub(super) info: RequestInfo,
    started: SystemTime,
}

impl CallWatch {
    /// Starts watching a call. Returns `None` if there are no interceptors.
    pub(super) fn start(client: &Client, info: impl FnOnce() -> RequestInfo) -> Option<Self> {
        Some(Self { started: started(client)?, client: client.clone(), info: info() })
    }

    pub(crate) fn after(&self, outcome: Result<StatusCode, &Error>) {
        let end = CallEnd { info: &self.info, outcome, elapsed: elapsed(&self.client, self.started) };
        for interceptor in self.client.interceptors() {
            interceptor.after_call(&end);
        }
    }
}

fn started(client: &Client) -> Option<SystemTime> {
    (!client.interceptors().is_empty()).then(|| client.platform_now())
}

fn elapsed(client: &Client, started: SystemTime) -> Duration {
    client.platform_now().duration_since(started).unwrap_or_default()
}
