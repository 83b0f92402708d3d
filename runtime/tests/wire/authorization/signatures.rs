//! Credentials that sign requests: what they sign is what is sent, each time that it is sent.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sdk_runtime as rt;

use aws_lc_rs::{digest, hmac};
use http::{HeaderName, HeaderValue};
use rt::{AuthContext, Authorization, BoxFuture, Error, ErrorKind, Scheme, SchemeKind, Secret};

use crate::sdk::{API, CREATE};
use crate::server::{Got, Server, answer, with_headers};

static SIGNED: rt::Api =
    rt::Api { security: &[Scheme { name: "Token", kind: SchemeKind::Other("signature") }], ..API };
static UPLOAD: rt::Operation = rt::Operation::new("upload", rt::Method::POST, "/a'b/{id}")
    .security(&[&["Token"]])
    .body(rt::BodyKind::Bytes("text/plain"));

const KEY: &[u8] = b"s3cret-key";

/// Signs the method, URL, headers and body, and a date that is another one each time.
#[derive(Clone, Debug, Default)]
struct Signer {
    dates: Arc<Mutex<u32>>,
    headers: Vec<&'static str>,
}

fn sign(parts: &[&str]) -> String {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, KEY), parts.join("\n").as_bytes());
    hex(tag.as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hash(body: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, body).as_ref())
}

impl rt::Credential for Signer {
    fn serves(&self, scheme: &Scheme) -> bool {
        scheme.name == "Token"
    }

    fn authorize<'a>(&'a self, context: &'a AuthContext<'a>) -> BoxFuture<'a, Result<Authorization, Error>> {
        Box::pin(async move {
            let date = {
                let mut dates = self.dates.lock().expect("no panic");
                *dates += 1;
                format!("2026110{dates}T000000Z")
            };
            let headers = context.headers();
            let signed: Vec<&str> = self
                .headers
                .iter()
                .map(|name| headers.get(*name).and_then(|value| value.to_str().ok()).unwrap_or_default())
                .collect();
            let body = context.body().map_or("unsigned".to_owned(), hash);
            let url = context.url();
            let signature = sign(&[context.method().as_str(), &url, &date, &signed.join("\n"), &body]);
            let value = Secret::new(format!("HMAC Signature={signature}"));
            let plain = |text: &str| HeaderValue::from_str(text).expect("a header value");
            Ok(Authorization::header(http::header::AUTHORIZATION, &value)?
                .and_header(HeaderName::from_static("x-date"), plain(&date))
                .and_header(HeaderName::from_static("x-content-sha256"), plain(&body))
                .and(Authorization::cookie("device", Secret::new("d3vice"))))
        })
    }
}

impl Signer {
    /// Checks the signature as a server does, by what it received.
    fn check(&self, server: &Server, got: &Got) -> String {
        let mut line = got.line.split(' ');
        let (method, target) = (line.next().expect("a method"), line.next().expect("a target"));
        let date = got.header("x-date").expect("a date");
        let signed: Vec<&str> =
            self.headers.iter().map(|name| got.header(name).unwrap_or_default()).collect();
        let body = got.header("x-content-sha256").expect("a hash");
        if body != "unsigned" {
            assert_eq!(body, hash(got.body.as_bytes()));
        }
        let url = format!("{}{target}", server.url);
        let signature = sign(&[method, &url, date, &signed.join("\n"), body]);
        assert_eq!(got.header("authorization"), Some(&*format!("HMAC Signature={signature}")));
        assert!(got.header("cookie").is_some_and(|cookie| cookie.ends_with("device=d3vice")));
        date.to_owned()
    }
}

fn signer() -> Signer {
    Signer {
        headers: vec!["content-type", "accept", "user-agent", "x-call", "content-digest"],
        ..Signer::default()
    }
}

fn client(server: &Server, signer: &Signer) -> rt::Client {
    rt::ClientBuilder::new(&SIGNED)
        .auth(signer.clone())
        .base_url(format!("{}/v2", server.url))
        .retry(rt::RetryPolicy::default().base(Duration::from_millis(1)).all_methods())
        .default_header("x-call", "1")
        .build()
        .expect("a client")
}

fn upload(client: &rt::Client, body: impl Into<rt::Upload>) -> rt::Call<rt::Bytes> {
    let mut request = client.operation(&UPLOAD);
    request.path("id", rt::Encoding::SIMPLE, &"it's (1)/ü".to_owned());
    request.query("q", rt::Encoding::FORM, &"a'b \"c\" [d]".to_owned());
    request.upload(body.into());
    request.extra_header("content-digest", "md5=:x:");
    request.send(rt::bytes)
}

#[tokio::test]
async fn what_is_signed_is_what_is_sent_for_each_attempt() {
    for size in [0, 10, 200_000] {
        let server = Server::start([answer("503 Busy", "{}"), answer("200 OK", "{}")]).await;
        let signer = signer();
        let reply = upload(&client(&server, &signer), "x".repeat(size)).with_response().await;
        assert_eq!(reply.expect("a response").attempts(), 2);
        let got = server.got();
        let dates: Vec<String> = got.iter().map(|got| signer.check(&server, got)).collect();
        assert_eq!(dates, ["20261101T000000Z", "20261102T000000Z"]);
    }
}

#[tokio::test]
async fn the_members_of_a_json_body_are_signed() {
    let server = Server::start([answer("200 OK", "{}")]).await;
    let signer = signer();
    let mut request = client(&server, &signer).operation(&CREATE);
    request.path("id", rt::Encoding::SIMPLE, &"1".to_owned());
    request.member("name", &"a".to_owned());
    request.send(rt::bytes).await.expect("a response");
    signer.check(&server, &server.only());
    assert_eq!(server.only().body, r#"{"name":"a"}"#);
}

#[tokio::test]
async fn a_redirect_within_the_origin_is_signed_again() {
    for status in ["307 Temporary Redirect", "303 See Other"] {
        let moved = with_headers(status, &[("location", "/moved?to=here")], "");
        let server = Server::start([moved, answer("200 OK", "{}")]).await;
        let signer = signer();
        upload(&client(&server, &signer), "body").await.expect("a response");
        let got = server.got();
        let dates: Vec<String> = got.iter().map(|got| signer.check(&server, got)).collect();
        assert_eq!(dates, ["20261101T000000Z", "20261102T000000Z"]);
        let method = if status.starts_with("307") { "POST" } else { "GET" };
        assert_eq!(got[1].line, format!("{method} /moved?to=here HTTP/1.1"));
    }
}

#[tokio::test]
async fn a_redirect_to_another_origin_is_not_signed() {
    let other = Server::start([answer("200 OK", "{}")]).await;
    let moved = with_headers("307 Temporary Redirect", &[("location", &format!("{}/there", other.url))], "");
    let server = Server::start([moved]).await;
    upload(&client(&server, &signer()), "body").await.expect("a response");
    let got = other.only();
    for name in ["authorization", "x-date", "x-content-sha256", "cookie"] {
        assert_eq!(got.header(name), None, "{name}");
    }
}

#[tokio::test]
async fn the_body_of_a_stream_is_not_in_memory() {
    let server = Server::start([answer("200 OK", "{}")]).await;
    let signer = signer();
    let reader = rt::Upload::reader(std::io::Cursor::new(b"body".to_vec()));
    upload(&client(&server, &signer), reader).await.expect("a response");
    assert_eq!(signer.check(&server, &server.only()), "20261101T000000Z");
    assert_eq!(server.only().header("x-content-sha256"), Some("unsigned"));
}

/// A call that waits for its turn is signed when it is sent.
#[tokio::test]
async fn a_wait_in_the_queue_does_not_age_the_signature() {
    let server = Server::start([answer("200 OK", "{}")]).await;
    let signer = signer();
    let client: rt::Client = rt::ClientBuilder::new(&SIGNED)
        .auth(signer.clone())
        .base_url(format!("{}/v2", server.url))
        .default_header("x-call", "1")
        .max_in_flight(1)
        .build()
        .expect("a client");
    let calls: Vec<_> = (0..2).map(|_| tokio::spawn(upload(&client, "x"))).collect();
    for call in calls {
        call.await.expect("no panic").expect("a response");
    }
    let dates: Vec<String> = server.got().iter().map(|got| signer.check(&server, got)).collect();
    // The second date is that of the call that waited, before it did.
    assert_eq!(dates, ["20261101T000000Z", "20261103T000000Z"]);
}

#[tokio::test]
async fn secrets_of_all_parts_are_hidden() {
    let signature = "HMAC Signature=abcdef";
    let authorization = Authorization::header(http::header::AUTHORIZATION, &Secret::new(signature))
        .expect("a header")
        .and_header(HeaderName::from_static("x-date"), HeaderValue::from_static("20261101"))
        .and(Authorization::query("key", Secret::new("k3y")))
        .and(Authorization::cookie("sid", Secret::new("s1d")));
    let shown = format!("{authorization:?}");
    let hidden = ["abcdef", "k3y", "s1d"];
    assert!(shown.contains("20261101") && !hidden.iter().any(|secret| shown.contains(secret)), "{shown}");

    let message = r#"{"message":"wrong: d3vice, at 20261101T000000Z"}"#;
    let server = Server::start([answer("403 Forbidden", message)]).await;
    let error = upload(&client(&server, &signer()), "x").await.expect_err("a refusal");
    assert_eq!(error.kind(), ErrorKind::Api);
    let text = error.to_string();
    assert!(text.contains("wrong: ***, at 20261101T000000Z"), "{text}");
}
