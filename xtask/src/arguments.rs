//! Parses the command line.

mod selection;

use std::path::PathBuf;

use lexopt::prelude::*;
use sdk_generator::disk::Losses;

use crate::{Failure, diff, release, replay, slice};

pub(crate) use selection::{GivenDocument, Selecting, Selection};

/// The text of `--help`.
pub(crate) const HELP: &str = include_str!("arguments/help.txt");

/// A command with its arguments.
#[derive(Debug)]
pub(crate) enum Command {
    /// Generates the files of a package.
    Codegen(Codegen),
    /// Prints the model.
    Ir(Ir),
    /// Shows the changes between two versions.
    Diff(diff::Options),
    /// Makes a release.
    Release(release::Options),
    /// Writes a part of a document.
    Slice(slice::Options),
    /// Compares documentation pages with a reference.
    Parity {
        /// The folder of the pages.
        docs: PathBuf,
        /// The file of the reference.
        reference: PathBuf,
    },
    /// Runs the generator on many documents.
    Corpus(Corpus),
    /// Proves the verdicts on the versions of a document.
    Replay(replay::Options),
    /// Checks the source code.
    Tidy,
    /// Checks the dependencies for security advisories.
    Advisories {
        /// The clone of the advisory database to rebuild the list from.
        database: Option<PathBuf>,
    },
    /// Prints the help text.
    Help,
}

/// The arguments of `codegen`.
#[derive(Debug)]
pub(crate) struct Codegen {
    pub(crate) selection: Selection,
    pub(crate) out: Option<PathBuf>,
    pub(crate) mode: Mode,
    pub(crate) shown: Shown,
    pub(crate) losses: Losses,
    pub(crate) lock: Lock,
    /// The documents of the last release, in the order of the configuration; none if they are not at hand.
    pub(crate) previous: Vec<PathBuf>,
    pub(crate) warnings: Warnings,
    pub(crate) runtime: Option<PathBuf>,
    pub(crate) report: Option<PathBuf>,
    pub(crate) format: Format,
}

/// The role of the lock beside the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lock {
    /// The run keeps what it lists.
    Keep,
    /// The run ignores it.
    Ignore,
}

/// The arguments of `ir`.
#[derive(Debug)]
pub(crate) struct Ir {
    pub(crate) selection: Selection,
    pub(crate) part: Part,
}

/// The arguments of `corpus`.
#[derive(Debug)]
pub(crate) struct Corpus {
    pub(crate) folder: PathBuf,
    /// The folder in which packages are written and built.
    pub(crate) out: Option<PathBuf>,
    /// The documents to use; all of them if this is empty.
    pub(crate) only: Vec<String>,
    /// The steps to run, in order.
    pub(crate) steps: Vec<Step>,
    pub(crate) format: Format,
}

/// A step that the generated packages go through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Check,
    Clippy,
    Rustdoc,
    RoundTrip,
    Calls,
}

impl Step {
    /// The steps that run if none is named, in their order. `Calls` needs Node.
    const DEFAULT: [Self; 4] = [Self::Check, Self::Clippy, Self::Rustdoc, Self::RoundTrip];
    const ALL: [Self; 5] = [Self::Check, Self::Clippy, Self::Rustdoc, Self::RoundTrip, Self::Calls];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Clippy => "clippy",
            Self::Rustdoc => "rustdoc",
            Self::RoundTrip => "round-trip",
            Self::Calls => "calls",
        }
    }
}

/// A part of the model.
#[derive(Debug)]
pub(crate) enum Part {
    All,
    Operation(String),
    Type(String),
}

/// The choice between writing files and checking them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Check,
}

/// The changes that a check shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The difference of the listing, and the names of stale files.
    Listing,
    /// The difference of all files.
    All,
}

/// The effect of warnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Warnings {
    Pass,
    Stop,
}

/// The format of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Human,
    Json,
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(error.to_string())
    }
}

/// Reads the command line.
pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Command, Failure> {
    match parser.next()? {
        None => Err(Failure::Usage("missing command; `--help` lists the commands".to_owned())),
        Some(Long("help") | Short('h')) => Ok(Command::Help),
        Some(Value(command)) => match command.to_str() {
            Some("codegen") => codegen(parser),
            Some("ir") => ir(parser),
            Some("diff") => Ok(diff::parse(&mut parser)?.map_or(Command::Help, Command::Diff)),
            Some("release") => Ok(release::parse(&mut parser)?.map_or(Command::Help, Command::Release)),
            Some("slice") => Ok(slice::parse(&mut parser)?.map_or(Command::Help, Command::Slice)),
            Some("parity") => parity(parser),
            Some("corpus") => corpus(parser),
            Some("replay") => Ok(replay::parse(&mut parser)?.map_or(Command::Help, Command::Replay)),
            Some("tidy") => tidy(parser),
            Some("advisories") => advisories(parser),
            Some("help") => Ok(Command::Help),
            _ => Err(Failure::Usage(format!("unknown command `{}`", command.to_string_lossy()))),
        },
        Some(argument) => Err(argument.unexpected().into()),
    }
}

fn codegen(mut parser: lexopt::Parser) -> Result<Command, Failure> {
    let mut selection = Selecting::default();
    let mut arguments = Codegen {
        selection: Selection::Config { path: None, spec_dir: None },
        out: None,
        mode: Mode::Write,
        shown: Shown::Listing,
        losses: Losses::Refuse,
        lock: Lock::Keep,
        previous: Vec::new(),
        warnings: Warnings::Pass,
        runtime: None,
        report: None,
        format: Format::Human,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("out") => arguments.out = Some(parser.value()?.into()),
            Long("check") => arguments.mode = Mode::Check,
            Long("diff") => arguments.shown = Shown::All,
            Long("no-lock") => arguments.lock = Lock::Ignore,
            Long("previous") => arguments.previous.push(parser.value()?.into()),
            Long("force") => arguments.losses = Losses::Accept,
            Long("strict") => arguments.warnings = Warnings::Stop,
            Long("runtime") => arguments.runtime = Some(parser.value()?.into()),
            Long("report") => arguments.report = Some(parser.value()?.into()),
            Long("message-format") => arguments.format = format(&parser.value()?.string()?)?,
            Long(option) => {
                let option = option.to_owned();
                selection.take(&option, &mut parser)?;
            }
            _ => return Err(argument.unexpected().into()),
        }
    }
    arguments.selection = selection.finish()?;
    if arguments.shown == Shown::All && arguments.mode == Mode::Write {
        return Err(Failure::Usage("`--diff` requires `--check`".to_owned()));
    }
    if arguments.out.is_none() && matches!(arguments.selection, Selection::Documents { .. }) {
        return Err(Failure::Usage("`--spec` requires `--out DIR`, the folder to write to".to_owned()));
    }
    Ok(Command::Codegen(arguments))
}

fn ir(mut parser: lexopt::Parser) -> Result<Command, Failure> {
    let mut selection = Selecting::default();
    let mut part = Part::All;
    while let Some(argument) = parser.next()? {
        let chosen = match argument {
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("operation") => Part::Operation(parser.value()?.string()?),
            Long("type") => Part::Type(parser.value()?.string()?),
            Long(option) => {
                let option = option.to_owned();
                selection.take(&option, &mut parser)?;
                continue;
            }
            _ => return Err(argument.unexpected().into()),
        };
        if !matches!(part, Part::All) {
            return Err(Failure::Usage(
                "`--operation` and `--type` can be given only once, and not together".to_owned(),
            ));
        }
        part = chosen;
    }
    // The model does not depend on the name of the package.
    selection.name.get_or_insert_with(|| "sdk".to_owned());
    Ok(Command::Ir(Ir { selection: selection.finish()?, part }))
}

fn parity(mut parser: lexopt::Parser) -> Result<Command, Failure> {
    let mut paths = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help),
            Value(path) => paths.push(PathBuf::from(path)),
            _ => return Err(argument.unexpected().into()),
        }
    }
    match <[PathBuf; 2]>::try_from(paths) {
        Ok([docs, reference]) => Ok(Command::Parity { docs, reference }),
        Err(_) => {
            Err(Failure::Usage("`parity` takes two arguments: a folder of pages and a reference".to_owned()))
        }
    }
}

fn corpus(mut parser: lexopt::Parser) -> Result<Command, Failure> {
    let (mut folder, mut out, mut form) = (None, None, Format::Human);
    let (mut only, mut chosen) = (Vec::new(), Vec::new());
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("out") => out = Some(parser.value()?.into()),
            Long("only") => only.push(parser.value()?.string()?),
            Long("message-format") => form = format(&parser.value()?.string()?)?,
            Long("step") => chosen.push(step(&parser.value()?.string()?)?),
            Value(path) if folder.is_none() => folder = Some(path.into()),
            _ => return Err(argument.unexpected().into()),
        }
    }
    let folder =
        folder.ok_or_else(|| Failure::Usage("`corpus` requires a folder of documents".to_owned()))?;
    let steps = if chosen.is_empty() {
        Step::DEFAULT.to_vec()
    } else {
        Step::ALL.into_iter().filter(|step| chosen.contains(step)).collect()
    };
    Ok(Command::Corpus(Corpus { folder, out, only, steps, format: form }))
}

fn step(value: &str) -> Result<Step, Failure> {
    let step = Step::ALL.into_iter().find(|step| step.name() == value);
    step.ok_or_else(|| Failure::Usage(format!("unknown step `{value}`")))
}

fn tidy(mut parser: lexopt::Parser) -> Result<Command, Failure> {
    match parser.next()? {
        None => Ok(Command::Tidy),
        Some(Long("help") | Short('h')) => Ok(Command::Help),
        Some(argument) => Err(argument.unexpected().into()),
    }
}

fn advisories(mut parser: lexopt::Parser) -> Result<Command, Failure> {
    let mut database = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("renew") => database = Some(parser.value()?.into()),
            _ => return Err(argument.unexpected().into()),
        }
    }
    Ok(Command::Advisories { database })
}

/// Reads the value of `--message-format`.
pub(crate) fn format(value: &str) -> Result<Format, Failure> {
    match value {
        "human" => Ok(Format::Human),
        "json" => Ok(Format::Json),
        _ => Err(Failure::Usage(format!(
            "invalid value `{value}` of `--message-format`: use `human` or `json`"
        ))),
    }
}
