//! Token requests and the lifetime of tokens.

use std::time::Duration;

use sdk_runtime as rt;
use sdk_runtime::testing::Reply;
use serde_json::json;

use super::support::{REVOKE, TOKEN, World, client_credentials, endpoint, field, things, token};

fn form(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn client_credentials_are_sent_as_a_form() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 3600));
    let credential =
        client_credentials().parameter("box_subject_type", "user").parameter("box_subject_id", "42");
    let client = world.client(credential.scopes(["a", "b c"]));
    world.get(&client).await.expect("things");
    let sent = &world.token_calls()[0];
    assert_eq!(
        sent.form(),
        form(&[
            ("grant_type", "client_credentials"),
            ("scope", "a b c"),
            ("box_subject_type", "user"),
            ("box_subject_id", "42"),
            ("client_id", "app"),
            ("client_secret", "s3cret-of-app"),
        ])
    );
    assert_eq!(sent.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(sent.header("accept"), Some("application/json"));
    assert_eq!(sent.header("authorization"), None);
    assert_eq!(world.bearers(), ["Bearer one"]);
}

#[tokio::test]
async fn one_origin_for_all_servers_covers_the_token_endpoint_of_the_api() {
    let at_api = || {
        rt::TokenEndpoint::of_api("https://auth.example.com/oauth2/token")
            .revoke_url_of_api("https://auth.example.com/oauth2/revoke")
            .client_id("app")
    };
    let elsewhere = "https://own.example.com/oauth2/token";
    let own = rt::TokenEndpoint::new(elsewhere).client_id("app");
    for (endpoint, place) in [
        (at_api(), "http://127.0.0.1:8080/oauth2/token"),
        (at_api().at(elsewhere), elsewhere),
        (own, elsewhere),
    ] {
        let world = World::with_things();
        world.api.on(TOKEN).reply(token("one", 3600));
        world.api.on(REVOKE).reply(Reply::new(200));
        let credential = rt::ClientCredentials::new(endpoint);
        let client = world.client_at("http://127.0.0.1:8080/", credential.clone());
        world.get(&client).await.expect("things");
        assert_eq!(world.token_calls()[0].url(), place);
        if place.starts_with("http:") {
            world.clock.run(credential.tokens().revoke(&client)).await.expect("a revoked token");
            assert_eq!(world.api.requests_of(REVOKE)[0].url(), "http://127.0.0.1:8080/oauth2/revoke");
        }
    }
}

#[tokio::test]
async fn client_credentials_can_go_into_the_basic_header() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 3600));
    let endpoint = endpoint()
        .client_secret("a:b+c&d e")
        .authentication(rt::ClientAuthentication::Basic)
        .parameter("audience", "https://api");
    let client = world.client(rt::ClientCredentials::new(endpoint));
    world.get(&client).await.expect("things");
    let sent = &world.token_calls()[0];
    assert_eq!(sent.form(), form(&[("grant_type", "client_credentials"), ("audience", "https://api")]));
    // `app:a%3Ab%2Bc%26d+e`
    assert_eq!(sent.header("authorization"), Some("Basic YXBwOmElM0FiJTJCYyUyNmQrZQ=="));
}

#[tokio::test]
async fn a_token_is_fetched_on_the_first_call_and_kept() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 3600));
    let client = world.client(client_credentials());
    assert!(world.token_calls().is_empty());
    for _ in 0..3 {
        world.get(&client).await.expect("things");
    }
    assert_eq!(world.token_calls().len(), 1);
    assert_eq!(world.bearers(), ["Bearer one"; 3]);
}

#[tokio::test]
async fn clones_of_a_credential_share_its_token() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 3600));
    let credential = client_credentials();
    let (client, other) = (world.client(credential.clone()), world.client(credential.clone()));
    world.get(&client).await.expect("things");
    world.get(&other).await.expect("things");
    let token = world.clock.run(credential.tokens().access_token(&client)).await.expect("a token");
    assert_eq!(token.secret().expose(), "one");
    assert_eq!(world.token_calls().len(), 1);
}

#[tokio::test]
async fn a_token_without_expiry_serves_until_it_is_refused() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(Reply::json(200, &json!({ "access_token": "one" })));
    let client = world.client(client_credentials());
    world.get(&client).await.expect("things");
    world.clock.advance(Duration::from_secs(1_000_000));
    world.get(&client).await.expect("things");
    assert_eq!(world.token_calls().len(), 1);
}

#[tokio::test]
async fn an_exchange_fetches_a_token_first() {
    let world = World::new();
    world.api.on(TOKEN).reply(token("one", 3600)).reply(Reply::json(
        200,
        &json!({
            "access_token": "less",
            "expires_in": "1200",
            "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
            "scope": "base_preview item_upload",
        }),
    ));
    let credential = client_credentials();
    let client = world.client(credential.clone());
    let exchange = rt::TokenExchange::new()
        .scopes(["base_preview", "item_upload"])
        .resource("https://api.box.com/2.0/files/1")
        .parameter("box_shared_link", "https://app.box.com/s/1");
    let less = world.clock.run(credential.tokens().exchange(&client, &exchange)).await.expect("a token");
    assert_eq!(less.secret().expose(), "less");
    assert_eq!(less.scopes().collect::<Vec<_>>(), ["base_preview", "item_upload"]);
    assert!(less.member("issued_token_type").is_some());
    let left = less.expires_at().expect("it expires").duration_since(rt::Platform::now(&world.clock));
    assert_eq!(left.expect("it is in the future"), Duration::from_secs(1200));
    let sent = &world.token_calls()[1];
    let expected = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", "one"),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ("scope", "base_preview item_upload"),
        ("resource", "https://api.box.com/2.0/files/1"),
        ("box_shared_link", "https://app.box.com/s/1"),
        ("client_id", "app"),
        ("client_secret", "s3cret-of-app"),
    ];
    assert_eq!(sent.form(), form(&expected));
    // The exchanged token is not kept.
    let token = world.clock.run(credential.tokens().access_token(&client)).await.expect("a token");
    assert_eq!(token.secret().expose(), "one");
}

#[tokio::test]
async fn a_given_token_can_be_exchanged() {
    let world = World::new();
    world.api.on(TOKEN).reply(token("less", 60));
    let client = world.client(rt::BearerToken::new("mine"));
    let anonymous = rt::TokenEndpoint::new("https://auth.example.com/oauth2/token");
    let exchange = rt::TokenExchange::new().scopes(["base_preview"]);
    let mine = rt::Secret::new("mine");
    world.clock.run(exchange.of(&mine, &anonymous, &client)).await.expect("a token");
    let sent = &world.token_calls()[0];
    assert_eq!(field(sent, "subject_token").as_deref(), Some("mine"));
    assert_eq!(field(sent, "client_id"), None);
}

#[tokio::test]
async fn a_token_call_carries_no_client_header() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 3600));
    world.api.on(REVOKE).reply(Reply::new(200));
    let credential = client_credentials();
    let client =
        world.client(credential.clone()).with_options(|options| options.header("box-notifications", "off"));
    world.get(&client).await.expect("things");
    world.clock.run(credential.tokens().revoke(&client)).await.expect("revoked");
    assert_eq!(world.api.requests_of(super::support::THINGS)[0].header("as-user"), Some("4711"));
    for sent in world.api.requests().iter().filter(|sent| sent.path().starts_with("/oauth2")) {
        let names: Vec<_> = sent.headers().keys().map(|name| name.as_str().to_owned()).collect();
        assert_eq!(names, ["accept", "content-type", "user-agent"]);
        assert_eq!((sent.operation(), sent.attempt()), (None, 0));
    }
}

#[tokio::test]
async fn another_subject_keeps_scopes_and_endpoint() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 3600)).reply(token("two", 3600)).reply(token("three", 3600));
    let diary = super::support::Diary::default();
    let credential = client_credentials().scopes(["a"]).parameter("subject", "first").store(diary.clone());
    let other = credential.for_subject("user-2", [("subject", "second")]);
    let client = world.client(credential);
    let derived = client.with_credential(other);
    world.get(&client).await.expect("things");
    world.get(&derived).await.expect("things");
    world.get(&client).await.expect("things");
    assert_eq!(world.bearers(), ["Bearer one", "Bearer two", "Bearer one"]);
    let calls = world.token_calls();
    assert_eq!(field(&calls[1], "subject").as_deref(), Some("second"));
    assert_eq!(field(&calls[1], "scope").as_deref(), Some("a"));
    assert_eq!(diary.read(), ["for user-2", "stored one", "stored two"]);
}

#[tokio::test]
async fn debug_shows_no_token_and_no_secret() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(super::support::tokens("hidden-token", "hidden-refresh", 3600));
    let credential = rt::ClientCredentials::new(endpoint().client_secret("hidden-secret"))
        .parameter("password", "hidden-password");
    let client = world.client(credential.clone());
    let call = things(&client);
    let token = world.clock.run(credential.tokens().access_token(&client)).await.expect("a token");
    let store = rt::MemoryTokenStore::with(token.clone());
    let shown = format!("{credential:?} {client:?} {call:?} {token:?} {store:?} {:?}", token.to_json());
    assert!(!shown.contains("hidden"), "{shown}");
}
