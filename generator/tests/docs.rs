//! Compares the pages of minimal documents with snapshots.

mod headings;

use std::path::Path;

use headings::broken_links;
use sdk_generator::{Config, Diagnostics, Input, Source, generate};

/// The file to compare, unless the first line of a fixture names another one: `# shows: path`.
const PAGE: &str = "docs/things.md";

fn page(path: &Path) {
    let text = std::fs::read_to_string(path).expect("the fixture can be read");
    let shown =
        text.lines().next().and_then(|line| line.strip_prefix("# shows: ")).unwrap_or(PAGE).to_owned();
    let name = path.file_name().expect("a fixture has a name").to_string_lossy().into_owned();
    let config = Config {
        reference_url: Some("https://example.com/{operation_id:kebab}/".to_owned()),
        ..Config::bare("trial-sdk")
    };
    let documents = [Source { name, text }];
    let input = Input { documents: &documents, read: &|_| None, config: &config };
    let generated = generate(&input).unwrap_or_else(|diagnostics: Diagnostics| panic!("{diagnostics:#?}"));
    let paths: Vec<&str> = generated.files.iter().map(|(path, _)| path).collect();
    let body = generated.files.get(&shown).unwrap_or_else(|| panic!("no `{shown}` among {paths:?}"));
    assert_eq!(broken_links(body), [""; 0], "{}: {shown}", path.display());
    insta::with_settings!({
        snapshot_path => "snapshots/docs",
        prepend_module_to_snapshot => false,
        description => shown,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(body);
    });
}

#[test]
fn pages() {
    insta::glob!("docs/*.yaml", page);
}
