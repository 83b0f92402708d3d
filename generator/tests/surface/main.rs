//! Compares the public items of emitted packages with their listing: every item must be listed, every listed item
//! must exist, and a listing must be read as it was printed.

#[path = "../corpus/mod.rs"]
mod corpus;
mod emitted;
#[path = "../fixture/mod.rs"]
mod fixture;
mod listed;

use std::path::Path;

use sdk_generator::{Config, Diagnostics, Input, Listing, Source, generate};

#[test]
fn fixtures_list_every_public_item() {
    for folder in ["tests/listing", "tests/rust"] {
        insta::glob!(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), "*.yaml", |path| {
            let (source, config) = fixture::read(path, &mut Diagnostics::default());
            let config = config.expect("the configuration of a fixture is sound");
            assert!(compare(source, &config), "{} does not generate", path.display());
        });
    }
}

#[test]
fn published_documents_list_every_public_item() {
    for file in corpus::documents() {
        assert!(compare(read(&file), &Config::bare("corpus")), "{} does not generate", file.display());
    }
}

fn read(file: &Path) -> Source {
    let name = file.file_name().expect("a document has a name").to_string_lossy().into_owned();
    Source { name, text: std::fs::read_to_string(file).expect("a document can be read") }
}

/// Compares the items of a document's package with its listing. Returns `false` if the document does not generate.
fn compare(source: Source, config: &Config) -> bool {
    let name = source.name.clone();
    let input = Input { documents: &[source], read: &|_| None, config };
    let Ok(generated) = generate(&input) else { return false };
    let emitted = emitted::items(&generated.files);
    assert!(!emitted.is_empty());
    let listed = listed::items(&generated.listing);
    let missing: Vec<&String> = emitted.difference(&listed).collect();
    let extra: Vec<&String> = listed.difference(&emitted).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "{name}: emitted but not listed: {missing:#?}\nlisted but not emitted: {extra:#?}"
    );
    let text = generated.listing.print();
    let read = Listing::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(read.print() == text, "{name} is read as something else");
    true
}
