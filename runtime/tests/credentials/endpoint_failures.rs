//! Token endpoints that are slow, down, refuse or send invalid responses.

use std::time::Duration;

use sdk_runtime as rt;
use sdk_runtime::testing::Reply;
use serde_json::json;

use super::support::{THINGS, TOKEN, World, all, client_credentials, endpoint, things, token};

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test]
async fn a_refusal_reaches_all_waiting_calls_with_all_details() {
    let world = World::with_things();
    let refusal = json!({ "error": "invalid_grant", "error_description": "The enterprise is unknown" });
    let refusal = Reply::json(400, &refusal).header("x-request-id", "r-1").after(seconds(1));
    world.api.on(TOKEN).reply(refusal).reply(token("one", 3600));
    let client = world.client(client_credentials());
    let calls = (0..3).map(|_| things(&client).into_future()).collect();
    for outcome in world.clock.run(all(calls)).await {
        let error = outcome.expect_err("no token");
        assert_eq!(error.kind(), rt::ErrorKind::Authentication);
        assert!(error.is_unauthorized() && !error.is_retryable());
        assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
        assert_eq!(error.code(), Some("invalid_grant"));
        assert_eq!(error.message(), Some("The enterprise is unknown"));
        assert_eq!(error.request_id(), Some("r-1"));
        assert!(error.raw_body().expect("a body").starts_with(b"{"));
        let line = error.to_string();
        assert!(line.contains("/oauth2/token` responded with 400"), "{line}");
        assert!(line.contains("The enterprise is unknown") && line.contains("invalid_grant"), "{line}");
    }
    assert_eq!(world.token_calls().len(), 1);
    // The next call tries again.
    world.get(&client).await.expect("things");
    assert_eq!(world.token_calls().len(), 2);
}

#[tokio::test]
async fn a_failed_renewal_has_the_api_error_as_its_source() {
    let world = World::new();
    world.api.on(TOKEN).reply(token("one", 3600)).reply(Reply::json(400, &json!({ "error": "gone" })));
    world.api.on(THINGS).reply(Reply::json(401, &json!({ "message": "The application was blocked" })));
    let error = world.get(&world.client(client_credentials())).await.expect_err("no token");
    assert_eq!((error.kind(), error.code()), (rt::ErrorKind::Authentication, Some("gone")));
    let cause = std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<rt::Error>());
    let cause = cause.expect("an error of the runtime");
    assert_eq!(cause.status().map(|status| status.as_u16()), Some(401));
    assert!(error.to_string().ends_with("400 Bad Request: gone"), "{error}");
    let whole = format!("{error:#}");
    assert!(whole.ends_with("401 Unauthorized: The application was blocked"), "{whole}");
}

#[tokio::test]
async fn a_failing_endpoint_is_called_five_times() {
    for reply in
        [Reply::new(500), Reply::new(502).text("<html>"), Reply::fails(rt::TransportErrorKind::Connect)]
    {
        let world = World::with_things();
        world.api.on(TOKEN).always(reply);
        let client = world.client(client_credentials());
        let error = world.get(&client).await.expect_err("no token");
        assert_eq!(world.token_calls().len(), 5);
        let elapsed = world.clock.elapsed();
        assert!(elapsed >= seconds(15) && elapsed <= seconds(45), "{elapsed:?}");
        assert!(error.to_string().contains("/oauth2/token"), "{error}");
        assert!(error.is_retryable(), "{error}");
        assert!(world.bearers().is_empty());
        world.get(&client).await.expect_err("no token");
        assert_eq!(world.token_calls().len(), 10);
    }
}

#[tokio::test]
async fn a_lost_connection_is_a_connection_error() {
    let world = World::with_things();
    world.api.on(TOKEN).always(Reply::fails(rt::TransportErrorKind::Lost));
    let error = world.get(&world.client(client_credentials())).await.expect_err("no token");
    assert!(error.is_connection() && error.is_retryable(), "{error:?}");
}

#[tokio::test]
async fn retry_after_of_the_endpoint_is_waited_for_up_to_a_maximum() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(Reply::new(429).header("retry-after", "7")).reply(token("one", 3600));
    let client = world.client(client_credentials());
    world.get(&client).await.expect("things");
    assert_eq!(world.token_calls()[1].at(), seconds(7));

    let world = World::with_things();
    world.api.on(TOKEN).reply(Reply::new(503).header("retry-after", "86400"));
    let error = world.get(&world.client(client_credentials())).await.expect_err("no token");
    assert_eq!(error.retry_after(), Some(seconds(86_400)));
    assert_eq!(world.clock.elapsed(), Duration::ZERO);
}

#[tokio::test]
async fn a_silent_endpoint_times_out() {
    let world = World::with_things();
    world.api.on(TOKEN).always(Reply::hangs());
    let client = world.client(rt::ClientCredentials::new(endpoint().timeout(seconds(4))));
    let error = world.get(&client).await.expect_err("no token");
    assert_eq!(error.kind(), rt::ErrorKind::Timeout(rt::TimeoutKind::Attempt));
    assert!(error.to_string().contains("did not respond within 4s"), "{error}");
    assert_eq!(world.token_calls().len(), 5);
    // The attempt timeout, plus the wait before the next attempt.
    let next = world.token_calls()[1].at();
    assert!(next >= seconds(5) && next <= seconds(7), "{next:?}");
}

#[tokio::test]
async fn an_unusable_token_response_is_an_error() {
    let cases = [
        Reply::new(200),
        Reply::new(200).text("<html>Welcome</html>"),
        Reply::json(200, &json!({ "token_type": "bearer" })),
        Reply::json(200, &json!({ "access_token": "" })),
        Reply::json(200, &json!({ "access_token": 17 })),
        Reply::json(200, &json!(["access_token"])),
        Reply::new(302).header("location", "https://elsewhere.example.com"),
        Reply::new(200).bytes(vec![b' '; 2 << 20]),
    ];
    for reply in cases {
        let world = World::with_things();
        world.api.on(TOKEN).always(reply);
        let error = world.get(&world.client(client_credentials())).await.expect_err("no token");
        assert_eq!(error.kind(), rt::ErrorKind::Authentication, "{error:?}");
        assert_eq!(world.token_calls().len(), 1);
        assert!(world.bearers().is_empty());
    }
    let world = World::with_things();
    world.api.on(TOKEN).reply(Reply::json(200, &json!({ "error": "slow_down" })));
    let error = world.get(&world.client(client_credentials())).await.expect_err("no token");
    assert_eq!(error.code(), Some("slow_down"));
    assert!(error.to_string().contains("but without a token: slow_down"), "{error}");
}

#[tokio::test]
async fn a_truncated_token_response_is_retried() {
    let world = World::with_things();
    let cut = Reply::new(200).text("{\"access_token\":\"on").cut();
    world.api.on(TOKEN).reply(cut).reply(token("one", 3600));
    world.get(&world.client(client_credentials())).await.expect("things");
    assert_eq!(world.bearers(), ["Bearer one"]);
}

#[tokio::test]
async fn secrets_repeated_by_the_endpoint_are_redacted() {
    let world = World::with_things();
    let refusal = json!({ "error": "invalid_client", "error_description": "wrong secret: s3cret-of-app" });
    world.api.on(TOKEN).reply(Reply::json(401, &refusal));
    let error = world.get(&world.client(client_credentials())).await.expect_err("no token");
    assert!(!format!("{error} {error:?}").contains("s3cret-of-app"), "{error:?}");
    assert!(error.to_string().contains("wrong secret: ***"), "{error}");
    assert_eq!(error.message(), Some("wrong secret: ***"));
}

#[tokio::test]
async fn an_invalid_token_url_is_an_error_before_anything_is_sent() {
    for url in ["/oauth2/token", "ftp://auth.example.com", "https://user:hidden@auth.example.com/"] {
        let world = World::with_things();
        let credential = rt::ClientCredentials::new(rt::TokenEndpoint::new(url).client_id("app"));
        let error = world.get(&world.client(credential)).await.expect_err("an invalid URL");
        assert_eq!(error.kind(), rt::ErrorKind::Configuration, "{error:?}");
        assert!(!format!("{error} {error:?}").contains("hidden"));
        assert!(world.api.requests().is_empty());
    }
}

/// A platform that drops its tasks, as a runtime does that shuts down.
#[derive(Clone, Debug)]
struct Forgetful(rt::testing::ManualClock);

impl rt::Platform for Forgetful {
    fn now(&self) -> std::time::SystemTime {
        self.0.now()
    }

    fn sleep(&self, duration: Duration) -> rt::BoxFuture<'static, ()> {
        self.0.sleep(duration)
    }

    fn spawn(&self, task: rt::BoxFuture<'static, ()>) {
        drop(task);
    }

    fn random(&self) -> u64 {
        self.0.random()
    }
}

#[tokio::test]
async fn a_dropped_renewal_task_is_an_error_and_not_a_stall() {
    let world = World::with_things();
    let client = world.client_on(client_credentials(), Forgetful(world.clock.clone()));
    for _ in 0..2 {
        let error = world.get(&client).await.expect_err("no token");
        assert!(error.to_string().contains("was dropped"), "{error}");
    }
}

#[tokio::test]
async fn a_token_in_another_form_than_json_is_not_shown() {
    let world = World::with_things();
    let body = "access_token=t0ken-of-user&scope=read&refresh_token=r3fresh";
    world.api.on(TOKEN).always(Reply::new(200).text(body));
    let error = world.get(&world.client(client_credentials())).await.expect_err("no JSON");
    let shown = format!("{error:#} {error:?} {:?}", error.message());
    assert!(error.to_string().contains("without a token: access_token=***&scope=read"), "{error}");
    assert!(!shown.contains("t0ken-of-user") && !shown.contains("r3fresh"), "{shown}");
}

#[tokio::test]
async fn an_html_page_of_an_endpoint_is_named() {
    for status in [200, 502] {
        let world = World::with_things();
        world.api.on(TOKEN).always(Reply::new(status).text("<html><title>Log in</title></html>"));
        let error = world.get(&world.client(client_credentials())).await.expect_err("a page");
        assert!(error.to_string().contains("the body is an HTML page with the title `Log in`"), "{error}");
    }
}
