//! Cuts documents down to a selection, and compares the model of the slice with that of the selection in the whole.

mod fixture;
mod sliced;

use std::fs;
use std::path::{Path, PathBuf};

use sdk_generator::Diagnostics;

use sliced::{Given, cut, difference, shown};

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

fn read(path: &Path) -> Given {
    let mut diagnostics = Diagnostics::default();
    let (source, config) = fixture::read(path, &mut diagnostics);
    let config = config.unwrap_or_else(|| panic!("{}", shown(&diagnostics)));
    Given { path: path.to_owned(), source, config }
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

/// The types of a model without their families and order, which follow the file that each comes from, and without
/// the pointers that follow from the order.
fn unordered(model: &str) -> String {
    let mut items: Vec<String> = Vec::new();
    for line in without_schemes(model).lines() {
        let line = line.trim_end_matches(" boxed");
        match items.last_mut() {
            Some(item) if line.starts_with(' ') => item.push_str(line),
            _ => items.push(line.split_once(" (family ").map_or(line, |(item, _)| item).to_owned()),
        }
    }
    items.sort();
    items.join("\n")
}
