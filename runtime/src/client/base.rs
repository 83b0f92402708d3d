//! Servers of the document and base URLs of the caller to the URLs that requests go to.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use crate::api::Server;

/// The URLs that paths are appended to, none with a slash at its end.
#[derive(Debug)]
pub(super) struct Bases {
    default: Result<String, String>,
    /// By the server's URL in the document.
    replaced: BTreeMap<String, String>,
    variables: BTreeMap<String, String>,
    /// Where credentials may go.
    origins: BTreeSet<String>,
}

impl Bases {
    pub(super) fn new(
        servers: &[Server],
        replaced: BTreeMap<String, String>,
        variables: BTreeMap<String, String>,
    ) -> Result<Self, String> {
        let mut parsed = BTreeMap::new();
        for (server, base) in replaced {
            parsed.insert(server, parse(&base)?);
        }
        let default = Err("the document names no server: set a base URL".to_owned());
        let mut bases = Self { default, replaced: parsed, variables, origins: BTreeSet::new() };
        if let Some(base) = bases.replaced.get("") {
            bases.default = Ok(base.clone());
        } else if let Some(server) = servers.first() {
            bases.default = bases.of_server(server).map(Cow::into_owned);
        }
        let trusted = servers.iter().filter_map(|server| bases.of_server(server).ok());
        let replaced = bases.replaced.values().chain(&bases.default).map(|base| Cow::Borrowed(&**base));
        let origins = trusted.chain(replaced).filter_map(|base| origin(&base)).collect();
        bases.origins = origins;
        Ok(bases)
    }

    /// Of a client that cannot work.
    pub(super) fn none() -> Self {
        let default = Err("the client has no base URL".to_owned());
        Self { default, replaced: BTreeMap::new(), variables: BTreeMap::new(), origins: BTreeSet::new() }
    }

    pub(super) fn of(&self, servers: &[Server]) -> Result<Cow<'_, str>, String> {
        match servers.first() {
            None => self.default.as_deref().map(Cow::Borrowed).map_err(Clone::clone),
            Some(server) => self.of_server(server),
        }
    }

    fn of_server(&self, server: &Server) -> Result<Cow<'_, str>, String> {
        if let Some(base) = self.replaced.get(server.url) {
            return Ok(Cow::Borrowed(base));
        }
        let mut url = server.url.to_owned();
        for (name, default) in server.variables {
            let value = self.variables.get(*name).map_or(*default, String::as_str);
            url = url.replace(&format!("{{{name}}}"), value);
        }
        parse(&url).map(Cow::Owned)
    }

    pub(super) fn resolve(&self, path: &str) -> Result<String, String> {
        let is_absolute = ["http://", "https://"]
            .iter()
            .any(|scheme| path.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
        let text = if is_absolute {
            path.to_owned()
        } else {
            format!("{}/{}", self.default.clone()?, path.strip_prefix('/').unwrap_or(path))
        };
        // The parser takes these out, so that what stands on both sides of them would become one.
        if text.contains(['\t', '\n', '\r']) {
            return Err("the path has a tab or a line break".to_owned());
        }
        let route = text.split(['?', '#']).next().unwrap_or_default();
        if route.split(['/', '\\']).any(is_dots) {
            return Err("the path has a segment `.` or `..`, which would call something else".to_owned());
        }
        let mut url = Url::parse(&text).map_err(|error| format!("the path makes no URL: {error}"))?;
        url.set_fragment(None);
        if !url.username().is_empty() || url.password().is_some() {
            return Err("a URL must hold no user name and password".to_owned());
        }
        Ok(url.into())
    }

    /// Whether a URL belongs to the API's servers, to those that took their place, or to an operation's own.
    pub(super) fn is_trusted(&self, url: &str, servers: &[Server]) -> bool {
        // What begins with the base is there, and needs no parsing.
        let is_below =
            |base: Cow<'_, str>| url.strip_prefix(&*base).is_some_and(|rest| rest.starts_with(['/', '?']));
        if self.of(servers).is_ok_and(is_below) {
            return true;
        }
        let Some(of_url) = origin(url) else { return false };
        let is_its_own =
            |server| self.of_server(server).is_ok_and(|base| origin(&base).as_ref() == Some(&of_url));
        self.origins.contains(&of_url) || servers.iter().any(is_its_own)
    }
}

/// URL parsers take a percent-encoded dot for a dot.
fn is_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

fn parse(base: &str) -> Result<String, String> {
    let url = Url::parse(base).map_err(|error| format!("`{base}` is no base URL: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("base URL `{base}` is neither http nor https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a base URL must hold no user name and password".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("base URL `{base}` has a query or a fragment"));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

fn origin(url: &str) -> Option<String> {
    Some(Url::parse(url).ok()?.origin().ascii_serialization())
}
