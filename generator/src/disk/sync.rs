//! Carries out a plan on disk.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Change, Error, Plan};
use crate::parallel;

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
        // In a new folder nothing is replaced, so that no file needs another name first.
        let is_new = self.0.changes.iter().all(|change| change.before.is_none());
        let staged = |change| Staged::of(&self.0.folder, change, is_new);
        let staged: Vec<Staged<'_>> = self.0.changes.iter().filter_map(staged).collect();
        if let Err(error) = stage(&staged) {
            staged.iter().for_each(|file| drop(fs::remove_file(&file.temporary)));
            return Err(error);
        }
        // Old files go first: on some systems, a name that differs only by case is the same file.
        let (written, deleted): (Vec<_>, Vec<_>) =
            self.0.changes.iter().partition(|change| change.after.is_some());
        for change in &deleted {
            delete(&self.0.folder, &change.path)?;
        }
        for Staged { temporary, path, .. } in staged.iter().filter(|file| file.temporary != file.path) {
            fs::rename(temporary, path).map_err(Error::new("write", path))?;
        }
        let paths = |changes: Vec<&Change>| changes.into_iter().map(|change| change.path.clone()).collect();
        Ok(Synced { written: paths(written), deleted: paths(deleted), left: self.0.left })
    }
}

/// A text that is written to a temporary file beside its target, or to the target itself if that is new.
struct Staged<'a> {
    temporary: PathBuf,
    path: PathBuf,
    text: &'a str,
}

impl<'a> Staged<'a> {
    /// Returns the text of a change, unless it deletes the file.
    fn of(folder: &Path, change: &'a Change, is_new: bool) -> Option<Self> {
        let text = change.after.as_deref()?;
        let path = folder.join(&change.path);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let temporary = if is_new { path.clone() } else { path.with_file_name(format!(".{name}.new")) };
        Some(Self { temporary, path, text })
    }
}

/// Writes the temporary files.
fn stage(staged: &[Staged<'_>]) -> Result<(), Error> {
    let folders: BTreeSet<&Path> = staged.iter().filter_map(|file| file.path.parent()).collect();
    for folder in folders {
        fs::create_dir_all(folder).map_err(Error::new("make", folder))?;
    }
    let write = |Staged { temporary, text, .. }: &Staged<'_>| {
        fs::write(temporary, text).map_err(Error::new("write", temporary))
    };
    parallel::map(staged.iter().collect(), write).into_iter().collect()
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
