//! Writes the package of a document to disk, and runs cargo on it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sdk_generator::diagnostic::render::{self, Colour};
use sdk_generator::{Config, Files, Input, Source, generate};

/// Writes the package of a document below `tests` to a folder with the package's name, and returns the folder.
pub(crate) fn write(document: &str, name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(document);
    write_text(document, std::fs::read_to_string(path).expect("the document is there"), name)
}

/// Writes the package of a document, given its text.
pub(crate) fn write_text(document: &str, text: String, name: &str) -> PathBuf {
    let documents = [Source { name: document.to_owned(), text }];
    let config = config(name);
    let input = Input { documents: &documents, read: &|_| None, config: &config };
    let generated = generate(&input)
        .unwrap_or_else(|diagnostics| panic!("{}", render::human(&diagnostics, Colour::Never)));
    save(&generated.files, name)
}

/// Returns the configuration of a package that is built outside of any workspace.
pub(crate) fn config(name: &str) -> Config {
    placed(Config::bare(name))
}

/// Lets a package be built outside of any workspace.
pub(crate) fn placed(mut config: Config) -> Config {
    config.runtime.path = Some(workspace().join("runtime").to_string_lossy().into_owned());
    config.own_workspace = true;
    config
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the generator is in a workspace")
}

/// Writes files to a folder with the package's name, and returns the folder.
pub(crate) fn save(files: &Files, name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::remove_dir_all(&folder).ok();
    for (path, body) in files.iter() {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        std::fs::write(path, body).expect("the file can be written");
    }
    std::fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock can be copied");
    folder
}

/// Runs cargo on a package, in a target folder that all runs share, and returns its output.
pub(crate) fn cargo(folder: &Path, arguments: &[&str]) -> String {
    let output = run_cargo(folder, arguments);
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{arguments:?}:\n{out}\n{error}");
    out.into_owned()
}

/// Runs cargo on a package that does not compile, and returns the messages.
pub(crate) fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = run_cargo(folder, arguments);
    assert!(!output.status.success(), "{arguments:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn run_cargo(folder: &Path, arguments: &[&str]) -> Output {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("generated");
    Command::new(env!("CARGO"))
        .arg(arguments[0])
        .args(["--offline", "--quiet"])
        .args(&arguments[1..])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .expect("cargo runs")
}
