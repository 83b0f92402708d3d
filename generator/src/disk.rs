//! Files of a package to disk and back: the only place that touches the file system.
//!
//! [`Comparison::make`] holds what a run made against what is there and can show the difference.
//! [`Comparison::accept`] makes a [`Plan`] of it, or refuses it as a whole where it would lose
//! somebody's work, before a file is touched. [`Plan::sync`] carries it out.

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

/// What the system did not let us do.
#[derive(Debug)]
pub struct Error {
    /// What was to be done, `read` or `write`.
    action: &'static str,
    /// With which file or folder.
    path: PathBuf,
    /// Why it failed.
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
