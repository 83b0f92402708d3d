//! Records calls as spans and events of the crate `tracing` (feature `tracing`).
//!
//! Fields have the names of OpenTelemetry's conventions for HTTP client spans. Without the feature, the functions here
//! do nothing.

#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod on;

#[cfg(not(feature = "tracing"))]
pub(crate) use off::{CallSpan, attempt, in_current_span, redirected};
#[cfg(feature = "tracing")]
pub(crate) use on::{CallSpan, attempt, in_current_span, redirected};
