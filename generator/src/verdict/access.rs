//! Compares servers, credentials and settings. No code breaks, but calls go elsewhere, need other rights, or show
//! something else.

use super::operations::name;
use super::{Comparison, ItemId, Weight};
use crate::config;
use crate::listing::{FlowEntry, Listing, OperationEntry, SchemeEntry, SettingEntry};
use crate::pointer::{DocumentId, Pointer};

impl<'a> Comparison<'a> {
    /// Compares the servers of the API.
    pub(super) fn servers(&mut self) {
        let (old, new) = (self.old, self.new);
        if old.servers != new.servers {
            let text = format!("the servers are {} instead of {}", list(&new.servers), list(&old.servers));
            let place = Pointer::root(DocumentId(0)).child("servers");
            self.add(Weight::Noted, "client", text, Vec::new(), Some(&place));
        }
    }

    /// Compares the settings. A listing of an older generator does not have them all.
    pub(super) fn settings(&mut self) {
        let (old, new) = (self.old, self.new);
        for SettingEntry { key, values } in &new.settings {
            let Some(known) = old.settings.iter().find(|known| known.key == *key) else { continue };
            let without = |values: &[String], others: &[String]| {
                let left = values.iter().filter(|value| !others.contains(value));
                left.map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
            };
            let (gained, lost) = (without(values, &known.values), without(&known.values, values));
            let effect = match key.as_str() {
                "user_agent" => "the product that calls name",
                "agent_headers" => "the headers that identify the client",
                "errors" => "the places that errors are read from",
                "secret_keys" => "the members whose values are not shown",
                "cross_origin_headers" => "the headers that a redirect to another origin keeps",
                _ => "a setting",
            };
            let change = match (gained.as_str(), lost.as_str()) {
                ("", "") => continue,
                (gained, "") => format!("gains {gained}"),
                ("", lost) => format!("loses {lost}"),
                (gained, lost) => format!("has {gained} instead of {lost}"),
            };
            let root = Pointer::root(config::document(0));
            let section = if key == "user_agent" { root.child("package") } else { root };
            let text = format!("`{key}` ({effect}) {change}");
            self.add(Weight::Noted, "client", text, Vec::new(), Some(&section.child(key)));
        }
    }

    /// Compares the kinds of the security schemes.
    pub(super) fn schemes(&mut self) {
        let (old, new) = (self.old, self.new);
        for scheme in &new.schemes {
            let known = old.schemes.iter().find(|known| known.name == scheme.name);
            if let Some(known) = known.filter(|known| known.kind != scheme.kind) {
                let SchemeEntry { name, kind, .. } = scheme;
                let text = format!("the scheme `{name}` is `{kind}` instead of `{}`", known.kind);
                let place = Pointer::new(DocumentId(0), "/components/securitySchemes").child(name);
                self.add(Weight::Noted, "client", text, Vec::new(), Some(&place));
            }
        }
    }

    /// Compares the constructors of OAuth flows.
    pub(super) fn flows(&mut self) {
        let (old, new) = (self.old, self.new);
        let all = |listing: &'a Listing| listing.schemes.iter().flat_map(flows_of);
        let shown = |flow: &FlowEntry| format!("`oauth::{}::{}`", flow.ty, flow.name);
        for (place, flow) in all(old) {
            let known = all(new).find(|(_, known)| (&known.ty, &known.name) == (&flow.ty, &flow.name));
            let text = shown(flow);
            match known {
                None => {
                    let text = format!("{text} is gone");
                    self.add(Weight::Breaking, "client", text, vec![ItemId::flow(flow)], Some(&place));
                }
                Some((place, known)) if known.urls != flow.urls => {
                    let (after, before) = (list(&known.urls), list(&flow.urls));
                    let text = format!("{text} uses {after} instead of {before}");
                    self.add(Weight::Noted, "client", text, Vec::new(), Some(&place));
                }
                Some(_) => {}
            }
        }
        for (place, flow) in all(new) {
            if !all(old).any(|(_, known)| (&known.ty, &known.name) == (&flow.ty, &flow.name)) {
                self.add(Weight::Added, "client", shown(flow), Vec::new(), Some(&place));
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

/// Returns the constructors of a scheme, with the place of the scheme.
fn flows_of(scheme: &SchemeEntry) -> impl Iterator<Item = (Pointer, &FlowEntry)> {
    let place = Pointer::new(DocumentId(0), "/components/securitySchemes").child(&scheme.name);
    scheme.flows.iter().map(move |flow| (place.clone(), flow))
}

fn list(servers: &[String]) -> String {
    if servers.is_empty() {
        return "those of the API".to_owned();
    }
    servers.iter().map(|server| format!("`{server}`")).collect::<Vec<_>>().join(", ")
}
