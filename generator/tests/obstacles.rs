//! Checks that the package of a document with awkward names compiles without warnings.

mod package;

use package::cargo;

#[test]
fn obstacles_compile() {
    let folder = package::write("obstacles.yaml", "obstacle-sdk");
    cargo(&folder, &["clippy", "--all-targets", "--", "-D", "warnings"]);
    cargo(&folder, &["doc", "--no-deps"]);
    cargo(&folder, &["test", "--doc"]);
}
