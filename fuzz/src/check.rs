//! Checks the invariants of a run on any text: nothing panics, runs are repeatable, and the output is sound.

use std::collections::{BTreeMap, BTreeSet};

use sdk_generator::diagnostic::render::{self, Colour};
use sdk_generator::{Code, Config, Diagnostics, Generated, Input, Severity, Source, generate};

/// Generates a package from a text, twice, and checks the result.
///
/// # Panics
///
/// Panics if the generator does, or if its output breaks an invariant.
pub fn check(text: &str) {
    let name = if text.trim_start().starts_with('{') { "document.json" } else { "document.yaml" };
    let documents = [Source { name: name.to_owned(), text: text.to_owned() }];
    let config = Config::bare("trial-sdk");
    let document = serde_json::from_str(text).unwrap_or(serde_json::Value::Null);
    let files = files_of(&document);
    let read = |name: &str| files.get(name).cloned();
    let run = || generate(&Input { documents: &documents, read: &read, config: &config });
    match (run(), run()) {
        (Ok(one), Ok(other)) => {
            findings(&one.diagnostics);
            assert!(one.files == other.files, "two runs give different files");
            assert_eq!(one.report.json(&one.diagnostics), other.report.json(&other.diagnostics));
            sound_files(&one);
        }
        (Err(one), Err(other)) => {
            findings(&one);
            assert!(
                one.iter().any(|finding| finding.severity == Severity::Error),
                "the run failed without an error"
            );
            assert_eq!(render::human(&one, Colour::Never), render::human(&other, Colour::Never));
        }
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => panic!("one of two runs failed"),
    }
}

/// Returns the other files of a document by name, from where the mutations put them.
fn files_of(document: &serde_json::Value) -> BTreeMap<String, String> {
    let files = document.get("x-files").and_then(serde_json::Value::as_object).into_iter().flatten();
    files.map(|(name, file)| (name.clone(), file.to_string())).collect()
}

/// Checks that findings can be rendered, and have a place, a message and a help text.
fn findings(diagnostics: &Diagnostics) {
    let shown = render::human(diagnostics, Colour::Never);
    assert_eq!(shown.is_empty(), diagnostics.is_empty());
    for located in render::locate(diagnostics) {
        let finding = located.diagnostic;
        assert!(!located.file.is_empty(), "a finding without a file: {finding:?}");
        assert!(
            !finding.message.is_empty() && !finding.help.is_empty(),
            "a finding without a message or help: {finding:?}"
        );
        assert!(!matches!(finding.code, Code::Invariant), "{finding:?}");
    }
    for line in render::json(diagnostics).lines() {
        serde_json::from_str::<serde_json::Value>(line).expect("each line is a JSON object");
    }
}

fn sound_files(generated: &Generated) {
    let mut paths = BTreeSet::new();
    let mut types = BTreeSet::new();
    for (path, body) in generated.files.iter() {
        sound_path(path);
        assert!(paths.insert(path.to_lowercase()), "the path `{path}` is used twice if case is ignored");
        if path.ends_with(".rs") {
            let file = syn::parse_file(body).unwrap_or_else(|error| panic!("{path}: {error}\n{body}"));
            unique_names(path, &file.items);
            if path.starts_with("src/types/") {
                for name in file.items.iter().filter_map(named) {
                    assert!(types.insert(name.clone()), "duplicate type `{name}`");
                }
            }
        }
    }
}

/// Checks that a path stays below its folder, and is valid on every system.
fn sound_path(path: &str) {
    const REFUSED: &[&str] = &["aux", "con", "nul", "prn", "com1", "lpt1"];
    for part in path.split('/') {
        let plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.');
        let stem = part.split('.').next().unwrap_or_default().to_lowercase();
        let dots = part.chars().all(|char| char == '.');
        assert!(!dots && part.chars().all(plain) && part.len() < 200, "`{path}` is not a valid path");
        assert!(!REFUSED.contains(&stem.as_str()), "`{path}` is reserved on some systems");
    }
}

/// Checks that the types of a file, the members of a type and the methods of a block have unique names.
fn unique_names(path: &str, items: &[syn::Item]) {
    once(path, items.iter().filter_map(named));
    for item in items {
        match item {
            syn::Item::Struct(item) => {
                once(
                    path,
                    item.fields.iter().filter_map(|field| field.ident.as_ref().map(ToString::to_string)),
                );
            }
            syn::Item::Enum(item) => {
                once(path, item.variants.iter().map(|variant| variant.ident.to_string()))
            }
            syn::Item::Impl(item) => {
                once(
                    path,
                    item.items.iter().filter_map(|item| match item {
                        syn::ImplItem::Fn(item) => Some(item.sig.ident.to_string()),
                        _ => None,
                    }),
                );
                item.items.iter().for_each(|item| arguments(path, item));
            }
            syn::Item::Mod(item) => {
                item.content.iter().for_each(|(_, items)| unique_names(path, items));
            }
            _ => {}
        }
    }
}

fn arguments(path: &str, item: &syn::ImplItem) {
    let syn::ImplItem::Fn(item) = item else { return };
    once(
        path,
        item.sig.inputs.iter().filter_map(|input| match input {
            syn::FnArg::Typed(input) => match &*input.pat {
                syn::Pat::Ident(pat) => Some(pat.ident.to_string()),
                _ => None,
            },
            syn::FnArg::Receiver(_) => None,
        }),
    );
}

/// Returns the name of a type or module, unless it is compiled only under a condition.
fn named(item: &syn::Item) -> Option<String> {
    let (ident, attributes) = match item {
        syn::Item::Struct(item) => (&item.ident, &item.attrs),
        syn::Item::Enum(item) => (&item.ident, &item.attrs),
        syn::Item::Type(item) => (&item.ident, &item.attrs),
        syn::Item::Mod(item) => (&item.ident, &item.attrs),
        _ => return None,
    };
    attributes.iter().all(|attribute| !attribute.path().is_ident("cfg")).then(|| ident.to_string())
}

fn once(path: &str, names: impl Iterator<Item = String>) {
    let mut seen = BTreeSet::new();
    for name in names {
        assert!(seen.insert(name.clone()), "{path}: duplicate name `{name}`");
    }
}
