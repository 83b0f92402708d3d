//! Tests the requests of a generated client, byte for byte, by compiling tests against the package of a document.

use std::path::Path;

use crate::package::{cargo, write};

/// Runs the tests beside the document as tests of its package.
#[test]
fn requests_and_answers() {
    let folder = write("wire/wire.yaml", "wire-sdk");
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire/sdk_tests");
    let copies = folder.join("tests/wire");
    std::fs::create_dir_all(&copies).expect("the folder can be made");
    for entry in std::fs::read_dir(tests).expect("the tests are there") {
        let entry = entry.expect("an entry can be read");
        std::fs::copy(entry.path(), copies.join(entry.file_name())).expect("a test can be copied");
    }
    cargo(&folder, &["clippy", "--all-targets", "--", "-D", "warnings"]);
    cargo(&folder, &["test", "--test", "wire"]);
}
