//! Revoked tokens.

use sdk_runtime as rt;
use sdk_runtime::testing::Reply;

use super::support::{Diary, REVOKE, TOKEN, World, client_credentials, field, things, token};

fn refreshing(diary: &Diary) -> rt::AuthorizationCode {
    rt::AuthorizationCode::new(super::support::endpoint(), "https://a.example.com").store(diary.clone())
}

#[tokio::test]
async fn after_a_revocation_the_next_call_fetches_a_new_token() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 3600)).reply(token("two", 3600));
    world.api.on(REVOKE).reply(Reply::new(200));
    let diary = Diary::default();
    let credential = client_credentials().store(diary.clone());
    let client = world.client(credential.clone());
    world.get(&client).await.expect("things");
    world.clock.run(credential.tokens().revoke(&client)).await.expect("revoked");
    let sent = &world.api.requests_of(REVOKE)[0];
    assert_eq!(field(sent, "token").as_deref(), Some("one"));
    assert_eq!(field(sent, "client_id").as_deref(), Some("app"));
    assert_eq!(field(sent, "client_secret").as_deref(), Some("s3cret-of-app"));
    world.get(&client).await.expect("things");
    assert_eq!(world.bearers(), ["Bearer one", "Bearer two"]);
    assert_eq!(diary.read(), ["stored one", "cleared", "stored two"]);
}

#[tokio::test]
async fn after_a_revocation_a_person_has_to_authorize_again() {
    let world = World::with_things();
    world.api.on(REVOKE).reply(Reply::new(200));
    let diary = Diary::with(rt::AccessToken::new("one").refresh_with("r1"));
    let credential = refreshing(&diary);
    let client = world.client(credential.clone());
    // The token comes from the store, without having been used before.
    world.clock.run(credential.tokens().revoke(&client)).await.expect("revoked");
    assert_eq!(field(&world.api.requests_of(REVOKE)[0], "token").as_deref(), Some("r1"));
    let error = world.get(&client).await.expect_err("nobody has authorized");
    assert!(error.to_string().contains("has not been authorized"), "{error}");
    // Now there is nothing to revoke.
    world.clock.run(credential.tokens().revoke(&client)).await.expect("nothing to do");
    assert_eq!(world.api.requests_of(REVOKE).len(), 1);
}

#[tokio::test]
async fn a_token_that_could_not_be_revoked_is_kept() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 3600));
    world.api.on(REVOKE).reply(Reply::new(400));
    let credential = client_credentials();
    let client = world.client(credential.clone());
    world.get(&client).await.expect("things");
    let error = world.clock.run(credential.tokens().revoke(&client)).await.expect_err("a refusal");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
    world.get(&client).await.expect("things");
    world.clock.run(credential.tokens().forget(&client)).await.expect("forgotten");
    world.api.on(TOKEN).reply(token("two", 3600));
    world.get(&client).await.expect("things");
    assert_eq!(world.bearers(), ["Bearer one", "Bearer one", "Bearer two"]);
}

#[tokio::test]
async fn a_revocation_waits_for_a_running_renewal() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 3600).after(std::time::Duration::from_secs(5)));
    world.api.on(REVOKE).reply(Reply::new(200));
    let diary = Diary::default();
    let credential = client_credentials().store(diary.clone());
    let client = world.client(credential.clone());
    let error = world.clock.run(things(&client).timeout(std::time::Duration::from_secs(1))).await;
    assert!(error.is_err());
    world.clock.run(credential.tokens().revoke(&client)).await.expect("revoked");
    assert_eq!(field(&world.api.requests_of(REVOKE)[0], "token").as_deref(), Some("one"));
    assert_eq!(diary.read(), ["stored one", "cleared"]);
}
