//! What a command found and did, for a person or for a program.

use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

use sdk_generator::diagnostic::Diagnostics;
use sdk_generator::diagnostic::render::{self, Colour};
use sdk_generator::disk::{Change, Comparison, HandWritten, Synced};
use sdk_generator::report::{DocumentReport, Report};
use serde_json::json;

use crate::arguments::{Format, HELP};
use crate::workspace;

/// What a run did.
pub(crate) struct Summary<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) read: &'a [String],
    pub(crate) fidelity: &'a Report,
    pub(crate) synced: Synced,
    pub(crate) took: Duration,
}

/// Says what there is.
pub(crate) fn help() {
    print!("{HELP}");
}

/// Shows what a run found in its documents.
pub(crate) fn diagnostics(diagnostics: &Diagnostics, format: Format) {
    match format {
        Format::Human => {
            let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            let colour = if colours { Colour::Always } else { Colour::Never };
            eprint!("{}", render::human(diagnostics, colour));
        }
        Format::Json => print!("{}", render::json(diagnostics)),
    }
}

/// Shows what a run did.
pub(crate) fn summary(summary: &Summary<'_>, format: Format) {
    let Synced { written, left, deleted } = &summary.synced;
    let milliseconds = summary.took.as_secs_f64() * 1000.0;
    match format {
        Format::Human => {
            let folder = workspace::shown(summary.folder);
            summary.read.iter().for_each(|path| println!("read     {path}"));
            written.iter().for_each(|path| println!("wrote    {}", folder.join(path).display()));
            deleted.iter().for_each(|path| println!("deleted  {}", folder.join(path).display()));
            println!("left     {} unchanged in {}", files(left.len()), folder.display());
            reports(summary).iter().for_each(|document| println!("{}", counts(document)));
            println!("took     {milliseconds:.0} ms");
        }
        Format::Json => {
            let summary = json!({
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

/// A report of each document that was named, and one of all files that they refer to.
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
            name: format!("{} that are referred to", files(referred.len())),
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

/// How much of a document is there, in a line.
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

/// Shows what would change.
pub(crate) fn stale(comparison: &Comparison, format: Format) {
    match format {
        Format::Human => {
            print!("{}", comparison.diff());
            eprintln!(
                "error: {} out of date; `cargo xtask codegen` brings {} up to date",
                files(comparison.changes.len()),
                if comparison.changes.len() == 1 { "it" } else { "them" },
            );
        }
        Format::Json => {
            let paths: Vec<_> = comparison.changes.iter().map(|change| &change.path).collect();
            println!(
                "{}",
                json!({ "stale": paths, "diff": comparison.diff(), "help": "cargo xtask codegen" })
            );
        }
    }
}

/// Shows what would be lost.
pub(crate) fn losses(folder: &Path, losses: &[Change], format: Format) {
    if format == Format::Json {
        let paths: Vec<_> = losses.iter().map(|change| &change.path).collect();
        println!("{}", json!({ "refused": paths, "help": "--force" }));
        return;
    }
    for change in losses {
        let path = workspace::shown(folder).join(&change.path);
        let reason = match change.loss {
            Some(HandWritten::Foreign) => "was not written by the generator",
            Some(HandWritten::Edits) | None => "was changed by hand, or is a copy of another file",
        };
        eprintln!("error: `{}` {reason}", path.display());
    }
    eprintln!(
        "\nNothing is written. Move what you want to keep into the description, the templates or a\n\
         hand-written folder; then `--force` replaces the rest."
    );
}

fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}
