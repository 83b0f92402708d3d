//! Parses the options of `release`.

use std::path::PathBuf;

use lexopt::prelude::*;

use super::date;
use super::version::Bump;
use crate::Failure;
use crate::arguments::{Format, format};

/// The options of the command.
#[derive(Debug)]
pub(crate) struct Options {
    pub(super) config: Option<PathBuf>,
    pub(super) spec_dir: Option<PathBuf>,
    pub(super) out: Option<PathBuf>,
    pub(super) runtime: Option<PathBuf>,
    pub(super) bump: Option<Bump>,
    /// The date of the release; today by default.
    pub(super) date: Option<String>,
    pub(super) format: Format,
}

/// Parses the options. Returns `None` if help is asked for.
pub(crate) fn parse(parser: &mut lexopt::Parser) -> Result<Option<Options>, Failure> {
    let mut options = Options {
        config: None,
        spec_dir: None,
        out: None,
        runtime: None,
        bump: None,
        date: None,
        format: Format::Human,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(None),
            Long("config") => options.config = Some(parser.value()?.into()),
            Long("spec-dir") => options.spec_dir = Some(parser.value()?.into()),
            Long("out") => options.out = Some(parser.value()?.into()),
            Long("runtime") => options.runtime = Some(parser.value()?.into()),
            Long("bump") => options.bump = Some(parse_bump(&parser.value()?.string()?)?),
            Long("date") => options.date = Some(parse_date(parser.value()?.string()?)?),
            Long("message-format") => options.format = format(&parser.value()?.string()?)?,
            _ => return Err(argument.unexpected().into()),
        }
    }
    Ok(Some(options))
}

fn parse_bump(value: &str) -> Result<Bump, Failure> {
    let bump = Bump::ALL.into_iter().find(|bump| bump.name() == value);
    bump.ok_or_else(|| {
        Failure::Usage(format!("invalid value `{value}` of `--bump`: use `major`, `minor` or `patch`"))
    })
}

fn parse_date(value: String) -> Result<String, Failure> {
    if date::is_valid(&value) {
        return Ok(value);
    }
    Err(Failure::Usage(format!("invalid value `{value}` of `--date`: use a date such as `2025-01-31`")))
}
