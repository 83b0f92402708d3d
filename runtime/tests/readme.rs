//! Checks that `README.md` names each test of these folders and of `generated-sdk/tests`, and no others.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Returns the tests that the page names, as in `sending::retries::five_attempts_by_default`.
fn named() -> BTreeSet<String> {
    let page = root().join("runtime/tests/README.md");
    let page = fs::read_to_string(page).expect("the page can be read");
    let code = page.split('`').skip(1).step_by(2);
    code.filter(|code| code.contains("::")).map(str::to_owned).collect()
}

/// Returns the tests of a folder, each with its module path after a prefix.
fn tests(folder: &Path, prefix: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the entry can be read").path();
        let stem = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        if path.is_dir() {
            found.extend(tests(&path, &format!("{prefix}{stem}::")));
        } else if is_rust {
            let module = if stem == "main" { prefix.to_owned() } else { format!("{prefix}{stem}::") };
            found.extend(functions(&path).into_iter().map(|function| format!("{module}{function}")));
        }
    }
    found
}

/// Returns the names of the test functions in a file.
fn functions(file: &Path) -> Vec<String> {
    let source = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut lines = source.lines().map(str::trim);
    let mut names = Vec::new();
    while lines.any(|line| line == "#[test]" || line.starts_with("#[tokio::test")) {
        let function = lines.find_map(|line| line.split_once("fn ")).expect("a test is a function");
        names.push(function.1.split('(').next().unwrap_or_default().to_owned());
    }
    names
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the runtime is in a workspace").to_owned()
}

#[test]
fn every_test_is_named() {
    let mut existing = tests(&root().join("runtime/tests"), "");
    existing.extend(tests(&root().join("generated-sdk/tests"), "generated-sdk::"));
    assert!(existing.len() > 250, "only {} tests were found", existing.len());
    let named = named();
    let missing: Vec<_> = existing.difference(&named).collect();
    assert!(missing.is_empty(), "runtime/tests/README.md has no row for {missing:#?}");
}

#[test]
fn every_named_test_exists() {
    let mut existing = tests(&root().join("runtime/tests"), "");
    existing.extend(tests(&root().join("generated-sdk/tests"), "generated-sdk::"));
    existing.extend(tests(&root().join("runtime/src"), "src::"));
    let named = named();
    let unknown: Vec<_> = named.difference(&existing).collect();
    assert!(unknown.is_empty(), "runtime/tests/README.md names tests that do not exist: {unknown:#?}");
}
