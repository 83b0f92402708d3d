//! Compares servers and credentials. No code breaks, but calls go elsewhere or need other rights.

use super::operations::name;
use super::{Comparison, Weight};
use crate::listing::{OperationEntry, SchemeEntry};

impl Comparison<'_> {
    /// Compares the servers of the API.
    pub(super) fn servers(&mut self) {
        let (old, new) = (self.old, self.new);
        if old.servers != new.servers {
            let text = format!("the servers are {} instead of {}", list(&new.servers), list(&old.servers));
            self.add(Weight::Noted, "client", text, Vec::new(), None);
        }
    }

    /// Compares the kinds of the security schemes.
    pub(super) fn schemes(&mut self) {
        let (old, new) = (self.old, self.new);
        for scheme in &new.schemes {
            let known = old.schemes.iter().find(|known| known.name == scheme.name);
            if let Some(known) = known.filter(|known| known.kind != scheme.kind) {
                let SchemeEntry { name, kind } = scheme;
                let text = format!("the scheme `{name}` is `{kind}` instead of `{}`", known.kind);
                self.add(Weight::Noted, "client", text, Vec::new(), None);
            }
        }
    }

    /// Compares the servers and the credentials of an operation.
    pub(super) fn access(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let (at, origin) = (old.key.to_string(), new.origin.as_ref());
        if old.servers != new.servers {
            let (after, before) = (list(&new.servers), list(&old.servers));
            let text = format!("`{}`: the servers are {after} instead of {before}", name(new));
            self.add(Weight::Noted, &at, text, Vec::new(), origin);
        }
        if old.security != new.security {
            let shown = |security: &str| match security {
                "" => "no credentials".to_owned(),
                other => format!("`{other}`"),
            };
            let (after, before) = (shown(&new.security), shown(&old.security));
            let text = format!("`{}` needs {after} instead of {before}", name(new));
            self.add(Weight::Noted, &at, text, Vec::new(), origin);
        }
    }
}

fn list(servers: &[String]) -> String {
    if servers.is_empty() {
        return "those of the API".to_owned();
    }
    servers.iter().map(|server| format!("`{server}`")).collect::<Vec<_>>().join(", ")
}
