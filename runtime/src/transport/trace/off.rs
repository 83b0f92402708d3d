//! Does nothing, in place of the spans and events of the feature `tracing`.

use std::time::Duration;

use http::{Method, StatusCode};

use crate::error::Error;
use crate::platform::BoxFuture;
use crate::transport::RequestInfo;

/// The span of one call.
pub(crate) struct CallSpan;

impl CallSpan {
    pub(crate) fn start(_: Option<&str>, _: &Method, _: &str, _: Option<&str>) -> Self {
        Self
    }

    pub(crate) fn run<F: Future>(&self, call: F) -> F {
        call
    }

    pub(crate) fn sends_to(&self, _: &str) {}

    pub(crate) fn ends(&self, _: Result<StatusCode, &Error>, _: u32) {}
}

pub(crate) fn attempt(_: &RequestInfo, _: Result<StatusCode, &Error>, _: Option<Duration>) {}

pub(crate) fn redirected(_: StatusCode, _: &str) {}

pub(crate) fn in_current_span<T>(task: BoxFuture<'static, T>) -> BoxFuture<'static, T> {
    task
}
