//! Writes spans and events with the crate `tracing`.

use std::time::Duration;

use http::{Method, StatusCode};
use tracing::field::{Empty, display};
use tracing::{Instrument, Span};

use crate::error::Error;
use crate::platform::BoxFuture;
use crate::secret::redact;
use crate::transport::RequestInfo;

/// The target of all spans and events, which filters name.
const TARGET: &str = "sdk_runtime";

/// The span of one call, from its first poll until its response is decoded.
pub(crate) struct CallSpan(Span);

impl CallSpan {
    /// Starts the span of a call to an operation, or to a path that the document does not describe.
    pub(crate) fn start(sdk: Option<&str>, method: &Method, template: &str, operation: Option<&str>) -> Self {
        Self(tracing::info_span!(
            target: TARGET,
            "call",
            otel.name = format_args!("{method} {template}"),
            otel.kind = "client",
            otel.status_code = Empty,
            otel.status_description = Empty,
            sdk.name = sdk,
            sdk.operation = operation,
            http.request.method = method.as_str(),
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            server.address = Empty,
            server.port = Empty,
            url.full = Empty,
            url.template = template,
            error.type = Empty,
        ))
    }

    /// Runs the call in the span.
    pub(crate) fn run<F: Future>(&self, call: F) -> tracing::instrument::Instrumented<F> {
        call.instrument(self.0.clone())
    }

    /// Records the URL of the request. Query values that may be secrets are not shown.
    pub(crate) fn sends_to(&self, url: &str) {
        if self.0.is_disabled() {
            return;
        }
        self.0.record("url.full", redact::url(url));
        if let Ok(url) = url::Url::parse(url) {
            self.0.record("server.address", url.host_str());
            self.0.record("server.port", url.port_or_known_default());
        }
    }

    /// Records the outcome of the call, and how often it was sent.
    pub(crate) fn ends(&self, outcome: Result<StatusCode, &Error>, attempts: u32) {
        if self.0.is_disabled() {
            return;
        }
        if let Some(status) = status_of(outcome) {
            self.0.record("http.response.status_code", status);
        }
        if let Err(error) = outcome {
            self.0.record("otel.status_code", "ERROR");
            self.0.record("otel.status_description", display(error));
            self.0.record("error.type", error_type(error));
        }
        if attempts > 1 {
            self.0.record("http.request.resend_count", attempts - 1);
        }
    }
}

/// Writes the event of an attempt that has ended, in the span of its call.
pub(crate) fn attempt(info: &RequestInfo, outcome: Result<StatusCode, &Error>, retry_in: Option<Duration>) {
    let resend_count = info.attempt().checked_sub(1);
    let status = status_of(outcome);
    let retry_in = retry_in.map(|wait| wait.as_secs_f64());
    match outcome {
        Ok(_) => tracing::debug!(
            target: TARGET,
            { http.request.resend_count = resend_count, http.response.status_code = status, retry_in },
            "attempt succeeded"
        ),
        Err(error) => tracing::warn!(
            target: TARGET,
            {
                http.request.resend_count = resend_count,
                http.response.status_code = status,
                error.type = error_type(error),
                error.message = %error,
                retry_in,
            },
            "attempt failed"
        ),
    }
}

/// Writes the event of a redirect that is followed.
pub(crate) fn redirected(status: StatusCode, url: &str) {
    tracing::debug!(
        target: TARGET,
        { http.response.status_code = status.as_u16(), url.full = redact::url(url) },
        "redirected"
    );
}

/// Runs a task of its own in the span that needs it.
pub(crate) fn in_current_span<T: 'static>(task: BoxFuture<'static, T>) -> BoxFuture<'static, T> {
    Box::pin(task.in_current_span())
}

fn status_of(outcome: Result<StatusCode, &Error>) -> Option<u16> {
    outcome.map_or_else(Error::status, Some).map(|status| status.as_u16())
}

/// Returns the status of an error response, or else the kind of the error.
fn error_type(error: &Error) -> String {
    match error.status() {
        Some(status) if !status.is_success() => status.as_str().to_owned(),
        Some(_) | None => format!("{:?}", error.kind()),
    }
}
