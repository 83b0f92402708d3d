//! Rewrites security definitions.

use super::Rewriting;
use super::located::Located;
use crate::diagnostic::nearest::nearest;
use crate::spec::object_reader::member_types;
use crate::spec::object_reader::unknown_members::unknown_flow;

/// The flows of OAuth 2.0 in Swagger 2.0 and in OpenAPI 3.
const FLOWS: [(&str, &str); 4] = [
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

impl Rewriting<'_, '_> {
    /// Rewrites a security definition as a security scheme.
    pub(super) fn scheme(&mut self, mut scheme: Located) -> Located {
        self.check(&scheme, member_types::SWAGGER_SCHEME);
        match scheme.text("type") {
            Some("basic") => {
                let written = scheme.written().child("type");
                scheme.set("type", Located::made("http", &written));
                scheme.set("scheme", Located::made("basic", &written));
                scheme
            }
            Some("oauth2") => {
                self.report_flow(&scheme);
                oauth2(scheme)
            }
            _ => scheme,
        }
    }

    /// Reports a flow that Swagger 2.0 does not have.
    fn report_flow(&mut self, scheme: &Located) {
        let Some(flow) = scheme.text("flow") else { return };
        let names = || FLOWS.iter().flat_map(|(before, after)| [*before, *after]);
        if names().any(|name| name == flow) {
            return;
        }
        let before = FLOWS.map(|(before, _)| before);
        let place = scheme.written().child("flow");
        self.report(unknown_flow(&place, flow, nearest(flow, before), &before));
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
    if FLOWS.iter().any(|(_, after)| *after == name) {
        flows.set(name, flow);
    }
    scheme.set("flows", flows);
    scheme
}
