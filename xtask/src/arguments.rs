//! Words of the command line to a command.

use std::path::PathBuf;

use lexopt::prelude::*;
use sdk_generator::disk::Losses;

use crate::Failure;

/// What `--help` shows.
pub(crate) const HELP: &str = "\
The maintainers' tools of the SDK generator.

cargo xtask codegen [--config FILE [--spec-dir DIR] | --spec FILE.. --name NAME --out DIR] [OPTIONS]
    Reads the description of an API, and writes its client package and documentation.

    --config FILE   what to read and how the package is called (default: spec/sdk.yaml)
    --spec-dir DIR  where the documents are that the configuration looks for in a folder of yours
                    (default: the environment's SPEC_CORPUS)
    --spec FILE     a document to read without a configuration; more than once for several
    --name NAME     the name of the package, with --spec
    --out DIR       the folder to write (default: the one that the configuration names)
    --check         write nothing; show what would change, and fail if something would
    --force         replace and delete files even if they were changed by hand
    --strict        fail on warnings too
    --runtime PATH  the folder of the runtime that the package is built with (default: the one of
                    this workspace)
    --report FILE   write as JSON what of the documents is approximated or left out, where and why
    --message-format human|json
                    how findings and the summary are printed (default: human)

cargo xtask ir [--config FILE [--spec-dir DIR] | --spec FILE.. --name NAME] [--operation ID | --type NAME]
    Prints the model that the code is made from: all of it, or one operation or type.

cargo xtask parity DOCS_DIR REFERENCE
    Compares the pages of a documentation with a reference of operations, a JSON file, and prints for
    each manager what differs, then how many rows are right.

cargo xtask corpus DIR [OPTIONS]
    Takes every document of a folder through the generator, the compiler, Clippy, rustdoc and a JSON round trip of
    each of its types, and prints a table.

    --out DIR       where to write and build the packages (default: target/corpus)
    --only NAME     a file or its stem; more than once for several
    --step check|clippy|rustdoc|round-trip
                    what to do with the packages; more than once for several (default: all)
    --message-format human|json
                    a table with what failed below it, or an object a line (default: human)

cargo xtask tidy
    Checks the rules of the source code that the compiler does not know.

cargo xtask advisories [--renew DIR]
    Compares the crates of Cargo.lock with what is known of their security.

    --renew DIR     make the list of what is known anew, from a clone of RustSec's database

Exit codes: 0 done, 1 something was found or is out of date, 2 usage.
";

/// What to do.
#[derive(Debug)]
pub(crate) enum Command {
    /// Make the files of a package.
    Codegen(Codegen),
    /// Print the model.
    Ir(Ir),
    /// Compare pages with a reference.
    Parity {
        /// The folder of the pages.
        docs: PathBuf,
        /// The file of the reference.
        reference: PathBuf,
    },
    /// Try the generator on many documents.
    Corpus(Corpus),
    /// Check the source code.
    Tidy,
    /// Check what others found in the crates that we use.
    Advisories {
        /// Where to learn of it anew.
        database: Option<PathBuf>,
    },
    /// Say what there is.
    Help,
}

/// How to make the files of a package.
#[derive(Debug)]
pub(crate) struct Codegen {
    pub(crate) selection: Selection,
    pub(crate) out: Option<PathBuf>,
    pub(crate) mode: Mode,
    pub(crate) losses: Losses,
    pub(crate) warnings: Warnings,
    pub(crate) runtime: Option<PathBuf>,
    pub(crate) report: Option<PathBuf>,
    pub(crate) format: Format,
}

/// What to print of the model.
#[derive(Debug)]
pub(crate) struct Ir {
    pub(crate) selection: Selection,
    pub(crate) part: Part,
}

/// Which documents to try the generator on.
#[derive(Debug)]
pub(crate) struct Corpus {
    pub(crate) folder: PathBuf,
    /// Where to write and build.
    pub(crate) out: Option<PathBuf>,
    /// The documents that are meant; all where it is empty.
    pub(crate) only: Vec<String>,
    /// What is done with the packages, in this order.
    pub(crate) steps: Vec<Step>,
    pub(crate) format: Format,
}

/// Something to do with packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Check,
    Clippy,
    Rustdoc,
    RoundTrip,
}

impl Step {
    /// In the order in which they are done.
    pub(crate) const ALL: [Self; 4] = [Self::Check, Self::Clippy, Self::Rustdoc, Self::RoundTrip];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Clippy => "clippy",
            Self::Rustdoc => "rustdoc",
            Self::RoundTrip => "round-trip",
        }
    }
}

/// What to read.
#[derive(Debug)]
pub(crate) enum Selection {
    /// What a configuration says.
    Config {
        /// Where it is; the project's own where nothing is said.
        path: Option<PathBuf>,
        /// The folder of the documents that are not beside it.
        spec_dir: Option<PathBuf>,
    },
    /// Documents without a configuration.
    Documents {
        /// Where they are.
        paths: Vec<PathBuf>,
        /// What the package is called.
        name: String,
    },
}

/// A part of the model.
#[derive(Debug)]
pub(crate) enum Part {
    All,
    Operation(String),
    Type(String),
}

/// Whether files are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Check,
}

/// Whether warnings stop a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Warnings {
    Pass,
    Stop,
}

/// Who reads the output.
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
        None => Err(Failure::Usage("which command? `--help` lists them".to_owned())),
        Some(Long("help") | Short('h')) => Ok(Command::Help),
        Some(Value(command)) => match command.to_str() {
            Some("codegen") => codegen(parser),
            Some("ir") => ir(parser),
            Some("parity") => parity(parser),
            Some("corpus") => corpus(parser),
            Some("tidy") => tidy(parser),
            Some("advisories") => advisories(parser),
            Some("help") => Ok(Command::Help),
            _ => Err(Failure::Usage(format!("there is no command `{}`", command.to_string_lossy()))),
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
        losses: Losses::Refuse,
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
            Long("force") => arguments.losses = Losses::Accept,
            Long("strict") => arguments.warnings = Warnings::Stop,
            Long("runtime") => arguments.runtime = Some(parser.value()?.into()),
            Long("report") => arguments.report = Some(parser.value()?.into()),
            Long("message-format") => arguments.format = format(&parser.value()?.string()?)?,
            Long("config") => selection.config = Some(parser.value()?.into()),
            Long("spec-dir") => selection.spec_dir = Some(parser.value()?.into()),
            Long("spec") => selection.paths.push(parser.value()?.into()),
            Long("name") => selection.name = Some(parser.value()?.string()?),
            _ => return Err(argument.unexpected().into()),
        }
    }
    arguments.selection = selection.finish()?;
    if arguments.out.is_none() && matches!(arguments.selection, Selection::Documents { .. }) {
        return Err(Failure::Usage(
            "`--spec` needs `--out DIR`: where is the package to be written?".to_owned(),
        ));
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
            Long("config") => {
                selection.config = Some(parser.value()?.into());
                continue;
            }
            Long("spec-dir") => {
                selection.spec_dir = Some(parser.value()?.into());
                continue;
            }
            Long("spec") => {
                selection.paths.push(parser.value()?.into());
                continue;
            }
            Long("name") => {
                selection.name = Some(parser.value()?.string()?);
                continue;
            }
            _ => return Err(argument.unexpected().into()),
        };
        if !matches!(part, Part::All) {
            return Err(Failure::Usage("one operation or one type at a time".to_owned()));
        }
        part = chosen;
    }
    // The name is of no interest here.
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
        Err(_) => Err(Failure::Usage("`parity` takes a folder of pages and a reference".to_owned())),
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
    let folder = folder.ok_or_else(|| Failure::Usage("`corpus` needs a folder of documents".to_owned()))?;
    let steps = Step::ALL.into_iter().filter(|step| chosen.is_empty() || chosen.contains(step)).collect();
    Ok(Command::Corpus(Corpus { folder, out, only, steps, format: form }))
}

fn step(value: &str) -> Result<Step, Failure> {
    let step = Step::ALL.into_iter().find(|step| step.name() == value);
    step.ok_or_else(|| Failure::Usage(format!("there is no step `{value}`")))
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

fn format(value: &str) -> Result<Format, Failure> {
    match value {
        "human" => Ok(Format::Human),
        "json" => Ok(Format::Json),
        _ => Err(Failure::Usage(format!("`--message-format` is `human` or `json`, not `{value}`"))),
    }
}

/// A selection that is being read.
#[derive(Default)]
struct Selecting {
    config: Option<PathBuf>,
    spec_dir: Option<PathBuf>,
    paths: Vec<PathBuf>,
    name: Option<String>,
}

impl Selecting {
    fn finish(self) -> Result<Selection, Failure> {
        match (self.config, self.paths.is_empty(), self.name) {
            (path, true, _) => Ok(Selection::Config { path, spec_dir: self.spec_dir }),
            (None, false, Some(name)) => Ok(Selection::Documents { paths: self.paths, name }),
            (None, false, None) => {
                Err(Failure::Usage("`--spec` needs `--name NAME`: what is the package called?".to_owned()))
            }
            (Some(_), false, _) => {
                Err(Failure::Usage("either `--config`, which names its documents, or `--spec`".to_owned()))
            }
        }
    }
}
