//! Compares the parts that a package has once: client, features, re-exports, managers.

use super::{Comparison, ItemId, Weight};

impl Comparison<'_> {
    pub(super) fn client(&mut self) {
        let (old, new) = (self.old, self.new);
        if old.package != new.package {
            let text = format!("the package `{}` is now `{}`", old.package, new.package);
            self.add(Weight::Breaking, "package", text, vec![ItemId::client()], None);
        }
        if old.client.name != new.client.name {
            let text = format!("`{}` is now `{}`", old.client.name, new.client.name);
            self.add(Weight::Breaking, "client", text, vec![ItemId::client()], None);
        }
        if old.client.takes_credential != new.client.takes_credential {
            let [before, after] = [old, new].map(|listing| {
                let argument = if listing.client.takes_credential { "credential" } else { "" };
                format!("{}::new({argument})", listing.client.name)
            });
            self.add(
                Weight::Breaking,
                "client",
                format!("`{before}` is now `{after}`"),
                vec![ItemId::client()],
                None,
            );
        }
        let gone: Vec<&String> = old.features.iter().filter(|feature| !self.has_feature(feature)).collect();
        for feature in gone {
            let text = format!("the feature `{feature}` is gone");
            self.add(
                Weight::Breaking,
                &format!("feature {feature}"),
                text,
                vec![ItemId::feature(feature)],
                None,
            );
        }
        for feature in new.features.iter().filter(|feature| !old.features.contains(feature)) {
            let text = format!("the feature `{feature}`");
            self.add(Weight::Added, &format!("feature {feature}"), text, Vec::new(), None);
        }
        for export in &old.exports {
            if !new.exports.iter().any(|other| other == export) {
                let text = format!("`{}` is no longer exported as before", export.name);
                self.add(
                    Weight::Breaking,
                    &format!("export {}", export.name),
                    text,
                    vec![ItemId::export(&export.name)],
                    None,
                );
            }
        }
        for export in &new.exports {
            if !old.exports.iter().any(|other| other.name == export.name) {
                let text = format!("`{}` is exported", export.name);
                self.add(Weight::Added, &format!("export {}", export.name), text, Vec::new(), None);
            }
        }
        self.managers();
    }

    fn has_feature(&self, feature: &str) -> bool {
        let of_managers = self.new.managers.iter().any(|manager| {
            manager.feature == feature || manager.former.iter().any(|former| former.feature == feature)
        });
        of_managers || self.new.features.iter().any(|known| known == feature)
    }

    fn managers(&mut self) {
        let (old, new) = (self.old, self.new);
        for manager in &old.managers {
            let at = format!("manager {}", manager.accessor);
            let names = (&manager.accessor, &manager.module, &manager.ty);
            let kept = new.managers.iter().any(|other| {
                let current = (&other.accessor, &other.module, &other.ty) == names;
                current
                    || other
                        .former
                        .iter()
                        .any(|former| (&former.accessor, &former.module, &former.ty) == names)
            });
            if !kept {
                let text = format!("`{}()` is gone", manager.accessor);
                self.add(Weight::Breaking, &at, text, vec![ItemId::manager(&manager.accessor)], None);
            }
            if !self.has_feature(&manager.feature) {
                let text = format!("the feature `{}` is gone", manager.feature);
                self.add(Weight::Breaking, &at, text, vec![ItemId::feature(&manager.feature)], None);
            }
        }
        for manager in &new.managers {
            let at = format!("manager {}", manager.accessor);
            let is_known = |accessor: &String| old.managers.iter().any(|other| other.accessor == *accessor);
            let mut names = manager.former.iter().map(|former| &former.accessor).chain([&manager.accessor]);
            if !names.any(is_known) {
                self.add(Weight::Added, &at, format!("`{}()`", manager.accessor), Vec::new(), None);
            }
            for former in &manager.former {
                let is_new = old.managers.iter().any(|other| other.accessor == former.accessor);
                if is_new {
                    let text = format!("`{}()`: use `{}()`", former.accessor, manager.accessor);
                    self.add(Weight::Deprecated, &at, text, Vec::new(), None);
                }
            }
        }
    }
}
