//! The limit on requests in flight: who waits for whom, and for how long.

use std::time::Duration;

use sdk_runtime as rt;

use rt::testing::Reply;
use rt::{Call, ClientBuilder, ErrorKind, TimeoutKind};

use super::sdk::{GET, STREAM, Sdk, with};

const SECOND: Duration = Duration::from_secs(1);

fn limited(most: usize) -> Sdk {
    with(|builder| builder.max_in_flight(most))
}

fn started(sdk: &Sdk, calls: usize) -> Vec<tokio::task::JoinHandle<Result<rt::Bytes, rt::Error>>> {
    (0..calls).map(|_| tokio::spawn(sdk.call(&GET).into_future())).collect()
}

/// Lets all tasks run that can.
async fn settle() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}

fn download(sdk: &Sdk) -> Call<rt::Download> {
    sdk.client.operation(&STREAM).receive(rt::download)
}

#[tokio::test]
async fn calls_beyond_the_limit_wait_in_their_order() {
    let sdk = limited(2);
    sdk.api.on("get").always(Reply::new(200).after(SECOND));
    let derived = sdk.client.with_options(|options| options.header("x-derived", "1"));
    let mut calls = started(&sdk, 4);
    calls.push(tokio::spawn(derived.operation(&GET).send(rt::bytes).into_future()));
    settle().await;
    for in_flight in [2, 4, 5] {
        assert_eq!(sdk.api.requests().len(), in_flight);
        sdk.clock.advance(SECOND);
        settle().await;
    }
    for call in calls {
        call.await.expect("no panic").expect("a response");
    }
    assert_eq!(sdk.sent_at(), [0.0, 0.0, 1.0, 1.0, 2.0]);
    // The client derived last came last.
    assert_eq!(sdk.api.requests()[4].header("x-derived"), Some("1"));
}

#[tokio::test]
async fn a_wait_between_attempts_takes_no_place() {
    let sdk = limited(1);
    sdk.api.on("get").reply(Reply::new(429).header("retry-after", "9")).always(Reply::new(200));
    let calls = started(&sdk, 2);
    settle().await;
    assert_eq!(sdk.api.requests().len(), 2);
    sdk.clock.advance(9 * SECOND);
    for call in calls {
        call.await.expect("no panic").expect("a response");
    }
    assert_eq!(sdk.sent_at(), [0.0, 0.0, 9.0]);
}

#[tokio::test]
async fn a_stream_holds_its_place_until_it_ends_or_is_dropped() {
    let sdk = limited(1);
    sdk.api.on("stream").always(Reply::new(200).chunks(["a", "b"]));
    sdk.api.on("get").always(Reply::new(200));
    let dropped = download(&sdk).await.expect("a stream");
    let waiting = started(&sdk, 1).pop().expect("a call");
    settle().await;
    assert_eq!(sdk.api.requests().len(), 1);
    drop(dropped);
    waiting.await.expect("no panic").expect("a response");

    let mut read = download(&sdk).await.expect("a stream");
    let waiting = started(&sdk, 1).pop().expect("a call");
    while let Some(chunk) = read.next().await {
        settle().await;
        assert_eq!(sdk.api.requests().len(), 3);
        chunk.expect("bytes");
    }
    waiting.await.expect("no panic").expect("a response");
    drop(read);
}

#[tokio::test]
async fn a_stream_that_times_out_gives_up_its_place() {
    let sdk = limited(1);
    sdk.api.on("stream").always(Reply::new(200).chunks(["a"]).stalls());
    sdk.api.on("get").always(Reply::new(200));
    let mut stalled = sdk.clock.run(download(&sdk)).await.expect("a stream");
    stalled.next().await.expect("an element").expect("bytes");
    sdk.clock.run(stalled.next()).await.expect("an element").expect_err("a timeout");
    sdk.value(&GET).await;
    drop(stalled);
}

#[tokio::test]
async fn a_call_timeout_limits_the_wait_for_a_place() {
    let sdk = limited(1);
    sdk.api.on("stream").always(Reply::new(200).chunks(["a"]).stalls());
    sdk.api.on("get").always(Reply::new(200));
    let stream = download(&sdk).await.expect("a stream");
    let error = sdk.clock.run(sdk.call(&GET).timeout(SECOND)).await.expect_err("a timeout");
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Call));
    assert_eq!(error.attempts(), 0);
    drop(stream);
    sdk.value(&GET).await;
}

/// Dropped while it waits, and after its turn has come.
#[tokio::test]
async fn a_call_that_is_dropped_leaves_its_place_to_the_next() {
    let sdk = limited(1);
    sdk.api.on("stream").always(Reply::new(200).chunks(["a"]).stalls());
    sdk.api.on("get").always(Reply::new(200));
    for is_given in [false, true] {
        let stream = download(&sdk).await.expect("a stream");
        let mut calls = started(&sdk, 2);
        settle().await;
        let last = calls.pop().expect("a call");
        if is_given {
            drop(stream);
            calls[0].abort();
        } else {
            calls[0].abort();
            settle().await;
            drop(stream);
        }
        last.await.expect("no panic").expect("a response");
        sdk.value(&GET).await;
    }
}

#[test]
fn a_limit_of_nothing_is_refused() {
    let built = ClientBuilder::<rt::Client>::new(&super::sdk::API)
        .base_url("https://api.example.com")
        .max_in_flight(0)
        .build();
    assert!(built.expect_err("no call could be made").to_string().contains("max_in_flight"));
}
