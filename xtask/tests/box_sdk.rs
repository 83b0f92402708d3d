//! Generates the complete Box SDK from the published descriptions, and runs its hand-written tests in `spec/box/tests`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn the_complete_sdk_works() {
    let Some(corpus) = std::env::var_os("SPEC_CORPUS").map(PathBuf::from) else {
        eprintln!("skipped: SPEC_CORPUS is not set");
        return;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is in a workspace");
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let folder = target.join("box-sdk");
    // Keeps the sources of the last run, so that cargo compiles only what changed.
    let mut codegen = Command::new(env!("CARGO_BIN_EXE_xtask"));
    codegen.args(["codegen", "--config"]).arg(root.join("spec/box.yaml")).arg("--spec-dir").arg(corpus);
    run(codegen.arg("--force").arg("--out").arg(&folder));
    replace(&root.join("spec/box/tests"), &folder.join("tests"));
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock can be copied");
    let mut tests = Command::new(env!("CARGO"));
    tests.args(["test", "--offline", "--quiet", "--test", "complete"]).current_dir(&folder);
    tests.env("CARGO_TARGET_DIR", target.join("generated")).env("CARGO_PROFILE_DEV_DEBUG", "0");
    run(&mut tests);
}

/// Runs a command that has to succeed.
fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}:\n{stdout}\n{stderr}");
}

/// Replaces the contents of one folder by those of another.
fn replace(from: &Path, to: &Path) {
    fs::remove_dir_all(to).ok();
    fs::create_dir_all(to).expect("the folder can be made");
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let path = entry.expect("the folder can be listed").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            replace(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }
}
