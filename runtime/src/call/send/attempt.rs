//! Makes one attempt: sends the request, follows redirects, and receives head and body within the time limits.

use std::pin::{Pin, pin};

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, LOCATION};
use http::{HeaderValue, Method, StatusCode};

use super::attempts::RunningCall;
use super::authorize::{Authorizations, Authorizer};
use super::build::build;
use super::collect::collect;
use super::idle_timeout::IdleTimeout;
use super::progress::Progress;
use super::redirect::{Route, Standing, is_redirect};
use super::{FailedAttempt, Head, error_response};
use crate::body::{Body, ByteStream, ResponseBody, is_no_event_stream};
use crate::client::Redirects;
use crate::credential::Authorization;
use crate::error::{Error, ErrorKind, TimeoutKind, asked};
use crate::platform::{First, race};
use crate::retry::{Failure, NO_REPLAY};
use crate::transport::{RequestInfo, trace, undecoded};

/// Sends the request, and again for each redirect that is followed.
pub(super) async fn attempt(
    call: &RunningCall<'_>,
    route: &mut Route<'_>,
    authorizer: &Authorizer,
    authorizations: &mut Authorizations,
    info: &RequestInfo,
) -> Result<(Head, ResponseBody), FailedAttempt> {
    let mut outcome = {
        let mut walk = pin!(walk(call, route, authorizer, authorizations, info));
        within(call, walk.as_mut()).await
    };
    if let Err(failed) = &mut outcome {
        authorizations.hide_in(&mut failed.error);
    }
    outcome
}

/// Runs an attempt within its time limit. The caller pins the future: passed by value, it would be stored twice.
async fn within<T>(
    call: &RunningCall<'_>,
    mut try_: Pin<&mut impl Future<Output = Result<T, FailedAttempt>>>,
) -> Result<T, FailedAttempt> {
    let Some(limit) = call.attempt_timeout else { return try_.await };
    let mut sleep = call.platform.sleep(limit);
    match race(&mut try_, &mut sleep).await {
        First::Left(outcome) => outcome,
        First::Right(()) => {
            let message = format!("the attempt took longer than {limit:?} (attempt timeout)");
            Err(FailedAttempt::new(Error::timeout(TimeoutKind::Attempt, message), Failure::Lost))
        }
    }
}

async fn walk(
    call: &RunningCall<'_>,
    route: &mut Route<'_>,
    authorizer: &Authorizer,
    authorizations: &mut Authorizations,
    info: &RequestInfo,
) -> Result<(Head, ResponseBody), FailedAttempt> {
    loop {
        let body = if route.carries_body { call.prepared.body.open().await? } else { Body::empty() };
        let (head, stream) = send(call, route, authorizations.current.as_slice(), info, body).await?;
        let Some(location) = location(call, &head) else {
            return receive(call, route, head, stream).await;
        };
        if let Err(message) = route.follow(head.status, &location) {
            let error = Error::new(ErrorKind::Redirect, message);
            return Err(FailedAttempt::new(
                error.with_response(error_response(call.client(), head, Bytes::new())),
                Failure::Final,
            ));
        }
        trace::redirected(head.status, &route.url);
        if route.carries_body && !call.prepared.body.is_replayable() {
            let error = Error::api(error_response(call.client(), head, Bytes::new())).with_note(NO_REPLAY);
            return Err(FailedAttempt::new(error, Failure::Final));
        }
        if authorizations.depend_on_request && route.standing == Standing::Moved {
            authorizer.authorize_again(&call.unsigned(route), authorizations).await?;
        }
    }
}

/// Returns the target of a redirect that is to be followed.
fn location(call: &RunningCall<'_>, head: &Head) -> Option<HeaderValue> {
    match call.redirects {
        Redirects::Follow if is_redirect(head.status) => head.headers.get(LOCATION).cloned(),
        Redirects::Follow | Redirects::Return => None,
    }
}

async fn send(
    call: &RunningCall<'_>,
    route: &Route<'_>,
    authorizations: &[Authorization],
    info: &RequestInfo,
    body: Body,
) -> Result<(Head, ByteStream), FailedAttempt> {
    let (body, progress) = Progress::of(body, call.platform);
    let mut request = build(call.client(), call.prepared, route, authorizations, body)?;
    request.extensions_mut().insert(info.clone());
    let mut sending = call.client().transport()?.send(request);
    let sent = call.idle_timeout().wait(&mut sending, progress.as_ref()).await;
    let response = sent.map_err(|error| {
        let is_whole = progress.as_ref().is_none_or(Progress::is_whole);
        FailedAttempt::new(error, if is_whole { Failure::Silent } else { Failure::Lost })
    })??;
    let (parts, stream) = response.into_parts();
    Ok((Head { status: parts.status, headers: parts.headers, losses: None }, stream))
}

async fn receive(
    call: &RunningCall<'_>,
    route: &Route<'_>,
    head: Head,
    stream: ByteStream,
) -> Result<(Head, ResponseBody), FailedAttempt> {
    let asks = call.prepared.headers.get(ACCEPT_ENCODING).is_some_and(|value| value != "identity");
    let coding = if asks {
        // The caller asked for it, and decodes the body.
        None
    } else {
        undecoded(&head.headers)
    };
    let is_expected = call.is_expected(head.status);
    // These have no body, whatever their headers say (RFC 9112 section 6.3).
    let has_body = route.method != Method::HEAD
        && !matches!(head.status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    // The error of a response that should hold events shows what it holds.
    let is_read_whole = call.prepared.wants_events() && is_no_event_stream(&head.headers);
    let is_streamed = coding.is_none() && !is_read_whole;
    if is_expected && has_body && is_streamed && call.is_stream(head.status) {
        return Ok((head, ResponseBody::Stream(stream)));
    }
    let (body, cut) = if has_body {
        collect(stream, &head.headers, &call.idle_timeout(), call.client().options().max_buffer).await
    } else {
        (Bytes::new(), None)
    };
    let cut = cut.or_else(|| {
        let message = coding.filter(|_| !body.is_empty())?;
        Some(FailedAttempt::new(Error::new(ErrorKind::Decoding, message), Failure::Final))
    });
    match (cut, is_expected) {
        (None, true) => Ok((head, ResponseBody::Whole(body))),
        (Some(cut), true) => Err(FailedAttempt {
            error: cut.error.with_response(error_response(call.client(), head, body)),
            failure: cut.failure,
        }),
        (cut, false) => {
            let status = head.status;
            let mut error = Error::api(error_response(call.client(), head, body));
            let retry_after = error.retry_after();
            let should_retry = error.headers().and_then(asked::should_retry);
            if let Some(cut) = cut {
                error = error.with_source(cut.error);
            }
            Err(FailedAttempt::new(error, Failure::Status { status, retry_after, should_retry }))
        }
    }
}

impl<'a> RunningCall<'a> {
    fn idle_timeout(&self) -> IdleTimeout<'a> {
        IdleTimeout { platform: self.platform, limit: self.read_timeout }
    }
}
