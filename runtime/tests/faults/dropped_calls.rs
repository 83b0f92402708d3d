//! Calls that are dropped at every point where they wait.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use sdk_runtime as rt;

use rt::testing::{ManualClock, MockTransport, Reply};
use rt::{Client, ClientCredentials, Method, TokenEndpoint, TransportErrorKind};

static API: rt::Api =
    rt::Api { security: &[rt::Scheme { name: "OAuth", kind: rt::SchemeKind::Bearer }], ..rt::Api::NONE };

#[tokio::test]
async fn a_client_survives_a_call_dropped_at_any_point() {
    let clock = ManualClock::new();
    let api = MockTransport::with_clock(&clock);
    let second = Duration::from_secs(1);
    let client: Client = rt::ClientBuilder::new(&API)
        .base_url("https://api.example.com")
        .auth(ClientCredentials::new(TokenEndpoint::new("https://api.example.com/token")))
        .transport(api.clone())
        .platform(clock.clone())
        .build()
        .expect("a client");
    api.on("GET /well").always(Reply::new(200).text("well"));
    // Tokens expire at once, so that each call has to wait for one.
    let token = serde_json::json!({"access_token": "token", "token_type": "bearer", "expires_in": 1});
    api.on("POST /token").always(Reply::json(200, &token).after(second));

    let mut points = 0;
    // One run of the clock polls the tasks that fetch tokens.
    let all = async {
        loop {
            // The call waits for a token, a lost connection, a busy server, and a slow response.
            api.on("GET /ill")
                .reply(Reply::fails(TransportErrorKind::Lost).after(second))
                .reply(Reply::new(503).header("retry-after", "3").after(second))
                .reply(Reply::new(200).chunks(["i", "l", "l"]).after(second));
            points += 1;
            let outcome = give_up_after(points, client.request(Method::GET, "/ill").send(), &clock).await;

            let well = client.request(Method::GET, "/well").await;
            assert_eq!(well.expect("the client works as before"), "well", "after {points} polls");
            if let Some(outcome) = outcome {
                assert_eq!(outcome.expect("the third attempt succeeds"), "ill");
                return;
            }
            drain(&client).await;
        }
    };
    clock.run(Box::pin(all)).await;
    assert!(points > 10, "the call had many points to be dropped at: {points}");
    assert!(api.requests_of("POST /token").len() > 10, "calls often had to wait for a token");
}

/// Polls a call a number of times, half a second apart, and then drops it.
async fn give_up_after(
    polls: usize,
    mut call: rt::Call<rt::Bytes>,
    clock: &ManualClock,
) -> Option<Result<rt::Bytes, rt::Error>> {
    for _ in 0..polls {
        let mut context = Context::from_waker(Waker::noop());
        if let Poll::Ready(outcome) = Pin::new(&mut call).poll(&mut context) {
            return Some(outcome);
        }
        tasks_go_on().await;
        clock.advance(Duration::from_millis(500));
    }
    None
}

/// Yields to other tasks without moving the clock.
async fn tasks_go_on() {
    let mut is_over = false;
    std::future::poll_fn(|context| {
        context.waker().wake_by_ref();
        if std::mem::replace(&mut is_over, true) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// Uses up the replies that the dropped call left.
async fn drain(client: &Client) {
    let once = || client.request(Method::GET, "/ill").send().retry(rt::RetryPolicy::none());
    for _ in 0..3 {
        if let Err(error) = once().await {
            if error.to_string().contains("no answer for") {
                return;
            }
        }
    }
}
