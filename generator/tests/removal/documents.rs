//! Reads the documents whose members are removed: fixtures, and slices of published documents.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sdk_generator::{Config, Diagnostics};
use serde_json::Value;

use crate::members::{self, Member};
use crate::{corpus, fixture, slices};

/// Folders with fixtures that generate a package.
const FOLDERS: &[&str] = &["lower", "rust", "docs", "swagger", "report", "listing", "slice"];

/// The size of the largest slice that is tried, in bytes of JSON.
const LARGE: usize = 10_000;

/// A document with its configuration.
#[derive(Clone)]
pub(crate) struct Document {
    pub(crate) path: PathBuf,
    /// The place of a slice in its document; empty for a fixture.
    pub(crate) part: String,
    pub(crate) root: Value,
    pub(crate) config: Config,
}

/// Returns the fixtures in order of their paths.
pub(crate) fn fixtures() -> Vec<Document> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let entries =
        FOLDERS.iter().map(|folder| std::fs::read_dir(tests.join(folder)).expect("the folder is there"));
    let mut paths: Vec<PathBuf> = entries.flatten().flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    // Some fixtures have YAML that JSON cannot express.
    paths.into_iter().filter_map(read).collect()
}

/// Returns the document with members that mean nothing to a client.
pub(crate) fn without_meaning() -> Document {
    in_this_folder("no_meaning.yaml")
}

/// Returns a document of this suite.
pub(crate) fn in_this_folder(name: &str) -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/removal").join(name);
    read(path).expect("the document can be read")
}

fn read(path: PathBuf) -> Option<Document> {
    let (source, config) = fixture::read(&path, &mut Diagnostics::default());
    let root = serde_yaml::from_str(&source.text).ok()?;
    Some(Document { path, part: String::new(), root, config: Config { select: None, ..config? } })
}

/// Returns the small slices of published documents, each with one path.
pub(crate) fn slices_of_published() -> Vec<Document> {
    let mut documents = Vec::new();
    for path in corpus::documents() {
        let text = std::fs::read_to_string(&path).expect("the document can be read");
        let whole = serde_json::from_str(&text).ok().or_else(|| serde_yaml::from_str(&text).ok());
        let all = whole.map(|whole: Value| slices::slices(&whole)).unwrap_or_default();
        documents.extend(all.into_iter().filter(|slice| slice.to_string().len() < LARGE).map(|root| {
            let part = root["paths"].as_object().and_then(|paths| paths.keys().next().cloned());
            let part = part.unwrap_or_default();
            Document { path: path.clone(), part, root, config: Config::bare("trial-sdk") }
        }));
    }
    documents
}

/// Chooses a number of members of each kind, as different as their places allow, and returns them by document.
pub(crate) fn sample(documents: Vec<Document>, number: usize) -> Vec<(Document, Vec<Member>)> {
    let mut of_kinds: BTreeMap<String, Vec<(u64, usize, Member)>> = BTreeMap::new();
    for (index, document) in documents.iter().enumerate() {
        let name = document.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for member in members::first_of_each_kind(members::of(&document.root)) {
            let place = hash(&format!("{name} {} {}", document.part, member.pointer()));
            let chosen = of_kinds.entry(member.context.clone()).or_default();
            chosen.push((place, index, member));
            chosen.sort_by_key(|(place, index, _)| (*place, *index));
            chosen.truncate(number);
        }
    }
    let mut of_documents: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
    for (_, index, member) in of_kinds.into_values().flatten() {
        of_documents.entry(index).or_default().push(member);
    }
    let chosen = documents.into_iter().enumerate().filter_map(|(index, document)| {
        let mut members = of_documents.remove(&index)?;
        members.sort_by(|one, other| one.tokens.cmp(&other.tokens));
        Some((document, members))
    });
    chosen.collect()
}

/// Returns a number that depends on nothing but the text (FNV-1a).
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
