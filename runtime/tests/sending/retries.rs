//! Retries: which requests are sent again.

use sdk_runtime as rt;

use rt::testing::Reply;
use rt::{Bytes, RetryPolicy, TransportErrorKind, Upload};

use super::sdk::{CREATE, GET, PREPARED, UPLOAD, set_up, with};

#[tokio::test]
async fn a_policy_limits_the_attempts() {
    let sdk = with(|builder| builder.retry(RetryPolicy::default().max_attempts(3)));
    sdk.api.on("get").always(Reply::new(500));
    let error = sdk.error(&GET).await;
    assert_eq!((error.attempts(), sdk.api.requests().len()), (3, 3));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(500));
    assert!(error.is_server_error() && error.is_retryable());
    let numbers: Vec<u32> = sdk.api.requests().iter().map(rt::testing::SentRequest::attempt).collect();
    assert_eq!(numbers, [1, 2, 3]);
}

#[tokio::test]
async fn five_attempts_by_default() {
    let sdk = set_up();
    sdk.api.on("get").always(Reply::new(500));
    let error = sdk.error(&GET).await;
    assert_eq!((error.attempts(), sdk.api.requests().len()), (5, 5));
    assert_eq!(
        error.to_string(),
        "GET https://api.example.com/2.0/things: 500 Internal Server Error (after 5 attempts)"
    );
}

#[tokio::test]
async fn a_refused_token_is_replaced_without_a_wait() {
    let sdk = set_up();
    sdk.api.on("get").reply(Reply::new(401)).times(4, Reply::new(500)).reply(Reply::new(200));
    let reply = sdk.value(&GET).await;
    assert_eq!(reply.attempts(), 6);
    let requests = sdk.api.requests();
    assert_eq!(requests[0].header("authorization"), Some("Bearer token-0"));
    assert_eq!(requests[1].header("authorization"), Some("Bearer token-1"));
    assert_eq!(sdk.sent_at()[1], 0.0);
    assert!((1.0..=3.0).contains(&sdk.sent_at()[2]));
}

#[tokio::test]
async fn a_refused_token_is_replaced_only_once() {
    let sdk = set_up();
    sdk.api.on("create").always(Reply::new(401));
    let error = sdk.error(&CREATE).await;
    assert!(error.is_unauthorized());
    assert_eq!((error.attempts(), sdk.clock.elapsed().as_secs()), (2, 0));
}

#[tokio::test]
async fn a_get_is_repeated_after_a_lost_connection() {
    let sdk = set_up();
    sdk.api.on("get").reply(Reply::fails(TransportErrorKind::Lost)).reply(Reply::new(200));
    assert_eq!(sdk.value(&GET).await.attempts(), 2);
    // The same holds for a connection lost in the body.
    let sdk = set_up();
    sdk.api.on("get").reply(Reply::new(200).text("hal").cut()).reply(Reply::new(200).text("whole"));
    assert_eq!(sdk.value(&GET).await.value(), "whole");
}

#[tokio::test]
async fn connection_retries_have_their_own_limit() {
    let sdk = with(|builder| builder.retry(RetryPolicy::default().max_connection_retries(2)));
    sdk.api.on("get").times(3, Reply::fails(TransportErrorKind::Lost)).always(Reply::new(200));
    let error = sdk.error(&GET).await;
    assert_eq!((error.attempts(), sdk.api.requests().len()), (3, 3));
    assert!(error.is_connection());
    let cause = std::error::Error::source(&error).expect("a source");
    assert_eq!(cause.source().expect("its source").to_string(), "scripted");
}

#[tokio::test]
async fn transient_statuses_are_retried_whatever_the_body() {
    for status in [429, 500, 503] {
        for body in ["{}", "", "<html>", "\u{0}"] {
            let sdk = set_up();
            let failure = Reply::new(status).header("Retry-After", "0").text(body);
            sdk.api.on("get").times(2, failure).reply(Reply::new(200).text("done"));
            let reply = sdk.value(&GET).await;
            assert_eq!((reply.attempts(), &reply.value()[..]), (3, &b"done"[..]), "{status} {body}");
            assert_eq!(sdk.clock.elapsed().as_secs(), 0);
        }
    }
}

#[tokio::test]
async fn a_202_without_retry_after_is_a_success() {
    for operation in [&GET, &PREPARED] {
        let sdk = set_up();
        sdk.api.on("GET /2.0/things").always(Reply::new(202).text("later"));
        let reply = sdk.value(operation).await;
        assert_eq!((reply.status().as_u16(), reply.attempts(), &reply.value()[..]), (202, 1, &b"later"[..]));
    }
    // This operation is not polled.
    let sdk = set_up();
    sdk.api.on("get").always(Reply::new(202).header("retry-after", "1"));
    assert_eq!(sdk.value(&GET).await.attempts(), 1);
}

#[tokio::test]
async fn a_202_with_retry_after_is_polled() {
    let sdk = set_up();
    let later = Reply::new(202).header("retry-after", "2");
    sdk.api.on("prepared").times(2, later).reply(Reply::new(200).text("ready"));
    let reply = sdk.value(&PREPARED).await;
    assert_eq!((reply.attempts(), &reply.value()[..]), (3, &b"ready"[..]));
    assert_eq!(sdk.sent_at(), [0.0, 2.0, 4.0]);
}

#[tokio::test]
async fn a_202_is_returned_after_the_last_attempt() {
    let sdk = set_up();
    sdk.api.on("prepared").always(Reply::new(202).header("retry-after", "1").text("later"));
    let reply = sdk.value(&PREPARED).await;
    assert_eq!((reply.status().as_u16(), reply.attempts(), &reply.value()[..]), (202, 5, &b"later"[..]));
}

#[tokio::test]
async fn permanent_errors_are_not_retried() {
    for status in [400, 403, 404, 409, 412] {
        let sdk = set_up();
        let refusal = Reply::new(status);
        // A refusal that asks for a wait is a rate limit.
        let is_limit = status == 403;
        sdk.api.on("get").always(if is_limit { refusal } else { refusal.header("retry-after", "1") });
        let error = sdk.error(&GET).await;
        assert_eq!((error.status().map(|status| status.as_u16()), error.attempts()), (Some(status), 1));
    }
}

#[tokio::test]
async fn a_failed_post_is_repeated_only_on_request() {
    let sdk = set_up();
    sdk.api.on("create").always(Reply::new(500));
    assert_eq!(sdk.error(&CREATE).await.attempts(), 1);
    let idempotent = sdk.call(&CREATE).idempotent();
    assert_eq!(sdk.clock.run(idempotent).await.expect_err("a failure").attempts(), 5);
    let of_call = sdk.call(&CREATE).retry(RetryPolicy::default().all_methods());
    assert_eq!(sdk.clock.run(of_call).await.expect_err("a failure").attempts(), 5);
    let once = sdk.call(&GET).retry(RetryPolicy::none());
    sdk.api.on("get").always(Reply::new(500));
    assert_eq!(sdk.clock.run(once).await.expect_err("a failure").attempts(), 1);
}

#[tokio::test]
async fn a_post_is_repeated_if_the_server_did_nothing() {
    for failure in [Reply::new(429), Reply::new(503).header("retry-after", "1")] {
        let sdk = set_up();
        sdk.api.on("create").reply(failure).reply(Reply::new(201));
        assert_eq!(sdk.value(&CREATE).await.attempts(), 2);
    }
    let sdk = set_up();
    sdk.api.on("create").reply(Reply::new(503)).reply(Reply::new(201));
    assert_eq!(sdk.error(&CREATE).await.attempts(), 1);
}

#[tokio::test]
async fn a_post_is_repeated_if_no_connection_was_made() {
    for kind in [TransportErrorKind::Connect, TransportErrorKind::ConnectTimeout] {
        let sdk = set_up();
        sdk.api.on("create").reply(Reply::fails(kind)).reply(Reply::new(201));
        assert_eq!(sdk.value(&CREATE).await.attempts(), 2);
    }
}

#[tokio::test]
async fn a_lost_post_says_that_it_may_have_been_received() {
    let sdk = set_up();
    sdk.api.on("create").always(Reply::fails(TransportErrorKind::Lost));
    let error = sdk.error(&CREATE).await;
    assert_eq!(error.attempts(), 1);
    let note = "(not retried: the server may have received it, and the method is not idempotent)";
    assert!(error.to_string().ends_with(note), "{error}");
}

#[tokio::test]
async fn a_one_shot_body_is_not_retried() {
    let sdk = set_up();
    sdk.api.on("upload").always(Reply::json(503, &serde_json::json!({"request_id": "abc"})));
    let mut request = sdk.client.operation(&UPLOAD);
    request.upload(Upload::stream(Pieces(vec!["one", "two"])));
    let error = sdk.clock.run(request.send(rt::bytes)).await.expect_err("a failure");
    assert_eq!((error.attempts(), error.request_id()), (1, Some("abc")));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert!(error.to_string().ends_with("(not retried: its body can be read only once)"), "{error}");
    assert_eq!(sdk.api.requests()[0].body(), "onetwo");
}

/// Otherwise a program that makes only such calls would use the refused token for ever.
#[tokio::test]
async fn a_refused_token_is_renewed_even_if_the_body_is_used_up() {
    let sdk = set_up();
    sdk.api.on("upload").reply(Reply::new(401)).reply(Reply::new(200));
    let upload = || {
        let mut request = sdk.client.operation(&UPLOAD);
        request.upload(Upload::stream(Pieces(vec!["one", "two"])));
        sdk.clock.run(request.send(rt::bytes))
    };
    let error = upload().await.expect_err("a refusal");
    assert!(error.is_unauthorized() && error.attempts() == 1, "{error}");
    assert!(error.to_string().ends_with("(not retried: its body can be read only once)"), "{error}");
    upload().await.expect("a response");
    assert_eq!(sdk.api.requests()[1].header("authorization"), Some("Bearer token-1"));
}

#[tokio::test]
async fn a_replayable_body_is_sent_again_in_full() {
    let sdk = set_up();
    sdk.api.on("upload").reply(Reply::new(500)).reply(Reply::new(200));
    let mut request = sdk.client.operation(&UPLOAD);
    request.upload(Upload::from_fn(|| Pieces(vec!["one", "two"])));
    clock_run(&sdk, request).await;
    let bodies: Vec<_> = sdk.api.requests().iter().map(|request| request.body().clone()).collect();
    assert_eq!(bodies, ["onetwo", "onetwo"]);
}

async fn clock_run(sdk: &super::sdk::Sdk, request: rt::Request) {
    sdk.clock.run(request.send(rt::bytes)).await.expect("a response");
}

/// A stream of strings.
struct Pieces(Vec<&'static str>);

impl futures_core::Stream for Pieces {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let next = (!self.0.is_empty()).then(|| Ok(Bytes::from_static(self.0.remove(0).as_bytes())));
        std::task::Poll::Ready(next)
    }
}

#[tokio::test]
async fn an_empty_retry_budget_stops_retries() {
    let sdk = with(|builder| builder.retry(RetryPolicy::default().base(std::time::Duration::ZERO)));
    sdk.api.on("get").always(Reply::new(500));
    // The budget allows 100 retries, and each call makes 4.
    for _ in 0..25 {
        assert_eq!(sdk.error(&GET).await.attempts(), 5);
    }
    // Derived clients share the budget.
    let derived = sdk.client.with_options(|options| options.header("x-a", "b"));
    let error = sdk.clock.run(derived.operation(&GET).send(rt::bytes)).await.expect_err("a failure");
    assert_eq!(error.attempts(), 1);
    let note = "(not retried: too many calls failed, and the retry budget is used up)";
    assert!(error.to_string().ends_with(note), "{error}");
    // Five successful calls pay for one retry.
    sdk.api.on("create").always(Reply::new(201));
    for _ in 0..5 {
        sdk.value(&CREATE).await;
    }
    assert_eq!(sdk.error(&GET).await.attempts(), 2);
}

#[tokio::test]
async fn a_wait_that_the_server_asks_for_costs_no_budget() {
    let sdk = set_up();
    for wait in ["0", "1"] {
        for _ in 0..300 {
            let throttled = Reply::new(429).header("retry-after", wait);
            sdk.api.on("create").reply(throttled).reply(Reply::new(201));
            assert_eq!(sdk.value(&CREATE).await.attempts(), 2);
        }
    }
}

#[tokio::test]
async fn a_retry_that_succeeds_gives_its_cost_back() {
    let sdk = with(|builder| builder.retry(RetryPolicy::default().base(std::time::Duration::ZERO)));
    for _ in 0..300 {
        sdk.api.on("get").times(2, Reply::new(500)).reply(Reply::new(200));
        assert_eq!(sdk.value(&GET).await.attempts(), 3);
    }
}

#[tokio::test]
async fn the_retry_budget_refills_with_time() {
    let sdk = with(|builder| builder.retry(RetryPolicy::default().base(std::time::Duration::ZERO)));
    sdk.api.on("get").always(Reply::new(500));
    for _ in 0..25 {
        sdk.error(&GET).await;
    }
    assert_eq!(sdk.error(&GET).await.attempts(), 1);
    // A second pays for one retry.
    sdk.clock.advance(std::time::Duration::from_secs(2));
    assert_eq!(sdk.error(&GET).await.attempts(), 3);
    sdk.clock.advance(std::time::Duration::from_secs(3_600));
    for _ in 0..25 {
        assert_eq!(sdk.error(&GET).await.attempts(), 5);
    }
    assert_eq!(sdk.error(&GET).await.attempts(), 1);
}

#[tokio::test]
async fn the_retry_budget_can_be_turned_off() {
    let policy = RetryPolicy::default().base(std::time::Duration::ZERO).without_budget();
    let sdk = with(|builder| builder.retry(policy));
    sdk.api.on("get").always(Reply::new(500));
    for _ in 0..200 {
        assert_eq!(sdk.error(&GET).await.attempts(), 5);
    }
}

#[tokio::test]
async fn the_server_can_decide_on_retries() {
    let sdk = set_up();
    sdk.api.on("create").reply(Reply::new(409).header("x-should-retry", "true")).reply(Reply::new(201));
    assert_eq!(sdk.value(&CREATE).await.attempts(), 2);
    sdk.api.on("get").always(Reply::new(503).header("x-should-retry", "false").header("retry-after", "1"));
    let error = sdk.error(&GET).await;
    assert_eq!(error.attempts(), 1);
    assert!(error.to_string().ends_with("(not retried: the server says that it should not be)"), "{error}");
}

#[tokio::test]
async fn a_function_can_decide_on_retries() {
    let policy = RetryPolicy::default().decide(|error| match error.status()?.as_u16() {
        409 => Some(true),
        500 => Some(false),
        _ => None,
    });
    let sdk = with(|builder| builder.retry(policy));
    sdk.api.on("create").reply(Reply::new(409)).reply(Reply::new(429)).reply(Reply::new(201));
    assert_eq!(sdk.value(&CREATE).await.attempts(), 3);
    sdk.api.on("create").always(Reply::new(409));
    assert_eq!(sdk.error(&CREATE).await.attempts(), 5);
    sdk.api.on("get").always(Reply::new(500));
    assert_eq!(sdk.error(&GET).await.attempts(), 1);
    sdk.api.on("get").always(Reply::new(404));
    assert_eq!(sdk.error(&GET).await.attempts(), 1);
}

#[tokio::test]
async fn the_statuses_of_a_policy_replace_the_default_ones() {
    let statuses = [rt::StatusCode::CONFLICT, rt::StatusCode::BAD_GATEWAY];
    let sdk = with(|builder| builder.retry(RetryPolicy::default().statuses(statuses)));
    for (status, attempts) in [(409, 5), (502, 5), (500, 1), (503, 1), (429, 1)] {
        sdk.api.on("get").always(Reply::new(status));
        assert_eq!(sdk.error(&GET).await.attempts(), attempts, "{status}");
    }
    // Neither is a refusal with a wait repeated then.
    sdk.api.on("get").always(Reply::new(403).header("retry-after", "1"));
    assert_eq!(sdk.error(&GET).await.attempts(), 1);
}

#[tokio::test]
async fn a_clone_of_an_error_is_the_same_error() {
    let sdk = set_up();
    sdk.api.on("create").reply(Reply::fails(TransportErrorKind::Lost)).reply(Reply::new(409).text("taken"));
    for _ in 0..2 {
        let error = sdk.error(&CREATE).await;
        let clone = error.clone();
        assert_eq!(format!("{error:?} {error:#}"), format!("{clone:?} {clone:#}"));
        assert_eq!(error.raw_body(), clone.raw_body());
        assert_eq!(std::error::Error::source(&error).is_some(), std::error::Error::source(&clone).is_some());
    }
}

#[tokio::test]
async fn an_error_keeps_a_truncated_body() {
    let sdk = set_up();
    let reply = Reply::new(400).header("content-type", "application/json").text("{\"message\": \"no").cut();
    sdk.api.on("get").always(reply);
    let error = sdk.error(&GET).await;
    assert_eq!(error.raw_body().map(|body| &body[..]), Some(&b"{\"message\": \"no"[..]));
    assert_eq!(error.kind(), rt::ErrorKind::Api);
    assert!(std::error::Error::source(&error).is_some());
}
