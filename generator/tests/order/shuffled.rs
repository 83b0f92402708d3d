//! Shuffles the paths, methods and components of documents, and checks that only pages change.

use std::collections::BTreeMap;
use std::path::Path;

use sdk_generator::pointer::{DocumentId, Pointer};
use sdk_generator::tree::{Mapping, Node};
use sdk_generator::{Config, Diagnostics, Input, Source, Spec, generate};

use crate::{corpus, fixture};

/// The largest document that the suite reads, in bytes, so that it stays fast.
const LARGEST: u64 = 1_000_000;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

#[test]
fn fixtures_do_not_depend_on_the_order_of_paths_and_components() {
    let mut compared = 0;
    for suite in ["docs", "listing", "lower", "rust", "wire"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(suite);
        for entry in std::fs::read_dir(&folder).expect("a suite has a folder") {
            let path = entry.expect("the folder can be listed").path();
            if path.extension().is_some_and(|extension| extension == "yaml") {
                let (source, config) = fixture::read(&path, &mut Diagnostics::default());
                let config = config.expect("the configuration of a fixture is valid");
                let read = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
                compared += usize::from(check(&source, &config, &read));
            }
        }
    }
    assert!(compared > 100, "only {compared} fixtures were compared");
}

#[test]
fn documents_do_not_depend_on_the_order_of_paths_and_components() {
    for path in corpus::documents() {
        if std::fs::metadata(&path).expect("a document can be read").len() > LARGEST {
            continue;
        }
        let name = path.file_name().expect("a document has a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a document can be read");
        check(&Source { name, text }, &Config::bare("corpus"), &|_| None);
    }
}

/// Compares the files of a document and of shuffled copies. Returns `false` if the document is invalid.
fn check(source: &Source, config: &Config, read: &dyn Fn(&str) -> Option<String>) -> bool {
    let load = |source: &Source| -> Option<Node> {
        let input = Input { documents: std::slice::from_ref(source), read, config };
        let spec = Spec::load(&input, &mut Diagnostics::default()).ok()?;
        spec.node(&Pointer::root(DocumentId::default())).cloned()
    };
    let files = |root: &Node| -> Option<BTreeMap<String, String>> {
        let text = serde_json::to_string(root).expect("a tree is JSON");
        let documents = [Source { name: source.name.clone(), text }];
        let generated = generate(&Input { documents: &documents, read, config }).ok()?;
        let files = generated.files.iter().filter(|(path, _)| !is_page(path));
        Some(files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect())
    };
    let Some(root) = load(source) else { return false };
    let Some(expected) = files(&root) else { return false };
    for seed in 0..2 {
        let mut root = root.clone();
        shuffle_document(&mut root, seed);
        let found = files(&root).unwrap_or_else(|| panic!("{} is invalid if shuffled", source.name));
        let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&expected), names(&found), "{} gives other files if shuffled", source.name);
        for (path, text) in &expected {
            assert!(*text == found[path], "{}: {}", source.name, difference(path, text, &found[path]));
        }
    }
    true
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "md")
}

/// Returns the first line that differs.
fn difference(path: &str, one: &str, other: &str) -> String {
    let mut lines = one.lines().zip(other.lines()).enumerate();
    let (index, (one, other)) = lines.find(|(_, (one, other))| one != other).unwrap_or_default();
    format!("{path}:{} depends on the order\n  {one}\n  {other}", index + 1)
}

/// Shuffles everything that is in no order that authors choose: paths, their methods, and all components but
/// security schemes.
fn shuffle_document(root: &mut Node, seed: u64) {
    let Node::Mapping(root) = root else { return };
    if let Some(Node::Mapping(paths)) = root.get_mut("paths") {
        shuffle(paths, seed, &|_| true);
        for item in paths.values_mut() {
            if let Node::Mapping(item) = item {
                shuffle(item, seed, &|key| METHODS.contains(&key));
            }
        }
    }
    if let Some(Node::Mapping(sections)) = root.get_mut("components") {
        for (name, section) in sections {
            if let Node::Mapping(section) = section
                && name != "securitySchemes"
            {
                shuffle(section, seed, &|_| true);
            }
        }
    }
}

/// Shuffles these members: the first time in reverse order, then at random.
fn shuffle(members: &mut Mapping, seed: u64, is_moved: &dyn Fn(&str) -> bool) {
    let (mut moved, kept): (Vec<_>, Vec<_>) =
        std::mem::take(members).into_iter().partition(|(key, _)| is_moved(key));
    moved.reverse();
    let mut state = seed;
    for index in (1..moved.len()).rev().filter(|_| seed > 0) {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let range = u64::try_from(index + 1).expect("an index fits");
        moved.swap(index, usize::try_from((state >> 33) % range).expect("an index fits"));
    }
    members.extend(kept.into_iter().chain(moved));
}
