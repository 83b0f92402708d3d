//! Paths to the texts that a run needs.

use std::fs;
use std::path::Path;

use super::Error;
use crate::ir::Page;
use crate::spec::Source;

/// Reads a text; its name is the path as it is given.
///
/// # Errors
///
/// When there is no such file, or when it is no UTF-8.
pub fn read_source(path: &Path) -> Result<Source, Error> {
    let text = fs::read_to_string(path).map_err(Error::new("read", path))?;
    Ok(Source { name: path.to_string_lossy().replace('\\', "/"), text })
}

/// Reads the pages of prose in a folder, in the order of their names; a folder that is missing has
/// none.
///
/// # Errors
///
/// When a page cannot be read.
pub fn read_pages(folder: &Path) -> Result<Vec<Page>, Error> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let page = |path: &Path| {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Page { stem, text: read_source(path)?.text })
    };
    paths.iter().map(|path| page(path)).collect()
}

/// Reads the Rust sources below a folder: their paths from there, and their texts, in the order of the
/// paths.
///
/// # Errors
///
/// When a folder or a file cannot be read.
pub fn read_sources(folder: &Path) -> Result<Vec<(String, String)>, Error> {
    let mut paths = super::walk::files(folder)?;
    paths.retain(|path| path.ends_with(".rs"));
    let source = |path: String| {
        let text = read_source(&folder.join(&path))?.text;
        Ok((path, text))
    };
    paths.into_iter().map(source).collect()
}
