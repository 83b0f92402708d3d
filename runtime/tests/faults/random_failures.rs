//! Thousands of concurrent calls to a server that fails two times out of three.

use std::collections::{BTreeMap, HashMap};
use std::error::Error as _;
use std::time::Duration;

use sdk_runtime as rt;

use rt::{ErrorKind, Method, RetryPolicy};

use super::server::{self, BODY};

static API: rt::Api = rt::Api::NONE;

const CALLS: usize = 10_000;
const AT_ONCE: usize = 64;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_ends_with_a_value_or_an_accurate_error() {
    let (url, acted) = server::start(7).await;
    let client: rt::Client = rt::ClientBuilder::new(&API)
        .base_url(&url)
        .read_timeout(Duration::from_millis(100))
        .retry(RetryPolicy::default().base(Duration::from_millis(1)).max_wait(Duration::from_millis(5)))
        .build()
        .expect("a client");

    let lanes: Vec<_> = (0..AT_ONCE).map(|lane| tokio::spawn(run(client.clone(), lane))).collect();
    let mut outcomes = HashMap::new();
    for lane in lanes {
        let of_lane = tokio::time::timeout(Duration::from_secs(120), lane).await.expect("no call hangs");
        outcomes.extend(of_lane.expect("no call panics"));
    }

    assert_eq!(outcomes.len(), CALLS);
    let acted = acted.lock().expect("no test thread panicked");
    let mut tally: BTreeMap<String, usize> = BTreeMap::new();
    for (call, outcome) in &outcomes {
        let times = acted.get(call).copied().unwrap_or_default();
        if call.starts_with("POST") {
            assert!(times <= 1, "`{call}` took effect {times} times: {outcome:?}");
        }
        match outcome {
            Ok(()) => assert!(times >= 1, "`{call}` has a value that the server did not send"),
            Err(error) => check(call, error),
        }
        let kind =
            outcome.as_ref().map_or_else(|error| format!("{:?}", error.kind()), |()| "value".to_owned());
        *tally.entry(kind).or_default() += 1;
    }
    // Each kind of outcome occurred, so that the assertions above covered it.
    for kind in ["value", "Api", "Connection", "Protocol", "Timeout(Read)"] {
        assert!(tally.get(kind).is_some_and(|count| *count > 10), "{kind}: {tally:?}");
    }
}

async fn run(client: rt::Client, lane: usize) -> Vec<(String, Result<(), rt::Error>)> {
    let mut outcomes = Vec::new();
    for index in (lane..CALLS).step_by(AT_ONCE) {
        let method = if index % 3 == 0 { Method::POST } else { Method::GET };
        let call = format!("{method} {index}");
        let mut request = client.request(method.clone(), "/things").extra_header("x-call", &call);
        if method == Method::POST {
            request = request.json(&[index]);
        }
        let outcome = request.await.map(|body| assert_eq!(body, BODY));
        outcomes.push((call, outcome));
    }
    outcomes
}

fn check(call: &str, error: &rt::Error) {
    let shown = error.to_string();
    assert!(shown.contains("/things"), "{shown}");
    assert!((1..=5).contains(&error.attempts()), "{shown}");
    match error.kind() {
        ErrorKind::Api => assert!(error.status().is_some() && error.raw_body().is_some(), "{shown}"),
        ErrorKind::Connection | ErrorKind::Timeout(_) => {
            // A truncated body is kept.
            assert!(error.source().is_some() || error.raw_body().is_some() || error.is_timeout(), "{shown}");
        }
        ErrorKind::Protocol => assert!(error.source().is_some(), "{shown}"),
        kind => panic!("`{call}` ended with {kind:?}: {shown}"),
    }
}
