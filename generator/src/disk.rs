//! Reads and writes the files of a package: the only module that uses the file system.
//!
//! [`Comparison::make`] compares the output of a run with a folder, and can show the difference. [`Comparison::accept`]
//! turns it into a [`Plan`], or refuses it as a whole, before any file is changed, if hand-written work would be lost.
//! [`Plan::sync`] carries out the plan.

mod compare;
mod header;
mod read;
mod sync;
mod walk;

use std::io;
use std::path::{Path, PathBuf};

pub use compare::{Change, Comparison, HandWritten, Losses, Plan};
pub use read::{read_pages, read_source, read_sources};
pub use sync::Synced;

/// An error of the file system.
#[derive(Debug)]
pub struct Error {
    /// The action that failed, such as `read` or `write`.
    action: &'static str,
    /// The file or folder.
    path: PathBuf,
    source: io::Error,
}

impl Error {
    fn new(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self { action, path, source }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot {} `{}`: {}", self.action, self.path.display(), self.source)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
