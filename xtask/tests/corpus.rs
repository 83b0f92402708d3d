//! Tests `cargo xtask corpus` on a folder with two documents and a broken file.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// Runs the command, and returns its exit code and rows.
fn corpus(arguments: &[&str]) -> (Option<i32>, Vec<Value>) {
    // The dependencies are built in this target folder by another test already.
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("corpus")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus"))
        .arg("--out")
        .arg(temporary.join("corpus"))
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
fn each_document_has_its_row() {
    let (code, rows) = corpus(&[]);
    let files: Vec<&Value> = rows.iter().map(|row| &row["document"]).collect();
    assert_eq!(files, ["clock.json", "pets.yaml", "torn.json"]);
    assert_eq!(code, Some(0), "{rows:#?}");
    for row in &rows[..2] {
        assert_eq!((&row["warnings"], &row["round_trips_failed"]), (&json!(0), &json!(0)), "{row:#}");
        assert!(
            row["round_trips_passed"].as_u64() >= Some(10) && row["lines"].as_u64() > Some(100),
            "{row:#}"
        );
        assert!(row["check_seconds"].as_f64() > Some(0.0), "{row:#}");
    }
    assert_eq!((&rows[1]["operations"], &rows[1]["types"]), (&json!(1), &json!(4)));
    // An example that does not match its schema is reported, but is not a failure.
    assert_eq!(rows[0]["examples_failed"].as_array().map(Vec::len), Some(1), "{:#}", rows[0]);
    assert_eq!(rows[1]["examples_passed"], 1, "{:#}", rows[1]);
    assert!(rows[2]["no_document"].is_string() && rows[2]["failed"] == json!(false), "{:#}", rows[2]);
}
