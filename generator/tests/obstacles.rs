//! The obstacle course: what comes out of it compiles without a warning.

use std::path::{Path, PathBuf};
use std::process::Command;

use sdk_generator::{Config, Input, Source, generate};

/// Runs cargo on the crate with a target folder that all runs share.
fn cargo(folder: &Path, arguments: &[&str]) {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("generated");
    let output = Command::new(env!("CARGO"))
        .arg(arguments[0])
        .args(["--offline", "--quiet"])
        .args(&arguments[1..])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{arguments:?}:\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn obstacles_compile() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = root.parent().expect("the generator is in a workspace");
    let text = std::fs::read_to_string(root.join("tests/obstacles.yaml")).expect("the document is there");
    let documents = [Source { name: "obstacles.yaml".to_owned(), text }];
    let mut config = Config::bare("obstacle-sdk");
    config.runtime.path = Some(workspace.join("runtime").to_string_lossy().into_owned());
    config.own_workspace = true;
    let input = Input { documents: &documents, read: &|_| None, config: &config };
    let generated = generate(&input).unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}"));

    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("obstacles");
    std::fs::remove_dir_all(&folder).ok();
    for (path, body) in generated.files.iter() {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        std::fs::write(path, body).expect("the file can be written");
    }
    std::fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock can be copied");
    cargo(&folder, &["clippy", "--all-targets", "--", "-D", "warnings"]);
    cargo(&folder, &["doc", "--no-deps"]);
    cargo(&folder, &["test", "--doc"]);
}
