//! Adds everything to a description that breaks nobody's code, and checks that code written before compiles and sends
//! the same requests.

#[path = "../../generator/tests/additions/mod.rs"]
mod additions;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use additions::{ADDITIONS, SHOP, add};
use serde_json::{Value, json};

/// Returns the description with all additions.
fn extended() -> String {
    ADDITIONS.iter().fold(SHOP.to_owned(), |text, addition| add(&text, addition))
}

/// Returns an empty folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("additions").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be created");
    folder
}

/// Runs a command with the target folder that tests of generated packages share, and returns its output.
fn run(command: &mut Command) -> String {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generated");
    let output = command.env("CARGO_TARGET_DIR", target).output().expect("the command runs");
    assert!(output.status.success(), "{command:?}:\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

#[test]
fn every_use_compiles_after_all_additions() {
    let versions = folder("versions");
    fs::write(versions.join("1.yaml"), SHOP).expect("the folder is writable");
    fs::write(versions.join("2.yaml"), extended()).expect("the folder is writable");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["replay", "--message-format", "json"]).arg(&versions).arg("--out").arg(folder("replay"));
    let step: Value = serde_json::from_str(&run(&mut command)).expect("one step");
    assert_eq!(step["no_package"], Value::Null, "{step:#}");
    assert!(step["uses"].as_u64() > Some(90), "{step:#}");
    for (key, none) in [("broken", json!(0)), ("breaking", json!([])), ("refused", json!([]))] {
        assert_eq!(step[key], none, "{step:#}");
    }
}

#[test]
fn calls_send_the_same_requests_after_all_additions() {
    let folder = folder("requests");
    let package = folder.join("shop");
    let before = sent(&folder, SHOP);
    assert!(before.contains("POST https://shop.example.com/orders?dry_run=true"), "{before}");
    fs::copy(package.join("api.txt"), package.join("api.lock")).expect("the listing can be copied");
    assert_eq!(sent(&folder, &extended()), before);
}

/// Generates the package of a description, and returns the requests of a program that uses it.
fn sent(folder: &Path, description: &str) -> String {
    let document = folder.join("shop.yaml");
    fs::write(&document, description).expect("the folder is writable");
    let mut codegen = Command::new(env!("CARGO_BIN_EXE_xtask"));
    codegen.arg("codegen").arg("--spec").arg(&document).args(["--name", "shop", "--out"]);
    run(codegen.arg(folder.join("shop")));
    let program = folder.join("orders");
    fs::create_dir_all(program.join("src")).expect("the folder can be created");
    let manifest = "[package]\nname = \"orders\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
                    [dependencies]\nshop = { path = \"../shop\", features = [\"testing\"] }\n\
                    tokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n";
    let text = include_str!("additions/orders.rs");
    fs::write(program.join("Cargo.toml"), manifest).expect("the folder is writable");
    fs::write(program.join("src/main.rs"), text).expect("the folder is writable");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, program.join("Cargo.lock")).expect("the lock can be copied");
    run(Command::new(env!("CARGO")).args(["run", "--offline", "--quiet"]).current_dir(program))
}
