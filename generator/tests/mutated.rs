//! Mutates documents at random, and checks that nothing panics and the output is sound.
//!
//! The mutations and checks are those of `fuzz`. The usual test makes a few hundred with fixed seeds; the ignored one
//! runs for `MUTATE_SECONDS`, starting with the seed `MUTATE_SEED`, and mutates the documents in `SPEC_CORPUS` too.

mod corpus;

#[path = "../../fuzz/src/check.rs"]
#[expect(unreachable_pub, reason = "it is public where the fuzzer has it")]
mod check;
#[path = "../../fuzz/src/mutate/mod.rs"]
#[expect(unreachable_pub, reason = "it is public where the fuzzer has it")]
mod mutate;
#[path = "../../fuzz/src/slices.rs"]
#[expect(unreachable_pub, reason = "it is public where the fuzzer has it")]
mod slices;

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mutate::{Random, mutate};
use serde_json::Value;

/// The number of mutations of each document.
const ROUNDS: u64 = 3;

#[test]
fn changed_documents_do_no_harm() {
    let mut harmful = Vec::new();
    for (path, document) in documents() {
        for round in 0..ROUNDS {
            harmful.extend(harm(&path, &document, round));
        }
    }
    assert!(harmful.is_empty(), "{}", harmful.join("\n\n"));
}

#[test]
#[ignore = "takes as long as it is told to"]
fn changed_documents_do_no_harm_for_long() {
    let number = |name| std::env::var(name).ok().and_then(|text: String| text.parse::<u64>().ok());
    let end = Instant::now() + Duration::from_secs(number("MUTATE_SECONDS").unwrap_or(60));
    let documents: Vec<_> = documents().into_iter().chain(published()).collect();
    let mut random = Random::new(number("MUTATE_SEED").unwrap_or_default());
    let (mut runs, mut harmful) = (0, 0);
    while Instant::now() < end {
        let (path, document) = &documents[random.below(documents.len())];
        if let Some(harm) = harm(path, document, random.below(usize::MAX) as u64) {
            harmful += 1;
            eprintln!("{harm}\n");
        }
        runs += 1;
    }
    eprintln!("{runs} changes of {} documents", documents.len());
    assert_eq!(harmful, 0);
}

/// Returns the mutated document if it breaks an invariant.
fn harm(path: &Path, document: &Value, seed: u64) -> Option<String> {
    let mut changed = document.clone();
    mutate(&mut changed, &mut Random::new(seed));
    let text = changed.to_string();
    let sound = catch_unwind(|| check::check(&text)).is_ok();
    (!sound).then(|| format!("{}, seed {seed}:\n{text}", path.display()))
}

/// Returns the small slices of published documents.
fn published() -> Vec<(PathBuf, Value)> {
    let mut documents = Vec::new();
    for path in corpus::documents() {
        let text = std::fs::read_to_string(&path).expect("the document can be read");
        let document = serde_json::from_str(&text).ok().or_else(|| serde_yaml::from_str(&text).ok());
        let slices = document.map(|document: Value| slices::slices(&document)).unwrap_or_default();
        let small = slices.into_iter().filter(|slice| slice.to_string().len() < 30_000);
        documents.extend(small.map(|slice| (path.clone(), slice)));
    }
    documents
}

/// Returns the fixtures of every stage.
fn documents() -> Vec<(PathBuf, Value)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut documents = Vec::new();
    for folder in ["lower", "rust", "docs", "report", "swagger/documents"] {
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
