//! Connections in HTTP/2 that say nothing: requests leave them, and pings find out.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sdk_runtime as rt;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::sdk;

const ROOT: &[u8] = include_bytes!("tls/root.pem");
const CERTIFICATE: &[u8] = include_bytes!("tls/server.pem");
const KEY: &[u8] = include_bytes!("tls/server_key.pem");

/// A server in HTTP/2 that answers with status 204 and no body, but says nothing on its first connections, or refuses its
/// first request.
struct Server {
    port: u16,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
    pings: Arc<AtomicUsize>,
}

/// Frame types and flags of RFC 9113.
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const ACK: u8 = 1;
const END_STREAM_AND_HEADERS: u8 = 5;
/// `:status: 204` in the static table of HPACK (RFC 7541).
const NO_CONTENT: &[u8] = &[0x89];

impl Server {
    async fn start(silent: usize) -> Self {
        Self::start_with(silent, None).await
    }

    /// Starts a server that answers its first request with a frame of this kind and payload.
    async fn refusing(kind: u8, payload: &'static [u8]) -> Self {
        Self::start_with(0, Some((kind, payload))).await
    }

    async fn start_with(silent: usize, refusal: Option<(u8, &'static [u8])>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let server = Self {
            port: listener.local_addr().expect("an address").port(),
            connections: Arc::default(),
            requests: Arc::default(),
            pings: Arc::default(),
        };
        let (connections, requests, pings) =
            (Arc::clone(&server.connections), Arc::clone(&server.requests), Arc::clone(&server.pings));
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(tls()));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = connections.fetch_add(1, Ordering::Relaxed);
                let (requests, pings) = (Arc::clone(&requests), Arc::clone(&pings));
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    serve(stream, acceptor, (number < silent, refusal), &requests, &pings).await
                });
            }
        });
        server
    }

    fn builder(&self) -> sdk::Builder {
        sdk::builder()
            .root_certificate(ROOT)
            .no_proxy()
            .resolve("origin.example.com", [([127, 0, 0, 1], self.port).into()])
            .base_url(format!("https://origin.example.com:{}", self.port))
            .retry(rt::RetryPolicy::default().base(Duration::from_millis(1)))
    }
}

fn tls() -> rustls::ServerConfig {
    let chain = CertificateDer::pem_slice_iter(CERTIFICATE).collect::<Result<_, _>>().expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(KEY).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .expect("the key fits");
    config.alpn_protocols = vec![b"h2".to_vec()];
    config
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("a short payload").to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

async fn serve(
    stream: TcpStream,
    acceptor: tokio_rustls::TlsAcceptor,
    (is_silent, refusal): (bool, Option<(u8, &'static [u8])>),
    requests: &AtomicUsize,
    pings: &AtomicUsize,
) -> Option<()> {
    let mut stream = acceptor.accept(stream).await.ok()?;
    let mut preface = [0; 24];
    stream.read_exact(&mut preface).await.ok()?;
    stream.write_all(&frame(SETTINGS, 0, 0, &[])).await.ok()?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await.ok()?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; length as usize];
        stream.read_exact(&mut payload).await.ok()?;
        let id = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        match (head[3], head[4] & ACK) {
            (SETTINGS, 0) => stream.write_all(&frame(SETTINGS, ACK, 0, &[])).await.ok()?,
            (PING, 0) => {
                pings.fetch_add(1, Ordering::Relaxed);
                if !is_silent {
                    stream.write_all(&frame(PING, ACK, 0, &payload)).await.ok()?;
                }
            }
            (HEADERS, _) => {
                let number = requests.fetch_add(1, Ordering::Relaxed);
                if !is_silent {
                    let answer = match refusal.filter(|_| number == 0) {
                        Some((kind, payload)) => frame(kind, 0, if kind == GOAWAY { 0 } else { id }, payload),
                        None => frame(HEADERS, END_STREAM_AND_HEADERS, id, NO_CONTENT),
                    };
                    stream.write_all(&answer).await.ok()?;
                }
            }
            _ => {}
        }
    }
}

fn get(client: &sdk::Client) -> rt::CustomRequest {
    client.0.request(rt::Method::GET, "/things")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_leaves_a_connection_that_says_nothing() {
    let server = Server::start(1).await;
    let client: sdk::Client =
        server.builder().read_timeout(Duration::from_millis(300)).build().expect("a client");
    get(&client).send().await.expect("a response on a new connection");
    assert_eq!(server.connections.load(Ordering::Relaxed), 2);
    // Later calls stay on the connection that answers.
    get(&client).send().await.expect("a response");
    assert_eq!(server.connections.load(Ordering::Relaxed), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_timeout_leaves_the_connection_too() {
    let server = Server::start(2).await;
    let client: sdk::Client =
        server.builder().attempt_timeout(Duration::from_millis(300)).build().expect("a client");
    get(&client).send().await.expect("a response on a new connection");
    assert_eq!(server.connections.load(Ordering::Relaxed), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_calls_on_a_connection_that_says_nothing_leave_it() {
    let server = Server::start(1).await;
    let client: sdk::Client =
        server.builder().read_timeout(Duration::from_millis(500)).build().expect("a client");
    // The first call makes the connection that the others wait on.
    let mut calls = vec![tokio::spawn(get(&client).send())];
    tokio::time::sleep(Duration::from_millis(100)).await;
    calls.extend((0..20).map(|_| tokio::spawn(get(&client).send())));
    for call in calls {
        call.await.expect("no panic").expect("a response on a new connection");
    }
    assert_eq!(server.requests.load(Ordering::Relaxed), 2 * 21);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_call_leaves_a_connection_that_says_nothing() {
    let server = Server::start(1).await;
    let url = format!("https://origin.example.com:{}/token", server.port);
    let endpoint = rt::TokenEndpoint::new(url).timeout(Duration::from_millis(300));
    // Also if a transport is in between.
    let builder = server.builder().wrap_transport(Forward);
    let client: sdk::Client = builder.build().expect("a client");
    let credential = rt::ClientCredentials::new(endpoint);
    let error = credential.tokens().access_token(&client.0).await.expect_err("an answer without a token");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(204), "{error}");
    assert_eq!(server.connections.load(Ordering::Relaxed), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_the_server_refused_unread_is_sent_again() {
    let post = |client: &sdk::Client| client.0.request(rt::Method::POST, "/things").body("text/plain", "a");
    // The stream was refused; the last stream that was read is 0, and there was no error.
    for (kind, payload) in [(RST_STREAM, &[0, 0, 0, 7][..]), (GOAWAY, &[0; 8])] {
        let server = Server::refusing(kind, payload).await;
        let client: sdk::Client = server.builder().build().expect("a client");
        post(&client).send().await.expect("a response");
        assert_eq!(server.requests.load(Ordering::Relaxed), 2);
    }
    // An internal error, and excessive load, may come after the server has begun.
    for (kind, payload) in [(RST_STREAM, &[0, 0, 0, 2][..]), (GOAWAY, &[0, 0, 0, 0, 0, 0, 0, 11])] {
        let server = Server::refusing(kind, payload).await;
        let client: sdk::Client = server.builder().build().expect("a client");
        let error = post(&client).send().await.expect_err("it may have had an effect");
        assert_eq!((error.kind(), error.attempts()), (rt::ErrorKind::Connection, 1), "{error}");
        assert!(error.to_string().contains("may have received"), "{error}");
    }
}

/// A transport that only forwards requests.
#[derive(Debug)]
struct Forward(Arc<dyn rt::Transport>);

impl rt::Transport for Forward {
    fn send(
        &self,
        request: http::Request<rt::Body>,
    ) -> rt::BoxFuture<'static, Result<http::Response<rt::ByteStream>, rt::TransportError>> {
        self.0.send(request)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_connection_is_pinged() {
    let server = Server::start(1).await;
    let builder = server.builder().ping_interval(Duration::from_millis(100));
    let client: sdk::Client = builder.read_timeout(Duration::from_millis(600)).build().expect("a client");
    get(&client).send().await.expect("a response on a new connection");
    assert!(server.pings.load(Ordering::Relaxed) >= 1);
    let server = Server::start(1).await;
    let builder = server.builder().ping_interval(None);
    let client: sdk::Client = builder.read_timeout(Duration::from_millis(600)).build().expect("a client");
    get(&client).send().await.expect("a response on a new connection");
    assert_eq!(server.pings.load(Ordering::Relaxed), 0);
}
