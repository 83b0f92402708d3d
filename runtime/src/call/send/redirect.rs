//! Derives the next request from a redirect: its method, URL, body and headers.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use url::Url;

/// The maximum number of redirects that are followed.
const MOST: usize = 20;

/// The way of a request through redirects.
#[derive(Debug)]
pub(crate) struct Route<'a> {
    pub(crate) method: Method,
    pub(crate) url: Cow<'a, str>,
    pub(crate) carries_body: bool,
    pub(crate) standing: Standing,
    /// The header that goes with the body to any origin, so that a repetition is recognized there; empty if there is
    /// none.
    idempotency_key: &'static str,
    /// Earlier requests, oldest first.
    visited: Vec<(Method, String)>,
}

/// The position of a request relative to the origin that it was sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Not redirected.
    Start,
    /// Redirected within the origin.
    Moved,
    /// Redirected to another origin, or back from one: the other origin chose the URL.
    Elsewhere,
}

impl<'a> Route<'a> {
    pub(crate) fn new(method: &Method, url: &'a str) -> Self {
        Self {
            method: method.clone(),
            url: Cow::Borrowed(url),
            carries_body: true,
            standing: Standing::Start,
            idempotency_key: "",
            visited: Vec::new(),
        }
    }

    /// Sets the header by which the server recognizes a repetition.
    pub(crate) fn with_idempotency_key(self, idempotency_key: &'static str) -> Self {
        Self { idempotency_key, ..self }
    }

    /// Follows a redirect (RFC 9110 section 15.4). The error says why it must not be followed.
    pub(crate) fn follow(&mut self, status: StatusCode, location: &HeaderValue) -> Result<(), String> {
        let next = self.target(location)?;
        let becomes_get = match status {
            StatusCode::SEE_OTHER => self.method != Method::HEAD,
            StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => self.method == Method::POST,
            _ => false,
        };
        let url = std::mem::replace(&mut self.url, Cow::Owned(next));
        self.visited.push((self.method.clone(), url.into_owned()));
        if becomes_get {
            self.method = Method::GET;
            self.carries_body = false;
        }
        if self.visited.iter().any(|(method, url)| *method == self.method && *url == self.url) {
            return Err(format!("redirect loop: {}", self.chain()));
        }
        if self.visited.len() > MOST {
            return Err(format!("more than {MOST} redirects: {}", self.chain()));
        }
        Ok(())
    }

    fn target(&mut self, location: &HeaderValue) -> Result<String, String> {
        let here = Url::parse(&self.url).map_err(|error| format!("invalid URL: {error}"))?;
        let location = std::str::from_utf8(location.as_bytes())
            .map_err(|_| "the redirect's `location` is not UTF-8".to_owned())?;
        let mut next = here
            .join(location)
            .map_err(|error| format!("the redirect's `location` is not a valid URL: {error}"))?;
        match (here.scheme(), next.scheme()) {
            ("https", "http") => {
                return Err(format!("the redirect leads from https to http: {}", shown(next.as_str())));
            }
            (_, "http" | "https") => {}
            (_, scheme) => return Err(format!("the redirect leads to a URL with the scheme `{scheme}`")),
        }
        next.set_fragment(None);
        // User information in a URL would become an `Authorization` header. These fail only if a URL can have none.
        next.set_username("").and_then(|()| next.set_password(None)).unwrap_or_default();
        if next.origin() != here.origin() {
            self.standing = Standing::Elsewhere;
        } else if self.standing == Standing::Start {
            self.standing = Standing::Moved;
        }
        Ok(next.into())
    }

    /// Returns the URLs visited so far, without queries, whose values may be secrets.
    fn chain(&self) -> String {
        let visited = self.visited.iter().map(|(_, url)| shown(url));
        visited.chain([shown(&self.url)]).collect::<Vec<_>>().join(" → ")
    }

    /// Removes the headers that must not be sent along. `allowed` holds the names, in lower case, of those that may go
    /// to another origin.
    pub(crate) fn filter(&self, headers: &mut HeaderMap, allowed: &[&str]) {
        if self.standing == Standing::Elsewhere {
            let names: Vec<HeaderName> = headers.keys().cloned().collect();
            for name in names {
                let goes = allowed.contains(&name.as_str()) && !SECRET.contains(&name.as_str());
                let describes =
                    [DESCRIBE_BODY, DESCRIBE_PART].iter().any(|names| names.contains(&name.as_str()));
                let is_key = self.carries_body && name.as_str().eq_ignore_ascii_case(self.idempotency_key);
                if !goes && !describes && (!is_key || SECRET.contains(&name.as_str())) {
                    headers.remove(name);
                }
            }
        }
        if !self.carries_body {
            for name in DESCRIBE_BODY.iter().chain(GO_WITH_BODY) {
                headers.remove(*name);
            }
        }
    }
}

/// Headers without which a body cannot be understood.
const DESCRIBE_BODY: &[&str] = &["content-encoding", "content-type"];
/// Headers without which another part of the response comes, or the same part of another state.
const DESCRIBE_PART: &[&str] = &["if-range", "range"];
const GO_WITH_BODY: &[&str] = &[
    "content-digest",
    "content-language",
    "content-length",
    "content-location",
    "content-md5",
    "digest",
    "repr-digest",
];
/// Headers that never go to another origin, even if the document allows them.
const SECRET: &[&str] = &["authorization", "cookie", "proxy-authorization"];

/// Returns `true` if a response of this status is a redirect.
pub(crate) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Returns a URL without its query, cut to a readable length.
fn shown(url: &str) -> String {
    url.split(['?', '#']).next().unwrap_or_default().chars().take(100).collect()
}

#[cfg(test)]
mod tests;
