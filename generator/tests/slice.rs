//! Cuts documents down to a selection, and compares the model of the slice with that of the selection in the whole.

mod corpus;
mod fixture;

use std::fs;
use std::path::{Path, PathBuf};

use sdk_generator::config::{Deprecated, ManagerNames, Select, SelectBy, SelectEntry};
use sdk_generator::diagnostic::render::{self, Colour};
use sdk_generator::pointer::{DocumentId, Pointer};
use sdk_generator::slice::{Slice, slice};
use sdk_generator::{Config, Diagnostics, Input, Source, Spec, ir, lower, passes};

#[test]
fn slices_hold_what_is_reached() {
    insta::glob!("slice/*.yaml", |path| {
        insta::with_settings!({
            snapshot_path => "snapshots/slice",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!(cut(&read(path)).yaml().expect("a slice can be written")) });
    });
}

#[test]
fn a_slice_has_the_model_of_its_selection() {
    for path in fixtures() {
        // Its names are told apart from those of operations that are left out.
        if path.ends_with("lower/select_names.yaml") {
            continue;
        }
        let document = read(&path);
        let (Some(whole), Ok(slice)) = (document.model(), document.slice()) else { continue };
        for text in [slice.yaml().expect("it can be written"), slice.json().expect("it can be written")] {
            let model = document.of(text).model().expect("a slice can be read");
            let several_files = document.source.text.contains("files/");
            let comparable = if several_files { unordered } else { without_schemes };
            let (whole, model) = (comparable(&whole), comparable(&model));
            assert!(model == whole, "{}\n{}", path.display(), difference(&whole, &model));
        }
    }
}

#[test]
fn published_documents_keep_their_models() {
    for path in corpus::documents() {
        let document = published(&path);
        let slice = document.slice().unwrap_or_else(|found| panic!("{}", shown(&found)));
        let (whole, model) =
            (document.model(), document.of(slice.json().expect("it can be written")).model());
        let (whole, model) = (whole.expect("it can be read"), model.expect("it can be read"));
        assert!(model == whole, "{}\n{}", path.display(), difference(&whole, &model));
    }
}

#[test]
fn a_slice_of_a_slice_is_the_same() {
    for path in corpus::documents() {
        let mut document = published(&path);
        let tag = document.first_tag();
        let entry = |text| SelectEntry { by: SelectBy::Tag, text, pointer: Pointer::root(DocumentId(9)) };
        document.config.select = Some(Select {
            include: tag.map(|tag| vec![entry(tag)]),
            exclude: Vec::new(),
            deprecated: Deprecated::Taken,
            pointer: Pointer::root(DocumentId(9)),
        });
        let once = cut(&document).yaml().expect("it can be written");
        let twice = cut(&document.of(once.clone())).yaml().expect("it can be written");
        assert!(once == twice, "{}\n{}", path.display(), difference(&once, &twice));
    }
}

/// A document with the configuration to read it by.
struct Given {
    path: PathBuf,
    source: Source,
    config: Config,
}

impl Given {
    /// The slice as a document without a selection.
    fn of(&self, text: String) -> Self {
        let source = Source { name: self.source.name.clone(), text };
        Self { path: self.path.clone(), source, config: Config { select: None, ..self.config.clone() } }
    }

    fn with_input<T>(&self, run: impl FnOnce(&Input<'_>) -> T) -> T {
        let read = |name: &str| fs::read_to_string(self.path.with_file_name(name)).ok();
        run(&Input { documents: std::slice::from_ref(&self.source), read: &read, config: &self.config })
    }

    fn slice(&self) -> Result<Slice, Diagnostics> {
        self.with_input(slice)
    }

    /// The model as text, unless the document cannot be read.
    fn model(&self) -> Option<String> {
        let mut diagnostics = Diagnostics::default();
        let spec = self.with_input(|input| Spec::load(input, &mut diagnostics)).ok()?;
        let mut api = lower::lower(&spec, &self.config, &mut diagnostics);
        passes::run(&mut api);
        Some(ir::print::api(&api))
    }

    fn first_tag(&self) -> Option<String> {
        let mut diagnostics = Diagnostics::default();
        let spec = self.with_input(|input| Spec::load(input, &mut diagnostics)).ok()?;
        let document = spec.documents().next()?;
        let items = spec.path_items(document, &mut diagnostics);
        let operations = items.iter().flat_map(|(_, item)| spec.operations(item));
        let mut tags = operations.filter_map(|(_, place)| {
            spec.node(&place)?.get("tags")?.as_sequence()?.first()?.as_str().map(str::to_owned)
        });
        tags.next()
    }
}

fn cut(document: &Given) -> Slice {
    document.slice().unwrap_or_else(|found| panic!("{}", shown(&found)))
}

fn read(path: &Path) -> Given {
    let mut diagnostics = Diagnostics::default();
    let (source, config) = fixture::read(path, &mut diagnostics);
    let config = config.unwrap_or_else(|| panic!("{}", shown(&diagnostics)));
    Given { path: path.to_owned(), source, config }
}

fn published(path: &Path) -> Given {
    let mut config = Config::bare("corpus");
    let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
    if name.starts_with("box-") {
        config.managers = ManagerNames::Extension("x-box-tag".to_owned());
    }
    let text = fs::read_to_string(path).expect("it can be read");
    Given { path: path.to_owned(), source: Source { name, text }, config }
}

fn fixtures() -> Vec<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let entries =
        ["slice", "lower", "rust"].map(|folder| fs::read_dir(tests.join(folder)).expect("it is there"));
    let mut paths: Vec<PathBuf> = entries.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    paths
}

/// The model without security schemes: those that nothing requires are left out of a slice.
fn without_schemes(model: &str) -> String {
    let lines = model.lines().filter(|line| !line.starts_with("security "));
    lines.map(|line| format!("{line}\n")).collect()
}

/// The types of a model without their families and order, which follow the file that each comes from.
fn unordered(model: &str) -> String {
    let mut items: Vec<String> = Vec::new();
    for line in without_schemes(model).lines() {
        match items.last_mut() {
            Some(item) if line.starts_with(' ') => item.push_str(line),
            _ => items.push(line.split_once(" (family ").map_or(line, |(item, _)| item).to_owned()),
        }
    }
    items.sort();
    items.join("\n")
}

fn shown(diagnostics: &Diagnostics) -> String {
    render::human(diagnostics, Colour::Never)
}

fn difference(left: &str, right: &str) -> String {
    similar::TextDiff::from_lines(left, right).unified_diff().context_radius(2).to_string()
}
