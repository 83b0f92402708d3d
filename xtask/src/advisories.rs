//! `cargo xtask advisories`: compares the crates of `Cargo.lock` with a list of RustSec advisories.
//!
//! The list holds all advisories of every crate in `Cargo.lock`, for old versions too, so that the check needs no
//! network and notices downgrades. A crate that the list does not cover yet is a finding; `--renew` rebuilds the list
//! from a clone of <https://github.com/rustsec/advisory-db>.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use semver::{Version, VersionReq};
use serde::{Deserialize, Serialize};

use crate::{Failure, workspace};

/// The list of advisories, `xtask/advisories.toml`.
#[derive(Debug, Default, Deserialize, Serialize)]
struct List {
    /// The crates that the list covers.
    crates: BTreeSet<String>,
    /// Open advisories that are accepted, each with a reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    accepted: Vec<Accepted>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    advisory: Vec<Advisory>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct Accepted {
    id: String,
    reason: String,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Advisory {
    package: String,
    id: String,
    /// Version ranges in which the fault is fixed or never existed.
    sound: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    version: Version,
    /// `None` for a member of the workspace.
    source: Option<String>,
}

/// The front matter of an entry in the database.
#[derive(Debug, Deserialize)]
struct Entry {
    advisory: Head,
    #[serde(default)]
    versions: Versions,
}

#[derive(Debug, Deserialize)]
struct Head {
    id: String,
    withdrawn: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Versions {
    #[serde(default)]
    patched: Vec<String>,
    #[serde(default)]
    unaffected: Vec<String>,
}

/// Checks the crates of the lock file, after rebuilding the list if a database is given.
pub(crate) fn run(database: Option<&Path>) -> Result<(), Failure> {
    let root = workspace::root();
    let packages = packages(&root.join("Cargo.lock"))?;
    let path = root.join("xtask/advisories.toml");
    let mut list: List = read(&path)?;
    if let Some(database) = database {
        list = renewed(&packages, database, list.accepted)?;
        let text = toml::to_string_pretty(&list).map_err(|error| Failure::Stopped(error.to_string()))?;
        fs::write(&path, format!("{HEAD}{text}")).map_err(|error| stopped(&path, &error))?;
    }
    let findings = findings(&list, &packages);
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        println!("{} crates, none with an open advisory", list.crates.len());
        return Ok(());
    }
    Err(Failure::Found)
}

const HEAD: &str = "\
# RustSec advisories of the crates in Cargo.lock. `cargo xtask advisories --renew CLONE` rebuilds `crates` and `advisory`
# from a clone of https://github.com/rustsec/advisory-db; `accepted` is written by hand.
";

fn findings(list: &List, packages: &[Package]) -> Vec<String> {
    let mut findings = Vec::new();
    for package in packages {
        if !list.crates.contains(&package.name) {
            findings.push(format!("the list does not cover {} yet: rebuild it with `--renew`", package.name));
        }
        let of_package = list.advisory.iter().filter(|advisory| advisory.package == package.name);
        for advisory in of_package.filter(|advisory| !advisory.is_sound(&package.version)) {
            if !list.accepted.iter().any(|accepted| accepted.id == advisory.id) {
                findings.push(format!(
                    "{} {} has the open advisory {}",
                    package.name, package.version, advisory.id
                ));
            }
        }
    }
    let concerns = |accepted: &Accepted| {
        list.advisory.iter().filter(|advisory| advisory.id == accepted.id).any(|advisory| {
            packages
                .iter()
                .any(|package| package.name == advisory.package && !advisory.is_sound(&package.version))
        })
    };
    let stale = list.accepted.iter().filter(|accepted| !concerns(accepted));
    findings.extend(stale.map(|accepted| format!("{} is accepted, but not open: remove it", accepted.id)));
    findings
}

impl Advisory {
    fn is_sound(&self, version: &Version) -> bool {
        let matches = |range: &String| VersionReq::parse(range).is_ok_and(|range| range.matches(version));
        self.sound.iter().any(matches)
    }
}

fn renewed(packages: &[Package], database: &Path, accepted: Vec<Accepted>) -> Result<List, Failure> {
    let mut list = List { accepted, ..List::default() };
    for package in packages {
        if !list.crates.insert(package.name.clone()) {
            continue;
        }
        for entry in entries(&database.join("crates").join(&package.name))? {
            let text = fs::read_to_string(&entry).map_err(|error| stopped(&entry, &error))?;
            let head = text.split("```").nth(1).and_then(|block| block.strip_prefix("toml"));
            let head = head
                .ok_or_else(|| Failure::Stopped(format!("{}: no front matter in TOML", entry.display())))?;
            let Entry { advisory, versions } = parse(&entry, head)?;
            if advisory.withdrawn.is_none() {
                let sound = [versions.patched, versions.unaffected].concat();
                list.advisory.push(Advisory { package: package.name.clone(), id: advisory.id, sound });
            }
        }
    }
    list.advisory.sort();
    Ok(list)
}

/// Returns the entries of a crate; most crates have none.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(|error| stopped(folder, &error))?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(|error| stopped(folder, &error))).collect()
}

fn packages(path: &Path) -> Result<Vec<Package>, Failure> {
    let mut lock: Lock = read(path)?;
    lock.package.retain(|package| package.source.is_some());
    Ok(lock.package)
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, Failure> {
    parse(path, &fs::read_to_string(path).map_err(|error| stopped(path, &error))?)
}

fn parse<T: for<'de> Deserialize<'de>>(path: &Path, text: &str) -> Result<T, Failure> {
    toml::from_str(text).map_err(|error| stopped(path, &error))
}

fn stopped(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::Stopped(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{Accepted, Advisory, List, Package, findings};

    fn list(accepted: &[&str]) -> List {
        let advisory = Advisory {
            package: "lock".to_owned(),
            id: "A-1".to_owned(),
            sound: vec![">= 1.2.0".to_owned(), "< 0.9.0".to_owned()],
        };
        let accept = |id: &&str| Accepted {
            id: (*id).to_owned(),
            reason: "the affected function is not used".to_owned(),
        };
        List {
            crates: ["lock".to_owned()].into(),
            accepted: accepted.iter().map(accept).collect(),
            advisory: vec![advisory],
        }
    }

    fn package(name: &str, version: &str) -> Vec<Package> {
        let version = version.parse().expect("a version");
        vec![Package { name: name.to_owned(), version, source: Some("registry".to_owned()) }]
    }

    #[test]
    fn affected_versions_are_found() {
        assert!(findings(&list(&[]), &package("lock", "1.2.0")).is_empty());
        assert!(findings(&list(&[]), &package("lock", "0.8.9")).is_empty());
        let found = findings(&list(&[]), &package("lock", "1.1.9"));
        assert_eq!(found, ["lock 1.1.9 has the open advisory A-1"]);
        assert!(findings(&list(&["A-1"]), &package("lock", "1.1.9")).is_empty());
    }

    #[test]
    fn uncovered_crates_and_needless_acceptances_are_found() {
        assert!(findings(&list(&[]), &package("other", "1.0.0"))[0].contains("does not cover other yet"));
        let found = findings(&list(&["A-1"]), &package("lock", "1.2.0"));
        assert_eq!(found, ["A-1 is accepted, but not open: remove it"]);
    }
}
