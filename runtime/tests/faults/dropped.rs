//! Calls that are dropped at each point where they wait.

use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use sdk_runtime as rt;

use rt::testing::{ManualClock, MockTransport, Reply};
use rt::{Client, ClientCredentials, Method, TokenEndpoint, TransportErrorKind};

static API: rt::Api = rt::Api {
    security: &[rt::Scheme { name: "OAuth", kind: rt::SchemeKind::Bearer }],
    ..rt::Api::NONE
};

#[tokio::test]
async fn a_client_survives_a_call_that_is_dropped_anywhere() {
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
    // A token that each call has to wait for.
    let token = serde_json::json!({"access_token": "token", "token_type": "bearer", "expires_in": 1});
    api.on("POST /token").always(Reply::json(200, &token).after(second));

    let mut ended = None;
    for polls in 1.. {
        // A call that waits for everything there is: a token, a lost connection, a busy server, a slow answer.
        api.on("GET /ill")
            .reply(Reply::fails(TransportErrorKind::Lost).after(second))
            .reply(Reply::new(503).header("retry-after", "3").after(second))
            .reply(Reply::new(200).chunks(["i", "l", "l"]).after(second));
        let mut call = pin!(client.request(Method::GET, "/ill").send());
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..polls {
            if let std::task::Poll::Ready(outcome) = call.as_mut().poll(&mut context) {
                assert_eq!(outcome.expect("the third try succeeds"), "ill");
                ended = Some(polls);
                break;
            }
            clock.advance(second / 2);
        }
        call.set(client.request(Method::GET, "/nothing").send());

        let well = clock.run(client.request(Method::GET, "/well")).await;
        assert_eq!(well.expect("the client is as before"), "well", "after {polls} polls");
        if ended.is_some() {
            break;
        }
        drain(&api, &client, &clock).await;
    }
    assert!(ended.is_some_and(|polls| polls > 10), "the call had many points to be dropped at: {ended:?}");
}

/// Uses up what the dropped call left of its script.
async fn drain(api: &MockTransport, client: &Client, clock: &ManualClock) {
    let once = || client.request(Method::GET, "/ill").send().retry(rt::RetryPolicy::none());
    while let Err(error) = clock.run(once()).await {
        if error.to_string().contains("no answer for") {
            return;
        }
    }
    assert!(!api.requests().is_empty());
}
