//! Parses the options of `replay`.

use std::path::PathBuf;

use lexopt::prelude::*;

use crate::Failure;
use crate::arguments::{Format, Lock, format};

/// The options of the command.
#[derive(Debug)]
pub(crate) struct Options {
    /// The folder of versions.
    pub(crate) folder: PathBuf,
    /// The configuration whose document the versions replace.
    pub(crate) config: Option<PathBuf>,
    /// The folder in which packages are written and checked.
    pub(crate) out: Option<PathBuf>,
    /// The number of pairs to compare, from the first.
    pub(crate) pairs: Option<usize>,
    pub(crate) lock: Lock,
    pub(crate) format: Format,
}

/// Parses the options. Returns `None` if help is asked for.
pub(crate) fn parse(parser: &mut lexopt::Parser) -> Result<Option<Options>, Failure> {
    let (mut folder, mut config, mut out, mut pairs) = (None, None, None, None);
    let (mut lock, mut form) = (Lock::Keep, Format::Human);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(None),
            Long("config") => config = Some(parser.value()?.into()),
            Long("out") => out = Some(parser.value()?.into()),
            Long("pairs") => pairs = Some(parser.value()?.parse()?),
            Long("no-lock") => lock = Lock::Ignore,
            Long("message-format") => form = format(&parser.value()?.string()?)?,
            Value(path) if folder.is_none() => folder = Some(path.into()),
            _ => return Err(argument.unexpected().into()),
        }
    }
    let folder = folder.ok_or_else(|| Failure::Usage("`replay` requires a folder of versions".to_owned()))?;
    Ok(Some(Options { folder, config, out, pairs, lock, format: form }))
}
