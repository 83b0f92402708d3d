//! Prints the verdict on a run: the changes since the last release, and the version that they require.

use sdk_generator::diagnostic::Diagnostics;
use sdk_generator::verdict::{Change, Verdict, Weight};
use semver::Version;
use serde_json::json;

use super::changes;
use crate::arguments::Format;

/// More lines than these do not fit on a screen.
const SCREEN: usize = 20;

/// The changes since a release.
pub(crate) struct Since<'a> {
    /// The version of the release.
    pub(crate) released: &'a str,
    /// The smallest version that the changes allow.
    pub(crate) required: &'a Version,
    /// The version of the package now, and the file that states it, if there is one.
    pub(crate) version: (&'a str, Option<&'a str>),
    pub(crate) verdict: &'a Verdict,
    /// The sources in which the changes have their places.
    pub(crate) diagnostics: &'a Diagnostics,
}

impl Since<'_> {
    /// Summarises the changes in one line.
    pub(crate) fn summary(&self) -> String {
        let Self { released, required, version: (version, file), verdict, .. } = self;
        let says = file.map(|file| format!(" ({file} says {version})")).unwrap_or_default();
        let arrow = if verdict.has_changes() { format!(" → {required}") } else { String::new() };
        format!("since {released}: {}{arrow}{says}", changes::counts(verdict))
    }

    /// Prints the summary, and the changes that affect existing code.
    pub(crate) fn report(&self, format: Format) {
        match format {
            Format::Human => self.human(),
            Format::Json => println!("{}", self.json()),
        }
    }

    fn human(&self) {
        println!("{}", self.summary());
        let affecting: Vec<&Change> =
            self.verdict.changes.iter().filter(|change| change.weight != Weight::Added).collect();
        let samples = changes::samples(&affecting, SCREEN);
        let shown: Vec<&Change> = samples.iter().map(|sample| sample.change).collect();
        let places = changes::places(&shown, self.diagnostics);
        let helps = changes::helps(&shown);
        let has_more_entries = helps.iter().flatten().count()
            < self.verdict.changes.iter().filter(|change| change.help.is_some()).count();
        for ((sample, place), help) in samples.iter().zip(places).zip(helps) {
            let line = format!(
                "{:<10} {}{}{}  {}",
                sample.change.weight.as_str(),
                changes::sentence(sample.change),
                changes::others(sample),
                changes::cause(sample.change),
                changes::place(place)
            );
            println!("{}", line.trim_end());
            if let Some(help) = help {
                println!("{:<10} {help}", "");
            }
        }
        if let Some(told) = changes::told(self.verdict) {
            println!("{:<10} {told}", Weight::Kept.as_str());
        }
        let entries = if has_more_entries { ", and the entries of `sdk.yaml` for them" } else { "" };
        match self.verdict.changes.len() {
            count if count == shown.len() && !has_more_entries => {}
            1 => println!("`cargo xtask diff` shows the change"),
            count => println!("`cargo xtask diff` lists all {count} changes{entries}"),
        }
    }

    /// Describes the changes for programs.
    pub(crate) fn json(&self) -> serde_json::Value {
        json!({
            "kind": "verdict",
            "since": self.released,
            "requires": self.required.to_string(),
            "version": self.version.0,
            "told": self.verdict.told.len(),
            "changes": changes::records(self.verdict, self.diagnostics),
        })
    }
}
