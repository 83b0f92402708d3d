//! Tests `cargo xtask replay` on two versions of a small document and a broken file.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// Runs the command, and returns its exit code and rows.
fn replay(arguments: &[&str]) -> (Option<i32>, Vec<Value>) {
    // The dependencies are built in this target folder by another test already.
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("replay")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replay"))
        .arg("--out")
        .arg(temporary.join("replay"))
        .args(["--message-format", "json"])
        .args(arguments)
        .env("CARGO_TARGET_DIR", temporary.join("generated"))
        .output()
        .expect("the command runs");
    let text = String::from_utf8(output.stdout).expect("rows are UTF-8");
    let rows = text.lines().map(|line| serde_json::from_str(line).expect("a row is JSON"));
    let rows: Vec<Value> = rows.collect();
    assert!(!rows.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.code(), rows)
}

#[test]
fn each_step_is_proved() {
    let (code, rows) = replay(&[]);
    assert_eq!(code, Some(0), "{rows:#?}");
    assert_eq!(rows.len(), 2, "{rows:#?}");
    let step = &rows[0];
    assert_eq!(step["step"], "v9.yaml → v10.yaml");
    assert!(step["uses"].as_u64() > Some(50), "{step:#}");
    // The removed parameter is the only use that fails; the new enum value breaks nothing.
    assert_eq!((&step["broken"], &step["verdict"]), (&json!(1), &json!(1)), "{step:#}");
    assert_eq!((&step["missed"], &step["too_careful"]), (&json!([]), &json!([])), "{step:#}");
    // A required string in the place of another one compiles.
    assert_eq!(step["refused"].as_array().map(Vec::len), Some(1), "{step:#}");
    assert_eq!(step["silent"], json!([]), "{step:#}");
    assert!(rows[1]["no_package"].is_string(), "{:#}", rows[1]);
}
