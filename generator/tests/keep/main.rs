//! Generates packages under a lock, and checks that released items keep their names and shapes.

mod additions;
mod asks;
mod adoption;
#[path = "../convention/mod.rs"]
mod convention;
mod conventions;
mod paths;
#[path = "../corpus/mod.rs"]
mod corpus;
mod discriminators;
#[path = "../fixture/mod.rs"]
mod fixture;
mod kept_names;
mod pages;
mod pairing;
mod releases;
mod shapes;
mod silent;
mod unchanged_calls;
mod wire;

use sdk_generator::{Config, Diagnostics, Generated, Input, Listing, Source, generate, generate_since};

fn run(text: &str, config: &Config, release: Option<&Listing>) -> Option<Generated> {
    run_all(&[("api.yaml", text)], config, release)
}

fn run_all(documents: &[(&str, &str)], config: &Config, release: Option<&Listing>) -> Option<Generated> {
    let source = |(name, text): &(&str, &str)| Source { name: (*name).to_owned(), text: (*text).to_owned() };
    let documents: Vec<Source> = documents.iter().map(source).collect();
    let input = Input { documents: &documents, read: &|_| None, config };
    match release {
        Some(release) => Some(generate_since(&input, release).unwrap_or_else(|found| panic!("{found:?}"))),
        None => generate(&input).ok(),
    }
}

/// A package does not change under its own listing as the lock.
fn assert_idempotent(name: &str, text: &str, config: &Config) {
    let Some(first) = run(text, config, None) else { return };
    let lock = Listing::parse(&first.listing.print()).expect("a listing is read as it was written");
    let second = run(text, config, Some(&lock)).expect("a run under a lock gives a package");
    let verdict = second.verdict.expect("a lock gives a verdict");
    let changes: Vec<_> = verdict.changes.iter().map(|change| (&change.at, &change.text)).collect();
    assert!(changes.is_empty(), "{name}: {changes:#?}");
    assert!(first.listing.print() == second.listing.print(), "{name} lists something else");
    for (path, text) in first.files.iter() {
        let other = second.files.iter().find(|(other, _)| *other == path).map(|(_, text)| text);
        assert!(other == Some(text), "{name}: {path} differs");
    }
}

#[test]
fn fixtures_are_what_they_were_under_their_own_lock() {
    insta::glob!("..", "rust/*.yaml", |path: &Path| {
        let (source, config) = fixture::read(path, &mut Diagnostics::default());
        let config = config.expect("the configuration of a fixture is sound");
        assert_idempotent(&path.display().to_string(), &source.text, &config);
    });
}

#[test]
fn documents_are_what_they_were_under_their_own_lock() {
    for file in corpus::documents() {
        let text = std::fs::read_to_string(&file).expect("a document can be read");
        assert_idempotent(&file.display().to_string(), &text, &Config::bare("corpus"));
    }
}
