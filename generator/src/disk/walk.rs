//! Finds the files in a folder that the generator may have written.

use std::path::Path;
use std::{fs, io};

use super::Error;

/// Returns the files below `folder` in the order of their paths, with `/` between the parts of a path.
///
/// Build output, hidden folders, links and other packages are skipped, since they are never ours.
pub(super) fn files(folder: &Path) -> Result<Vec<String>, Error> {
    let mut files = Vec::new();
    collect(folder, "", &mut files)?;
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<String>) -> Result<(), Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::new("read", folder)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(Error::new("read", folder))?;
        let kind = entry.file_type().map_err(Error::new("read", &entry.path()))?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = format!("{prefix}{name}");
        if kind.is_file() && may_be_generated(&name) {
            files.push(path);
        } else if kind.is_dir() && may_hold_generated(&entry.path(), &name) {
            collect(&entry.path(), &format!("{path}/"), files)?;
        }
    }
    Ok(())
}

fn may_be_generated(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("rs" | "md" | "toml")) || name == ".gitattributes"
}

fn may_hold_generated(folder: &Path, name: &str) -> bool {
    name != "target" && !name.starts_with('.') && !folder.join("Cargo.toml").exists()
}
