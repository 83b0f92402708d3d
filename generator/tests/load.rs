//! Loads small documents and configurations, and compares trees, positions and diagnostics with snapshots.

use std::fmt::{Debug, Write as _};
use std::fs;
use std::path::Path;

use sdk_generator::diagnostic::render::{self, Colour};
use sdk_generator::pointer::Pointer;
use sdk_generator::spec::{AdditionalProperties, Input, Keywords, Spec};
use sdk_generator::tree::Node;
use sdk_generator::{Code, Config, Diagnostic, Diagnostics, Source};

/// Puts the snapshots of this suite into a folder of their own.
fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/load");
    settings.set_prepend_module_to_snapshot(false);
    settings
}

#[test]
fn documents() {
    insta::glob!("load/documents/*.*", |path| {
        settings().bind(|| insta::assert_snapshot!(check_document(path)));
    });
}

#[test]
fn positions() {
    insta::glob!("load/positions/*.*", |path| {
        settings().bind(|| insta::assert_snapshot!(check_positions(path)));
    });
}

#[test]
fn configurations() {
    insta::glob!("load/config/*.yaml", |path| {
        settings().bind(|| insta::assert_snapshot!(check_configuration(path)));
    });
}

#[test]
fn findings_for_a_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/load/documents/duplicate_key.yaml");
    settings().bind(|| insta::assert_snapshot!(render::json(&with_spec(&path, |_, _| {}))));
}

#[test]
fn findings_in_colour() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/load/documents/swagger.yaml");
    let diagnostics = with_spec(&path, |_, _| {});
    let plain = render::human(&diagnostics, Colour::Never);
    let coloured = render::human(&diagnostics, Colour::Always);
    assert!(!plain.contains('\u{1b}') && coloured.contains('\u{1b}'), "{coloured:?}");
}

#[test]
fn a_finding_without_a_text_is_shown_too() {
    let mut diagnostics = Diagnostics::default();
    let nowhere = Pointer::new(sdk_generator::pointer::DocumentId(7), "/a");
    diagnostics.push(Diagnostic::error(Code::Invariant, &nowhere, "something is wrong", "report it"));
    settings().bind(|| insta::assert_snapshot!(render::human(&diagnostics, Colour::Never)));
}

/// Damaged documents either load or are reported, and loaded ones can be asked for anything.
#[test]
fn damage_does_no_harm() {
    insta::glob!("load/documents/*.*", |path| {
        let text = fs::read_to_string(path).unwrap();
        let mut random = 0x9e37_79b9_7f4a_7c15;
        for _ in 0..40 {
            let damaged = damage(&text, &mut random);
            let diagnostics = with_text(path, damaged, |spec, diagnostics| {
                view_of(spec, diagnostics);
            });
            let _ = render::human(&diagnostics, Colour::Never);
        }
    });
}

#[test]
fn brackets_without_end_are_refused() {
    for text in ["[".repeat(200_000), format!("a: {}", "[".repeat(200_000)), "- ".repeat(20_000)] {
        let diagnostics = with_text(Path::new("brackets"), text, |_, _| {});
        assert!(!render::human(&diagnostics, Colour::Never).is_empty());
    }
}

/// Removes, doubles or replaces a part of the text.
fn damage(text: &str, random: &mut u64) -> String {
    const PIECES: &[&str] = &[
        "{", "}", "[", "]", ":", ": ", "- ", "&a ", "*a", "<<: ", "\"", "'", "\n", "\t", "|", ">", "!", "#",
        "é", "\0",
    ];
    let mut next = |below: usize| {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        (*random % below.max(1) as u64) as usize
    };
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let from = next(places.len());
    let to = (from + next(12)).min(places.len() - 1);
    let (before, stretch, after) =
        (&text[..places[from]], &text[places[from]..places[to]], &text[places[to]..]);
    match next(4) {
        0 => format!("{before}{after}"),
        1 => format!("{before}{stretch}{stretch}{after}"),
        2 => format!("{before}{}{after}", PIECES[next(PIECES.len())]),
        _ => before.to_owned(),
    }
}

/// Prints the document as later stages see it, then the diagnostics.
fn check_document(path: &Path) -> String {
    let mut view = String::new();
    let diagnostics = with_spec(path, |spec, diagnostics| view = view_of(spec, diagnostics));
    view + &render::human(&diagnostics, Colour::Never)
}

/// Prints the pointer, line, column and marked text of every place in a document.
fn check_positions(path: &Path) -> String {
    let diagnostics = with_spec(path, |spec, diagnostics| {
        for document in spec.documents() {
            let root = Pointer::root(document);
            point_everywhere(&root, spec.node(&root).unwrap(), diagnostics);
            for missing in ["/missing", "/paths/missing/below", "/paths/~1a/get/missing"] {
                diagnostics.push(Diagnostic::error(
                    Code::Malformed,
                    &Pointer::new(document, missing),
                    "",
                    "",
                ));
            }
        }
    });
    let mut view = String::new();
    for located in render::locate(&diagnostics) {
        let position = located.position;
        let pointer = located.diagnostic.pointer.as_str();
        let duplicate = if located.diagnostic.code == Code::DuplicateKey { " (second)" } else { "" };
        let place = format!("{}:{}", position.line, position.column);
        writeln!(view, "{place:<7}{:<30} {pointer}{duplicate}", located.marked()).unwrap();
    }
    view
}

/// Prints the configuration, then the diagnostics.
fn check_configuration(path: &Path) -> String {
    let mut diagnostics = Diagnostics::default();
    let text = fs::read_to_string(path).unwrap();
    let read = |name: &str| fs::read_to_string(path.with_file_name(name)).ok();
    let config = Config::parse(&name_of(path), &text, &read, &mut diagnostics);
    let config = config.map(|config| format!("{:#?}\n", Config { sources: Vec::new(), ..config }));
    config.unwrap_or_default() + &render::human(&diagnostics, Colour::Never)
}

fn with_spec(path: &Path, ask: impl FnOnce(&Spec, &mut Diagnostics)) -> Diagnostics {
    with_text(path, fs::read_to_string(path).unwrap(), ask)
}

fn with_text(path: &Path, text: String, ask: impl FnOnce(&Spec, &mut Diagnostics)) -> Diagnostics {
    let config = Config::bare("test");
    let documents = [Source { name: name_of(path), text }];
    let read = |name: &str| fs::read_to_string(path.with_file_name(name)).ok();
    let mut diagnostics = Diagnostics::default();
    match Spec::load(&Input { documents: &documents, read: &read, config: &config }, &mut diagnostics) {
        Ok(spec) => {
            ask(&spec, &mut diagnostics);
            diagnostics
        }
        Err(diagnostics) => diagnostics,
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn point_everywhere(place: &Pointer, node: &Node, diagnostics: &mut Diagnostics) {
    diagnostics.push(Diagnostic::error(Code::Malformed, place, "", ""));
    match node {
        Node::Mapping(members) => {
            members.iter().for_each(|(key, member)| point_everywhere(&place.child(key), member, diagnostics));
        }
        Node::Sequence(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, item)| point_everywhere(&place.child(index), item, diagnostics));
        }
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
    }
}

fn view_of(spec: &Spec, diagnostics: &mut Diagnostics) -> String {
    let mut view = String::new();
    for document in spec.documents() {
        let root = Pointer::root(document);
        let info = spec.info(document, diagnostics);
        field(&mut view, 0, "info", info.map(|info| format!("{} {}", info.title, info.version)).as_ref());
        for (_, server) in spec.servers(&root, diagnostics) {
            writeln!(view, "server {}", server.url).unwrap();
        }
        for (name, place) in spec.security_schemes(document, diagnostics) {
            let scheme = spec.security_scheme(&place, diagnostics);
            writeln!(view, "security {name}: {scheme:?}").unwrap();
        }
        for (template, path_item) in spec.path_items(document, diagnostics) {
            for (method, operation) in spec.operations(&path_item) {
                writeln!(view, "{method} {template}  {operation:?}").unwrap();
                operation_view(spec, &path_item, &operation, &mut view, diagnostics);
            }
        }
        for (name, schema) in spec.named_schemas(document) {
            schema_view(spec, &name, &schema, 0, &mut view, diagnostics);
        }
    }
    view
}

fn operation_view(
    spec: &Spec,
    path_item: &Pointer,
    place: &Pointer,
    view: &mut String,
    diagnostics: &mut Diagnostics,
) {
    let Some(operation) = spec.operation(place, diagnostics) else { return };
    field(view, 1, "id", operation.operation_id.as_ref());
    field(view, 1, "summary", operation.summary.as_ref());
    field(view, 1, "security", spec.security(place, diagnostics).as_ref());
    for owner in [path_item, place] {
        for parameter in spec.parameters(owner, diagnostics) {
            let Some(openapiv3) = spec.parameter(&parameter, diagnostics) else { continue };
            let name = openapiv3.parameter_data_ref().name.clone();
            field(
                view,
                1,
                &format!("parameter {name} example"),
                spec.example(&parameter, diagnostics).as_ref(),
            );
            if let Some(schema) = spec.schema_of(&parameter) {
                schema_view(spec, &format!("parameter {name}"), &schema, 1, view, diagnostics);
            }
        }
    }
    if let Some(body) = spec.body_of(place, diagnostics)
        && spec.request_body(&body, diagnostics).is_some()
    {
        content_view(spec, "body", &body, view, diagnostics);
    }
    for (status, response) in spec.responses(place, diagnostics) {
        let Some(openapiv3) = spec.response(&response, diagnostics) else { continue };
        field(view, 1, &status, Some(&openapiv3.description));
        content_view(spec, &status, &response, view, diagnostics);
    }
}

fn content_view(spec: &Spec, name: &str, owner: &Pointer, view: &mut String, diagnostics: &mut Diagnostics) {
    for (media_type, place) in spec.media_types(owner, diagnostics) {
        spec.media_type(&place, diagnostics);
        if let Some(schema) = spec.schema_of(&place) {
            schema_view(spec, &format!("{name} {media_type}"), &schema, 1, view, diagnostics);
        }
    }
}

fn schema_view(
    spec: &Spec,
    name: &str,
    place: &Pointer,
    depth: usize,
    view: &mut String,
    diagnostics: &mut Diagnostics,
) {
    let Some(keywords) = spec.schema(place, diagnostics) else { return };
    writeln!(view, "{}{name}:{}  {place:?}", "  ".repeat(depth), words(&keywords)).unwrap();
    let mut children = keywords.properties;
    let mut add = |name: &str, places: Vec<Pointer>| {
        children.extend(places.into_iter().map(|place| (name.to_owned(), place)));
    };
    add("[items]", keywords.items.into_iter().collect());
    add("[allOf]", keywords.all_of);
    add("[oneOf]", keywords.one_of);
    add("[anyOf]", keywords.any_of);
    if let AdditionalProperties::Schema(place) = keywords.additional {
        add("[additional]", vec![place]);
    }
    for (name, place) in children {
        schema_view(spec, &name, &place, depth + 1, view, diagnostics);
    }
}

/// Prints the keywords of a schema in one line.
fn words(keywords: &Keywords) -> String {
    let mut words = String::new();
    let mut word = |name: &str, value: Option<&dyn Debug>| {
        if let Some(value) = value {
            write!(words, " {name}={value:?}").unwrap();
        }
    };
    fn some<T: Debug>(value: &Option<T>) -> Option<&dyn Debug> {
        value.as_ref().map(|value| value as &dyn Debug)
    }
    fn set(flag: &bool) -> Option<&dyn Debug> {
        flag.then_some(flag as &dyn Debug)
    }
    #[expect(clippy::ptr_arg, reason = "a slice has no size, so it is no `dyn Debug`")]
    fn filled<T: Debug>(list: &Vec<T>) -> Option<&dyn Debug> {
        (!list.is_empty()).then_some(list as &dyn Debug)
    }
    word("reference", some(&keywords.reference));
    word("title", some(&keywords.title));
    word("description", some(&keywords.description));
    word("type", some(&keywords.ty));
    word("format", some(&keywords.format));
    word("nullable", set(&keywords.nullable));
    word("default", some(&keywords.default));
    word("example", some(&keywords.example));
    word("enum", some(&keywords.enum_));
    word("enum_names", filled(&keywords.enum_names));
    word("enum_descriptions", filled(&keywords.enum_descriptions));
    word("minimum", some(&keywords.minimum));
    word("exclusive_minimum", set(&keywords.exclusive_minimum));
    word("maximum", some(&keywords.maximum));
    word("exclusive_maximum", set(&keywords.exclusive_maximum));
    word("multiple_of", some(&keywords.multiple_of));
    word("min_length", some(&keywords.min_length));
    word("max_length", some(&keywords.max_length));
    word("pattern", some(&keywords.pattern));
    word("min_items", some(&keywords.min_items));
    word("max_items", some(&keywords.max_items));
    word("required", filled(&keywords.required));
    word("not", set(&keywords.not));
    word("discriminator", some(&keywords.discriminator));
    match &keywords.additional {
        AdditionalProperties::Unspecified | AdditionalProperties::Schema(_) => {}
        other @ (AdditionalProperties::Denied | AdditionalProperties::Any) => word("additional", Some(other)),
    }
    if !keywords.extensions.is_empty() {
        word("extensions", Some(&keywords.extensions));
    }
    words
}

fn field<T: Debug>(view: &mut String, depth: usize, name: &str, value: Option<&T>) {
    if let Some(value) = value {
        writeln!(view, "{}{name}: {value:?}", "  ".repeat(depth)).unwrap();
    }
}
