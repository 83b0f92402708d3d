//! Rewrites security definitions.

use super::located::Located;

/// The flows of OAuth 2.0 in Swagger 2.0 and in OpenAPI 3.
const FLOWS: &[(&str, &str)] = &[
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

/// Rewrites a security definition as a security scheme.
pub(super) fn scheme(mut scheme: Located) -> Located {
    match scheme.text("type") {
        Some("basic") => {
            let written = scheme.written().child("type");
            scheme.set("type", Located::made("http", &written));
            scheme.set("scheme", Located::made("basic", &written));
            scheme
        }
        Some("oauth2") => oauth2(scheme),
        _ => scheme,
    }
}

fn oauth2(mut scheme: Located) -> Located {
    if scheme.get("flows").is_some() {
        return scheme;
    }
    let written = scheme.take("flow");
    let name = written.as_ref().and_then(|flow| flow.node().as_str()).unwrap_or_default();
    let name = FLOWS.iter().find(|(before, _)| *before == name).map_or(name, |(_, after)| after);
    let place = written.as_ref().map_or_else(|| scheme.written().clone(), |flow| flow.written().clone());
    let mut flow = Located::object(scheme.written());
    for key in ["authorizationUrl", "tokenUrl", "refreshUrl"] {
        let member = scheme.take(key);
        flow.set_some(key, member);
    }
    let scopes = scheme.take("scopes").unwrap_or_else(|| Located::object(scheme.written()));
    flow.set("scopes", scopes);
    let mut flows = Located::object(&place);
    if !name.is_empty() {
        flows.set(name, flow);
    }
    scheme.set("flows", flows);
    scheme
}
