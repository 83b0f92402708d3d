//! Compares files in memory with a folder: what would change in it, and what would be lost.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use similar::TextDiff;

use super::header::{self, Origin};
use super::{Error, walk};
use crate::files::Files;
use crate::parallel;

/// The comparison of a folder with the output of a run.
#[derive(Debug)]
pub struct Comparison {
    pub(super) folder: PathBuf,
    /// The necessary changes, in the order of the paths.
    pub changes: Vec<Change>,
    /// The files that are up to date.
    pub left: Vec<String>,
}

/// A change of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The path below the folder, with `/` between its parts.
    pub path: String,
    /// The current content; `None` if the file is new.
    pub before: Option<String>,
    /// The new content; `None` if the file is no longer generated.
    pub after: Option<String>,
    /// The work that the change would lose.
    pub loss: Option<HandWritten>,
}

/// The work that a change would lose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandWritten {
    /// A file that the generator did not write.
    Foreign,
    /// Edits of a generated file.
    Edits,
}

/// The policy for changes that lose hand-written work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Losses {
    /// Refuse them.
    Refuse,
    /// Accept them.
    Accept,
}

/// Accepted changes.
#[derive(Debug)]
pub struct Plan(pub(super) Comparison);

impl Comparison {
    /// Compares `files` with the content of `folder`, which need not exist.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be read, or a path leads out of the folder.
    pub fn make(folder: &Path, files: Files) -> Result<Self, Error> {
        let mut comparison = Self { folder: folder.to_owned(), changes: Vec::new(), left: Vec::new() };
        let paths: BTreeSet<String> = files.iter().map(|(path, _)| path.to_owned()).collect();
        let compared = parallel::map(files.into_iter().collect(), |(path, body)| compare(folder, path, body));
        for compared in compared {
            match compared? {
                Compared::Changed(change) => comparison.changes.push(change),
                Compared::Left(path) => comparison.left.push(path),
            }
        }
        for path in walk::files(folder)? {
            if !paths.contains(&path) {
                comparison.find_stale(path)?;
            }
        }
        comparison.changes.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(comparison)
    }

    /// Returns `true` if nothing has to change.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.changes.is_empty()
    }

    /// Returns the changes as a unified diff.
    #[must_use]
    pub fn diff(&self) -> String {
        self.changes.iter().map(Change::diff).collect()
    }

    /// Turns the changes into a plan.
    ///
    /// # Errors
    ///
    /// Returns the changes that would lose work, unless `losses` accepts that.
    pub fn accept(self, losses: Losses) -> Result<Plan, Vec<Change>> {
        let loses = self.changes.iter().any(|change| change.loss.is_some());
        match losses {
            Losses::Refuse if loses => {
                Err(self.changes.into_iter().filter(|change| change.loss.is_some()).collect())
            }
            Losses::Refuse | Losses::Accept => Ok(Plan(self)),
        }
    }

    /// Records a file that has our header, but is no longer generated.
    fn find_stale(&mut self, path: String) -> Result<(), Error> {
        let Some(before) = read(&self.folder.join(&path))? else { return Ok(()) };
        let loss = match header::origin(&path, &before) {
            Origin::Foreign => return Ok(()),
            Origin::Edited => Some(HandWritten::Edits),
            Origin::Generated => None,
        };
        self.changes.push(Change { path, before: Some(before), after: None, loss });
        Ok(())
    }
}

impl Change {
    /// Returns the change as a unified diff.
    #[must_use]
    pub fn diff(&self) -> String {
        let name = |text: &Option<String>, side: &str| match text {
            Some(_) => format!("{side}/{}", self.path),
            None => "/dev/null".to_owned(),
        };
        let (before, after) = (self.before.as_deref(), self.after.as_deref());
        let before = header::normalise(before.unwrap_or_default());
        TextDiff::from_lines(before.as_str(), after.unwrap_or_default())
            .unified_diff()
            .header(&name(&self.before, "a"), &name(&self.after, "b"))
            .to_string()
    }
}

/// The comparison of one file.
enum Compared {
    Changed(Change),
    /// The file is up to date.
    Left(String),
}

/// Compares a file with the body that it should have.
fn compare(folder: &Path, path: String, body: String) -> Result<Compared, Error> {
    let after = header::wrap(&path, body);
    let before = read(&inside(folder, &path)?)?;
    if before.as_deref().is_some_and(|before| header::normalise(before) == after) {
        return Ok(Compared::Left(path));
    }
    let loss = before.as_deref().and_then(|before| match header::origin(&path, before) {
        Origin::Foreign => Some(HandWritten::Foreign),
        Origin::Edited => Some(HandWritten::Edits),
        Origin::Generated => None,
    });
    Ok(Compared::Changed(Change { path, before, after: Some(after), loss }))
}

/// Returns the path below the folder. A path that leads elsewhere is refused.
fn inside(folder: &Path, path: &str) -> Result<PathBuf, Error> {
    let below = Path::new(path);
    if path.is_empty() || !below.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(Error::new("write", below)(io::Error::other("it is outside the output folder")));
    }
    Ok(folder.join(below))
}

/// Reads the text of a file that may be missing. A file that is not UTF-8 is not ours, so its exact bytes do not
/// matter.
fn read(path: &Path) -> Result<Option<String>, Error> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::new("read", path)(error)),
    }
}
