//! Reads the lock of a package, the listing of its last release.

use std::path::{Path, PathBuf};

use sdk_generator::Listing;

use crate::{Failure, workspace};

/// The name of the listing, which lies beside the manifest.
pub(crate) const LISTING: &str = "api.txt";
/// The name of the lock, which lies beside it.
const LOCK: &str = "api.lock";

/// Returns the path of the lock of the package in a folder.
pub(crate) fn path(folder: &Path) -> PathBuf {
    folder.join(LOCK)
}

/// Reads the lock of the package in a folder, if it has one.
pub(crate) fn read(folder: &Path) -> Result<Option<Listing>, Failure> {
    let path = path(folder);
    let Some(text) = workspace::read(&path)? else { return Ok(None) };
    let lock = Listing::parse(&text).map_err(|error| {
        Failure::Stopped(format!(
            "{}:{}: {}; restore the file from the last release, or use `--no-lock`",
            path.display(),
            error.line,
            error.message
        ))
    })?;
    Ok(Some(lock))
}
