//! A redirect to the next request: its method, its URL, whether the body goes along, and whether it leaves the origin.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use url::Url;

/// How many redirects are followed.
const MOST: usize = 20;

/// Where a request has come to.
#[derive(Debug)]
pub(crate) struct Route<'a> {
    pub(crate) method: Method,
    pub(crate) url: Cow<'a, str>,
    pub(crate) carries_body: bool,
    pub(crate) standing: Standing,
    /// Earlier requests, oldest first.
    visited: Vec<(Method, String)>,
}

/// How far from its start a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// At its start.
    Start,
    /// Redirected within the origin.
    Moved,
    /// Redirected to another origin, or back from there: whoever sent it there chose the URL.
    Elsewhere,
}

impl<'a> Route<'a> {
    pub(crate) fn new(method: &Method, url: &'a str) -> Self {
        Self {
            method: method.clone(),
            url: Cow::Borrowed(url),
            carries_body: true,
            standing: Standing::Start,
            visited: Vec::new(),
        }
    }

    /// Goes where the answer points (RFC 9110 section 15.4). The error says why that must not be.
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
            return Err(format!("the redirects lead in a circle: {}", self.chain()));
        }
        if self.visited.len() > MOST {
            return Err(format!("there are more than {MOST} redirects: {}", self.chain()));
        }
        Ok(())
    }

    fn target(&mut self, location: &HeaderValue) -> Result<String, String> {
        let here = Url::parse(&self.url).map_err(|error| format!("the URL cannot be read: {error}"))?;
        let location = std::str::from_utf8(location.as_bytes())
            .map_err(|_| "the redirect's `location` is no UTF-8 text".to_owned())?;
        let mut next = here
            .join(location)
            .map_err(|error| format!("the redirect's `location` makes no URL: {error}"))?;
        match (here.scheme(), next.scheme()) {
            ("https", "http") => {
                return Err(format!("the redirect leads from https to http: {}", shown(next.as_str())));
            }
            (_, "http" | "https") => {}
            (_, scheme) => return Err(format!("the redirect leads to a URL of the scheme `{scheme}`")),
        }
        next.set_fragment(None);
        // A user in a URL would become an authorization. These fail only where a URL can have none.
        next.set_username("").and_then(|()| next.set_password(None)).unwrap_or_default();
        if next.origin() != here.origin() {
            self.standing = Standing::Elsewhere;
        } else if self.standing == Standing::Start {
            self.standing = Standing::Moved;
        }
        Ok(next.into())
    }

    /// The way so far, without queries, whose values may be secrets.
    fn chain(&self) -> String {
        let visited = self.visited.iter().map(|(_, url)| shown(url));
        visited.chain([shown(&self.url)]).collect::<Vec<_>>().join(" → ")
    }

    /// Takes out what must not go along; `allowed` are names in lower case that may go to another origin.
    pub(crate) fn filter(&self, headers: &mut HeaderMap, allowed: &[&str]) {
        if self.standing == Standing::Elsewhere {
            let names: Vec<HeaderName> = headers.keys().cloned().collect();
            for name in names {
                let goes = allowed.contains(&name.as_str()) && !SECRET.contains(&name.as_str());
                if !goes && !DESCRIBE_BODY.contains(&name.as_str()) {
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

/// Without them nobody understands the body that they come with.
const DESCRIBE_BODY: &[&str] = &["content-encoding", "content-type"];
const GO_WITH_BODY: &[&str] = &[
    "content-digest",
    "content-language",
    "content-length",
    "content-location",
    "content-md5",
    "digest",
    "repr-digest",
];
/// Whatever the document allows.
const SECRET: &[&str] = &["authorization", "cookie", "proxy-authorization"];

/// Whether an answer of this status points elsewhere.
pub(crate) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// A URL without its query, and no longer than people read.
fn shown(url: &str) -> String {
    url.split(['?', '#']).next().unwrap_or_default().chars().take(100).collect()
}

#[cfg(test)]
mod tests;
