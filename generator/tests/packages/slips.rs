//! Checks that the package of a document full of slips compiles without warnings.

use crate::package::{cargo, write};

#[test]
fn slips_compile() {
    let folder = write("slips.yaml", "slips-sdk");
    cargo(&folder, &["clippy", "--all-targets", "--", "-D", "warnings"]);
    cargo(&folder, &["test", "--doc"]);
}
