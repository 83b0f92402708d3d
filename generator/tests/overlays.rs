//! Applies overlays to documents in several files, and overlays at random to whatever documents hold.

#[path = "../../fuzz/src/mutate/mod.rs"]
#[expect(unreachable_pub, reason = "it is public where the fuzzer has it")]
mod mutate;

use std::fmt::Write as _;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use mutate::{Random, mutate};
use sdk_generator::config::{Document, DocumentPlace, Overlay};
use sdk_generator::diagnostic::render::{self, Colour};
use sdk_generator::pointer::{DocumentId, Pointer};
use sdk_generator::tree::Node;
use sdk_generator::{Code, Config, Diagnostic, Diagnostics, Input, Source, Spec};
use serde_json::{Value, json};

/// The number of changes to each document.
const ROUNDS: u64 = 8;

/// An overlay that selects everything and changes nothing.
const EMPTY: &str =
    "overlay: 1.1.0\ninfo: { title: Nothing, version: 1.0.0 }\nactions: [{ target: $, update: {} }]";

#[test]
fn documents_in_several_files_are_corrected() {
    let folder = tests().join("overlays/files");
    let read = |name: &str| fs::read_to_string(folder.join(name)).ok();
    let mut diagnostics = Diagnostics::default();
    let text = read("sdk.yaml").expect("the configuration is there");
    let config =
        Config::parse("sdk.yaml", &text, &read, &mut diagnostics).expect("the configuration is sound");
    let source = |document: &Document| {
        let DocumentPlace::Beside(name) = &document.place else { panic!("the fixture names its documents") };
        Source { name: name.clone(), text: read(name).expect("the document is there") }
    };
    let documents: Vec<Source> = config.documents.iter().map(source).collect();
    let input = Input { documents: &documents, read: &read, config: &config };
    let spec = Spec::load(&input, &mut diagnostics).expect("the documents are sound");
    assert!(diagnostics.is_empty(), "{}", render::human(&diagnostics, Colour::Never));
    insta::with_settings!({
        omit_expression => true,
        snapshot_path => "snapshots/overlays",
        prepend_module_to_snapshot => false,
    }, { insta::assert_snapshot!("files", places(&spec, diagnostics)) });
}

/// Every scalar of the documents and the files that they refer to: where it is written, and its place in the tree.
fn places(spec: &Spec, mut diagnostics: Diagnostics) -> String {
    let roots = (0..).map(|number| Pointer::root(DocumentId(number)));
    for (root, node) in roots.map_while(|root| spec.node(&root).map(|node| (root, node))) {
        point_at_scalars(&root, node, &mut diagnostics);
    }
    let mut text = String::new();
    for located in render::locate(&diagnostics) {
        let (file, position, diagnostic) = (located.file, located.position, located.diagnostic);
        let written = format!("{file}:{}:{}", position.line, position.column);
        let place = &diagnostic.pointer;
        writeln!(text, "{written:<38} {} {place}: {}", place.document.0, diagnostic.message)
            .expect("a string takes it");
    }
    text
}

fn point_at_scalars(place: &Pointer, node: &Node, diagnostics: &mut Diagnostics) {
    match node {
        Node::Mapping(members) => {
            members.iter().for_each(|(key, member)| point_at_scalars(&place.child(key), member, diagnostics));
        }
        Node::Sequence(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, item)| point_at_scalars(&place.child(index), item, diagnostics));
        }
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {
            let text = node.scalar_text().unwrap_or_else(|| "null".to_owned());
            diagnostics.push(Diagnostic::error(Code::Malformed, place, text, ""));
        }
    }
}

#[test]
fn an_empty_overlay_changes_nothing() {
    for (path, document) in documents() {
        let text = document.to_string();
        let (Ok((plain, _)), Ok((overlaid, diagnostics))) = (load(&text, None), load(&text, Some(EMPTY)))
        else {
            continue;
        };
        let root = Pointer::root(DocumentId(0));
        assert_eq!(plain.node(&root), overlaid.node(&root), "{}", path.display());
        assert!(diagnostics.iter().any(|finding| finding.code == Code::UnusedOverlay), "{}", path.display());
    }
}

/// Whatever an overlay and a document hold, nothing panics, and findings point into a text.
#[test]
fn overlays_at_random_do_no_harm() {
    let mut applied = 0;
    for (path, document) in documents() {
        for round in 0..ROUNDS {
            let mut random = Random::new(round);
            let mut changed = document.clone();
            mutate(&mut changed, &mut random);
            let mut overlay = overlay(&changed, &mut random);
            if round % 4 == 3 {
                mutate(&mut overlay, &mut random);
            }
            let (text, overlay) = (changed.to_string(), overlay.to_string());
            let sound = catch_unwind(|| harmless(&text, &overlay));
            applied += usize::from(*sound.as_ref().unwrap_or(&false));
            assert!(sound.is_ok(), "{}, round {round}:\n{text}\n{overlay}", path.display());
        }
    }
    assert!(applied > 100, "only {applied} overlays were applied without an error");
}

/// Returns `true` if the overlay was applied without an error.
fn harmless(text: &str, overlay: &str) -> bool {
    let loaded = load(text, Some(overlay));
    let diagnostics = loaded.as_ref().map_or_else(|diagnostics| diagnostics, |(_, diagnostics)| diagnostics);
    for located in render::locate(diagnostics) {
        let finding = located.diagnostic;
        assert!(!located.file.is_empty(), "nobody knows where this is: {finding:?}");
        assert!(!finding.message.is_empty() && !finding.help.is_empty(), "this says nothing: {finding:?}");
    }
    loaded.is_ok()
}

/// Loads a document with an overlay.
fn load(text: &str, overlay: Option<&str>) -> Result<(Spec, Diagnostics), Diagnostics> {
    let mut config = Config::bare("trial-sdk");
    let pointer = Pointer::root(DocumentId(0));
    let entry = Overlay { path: "fixes.overlay.yaml".to_owned(), file: None, pointer };
    let place = DocumentPlace::Beside("api.json".to_owned());
    config.documents.push(Document {
        place,
        overlays: overlay.map(|_| entry).into_iter().collect(),
        version: None,
    });
    let documents = [Source { name: "api.json".to_owned(), text: text.to_owned() }];
    let read = |name: &str| overlay.filter(|_| name == "fixes.overlay.yaml").map(str::to_owned);
    let mut diagnostics = Diagnostics::default();
    let input = Input { documents: &documents, read: &read, config: &config };
    Spec::load(&input, &mut diagnostics).map(|spec| (spec, diagnostics))
}

/// An overlay with a few actions that mostly fit the document.
fn overlay(document: &Value, random: &mut Random) -> Value {
    let actions: Vec<Value> = (0..=random.below(2))
        .map(|number| {
            let (target, selected) = query(document, random);
            let mut action = json!({ "target": target, "description": number.to_string() });
            let (source, value) = query(document, random);
            match (random.below(4), selected) {
                (0, _) => action["remove"] = json!(true),
                (1, _) => action["copy"] = json!(source),
                (2, Value::String(_)) => action["update"] = json!("ü"),
                (2, Value::Object(_)) => action["update"] = json!({ "description": "ü", "x-new": [value] }),
                (_, _) => action["update"] = value.clone(),
            }
            action
        })
        .collect();
    let version = ["1.0.0", "1.1.0"][random.below(2)];
    json!({ "overlay": version, "info": { "title": "Trial", "version": "1" }, "actions": actions })
}

/// A query for a place of the document, or for more than that, and the value there.
fn query<'d>(document: &'d Value, random: &mut Random) -> (String, &'d Value) {
    let (mut query, mut value) = ("$".to_owned(), document);
    for _ in 0..random.below(8) {
        let step = match value {
            Value::Object(members) if !members.is_empty() => {
                let (key, member) =
                    members.iter().nth(random.below(members.len())).expect("there are as many");
                value = member;
                format!("['{}']", key.replace('\\', "\\\\").replace('\'', "\\'"))
            }
            Value::Array(items) if !items.is_empty() => {
                let index = random.below(items.len());
                value = &items[index];
                format!("[{}]", index as i64 - if random.below(2) == 0 { 0 } else { items.len() as i64 })
            }
            Value::Object(_) | Value::Array(_) => break,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => break,
        };
        match random.below(24) {
            0 => query += "[*]",
            1 => query += &format!("..{step}"),
            2 => query += "[?@.type || @.name == 'id']",
            3 => query += "[::-2]",
            _ => query += &step,
        }
    }
    (query, value)
}

/// The fixtures of the later stages.
fn documents() -> Vec<(PathBuf, Value)> {
    let mut documents = Vec::new();
    for folder in ["lower", "rust"] {
        let entries = fs::read_dir(tests().join(folder)).expect("the fixtures are there");
        for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
            let text = fs::read_to_string(&path).expect("a fixture can be read");
            // One has numbers that no value holds.
            documents.extend(serde_yaml::from_str(&text).ok().map(|document| (path, document)));
        }
    }
    documents.sort_by(|(one, _), (other, _)| one.cmp(other));
    documents
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}
