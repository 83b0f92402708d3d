//! Compares the reports of documents that have no faithful form with snapshots.

mod fixture;

use std::path::Path;

use sdk_generator::{Code, Config, Diagnostics, Input, Source, generate};

#[test]
fn reports() {
    insta::glob!("report/*.yaml", |path| {
        insta::with_settings!({
            snapshot_path => "snapshots/report",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!(check(path)) });
    });
}

fn check(path: &Path) -> String {
    let (source, config) = fixture::read(path, &mut Diagnostics::default());
    let config = config.expect("the configuration of a fixture is sound");
    let documents = [source];
    let generated = generate(&Input { documents: &documents, read: &|_| None, config: &config })
        .expect("a fixture generates");
    generated.report.json(&generated.diagnostics)
}

/// A code without a loss stops the output, or is about the configuration or an overlay.
#[test]
fn losses_are_those_of_documents() {
    let without: Vec<Code> = Code::ALL.iter().copied().filter(|code| code.loss().is_none()).collect();
    assert_eq!(
        without,
        [
            Code::Syntax,
            Code::NotOpenApi,
            Code::Config,
            Code::UnusedConfig,
            Code::Overlay,
            Code::UnusedOverlay,
            Code::SilentChange,
            Code::Invariant
        ]
    );
}

/// Documents are counted separately, each under its name.
#[test]
fn documents_count_apart() {
    let document = |name: &str, schema: &str| Source {
        name: format!("{name}.yaml"),
        text: format!(
            "openapi: 3.0.3\ninfo: {{ title: {name}, version: '1' }}\npaths:\n  /{name}:\n    get:\n      \
             responses:\n        '200': {{ description: Read, content: {{ application/json: {{ schema: \
             {schema} }} }} }}\n"
        ),
    };
    let documents = [document("plain", "{ type: string }"), document("odd", "{ not: { type: string } }")];
    let config = Config::bare("trial-sdk");
    let generated =
        generate(&Input { documents: &documents, read: &|_| None, config: &config }).expect("it generates");
    let counts: Vec<_> = generated
        .report
        .documents
        .iter()
        .map(|document| (document.name.as_str(), document.faithful, document.approximated, document.left_out))
        .collect();
    assert_eq!(counts, [("plain.yaml", 2, 0, 0), ("odd.yaml", 1, 1, 0)]);
    assert!((generated.report.documents[1].faithful_percent() - 50.0).abs() < f64::EPSILON);
}
