//! Timeouts, size limits, and calls that are dropped.

use std::error::Error as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use sdk_runtime as rt;

use rt::testing::{ManualClock, Reply};
use rt::{Bytes, ErrorKind, Platform, RetryPolicy, TimeoutKind, TransportErrorKind, Upload};

use super::sdk::{CREATE, GET, STREAM, Sdk, UPLOAD, set_up, with};

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn without_retries() -> Sdk {
    with(|builder| builder.retry(RetryPolicy::none()))
}

#[tokio::test]
async fn a_stall_ends_after_sixty_seconds_by_default() {
    let sdk = without_retries();
    sdk.api.on("get").always(Reply::hangs());
    let error = sdk.error(&GET).await;
    assert_eq!((error.kind(), sdk.clock.elapsed()), (ErrorKind::Timeout(TimeoutKind::Read), seconds(60)));
    assert!(error.to_string().contains("no bytes moved for 60s (read timeout)"), "{error}");
}

#[tokio::test]
async fn a_stall_is_retried_like_a_lost_connection() {
    let sdk = set_up();
    sdk.api.on("get").reply(Reply::hangs()).reply(Reply::new(200));
    assert_eq!(sdk.value(&GET).await.attempts(), 2);
    sdk.api.on("create").reply(Reply::hangs()).reply(Reply::new(201));
    assert_eq!(sdk.error(&CREATE).await.attempts(), 1);
}

#[tokio::test]
async fn a_request_that_was_sent_whole_is_repeated_once_after_a_read_timeout() {
    let sdk = set_up();
    sdk.api.on("get").always(Reply::hangs());
    let error = sdk.error(&GET).await;
    assert_eq!(error.attempts(), 2);
    assert!(error.to_string().contains("not retried: the server may still be working on it"), "{error}");
    sdk.api.on("create").always(Reply::hangs());
    let error = sdk.error(&CREATE).await;
    assert_eq!(error.attempts(), 1);
    let note = "not retried: the server may still be working on it, and the method is not idempotent";
    assert!(error.to_string().contains(note), "{error}");
    // Other failures in between do not change that.
    let lost = || Reply::fails(rt::TransportErrorKind::Lost);
    sdk.api.on("get").reply(Reply::hangs()).reply(lost()).always(Reply::hangs());
    assert_eq!(sdk.error(&GET).await.attempts(), 3);
    // Nor does it matter whether the response has begun.
    sdk.api.on("get").always(Reply::new(200).text("a part").stalls());
    assert_eq!(sdk.error(&GET).await.attempts(), 2);
}

#[tokio::test]
async fn a_call_can_have_its_own_read_timeout() {
    let sdk = set_up();
    sdk.api.on("get").always(Reply::new(200).after(seconds(600)));
    sdk.clock.run(sdk.call(&GET).read_timeout(seconds(610))).await.expect("a response");
    assert_eq!(sdk.clock.elapsed(), seconds(600));
    sdk.clock.run(sdk.call(&GET).with_response().read_timeout(seconds(5))).await.expect_err("a timeout");
    assert!(sdk.clock.elapsed() < seconds(630));
}

#[tokio::test]
async fn an_attempt_timeout_bounds_each_attempt() {
    let sdk = with(|builder| builder.attempt_timeout(seconds(5)));
    sdk.api.on("get").reply(Reply::new(200).after(seconds(6))).reply(Reply::new(200).after(seconds(4)));
    assert_eq!(sdk.value(&GET).await.attempts(), 2);
    sdk.api.on("create").always(Reply::new(201).after(seconds(6)));
    let error = sdk.error(&CREATE).await;
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Attempt));
    assert!(error.to_string().contains("the attempt took longer than 5s (attempt timeout)"), "{error}");
    let longer = sdk.call(&CREATE).attempt_timeout(seconds(7));
    sdk.clock.run(longer).await.expect("a response");
}

#[tokio::test]
async fn a_call_timeout_carries_the_last_error() {
    let sdk = with(|builder| builder.timeout(seconds(10)));
    sdk.api.on("get").always(Reply::new(500).header("retry-after", "6").text("down"));
    let error = sdk.error(&GET).await;
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Call));
    assert_eq!((sdk.clock.elapsed(), error.attempts()), (seconds(10), 2));
    let last = error.source().and_then(|source| source.downcast_ref::<rt::Error>()).expect("the last error");
    assert_eq!(last.status().map(|status| status.as_u16()), Some(500));
    assert_eq!(last.raw_body().map(|body| &body[..]), Some(&b"down"[..]));
    assert_eq!(sdk.sent_at(), [0.0, 6.0]);
    // The call's own timeout wins.
    let shorter = sdk.call(&GET).timeout(seconds(1));
    sdk.clock.run(shorter).await.expect_err("a failure");
    assert_eq!(sdk.clock.elapsed(), seconds(11));
}

#[tokio::test]
async fn a_stream_is_bounded_by_the_call_timeout() {
    let sdk = with(|builder| builder.timeout(seconds(10)));
    let stream = || sdk.clock.run(sdk.client.operation(&STREAM).receive(rt::download));
    sdk.api.on("stream").always(Reply::new(200).chunks(["a", "b"]).after(seconds(3)));
    let whole = stream().await.expect("a head");
    assert_eq!(whole.bytes().await.expect("a body"), "ab");
    let mut late = stream().await.expect("a head");
    sdk.clock.advance(seconds(8));
    let error = late.next().await.expect("an item").expect_err("too late");
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Call));
    assert!(late.next().await.is_none());
}

/// Yields a chunk every half minute, then stalls.
struct Slow {
    clock: ManualClock,
    left: u32,
    sleep: Option<rt::BoxFuture<'static, ()>>,
}

impl futures_core::Stream for Slow {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.left == 0 {
            return Poll::Pending;
        }
        let sleep = this.sleep.get_or_insert_with(|| this.clock.sleep(seconds(30)));
        std::task::ready!(sleep.as_mut().poll(context));
        this.sleep = None;
        this.left -= 1;
        Poll::Ready(Some(Ok(Bytes::from_static(b"piece"))))
    }
}

#[tokio::test]
async fn a_slow_upload_is_not_a_stall() {
    let sdk = without_retries();
    sdk.api.on("upload").always(Reply::new(200));
    let mut request = sdk.client.operation(&UPLOAD);
    request.upload(Upload::stream(Slow { clock: sdk.clock.clone(), left: 10, sleep: None }));
    let error = sdk.clock.run(request.send(rt::bytes)).await.expect_err("the upload stalls at its end");
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Read));
    assert_eq!(sdk.clock.elapsed(), seconds(10 * 30 + 60));
}

#[tokio::test]
async fn a_response_larger_than_the_buffer_is_an_error() {
    let sdk = with(|builder| builder.max_buffer(10));
    sdk.api.on("get").reply(Reply::new(200).text("0123456789")).always(Reply::new(200).text("0123456789a"));
    assert_eq!(sdk.value(&GET).await.value(), "0123456789");
    let error = sdk.error(&GET).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::TooLarge, 1));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    // The limit applies without a `content-length` too.
    let sdk = with(|builder| builder.max_buffer(10));
    sdk.api.on("get").always(Reply::new(200).chunks(["0123456789", "a", "b"]).cut());
    let error = sdk.error(&GET).await;
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(error.raw_body().is_some_and(|body| body.len() <= 10));
    assert!(error.to_string().contains("larger than 10 bytes"), "{error}");
    // An error body is cut off at the limit; the kind of the error stays.
    let sdk = with(|builder| builder.max_buffer(3));
    sdk.api.on("get").always(Reply::new(400).text("long"));
    let error = sdk.error(&GET).await;
    assert_eq!(error.kind(), ErrorKind::Api);
}

#[tokio::test]
async fn a_call_dropped_at_any_point_leaves_the_client_usable() {
    let sdk = set_up();
    sdk.api.on("get").always(Reply::new(500).after(seconds(1)));
    for moment in [0, 1, 2, 5, 9] {
        let mut call = Box::pin(sdk.call(&GET));
        for _ in 0..moment {
            let mut context = Context::from_waker(std::task::Waker::noop());
            assert!(call.as_mut().poll(&mut context).is_pending());
            sdk.clock.advance(Duration::from_millis(700));
        }
        drop(call);
    }
    sdk.api.on("create").always(Reply::new(201));
    sdk.value(&CREATE).await;
}

#[tokio::test]
async fn is_retryable_depends_on_the_kind_of_failure() {
    for (kind, is_retryable) in [
        (TransportErrorKind::Lost, true),
        (TransportErrorKind::Connect, true),
        (TransportErrorKind::RequestBody, false),
        (TransportErrorKind::Unusable, false),
    ] {
        let sdk = without_retries();
        sdk.api.on("get").always(Reply::fails(kind));
        assert_eq!(sdk.error(&GET).await.is_retryable(), is_retryable, "{kind:?}");
    }
}
