//! One try: a request out, redirects followed, head and body in, with an eye on the time.

use std::pin::{Pin, pin};

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderValue, Method, StatusCode};

use super::build::build;
use super::collect::collect;
use super::course::Course;
use super::patience::Patience;
use super::progress::Progress;
use super::{Broken, Head, answer};
use crate::body::{Body, ByteStream, Received};
use crate::bounds::{First, race};
use crate::credential::Authorization;
use crate::error::{Error, ErrorKind, TimeoutKind};
use crate::info::RequestInfo;
use crate::options::Redirects;
use crate::redirect::{Route, Standing, is_redirect};
use crate::retry::{Failure, NO_REPLAY};

/// What a try came to.
pub(super) enum Tried {
    Answered(Head, Received),
    Failed { broken: Broken, standing: Standing },
}

/// Sends once, and again as long as the answer is a redirect to follow.
pub(super) async fn attempt(
    course: &Course<'_>,
    authorizations: &[Authorization],
    info: &RequestInfo,
) -> Tried {
    let mut route = Route::new(&course.prepared.method, &course.prepared.url);
    let outcome = {
        let mut walk = pin!(walk(course, &mut route, authorizations, info));
        within(course, walk.as_mut()).await
    };
    match outcome {
        Ok((head, body)) => Tried::Answered(head, body),
        Err(broken) => Tried::Failed { broken, standing: route.standing },
    }
}

/// In the time that one try has. What is large is pinned by the caller: by value, it would be held twice.
async fn within<T>(
    course: &Course<'_>,
    mut try_: Pin<&mut impl Future<Output = Result<T, Broken>>>,
) -> Result<T, Broken> {
    let Some(limit) = course.attempt_timeout else { return try_.await };
    let mut sleep = course.platform.sleep(limit);
    match race(&mut try_, &mut sleep).await {
        First::Left(outcome) => outcome,
        First::Right(()) => {
            let message = format!("the try took longer than {limit:?} (attempt timeout)");
            Err(Broken::new(Error::timeout(TimeoutKind::Attempt, message), Failure::Lost))
        }
    }
}

async fn walk(
    course: &Course<'_>,
    route: &mut Route<'_>,
    authorizations: &[Authorization],
    info: &RequestInfo,
) -> Result<(Head, Received), Broken> {
    loop {
        let body = if route.carries_body { course.prepared.body.open().await? } else { Body::empty() };
        let (head, stream) = send(course, route, authorizations, info, body).await?;
        let Some(location) = location(course, &head) else {
            return receive(course, route, head, stream).await;
        };
        if let Err(message) = route.follow(head.status, &location) {
            let error = Error::new(ErrorKind::Redirect, message);
            return Err(Broken::new(
                error.with_answer(answer(course.client(), head, Bytes::new())),
                Failure::Final,
            ));
        }
        if route.carries_body && !course.prepared.body.is_replayable() {
            let error = Error::api(answer(course.client(), head, Bytes::new())).with_note(NO_REPLAY);
            return Err(Broken::new(error, Failure::Final));
        }
    }
}

/// Where the answer points, if it is to be followed.
fn location(course: &Course<'_>, head: &Head) -> Option<HeaderValue> {
    match course.redirects {
        Redirects::Follow if is_redirect(head.status) => head.headers.get(LOCATION).cloned(),
        Redirects::Follow | Redirects::Return => None,
    }
}

async fn send(
    course: &Course<'_>,
    route: &Route<'_>,
    authorizations: &[Authorization],
    info: &RequestInfo,
    body: Body,
) -> Result<(Head, ByteStream), Broken> {
    let (body, progress) = Progress::of(body, course.platform);
    let mut request = build(course.client(), course.prepared, route, authorizations, body)?;
    request.extensions_mut().insert(info.clone());
    let mut sending = course.client().transport()?.send(request);
    let sent = course.patience().wait(&mut sending, progress.as_ref()).await;
    let response = sent.map_err(|error| Broken::new(error, Failure::Lost))??;
    let (parts, stream) = response.into_parts();
    Ok((Head { status: parts.status, headers: parts.headers }, stream))
}

async fn receive(
    course: &Course<'_>,
    route: &Route<'_>,
    head: Head,
    stream: ByteStream,
) -> Result<(Head, Received), Broken> {
    let is_answer = course.is_answer(head.status);
    // These have none, whatever their headers say of one.
    let has_body = route.method != Method::HEAD
        && !matches!(head.status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    if is_answer && has_body && course.is_stream(head.status) {
        return Ok((head, Received::Stream(stream)));
    }
    let (body, cut) = if has_body {
        collect(stream, &head.headers, &course.patience(), course.client().options().max_buffer).await
    } else {
        (Bytes::new(), None)
    };
    match (cut, is_answer) {
        (None, true) => Ok((head, Received::Whole(body))),
        (Some(cut), true) => Err(Broken {
            error: cut.error.with_answer(answer(course.client(), head, body)),
            failure: cut.failure,
        }),
        (cut, false) => {
            let status = head.status;
            let mut error = Error::api(answer(course.client(), head, body));
            let retry_after = error.retry_after();
            if let Some(cut) = cut {
                error = error.with_source(cut.error);
            }
            Err(Broken::new(error, Failure::Status { status, retry_after }))
        }
    }
}

impl<'a> Course<'a> {
    fn patience(&self) -> Patience<'a> {
        Patience { platform: self.platform, limit: self.client().options().read_timeout }
    }
}
