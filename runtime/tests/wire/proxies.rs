//! Proxies, their credentials, and trusted certificates.

use std::sync::{Arc, Mutex};

use sdk_runtime as rt;

use rt::Proxy;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::AsyncWriteExt;

use super::sdk;
use super::server::{Got, Server, answer, read};

const ROOT: &[u8] = include_bytes!("tls/root.pem");
/// The certificate of `origin.example.com`, made for this test only.
const CERTIFICATE: &[u8] = include_bytes!("tls/server.pem");
const KEY: &[u8] = include_bytes!("tls/server_key.pem");

/// `user:pass word`
const CREDENTIALS: &str = "Basic dXNlcjpwYXNzIHdvcmQ=";

#[tokio::test]
async fn proxy_credentials_go_to_the_proxy_only() {
    let (proxy, origin) =
        (Server::start([answer("200 OK", "{}")]).await, Server::start([answer("200 OK", "{}")]).await);
    let there = Proxy::new(&proxy.url).credentials("user", "pass word").except("127.0.0.1");
    let builder = || sdk::builder().proxy(there.clone());
    let client: sdk::Client = builder().base_url("http://origin.example.com/v2").build().expect("a client");
    client.things(&sdk::GET).await.expect("a response");
    let got = proxy.only();
    assert_eq!(got.line, "GET http://origin.example.com/v2/things/1 HTTP/1.1");
    assert_eq!(got.header("proxy-authorization"), Some(CREDENTIALS));
    let client: sdk::Client = builder().base_url(&origin.url).build().expect("a client");
    client.things(&sdk::GET).await.expect("a response");
    assert_eq!(origin.only().header("proxy-authorization"), None);
    assert_eq!(proxy.got().len(), 1);
}

#[tokio::test]
async fn proxy_credentials_may_be_in_the_url() {
    let proxy = Server::start([answer("200 OK", "{}")]).await;
    let url = proxy.url.replace("http://", "http://user:pass%20word@");
    let builder = sdk::builder().proxy(Proxy::new(url)).base_url("http://origin.example.com");
    let client: sdk::Client = builder.build().expect("a client");
    client.things(&sdk::GET).await.expect("a response");
    assert_eq!(proxy.only().header("proxy-authorization"), Some(CREDENTIALS));
}

#[tokio::test]
async fn no_proxy_disables_the_system_proxy() {
    let server = Server::start([answer("200 OK", "{}")]).await;
    let client: sdk::Client = sdk::builder().no_proxy().base_url(&server.url).build().expect("a client");
    client.things(&sdk::GET).await.expect("a response");
    assert_eq!(server.only().line, "GET /things/1 HTTP/1.1");
}

/// Starts a proxy that opens tunnels, and acts as the origin at their end.
async fn tunnel() -> (String, Arc<Mutex<Vec<Got>>>) {
    let certificates =
        CertificateDer::pem_slice_iter(CERTIFICATE).collect::<Result<_, _>>().expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(KEY).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring has the default versions")
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .expect("key and certificate match");
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let got = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&got);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let Some(connect) = read(&mut stream).await else { continue };
            kept.lock().expect("no test thread panicked").push(connect);
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap_or_default();
            let Ok(mut inside) = acceptor.accept(stream).await else { continue };
            let Some(request) = read(&mut inside).await else { continue };
            kept.lock().expect("no test thread panicked").push(request);
            let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
            inside.write_all(answer).await.unwrap_or_default();
            inside.shutdown().await.unwrap_or_default();
        }
    });
    (url, got)
}

#[tokio::test]
async fn a_tunnel_keeps_proxy_credentials_from_the_origin() {
    let (url, got) = tunnel().await;
    let builder = || {
        let proxy = Proxy::new(&url).credentials("user", "pass word");
        sdk::builder().proxy(proxy).base_url("https://origin.example.com/v2")
    };
    let client: sdk::Client = builder().root_certificate(ROOT).build().expect("a client");
    client.things(&sdk::GET).await.expect("a response");
    let seen = got.lock().expect("no test thread panicked").clone();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].line, "CONNECT origin.example.com:443 HTTP/1.1");
    assert_eq!(seen[0].header("proxy-authorization"), Some(CREDENTIALS));
    assert_eq!(seen[0].header("authorization"), None);
    assert_eq!(seen[1].line, "GET /v2/things/1 HTTP/1.1");
    assert_eq!(seen[1].header("proxy-authorization"), None);
    assert_eq!(seen[1].header("authorization"), Some("Bearer t0ken"));
}

#[tokio::test]
async fn an_untrusted_server_gets_no_request() {
    let (url, got) = tunnel().await;
    // The certificate is for another name.
    let builder = sdk::builder().proxy(Proxy::new(&url)).base_url("https://other.example.com/v2");
    let retry = rt::RetryPolicy::default().base(std::time::Duration::ZERO);
    let client: sdk::Client = builder.root_certificate(ROOT).retry(retry).build().expect("a client");
    let error = client.things(&sdk::GET).await.expect_err("an untrusted server");
    assert!(error.is_connection() && !error.is_retryable(), "{error:?}");
    assert!(error.to_string().contains("the server is not trusted"), "{error}");
    // The call is not retried.
    let seen = got.lock().expect("no test thread panicked").clone();
    assert_eq!(seen.len(), 1);
    assert!(seen[0].line.starts_with("CONNECT"));
}
