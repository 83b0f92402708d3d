//! The scripted transport and the manual clock for tests of users' programs.

use std::time::Duration;

use sdk_runtime as rt;

use rt::testing::{ManualClock, MockTransport, Reply};
use rt::{Method, Platform, TransportErrorKind};

static API: rt::Api = rt::Api::NONE;

fn set_up() -> (rt::Client, MockTransport, ManualClock) {
    let clock = ManualClock::new();
    let api = MockTransport::with_clock(&clock);
    let client = rt::ClientBuilder::<rt::Client>::new(&API)
        .base_url("https://api.example.com/2.0")
        .transport(api.clone())
        .platform(clock.clone())
        .retry(rt::RetryPolicy::none())
        .build()
        .expect("a client");
    (client, api, clock)
}

#[tokio::test]
async fn replies_come_in_order_and_requests_are_recorded() {
    let (client, api, clock) = set_up();
    api.on("POST /2.0/things")
        .reply(Reply::json(201, &["first"]))
        .times(2, Reply::new(200).header("x-kind", "next").text("2"))
        .answer(|request| Reply::new(200).bytes(request.body().clone()));
    let create = || client.request(Method::POST, "/things").query("a", "b&c").json(&[1]);

    let first = clock.run(create().send().with_response()).await.expect("a value");
    assert_eq!((first.status().as_u16(), &first.value()[..]), (201, &b"[\"first\"]"[..]));
    for _ in 0..2 {
        let next = clock.run(create().send().with_response()).await.expect("a value");
        assert_eq!((next.header("x-kind"), &next.value()[..]), (Some("next"), &b"2"[..]));
    }
    assert_eq!(clock.run(create()).await.expect("a value"), "[1]");

    let requests = api.requests_of("POST /2.0/things");
    assert_eq!(requests.len(), 4);
    assert_eq!(requests[0].url(), "https://api.example.com/2.0/things?a=b%26c");
    assert_eq!(requests[0].query("a").as_deref(), Some("b&c"));
    assert_eq!(requests[0].json::<Vec<i64>>().expect("JSON"), [1]);
    assert_eq!((requests[0].operation(), requests[0].attempt()), (None, 1));
    assert!(!format!("{api:?}").contains("b&c"), "{api:?}");
}

#[tokio::test]
async fn an_unscripted_request_fails_with_its_target() {
    let (client, _, clock) = set_up();
    let error = clock.run(client.request(Method::GET, "/nothing")).await.expect_err("no script");
    assert!(error.to_string().contains("the script has no reply for GET /2.0/nothing"), "{error}");
}

#[tokio::test]
async fn a_scripted_body_can_come_in_chunks_and_break_off() {
    let (client, api, clock) = set_up();
    api.on("GET /2.0/things")
        .reply(Reply::new(200).chunks(["on", "e"]))
        .reply(Reply::new(200).chunks(["tw"]).cut())
        .reply(Reply::fails(TransportErrorKind::RequestBody));
    let get = || clock.run(client.request(Method::GET, "/things"));
    assert_eq!(get().await.expect("a value"), "one");
    let error = get().await.expect_err("a truncated body");
    assert_eq!(error.raw_body().expect("the received part"), "tw");
    assert_eq!(get().await.expect_err("a failure").kind(), rt::ErrorKind::Body);
}

#[tokio::test]
async fn the_clock_moves_only_to_the_next_timer() {
    let (client, api, clock) = set_up();
    api.on("GET /2.0/slow").reply(Reply::new(200).after(Duration::from_secs(7)));
    api.on("GET /2.0/never").always(Reply::hangs());
    clock.run(client.request(Method::GET, "/slow")).await.expect("a response after seven seconds");
    assert_eq!(clock.elapsed(), Duration::from_secs(7));
    let error = clock.run(client.request(Method::GET, "/never")).await.expect_err("the read timeout");
    assert!(error.is_timeout(), "{error}");
    assert_eq!(clock.elapsed(), Duration::from_secs(67));
    assert_eq!(api.requests()[1].at(), Duration::from_secs(7));
}

#[tokio::test]
async fn a_test_can_advance_the_clock() {
    let clock = ManualClock::new();
    let mut sleep = is_ready(clock.sleep(Duration::from_secs(5)));
    clock.advance(Duration::from_secs(4));
    assert!(!sleep());
    clock.advance(Duration::from_secs(1));
    assert!(sleep());
}

#[tokio::test]
async fn tasks_run_during_and_after_the_call_that_spawned_them() {
    let clock = ManualClock::new();
    let (done, is_done) = tokio::sync::oneshot::channel();
    let (of_task, platform) = (clock.clone(), clock.clone());
    clock
        .run(async move {
            platform.spawn(Box::pin(async move {
                of_task.sleep(Duration::from_secs(3)).await;
                done.send(of_task.elapsed()).expect("the test waits for it");
            }));
            platform.sleep(Duration::from_secs(1)).await;
        })
        .await;
    assert_eq!(clock.elapsed(), Duration::from_secs(1));
    assert_eq!(clock.run(is_done).await.expect("a task"), Duration::from_secs(3));
}

/// Returns a function that polls a future, and returns `true` once it is ready.
fn is_ready(mut future: rt::BoxFuture<'static, ()>) -> impl FnMut() -> bool {
    move || {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        future.as_mut().poll(&mut context).is_ready()
    }
}
