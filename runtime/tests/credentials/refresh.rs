//! Renewals: when they happen, how often, and which calls wait for them.

use std::sync::Arc;
use std::time::Duration;

use sdk_runtime as rt;
use sdk_runtime::testing::{MockTransport, Reply};

use super::support::{Diary, THINGS, TOKEN, World, all, client_credentials, field, things, token, tokens};

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn refreshing(store: impl rt::TokenStore) -> rt::AuthorizationCode {
    rt::AuthorizationCode::new(super::support::endpoint(), "https://account.example.com/authorize")
        .store(store)
}

fn expired(refresh: &str) -> rt::AccessToken {
    rt::AccessToken::new("old").refresh_with(refresh).expires(std::time::UNIX_EPOCH)
}

#[tokio::test]
async fn a_refused_token_is_renewed_at_once_and_only_once() {
    let world = World::new();
    world.api.on(THINGS).reply(Reply::new(401)).reply(Reply::new(200)).always(Reply::new(401));
    world.api.on(TOKEN).reply(token("one", 3600)).reply(token("two", 3600)).reply(token("three", 3600));
    let client = world.client(client_credentials());
    world.get(&client).await.expect("things");
    assert_eq!(world.bearers(), ["Bearer one", "Bearer two"]);
    assert_eq!(world.clock.elapsed(), Duration::ZERO);
    let error = world.get(&client).await.expect_err("the new token is refused too");
    assert_eq!((error.status().map(|status| status.as_u16()), error.attempts()), (Some(401), 2));
    assert_eq!(world.token_calls().len(), 3);
}

#[tokio::test]
async fn a_late_refusal_of_an_old_token_keeps_the_new_one() {
    let world = World::new();
    // The first call gets its response long after the second one has renewed the token.
    world
        .api
        .on(THINGS)
        .reply(Reply::new(401).after(seconds(20)))
        .reply(Reply::new(401).after(seconds(1)))
        .always(Reply::new(200));
    world.api.on(TOKEN).reply(token("one", 3600)).reply(token("two", 3600));
    let client = world.client(client_credentials());
    let outcomes = world
        .clock
        .run(all(vec![things(&client), things(&client)].into_iter().map(IntoFuture::into_future).collect()))
        .await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(world.bearers(), ["Bearer one", "Bearer one", "Bearer two", "Bearer two"]);
    assert_eq!(world.token_calls().len(), 2);
}

#[tokio::test]
async fn a_token_is_renewed_ahead_of_expiry_in_the_background() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 1000)).reply(token("two", 1000).after(seconds(5)));
    let client = world.client(client_credentials());
    world.get(&client).await.expect("things");
    world.clock.advance(seconds(899));
    world.get(&client).await.expect("things");
    assert_eq!(world.token_calls().len(), 1);
    world.clock.advance(seconds(2));
    world.get(&client).await.expect("things");
    world.get(&client).await.expect("things");
    // No call waited for the new token, which was still being fetched.
    assert_eq!(world.clock.elapsed(), seconds(901));
    assert_eq!(world.bearers(), ["Bearer one"; 4]);
    world.pass(seconds(6)).await;
    world.get(&client).await.expect("things");
    assert_eq!(world.bearers()[4], "Bearer two");
    assert_eq!(world.token_calls().len(), 2);
}

#[tokio::test]
async fn a_rotated_refresh_token_is_stored_before_it_is_used() {
    let world = World::new();
    let diary = Diary::with(expired("r1"));
    let written = diary.clone();
    world.api.on(THINGS).answer(move |_| {
        assert_eq!(written.read(), ["stored new"]);
        Reply::new(200)
    });
    world.api.on(TOKEN).reply(tokens("new", "r2", 3600));
    let client = world.client(refreshing(diary.clone()));
    world.get(&client).await.expect("things");
    let sent = &world.token_calls()[0];
    assert_eq!(field(sent, "grant_type").as_deref(), Some("refresh_token"));
    assert_eq!(field(sent, "refresh_token").as_deref(), Some("r1"));
    let kept = rt::TokenStore::load(&diary.kept).await.expect("a store").expect("a token");
    assert_eq!(kept.refresh_token().map(rt::Secret::expose), Some("r2"));
}

#[tokio::test]
async fn an_unsaved_token_is_stored_before_anything_else() {
    let world = World::with_things();
    let diary = Diary::with(expired("r1"));
    diary.refuse(1);
    world.api.on(TOKEN).reply(tokens("new", "r2", 3600));
    let client = world.client(refreshing(diary.clone()));
    let error = world.get(&client).await.expect_err("the disk is full");
    assert!(error.to_string().contains("the disk is full"), "{error}");
    assert!(world.bearers().is_empty());
    // The old refresh token is used up, so it is not sent again.
    world.get(&client).await.expect("things");
    assert_eq!(world.bearers(), ["Bearer new"]);
    assert_eq!(world.token_calls().len(), 1);
    assert_eq!(diary.read(), ["failed", "stored new"]);
}

#[tokio::test]
async fn a_token_renewed_by_another_process_is_taken_over() {
    let world = World::with_things();
    let store = rt::MemoryTokenStore::with(rt::AccessToken::new("one").refresh_with("r1"));
    let client = world.client(refreshing(store.clone()));
    world.get(&client).await.expect("things");
    let theirs = rt::AccessToken::new("two").refresh_with("r2");
    rt::TokenStore::store(&store, &theirs).await.expect("a store");
    world.api.on(THINGS).reply(Reply::new(401)).always(Reply::new(200));
    world.get(&client).await.expect("things");
    assert!(world.token_calls().is_empty());
    assert_eq!(world.bearers().last().map(String::as_str), Some("Bearer two"));
}

#[tokio::test]
async fn a_refresh_token_is_kept_if_none_is_returned() {
    let world = World::with_things();
    let diary = Diary::with(expired("r1"));
    world.api.on(TOKEN).reply(token("two", 10)).reply(token("three", 10));
    let client = world.client(refreshing(diary));
    world.get(&client).await.expect("things");
    world.clock.advance(seconds(11));
    world.get(&client).await.expect("things");
    assert_eq!(field(&world.token_calls()[1], "refresh_token").as_deref(), Some("r1"));
}

#[tokio::test]
async fn a_hundred_calls_share_one_renewal() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 100)).reply(token("two", 100).after(seconds(3)));
    let client = world.client(client_credentials());
    world.get(&client).await.expect("things");
    world.clock.advance(seconds(200));
    let calls = (0..100).map(|_| things(&client).into_future()).collect();
    let outcomes = world.clock.run(all(calls)).await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(world.token_calls().len(), 2);
    assert_eq!(world.bearers()[1..], ["Bearer two"; 100]);
    assert_eq!(world.clock.elapsed(), seconds(203));
}

#[tokio::test]
async fn a_hundred_refusals_share_one_renewal() {
    let world = World::new();
    world.api.on(THINGS).answer(|sent| match sent.header("authorization") {
        Some("Bearer two") => Reply::new(200),
        _ => Reply::new(401).after(seconds(1)),
    });
    world.api.on(TOKEN).reply(token("one", 3600)).reply(token("two", 3600).after(seconds(1)));
    let client = world.client(client_credentials());
    let calls = (0..100).map(|_| things(&client).into_future()).collect();
    let outcomes = world.clock.run(all(calls)).await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(world.token_calls().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn threads_share_one_renewal() {
    for _ in 0..20 {
        let api = MockTransport::new();
        api.on(THINGS).always(Reply::new(200));
        api.on(TOKEN).reply(token("one", 3600));
        let world = World { api, clock: rt::testing::ManualClock::new() };
        let client = Arc::new(world.client_on(client_credentials(), rt::TokioPlatform));
        let mut calls = tokio::task::JoinSet::new();
        for _ in 0..100 {
            let client = Arc::clone(&client);
            calls.spawn(async move { things(&client).await });
        }
        assert!(calls.join_all().await.iter().all(Result::is_ok));
        assert_eq!(world.token_calls().len(), 1);
    }
}

#[tokio::test]
async fn a_renewal_outlives_the_call_that_started_it() {
    let world = World::with_things();
    let diary = Diary::with(expired("r1"));
    world.api.on(TOKEN).reply(tokens("new", "r2", 3600).after(seconds(10)));
    let client = world.client(refreshing(diary.clone()));
    let error = world.clock.run(things(&client).timeout(seconds(1))).await.expect_err("too late");
    assert!(error.is_timeout(), "{error}");
    assert!(diary.read().is_empty());
    world.pass(seconds(10)).await;
    assert_eq!(diary.read(), ["stored new"]);
    world.get(&client).await.expect("things");
    assert_eq!(world.token_calls().len(), 1);
}

#[tokio::test]
async fn other_calls_keep_waiting_when_one_is_dropped() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 3600).after(seconds(10)));
    let client = world.client(client_credentials());
    let calls =
        vec![things(&client).timeout(seconds(1)), things(&client), things(&client).timeout(seconds(5))];
    let outcomes = world.clock.run(all(calls.into_iter().map(IntoFuture::into_future).collect())).await;
    assert_eq!(outcomes.iter().map(Result::is_ok).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(world.token_calls().len(), 1);
}

#[tokio::test]
async fn a_failed_renewal_leaves_a_valid_token_in_use() {
    let world = World::with_things();
    world
        .api
        .on(TOKEN)
        .reply(token("one", 1000))
        .reply(Reply::json(400, &serde_json::json!({ "error": "invalid_client" })))
        .reply(token("two", 1000));
    let client = world.client(client_credentials());
    world.get(&client).await.expect("things");
    world.clock.advance(seconds(950));
    for _ in 0..2 {
        world.get(&client).await.expect("the old token is still valid");
        world.pass(seconds(1)).await;
    }
    // After a failed renewal not every call tries again.
    assert_eq!(world.token_calls().len(), 2);
    world.pass(seconds(15)).await;
    world.get(&client).await.expect("things");
    world.pass(seconds(1)).await;
    world.get(&client).await.expect("things");
    assert_eq!(world.token_calls().len(), 3);
    assert_eq!(world.bearers(), ["Bearer one", "Bearer one", "Bearer one", "Bearer one", "Bearer two"]);
}

#[tokio::test]
async fn a_refresh_token_goes_to_the_refresh_url() {
    let world = World::with_things();
    world.api.on("POST /oauth2/refresh").reply(token("new", 3600));
    let endpoint = super::support::endpoint().refresh_url("https://account.example.com/oauth2/refresh");
    let credential = rt::AuthorizationCode::new(endpoint, "https://account.example.com/authorize")
        .store(rt::MemoryTokenStore::with(expired("r")));
    let client = world.client(credential);
    world.get(&client).await.expect("things");
    assert_eq!(world.bearers(), ["Bearer new"]);
    assert!(world.token_calls().is_empty());
}
