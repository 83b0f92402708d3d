//! Carries out a plan on disk.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Change, Error, Plan};

/// The result of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synced {
    /// Files that are new or have new content.
    pub written: Vec<String>,
    /// Files that were up to date, and keep their modification time.
    pub left: Vec<String>,
    /// Files that are no longer generated.
    pub deleted: Vec<String>,
}

impl Plan {
    /// Carries out the plan. All new texts are written under temporary names before the first file is replaced, so that
    /// a full disk leaves the folder as it was.
    ///
    /// # Errors
    ///
    /// Returns an error if the file system refuses a change.
    pub fn sync(self) -> Result<Synced, Error> {
        let mut staged = Vec::new();
        for change in &self.0.changes {
            if let Some(text) = &change.after
                && let Err(error) = stage(&self.0.folder.join(&change.path), text, &mut staged)
            {
                staged.iter().for_each(|(temporary, _)| drop(fs::remove_file(temporary)));
                return Err(error);
            }
        }
        // Old files go first: on some systems, a name that differs only by case is the same file.
        let (written, deleted): (Vec<_>, Vec<_>) =
            self.0.changes.iter().partition(|change| change.after.is_some());
        for change in &deleted {
            delete(&self.0.folder, &change.path)?;
        }
        for (temporary, path) in &staged {
            fs::rename(temporary, path).map_err(Error::new("write", path))?;
        }
        let paths = |changes: Vec<&Change>| changes.into_iter().map(|change| change.path.clone()).collect();
        Ok(Synced { written: paths(written), deleted: paths(deleted), left: self.0.left })
    }
}

/// Writes the text to a temporary file beside its target, and records both paths.
fn stage(path: &Path, text: &str, staged: &mut Vec<(PathBuf, PathBuf)>) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).map_err(Error::new("make", folder))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = folder.join(format!(".{name}.new"));
    staged.push((temporary.clone(), path.to_owned()));
    fs::write(&temporary, text).map_err(Error::new("write", &temporary))
}

/// Deletes a file, and the folders that become empty.
fn delete(root: &Path, path: &str) -> Result<(), Error> {
    let path = root.join(path);
    fs::remove_file(&path).map_err(Error::new("delete", &path))?;
    let mut folder = path.parent();
    while let Some(empty) = folder.filter(|folder| *folder != root) {
        // The system refuses to delete a folder that is not empty.
        if fs::remove_dir(empty).is_err() {
            break;
        }
        folder = empty.parent();
    }
    Ok(())
}
