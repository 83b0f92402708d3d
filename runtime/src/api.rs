//! What a document says of its API, as constants of the generated SDK that the runtime reads.

mod paging;

pub use paging::Paging;
pub(crate) use paging::{PageParameter, PagingStyle, ParameterLocation};

use std::ops::RangeInclusive;

use http::{Method, StatusCode};

/// Facts of one API.
#[doc(hidden)]
#[derive(Debug)]
pub struct Api {
    /// Name of the SDK's crate.
    pub name: &'static str,
    /// Version of the SDK's crate.
    pub version: &'static str,
    /// Product in the user agent; empty for the crate's name.
    pub user_agent: &'static str,
    /// Further headers in which the client says what it is: `{agent}` stands for product and version, `{environment}`
    /// for what it runs on.
    pub agent_headers: &'static [(&'static str, &'static str)],
    /// Servers of the document; the first one is the default.
    pub servers: &'static [Server],
    /// Further servers, which single operations call with a credential.
    pub operation_servers: &'static [Server],
    /// Security schemes of the document.
    pub security: &'static [Scheme],
    /// Where an error body keeps what.
    pub errors: ErrorBody,
    /// Members of bodies whose values are never shown, in lower case.
    pub secret_keys: &'static [&'static str],
    /// Headers that may follow a redirect to another origin, in lower case.
    pub cross_origin_headers: &'static [&'static str],
}

impl Api {
    /// Nothing but a name: what a test starts from.
    pub const NONE: Self = Self {
        name: "sdk",
        version: "0.0.0",
        user_agent: "",
        agent_headers: &[],
        servers: &[],
        operation_servers: &[],
        security: &[],
        errors: ErrorBody::NONE,
        secret_keys: &[],
        cross_origin_headers: &[],
    };
}

/// A server of the document.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    /// URL, with variables as `{region}`.
    pub url: &'static str,
    /// Variables with their defaults.
    pub variables: &'static [(&'static str, &'static str)],
}

/// A security scheme of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Name in the document.
    pub name: &'static str,
    /// What a request carries.
    pub kind: SchemeKind,
}

/// What a security scheme puts into a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    /// `Authorization: Bearer`: HTTP bearer, OAuth 2.0, OpenID Connect.
    Bearer,
    /// `Authorization: Basic`.
    Basic,
    /// A key in this header.
    Header(&'static str),
    /// A key in this query parameter.
    Query(&'static str),
    /// A key in this cookie.
    Cookie(&'static str),
    /// Something that the document names, and that only a credential of one's own can serve.
    Other(&'static str),
}

/// JSON Pointers into an error body; empty where the document does not tell.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default)]
pub struct ErrorBody {
    /// A short code for programs.
    pub code: &'static str,
    /// A sentence for people.
    pub message: &'static str,
    /// What support asks for.
    pub request_id: &'static str,
    /// A page about the error.
    pub help_url: &'static str,
    /// Details of any shape.
    pub context: &'static str,
    /// The response header that holds the request id.
    pub request_id_header: &'static str,
}

impl ErrorBody {
    /// Nothing is known.
    pub const NONE: Self =
        Self { code: "", message: "", request_id: "", help_url: "", context: "", request_id_header: "" };
}

/// Facts of one operation: what is not said is none.
#[doc(hidden)]
#[derive(Debug)]
pub struct Operation {
    /// Operation id in the document.
    pub(crate) id: &'static str,
    /// Method.
    pub(crate) method: Method,
    /// Path template, with parameters as `{user_id}`.
    pub(crate) path: &'static str,
    /// Servers of its own; empty for the API's.
    pub(crate) servers: &'static [Server],
    /// Alternatives of schemes that go together; `&[]` needs nothing, an empty alternative makes the others optional.
    pub(crate) security: &'static [&'static [&'static str]],
    /// What the request carries.
    pub(crate) body: BodyKind,
    /// Whether nothing is sent where nothing of the body is set.
    pub(crate) may_be_empty: bool,
    /// Media types that the answer may have.
    pub(crate) accept: &'static str,
    /// Statuses whose bodies are handed over as streams.
    pub(crate) streams: &'static [RangeInclusive<u16>],
    /// Statuses outside 2xx that the document names as answers.
    pub(crate) documented: &'static [u16],
    /// Whether an answer 202 may say when to ask again.
    pub(crate) retry_accepted: bool,
    /// Whether the answer is where a redirect leads, so that none is followed.
    pub(crate) returns_location: bool,
    /// How its pages follow one another.
    pub(crate) pages: &'static Paging,
}

impl Operation {
    /// An operation that carries nothing, needs no credential, and whose answers are JSON.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            servers: &[],
            security: &[],
            body: BodyKind::None,
            may_be_empty: false,
            accept: "application/json",
            streams: &[],
            documented: &[],
            retry_accepted: false,
            returns_location: false,
            pages: &Paging::NONE,
        }
    }

    /// An operation with the method GET.
    #[must_use]
    pub const fn get(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::GET, path)
    }

    /// An operation with the method POST.
    #[must_use]
    pub const fn post(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::POST, path)
    }

    /// An operation with the method PUT.
    #[must_use]
    pub const fn put(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::PUT, path)
    }

    /// An operation with the method PATCH.
    #[must_use]
    pub const fn patch(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::PATCH, path)
    }

    /// An operation with the method DELETE.
    #[must_use]
    pub const fn delete(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::DELETE, path)
    }

    /// Servers of its own.
    #[must_use]
    pub const fn servers(mut self, servers: &'static [Server]) -> Self {
        self.servers = servers;
        self
    }

    /// Alternatives of schemes that go together; an empty alternative makes the others optional.
    #[must_use]
    pub const fn security(mut self, alternatives: &'static [&'static [&'static str]]) -> Self {
        self.security = alternatives;
        self
    }

    /// What the request carries.
    #[must_use]
    pub const fn body(mut self, body: BodyKind) -> Self {
        self.body = body;
        self
    }

    /// Says that the request may go without a body, so that none is sent where nothing of it is set.
    #[must_use]
    pub const fn may_be_empty(mut self) -> Self {
        self.may_be_empty = true;
        self
    }

    /// Media types that the answer may have.
    #[must_use]
    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    /// Statuses whose bodies are handed over as streams.
    #[must_use]
    pub const fn streams(mut self, statuses: &'static [RangeInclusive<u16>]) -> Self {
        self.streams = statuses;
        self
    }

    /// Statuses outside 2xx that the document names as answers, such as 302.
    #[must_use]
    pub const fn documented(mut self, statuses: &'static [u16]) -> Self {
        self.documented = statuses;
        self
    }

    /// Says that an answer 202 may have `Retry-After`: what is asked for is not ready yet.
    #[must_use]
    pub const fn retry_accepted(mut self) -> Self {
        self.retry_accepted = true;
        self
    }

    /// Says that the answer is where a redirect leads, so that none is followed.
    #[must_use]
    pub const fn returns_location(mut self) -> Self {
        self.returns_location = true;
        self
    }

    /// How its pages follow one another.
    #[must_use]
    pub const fn pages(mut self, paging: &'static Paging) -> Self {
        self.pages = paging;
        self
    }

    /// Whether an answer of this status is one that the document names, and no error.
    pub(crate) fn is_answer(&self, status: StatusCode) -> bool {
        status.is_success() || self.documented.contains(&status.as_u16())
    }

    /// Whether the body of an answer of this status is handed over as a stream.
    pub(crate) fn is_stream(&self, status: StatusCode) -> bool {
        self.streams.iter().any(|statuses| statuses.contains(&status.as_u16()))
    }
}

/// What a request carries.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// Nothing.
    None,
    /// A JSON object of this media type, whose members are set one by one; `{}` when none is.
    Json(&'static str),
    /// Any JSON value of this media type, set whole; nothing when it is not.
    JsonValue(&'static str),
    /// `application/x-www-form-urlencoded`.
    Form,
    /// A form of this media type, such as `multipart/form-data`; its parts in the order in which they are sent, each
    /// with the content type that the document gives it, or nothing.
    Multipart(&'static str, &'static [(&'static str, &'static str)]),
    /// Bytes of this media type.
    Bytes(&'static str),
    /// Text of this media type.
    Text(&'static str),
}
