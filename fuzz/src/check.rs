//! A text to what has to hold of it, whatever it is: nothing panics, and what comes out is sound.

use std::collections::BTreeSet;

use sdk_generator::diagnostic::render::{self, Colour};
use sdk_generator::{Code, Config, Diagnostics, Generated, Input, Severity, Source, generate};

/// Generates from a text, twice.
///
/// # Panics
///
/// When the generator does, or when something is wrong with what comes out.
pub fn check(text: &str) {
    let name = if text.trim_start().starts_with('{') { "document.json" } else { "document.yaml" };
    let documents = [Source { name: name.to_owned(), text: text.to_owned() }];
    let config = Config::bare("trial-sdk");
    let run = || generate(&Input { documents: &documents, read: &|_| None, config: &config });
    match (run(), run()) {
        (Ok(one), Ok(other)) => {
            findings(&one.diagnostics);
            assert!(one.files == other.files, "two runs give different files");
            assert_eq!(one.report.json(&one.diagnostics), other.report.json(&other.diagnostics));
            files(&one);
        }
        (Err(one), Err(other)) => {
            findings(&one);
            assert!(one.iter().any(|finding| finding.severity == Severity::Error), "nothing says why");
            assert_eq!(render::human(&one, Colour::Never), render::human(&other, Colour::Never));
        }
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => panic!("two runs differ in whether something comes out"),
    }
}

/// Findings can be shown, and say where and what.
fn findings(diagnostics: &Diagnostics) {
    let shown = render::human(diagnostics, Colour::Never);
    assert_eq!(shown.is_empty(), diagnostics.is_empty());
    for located in render::locate(diagnostics) {
        let finding = located.diagnostic;
        assert!(!located.file.is_empty(), "nobody knows where this is: {finding:?}");
        assert!(!finding.message.is_empty() && !finding.help.is_empty(), "this says nothing: {finding:?}");
        assert!(!matches!(finding.code, Code::Invariant | Code::NameCollision), "{finding:?}");
    }
    for line in render::json(diagnostics).lines() {
        serde_json::from_str::<serde_json::Value>(line).expect("each line is a JSON object");
    }
}

fn files(generated: &Generated) {
    let mut paths = BTreeSet::new();
    let mut types = BTreeSet::new();
    for (path, body) in generated.files.iter() {
        sound_path(path);
        assert!(paths.insert(path.to_lowercase()), "`{path}` is there twice, but for case");
        if path.ends_with(".rs") {
            let file = syn::parse_file(body).unwrap_or_else(|error| panic!("{path}: {error}\n{body}"));
            unique_names(path, &file.items);
            if path.starts_with("src/types/") {
                for name in file.items.iter().filter_map(named) {
                    assert!(types.insert(name.clone()), "the type `{name}` is there twice");
                }
            }
        }
    }
}

/// A path stays below its folder, on every system.
fn sound_path(path: &str) {
    const REFUSED: &[&str] = &["aux", "con", "nul", "prn", "com1", "lpt1"];
    for part in path.split('/') {
        let plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.');
        let stem = part.split('.').next().unwrap_or_default().to_lowercase();
        let dots = part.chars().all(|char| char == '.');
        assert!(!dots && part.chars().all(plain) && part.len() < 200, "`{path}` is no path for a file");
        assert!(!REFUSED.contains(&stem.as_str()), "`{path}` is refused by some systems");
    }
}

/// No two types of a file, members of a type or methods of a block have one name.
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

/// The name of an item that is a type or a module, unless a feature decides whether it is there.
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
        assert!(seen.insert(name.clone()), "{path}: `{name}` is there twice");
    }
}
