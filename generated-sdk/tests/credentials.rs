//! Box's credentials, against a scripted token endpoint.
#![cfg(all(feature = "jwt", feature = "fs"))]

use std::time::Duration;

use box_sdk::testing::{ManualClock, MockTransport, Reply, SentRequest};
use box_sdk::{
    AccessToken, BoxClient, CcgAuth, Credential, DeveloperToken, Downscope, ErrorKind, FileTokenStore,
    JwtAlgorithm, JwtAuth, MemoryTokenStore, OAuth, SigningKey, TokenStore,
};
use serde_json::{Value, json};

const TOKEN: &str = "POST /oauth2/token";
const REVOKE: &str = "POST /oauth2/revoke";
const KEY: &str = include_str!("../../runtime/tests/credentials/keys/aes256.pem");
const PASSPHRASE: &str = "test-passphrase";

fn set_up(credential: impl Credential) -> (BoxClient, MockTransport, ManualClock) {
    let clock = ManualClock::new();
    let api = MockTransport::with_clock(&clock);
    api.on("get_users_id_memberships").always(Reply::json(200, &json!({ "entries": [] })));
    let builder = BoxClient::builder().auth(credential).transport(api.clone()).platform(clock.clone());
    (builder.build().expect("the settings are valid"), api, clock)
}

async fn call(client: &BoxClient, clock: &ManualClock) -> Result<(), box_sdk::Error> {
    clock.run(client.memberships().get_user_memberships("1")).await.map(drop)
}

fn token(name: &str) -> Reply {
    Reply::json(200, &json!({ "access_token": name, "expires_in": 4000, "token_type": "bearer" }))
}

fn form(sent: &SentRequest) -> Vec<(String, String)> {
    sent.form()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn bearer(sent: &SentRequest) -> &str {
    sent.header("authorization").unwrap_or_default()
}

fn config() -> Value {
    json!({
        "boxAppSettings": {
            "clientID": "app",
            "clientSecret": "hidden-secret",
            "appAuth": { "publicKeyID": "k1", "privateKey": KEY, "passphrase": PASSPHRASE },
        },
        "enterpriseID": "900",
    })
}

/// Returns header and claims of an assertion. The tests of the runtime check the signature.
fn assertion(sent: &SentRequest) -> (Value, Value) {
    let text = form(sent).into_iter().find(|(name, _)| name == "assertion").expect("an assertion").1;
    let mut parts = text.split('.').map(|part| part.parse::<box_sdk::Base64>().expect("Base64"));
    let mut json = || serde_json::from_slice(&parts.next().expect("a part")).expect("JSON");
    (json(), json())
}

#[tokio::test]
async fn client_credentials_name_the_subject() {
    let auth = CcgAuth::enterprise("app", "hidden-secret", "900");
    let (client, api, clock) = set_up(auth.clone());
    api.on(TOKEN).reply(token("e")).reply(token("u")).reply(token("e2"));
    call(&client, &clock).await.expect("a response");
    call(&client.with_credential(auth.as_user_subject("7")), &clock).await.expect("a response");
    call(&client.with_credential(auth.as_user_subject("7").as_enterprise("900")), &clock)
        .await
        .expect("a response");
    call(&client, &clock).await.expect("a response");
    let calls = api.requests_of(TOKEN);
    let expected = |kind, id| {
        pairs(&[
            ("grant_type", "client_credentials"),
            ("box_subject_type", kind),
            ("box_subject_id", id),
            ("client_id", "app"),
            ("client_secret", "hidden-secret"),
        ])
    };
    assert_eq!(calls[0].url(), "https://api.box.com/oauth2/token");
    assert_eq!(
        calls.iter().map(form).collect::<Vec<_>>(),
        [expected("enterprise", "900"), expected("user", "7"), expected("enterprise", "900"),]
    );
    let sent = api.requests_of("get_users_id_memberships");
    assert_eq!(
        sent.iter().map(bearer).collect::<Vec<_>>(),
        ["Bearer e", "Bearer u", "Bearer e2", "Bearer e"]
    );
    assert!(!format!("{auth:?} {client:?}").contains("hidden"));
}

#[tokio::test]
async fn a_config_file_makes_a_credential() {
    let path = std::env::temp_dir().join(format!("box-sdk-{}.json", std::process::id()));
    std::fs::write(&path, config().to_string()).expect("a file");
    let auth = JwtAuth::from_file(&path).expect("a credential");
    std::fs::remove_file(&path).expect("the file is there");
    let (client, api, clock) = set_up(auth);
    api.on(TOKEN).reply(token("e"));
    call(&client, &clock).await.expect("a response");
    let sent = &api.requests_of(TOKEN)[0];
    let names: Vec<_> = form(sent).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["grant_type", "assertion", "client_id", "client_secret"]);
    let (header, claims) = assertion(sent);
    assert_eq!(header, json!({ "alg": "RS256", "typ": "JWT", "kid": "k1" }));
    assert_eq!((&claims["iss"], &claims["sub"]), (&json!("app"), &json!("900")));
    assert_eq!(claims["box_sub_type"], "enterprise");
    assert_eq!(claims["aud"], "https://api.box.com/oauth2/token");
    let ends = claims["exp"].as_u64().expect("a number");
    assert!(ends > 1_704_067_200 && ends <= 1_704_067_260, "{ends}");
}

#[tokio::test]
async fn the_audience_is_the_configured_token_url() {
    let auth = JwtAuth::from_json(config().to_string()).expect("a credential");
    let (client, api, clock) = set_up(auth.token_url("https://eu.example.com/oauth2/token"));
    api.on(TOKEN).reply(token("e"));
    call(&client, &clock).await.expect("a response");
    let sent = &api.requests_of(TOKEN)[0];
    assert_eq!(sent.url(), "https://eu.example.com/oauth2/token");
    assert_eq!(assertion(sent).1["aud"], "https://eu.example.com/oauth2/token");
}

#[test]
fn missing_config_keys_are_named_without_secrets() {
    for pointer in ["/boxAppSettings/clientID", "/boxAppSettings/appAuth/privateKey", "/enterpriseID"] {
        let mut config = config();
        *config.pointer_mut(pointer).expect("a member") = Value::Null;
        let error = JwtAuth::from_json(config.to_string()).expect_err("a member is missing");
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains(pointer), "{error}");
        assert!(!format!("{error:?}").contains("hidden"));
    }
    let error = JwtAuth::from_json("{\n hidden").expect_err("invalid JSON");
    assert!(error.to_string().contains("line 2") && !format!("{error:?}").contains("hidden"), "{error:?}");
    let mut config = config();
    config["boxAppSettings"]["appAuth"]["passphrase"] = json!("wrong");
    let error = JwtAuth::from_json(config.to_string()).expect_err("a wrong passphrase");
    assert!(error.to_string().contains("passphrase may be wrong"), "{error}");
    let error = JwtAuth::from_file("/nowhere/config.json").expect_err("no file");
    assert!(error.to_string().contains("/nowhere/config.json"), "{error}");
}

#[tokio::test]
async fn any_token_can_be_downscoped() {
    let auth = CcgAuth::user("app", "hidden-secret", "7");
    let (client, api, clock) = set_up(auth.clone());
    api.on(TOKEN).reply(token("whole")).reply(token("less")).reply(token("less of mine"));
    let wanted = Downscope::new(["base_preview", "item_upload"])
        .resource("https://api.box.com/2.0/folders/1")
        .shared_link("https://app.box.com/s/1");
    let less = clock.run(auth.downscope(&client, &wanted)).await.expect("a token");
    assert_eq!(less.secret().expose(), "less");
    let expected = |subject| {
        pairs(&[
            ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            ("subject_token", subject),
            ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
            ("scope", "base_preview item_upload"),
            ("resource", "https://api.box.com/2.0/folders/1"),
            ("box_shared_link", "https://app.box.com/s/1"),
        ])
    };
    assert_eq!(form(&api.requests_of(TOKEN)[1]), expected("whole"));
    let developer = DeveloperToken::new("mine");
    clock.run(developer.downscope(&client, &wanted)).await.expect("a token");
    assert_eq!(form(&api.requests_of(TOKEN)[2]), expected("mine"));
}

#[tokio::test]
async fn revoking_clears_the_store() {
    let store = MemoryTokenStore::with(AccessToken::new("one").refresh_with("r1"));
    let auth = OAuth::new("app", "hidden-secret").store(store.clone());
    let (client, api, clock) = set_up(auth.clone());
    api.on(REVOKE).reply(Reply::new(200));
    call(&client, &clock).await.expect("a response");
    clock.run(auth.revoke(&client)).await.expect("revoked");
    let sent = &api.requests_of(REVOKE)[0];
    assert_eq!(sent.url(), "https://api.box.com/oauth2/revoke");
    let expected = [("token", "r1"), ("client_id", "app"), ("client_secret", "hidden-secret")];
    assert_eq!(form(sent), pairs(&expected));
    assert_eq!(store.load().await.expect("a store"), None);
    let error = call(&client, &clock).await.expect_err("no token");
    assert_eq!(error.kind(), ErrorKind::Authentication);
}

#[tokio::test]
async fn the_authorize_url_is_on_the_configured_page() {
    let auth = OAuth::new("app", "hidden-secret");
    let url = auth.authorize_url().state("s").build().expect("a URL");
    assert_eq!(url, "https://account.box.com/api/oauth2/authorize?response_type=code&client_id=app&state=s");
    let auth =
        auth.authorize_page("https://eu.example.com/authorize").redirect_uri("https://app.example.com/");
    let url = auth.authorize_url().scopes(["root_readonly", "manage_groups"]).build().expect("a URL");
    let expected = "https://eu.example.com/authorize?response_type=code&client_id=app\
                    &redirect_uri=https%3A%2F%2Fapp.example.com%2F&scope=root_readonly+manage_groups";
    assert_eq!(url, expected);
}

#[tokio::test]
async fn codes_become_tokens_that_rotate() {
    let pair = |access: &str, refresh: &str| {
        let answer = json!({ "access_token": access, "refresh_token": refresh, "expires_in": 100 });
        Reply::json(200, &answer)
    };
    let auth = OAuth::new("app", "hidden-secret");
    let (client, api, clock) = set_up(auth.clone());
    api.on(TOKEN).reply(pair("one", "r1")).reply(pair("two", "r2")).reply(pair("three", "r3"));
    clock.run(auth.exchange_code(&client, "code")).await.expect("tokens");
    clock.advance(Duration::from_secs(101));
    call(&client, &clock).await.expect("a response");
    clock.run(auth.renew(&client)).await.expect("tokens");
    let sent: Vec<_> = api.requests_of(TOKEN).iter().map(|sent| form(sent)[1].clone()).collect();
    assert_eq!(sent, pairs(&[("code", "code"), ("refresh_token", "r1"), ("refresh_token", "r2")]));
}

#[tokio::test]
async fn an_expired_developer_token_is_a_clear_error() {
    let clock = ManualClock::new();
    let api = MockTransport::with_clock(&clock);
    api.on("get_users_id_memberships").always(Reply::json(401, &json!({ "message": "Unauthorized" })));
    let builder = BoxClient::builder().auth(DeveloperToken::new("mine"));
    let client = builder.transport(api.clone()).platform(clock.clone()).build().expect("a client");
    let error = call(&client, &clock).await.expect_err("the token has expired");
    assert!(error.is_unauthorized());
    assert_eq!((api.requests().len(), error.message()), (1, Some("Unauthorized")));
}

#[tokio::test]
async fn another_user_keeps_algorithm_key_and_store() {
    let folder = std::env::temp_dir().join(format!("box-sdk-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let key = SigningKey::from_encrypted_pem(KEY, PASSPHRASE).expect("a key");
    let auth = JwtAuth::enterprise("app", "hidden-secret", "900", key)
        .algorithm(JwtAlgorithm::Rs512)
        .key_id("k2")
        .token_url("https://eu.example.com/oauth2/token")
        .store(FileTokenStore::new(folder.join("token.json")));
    let (client, api, clock) = set_up(auth.as_user_subject("7"));
    api.on(TOKEN).reply(token("u"));
    call(&client, &clock).await.expect("a response");
    let sent = &api.requests_of(TOKEN)[0];
    assert_eq!(sent.url(), "https://eu.example.com/oauth2/token");
    let (header, claims) = assertion(sent);
    assert_eq!(header, json!({ "alg": "RS512", "typ": "JWT", "kid": "k2" }));
    assert_eq!((&claims["sub"], &claims["box_sub_type"]), (&json!("7"), &json!("user")));
    assert!(folder.join("token.user-7.json").exists());
    std::fs::remove_dir_all(&folder).expect("the folder is there");
    assert!(!format!("{auth:?}").contains("hidden"));
}
