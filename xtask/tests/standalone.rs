//! Tests that packages without a configuration build outside of this workspace.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Small documents of different styles.
const DOCUMENTS: &[(&str, &str)] = &[
    (
        "neither ids nor tags.json",
        r#"{"openapi": "3.0.0", "info": {"title": "Parcels", "version": "1"}, "paths": {"/parcels/{id}": {
            "get": {"responses": {"200": {"description": "Found", "content": {"application/json": {
                "schema": {"type": "object", "properties": {"weight": {"type": "number"}}}}}}}}}}}"#,
    ),
    (
        "newer.yaml",
        "openapi: 3.1.0\ninfo: { title: Weather API, version: '2' }\npaths:\n  /reports:\n    post:\n      \
         operationId: addReport\n      requestBody:\n        content:\n          application/json:\n            \
         schema: { type: object, required: [sky], properties: { sky: { type: [string, 'null'] } } }\n      \
         responses: { '204': { description: Taken } }\n",
    ),
    (
        "nothing.yaml",
        "openapi: 3.0.3\ninfo: { title: '', version: '' }\npaths: { /a: { get: { responses: { '204': { description: A } } } } }\n",
    ),
];

#[test]
fn packages_build_outside_of_the_workspace() {
    let folder = std::env::temp_dir().join(format!("sdk packages {}", std::process::id()));
    fs::create_dir_all(&folder).expect("the folder can be made");
    for (index, (name, text)) in DOCUMENTS.iter().enumerate() {
        fs::write(folder.join(name), text).expect("the folder is writable");
        let out = format!("package {index}");
        let arguments = ["codegen", "--spec", name, "--name", "my-sdk", "--out", &out];
        run(Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).current_dir(&folder));
        check(&folder.join(out));
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// Checks a package with the crate versions of this workspace, in a target folder that tests share.
fn check(package: &Path) {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::copy(workspace.join("Cargo.lock"), package.join("Cargo.lock")).expect("the lock can be copied");
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("generated");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--offline", "--quiet"]).env("CARGO_TARGET_DIR", target);
    run(cargo.current_dir(package));
}

fn run(command: &mut Command) {
    let output = command.output().expect("the command runs");
    assert!(output.status.success(), "{command:?}:\n{}", String::from_utf8_lossy(&output.stderr));
}
