//! Checks that the committed package is the generator's output.

use std::path::Path;

use sdk_generator::config::{Document, DocumentPlace};
use sdk_generator::disk::{self, Comparison};
use sdk_generator::ir::Dependency;
use sdk_generator::{Config, Diagnostics, Input, generate};

#[test]
fn the_committed_package_is_what_the_generator_makes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let spec = root.join("spec");
    let source = disk::read_source(&spec.join("sdk.yaml")).expect("the configuration can be read");
    let mut diagnostics = Diagnostics::default();
    let config = Config::parse(&source.name, &source.text, &|_| None, &mut diagnostics);
    let mut config = config.unwrap_or_else(|| panic!("{diagnostics:#?}"));
    let read = |document: &Document| match &document.place {
        DocumentPlace::Beside(name) => disk::read_source(&spec.join(name)).expect("the document can be read"),
        DocumentPlace::SpecDir(name) => panic!("`{name}` is not kept here"),
    };
    let documents: Vec<_> = config.documents.iter().map(read).collect();
    config.pages = disk::read_pages(&spec.join("pages")).expect("the pages can be read");
    config.runtime = Dependency { path: Some("../runtime".to_owned()), ..config.runtime };

    let input = Input { documents: &documents, read: &|_| None, config: &config };
    let generated = generate(&input).unwrap_or_else(|diagnostics: Diagnostics| panic!("{diagnostics:#?}"));
    let folder = spec.join(config.output.as_deref().expect("the configuration names the folder"));
    let comparison = Comparison::make(&folder, generated.files).expect("the package can be read");
    assert!(
        comparison.is_current(),
        "{}\nthe files in `generated-sdk` are not what the generator makes: run `cargo xtask codegen` and commit them",
        comparison.diff(),
    );
}
