//! Reports findings and results, for people or for programs.

pub(crate) mod changes;
pub(crate) mod markdown;
pub(crate) mod verdict;

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use sdk_generator::Severity;
use sdk_generator::diagnostic::Diagnostics;
use sdk_generator::diagnostic::render::{self, Colour};
use sdk_generator::disk::{Change, Comparison, HandWritten, Synced};
use sdk_generator::report::{DocumentReport, Report};
use serde_json::json;

use crate::arguments::{Format, HELP, Shown};
use crate::input::Stopped;
use crate::release::lock;
use crate::{Failure, workspace};

/// The result of a run.
pub(crate) struct Summary<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) read: &'a [String],
    pub(crate) fidelity: &'a Report,
    pub(crate) synced: Synced,
    pub(crate) took: Duration,
}

/// Prints the help text.
pub(crate) fn help() {
    print!("{HELP}");
}

/// Prints a long text. A reader such as `head` may stop before its end.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut output = std::io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::Stopped(format!("cannot write the output: {error}")))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Prints the findings of a run.
pub(crate) fn diagnostics(diagnostics: &Diagnostics, format: Format) {
    print_findings(&findings(diagnostics, format), format);
}

/// Renders the findings of a run, which takes long in a large document.
pub(crate) fn findings(diagnostics: &Diagnostics, format: Format) -> String {
    match format {
        Format::Human => {
            let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            let colour = if colours { Colour::Always } else { Colour::Never };
            render::human(diagnostics, colour)
        }
        Format::Json => render::json(diagnostics),
    }
}

/// Prints rendered findings.
pub(crate) fn print_findings(findings: &str, format: Format) {
    match format {
        Format::Human => eprint!("{findings}"),
        Format::Json => print!("{findings}"),
    }
}

/// Prints the findings that ended a command, and says what it left undone.
pub(crate) fn found(found: &Diagnostics, format: Format, undone: &str) -> Failure {
    diagnostics(found, format);
    let errors = found.iter().filter(|finding| finding.severity == Severity::Error).count();
    let noun = if errors == 1 { "error" } else { "errors" };
    Failure::Stopped(format!("{errors} {noun}; {undone}"))
}

/// Reports why input could not be read.
pub(crate) fn stopped(stopped: Stopped, format: Format, undone: &str) -> Failure {
    match stopped {
        Stopped::Failed(failure) => failure,
        Stopped::Found(diagnostics) => found(&diagnostics, format, undone),
    }
}

/// Prints the result of a run.
pub(crate) fn summary(summary: &Summary<'_>, format: Format) {
    let Synced { written, left, deleted } = &summary.synced;
    let milliseconds = summary.took.as_secs_f64() * 1000.0;
    match format {
        Format::Human => {
            let folder = workspace::shown(summary.folder);
            let path = |path: &String| folder.join(path).display().to_string();
            let mut lines: Vec<String> = Vec::new();
            lines.extend(summary.read.iter().map(|path| format!("read     {path}")));
            lines.extend(written.iter().map(|written| format!("wrote    {}", path(written))));
            lines.extend(deleted.iter().map(|deleted| format!("deleted  {}", path(deleted))));
            lines.push(format!("left     {} unchanged in {}", files(left.len()), folder.display()));
            lines.extend(reports(summary).iter().map(counts));
            lines.push(format!("took     {milliseconds:.0} ms"));
            // At once, since each line that is printed alone is a call of the system.
            println!("{}", lines.join("\n"));
        }
        Format::Json => {
            let summary = json!({
                "kind": "summary",
                "folder": summary.folder,
                "read": summary.read,
                "written": written,
                "left": left,
                "deleted": deleted,
                "documents": summary.fidelity.documents.iter().map(counts_json).collect::<Vec<_>>(),
                "milliseconds": milliseconds,
            });
            println!("{summary}");
        }
    }
}

/// Returns a report for each document of the input, and one for all files that these refer to.
fn reports(summary: &Summary<'_>) -> Vec<DocumentReport> {
    let (mut named, referred): (Vec<_>, Vec<_>) = summary
        .fidelity
        .documents
        .iter()
        .cloned()
        .partition(|document| summary.read.contains(&document.name));
    if let [_, _, ..] = referred.as_slice() {
        let sum = |count: fn(&DocumentReport) -> usize| referred.iter().map(count).sum();
        named.push(DocumentReport {
            name: format!("{} referred to", files(referred.len())),
            faithful: sum(|document| document.faithful),
            approximated: sum(|document| document.approximated),
            left_out: sum(|document| document.left_out),
            entries: Vec::new(),
        });
    } else {
        named.extend(referred);
    }
    named
}

/// Describes in one line how much of a document is supported.
fn counts(document: &DocumentReport) -> String {
    let DocumentReport { name, faithful, approximated, left_out, .. } = document;
    let percent = document.faithful_percent();
    format!(
        "report   {name}: {faithful} faithful ({percent:.1} %), {approximated} approximated, {left_out} left out"
    )
}

fn counts_json(document: &DocumentReport) -> serde_json::Value {
    json!({
        "document": document.name,
        "faithful": document.faithful,
        "approximated": document.approximated,
        "left_out": document.left_out,
    })
}

/// Prints the changes that a run would make: the difference of the listing and the names of the other files, or the
/// whole difference.
pub(crate) fn stale(folder: &Path, comparison: &Comparison, shown: Shown, format: Format) {
    let changes = &comparison.changes;
    let diff = match shown {
        Shown::All => comparison.diff(),
        // A new listing is as long as the package is large.
        Shown::Listing => changes
            .iter()
            .filter(|change| change.path == lock::LISTING && change.before.is_some())
            .map(Change::diff)
            .collect(),
    };
    match format {
        Format::Human => {
            print!("{diff}");
            let folder = workspace::shown(folder);
            changes.iter().for_each(|change| println!("stale    {}", folder.join(&change.path).display()));
            eprintln!("error: {} out of date; run `cargo xtask codegen` to update", files(changes.len()));
        }
        Format::Json => {
            let paths: Vec<_> = changes.iter().map(|change| &change.path).collect();
            println!(
                "{}",
                json!({ "kind": "stale", "stale": paths, "diff": diff, "help": "cargo xtask codegen" })
            );
        }
    }
}

/// Prints that the version of the package is too low for its changes.
pub(crate) fn below(since: &verdict::Since<'_>, format: Format) {
    let verdict::Since { released, required, version: (version, file), .. } = since;
    let file = file.unwrap_or("the configuration");
    let message = match required.to_string() == *released {
        true => format!("{file} says {version}, which is below the released {released}"),
        false => format!("{file} says {version}, but the changes since {released} require {required}"),
    };
    let help = format!(
        "set `package.version` to {required} and run `cargo xtask codegen`, or `cargo xtask release`"
    );
    match format {
        Format::Human => eprintln!("error: {message}\nhelp: {help}"),
        Format::Json => println!("{}", json!({ "kind": "refused", "message": message, "help": help })),
    }
}

/// Prints the files that a run would have to overwrite.
pub(crate) fn losses(folder: &Path, losses: &[Change], format: Format) {
    if format == Format::Json {
        let paths: Vec<_> = losses.iter().map(|change| &change.path).collect();
        println!("{}", json!({ "kind": "losses", "files": paths, "help": "--force" }));
        return;
    }
    for change in losses {
        let path = workspace::shown(folder).join(&change.path);
        let reason = match change.loss {
            Some(HandWritten::Foreign) => "was not written by the generator",
            Some(HandWritten::Edits) | None => "was edited by hand, or is a copy of another file",
        };
        eprintln!("error: `{}` {reason}", path.display());
    }
    eprintln!(
        "\nNothing was written. Move changes that you want to keep into the description, the templates or a\n\
         hand-written folder; then use `--force` to overwrite these files."
    );
}

fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}
