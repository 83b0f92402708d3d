//! Lowers security schemes and the security requirements of operations.

mod oauth;

use indexmap::IndexSet;
use openapiv3::{APIKeyLocation, SecurityScheme};

use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{self, Docs, SchemeUse, Security, SecurityKind};
use crate::lower::Lowering;
use crate::name::Name;
use crate::pointer::{DocumentId, Pointer};

/// The uses of a security scheme that is not declared.
pub(in crate::lower) struct Undeclared {
    /// The first use.
    place: Pointer,
    /// The operations that require it.
    operations: IndexSet<Pointer>,
}

impl Lowering<'_> {
    /// Lowers the schemes of all documents, each name once.
    pub(in crate::lower) fn lower_security_schemes(&mut self, servers: &[ir::Server]) {
        for document in self.spec.documents() {
            for (name, pointer) in self.spec.security_schemes(document, self.diagnostics) {
                if self.security_schemes.iter().any(|known| known.name.wire == name) {
                    continue;
                }
                let Some((kind, description)) = self.security_kind(&pointer) else { continue };
                if let SecurityKind::Other(what) = &kind {
                    self.warn(
                        Code::Unsupported,
                        &pointer,
                        format!("no built-in credential serves the security scheme `{name}` ({what})"),
                        "no action is needed if the transport serves it; else write a custom credential",
                    );
                }
                self.security_schemes.push(ir::SecurityScheme {
                    name: Name::new(name),
                    kind,
                    flows: self.oauth_flows(&pointer, servers),
                    metadata_url: self.metadata_url(&pointer, servers),
                    docs: Docs { title: None, description: description.map(Into::into) },
                    origin: pointer,
                });
            }
        }
    }

    /// Returns the kind of a scheme and its description. `openapiv3` does not support mutual TLS.
    fn security_kind(&mut self, pointer: &Pointer) -> Option<(SecurityKind, Option<String>)> {
        let text = |key: &str| self.spec.node(pointer)?.get(key)?.as_str();
        if text("type") == Some("mutualTLS") {
            return Some((
                SecurityKind::Other("mutual TLS".to_owned()),
                text("description").map(str::to_owned),
            ));
        }
        self.spec.security_scheme(pointer, self.diagnostics).map(kind)
    }

    /// Returns the security requirements of an operation: its own, else those of its document.
    pub(in crate::lower) fn security(&mut self, operation: &Pointer, document: DocumentId) -> Security {
        let root = Pointer::root(document);
        let own = self.spec.security(operation, self.diagnostics);
        let place = if own.is_some() { operation } else { &root };
        let alternatives = match own {
            Some(own) => own,
            None => self.spec.security(&root, self.diagnostics).unwrap_or_default(),
        };
        let mut security = Security::default();
        for (index, uses) in alternatives.iter().enumerate() {
            let place = place.child("security").child(index);
            let uses: Vec<Option<SchemeUse>> =
                uses.iter().map(|(name, scopes)| self.scheme_use(name, scopes, &place, operation)).collect();
            let Some(uses) = uses.into_iter().collect::<Option<Vec<SchemeUse>>>() else { continue };
            self.report_shared_place(&uses, &place);
            security.alternatives.push(uses);
        }
        security
    }

    /// Reports schemes that are required together although a request cannot carry both.
    fn report_shared_place(&mut self, uses: &[SchemeUse], place: &Pointer) {
        let schemes: Vec<&ir::SecurityScheme> =
            uses.iter().map(|scheme| &self.security_schemes[scheme.scheme]).collect();
        for (index, later) in schemes.iter().enumerate() {
            let Some(shared) = sent_in(&later.kind) else { continue };
            let earlier = schemes[..index].iter();
            let Some(earlier) = earlier.rev().find(|one| sent_in(&one.kind).as_ref() == Some(&shared)) else {
                continue;
            };
            let (one, other) = (&earlier.name.wire, &later.name.wire);
            self.diagnostics.push(Diagnostic::warning(
                Code::Unsupported,
                place,
                format!("`{one}` and `{other}` cannot share the {shared}; only `{other}` is sent"),
                "require them as alternatives, in two entries of the list",
            ));
        }
    }

    fn scheme_use(
        &mut self,
        name: &str,
        scopes: &[String],
        place: &Pointer,
        operation: &Pointer,
    ) -> Option<SchemeUse> {
        let scheme = self.security_schemes.iter().position(|scheme| scheme.name.wire == name);
        let scheme = scheme.or_else(|| self.scheme_by_uri(name, place));
        if scheme.is_none() {
            let undeclared = self.undeclared_schemes.entry(name.to_owned());
            let first = || Undeclared { place: place.child(name), operations: IndexSet::new() };
            undeclared.or_insert_with(first).operations.insert(operation.clone());
        }
        Some(SchemeUse { scheme: scheme?, scopes: scopes.to_vec() })
    }

    /// Returns the scheme that a requirement names by its URI instead of its name (OpenAPI 3.2.0 section 4.30).
    fn scheme_by_uri(&self, uri: &str, place: &Pointer) -> Option<usize> {
        let meant = self.spec.named_by_uri(place, uri)?;
        self.security_schemes.iter().position(|scheme| scheme.origin == meant)
    }

    /// Reports each security scheme that is not declared once, however many operations require it.
    pub(in crate::lower) fn report_undeclared_schemes(&mut self) {
        let schemes: Vec<&str> =
            self.security_schemes.iter().map(|scheme| scheme.name.wire.as_str()).collect();
        for (name, Undeclared { place, operations }) in std::mem::take(&mut self.undeclared_schemes) {
            let required = match operations.len() {
                1 => "1 operation requires".to_owned(),
                count => format!("{count} operations require"),
            };
            let help = nearest(&name, schemes.iter().copied()).map_or_else(
                || "declare it in `components/securitySchemes`".to_owned(),
                |scheme| format!("did you mean `{scheme}`?"),
            );
            self.diagnostics.push(Diagnostic::warning(
                Code::UnresolvedReference,
                &place,
                format!(
                    "unknown security scheme `{name}`, which {required}; alternatives with it are left out"
                ),
                help,
            ));
        }
    }
}

/// Returns the part of a request that a credential sets, if only one can.
fn sent_in(kind: &SecurityKind) -> Option<String> {
    match kind {
        SecurityKind::Bearer | SecurityKind::Basic => Some("header `authorization`".to_owned()),
        SecurityKind::HeaderKey(name) => Some(format!("header `{}`", name.to_ascii_lowercase())),
        SecurityKind::QueryKey(name) => Some(format!("query parameter `{name}`")),
        SecurityKind::CookieKey(name) => Some(format!("cookie `{name}`")),
        SecurityKind::Other(_) => None,
    }
}

fn kind(scheme: SecurityScheme) -> (SecurityKind, Option<String>) {
    match scheme {
        SecurityScheme::APIKey { location, name, description, .. } => {
            let kind = match location {
                APIKeyLocation::Query => SecurityKind::QueryKey(name),
                APIKeyLocation::Header => SecurityKind::HeaderKey(name),
                APIKeyLocation::Cookie => SecurityKind::CookieKey(name),
            };
            (kind, description)
        }
        SecurityScheme::HTTP { scheme, description, .. } => {
            let kind = match scheme.to_ascii_lowercase().as_str() {
                "bearer" => SecurityKind::Bearer,
                "basic" => SecurityKind::Basic,
                _ => SecurityKind::Other(format!("http {scheme}")),
            };
            (kind, description)
        }
        SecurityScheme::OAuth2 { description, .. } | SecurityScheme::OpenIDConnect { description, .. } => {
            (SecurityKind::Bearer, description)
        }
    }
}
