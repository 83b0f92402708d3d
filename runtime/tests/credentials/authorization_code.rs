//! Authorization codes: the authorize URL, the exchange, the tokens.

use std::time::Duration;

use sdk_runtime as rt;
use sdk_runtime::testing::Reply;
use serde_json::json;

use super::support::{TOKEN, World, endpoint, field, token, tokens};

const PAGE: &str = "https://account.example.com/oauth2/authorize";

fn credential() -> rt::AuthorizationCode {
    rt::AuthorizationCode::new(endpoint(), PAGE)
}

#[test]
fn the_authorize_url_has_all_parameters() {
    let url = credential().redirect_uri("https://app.example.com/back?a=1").authorize_url();
    let url = url.state("s 1").scopes(["root_readwrite", "manage_users"]).parameter("prompt", "login");
    assert_eq!(
        url.build().expect("a URL"),
        "https://account.example.com/oauth2/authorize?response_type=code&client_id=app\
         &redirect_uri=https%3A%2F%2Fapp.example.com%2Fback%3Fa%3D1&state=s+1\
         &scope=root_readwrite+manage_users&prompt=login"
    );
    let other = rt::AuthorizationCode::new(endpoint(), "https://eu.example.com/go?tenant=7");
    let url =
        other.authorize_url().redirect_uri("https://a").redirect_uri("https://b").build().expect("a URL");
    assert_eq!(
        url,
        "https://eu.example.com/go?tenant=7&response_type=code&client_id=app&redirect_uri=https%3A%2F%2Fb"
    );
    let error = rt::AuthorizationCode::new(endpoint(), "nowhere").authorize_url().build();
    assert_eq!(error.expect_err("an invalid URL").kind(), rt::ErrorKind::Configuration);
}

#[tokio::test]
async fn a_code_becomes_tokens_that_are_used_and_rotated() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(tokens("one", "r1", 100)).reply(tokens("two", "r2", 100));
    let store = rt::MemoryTokenStore::new();
    let credential = credential().redirect_uri("https://app.example.com/back").store(store.clone());
    let client = world.client(credential.clone());
    let verifier = [("code_verifier", "v")];
    let token = world.clock.run(credential.exchange_code_with(&client, "c0de", verifier)).await;
    assert_eq!(token.expect("a token").secret().expose(), "one");
    let expected = [
        ("grant_type", "authorization_code"),
        ("code", "c0de"),
        ("redirect_uri", "https://app.example.com/back"),
        ("code_verifier", "v"),
        ("client_id", "app"),
        ("client_secret", "s3cret-of-app"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(world.token_calls()[0].form(), expected);
    world.get(&client).await.expect("things");
    world.clock.advance(Duration::from_secs(101));
    world.get(&client).await.expect("things");
    assert_eq!(field(&world.token_calls()[1], "refresh_token").as_deref(), Some("r1"));
    assert_eq!(world.bearers(), ["Bearer one", "Bearer two"]);
    let kept = rt::TokenStore::load(&store).await.expect("a store").expect("a token");
    assert_eq!(kept.refresh_token().map(rt::Secret::expose), Some("r2"));
}

#[tokio::test]
async fn calls_before_the_exchange_fail_with_a_hint() {
    let world = World::with_things();
    let error = world.get(&world.client(credential())).await.expect_err("nobody has authorized");
    assert!(error.to_string().contains("the application has not been authorized yet"), "{error}");
    assert_eq!(error.kind(), rt::ErrorKind::Authentication);
    assert!(world.api.requests().is_empty());
}

#[tokio::test]
async fn a_refused_code_keeps_the_current_token() {
    let world = World::with_things();
    world
        .api
        .on(TOKEN)
        .reply(token("one", 3600))
        .reply(Reply::json(400, &json!({ "error": "invalid_grant" })));
    let credential = credential();
    let client = world.client(credential.clone());
    world.clock.run(credential.exchange_code(&client, "c1")).await.expect("a token");
    let error = world.clock.run(credential.exchange_code(&client, "c2")).await.expect_err("a refused code");
    assert_eq!(error.code(), Some("invalid_grant"));
    world.get(&client).await.expect("things");
    assert_eq!(world.bearers(), ["Bearer one"]);
}

#[tokio::test]
async fn without_a_refresh_token_a_401_is_returned() {
    let world = World::new();
    world.api.on(super::support::THINGS).always(Reply::json(401, &json!({ "message": "gone" })));
    let store = rt::MemoryTokenStore::with(rt::AccessToken::new("one"));
    let error = world.get(&world.client(credential().store(store))).await.expect_err("a refusal");
    assert_eq!((error.kind(), error.message(), error.attempts()), (rt::ErrorKind::Api, Some("gone"), 1));
    assert!(world.token_calls().is_empty());
}
