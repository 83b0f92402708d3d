//! A client as the generator emits it, on a scripted transport.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sdk_runtime as rt;

use rt::testing::{ManualClock, MockTransport};
use rt::{BodyKind, Call, Method};

pub(crate) static API: rt::Api = rt::Api {
    name: "test-sdk",
    version: "1.2.3",
    agent_headers: &[("x-agent", "agent={agent}; env={environment}")],
    security: &[
        rt::Scheme { name: "Token", kind: rt::SchemeKind::Bearer },
        rt::Scheme { name: "Key", kind: rt::SchemeKind::Query("key") },
    ],
    errors: rt::ErrorBody { request_id: "/request_id", ..rt::ErrorBody::NONE },
    secret_keys: &["token"],
    cross_origin_headers: &["accept", "user-agent"],
    ..rt::Api::NONE
};

const TOKEN: &[&[&str]] = &[&["Token"]];

pub(crate) static GET: rt::Operation = rt::Operation::new("get", Method::GET, "/things").security(TOKEN);
pub(crate) static CREATE: rt::Operation = rt::Operation::new("create", Method::POST, "/things")
    .security(TOKEN)
    .body(BodyKind::Json("application/json"));
pub(crate) static UPLOAD: rt::Operation =
    rt::Operation::new("upload", Method::PUT, "/things").security(TOKEN).body(BodyKind::Bytes("text/plain"));
/// The key stands in the query.
pub(crate) static KEYED: rt::Operation =
    rt::Operation::new("keyed", Method::GET, "/things").security(&[&["Key"]]);
/// What is asked for may not be ready.
pub(crate) static PREPARED: rt::Operation =
    rt::Operation::new("prepared", Method::GET, "/things").security(TOKEN).retry_accepted();
/// The place of what is asked for is an answer.
pub(crate) static PLACE: rt::Operation =
    rt::Operation::new("place", Method::GET, "/things").security(TOKEN).documented(&[302]);
pub(crate) static STREAM: rt::Operation =
    rt::Operation::new("stream", Method::GET, "/things").security(TOKEN).streams(&[200..=299]);

/// Counts its tokens; each refusal makes the next one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens(Arc<AtomicU32>);

impl rt::Credential for Tokens {
    fn serves(&self, scheme: &rt::Scheme) -> bool {
        scheme.kind == rt::SchemeKind::Bearer
    }

    fn authorize<'a>(
        &'a self,
        _: &'a rt::AuthContext<'a>,
    ) -> rt::BoxFuture<'a, Result<rt::Authorization, rt::Error>> {
        let token = rt::Secret::new(format!("token-{}", self.0.load(Ordering::Relaxed)));
        Box::pin(async move { rt::Authorization::bearer(&token) })
    }

    fn refused<'a>(
        &'a self,
        _: &'a rt::AuthContext<'a>,
        _: &'a rt::Authorization,
    ) -> rt::BoxFuture<'a, Result<bool, rt::Error>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Ok(true) })
    }
}

/// A key in the query.
#[derive(Debug)]
pub(crate) struct Key;

impl rt::Credential for Key {
    fn serves(&self, scheme: &rt::Scheme) -> bool {
        scheme.name == "Key"
    }

    fn authorize<'a>(
        &'a self,
        _: &'a rt::AuthContext<'a>,
    ) -> rt::BoxFuture<'a, Result<rt::Authorization, rt::Error>> {
        Box::pin(async { Ok(rt::Authorization::query("key", rt::Secret::new("s3cret"))) })
    }
}

pub(crate) struct Sdk {
    pub(crate) client: rt::Client,
    pub(crate) api: MockTransport,
    pub(crate) clock: ManualClock,
}

pub(crate) fn set_up() -> Sdk {
    with(|builder| builder)
}

pub(crate) fn with(
    change: impl FnOnce(rt::ClientBuilder<rt::Client>) -> rt::ClientBuilder<rt::Client>,
) -> Sdk {
    let clock = ManualClock::new();
    let api = MockTransport::with_clock(&clock);
    let builder = rt::ClientBuilder::<rt::Client>::new(&API)
        .auth(Tokens::default())
        .base_url("https://api.example.com/2.0")
        .transport(api.clone())
        .platform(clock.clone());
    Sdk { client: change(builder).build().expect("a client"), api, clock }
}

impl Sdk {
    /// A call that takes whatever comes.
    pub(crate) fn call(&self, operation: &'static rt::Operation) -> Call<rt::Bytes> {
        self.client.operation(operation).send(rt::bytes)
    }

    pub(crate) async fn value(&self, operation: &'static rt::Operation) -> rt::Response<rt::Bytes> {
        self.clock.run(self.call(operation).with_response()).await.expect("an answer")
    }

    pub(crate) async fn error(&self, operation: &'static rt::Operation) -> rt::Error {
        self.clock.run(self.call(operation)).await.expect_err("a failure")
    }

    /// How many seconds after the start each request was sent.
    pub(crate) fn sent_at(&self) -> Vec<f64> {
        self.api.requests().iter().map(|request| request.at().as_secs_f64()).collect()
    }
}
