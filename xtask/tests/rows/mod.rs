//! Runs a command that compiles packages and prints a row for each of them.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Runs a command on the test folder of the same name, and returns its exit code and rows.
pub(crate) fn run(command: &str, arguments: &[&str]) -> (Option<i32>, Vec<Value>) {
    // The dependencies are built in this target folder by another test already.
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg(command)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(command))
        .arg("--out")
        .arg(temporary.join(command))
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
