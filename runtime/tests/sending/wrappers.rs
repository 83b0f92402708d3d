//! Transports that wrap the client's: what they are given, and what they may change.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use sdk_runtime as rt;

use rt::testing::{MockTransport, Reply};
use rt::{
    Body, BoxFuture, ByteStream, Bytes, ClientCredentials, TokenEndpoint, Transport, TransportError, Upload,
};

use super::sdk::{CREATE, GET, UPLOAD, with};

type Sending = BoxFuture<'static, Result<http::Response<ByteStream>, TransportError>>;

/// Adds a header that covers the request.
#[derive(Debug)]
struct Seal {
    inner: Arc<dyn Transport>,
    name: &'static str,
}

impl Transport for Seal {
    fn send(&self, mut request: http::Request<Body>) -> Sending {
        let shown = |name: &str| {
            request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("none").to_owned()
        };
        let length = request.body().as_bytes().map_or("unknown".to_owned(), |body| body.len().to_string());
        let seal =
            format!("{} {} {} {length}", request.method(), request.uri().path(), shown("authorization"));
        let seal = [shown(self.name).trim_start_matches("none"), &seal].concat();
        request.headers_mut().insert(self.name, seal.parse().expect("a header value"));
        self.inner.send(request)
    }
}

/// Keeps answers in memory, by their URLs.
#[derive(Debug)]
struct Cache {
    inner: Arc<dyn Transport>,
    kept: Arc<Mutex<BTreeMap<String, Bytes>>>,
}

impl Transport for Cache {
    fn send(&self, request: http::Request<Body>) -> Sending {
        let (url, kept) = (request.uri().to_string(), Arc::clone(&self.kept));
        if let Some(body) = kept.lock().expect("no panic").get(&url) {
            let body = ByteStream::from(body.clone());
            return Box::pin(async { Ok(http::Response::new(body)) });
        }
        let sending = self.inner.send(request);
        Box::pin(async move {
            let (parts, mut stream) = sending.await?.into_parts();
            let mut body = Vec::new();
            while let Some(chunk) = stream.next().await {
                body.extend_from_slice(&chunk?);
            }
            let body = Bytes::from(body);
            kept.lock().expect("no panic").insert(url, body.clone());
            Ok(http::Response::from_parts(parts, body.into()))
        })
    }
}

/// Hears of connections that say nothing.
#[derive(Clone, Debug, Default)]
struct Listener(MockTransport, Arc<Mutex<Vec<SystemTime>>>);

impl Transport for Listener {
    fn send(&self, request: http::Request<Body>) -> Sending {
        self.0.send(request)
    }

    fn abandoned(&self, _: SystemTime, now: SystemTime) {
        self.1.lock().expect("no panic").push(now);
    }
}

fn seals(api: &MockTransport, name: &str) -> Vec<String> {
    api.requests().iter().map(|sent| sent.header(name).unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_wrapper_is_given_each_request_with_its_credentials() {
    let sdk = with(|builder| builder.wrap_transport(|inner| Seal { inner, name: "x-seal" }));
    let moved = |to| Reply::new(307).header("location", to);
    sdk.api
        .on("create")
        .reply(Reply::new(429))
        .reply(Reply::new(401))
        .reply(moved("/moved"))
        .reply(moved("https://other.example.com/there"))
        .reply(Reply::new(201));
    sdk.value(&CREATE).await;
    let expected = [
        "POST /2.0/things Bearer token-0 2",
        "POST /2.0/things Bearer token-0 2",
        "POST /2.0/things Bearer token-1 2",
        "POST /moved Bearer token-1 2",
        "POST /there none 2",
    ];
    assert_eq!(seals(&sdk.api, "x-seal"), expected);
}

#[tokio::test]
async fn a_wrapper_can_answer_without_the_network() {
    let kept = Arc::default();
    let sdk = with(|builder| builder.wrap_transport(move |inner| Cache { inner, kept: Arc::clone(&kept) }));
    sdk.api.on("get").reply(Reply::new(200).text("it"));
    for _ in 0..3 {
        assert_eq!(sdk.value(&GET).await.value(), "it");
    }
    assert_eq!(sdk.api.requests().len(), 1);
}

#[tokio::test]
async fn the_wrapper_added_last_is_the_outermost() {
    let sdk = with(|builder| {
        builder
            .wrap_transport(|inner| Seal { inner, name: "authorization" })
            .wrap_transport(|inner| Seal { inner, name: "x-outer" })
    });
    sdk.api.on("get").reply(Reply::new(200));
    sdk.value(&GET).await;
    assert_eq!(seals(&sdk.api, "x-outer"), ["GET /2.0/things Bearer token-0 0"]);
    assert!(seals(&sdk.api, "authorization")[0].starts_with("Bearer token-0GET"));
}

#[tokio::test]
async fn a_wrapper_sees_bodies_in_memory_of_any_size() {
    let sdk = with(|builder| builder.wrap_transport(|inner| Seal { inner, name: "x-seal" }));
    sdk.api.on("upload").always(Reply::new(200));
    for size in [1_000, 1_000_000] {
        let mut request = sdk.client.operation(&UPLOAD);
        request.upload(Upload::from(vec![7; size]));
        sdk.clock.run(request.send(rt::bytes)).await.expect("a response");
        let sent = sdk.api.requests().pop().expect("a request");
        assert_eq!(sent.body().len(), size);
        assert_eq!(sent.header("x-seal"), Some(&*format!("PUT /2.0/things Bearer token-0 {size}")));
    }
}

#[tokio::test]
async fn a_wrapper_is_given_token_calls() {
    let api = MockTransport::new();
    api.on("POST /token").reply(Reply::json(200, &serde_json::json!({ "access_token": "fetched" })));
    api.on("GET /things").reply(Reply::new(200));
    let endpoint = TokenEndpoint::new("https://auth.example.com/token").client_id("a").client_secret("b");
    let client: rt::Client = rt::ClientBuilder::new(&super::sdk::API)
        .auth(ClientCredentials::new(endpoint))
        .base_url("https://api.example.com")
        .transport(api.clone())
        .wrap_transport(|inner| Seal { inner, name: "x-seal" })
        .build()
        .expect("a client");
    client.operation(&GET).send(rt::bytes).await.expect("a response");
    let seals = seals(&api, "x-seal");
    assert!(seals[0].starts_with("POST /token none "), "{seals:?}");
    assert_eq!(seals[1], "GET /things Bearer fetched 0");
}

/// A wrapper that implements `send` alone does not hide this from the transport inside.
#[tokio::test]
async fn each_transport_hears_of_connections_that_say_nothing() {
    let listener = Listener::default();
    listener.0.on("get").reply(Reply::hangs()).reply(Reply::new(200));
    let heard = Arc::clone(&listener.1);
    let sdk = with(|builder| {
        builder
            .transport(listener.clone())
            .wrap_transport(|inner| Seal { inner, name: "x-seal" })
            .read_timeout(Duration::from_secs(5))
    });
    assert_eq!(sdk.value(&GET).await.attempts(), 2);
    assert_eq!(heard.lock().expect("no panic").len(), 1);
}
