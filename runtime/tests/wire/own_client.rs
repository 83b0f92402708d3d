//! A `reqwest::Client` of the caller in place of the default transport (feature `reqwest013`).

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use sdk_runtime as rt;

use rt::{ErrorKind, RetryPolicy};

use super::sdk;
use super::server::{Server, Step, answer, with_headers};

/// Returns a builder of an HTTP client that marks its requests, which needs a crypto provider even without TLS.
fn own() -> reqwest::ClientBuilder {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider supports them")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let mut headers = rt::HeaderMap::new();
    headers.insert("x-own", http::HeaderValue::from_static("1"));
    reqwest::Client::builder().tls_backend_preconfigured(tls).default_headers(headers)
}

fn client(server: &Server, own: reqwest::ClientBuilder) -> sdk::Client {
    let policy = RetryPolicy::default().base(Duration::from_millis(1));
    sdk::builder()
        .retry(policy)
        .reqwest_client(own.build().expect("an HTTP client"))
        .base_url(&server.url)
        .build()
        .expect("a client")
}

fn found(location: &str) -> Step {
    with_headers("302 Found", &[("location", location)], "")
}

#[tokio::test]
async fn retries_redirects_and_decompression_stay_the_same() {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(br#"{"a":1}"#).expect("memory takes everything");
    let gzip = writer.finish().expect("memory takes everything");
    let mut zipped =
        format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", gzip.len())
            .into_bytes();
    zipped.extend(gzip);
    let steps = [answer("503 Service Unavailable", "{}"), found("/moved"), Step::Answer(zipped)];
    let server = Server::start(steps).await;
    let client = client(&server, own().redirect(reqwest::redirect::Policy::none()));
    let reply = client.things(&sdk::GET).send().with_response().await.expect("a response");
    assert_eq!((reply.attempts(), reply.value()["a"]), (2, 1));
    let got = server.got();
    assert_eq!(got.len(), 3);
    assert_eq!(got[2].line, "GET /moved HTTP/1.1");
    for got in &got {
        assert_eq!(got.header("x-own"), Some("1"));
        assert_eq!(got.header("authorization"), Some("Bearer t0ken"));
        assert_eq!(got.header("accept-encoding"), Some("gzip, br, zstd"));
    }
    assert_eq!(server.connections(), 1);
}

/// The name of the host is known to the caller's client only.
#[tokio::test]
async fn connections_are_those_of_the_client() {
    let server = Server::start([answer("200 OK", r#"{"a":1}"#)]).await;
    let address = server.url.trim_start_matches("http://").parse().expect("an address");
    let own = own().no_proxy().resolve("own.example.com", address).build().expect("an HTTP client");
    for _ in 0..2 {
        // Both clients take the same connection.
        let builder = sdk::builder().connect_timeout(None).reqwest_client(own.clone());
        let client = builder.base_url("http://own.example.com").build().expect("a client");
        client.things(&sdk::GET).await.expect("a response");
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_redirect_that_the_client_followed_is_an_error() {
    let server = Server::start([found("/moved"), answer("200 OK", "{}")]).await;
    let error = client(&server, own()).things(&sdk::GET).await.expect_err("a redirect");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Configuration, 1));
    assert!(format!("{error:#}").contains("Policy::none()"), "{error:#}");
    // Without a redirect, its policy is not noticed.
    let server = Server::start([answer("200 OK", r#"{"a":1}"#)]).await;
    client(&server, own()).things(&sdk::GET).await.expect("a response");
}
