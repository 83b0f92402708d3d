//! Lowers security schemes and the security requirements of operations.

use openapiv3::{APIKeyLocation, SecurityScheme};

use crate::diagnostic::Code;
use crate::ir::{self, Docs, SchemeUse, Security, SecurityKind};
use crate::lower::Lowering;
use crate::name::Name;
use crate::pointer::{DocumentId, Pointer};

impl Lowering<'_> {
    /// Lowers the schemes of all documents, each name once.
    pub(in crate::lower) fn lower_security_schemes(&mut self) {
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
                        "offer another scheme, or authenticate in a custom credential or transport",
                    );
                }
                self.security_schemes.push(ir::SecurityScheme {
                    name: Name::new(name),
                    kind,
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
            let uses: Option<Vec<SchemeUse>> =
                uses.iter().map(|(name, scopes)| self.scheme_use(name, scopes, &place)).collect();
            security.alternatives.extend(uses);
        }
        security
    }

    fn scheme_use(&mut self, name: &str, scopes: &[String], place: &Pointer) -> Option<SchemeUse> {
        let scheme = self.security_schemes.iter().position(|scheme| scheme.name.wire == name);
        if scheme.is_none() {
            self.warn(
                Code::UnresolvedReference,
                &place.child(name),
                format!("unknown security scheme `{name}`; this alternative is left out"),
                "declare it in `components/securitySchemes`",
            );
        }
        Some(SchemeUse { scheme: scheme?, scopes: scopes.to_vec() })
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
