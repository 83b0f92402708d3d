//! Lowers the configuration to the package, and the documents to the information about the API.

use super::Lowering;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    Docs, Info, Package, SampleCredential, SecurityKind, SecurityScheme, Server, ServerVariable,
};
use crate::name::{Name, words};
use crate::pointer::{DocumentId, Pointer};
use crate::spec::is_scheme;

/// Returns the package to generate.
pub(super) fn package(config: &Config, info: &Info, schemes: &[SecurityScheme]) -> Package {
    Package {
        name: config.name.clone(),
        version: config.version.clone(),
        description: config
            .description
            .clone()
            .unwrap_or_else(|| format!("Client for the {}.", api_name(info)))
            .into(),
        license: config.license.clone(),
        repository: config.repository.clone(),
        client: config.client.as_deref().map_or_else(|| client_name(&config.name), Name::new),
        runtime: config.runtime.clone(),
        own_workspace: config.own_workspace,
        extension: config.extension.clone(),
        agent_headers: config.agent_headers.clone(),
        user_agent: config.user_agent.clone().unwrap_or_else(|| config.name.clone()),
        error_body: config.error_body.clone(),
        secret_keys: config.secret_keys.clone(),
        response_secret_keys: config.response_secret_keys.clone(),
        cross_origin_headers: config.cross_origin_headers.clone(),
        sample_credential: config.sample.clone().or_else(|| sample_credential(schemes)),
        pages: config.pages.clone(),
    }
}

/// Returns a credential for the first scheme that the runtime supports; none if there is no scheme.
fn sample_credential(schemes: &[SecurityScheme]) -> Option<SampleCredential> {
    if schemes.is_empty() {
        return None;
    }
    let served = schemes.iter().find_map(|scheme| match &scheme.kind {
        SecurityKind::Bearer => Some(("BearerToken", "BearerToken::new(\"token\")")),
        SecurityKind::Basic => Some(("BasicAuth", "BasicAuth::new(\"user\", \"password\")")),
        SecurityKind::HeaderKey(_) | SecurityKind::QueryKey(_) | SecurityKind::CookieKey(_) => {
            Some(("ApiKey", "ApiKey::new(\"key\")"))
        }
        SecurityKind::Other(_) => None,
    });
    let (import, expression) = served.unwrap_or(("BearerToken", "BearerToken::new(\"token\")"));
    Some(SampleCredential { import: Some(import.to_owned()), expression: expression.to_owned() })
}

fn api_name(info: &Info) -> String {
    let title = info.title_after_article();
    let is_separator = |char: char| !char.is_alphanumeric();
    match title {
        title if title.split(is_separator).any(|word| ["api", "apis"].contains(&&*word.to_lowercase())) => {
            title.to_owned()
        }
        title if title.to_lowercase().ends_with("api") => title.to_owned(),
        title => format!("{title} API"),
    }
}

/// Derives the name of the client from that of the package: `box-sdk` → `box client`.
fn client_name(package: &str) -> Name {
    let mut words = words(package);
    if words.len() > 1 && words.last().is_some_and(|word| word == "sdk") {
        words.pop();
    }
    words.push("client".to_owned());
    Name::from_words(words)
}

impl Lowering<'_> {
    /// Returns the information about the API in the first document.
    pub(super) fn info(&mut self) -> Info {
        let first = self.spec.documents().next().unwrap_or_default();
        match self.spec.info(first, self.diagnostics) {
            Some(info) => Info {
                docs: Docs {
                    title: Some(info.title.clone().into()),
                    description: info.description.map(Into::into),
                },
                title: info.title.into(),
                version: info.version.into(),
            },
            None => Info { title: "".into(), version: "".into(), docs: Docs::default() },
        }
    }

    /// Returns the servers of the first document that has some.
    pub(super) fn api_servers(&mut self) -> Vec<Server> {
        let documents: Vec<DocumentId> = self.spec.documents().collect();
        let mut servers = documents.into_iter().map(|document| self.servers(&Pointer::root(document)));
        servers.find(|servers| !servers.is_empty()).unwrap_or_default()
    }

    /// Returns the servers of a document, path item or operation.
    pub(super) fn servers(&mut self, owner: &Pointer) -> Vec<Server> {
        let mut servers = self.spec.servers(owner, self.diagnostics);
        servers.retain(|(place, server)| self.speaks_http(place, &server.url));
        for (place, server) in &servers {
            self.report_undeclared_variables(place, server);
            self.report_foreign_defaults(place, server);
        }
        servers
            .into_iter()
            .map(|(_, server)| Server {
                url: server.url,
                variables: server
                    .variables
                    .unwrap_or_default()
                    .into_iter()
                    .map(|(name, variable)| ServerVariable {
                        name: Name::new(name),
                        default: variable.default,
                        allowed: variable.enumeration,
                    })
                    .collect(),
                docs: Docs { title: None, description: server.description.map(Into::into) },
            })
            .collect()
    }

    /// Returns `false` for a server of another protocol, and reports it.
    fn speaks_http(&mut self, place: &Pointer, url: &str) -> bool {
        let Some((scheme, _)) = url.trim().split_once("://") else { return true };
        if !is_scheme(scheme) || ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
            return true;
        }
        let message = format!("a client sends HTTP requests; this server with `{scheme}` is left out");
        self.warn(Code::Unsupported, &place.child("url"), message, "add a server with `https`");
        false
    }

    /// Reports defaults of variables that are not among their values.
    fn report_foreign_defaults(&mut self, place: &Pointer, server: &openapiv3::Server) {
        for (name, variable) in server.variables.iter().flatten() {
            let allowed = &variable.enumeration;
            if allowed.is_empty() || allowed.contains(&variable.default) {
                continue;
            }
            let place = place.child("variables").child(name).child("default");
            let message = format!(
                "the default `{}` of the server variable `{name}` is not one of its values; callers must set it",
                variable.default
            );
            let finding =
                Diagnostic::warning(Code::Malformed, &place, message, "fix the default, or add it to `enum`");
            self.diagnostics.push(finding.with_loss(None));
        }
    }

    /// Reports variables in the URL of a server that it does not declare, so that they have no default.
    fn report_undeclared_variables(&mut self, place: &Pointer, server: &openapiv3::Server) {
        for part in server.url.split('{').skip(1) {
            let Some((name, _)) = part.split_once('}') else { continue };
            if server.variables.as_ref().is_some_and(|variables| variables.contains_key(name)) {
                continue;
            }
            let message = format!("the server does not declare its variable `{name}`; callers must set it");
            if name.starts_with(['?', '&']) {
                let message =
                    format!("`{{{name}}}` expands to a query, which the URL of a server cannot have");
                let help = "remove it, and describe parameters with `in: query`";
                let finding = Diagnostic::warning(Code::Malformed, &place.child("url"), message, help);
                self.diagnostics.push(finding);
                continue;
            }
            let help = format!("declare it: `variables: {{ {name}: {{ default: value }} }}`");
            let finding = Diagnostic::warning(Code::Malformed, &place.child("url"), message, help);
            self.diagnostics.push(finding.with_loss(None));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::api_name;
    use crate::ir::{Docs, Info};

    #[test]
    fn a_title_says_api_once() {
        for (title, expected) in [
            ("Shop", "Shop API"),
            ("Shop API", "Shop API"),
            ("ShopApi", "ShopApi"),
            ("Shop API (v2)", "Shop API (v2)"),
            ("Shop APIs.", "Shop APIs."),
            ("OpenAPI", "OpenAPI"),
            ("Rapid Shop", "Rapid Shop API"),
            ("", "API"),
            ("The Pets API", "Pets API"),
            ("the Pets", "Pets API"),
            ("The", "The API"),
            ("Theatre", "Theatre API"),
        ] {
            let info = Info { title: title.into(), version: "1".into(), docs: Docs::default() };
            assert_eq!(api_name(&info), expected, "{title}");
        }
    }
}
