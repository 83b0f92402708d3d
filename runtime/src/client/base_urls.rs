//! Computes the URLs of requests from the servers of the document and the caller's base URLs.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::server_variables;

use crate::api::{Api, Server};

/// The URLs that paths are appended to, all without a trailing slash.
#[derive(Debug)]
pub(super) struct BaseUrls {
    default: Result<String, String>,
    /// The caller's settings.
    overrides: ServerOverrides,
    /// The origins that credentials may be sent to.
    origins: BTreeSet<String>,
}

/// The caller's settings for the servers of the document.
#[derive(Debug, Default)]
pub(super) struct ServerOverrides {
    /// Replacement URLs by the server's URL in the document. That of the default server has the empty key as well.
    pub(super) replaced: BTreeMap<String, String>,
    /// The origin that replaces the origins of all servers without a replacement URL.
    pub(super) origin: Option<String>,
    pub(super) variables: BTreeMap<String, String>,
}

impl BaseUrls {
    pub(super) fn new(api: &Api, overrides: ServerOverrides) -> Result<Self, String> {
        let parsed: Result<_, String> =
            overrides.replaced.into_iter().map(|(server, base)| Ok((server, parse(&base)?))).collect();
        let overrides = ServerOverrides {
            replaced: parsed?,
            origin: overrides.origin.map(|place| parse_origin(&place)).transpose()?,
            variables: overrides.variables,
        };
        server_variables::check(api, &overrides.variables)?;
        let default = Err("the document has no server: set a base URL".to_owned());
        let mut bases = Self { default, overrides, origins: BTreeSet::new() };
        if let Some(base) = bases.overrides.replaced.get("").or(bases.overrides.origin.as_ref()) {
            bases.default = Ok(base.clone());
        }
        if let (Some(server), false) = (api.servers.first(), bases.overrides.replaced.contains_key("")) {
            bases.default = bases.of_server(server).map(Cow::into_owned);
        }
        let servers = api.servers.iter().chain(api.operation_servers);
        let trusted = servers.filter_map(|server| bases.of_server(server).ok());
        let replaced =
            bases.overrides.replaced.values().chain(&bases.default).map(|base| Cow::Borrowed(&**base));
        let origins = trusted.chain(replaced).filter_map(|base| origin(&base)).collect();
        bases.origins = origins;
        Ok(bases)
    }

    /// Creates the base URLs of a client that is not configured correctly.
    pub(super) fn none() -> Self {
        let default = Err("the client has no base URL".to_owned());
        Self { default, overrides: ServerOverrides::default(), origins: BTreeSet::new() }
    }

    /// Returns the origin that replaces those of all servers, if there is one.
    pub(super) fn common_origin(&self) -> Option<&str> {
        self.overrides.origin.as_deref()
    }

    pub(super) fn of(&self, servers: &[Server]) -> Result<Cow<'_, str>, String> {
        match servers.first() {
            None => self.default.as_deref().map(Cow::Borrowed).map_err(Clone::clone),
            Some(server) => self.of_server(server),
        }
    }

    fn of_server(&self, server: &Server) -> Result<Cow<'_, str>, String> {
        if let Some(base) = self.overrides.replaced.get(server.url) {
            return Ok(Cow::Borrowed(base));
        }
        let base = parse(&server_variables::fill(server, &self.overrides.variables)?)?;
        let Some(place) = &self.overrides.origin else { return Ok(Cow::Owned(base)) };
        let path = Url::parse(&base).map_err(|error| error.to_string())?.path().to_owned();
        Ok(Cow::Owned(format!("{place}{}", path.trim_end_matches('/'))))
    }

    /// Checks a URL given in place of the operation's own. It must not downgrade the server's https to http.
    pub(super) fn place(&self, url: &str, servers: &[Server]) -> Result<String, String> {
        let mut place = Url::parse(url).map_err(|error| format!("invalid URL `{}`: {error}", shown(url)))?;
        let usual = self.of(servers)?;
        if place.scheme() != "https" && (place.scheme() != "http" || usual.starts_with("https:")) {
            return Err(format!("the URL `{}` must use https, or http if the server does", shown(url)));
        }
        if !place.username().is_empty() || place.password().is_some() {
            return Err("a URL must not contain a user name or password".to_owned());
        }
        place.set_fragment(None);
        Ok(place.into())
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
        // The URL parser removes these characters, which could turn `.<tab>.` into `..`.
        if text.contains(['\t', '\n', '\r']) {
            return Err("the path contains a tab or a line break".to_owned());
        }
        let route = text.split(['?', '#']).next().unwrap_or_default();
        if route.split(['/', '\\']).any(is_dots) {
            return Err(
                "the path contains a segment `.` or `..`, which would lead to another path".to_owned()
            );
        }
        let mut url =
            Url::parse(&text).map_err(|error| format!("the path does not form a valid URL: {error}"))?;
        url.set_fragment(None);
        if !url.username().is_empty() || url.password().is_some() {
            return Err("a URL must not contain a user name or password".to_owned());
        }
        Ok(url.into())
    }

    /// Returns `true` if a URL belongs to a server of the API, to one configured in its place, or to a server of the
    /// operation.
    pub(super) fn is_trusted(&self, url: &str, servers: &[Server]) -> bool {
        // A URL that starts with the base is on that server, so it need not be parsed.
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

/// Returns `true` for `.` and `..`, also percent-encoded, since URL parsers treat `%2e` as a dot.
fn is_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

fn parse(base: &str) -> Result<String, String> {
    let url = Url::parse(base).map_err(|error| format!("invalid base URL `{base}`: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("base URL `{base}` must use http or https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a base URL must not contain a user name or password".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("base URL `{base}` must not have a query or a fragment"));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// Parses the origin that replaces those of the servers.
fn parse_origin(text: &str) -> Result<String, String> {
    let base = parse(text)?;
    match origin(&base) {
        Some(origin) if origin == base => Ok(origin),
        Some(_) | None => Err(format!("`{text}` is not an origin: it has a path")),
    }
}

/// Removes the query of a URL, which may contain secrets.
fn shown(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

fn origin(url: &str) -> Option<String> {
    Some(Url::parse(url).ok()?.origin().ascii_serialization())
}
