//! Facts about one operation: how it is called, and what its responses mean.

use std::ops::RangeInclusive;

use http::{Method, StatusCode};

use super::{Paging, Server};

/// The facts about one operation.
#[doc(hidden)]
#[derive(Debug)]
pub struct Operation {
    /// Operation ID in the document.
    pub(crate) id: &'static str,
    /// HTTP method.
    pub(crate) method: Method,
    /// Set instead of `method` if it is not one of the standard methods.
    pub(crate) custom_method: Option<&'static str>,
    /// Path template, with parameters in braces, as in `/users/{user_id}`.
    pub(crate) path: &'static str,
    /// Servers of this operation; if empty, those of the API.
    pub(crate) servers: &'static [Server],
    /// Alternatives, each a list of schemes that are required together. Without alternatives no credential is needed;
    /// an empty alternative makes the others optional.
    pub(crate) security: &'static [&'static [&'static str]],
    /// The request body.
    pub(crate) body: BodyKind,
    /// If `true`, no body is sent unless some part of it is set.
    pub(crate) may_be_empty: bool,
    /// Media types of the responses, for the header `Accept`.
    pub(crate) accept: &'static str,
    /// Statuses whose bodies are returned as streams.
    pub(crate) streams: &'static [RangeInclusive<u16>],
    /// Statuses outside 2xx that are documented as regular responses.
    pub(crate) documented: &'static [u16],
    /// If `true`, a response 202 with `Retry-After` means that the result is not ready yet.
    pub(crate) retry_accepted: bool,
    /// The header that takes an idempotency key; empty if there is none.
    pub(crate) idempotency_key: &'static str,
    /// If `true`, the result is the target of a redirect, which is not followed.
    pub(crate) returns_location: bool,
    /// The pagination of a list.
    pub(crate) pages: &'static Paging,
}

impl Operation {
    /// Creates an operation without body or credential, whose responses are JSON.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            custom_method: None,
            path,
            servers: &[],
            security: &[],
            body: BodyKind::None,
            may_be_empty: false,
            accept: "application/json",
            streams: &[],
            documented: &[],
            retry_accepted: false,
            idempotency_key: "",
            returns_location: false,
            pages: &Paging::NONE,
        }
    }

    /// Creates an operation with a method that is not one of the standard methods, such as `COPY`.
    #[must_use]
    pub const fn custom(id: &'static str, method: &'static str, path: &'static str) -> Self {
        let mut operation = Self::new(id, Method::GET, path);
        operation.custom_method = Some(method);
        operation
    }

    /// Creates an operation with the method GET.
    #[must_use]
    pub const fn get(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::GET, path)
    }

    /// Creates an operation with the method POST.
    #[must_use]
    pub const fn post(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::POST, path)
    }

    /// Creates an operation with the method PUT.
    #[must_use]
    pub const fn put(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::PUT, path)
    }

    /// Creates an operation with the method PATCH.
    #[must_use]
    pub const fn patch(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::PATCH, path)
    }

    /// Creates an operation with the method DELETE.
    #[must_use]
    pub const fn delete(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::DELETE, path)
    }

    /// Sets the servers of this operation, in place of those of the API.
    #[must_use]
    pub const fn servers(mut self, servers: &'static [Server]) -> Self {
        self.servers = servers;
        self
    }

    /// Sets the security alternatives, each a list of schemes that are required together. An empty alternative makes
    /// the others optional.
    #[must_use]
    pub const fn security(mut self, alternatives: &'static [&'static [&'static str]]) -> Self {
        self.security = alternatives;
        self
    }

    /// Sets the kind of the request body.
    #[must_use]
    pub const fn body(mut self, body: BodyKind) -> Self {
        self.body = body;
        self
    }

    /// Makes the body optional: none is sent unless some part of it is set.
    #[must_use]
    pub const fn may_be_empty(mut self) -> Self {
        self.may_be_empty = true;
        self
    }

    /// Sets the media types of the responses.
    #[must_use]
    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    /// Sets the statuses whose bodies are returned as streams.
    #[must_use]
    pub const fn streams(mut self, statuses: &'static [RangeInclusive<u16>]) -> Self {
        self.streams = statuses;
        self
    }

    /// Sets the statuses outside 2xx that are documented as regular responses, such as 302.
    #[must_use]
    pub const fn documented(mut self, statuses: &'static [u16]) -> Self {
        self.documented = statuses;
        self
    }

    /// Repeats the request after a response 202 with `Retry-After`: the result is not ready yet.
    #[must_use]
    pub const fn retry_accepted(mut self) -> Self {
        self.retry_accepted = true;
        self
    }

    /// Sets the header that takes a key by which the server recognizes a repeated request. Unless the caller sets it, each
    /// call makes one and sends it with all of its attempts.
    #[must_use]
    pub const fn idempotency_key(mut self, header: &'static str) -> Self {
        self.idempotency_key = header;
        self
    }

    /// Makes the target of a redirect the result, so that no redirect is followed.
    #[must_use]
    pub const fn returns_location(mut self) -> Self {
        self.returns_location = true;
        self
    }

    /// Sets the pagination of a list.
    #[must_use]
    pub const fn pages(mut self, paging: &'static Paging) -> Self {
        self.pages = paging;
        self
    }

    /// Returns the HTTP method.
    pub(crate) fn method(&self) -> Method {
        match self.custom_method {
            None => self.method.clone(),
            Some(name) => Method::from_bytes(name.as_bytes())
                .expect("the generator leaves out methods that are not tokens"),
        }
    }

    /// Returns `true` if a response of this status is a regular one, not an error.
    pub(crate) fn is_expected(&self, status: StatusCode) -> bool {
        status.is_success() || self.documented.contains(&status.as_u16())
    }

    /// Returns `true` if the body of a response of this status is returned as a stream.
    pub(crate) fn is_stream(&self, status: StatusCode) -> bool {
        self.streams.iter().any(|statuses| statuses.contains(&status.as_u16()))
    }
}

/// The kind of a request body.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// No body.
    None,
    /// A JSON object of this media type, whose members are set one by one; `{}` if none is set.
    Json(&'static str),
    /// Any JSON value of this media type, set as a whole; no body if it is not set.
    JsonValue(&'static str),
    /// `application/x-www-form-urlencoded`.
    Form,
    /// A multipart form of this media type, such as `multipart/form-data` (RFC 7578). Its parts are listed in the
    /// order in which they are sent, each with its content type in the document, or an empty text.
    Multipart(&'static str, &'static [(&'static str, &'static str)]),
    /// Bytes of this media type.
    Bytes(&'static str),
    /// Text of this media type.
    Text(&'static str),
    /// JSON values of this media type, each on a line of its own.
    JsonLines(&'static str),
}
