//! Checks that the package of a document with awkward names compiles without warnings.

use crate::package::{cargo, write};

#[test]
fn obstacles_compile() {
    let folder = write("obstacles.yaml", "obstacle-sdk");
    cargo(&folder, &["clippy", "--all-targets", "--", "-D", "warnings"]);
    cargo(&folder, &["doc", "--no-deps"]);
    cargo(&folder, &["test", "--doc"]);
}
