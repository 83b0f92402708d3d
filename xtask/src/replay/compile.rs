//! Checks the uses of a package with Cargo, and finds those that fail to compile.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sdk_generator::verdict::ItemId;

use super::consumer::{self, Code, Use};
use super::package::Package;
use crate::corpus::cargo::{self, Cargo, Findings};
use crate::{Failure, workspace};

/// The name of the package with the uses.
const CONSUMER: &str = "replay-consumer";

/// The source file of that package, relative to the workspace.
const SOURCE: &str = "replay-consumer/src/lib.rs";

/// The folder of the generated package.
const PACKAGE: &str = "sdk";

/// The most rounds of one comparison. The compiler stops at the first of its phases that fails, so each round removes
/// the uses that failed and shows the failures of a later phase.
const MOST_ROUNDS: usize = 20;

/// The workspace of the generated package and of the crate that uses it.
pub(super) struct Workspace {
    folder: PathBuf,
    cargo: Cargo,
}

/// The uses that fail to compile, with the first error of each.
pub(super) type Failing = BTreeMap<ItemId, String>;

impl Workspace {
    pub(super) fn new(folder: &Path) -> Result<Self, Failure> {
        std::fs::create_dir_all(folder)
            .map_err(|error| Failure::Stopped(format!("cannot create `{}`: {error}", folder.display())))?;
        let folder = workspace::absolute(folder);
        let cargo = Cargo::new(&folder, &[PACKAGE.to_owned(), CONSUMER.to_owned()])?;
        Ok(Self { folder, cargo })
    }

    /// Returns the folder of the generated package.
    pub(super) fn package(&self) -> PathBuf {
        self.folder.join(PACKAGE)
    }

    /// Returns the uses that fail to compile with a package, which is written already.
    pub(super) fn failing(&self, uses: &[Use], package: &Package) -> Result<Failing, Failure> {
        let features = features(package)?;
        let mut failing = Failing::new();
        for used in uses {
            if let Code::Feature(name) = &used.code
                && !features.contains(name)
            {
                failing.insert(used.id.clone(), format!("no feature `{name}`"));
            }
        }
        self.write_manifest(uses, &features, &package.package)?;
        for _ in 0..MOST_ROUNDS {
            let left = uses.iter().enumerate().filter(|(_, used)| !failing.contains_key(&used.id));
            let (text, lines) = consumer::source(left);
            cargo::write(&self.folder.join(SOURCE), &text)?;
            let said = self.cargo.run(&["check", "--lib"], &[CONSUMER, &package.package])?;
            let of = |name: &str| said.packages.get(name).filter(|findings| !findings.errors.is_empty());
            if let Some(findings) = of(&package.package) {
                return Err(Failure::Stopped(format!(
                    "the package of `{}` does not compile:\n{}",
                    package.name,
                    findings.messages.concat()
                )));
            }
            let Some(findings) = of(CONSUMER) else { return Ok(failing) };
            let before = failing.len();
            note(findings, &lines, uses, &mut failing);
            if failing.len() == before {
                let messages = findings.messages.concat();
                return Err(Failure::Stopped(format!("an error outside of all uses:\n{messages}")));
            }
        }
        Err(Failure::Stopped(format!("uses still fail after {MOST_ROUNDS} rounds")))
    }

    /// Writes the manifest of the crate with the uses, with the features that they need.
    fn write_manifest(
        &self,
        uses: &[Use],
        features: &BTreeSet<String>,
        package: &str,
    ) -> Result<(), Failure> {
        let needed: BTreeSet<&ItemId> = uses.iter().flat_map(|used| &used.needs).collect();
        let of_managers = ["all"].into_iter().filter(|name| features.contains(*name));
        let needed = uses.iter().filter_map(|used| match &used.code {
            Code::Feature(name) if needed.contains(&used.id) => Some(name.as_str()),
            Code::Feature(_) | Code::Function(_) => None,
        });
        let enabled: Vec<String> = of_managers
            .chain(needed.filter(|name| features.contains(*name)))
            .map(|name| format!("{name:?}"))
            .collect();
        let text = format!(
            "[package]\nname = \"{CONSUMER}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             sdk = {{ package = \"{package}\", path = \"../{PACKAGE}\", features = [{}] }}\n",
            enabled.join(", ")
        );
        cargo::write(&self.folder.join(CONSUMER).join("Cargo.toml"), &text)
    }
}

/// Returns the features in the manifest of a package.
fn features(package: &Package) -> Result<BTreeSet<String>, Failure> {
    let fail = |error: &dyn std::fmt::Display| {
        Failure::Stopped(format!("the manifest of `{}`: {error}", package.name))
    };
    let text = package.files.get("Cargo.toml").ok_or_else(|| fail(&"missing"))?;
    let manifest: toml::Table = text.parse().map_err(|error| fail(&error))?;
    let table = manifest.get("features").and_then(toml::Value::as_table);
    Ok(table.into_iter().flat_map(toml::Table::keys).cloned().collect())
}

/// Adds the uses on whose lines errors were found.
fn note(findings: &Findings, lines: &[Option<usize>], uses: &[Use], failing: &mut Failing) {
    let errors = findings.errors.iter();
    for (places, message) in errors.map(|error| (&error.places, &error.message)) {
        for (_, line) in places.iter().filter(|(file, _)| file == SOURCE) {
            if let Some(index) = line.checked_sub(1).and_then(|line| lines.get(line).copied().flatten()) {
                failing.entry(uses[index].id.clone()).or_insert_with(|| message.clone());
            }
        }
    }
}
