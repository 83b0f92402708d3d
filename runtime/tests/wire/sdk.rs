//! A client like an emitted one.

use std::collections::BTreeMap;
use std::time::Duration;

use sdk_runtime as rt;

use super::server::Server;

pub static API: rt::Api = rt::Api {
    name: "test-sdk",
    version: "1.2.3",
    user_agent: "",
    agent_headers: &[],
    servers: &[rt::Server {
        url: "https://{region}.example.com/2.0",
        variables: &[("region", "eu", &["eu", "us"])],
    }],
    operation_servers: &[],
    open_servers: &[],
    security: &[
        rt::Scheme { name: "Token", kind: rt::SchemeKind::Bearer },
        rt::Scheme { name: "Key", kind: rt::SchemeKind::Query("key") },
        rt::Scheme { name: "Cookie", kind: rt::SchemeKind::Cookie("sid") },
    ],
    errors: rt::ErrorBody {
        code: "/code",
        message: "/message",
        request_id: "/request_id",
        help_url: "/help_url",
        context: "/context_info",
        request_id_header: "x-id",
    },
    secret_keys: &["token"],
    response_secret_keys: &["token"],
    password_members: &[],
    cross_origin_headers: &["accept"],
};

pub static GET: rt::Operation = operation(rt::Method::GET, rt::BodyKind::None, &[&["Token"]]);
pub static CREATE: rt::Operation =
    operation(rt::Method::POST, rt::BodyKind::Json("application/json"), &[&["Token"]]);
pub static FORM: rt::Operation = operation(rt::Method::PUT, rt::BodyKind::Form, &[]);
pub static VALUE: rt::Operation =
    operation(rt::Method::PATCH, rt::BodyKind::JsonValue("application/json-patch+json"), &[]);
pub static OPTIONAL: rt::Operation = operation(rt::Method::GET, rt::BodyKind::None, &[&[], &["Token"]]);
pub static BOTH: rt::Operation =
    operation(rt::Method::GET, rt::BodyKind::None, &[&["Token", "Missing"], &["Key", "Cookie"]]);
pub static UPLOAD: rt::Operation = rt::Operation::new("upload", rt::Method::GET, "/things/{id}")
    .servers(&[rt::Server { url: "https://upload.example.com/api", variables: &[] }])
    .security(&[&["Token"]]);

const fn operation(
    method: rt::Method,
    body: rt::BodyKind,
    security: &'static [&'static [&'static str]],
) -> rt::Operation {
    rt::Operation::new("things", method, "/things/{id}#variant").security(security).body(body)
}

/// A request builder. Each test chooses the operation.
#[must_use = "a request is sent when it is awaited"]
#[derive(Clone, Debug)]
pub struct Things {
    pub request: rt::Request,
}

rt::builder!(Things => BTreeMap<String, i64>, rt::json);

#[derive(Clone, Debug)]
pub struct Client(pub rt::Client);

impl From<rt::Client> for Client {
    fn from(client: rt::Client) -> Self {
        Self(client)
    }
}

pub type Builder = rt::ClientBuilder<Client>;

pub fn builder() -> Builder {
    Builder::new(&API)
        .connect_timeout(Duration::from_secs(2))
        .read_timeout(Duration::from_secs(2))
        .retry(rt::RetryPolicy::none())
        .auth(rt::BearerToken::new("t0ken"))
}

pub fn client(server: &Server) -> Client {
    builder().base_url(format!("{}/v2/", server.url)).build().expect("a client")
}

impl Client {
    pub fn things(&self, operation: &'static rt::Operation) -> Things {
        self.with_id(operation, "1")
    }

    pub fn with_id(&self, operation: &'static rt::Operation, id: &str) -> Things {
        let mut request = self.0.operation(operation);
        request.path("id", rt::Encoding::SIMPLE, &id.to_owned());
        Things { request }
    }
}
