//! Token calls: their retry policy, their redirects, and the interceptors that hear of them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sdk_runtime as rt;
use sdk_runtime::testing::Reply;
use serde_json::json;

use super::recorder;
use super::support::{TOKEN, World, client_credentials, endpoint, field, token};

#[tokio::test]
async fn token_calls_follow_the_retry_policy_of_the_client_or_of_the_endpoint() {
    for (of_client, of_endpoint, calls) in [(2, None, 2), (1, None, 1), (1, Some(3), 3), (4, Some(1), 1)] {
        let world = World::with_things();
        world.api.on(TOKEN).always(Reply::new(503));
        let credential = rt::ClientCredentials::new(endpoint()).with_endpoint(|endpoint| match of_endpoint {
            Some(most) => endpoint.retry(rt::RetryPolicy::default().max_attempts(most)),
            None => endpoint,
        });
        let client = world
            .client(credential.clone())
            .with_options(|options| options.retry(rt::RetryPolicy::default().max_attempts(of_client)));
        world.get(&client).await.expect_err("no token");
        assert_eq!(world.token_calls().len(), calls);
        world.clock.run(credential.tokens().renew(&client)).await.expect_err("no token");
        assert_eq!(world.token_calls().len(), 2 * calls);
    }
}

#[tokio::test]
async fn a_redirect_that_keeps_the_body_is_followed() {
    for status in [307, 308] {
        let world = World::with_things();
        world.api.on(TOKEN).reply(Reply::new(status).header("location", "/new/token?a=b"));
        world.api.on("POST /new/token").reply(token("one", 3600));
        world.get(&world.client(client_credentials())).await.expect("things");
        let sent = world.api.requests_of("POST /new/token");
        assert_eq!(field(&sent[0], "client_secret").as_deref(), Some("s3cret-of-app"));
        assert_eq!(world.bearers(), ["Bearer one"]);
    }
}

#[tokio::test]
async fn a_redirect_of_a_token_call_to_another_origin_is_refused() {
    for location in [
        "https://evil.example.com/oauth2/token",
        "https://auth.example.com:8443/oauth2/token",
        "http://auth.example.com/oauth2/token",
    ] {
        let world = World::with_things();
        world.api.on(TOKEN).always(Reply::new(308).header("location", location));
        let error = world.get(&world.client(client_credentials())).await.expect_err("no token");
        assert_eq!(error.kind(), rt::ErrorKind::Redirect, "{error}");
        assert_eq!(world.token_calls().len(), 1);
    }
    let world = World::with_things();
    world.api.on(TOKEN).always(Reply::new(308).header("location", "/oauth2/token"));
    let error = world.get(&world.client(client_credentials())).await.expect_err("no token");
    assert!(error.to_string().contains("more than 5 redirects"), "{error}");
}

#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, line: String) {
        self.0.lock().expect("no test thread panicked").push(line);
    }
}

impl rt::Interceptor for Log {
    fn before_attempt(&self, attempt: &rt::AttemptStart<'_>) {
        let info = attempt.info();
        self.add(format!("{} {} {}", info.is_token_call(), info.attempt(), attempt.url()));
        self.add(format!("{attempt:?}"));
    }

    fn after_attempt(&self, attempt: &rt::AttemptEnd<'_>) {
        let (status, error) = (attempt.status().map(|status| status.as_u16()), attempt.error_body());
        self.add(format!("{status:?} {error:?} {:?} {:?}", attempt.elapsed(), attempt.retry_in()));
        self.add(format!("{attempt:?} {:?}", attempt.error().map(ToString::to_string)));
    }

    fn after_call(&self, call: &rt::CallEnd<'_>) {
        let (info, status) = (call.info(), call.status().map(|status| status.as_u16()));
        let (is_token_call, attempts, elapsed) = (info.is_token_call(), info.attempt(), call.elapsed());
        self.add(format!("end: {is_token_call} {attempts} {status:?} {elapsed:?}"));
        self.add(format!("{call:?} {:?}", call.error().map(ToString::to_string)));
    }
}

#[tokio::test]
async fn interceptors_hear_of_token_calls_without_their_secrets() {
    let world = World::with_things();
    let refusal = json!({ "error": "slow_down", "error_description": "wrong: s3cret-of-app" });
    let reply = Reply::json(429, &refusal).header("retry-after", "3").after(Duration::from_secs(1));
    world.api.on(TOKEN).reply(reply).reply(token("one", 3600));
    let log = Log::default();
    let client: rt::Client = rt::ClientBuilder::new(&rt::Api::NONE)
        .base_url("https://api.example.com/2.0")
        .transport(world.api.clone())
        .platform(world.clock.clone())
        .interceptor(log.clone())
        .auth(client_credentials())
        .build()
        .expect("a client");
    world.get(&client).await.expect("things");
    let lines = log.0.lock().expect("no test thread panicked").clone();
    let told: Vec<&str> = lines.iter().step_by(2).map(String::as_str).collect();
    assert_eq!(
        told,
        [
            "true 1 https://auth.example.com/oauth2/token",
            "Some(429) None 1s Some(3s)",
            "true 2 https://auth.example.com/oauth2/token",
            "Some(200) None 0ns None",
            "end: true 2 Some(200) 4s",
            "false 1 https://api.example.com/2.0/things",
            "Some(200) None 0ns None",
            "end: false 1 Some(200) 4s",
        ]
    );
    for line in lines {
        assert!(!line.contains("s3cret") && !line.contains("Bearer"), "{line}");
    }
}

#[tokio::test]
async fn interceptors_hear_how_a_token_call_ends_that_brings_no_token() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(Reply::json(200, &json!({ "error": "s3cret-of-app" })));
    let log = Log::default();
    let client: rt::Client = rt::ClientBuilder::new(&rt::Api::NONE)
        .base_url("https://api.example.com/2.0")
        .transport(world.api.clone())
        .platform(world.clock.clone())
        .interceptor(log.clone())
        .auth(client_credentials())
        .build()
        .expect("a client");
    world.get(&client).await.expect_err("no token");
    let lines = log.0.lock().expect("no test thread panicked").clone();
    assert!(lines.contains(&"end: true 1 Some(200) 0ns".to_owned()), "{lines:?}");
    let told = lines.iter().find(|line| line.starts_with("CallEnd") && line.contains("without a token"));
    assert!(told.is_some_and(|line| !line.contains("s3cret")), "{lines:?}");
}

#[tokio::test]
async fn a_token_call_is_a_span_in_that_of_the_call_that_needs_it() {
    recorder::start();
    let world = World::with_things();
    world.api.on(TOKEN).reply(Reply::new(503).header("retry-after", "3")).reply(token("t0ken", 3600));
    world.get(&world.client(client_credentials())).await.expect("things");
    let spans = recorder::spans();
    let names: Vec<_> = spans.iter().map(|span| span.get("otel.name").unwrap_or_default()).collect();
    assert_eq!(names, ["GET /things", "POST /oauth2/token"]);
    assert_eq!(spans[1].get("parent"), Some("GET /things"));
    assert_eq!(spans[1].get("url.full"), Some("https://auth.example.com/oauth2/token"));
    assert_eq!((spans[0].events.len(), spans[1].events.len()), (1, 2));
    assert!(
        !recorder::text().contains("s3cret") && !recorder::text().contains("t0ken"),
        "{}",
        recorder::text()
    );
}
