//! Loads documents, and asks for everything at every place: nothing panics.

use std::path::Path;
use std::time::Instant;

use sdk_generator::diagnostic::render;
use sdk_generator::pointer::Pointer;
use sdk_generator::spec::{AdditionalProperties, Input, Spec};
use sdk_generator::tree::Node;
use sdk_generator::{Code, Config, Diagnostic, Diagnostics, Source};

use crate::corpus;

#[test]
fn every_document_of_the_corpus_loads() {
    for file in corpus::documents() {
        load(&file);
    }
}

fn load(file: &Path) {
    let config = Config::bare("corpus");
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(file).unwrap();
    let documents = [Source { name: name.clone(), text }];
    let read = |path: &str| std::fs::read_to_string(file.with_file_name(path)).ok();
    let input = Input { documents: &documents, read: &read, config: &config };

    let start = Instant::now();
    let mut diagnostics = Diagnostics::default();
    let loaded = Spec::load(&input, &mut diagnostics);
    let took = start.elapsed();
    let Ok(spec) = loaded else {
        panic!("{name} does not load: {:?}", loaded.unwrap_err().iter().next());
    };

    let start = Instant::now();
    let mut places = 0;
    for document in spec.documents() {
        let root = Pointer::root(document);
        ask_document(&spec, &root, &mut diagnostics);
        ask_everywhere(&spec, &root, spec.node(&root).unwrap(), &mut places);
    }
    let walked = start.elapsed();
    let start = Instant::now();
    point_at_keys(&spec, &documents[0]);
    let located = start.elapsed();
    let found = diagnostics.iter().count();
    eprintln!(
        "{name}: loaded in {took:?}, {places} places asked in {walked:?}, located in {located:?}, {found} findings"
    );
    for diagnostic in diagnostics.iter().take(20) {
        eprintln!("    {diagnostic:?}");
    }
}

/// Asserts for a sample of members that their position is that of their key.
fn point_at_keys(spec: &Spec, source: &Source) {
    let mut diagnostics = Diagnostics::default();
    for document in spec.documents() {
        diagnostics.add_source(document, source);
        let root = Pointer::root(document);
        let mut stack = vec![(root.clone(), spec.node(&root).unwrap())];
        let mut count = 0_usize;
        while let Some((place, node)) = stack.pop() {
            count += 1;
            if count.is_multiple_of(16) {
                diagnostics.push(Diagnostic::error(Code::Malformed, &place, "", ""));
            }
            match node {
                Node::Mapping(members) => {
                    stack.extend(members.iter().map(|(key, member)| (place.child(key), member)));
                }
                Node::Sequence(items) => {
                    stack.extend(items.iter().enumerate().map(|(index, item)| (place.child(index), item)));
                }
                Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
            }
        }
    }
    for located in render::locate(&diagnostics) {
        let pointer = &located.diagnostic.pointer;
        let key = pointer.tokens().last().unwrap_or_default();
        let plain = key.chars().all(|char| char.is_ascii_alphanumeric());
        let item = key.parse::<usize>().is_ok();
        if plain && !item && !is_new(pointer) {
            let marked = located.marked().trim_start_matches(['"', '\'']);
            assert!(marked.starts_with(&key), "{pointer} is not at {:?}: {marked}", located.position);
        }
    }
}

/// Returns `true` for a node that normalisation may have inserted.
fn is_new(pointer: &Pointer) -> bool {
    const NEW: &[&str] = &[
        "additionalProperties",
        "anyOf",
        "enum",
        "example",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "maximum",
        "minimum",
        "not",
        "nullable",
    ];
    pointer.tokens().any(|token| NEW.contains(&token.as_str()))
}

/// Asks each place for the kind of object that it holds, as lowering does.
fn ask_document(spec: &Spec, root: &Pointer, diagnostics: &mut Diagnostics) {
    let document = root.document;
    assert!(spec.info(document, diagnostics).is_some());
    spec.servers(root, diagnostics);
    spec.tags(document, diagnostics);
    spec.security(root, diagnostics);
    for (_, place) in spec.security_schemes(document, diagnostics) {
        spec.security_scheme(&place, diagnostics);
    }
    for (_, place) in spec.named_schemas(document) {
        ask_schema(spec, &place, diagnostics);
    }
    for (_, path_item) in spec.path_items(document, diagnostics) {
        ask_parameters(spec, &path_item, diagnostics);
        for (_, operation) in spec.operations(&path_item) {
            assert!(spec.operation(&operation, diagnostics).is_some(), "{operation}");
            spec.security(&operation, diagnostics);
            ask_parameters(spec, &operation, diagnostics);
            if let Some(body) = spec.body_of(&operation, diagnostics) {
                spec.request_body(&body, diagnostics);
                ask_content(spec, &body, diagnostics);
            }
            for (_, response) in spec.responses(&operation, diagnostics) {
                spec.response(&response, diagnostics);
                ask_content(spec, &response, diagnostics);
                for (_, header) in spec.headers(&response, diagnostics) {
                    spec.header(&header, diagnostics);
                }
            }
        }
    }
}

fn ask_parameters(spec: &Spec, owner: &Pointer, diagnostics: &mut Diagnostics) {
    for parameter in spec.parameters(owner, diagnostics) {
        spec.parameter(&parameter, diagnostics);
        spec.example(&parameter, diagnostics);
        if let Some(schema) = spec.schema_of(&parameter) {
            ask_schema(spec, &schema, diagnostics);
        }
    }
}

fn ask_content(spec: &Spec, owner: &Pointer, diagnostics: &mut Diagnostics) {
    for (_, media_type) in spec.media_types(owner, diagnostics) {
        spec.media_type(&media_type, diagnostics);
        spec.example(&media_type, diagnostics);
        for (_, encoding) in spec.encodings(&media_type, diagnostics) {
            spec.encoding(&encoding, diagnostics);
        }
        if let Some(schema) = spec.schema_of(&media_type) {
            ask_schema(spec, &schema, diagnostics);
        }
    }
}

fn ask_schema(spec: &Spec, place: &Pointer, diagnostics: &mut Diagnostics) {
    let Some(keywords) = spec.schema(place, diagnostics) else { return };
    let listed = [keywords.all_of, keywords.one_of, keywords.any_of].concat();
    let additional = match keywords.additional {
        AdditionalProperties::Schema(place) => Some(place),
        AdditionalProperties::Unspecified | AdditionalProperties::Denied | AdditionalProperties::Any => None,
    };
    let properties = keywords.properties.into_iter().map(|(_, place)| place);
    for place in listed.into_iter().chain(properties).chain(keywords.items).chain(additional) {
        ask_schema(spec, &place, diagnostics);
    }
}

/// Asks every place for every kind of object.
fn ask_everywhere(spec: &Spec, place: &Pointer, node: &Node, places: &mut usize) {
    *places += 1;
    // What is wrong in every way is slow to ask; in so many places some are enough.
    if (*places).is_multiple_of(8) {
        ask_everything(spec, place);
    }
    match node {
        Node::Mapping(members) => {
            for (key, member) in members {
                ask_everywhere(spec, &place.child(key), member, places);
            }
        }
        Node::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                ask_everywhere(spec, &place.child(index), item, places);
            }
        }
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
    }
}

fn ask_everything(spec: &Spec, place: &Pointer) {
    let mut diagnostics = Diagnostics::default();
    let d = &mut diagnostics;
    spec.schema(place, d);
    spec.resolve(place, d);
    spec.operation(place, d);
    let _ = spec.operations(place);
    spec.parameter(place, d);
    spec.parameters(place, d);
    spec.header(place, d);
    spec.request_body(place, d);
    spec.response(place, d);
    spec.media_type(place, d);
    spec.media_types(place, d);
    spec.encoding(place, d);
    spec.security_scheme(place, d);
    spec.security(place, d);
    spec.servers(place, d);
    spec.example(place, d);
}
