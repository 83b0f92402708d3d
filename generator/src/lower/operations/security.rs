//! Lowers security schemes and the security requirements of operations.

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
            let uses: Vec<Option<SchemeUse>> =
                uses.iter().map(|(name, scopes)| self.scheme_use(name, scopes, &place, operation)).collect();
            security.alternatives.extend(uses.into_iter().collect::<Option<Vec<SchemeUse>>>());
        }
        security
    }

    fn scheme_use(
        &mut self,
        name: &str,
        scopes: &[String],
        place: &Pointer,
        operation: &Pointer,
    ) -> Option<SchemeUse> {
        let scheme = self.security_schemes.iter().position(|scheme| scheme.name.wire == name);
        if scheme.is_none() {
            let undeclared = self.undeclared_schemes.entry(name.to_owned());
            let first = || Undeclared { place: place.child(name), operations: IndexSet::new() };
            undeclared.or_insert_with(first).operations.insert(operation.clone());
        }
        Some(SchemeUse { scheme: scheme?, scopes: scopes.to_vec() })
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
