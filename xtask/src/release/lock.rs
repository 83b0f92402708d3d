//! Reads the lock of a package, the listing of its last release.

use std::path::{Path, PathBuf};

use sdk_generator::Listing;
use sdk_generator::listing::ParseError;
use semver::Version;

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
    let lock = parse(&text).map_err(|error| {
        Failure::Stopped(format!(
            "{}:{}: {}; restore the file from the last release, or use `--no-lock`",
            path.display(),
            error.line,
            error.message
        ))
    })?;
    Ok(Some(lock))
}

/// Parses a listing, whose version has to follow Semantic Versioning.
pub(crate) fn parse(text: &str) -> Result<Listing, ParseError> {
    let listing = Listing::parse(text)?;
    if let Err(error) = Version::parse(&listing.version) {
        let line = text.lines().take_while(|line| !line.starts_with("package ")).count() + 1;
        let message = format!("invalid version `{}`: {error}", listing.version);
        return Err(ParseError { line, message });
    }
    Ok(listing)
}
