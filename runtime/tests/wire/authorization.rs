//! Authorization: which credential a request gets, and where none may go.

mod signatures;

use sdk_runtime as rt;

use super::numbered_tokens::NumberedTokens;
use super::sdk::{self, client};
use super::server::{Server, answer};

/// A credential for a key in the query or in a cookie.
#[derive(Debug)]
struct Key(rt::SchemeKind);

impl rt::Credential for Key {
    fn serves(&self, scheme: &rt::Scheme) -> bool {
        scheme.kind == self.0
    }

    fn authorize<'a>(
        &'a self,
        context: &'a rt::AuthContext<'a>,
    ) -> rt::BoxFuture<'a, Result<rt::Authorization, rt::Error>> {
        let value = rt::Secret::new("s3c&ret");
        let authorization = match context.scheme().kind {
            rt::SchemeKind::Cookie(name) => rt::Authorization::cookie(name, value),
            rt::SchemeKind::Query(name) => rt::Authorization::query(name, value),
            _ => rt::Authorization::query("unexpected", value),
        };
        Box::pin(async move { Ok(authorization) })
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced() {
    let server = Server::start([answer("401 Unauthorized", ""), answer("200 OK", "{}")]).await;
    let builder = sdk::Builder::new(&sdk::API).auth(NumberedTokens::default()).base_url(&server.url);
    let client: sdk::Client = builder.build().expect("a client");
    let reply = client.things(&sdk::GET).send().with_response().await.expect("a response");
    assert_eq!(reply.attempts(), 2);
    let sent: Vec<_> =
        server.got().iter().map(|got| got.header("authorization").map(str::to_owned)).collect();
    assert_eq!(sent, [Some("Bearer token-0".to_owned()), Some("Bearer token-1".to_owned())]);
}

#[tokio::test]
async fn a_credential_that_stays_refused_is_an_error() {
    let server = Server::start([answer("401 Unauthorized", r#"{"message":"no"}"#)]).await;
    let builder = sdk::Builder::new(&sdk::API).auth(NumberedTokens::default()).base_url(&server.url);
    let client: sdk::Client = builder.build().expect("a client");
    let error = client.things(&sdk::GET).await.expect_err("a refusal");
    assert!(error.is_unauthorized());
    assert_eq!((error.attempts(), server.got().len()), (2, 2));
}

#[tokio::test]
async fn a_fixed_token_is_not_retried_after_a_401() {
    let server = Server::start([answer("401 Unauthorized", "")]).await;
    let error = client(&server).things(&sdk::GET).await.expect_err("a refusal");
    assert!(error.is_unauthorized());
    assert_eq!(server.got().len(), 1);
}

#[tokio::test]
async fn an_operation_uses_the_first_alternative_with_credentials() {
    let server = Server::start([answer("200 OK", "{}")]).await;
    let builder = sdk::builder().base_url(&server.url);
    let builder = builder.auth(Key(rt::SchemeKind::Cookie("sid"))).auth(Key(rt::SchemeKind::Query("key")));
    let client: sdk::Client = builder.build().expect("a client");
    let mut things = client.things(&sdk::BOTH);
    things.request.cookie("a", rt::Encoding::FORM, &1_i64);
    things.await.expect("a response");
    let got = server.only();
    assert_eq!(got.line, "GET /things/1?key=s3c%26ret HTTP/1.1");
    assert_eq!(got.header("cookie"), Some("a=1; sid=s3c%26ret"));
    assert_eq!(got.header("authorization"), None);
}

#[tokio::test]
async fn an_operation_without_a_suitable_credential_is_not_sent() {
    let server = Server::start([answer("200 OK", "{}")]).await;
    let client: sdk::Client = sdk::Builder::new(&sdk::API).base_url(&server.url).build().expect("a client");
    let error = client.things(&sdk::BOTH).await.expect_err("no credential");
    assert_eq!(error.kind(), rt::ErrorKind::Authentication);
    assert!(error.to_string().contains("Token together with Missing or Key together with Cookie"));
    assert!(server.got().is_empty());
    client.things(&sdk::OPTIONAL).await.expect("a response");
    client.things(&sdk::FORM).await.expect("a response");
    assert!(server.got().iter().all(|got| got.header("authorization").is_none()));
    sdk::client(&server).things(&sdk::OPTIONAL).await.expect("a response");
    assert_eq!(
        server.got().pop().and_then(|got| got.header("authorization").map(str::to_owned)).as_deref(),
        Some("Bearer t0ken")
    );
}

#[tokio::test]
async fn credentials_go_only_to_configured_origins() {
    let (server, other) =
        (Server::start([answer("200 OK", "{}")]).await, Server::start([answer("200 OK", "{}")]).await);
    let client = client(&server);
    client.0.request(rt::Method::GET, format!("{}/x", other.url)).await.expect("a response");
    assert_eq!(other.only().header("authorization"), None);
    client.0.request(rt::Method::GET, format!("{}/elsewhere", server.url)).await.expect("a response");
    assert_eq!(server.only().header("authorization"), Some("Bearer t0ken"));
    let uploads =
        sdk::builder().replace_server("https://upload.example.com/api", format!("{}/up", other.url));
    let client: sdk::Client = uploads.build().expect("a client");
    client.things(&sdk::UPLOAD).await.expect("a response");
    let got = other.got().pop().expect("a request");
    assert_eq!(
        (got.line.as_str(), got.header("authorization")),
        ("GET /up/things/1 HTTP/1.1", Some("Bearer t0ken"))
    );
}

#[tokio::test]
async fn a_token_is_never_shown() {
    let server = Server::start([answer("403 Forbidden", r#"{"token":"t0ken"}"#)]).await;
    let client = client(&server);
    let call = client.things(&sdk::GET).send();
    let shown = format!("{client:?} {call:?} {:?}", rt::BearerToken::new("t0ken"));
    let error = call.await.expect_err("a refusal");
    assert!(!format!("{shown} {error} {error:?}").contains("t0ken"), "{shown} {error} {error:?}");
    let bad: sdk::Client =
        sdk::Builder::new(&sdk::API).auth(rt::BearerToken::new("t0ken\n")).build().expect("a client");
    let error = bad.things(&sdk::GET).await.expect_err("an invalid header");
    assert_eq!(error.kind(), rt::ErrorKind::Authentication);
    assert!(!format!("{error} {error:?}").contains("t0ken"));
}
