//! Emits the Cargo manifest and the settings of other tools.

use std::collections::BTreeSet;

use serde::Serialize;

use super::inert::{Inert, Place, inert};
use super::rust::{RUNTIME_DEFAULTS, RUNTIME_FEATURES, Symbols};
use super::text::Template;
use crate::files::Files;
use crate::ir::{self, Dependency, Extension};

/// The view of the manifest. Every member is finished TOML.
#[derive(Debug, Serialize)]
struct Manifest {
    name: String,
    version: String,
    description: Inert,
    license: Option<String>,
    repository: Option<String>,
    /// The features of the managers.
    managers: Vec<String>,
    /// The lines that define these features.
    manager_features: Vec<String>,
    /// The lines that define further features.
    features: Vec<String>,
    /// The features that the package forwards to the runtime.
    runtime_features: &'static [&'static str],
    /// The forwarded features that are on by default.
    runtime_defaults: &'static [&'static str],
    dependencies: Vec<String>,
    dev_dependencies: Vec<String>,
    own_workspace: bool,
}

/// The view of settings that depend on the hand-written extension.
#[derive(Debug, Serialize)]
struct Settings {
    /// The module of the extension.
    module: Option<String>,
}

/// Emits the manifest and the settings.
pub fn emit(api: &ir::Api, symbols: &Symbols, files: &mut Files) {
    let extension = api.package.extension.as_ref();
    // An extension that is copied into the package is not hand-written there.
    let by_hand = extension.filter(|extension| extension.files.is_empty());
    let settings = Settings { module: by_hand.map(|extension| extension.module.clone()) };
    files.add("Cargo.toml", Template::Manifest.render(&manifest(&api.package, symbols)));
    files.add(".gitattributes", Template::GitAttributes.render(&settings));
    files.add("rustfmt.toml", Template::Rustfmt.render(&settings));
}

fn manifest(package: &ir::Package, symbols: &Symbols) -> Manifest {
    let lines = |lines: fn(&Extension) -> &Vec<(String, String)>| package.extension.iter().flat_map(lines);
    let mut dependencies = vec![("sdk-runtime".to_owned(), dependency(&package.runtime))];
    dependencies.extend(lines(|extension| &extension.dependencies).cloned());
    let mut dev_dependencies: Vec<_> = lines(|extension| &extension.dev_dependencies).cloned().collect();
    if !dev_dependencies.iter().any(|(name, _)| name == "tokio") {
        // The program in the README runs on tokio.
        let tokio = "{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }";
        dev_dependencies.push(("tokio".to_owned(), tokio.to_owned()));
    }
    // The tests of the package, including its doc tests, may use the `testing` feature and those of the extension.
    let mut features: Vec<_> = lines(|extension| &extension.features).map(|(name, _)| quoted(name)).collect();
    features.push(quoted("testing"));
    features.sort();
    let itself = format!("{{ path = \".\", features = [{}] }}", features.join(", "));
    dev_dependencies.push((package.name.clone(), itself));
    dependencies.sort();
    dev_dependencies.sort();
    Manifest {
        name: quoted(&package.name),
        version: quoted(&package.version),
        description: inert(package.description.as_written().trim(), Place::Toml),
        license: package.license.as_deref().map(quoted),
        repository: package.repository.as_deref().map(quoted),
        manager_features: symbols.feature_definitions().iter().map(manager_feature).collect(),
        managers: symbols.features().map(str::to_owned).collect(),
        features: entries(lines(|extension| &extension.features)),
        runtime_features: RUNTIME_FEATURES,
        runtime_defaults: RUNTIME_DEFAULTS,
        dependencies: entries(&dependencies),
        dev_dependencies: entries(&dev_dependencies),
        own_workspace: package.own_workspace,
    }
}

/// The feature of a manager, with those that it enables.
fn manager_feature((feature, enabled): &(&str, BTreeSet<&str>)) -> String {
    let enabled: Vec<String> = enabled.iter().map(|feature| quoted(feature)).collect();
    format!("{} = [{}]", key(feature), enabled.join(", "))
}

/// The dependency on the runtime. The package forwards its features, including the default ones.
fn dependency(dependency: &Dependency) -> String {
    let path = dependency.path.as_ref().map(|path| format!("path = {}, ", quoted(path))).unwrap_or_default();
    format!("{{ version = {}, {path}default-features = false }}", quoted(&dependency.version))
}

fn entries<'a>(entries: impl IntoIterator<Item = &'a (String, String)>) -> Vec<String> {
    entries.into_iter().map(|(key, value)| format!("{} = {value}", self::key(key))).collect()
}

/// A key, quoted if TOML requires it.
fn key(key: &str) -> String {
    let bare = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_');
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { quoted(key) }
}

/// A text from the configuration as a basic string of TOML.
fn quoted(text: &str) -> String {
    inert(text, Place::Toml).as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{dependency, key, quoted};
    use crate::ir::Dependency;

    #[test]
    fn values_are_toml() {
        assert_eq!(quoted("a \"b\"\n\u{7f}é"), "\"a \\\"b\\\"\\n\\u007Fé\"");
        assert_eq!(key("http-1_x"), "http-1_x");
        assert_eq!(key("a.b"), "\"a.b\"");
        let runtime =
            |path: Option<&str>| Dependency { version: "1".to_owned(), path: path.map(str::to_owned) };
        assert_eq!(dependency(&runtime(None)), "{ version = \"1\", default-features = false }");
        assert_eq!(
            dependency(&runtime(Some("../r"))),
            "{ version = \"1\", path = \"../r\", default-features = false }"
        );
    }
}
