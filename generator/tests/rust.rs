//! Compares the emitted file that a minimal document is about with a snapshot.

mod fixture;

use std::path::Path;

use sdk_generator::{Diagnostics, Generated, Input, generate};

fn generated(path: &Path) -> Generated {
    let (source, config) = fixture::read(path, &mut Diagnostics::default());
    let (documents, config) = ([source], config.expect("the configuration can be read"));
    let input = Input { documents: &documents, read: &|_| None, config: &config };
    generate(&input).unwrap_or_else(|diagnostics: Diagnostics| panic!("{diagnostics:#?}"))
}

/// Compares the file that the first line of the fixture names: `# shows: path`.
fn file(path: &Path) {
    let text = std::fs::read_to_string(path).expect("the fixture can be read");
    let shown = text
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("# shows: "))
        .expect("`# shows: path` comes first");
    let files = generated(path).files;
    let paths: Vec<&str> = files.iter().map(|(path, _)| path).collect();
    let body = files.get(shown).unwrap_or_else(|| panic!("no `{shown}` among {paths:?}"));
    insta::with_settings!({
        snapshot_path => "snapshots/rust",
        prepend_module_to_snapshot => false,
        description => shown,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(body);
    });
}

#[test]
fn files() {
    insta::glob!("rust/*.yaml", file);
}
