//! Lowers the flows of OAuth 2.0 that a security scheme describes.

use url::Url;

use crate::ir::{Docs, OAuthFlow, OAuthGrant, Server};
use crate::lower::Lowering;
use crate::pointer::Pointer;
use crate::tree::Node;

impl Lowering<'_> {
    /// Returns the flows of a scheme in document order. Relative URLs are resolved against the first server.
    pub(super) fn oauth_flows(&self, scheme: &Pointer, servers: &[Server]) -> Vec<OAuthFlow> {
        let flows = self.spec.node(scheme).and_then(|scheme| scheme.get("flows"));
        let flows = flows.and_then(Node::as_mapping).into_iter().flatten();
        let flow = |key: &str, flow: &Node| {
            let (grant, _) = OAuthGrant::KEYS.into_iter().find(|(_, known)| *known == key)?;
            let url = |key: &str| Some(absolute(flow.get(key)?.as_str()?, servers));
            let scopes = flow.get("scopes").and_then(Node::as_mapping).into_iter().flatten();
            let scope = |name: &str, description: &Node| {
                let description = description.as_str().filter(|text| !text.trim().is_empty());
                (name.to_owned(), Docs { title: None, description: description.map(Into::into) })
            };
            Some(OAuthFlow {
                grant,
                authorization_url: url("authorizationUrl").or_else(|| url("deviceAuthorizationUrl")),
                token_url: url("tokenUrl"),
                refresh_url: url("refreshUrl").filter(|refresh| Some(refresh) != url("tokenUrl").as_ref()),
                scopes: scopes.map(|(name, description)| scope(name, description)).collect(),
            })
        };
        flows.filter_map(|(key, node)| flow(key, node)).collect()
    }
}

impl Lowering<'_> {
    /// Returns the URL of the document in which the server of a scheme describes its endpoints.
    pub(super) fn metadata_url(&self, scheme: &Pointer, servers: &[Server]) -> Option<String> {
        let scheme = self.spec.node(scheme)?;
        let key = match scheme.get("type")?.as_str()? {
            "openIdConnect" => "openIdConnectUrl",
            "oauth2" => "oauth2MetadataUrl",
            _ => return None,
        };
        scheme.get(key)?.as_str().map(|url| absolute(url, servers))
    }
}

/// Resolves a URL against the first server, unless that has variables or is relative itself.
fn absolute(url: &str, servers: &[Server]) -> String {
    let base = servers.first().filter(|server| !server.url.contains('{'));
    let base = base.and_then(|server| Url::parse(&server.url).ok());
    match (Url::parse(url), base) {
        (Err(url::ParseError::RelativeUrlWithoutBase), Some(base)) => {
            base.join(url).map_or_else(|_| url.to_owned(), Into::into)
        }
        _ => url.to_owned(),
    }
}
