//! Checks a collected request and turns it into one that can be sent repeatedly.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};

use super::{Request, Target};
use crate::api::Operation;
use crate::body::BodySource;
use crate::error::{CallFacts, Error};
use crate::parameter::parse_header;
use crate::platform::Platform;
use crate::transport::RequestInfo;

/// A request whose parts are all checked, except the authorization.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) method: Method,
    pub(crate) url: String,
    /// The same, parsed.
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: BodySource,
    pub(crate) operation: Option<&'static str>,
}

impl Prepared {
    /// Returns the facts of the call, which the URL of the request becomes a part of.
    pub(crate) fn into_facts(self) -> CallFacts {
        let mut url = self.url;
        url.truncate(url.find('?').unwrap_or(url.len()));
        CallFacts { operation: self.operation, method: self.method, url }
    }

    /// Returns `true` if the server recognizes a repetition of the request.
    pub(crate) fn is_recognized(&self, target: &Target) -> bool {
        let name = target.idempotency_key();
        !name.is_empty() && self.headers.contains_key(name)
    }

    /// Returns `true` if the response is to be an event stream.
    pub(crate) fn wants_events(&self) -> bool {
        self.headers.get(ACCEPT).is_some_and(|value| value == "text/event-stream")
    }
}

impl Request {
    pub(crate) fn facts(&self) -> CallFacts {
        CallFacts {
            operation: self.target.id(),
            method: self.target.method(),
            url: self.target.path().to_owned(),
        }
    }

    pub(crate) fn info(&self, attempt: u32) -> RequestInfo {
        let template = match &self.target {
            Target::Operation(operation) => Cow::Borrowed(operation.path),
            Target::Custom { .. } => Cow::Owned(self.target.path().to_owned()),
        };
        RequestInfo { operation: self.target.id(), template, attempt, is_token_call: false }
    }

    pub(crate) fn prepare(&self) -> Result<Prepared, Error> {
        if let Some(fault) = &self.fault {
            return Err(Error::invalid(fault.clone()));
        }
        let url = match &self.url {
            Some(url) => url.clone(),
            None => self.own_url()?,
        };
        let uri = url.parse().map_err(|error: http::uri::InvalidUri| {
            Error::invalid("the URL cannot be sent").with_source(error)
        })?;
        let content = self.content()?;
        Ok(Prepared {
            method: self.target.method(),
            headers: self.header_map(&url, content.as_ref().map(|(_, media_type)| media_type))?,
            body: content.map_or_else(|| BodySource::Bytes(Bytes::new()), |(source, _)| source),
            url,
            uri,
            operation: self.target.id(),
        })
    }

    /// Builds the URL from target and query.
    fn own_url(&self) -> Result<String, Error> {
        let mut url = String::with_capacity(128);
        match (&self.place, &self.target) {
            (Some(place), target) => url.push_str(&self.client.place(place, target.servers())?),
            (None, Target::Operation(operation)) => {
                url.push_str(&self.client.base(operation.servers)?);
                self.fill(operation, &mut url)?;
            }
            (None, Target::Custom { path, .. }) => url.push_str(&self.client.resolve(path)?),
        }
        for (_, text) in &self.query {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(text);
        }
        Ok(url)
    }

    /// Appends the path with its parameters filled in.
    fn fill(&self, operation: &Operation, url: &mut String) -> Result<(), Error> {
        // Documents distinguish variants of one operation by a fragment, which is never sent.
        let template = operation.path.split('#').next().unwrap_or_default();
        let start = url.len();
        // Anything else would become part of the host.
        if !template.starts_with('/') {
            url.push('/');
        }
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            let value = self.path.iter().find(|(set, _)| *set == name);
            let Some((_, value)) = value else {
                return Err(Error::invalid(format!("path parameter `{name}` is not set")));
            };
            url.push_str(before);
            url.push_str(value);
            rest = after;
        }
        url.push_str(rest);
        let route = url[start..].split('?').next().unwrap_or_default();
        if route.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(Error::invalid(format!(
                "a path parameter of `{template}` is `.` or `..`, which would address another path"
            )));
        }
        Ok(())
    }

    fn header_map(&self, url: &str, media_type: Option<&HeaderValue>) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::new();
        if !self.accept().is_empty() {
            headers.insert(ACCEPT, HeaderValue::from_static(self.accept()));
        }
        let of_client = &self.client.options().headers;
        match self.target {
            // As on a redirect, since the headers are meant for the API and may be secrets.
            Target::Custom { .. } if !self.is_trusted(url) => {
                let allowed = self.client.api().cross_origin_headers;
                let travels = |(name, _): &&(HeaderName, _)| allowed.contains(&name.as_str());
                change(&mut headers, of_client.iter().filter(travels));
            }
            Target::Custom { .. } | Target::Operation(_) => change(&mut headers, of_client),
        }
        if let Some(media_type) = media_type {
            headers.insert(CONTENT_TYPE, media_type.clone());
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<&str> = self.cookies.iter().map(|(_, text)| text.as_str()).collect();
            let cookies = HeaderValue::from_str(&cookies.join("; "))
                .map_err(|_| Error::invalid("a cookie contains invalid characters"))?;
            headers.insert(COOKIE, cookies);
        }
        self.add_idempotency_key(&mut headers)?;
        change(&mut headers, &self.extra_headers);
        Ok(headers)
    }
}

impl Request {
    /// Adds a new idempotency key, if the operation takes one and the caller did not set it. It is a random UUID
    /// (RFC 9562 section 5.4).
    fn add_idempotency_key(&self, headers: &mut HeaderMap) -> Result<(), Error> {
        let name = self.target.idempotency_key();
        if name.is_empty() || headers.contains_key(name) {
            return Ok(());
        }
        let (name, value) =
            parse_header(name, &random_uuid(&**self.client.platform()?)).map_err(Error::invalid)?;
        headers.insert(name, value);
        Ok(())
    }
}

fn random_uuid(platform: &dyn Platform) -> String {
    let (high, low) = (platform.random(), platform.random());
    let version = high & 0x0fff | 0x4000;
    let variant = (low >> 48) & 0x3fff | 0x8000;
    format!(
        "{:08x}-{:04x}-{version:04x}-{variant:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        low & 0xffff_ffff_ffff
    )
}

fn change<'a>(
    headers: &mut HeaderMap,
    changes: impl IntoIterator<Item = &'a (HeaderName, Option<HeaderValue>)>,
) {
    for (name, value) in changes {
        match value {
            Some(value) => headers.insert(name, value.clone()),
            None => headers.remove(name),
        };
    }
}
