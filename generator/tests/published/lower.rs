//! Lowers documents to finished models: nothing panics, no invariant breaks, and a second run gives the same model.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use sdk_generator::config::ManagerNames;
use sdk_generator::spec::{Input, Spec};
use sdk_generator::{Code, Config, Diagnostics, Source, check, ir, lower, passes};

use crate::corpus;

#[test]
fn every_document_of_the_corpus_lowers() {
    for file in corpus::documents() {
        let first = lower_file(&file);
        let second = lower_file(&file);
        assert!(first == second, "{} gives two models", file.display());
    }
}

fn lower_file(file: &Path) -> String {
    let mut config = Config::bare("corpus");
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    if name.starts_with("box-") {
        config.managers = ManagerNames::Extension("x-box-tag".to_owned());
    }
    let text = std::fs::read_to_string(file).unwrap();
    let documents = [Source { name: name.clone(), text }];
    let read = |path: &str| std::fs::read_to_string(file.with_file_name(path)).ok();
    let input = Input { documents: &documents, read: &read, config: &config };
    let mut diagnostics = Diagnostics::default();
    let spec = Spec::load(&input, &mut diagnostics).unwrap();
    let start = Instant::now();
    let mut api = lower::lower(&spec, &config, &mut diagnostics);
    let lowered = start.elapsed();
    let made = api.types.len();
    passes::run(&mut api);
    check::check(&api, &mut diagnostics);
    let printed = ir::print::api(&api);
    report(&name, &api, made, &diagnostics, &format!("{lowered:.0?}"), &printed);
    assert!(
        diagnostics.iter().all(|diagnostic| diagnostic.code != Code::Invariant),
        "{name} breaks an invariant"
    );
    printed
}

fn report(name: &str, api: &ir::Api, made: usize, diagnostics: &Diagnostics, took: &str, printed: &str) {
    let mut codes: BTreeMap<_, usize> = BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        *codes.entry((diagnostic.severity, diagnostic.code)).or_default() += 1;
    }
    eprintln!(
        "{name}: {} operations, {} managers, {} of {made} types, lowered in {took}; {codes:?}",
        api.operations.len(),
        api.managers.len(),
        api.types.len(),
    );
    if let Ok(folder) = std::env::var("PRINT_TO") {
        let findings: Vec<String> =
            diagnostics.iter().map(|diagnostic| format!("{diagnostic:?}\n")).collect();
        std::fs::write(Path::new(&folder).join(format!("{name}.ir")), printed).unwrap();
        std::fs::write(Path::new(&folder).join(format!("{name}.findings")), findings.concat()).unwrap();
    }
}
