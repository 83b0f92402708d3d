//! Waits between attempts.

use std::time::Duration;

use sdk_runtime as rt;

use rt::testing::Reply;

use super::sdk::{CREATE, GET, set_up};

#[tokio::test]
async fn retry_after_in_seconds_is_waited_for() {
    let sdk = set_up();
    sdk.api.on("create").reply(Reply::new(429).header("retry-after", "100")).reply(Reply::new(201));
    sdk.value(&CREATE).await;
    assert_eq!(sdk.sent_at(), [0.0, 100.0]);
}

#[tokio::test]
async fn waits_grow_with_jitter() {
    let mut first = Vec::new();
    for seed in 0..1_000 {
        let sdk = set_up();
        sdk.clock.seed(seed);
        sdk.api.on("get").times(4, Reply::new(500)).reply(Reply::new(200));
        sdk.value(&GET).await;
        let at = sdk.api.requests().iter().map(rt::testing::SentRequest::at).collect::<Vec<_>>();
        for (retry, least, most) in [(1, 1.0, 3.0), (2, 2.0, 6.0), (3, 4.0, 12.0), (4, 8.0, 24.0)] {
            let wait = (at[retry] - at[retry - 1]).as_secs_f64();
            assert!((least..=most).contains(&wait), "seed {seed}, retry {retry}: {wait}");
        }
        first.push(at[1]);
    }
    first.sort();
    first.dedup();
    assert!(first.len() > 900, "{}", first.len());
}

#[tokio::test]
async fn no_wait_is_longer_than_the_maximum() {
    let sdk = super::sdk::with(|builder| builder.retry(rt::RetryPolicy::default().max_attempts(9)));
    sdk.api.on("get").always(Reply::new(500));
    sdk.error(&GET).await;
    let at = sdk.sent_at();
    assert_eq!(at.len(), 9);
    assert!(at.windows(2).all(|pair| pair[1] - pair[0] <= 30.0), "{at:?}");
    assert_eq!(at[8] - at[7], 30.0);
}

#[tokio::test]
async fn retry_after_as_a_date_is_waited_for() {
    let sdk = set_up();
    for (date, wait) in [
        ("Mon, 01 Jan 2024 00:00:07 GMT", 7.0),
        ("Monday, 01-Jan-24 00:00:07 GMT", 7.0),
        ("Mon Jan  1 00:00:07 2024", 7.0),
        ("Mon, 01 Jan 2001 00:00:00 GMT", 0.0),
    ] {
        let sdk = set_up();
        sdk.api.on("get").reply(Reply::new(503).header("Retry-After", date)).reply(Reply::new(200));
        sdk.value(&GET).await;
        assert_eq!(sdk.sent_at(), [0.0, wait], "{date}");
    }
    // An invalid value is ignored.
    sdk.api.on("get").reply(Reply::new(503).header("retry-after", "soon")).reply(Reply::new(200));
    sdk.value(&GET).await;
    assert!(sdk.sent_at()[1] >= 1.0);
}

#[tokio::test]
async fn retry_after_may_have_decimals() {
    let sdk = set_up();
    sdk.api.on("get").reply(Reply::new(429).header("retry-after", "1.5")).reply(Reply::new(200));
    sdk.value(&GET).await;
    assert_eq!(sdk.sent_at(), [0.0, 1.5]);
}

#[tokio::test]
async fn a_retry_after_beyond_the_maximum_is_an_error_at_once() {
    for (text, seconds) in [("86400", 86_400), ("120.5", 120)] {
        let sdk = set_up();
        sdk.api.on("get").always(Reply::new(429).header("retry-after", text));
        let error = sdk.error(&GET).await;
        assert_eq!(error.retry_after().map(|wait| wait.as_secs()), Some(seconds));
        assert_eq!((error.attempts(), sdk.clock.elapsed()), (1, Duration::ZERO));
        assert!(error.is_rate_limited());
        let note = "(not retried: the server asks for a longer wait than the retry policy allows)";
        assert!(error.to_string().ends_with(note), "{error}");
    }
}

#[tokio::test]
async fn other_headers_ask_for_a_wait_too() {
    // The clock starts on 2024-01-01, 1704067200 s after 1970.
    type Case = (u16, &'static [(&'static str, &'static str)], f64);
    let cases: [Case; 7] = [
        (429, &[("retry-after-ms", "250"), ("retry-after", "9")], 0.25),
        (429, &[("ratelimit-reset", "7")], 7.0),
        (429, &[("x-ratelimit-reset", "1704067211")], 11.0),
        (429, &[("retry-after", "3"), ("x-ratelimit-reset", "1704067211")], 3.0),
        (403, &[("retry-after", "5")], 5.0),
        (403, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1704067208")], 8.0),
        (503, &[("retry-after-ms", "1500")], 1.5),
    ];
    for (status, headers, wait) in cases {
        let sdk = set_up();
        let refusal =
            headers.iter().fold(Reply::new(status), |reply, (name, value)| reply.header(name, value));
        sdk.api.on("create").reply(refusal).reply(Reply::new(201));
        sdk.value(&CREATE).await;
        assert_eq!(sdk.sent_at(), [0.0, wait], "{status} {headers:?}");
    }
    // Limits that are not exceeded say nothing about a wait.
    let limits = |status| {
        Reply::new(status).header("x-ratelimit-remaining", "12").header("x-ratelimit-reset", "1704067300")
    };
    let sdk = set_up();
    sdk.api.on("create").reply(limits(403));
    assert_eq!(sdk.error(&CREATE).await.attempts(), 1);
    sdk.api.on("get").reply(limits(500)).reply(Reply::new(200));
    sdk.value(&GET).await;
    assert!(sdk.sent_at()[2] <= 3.0);
}
