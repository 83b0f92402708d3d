//! The folder of published documents, if there is one.

use std::path::PathBuf;

/// Returns the folder that `SPEC_CORPUS` names.
pub(crate) fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("SPEC_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: SPEC_CORPUS is not set");
    }
    folder
}

/// Returns the documents in that folder, sorted by name.
#[allow(dead_code, reason = "some suites read a single document")]
pub(crate) fn documents() -> Vec<PathBuf> {
    let Some(folder) = folder() else { return Vec::new() };
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.expect("the folder can be listed").path()).collect();
    files.sort();
    files
}
