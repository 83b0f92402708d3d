//! Collects the parts of a request until it is sent.

mod content;
mod extras;
mod follow;
mod parts;
mod prepare;

use std::borrow::Cow;
use std::fmt;

use http::{HeaderName, HeaderValue, Method, StatusCode};

use crate::api::{Operation, Server};
use crate::client::Client;
use crate::json::{Json, Tree};
use crate::parameter::{
    Encoding, Escape, HeaderChange, HeaderChanges, Style, parse_header, render, render_value,
};

pub(crate) use content::Content;
pub(crate) use prepare::Prepared;

/// The request that a builder assembles. Setting a part twice replaces it; a part that cannot be sent makes the call
/// fail.
#[doc(hidden)]
#[derive(Clone)]
pub struct Request {
    pub(crate) client: Client,
    pub(crate) target: Target,
    /// The whole URL, if the server gave it.
    pub(crate) url: Option<String>,
    /// The URL to which the query is appended, if the caller gave it.
    pub(crate) place: Option<String>,
    /// Name in the template, and text.
    pub(crate) path: Vec<(&'static str, String)>,
    /// Name, and whole text with names: one name can stand for several pairs, or none.
    pub(crate) query: Vec<(Cow<'static, str>, String)>,
    pub(crate) cookies: Vec<(&'static str, String)>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) extra_headers: Vec<(HeaderName, Option<HeaderValue>)>,
    pub(crate) content: Content,
    pub(crate) receive_mode: ReceiveMode,
    /// Describes the first part that cannot be sent.
    pub(crate) fault: Option<String>,
}

/// The form in which the caller takes the response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ReceiveMode {
    /// As the operation specifies.
    #[default]
    AsDocumented,
    /// As a stream.
    Streamed,
    /// In another media type of the document, buffered or as a stream.
    As { media_type: &'static str, streamed: bool },
}

#[derive(Clone)]
pub(crate) enum Target {
    Operation(&'static Operation),
    Custom { method: Method, path: String },
}

impl Target {
    pub(crate) fn id(&self) -> Option<&'static str> {
        match self {
            Self::Operation(operation) => Some(operation.id),
            Self::Custom { .. } => None,
        }
    }

    /// Returns the template, or the caller's path without its query and without the part before an at sign, which may
    /// hold secrets.
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Operation(operation) => operation.path,
            Self::Custom { path, .. } => {
                let path = path.split(['?', '#']).next().unwrap_or_default();
                path.rsplit('@').next().unwrap_or_default()
            }
        }
    }

    pub(crate) fn method(&self) -> Method {
        match self {
            Self::Operation(operation) => operation.method(),
            Self::Custom { method, .. } => method.clone(),
        }
    }

    /// Returns `true` if the result of the operation is the target of a redirect.
    pub(crate) fn returns_location(&self) -> bool {
        match self {
            Self::Operation(operation) => operation.returns_location,
            Self::Custom { .. } => false,
        }
    }

    /// Returns the name of the header that takes an idempotency key; empty if there is none.
    pub(crate) fn idempotency_key(&self) -> &'static str {
        match self {
            Self::Operation(operation) => operation.idempotency_key,
            Self::Custom { .. } => "",
        }
    }

    pub(crate) fn accept(&self) -> &'static str {
        match self {
            Self::Operation(operation) => operation.accept,
            Self::Custom { .. } => "",
        }
    }

    /// Returns the operation's own servers.
    pub(crate) fn servers(&self) -> &'static [Server] {
        match self {
            Self::Operation(operation) => operation.servers,
            Self::Custom { .. } => &[],
        }
    }
}

impl Client {
    /// Creates a request for an operation of the document.
    #[doc(hidden)]
    #[must_use]
    pub fn operation(&self, operation: &'static Operation) -> Request {
        Request::new(self.clone(), Target::Operation(operation))
    }
}

impl Request {
    pub(crate) fn new(client: Client, target: Target) -> Self {
        Self {
            client,
            target,
            url: None,
            place: None,
            path: Vec::new(),
            query: Vec::new(),
            cookies: Vec::new(),
            headers: Vec::new(),
            extra_headers: Vec::new(),
            content: Content::Unset,
            receive_mode: ReceiveMode::default(),
            fault: None,
        }
    }

    /// Sets a path parameter.
    pub fn path(&mut self, name: &'static str, encoding: Encoding, value: &dyn Json) {
        let Some(tree) = self.tree(name, value) else { return };
        let escape = if encoding.allow_reserved { Escape::Segments } else { Escape::Unreserved };
        let text = match encoding.style {
            // The template determines the position, so the name is not repeated.
            Style::Json | Style::JsonQuery | Style::Plain => render_value(encoding, &tree, escape),
            Style::Simple
            | Style::Label
            | Style::Matrix
            | Style::Form
            | Style::SpaceDelimited
            | Style::TabDelimited
            | Style::PipeDelimited
            | Style::DeepObject => render(name, encoding, &tree, escape),
        };
        match text {
            Some(text) if !text.is_empty() => replace(&mut self.path, name, text),
            _ => self.fail(format!("path parameter `{name}` is empty")),
        }
    }

    /// Sets a query parameter.
    pub fn query(&mut self, name: &'static str, encoding: Encoding, value: &dyn Json) {
        let Some(tree) = self.tree(name, value) else { return };
        match render(name, encoding, &tree, Escape::Unreserved) {
            Some(text) => replace(&mut self.query, name, text),
            None => self.query.retain(|(set, _)| set != name),
        }
    }

    /// Sets a header parameter.
    pub fn header(&mut self, name: &'static str, encoding: Encoding, value: &dyn Json) {
        let Some(tree) = self.tree(name, value) else { return };
        self.headers.retain(|(set, _)| !set.as_str().eq_ignore_ascii_case(name));
        match header_of(name, encoding, &tree) {
            Ok(header) => self.headers.extend(header),
            Err(message) => self.fail(message),
        }
    }

    /// Sets a cookie parameter.
    pub fn cookie(&mut self, name: &'static str, encoding: Encoding, value: &dyn Json) {
        let Some(tree) = self.tree(name, value) else { return };
        let text = if encoding.allow_reserved {
            render(name, encoding, &tree, Escape::Cookie)
        } else {
            render(name, encoding, &tree, Escape::Unreserved).map(|text| text.replace('&', "; "))
        };
        match text {
            Some(text) => replace(&mut self.cookies, name, text),
            None => self.cookies.retain(|(set, _)| *set != name),
        }
    }

    /// Adds a header, or removes one of the client's.
    pub fn extra_header(&mut self, name: impl Into<String>, value: impl Into<HeaderChange>) {
        self.change_header(&name.into(), value.into());
    }

    /// Adds headers, or removes some of the client's.
    pub fn extra_headers(&mut self, headers: impl HeaderChanges) {
        headers.each(&mut |name, value| self.change_header(&name, value));
    }

    fn change_header(&mut self, name: &str, value: HeaderChange) {
        match value.parse(name) {
            Ok((name, value)) => replace(&mut self.extra_headers, name, value),
            Err(message) => self.fail(message),
        }
    }

    /// Returns the media types that the response can have; empty if they are unknown.
    pub(crate) fn accept(&self) -> &'static str {
        match self.receive_mode {
            ReceiveMode::AsDocumented | ReceiveMode::Streamed => self.target.accept(),
            ReceiveMode::As { media_type, .. } => media_type,
        }
    }

    /// Returns `true` if the body of a response with this status is returned as a stream.
    pub(crate) fn is_stream(&self, status: StatusCode) -> bool {
        match (self.receive_mode, &self.target) {
            (ReceiveMode::Streamed, _) => status.is_success(),
            (ReceiveMode::As { streamed, .. }, _) => streamed && status.is_success(),
            (ReceiveMode::AsDocumented, Target::Operation(operation)) => operation.is_stream(status),
            (ReceiveMode::AsDocumented, Target::Custom { .. }) => false,
        }
    }

    /// Returns `true` if credentials may be sent to this URL: it is one of the client's, or the caller gave it.
    pub(crate) fn is_trusted(&self, url: &str) -> bool {
        self.place.is_some() || self.client.is_trusted(url, self.target.servers())
    }

    fn tree(&mut self, name: &str, value: &dyn Json) -> Option<Tree> {
        match Tree::of(value) {
            Ok(tree) => Some(tree),
            Err(fault) => {
                self.fail(format!("`{name}` cannot be sent: {fault}"));
                None
            }
        }
    }

    pub(crate) fn fail(&mut self, message: String) {
        self.fault.get_or_insert(message);
    }
}

/// Renders a header; `None` if it is omitted.
fn header_of(
    name: &str,
    encoding: Encoding,
    tree: &Tree,
) -> Result<Option<(HeaderName, HeaderValue)>, String> {
    let separated = |tree: &Tree| matches!(tree, Tree::Bare(text) | Tree::Text(text) if text.contains(','));
    let is_ambiguous = match tree {
        Tree::List(items) => items.iter().any(separated),
        Tree::Object(members) => members.iter().any(|(name, value)| name.contains(',') || separated(value)),
        Tree::Null | Tree::Bare(_) | Tree::Text(_) => false,
    };
    if is_ambiguous && !matches!(encoding.style, Style::Json) {
        return Err(format!(
            "an item of header `{name}` contains a comma, which would make it several items"
        ));
    }
    render_value(encoding, tree, Escape::Nothing).map(|text| parse_header(name, &text)).transpose()
}

/// Sets an entry, replacing an earlier one with its name.
fn replace<K: PartialEq<N>, N: Into<K>, V>(entries: &mut Vec<(K, V)>, name: N, value: V) {
    match entries.iter_mut().find(|(set, _)| *set == name) {
        Some((_, place)) => *place = value,
        None => entries.push((name.into(), value)),
    }
}

impl fmt::Debug for Request {
    /// Shows names only: values may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = self.headers.iter().map(|(name, _)| name);
        let extra = self.extra_headers.iter().map(|(name, _)| name);
        f.debug_struct("Request")
            .field("method", &self.target.method())
            .field("path", &self.target.path())
            .field("query", &self.query.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("headers", &headers.chain(extra).collect::<Vec<_>>())
            .field("content", &self.content)
            .finish_non_exhaustive()
    }
}
