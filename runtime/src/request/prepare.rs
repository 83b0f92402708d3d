//! A collected request to one that can be sent any number of times.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};

use super::{Request, Target};
use crate::api::Operation;
use crate::body::Source;
use crate::error::{CallFacts, Error};
use crate::info::RequestInfo;

/// A request whose every part is checked, but for the authorization.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Source,
    pub(crate) facts: CallFacts,
}

impl Request {
    pub(crate) fn facts(&self) -> CallFacts {
        CallFacts {
            operation: self.target.id(),
            method: self.target.method().clone(),
            url: self.target.path().to_owned(),
        }
    }

    pub(crate) fn info(&self, attempt: u32) -> RequestInfo {
        RequestInfo { operation: self.target.id(), template: self.target.path().to_owned(), attempt }
    }

    pub(crate) fn prepare(&self) -> Result<Prepared, Error> {
        if let Some(fault) = &self.fault {
            return Err(Error::invalid(fault.clone()));
        }
        let url = match &self.url {
            Some(url) => url.clone(),
            None => self.own_url()?,
        };
        url.parse::<Uri>().map_err(|error| Error::invalid("the URL cannot be sent").with_source(error))?;
        let content = self.content()?;
        let mut facts = self.facts();
        url.split('?').next().unwrap_or_default().clone_into(&mut facts.url);
        Ok(Prepared {
            method: facts.method.clone(),
            headers: self.header_map(content.as_ref().map(|(_, media_type)| media_type))?,
            body: content.map_or_else(|| Source::Bytes(Bytes::new()), |(source, _)| source),
            url,
            facts,
        })
    }

    /// The URL that target and query make.
    fn own_url(&self) -> Result<String, Error> {
        let mut url = match &self.target {
            Target::Operation(operation) => {
                format!("{}{}", self.client.base(operation.servers)?, self.fill(operation)?)
            }
            Target::Custom { path, .. } => self.client.resolve(path)?,
        };
        for (_, text) in &self.query {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(text);
        }
        Ok(url)
    }

    /// The path with its parameters in place.
    fn fill(&self, operation: &Operation) -> Result<String, Error> {
        // Documents tell variants of one operation apart by a fragment, which is never sent.
        let template = operation.path.split('#').next().unwrap_or_default();
        let mut path = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            let value = self.path.iter().find(|(set, _)| *set == name);
            let Some((_, value)) = value else {
                return Err(Error::invalid(format!("path parameter `{name}` is not set")));
            };
            path.push_str(before);
            path.push_str(value);
            rest = after;
        }
        path.push_str(rest);
        let route = path.split('?').next().unwrap_or_default();
        if route.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(Error::invalid(format!(
                "a path parameter of `{template}` is `.` or `..`, which would call something else"
            )));
        }
        Ok(path)
    }

    fn header_map(&self, media_type: Option<&HeaderValue>) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::new();
        if !self.accept().is_empty() {
            headers.insert(ACCEPT, HeaderValue::from_static(self.accept()));
        }
        change(&mut headers, &self.client.options().headers);
        if let Some(media_type) = media_type {
            headers.insert(CONTENT_TYPE, media_type.clone());
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<&str> = self.cookies.iter().map(|(_, text)| text.as_str()).collect();
            let cookies = HeaderValue::from_str(&cookies.join("; "))
                .map_err(|_| Error::invalid("a cookie has characters that no header may have"))?;
            headers.insert(COOKIE, cookies);
        }
        change(&mut headers, &self.extra_headers);
        Ok(headers)
    }
}

fn change(headers: &mut HeaderMap, changes: &[(HeaderName, Option<HeaderValue>)]) {
    for (name, value) in changes {
        match value {
            Some(value) => headers.insert(name, value.clone()),
            None => headers.remove(name),
        };
    }
}
