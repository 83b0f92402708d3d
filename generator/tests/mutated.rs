//! Documents that are changed at random: nothing panics, and whatever comes out is sound.
//!
//! The same changes and checks as those of `fuzz`, a few hundred of them, the same each time.

#[path = "../../fuzz/src/check.rs"]
#[expect(unreachable_pub, reason = "it is public where the fuzzer has it")]
mod check;
#[path = "../../fuzz/src/mutate.rs"]
#[expect(unreachable_pub, reason = "it is public where the fuzzer has it")]
mod mutate;

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use mutate::{Random, mutate};
use serde_json::Value;

/// How often each document is changed.
const ROUNDS: u64 = 3;

#[test]
fn changed_documents_do_no_harm() {
    let mut harmful = Vec::new();
    for (path, document) in documents() {
        for round in 0..ROUNDS {
            let mut changed = document.clone();
            mutate(&mut changed, &mut Random::new(round));
            let text = changed.to_string();
            if catch_unwind(|| check::check(&text)).is_err() {
                harmful.push(format!("{}, round {round}:\n{text}", path.display()));
            }
        }
    }
    assert!(harmful.is_empty(), "{}", harmful.join("\n\n"));
}

/// The fixtures of every stage.
fn documents() -> Vec<(PathBuf, Value)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut documents = Vec::new();
    for folder in ["lower", "rust", "docs", "report"] {
        let entries = std::fs::read_dir(tests.join(folder)).expect("the fixtures are there");
        for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
            let text = std::fs::read_to_string(&path).expect("a fixture can be read");
            // One has numbers that no value holds.
            documents.extend(serde_yaml::from_str(&text).ok().map(|document| (path, document)));
        }
    }
    documents.sort_by(|(one, _), (other, _)| one.cmp(other));
    documents
}
