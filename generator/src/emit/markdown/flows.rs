//! Builds the views of OAuth flows, for the page about authentication.

use serde::Serialize;

use super::prose::Prose;
use crate::emit::Dialect;
use crate::emit::inert::{Inert, Place, inert};
use crate::emit::remarks::code;
use crate::ir::{self, OAuthFlow, OAuthGrant};

/// A flow of a security scheme.
#[derive(Debug, Serialize)]
pub(super) struct FlowView {
    grant: &'static str,
    /// The constructor of its credential, if there is one.
    constructor: Option<String>,
    /// The page where users authorize the application.
    page: Option<Inert>,
    /// The endpoint that issues codes for devices without a browser.
    codes: Option<Inert>,
    /// The endpoint that issues tokens.
    endpoint: Option<Inert>,
    /// The endpoint that renews tokens, if it is another one.
    renewals: Option<Inert>,
    /// The scopes as list items.
    scopes: Vec<Inert>,
}

/// The flow that the sample shows.
#[derive(Debug, Serialize)]
pub(super) struct FlowSample {
    ty: String,
    function: &'static str,
    /// `true` if a user authorizes the application.
    has_page: bool,
    /// The first scope, escaped for a string literal.
    scope: Option<Inert>,
}

/// Builds the views of the flows of a scheme, in document order.
pub(super) fn flows(scheme: &ir::SecurityScheme, index: usize, dialect: &dyn Dialect) -> Vec<FlowView> {
    let view = |flow: &OAuthFlow| {
        let constructor = dialect.flow_constructor(index, flow);
        let scope = |(name, docs): &(String, ir::Docs)| match Prose::new(docs.description.as_ref()) {
            Some(prose) => prose.into_item(&(code(name) + ":"), 6),
            None => code(name),
        };
        let is_for_devices = flow.grant == OAuthGrant::DeviceAuthorization;
        FlowView {
            grant: name(flow.grant),
            constructor: constructor.map(|(ty, function)| format!("oauth::{ty}::{function}")),
            page: flow.authorization_url.as_deref().filter(|_| !is_for_devices).map(code),
            codes: flow.authorization_url.as_deref().filter(|_| is_for_devices).map(code),
            endpoint: flow.token_url.as_deref().map(code),
            renewals: flow.refresh_url.as_deref().map(code),
            scopes: flow.scopes.iter().map(scope).collect(),
        }
    };
    scheme.flows.iter().map(view).collect()
}

/// Returns the name of the first flow, if the runtime has no credential for any flow of the API.
pub(super) fn bare_flow(api: &ir::Api) -> Option<&'static str> {
    let flows = || api.security_schemes.iter().flat_map(|scheme| &scheme.flows);
    flows().next().filter(|_| flows().all(is_bare)).map(|flow| name(flow.grant))
}

/// Returns `true` if users can sign in by a page, or the API does not describe how tokens are issued.
pub(super) fn has_user_flow(api: &ir::Api) -> bool {
    let mut grants = api.security_schemes.iter().flat_map(|scheme| &scheme.flows).map(|flow| flow.grant);
    let is_silent = grants.clone().next().is_none();
    is_silent || grants.any(|grant| grant == OAuthGrant::AuthorizationCode)
}

/// Returns `true` if the runtime has no credential for a flow.
pub(super) fn is_bare(flow: &OAuthFlow) -> bool {
    match flow.grant {
        OAuthGrant::AuthorizationCode | OAuthGrant::ClientCredentials => false,
        OAuthGrant::DeviceAuthorization | OAuthGrant::Implicit | OAuthGrant::Password => true,
    }
}

fn name(grant: OAuthGrant) -> &'static str {
    match grant {
        OAuthGrant::AuthorizationCode => "authorization code",
        OAuthGrant::ClientCredentials => "client credentials",
        OAuthGrant::DeviceAuthorization => "device authorization",
        OAuthGrant::Implicit => "implicit",
        OAuthGrant::Password => "password",
    }
}

/// Returns the first flow that has a constructor.
pub(super) fn sample(api: &ir::Api, dialect: &dyn Dialect) -> Option<FlowSample> {
    let schemes = api.security_schemes.iter().enumerate();
    let mut flows = schemes.flat_map(|(index, scheme)| scheme.flows.iter().map(move |flow| (index, flow)));
    flows.find_map(|(index, flow)| {
        let (ty, function) = dialect.flow_constructor(index, flow)?;
        let has_page = match flow.grant {
            OAuthGrant::AuthorizationCode => true,
            OAuthGrant::ClientCredentials
            | OAuthGrant::DeviceAuthorization
            | OAuthGrant::Implicit
            | OAuthGrant::Password => false,
        };
        let scope = flow.scopes.first().map(|(name, _)| inert(name, Place::Literal));
        Some(FlowSample { ty, function, has_page, scope })
    })
}
