//! A client like an emitted one, on a scripted transport.

use sdk_runtime as rt;

use rt::testing::{ManualClock, MockTransport};
use rt::{BodyKind, Call, Method};

use super::numbered_tokens::NumberedTokens;

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
    password_members: &["pin"],
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
/// Takes a key in the query.
pub(crate) static KEYED: rt::Operation =
    rt::Operation::new("keyed", Method::GET, "/things").security(&[&["Key"]]);
/// May respond with 202 until the result is ready.
pub(crate) static PREPARED: rt::Operation =
    rt::Operation::new("prepared", Method::GET, "/things").security(TOKEN).retry_accepted();
/// Names a redirect as one of its responses.
pub(crate) static PLACE: rt::Operation =
    rt::Operation::new("place", Method::GET, "/things").security(TOKEN).documented(&[302]);
pub(crate) static STREAM: rt::Operation =
    rt::Operation::new("stream", Method::GET, "/things").security(TOKEN).streams(&[200..=299]);

/// A credential for a key in the query.
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
        .auth(NumberedTokens::default())
        .base_url("https://api.example.com/2.0")
        .transport(api.clone())
        .platform(clock.clone());
    Sdk { client: change(builder).build().expect("a client"), api, clock }
}

impl Sdk {
    /// Makes a call that returns the bytes of the body.
    pub(crate) fn call(&self, operation: &'static rt::Operation) -> Call<rt::Bytes> {
        self.client.operation(operation).send(rt::bytes)
    }

    pub(crate) async fn value(&self, operation: &'static rt::Operation) -> rt::Response<rt::Bytes> {
        self.clock.run(self.call(operation).with_response()).await.expect("a response")
    }

    pub(crate) async fn error(&self, operation: &'static rt::Operation) -> rt::Error {
        self.clock.run(self.call(operation)).await.expect_err("a failure")
    }

    /// Returns the times at which the requests were sent, in seconds from the start.
    pub(crate) fn sent_at(&self) -> Vec<f64> {
        self.api.requests().iter().map(|request| request.at().as_secs_f64()).collect()
    }
}
