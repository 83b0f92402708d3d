//! Reads Swagger 2.0 documents, and what is left behind of Swagger 2.0 in other documents.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use sdk_generator::diagnostic::render::{self, Colour};
use sdk_generator::{Config, Diagnostics, Generated, Input, Source, generate};

#[test]
fn swagger_gives_the_package_of_the_same_document_in_openapi_3() {
    let (swagger, openapi) = (files("library-2.yaml"), files("library-3.yaml"));
    assert_eq!(swagger.keys().collect::<Vec<_>>(), openapi.keys().collect::<Vec<_>>());
    for (name, text) in &swagger {
        assert_eq!(text, &openapi[name], "{name}");
    }
}

#[test]
fn findings_point_at_the_document_as_it_is_written() {
    snapshot("places", &findings(&package("places.yaml")));
}

#[test]
fn findings_use_the_words_of_the_version() {
    snapshot("words", &findings(&package("words.yaml")));
    let start = "swagger: '2.0'\ninfo: { title: Words, version: 1.0.0 }\n";
    let deep = format!(
        "{start}paths: {{ /a: {{ get: {{ responses: {{ 200: {{ description: A., schema: {}{{ type: string }}{} }} }} }} }} }}\n",
        "{ type: array, items: ".repeat(100),
        " }".repeat(100)
    );
    let shown = [findings(&package("words.yaml")), of_text(&deep), of_text(&format!("{start}paths: {{}}\n"))]
        .concat();
    assert!(shown.contains("move an inner schema to `definitions`"), "{shown}");
    for word in ["components", "requestBod", "`content`", "deepObject", "`style`", "webhooks", "bearer"] {
        assert!(!shown.contains(word), "`{word}` in {shown}");
    }
}

#[test]
fn what_is_left_behind_is_read_as_meant() {
    let mixed = package("mixed.yaml");
    snapshot("mixed", &format!("{}{}", findings(&mixed), mixed.listing.print()));
}

#[test]
fn files_that_swagger_refers_to_are_read_as_swagger() {
    let several = package("several.yaml");
    assert_eq!(findings(&several), "");
    snapshot("several", &several.listing.print());
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({
        omit_expression => true,
        snapshot_path => "snapshots",
        prepend_module_to_snapshot => false,
    }, { insta::assert_snapshot!(name, text) });
}

fn findings(package: &Generated) -> String {
    render::human(&package.diagnostics, Colour::Never)
}

fn files(name: &str) -> BTreeMap<String, String> {
    let package = package(name);
    assert_eq!(findings(&package), "");
    package.files.iter().map(|(path, body)| (path.to_owned(), body.to_owned())).collect()
}

/// Returns the findings in a text, whether they stop the output or not.
fn of_text(text: &str) -> String {
    let documents = [Source { name: "text.yaml".to_owned(), text: text.to_owned() }];
    let config = Config::bare("library-sdk");
    let generated = generate(&Input { documents: &documents, read: &|_| None, config: &config });
    let diagnostics = generated.map_or_else(|diagnostics| diagnostics, |generated| generated.diagnostics);
    render::human(&diagnostics, Colour::Never)
}

fn package(name: &str) -> Generated {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/swagger/documents");
    let read = |name: &str| fs::read_to_string(folder.join(name)).ok();
    let documents = [Source { name: name.to_owned(), text: read(name).expect("the fixture is there") }];
    let config = Config::bare("library-sdk");
    generate(&Input { documents: &documents, read: &read, config: &config })
        .unwrap_or_else(|diagnostics: Diagnostics| panic!("{}", render::human(&diagnostics, Colour::Never)))
}
