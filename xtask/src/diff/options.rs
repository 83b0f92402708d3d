//! Parses the options of `diff`.

use std::path::PathBuf;

use lexopt::prelude::*;

use crate::Failure;
use crate::arguments::{Selecting, Selection, format};

/// The options of the command.
#[derive(Debug)]
pub(crate) struct Options {
    pub(super) between: Between,
    /// The folder of documents that configurations expect outside their own folder.
    pub(super) spec_dir: Option<PathBuf>,
    /// The documents of the old version, by which changes of the generator are told apart; none if they are not at hand.
    pub(super) previous: Vec<PathBuf>,
    pub(super) layout: Layout,
    pub(super) told: Told,
    pub(super) fail_on: Option<FailOn>,
}

/// The treatment of names and shapes that are kept as in the old version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Counted,
    Listed,
}

/// The two versions to compare.
#[derive(Debug)]
pub(super) enum Between {
    /// Two files: documents, configurations or listings.
    Files(PathBuf, PathBuf),
    /// The last release, and the package that would be generated today.
    Release { selection: Selection, out: Option<PathBuf> },
}

/// The layout of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    Human,
    Markdown,
    Json,
}

/// The changes that the command fails on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FailOn {
    /// Changes that break code.
    Breaking,
    /// Changes that break code, and new items.
    New,
}

/// Parses the options. Returns `None` if help is asked for.
pub(crate) fn parse(parser: &mut lexopt::Parser) -> Result<Option<Options>, Failure> {
    let mut selecting = Selecting::default();
    let (mut out, mut fail_on, mut files) = (None, None, Vec::new());
    let (mut previous, mut told) = (Vec::new(), Told::Counted);
    let mut layout = Layout::Human;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(None),
            Long("out") => out = Some(parser.value()?.into()),
            Long("previous") => previous.push(PathBuf::from(parser.value()?)),
            Long("all") => told = Told::Listed,
            Long("format") => layout = parse_layout(&parser.value()?.string()?)?,
            Long("message-format") => layout = format(&parser.value()?.string()?)?.into(),
            Long("fail-on") => fail_on = Some(parse_fail_on(&parser.value()?.string()?)?),
            Long(option) => {
                let option = option.to_owned();
                selecting.take(&option, parser)?;
            }
            Value(path) => files.push(PathBuf::from(path)),
            _ => return Err(argument.unexpected().into()),
        }
    }
    let selection = selecting.finish()?;
    let spec_dir = match &selection {
        Selection::Config { spec_dir, .. } => spec_dir.clone(),
        Selection::Documents { .. } => None,
    };
    let chosen = out.is_some() || !matches!(&selection, Selection::Config { path: None, .. });
    let between = match <[PathBuf; 2]>::try_from(files) {
        Ok([old, new]) if !chosen => Between::Files(old, new),
        Err(files) if files.is_empty() => Between::Release { selection, out },
        Ok(_) | Err(_) => {
            return Err(Failure::Usage(
                "`diff` takes two files and no other input, or none: the last release is compared then"
                    .to_owned(),
            ));
        }
    };
    Ok(Some(Options { between, spec_dir, previous, layout, told, fail_on }))
}

fn parse_layout(value: &str) -> Result<Layout, Failure> {
    match value {
        "human" => Ok(Layout::Human),
        "markdown" => Ok(Layout::Markdown),
        "json" => Ok(Layout::Json),
        _ => Err(Failure::Usage(format!(
            "invalid value `{value}` of `--format`: use `human`, `markdown` or `json`"
        ))),
    }
}

fn parse_fail_on(value: &str) -> Result<FailOn, Failure> {
    match value {
        "breaking" => Ok(FailOn::Breaking),
        "new" => Ok(FailOn::New),
        _ => Err(Failure::Usage(format!("invalid value `{value}` of `--fail-on`: use `breaking` or `new`"))),
    }
}
