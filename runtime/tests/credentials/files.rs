//! Tokens stored in files.

use std::fs;

use sdk_runtime as rt;
use sdk_runtime::TokenStore;

use super::folder::Folder;
use super::support::{TOKEN, World, client_credentials, endpoint, token};

fn sample(name: &str) -> rt::AccessToken {
    let at = std::time::UNIX_EPOCH + std::time::Duration::from_millis(1_700_000_000_500);
    rt::AccessToken::new(name).refresh_with("r\"1\n").expires(at)
}

#[tokio::test]
async fn a_stored_token_is_read_back_unchanged() {
    let folder = Folder::new("back");
    let store = rt::FileTokenStore::new(folder.path("token.json"));
    assert_eq!(store.load().await.expect("an empty store"), None);
    fs::write(store.path(), "").expect("an empty file");
    assert_eq!(store.load().await.expect("an empty store"), None);
    store.store(&sample("one")).await.expect("stored");
    store.store(&sample("two")).await.expect("stored");
    assert_eq!(rt::FileTokenStore::new(store.path()).load().await.expect("a store"), Some(sample("two")));
    assert_eq!(folder.names(), ["token.json"]);
    store.clear().await.expect("cleared");
    store.clear().await.expect("cleared before");
    assert_eq!(store.load().await.expect("an empty store"), None);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("mode");
    let path = folder.path("token.json");
    fs::write(&path, "left open").expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("the mode can be set");
    rt::FileTokenStore::new(&path).store(&sample("one")).await.expect("stored");
    assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
}

/// A crash before the rename leaves the old token, and a temporary file that is never read.
#[tokio::test]
async fn a_crash_between_write_and_rename_loses_nothing() {
    let folder = Folder::new("crash");
    let store = rt::FileTokenStore::new(folder.path("token.json"));
    store.store(&sample("one")).await.expect("stored");
    let left = format!("token.json.{}-0.tmp", std::process::id());
    fs::write(folder.path(&left), "{\"access_token\":\"tw").expect("a file");
    assert_eq!(store.load().await.expect("a store"), Some(sample("one")));
    store.store(&sample("three")).await.expect("stored");
    assert_eq!(store.load().await.expect("a store"), Some(sample("three")));
    assert_eq!(folder.names(), ["token.json".to_owned(), left]);
}

#[tokio::test]
async fn concurrent_writes_leave_one_complete_token() {
    let folder = Folder::new("threads");
    let store = rt::FileTokenStore::new(folder.path("token.json"));
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let store = &store;
            scope.spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
                for round in 0..20 {
                    let token = sample(&format!("{thread}-{round}"));
                    runtime.block_on(store.store(&token)).expect("stored");
                    runtime.block_on(store.load()).expect("a whole token").expect("a token");
                }
            });
        }
    });
    assert_eq!(folder.names(), ["token.json"]);
}

#[tokio::test]
async fn an_invalid_file_is_named_in_the_error() {
    let folder = Folder::new("nonsense");
    let path = folder.path("token.json");
    fs::write(&path, "hidden nonsense").expect("a file");
    let error = rt::FileTokenStore::new(&path).load().await.expect_err("no token");
    assert!(
        error.to_string().contains("token.json") && error.to_string().contains("does not contain a token"),
        "{error}"
    );
    assert!(!format!("{error:?}").contains("hidden"));
    let nowhere = rt::FileTokenStore::new(folder.path("missing/token.json"));
    let error = nowhere.store(&sample("one")).await.expect_err("no folder");
    assert!(error.to_string().contains("could not be written"), "{error}");
}

#[tokio::test]
async fn the_next_process_uses_the_stored_token() {
    let folder = Folder::new("process");
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 3600)).reply(token("two", 3600));
    for _ in 0..2 {
        let store = rt::FileTokenStore::new(folder.path("token.json"));
        let client = world.client(client_credentials().store(store));
        world.get(&client).await.expect("things");
    }
    assert_eq!(world.token_calls().len(), 1);
    assert_eq!(world.bearers(), ["Bearer one"; 2]);
}

#[tokio::test]
async fn a_damaged_file_stops_only_credentials_that_need_it() {
    let folder = Folder::new("damaged");
    fs::write(folder.path("token.json"), "half a tok").expect("a file");
    let store = || rt::FileTokenStore::new(folder.path("token.json"));
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 3600));
    world.get(&world.client(client_credentials().store(store()))).await.expect("a new token is fetched");
    assert_eq!(world.bearers(), ["Bearer one"]);

    // This credential needs the refresh token that the file held.
    fs::write(folder.path("token.json"), "half a tok").expect("a file");
    let code = rt::AuthorizationCode::new(endpoint(), "https://example.com/authorize").store(store());
    let error = world.get(&world.client(code)).await.expect_err("nobody has authorized");
    assert!(error.to_string().contains("does not contain a token"), "{error}");
}

#[tokio::test]
async fn each_subject_has_its_own_file() {
    let folder = Folder::new("subjects");
    let store = rt::FileTokenStore::new(folder.path("token.json"));
    store.for_subject("user-1").store(&sample("one")).await.expect("stored");
    store.for_subject("../User/1").store(&sample("two")).await.expect("stored");
    assert_eq!(folder.names(), ["token._2e_2e_2f_55ser_2f1.json", "token.user-1.json"]);
    assert_eq!(store.for_subject("user-1").load().await.expect("a store"), Some(sample("one")));
}
