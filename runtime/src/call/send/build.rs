//! Builds the request that the transport sends from a checked request, its credentials and its redirects.

use std::borrow::Cow;

use http::header::{COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderValue};

use super::redirect::{Route, Standing};
use crate::body::Body;
use crate::call::request::Prepared;
use crate::client::Client;
use crate::credential::{Authorization, Placement};
use crate::error::Error;
use crate::parameter::Escape;

/// Builds the request for the current step of the route. Credentials are not sent to other origins.
pub(super) fn build(
    client: &Client,
    prepared: &Prepared,
    route: &Route<'_>,
    authorizations: &[Authorization],
    body: Body,
) -> Result<http::Request<Body>, Error> {
    let mut url = Cow::Borrowed(&*route.url);
    let mut headers = unsigned_headers(client, &prepared.headers, route);
    if route.standing != Standing::Elsewhere {
        for placement in authorizations.iter().flat_map(Authorization::placements) {
            place(placement, &mut url, &mut headers)?;
        }
    }
    let is_as_prepared = route.standing == Standing::Start && matches!(url, Cow::Borrowed(_));
    let uri = if is_as_prepared {
        prepared.uri.clone()
    } else {
        url.parse().map_err(|_| Error::invalid("the URL cannot be sent"))?
    };
    let mut request = http::Request::new(body);
    *request.method_mut() = route.method.clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    Ok(request)
}

/// Returns the headers for the current step of the route, without those of credentials.
pub(super) fn unsigned_headers(client: &Client, prepared: &HeaderMap, route: &Route<'_>) -> HeaderMap {
    // A clone would have room for no more headers.
    let mut headers = HeaderMap::with_capacity(prepared.len() + client.agent_headers().len() + 2);
    for (name, value) in prepared {
        headers.append(name, value.clone());
    }
    for (name, value) in client.agent_headers() {
        // The caller may have a user agent of their own.
        if *name != USER_AGENT || !headers.contains_key(USER_AGENT) {
            headers.insert(name, value.clone());
        }
    }
    if route.standing != Standing::Start {
        route.filter(&mut headers, client.api().cross_origin_headers);
    }
    headers
}

fn place(placement: &Placement, url: &mut Cow<'_, str>, headers: &mut HeaderMap) -> Result<(), Error> {
    match placement {
        Placement::Header(name, value) => {
            headers.insert(name, value.clone());
        }
        Placement::Query(name, value) => {
            let pair = format!("{}=", Escape::Unreserved.apply(name));
            // The target of a redirect may already contain it.
            if !url.split(['?', '&']).skip(1).any(|set| set.starts_with(&pair)) {
                let url = url.to_mut();
                url.push(if url.contains('?') { '&' } else { '?' });
                url.push_str(&pair);
                Escape::Unreserved.push(value.expose(), url);
            }
        }
        Placement::Cookie(name, value) => {
            let mut cookies =
                headers.get(COOKIE).map_or_else(Vec::new, |set| [set.as_bytes(), b"; "].concat());
            cookies
                .extend_from_slice(format!("{name}={}", Escape::Unreserved.apply(value.expose())).as_bytes());
            let mut cookies = HeaderValue::from_bytes(&cookies)
                .map_err(|_| Error::invalid("a cookie contains invalid characters"))?;
            cookies.set_sensitive(true);
            headers.insert(COOKIE, cookies);
        }
    }
    Ok(())
}
