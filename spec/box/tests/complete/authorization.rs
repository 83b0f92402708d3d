//! Token calls as operations of the document: form bodies, their own server, no credential.

use box_sdk::types::{
    RefreshAccessTokenGrantType, RequestAccessTokenGrantType, RequestAccessTokenSubjectTokenType,
};
use serde_json::json;

use super::set_up::Script;

fn script(operation: &str) -> Script {
    Script::with(operation, &json!({ "access_token": "fresh", "expires_in": 3600, "token_type": "bearer" }))
}

#[tokio::test]
async fn a_token_is_requested_with_a_form() {
    let script = script("post_oauth2_token");
    let call = script
        .client
        .authorization()
        .request_access_token(RequestAccessTokenGrantType::UrnIetfParamsOauthGrantTypeTokenExchange)
        .subject_token("old & worn=1")
        .subject_token_type(RequestAccessTokenSubjectTokenType::from(
            "urn:ietf:params:oauth:token-type:access_token",
        ))
        .scope("item_upload item_preview")
        .resource("https://api.box.com/2.0/files/7");
    let token = script.run(call).await.expect("a token");
    assert_eq!((token.access_token.as_deref(), token.expires_in), (Some("fresh"), Some(3600)));

    let request = script.last();
    assert_eq!((request.method().as_str(), request.url()), ("POST", "https://api.box.com/oauth2/token"));
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.header("authorization"), None);
    let form = request.form();
    let field = |name: &str| form.iter().find(|(set, _)| set == name).map(|(_, value)| value.as_str());
    assert_eq!(field("grant_type"), Some("urn:ietf:params:oauth:grant-type:token-exchange"));
    assert_eq!(field("subject_token"), Some("old & worn=1"));
    assert_eq!(field("scope"), Some("item_upload item_preview"));
    assert_eq!(field("resource"), Some("https://api.box.com/2.0/files/7"));
    // `Debug` hides the token.
    assert!(!format!("{token:?}").contains("fresh"), "{token:?}");
}

#[tokio::test]
async fn the_fragment_that_tells_variants_apart_is_not_sent() {
    let script = script("post_oauth2_token#refresh");
    let call = script.client.authorization().refresh_access_token(
        RefreshAccessTokenGrantType::RefreshToken,
        "id",
        "s3cret",
        "r3fresh",
    );
    script.run(call).await.expect("a token");
    let request = script.last();
    assert_eq!(request.url(), "https://api.box.com/oauth2/token");
    let form: Vec<String> =
        request.form().into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    let expected =
        ["grant_type=refresh_token", "client_id=id", "client_secret=s3cret", "refresh_token=r3fresh"];
    assert_eq!(form, expected);
}

#[tokio::test]
async fn a_token_can_be_revoked() {
    let script = script("post_oauth2_revoke");
    let call = script.client.authorization().revoke_access_token().client_id("id").token("t0ken");
    script.run(call).await.expect("it is revoked");
    let request = script.last();
    assert_eq!(request.url(), "https://api.box.com/oauth2/revoke");
    assert_eq!(
        (&request.body()[..], request.header("authorization")),
        (&b"client_id=id&token=t0ken"[..], None)
    );
}

#[tokio::test]
async fn users_authorize_on_their_own_server() {
    let script = Script::new();
    script.api.on("get_authorize").always(box_sdk::testing::Reply::new(200).text("<html></html>"));
    let call = script
        .client
        .authorization()
        .authorize_user("id")
        .state("a b")
        .redirect_uri("https://me.example.com/cb");
    let page = script.run(call).await.expect("a page");
    assert_eq!(page, "<html></html>");
    let request = script.last();
    assert!(request.url().starts_with("https://account.box.com/api/oauth2/authorize?"), "{}", request.url());
    assert_eq!(request.query("response_type").as_deref(), Some("code"));
    assert_eq!(request.query("redirect_uri").as_deref(), Some("https://me.example.com/cb"));
    assert_eq!((request.query("state").as_deref(), request.header("authorization")), (Some("a b"), None));
}

/// The error body of an OAuth 2.0 endpoint has its own shape.
#[tokio::test]
async fn a_refused_token_request_says_why() {
    let script = Script::new();
    let refusal = json!({ "error": "invalid_grant", "error_description": "the code has expired" });
    script.api.on("post_oauth2_token").always(box_sdk::testing::Reply::json(400, &refusal));
    let call =
        script.client.authorization().request_access_token(RequestAccessTokenGrantType::AuthorizationCode);
    let error = script.run(call.code("c0de")).await.expect_err("it is refused");
    let body: box_sdk::types::OAuth2Error = error.body_as().expect("a refusal");
    assert_eq!(body.error.as_deref(), Some("invalid_grant"));
    assert_eq!(body.error_description.as_deref(), Some("the code has expired"));
}
