//! Makes `spec/memberships.yaml` anew: the slice of the published document, with the overlay of our own words.

use std::fs;
use std::path::{Path, PathBuf};

use sdk_generator::config::Deprecated;
use sdk_generator::config::{COMMAND_LINE, Document, DocumentPlace, Overlay, Select, SelectBy, SelectEntry};
use sdk_generator::diagnostic::render::{self, Colour};
use sdk_generator::pointer::{DocumentId, Pointer};
use sdk_generator::slice::slice;
use sdk_generator::{Code, Config, Diagnostics, Generated, Input, Severity, Source, Spec, generate, ir};

use super::corpus;

const OVERLAY: &str = "memberships.overlay.yaml";

/// The published document with the overlay gives the same package as the committed slice of it. Runs if
/// `SPEC_CORPUS` names the folder of published documents.
#[test]
fn the_slice_of_the_published_document_gives_the_same_package() {
    let Some(corpus) = corpus::folder() else { return };
    let whole = source("box-2024.0.json", &corpus.join("box-2024.0.json"));
    let mut config = overlaid(&whole.name);
    let pointer = Pointer::root(COMMAND_LINE);
    let entry =
        SelectEntry { by: SelectBy::Manager, text: "memberships".to_owned(), pointer: pointer.clone() };
    config.select = Some(Select {
        include: Some(vec![entry]),
        exclude: Vec::new(),
        deprecated: Deprecated::Taken,
        webhooks: false,
        pointer,
    });
    let documents = [whole];
    let input = Input { documents: &documents, read: &read, config: &config };
    let sliced = slice(&input).unwrap_or_else(|found| panic!("{}", shown(&found)));
    assert!(sliced.diagnostics.is_empty(), "{}", shown(&sliced.diagnostics));
    let text = sliced.yaml().expect("the slice can be written");
    let (made, committed) = (package(text), package(committed().text));
    let (model, expected) = (ir::print::api(&made.api), ir::print::api(&committed.api));
    let difference = similar::TextDiff::from_lines(&expected, &model).unified_diff().to_string();
    assert!(model == expected, "{difference}");
    assert!(made.files == committed.files, "pages or code differ: does the overlay say what the slice says?");
}

/// Each action of the overlay selects something in the committed slice, and finds its own words there.
#[test]
fn the_overlay_says_what_the_slice_says() {
    let committed = committed();
    let config = overlaid(&committed.name);
    let mut diagnostics = Diagnostics::default();
    let documents = [committed];
    let input = Input { documents: &documents, read: &read, config: &config };
    let spec = Spec::load(&input, &mut diagnostics).unwrap_or_else(|found| panic!("{}", shown(&found)));
    let actions = read(OVERLAY).expect("the overlay is there").matches("- target: ").count();
    let unchanged = diagnostics.iter().filter(|finding| finding.code == Code::UnusedOverlay).count();
    assert!(diagnostics.iter().all(|finding| finding.severity == Severity::Warning));
    assert_eq!(unchanged, actions, "an action says something else than {}", documents[0].name);
    assert!(spec.node(&Pointer::root(DocumentId(0))).is_some());
}

/// The package of the slice, by the committed configuration.
fn package(text: String) -> Generated {
    let documents = [Source { name: "memberships.yaml".to_owned(), text }];
    let input = Input { documents: &documents, read: &|_| None, config: &configuration() };
    generate(&input).unwrap_or_else(|found| panic!("{}", shown(&found)))
}

/// The committed configuration for a document with the overlay.
fn overlaid(name: &str) -> Config {
    let overlay = Overlay { path: OVERLAY.to_owned(), file: None, pointer: Pointer::root(COMMAND_LINE) };
    let place = DocumentPlace::Beside(name.to_owned());
    let documents = vec![Document { place, overlays: vec![overlay], version: None }];
    Config { documents, ..configuration() }
}

fn configuration() -> Config {
    let mut diagnostics = Diagnostics::default();
    let text = read("sdk.yaml").expect("the configuration is there");
    let config = Config::parse("sdk.yaml", &text, &read, &mut diagnostics);
    config.unwrap_or_else(|| panic!("{}", shown(&diagnostics)))
}

fn committed() -> Source {
    source("memberships.yaml", &folder().join("memberships.yaml"))
}

fn source(name: &str, path: &Path) -> Source {
    Source { name: name.to_owned(), text: fs::read_to_string(path).expect("the document can be read") }
}

fn read(name: &str) -> Option<String> {
    fs::read_to_string(folder().join(name)).ok()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")
}

fn shown(diagnostics: &Diagnostics) -> String {
    render::human(diagnostics, Colour::Never)
}
