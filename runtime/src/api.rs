//! Facts about an API and its operations, which a generated SDK holds as constants for the runtime to read.

mod operation;
mod paging;

pub use operation::{BodyKind, Operation};
pub use paging::Paging;
pub(crate) use paging::{PageParameter, PagingStyle, ParameterLocation};

/// The facts about one API.
#[doc(hidden)]
#[derive(Debug)]
pub struct Api {
    /// Name of the SDK's crate.
    pub name: &'static str,
    /// Version of the SDK's crate.
    pub version: &'static str,
    /// Product name in the user agent; if empty, the name of the crate is used.
    pub user_agent: &'static str,
    /// Additional headers that identify the client. `{agent}` is replaced by product and version, `{environment}` by
    /// operating system and architecture.
    pub agent_headers: &'static [(&'static str, &'static str)],
    /// Servers of the document; the first one is the default.
    pub servers: &'static [Server],
    /// Servers of single operations that send a credential.
    pub operation_servers: &'static [Server],
    /// Servers of single operations that send no credential.
    pub open_servers: &'static [Server],
    /// Security schemes of the document.
    pub security: &'static [Scheme],
    /// The layout of error bodies.
    pub errors: ErrorBody,
    /// Members of bodies whose values are never shown, in lower case.
    pub secret_keys: &'static [&'static str],
    /// Members that `Debug` does not show in types that only responses have.
    pub response_secret_keys: &'static [&'static str],
    /// Members of the format `password`, which interceptors do not see.
    pub password_members: &'static [&'static str],
    /// Headers that are kept on a redirect to another origin, in lower case.
    pub cross_origin_headers: &'static [&'static str],
}

impl Api {
    /// An API with nothing but a name, for tests.
    pub const NONE: Self = Self {
        name: "sdk",
        version: "0.0.0",
        user_agent: "",
        agent_headers: &[],
        servers: &[],
        operation_servers: &[],
        open_servers: &[],
        security: &[],
        errors: ErrorBody::NONE,
        secret_keys: &[],
        response_secret_keys: &[],
        password_members: &[],
        cross_origin_headers: &[],
    };
}

/// A server of the OpenAPI document.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    /// URL, with variables in braces, as in `{region}`.
    pub url: &'static str,
    /// Variables with their default values, and the allowed ones; any value is allowed if there are none.
    pub variables: &'static [(&'static str, &'static str, &'static [&'static str])],
}

/// A security scheme of the OpenAPI document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Name of the scheme in the document.
    pub name: &'static str,
    /// The place of the credential in requests.
    pub kind: SchemeKind,
}

/// The place of a security scheme's credential in requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    /// A token in `Authorization: Bearer` (RFC 6750), as for HTTP bearer, OAuth 2.0 and OpenID Connect.
    Bearer,
    /// User name and password in `Authorization: Basic` (RFC 7617).
    Basic,
    /// A key in the header of this name.
    Header(&'static str),
    /// A key in the query parameter of this name.
    Query(&'static str),
    /// A key in the cookie of this name.
    Cookie(&'static str),
    /// A scheme of any other type, such as `digest`. A custom [`Credential`](crate::Credential) can serve it; without
    /// one, it is left to the transport.
    Other(&'static str),
}

/// JSON Pointers (RFC 6901) into an error body; empty if unknown.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default)]
pub struct ErrorBody {
    /// A short machine-readable code.
    pub code: &'static str,
    /// A human-readable message.
    pub message: &'static str,
    /// The request ID, to quote in support requests.
    pub request_id: &'static str,
    /// The URL of a page about the error.
    pub help_url: &'static str,
    /// Details of any shape.
    pub context: &'static str,
    /// Name of the response header that holds the request ID.
    pub request_id_header: &'static str,
}

impl ErrorBody {
    /// An error body of unknown layout.
    pub const NONE: Self =
        Self { code: "", message: "", request_id: "", help_url: "", context: "", request_id_header: "" };
}
