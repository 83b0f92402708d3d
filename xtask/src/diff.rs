//! `cargo xtask diff`: shows the changes between two versions of a package's public items.

mod markdown;
mod options;
mod sides;

use sdk_generator::verdict::{Change, Weight};
use sdk_generator::{Listing, Verdict};
use serde_json::json;

use crate::arguments::Format;
use crate::release::version;
use crate::report::changes::{self, Group};
use crate::report::verdict::Since;
use crate::{Failure, report};

use options::{FailOn, Layout};
pub(crate) use options::{Options, parse};
use sides::Sides;

/// Prints the changes. Fails if there are changes of the kind that the options name.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let Sides { old, version: new_version, verdict, diagnostics } = match sides::read(options)? {
        Some(sides) => sides,
        None => {
            nothing_released(options.layout);
            return Ok(());
        }
    };
    let required = required(&old, &verdict)?;
    let since = Since {
        released: &old.version,
        required: &required,
        version: (&new_version, None),
        verdict: &verdict,
        diagnostics: &diagnostics,
    };
    let text = match options.layout {
        Layout::Human => human(&since),
        Layout::Markdown => markdown::comment(&since),
        Layout::Json => format!("{}\n", since.json()),
    };
    report::print(&text)?;
    let fails = |change: &Change| match options.fail_on {
        None => false,
        Some(FailOn::Breaking) => Group::of(change.weight) == Group::Breaking,
        Some(FailOn::New) => matches!(Group::of(change.weight), Group::Breaking | Group::Added),
    };
    if verdict.changes.iter().any(fails) { Err(Failure::Found) } else { Ok(()) }
}

fn required(old: &Listing, verdict: &Verdict) -> Result<semver::Version, Failure> {
    Ok(version::required(&version::parse(&old.version, "the old version")?, verdict))
}

fn nothing_released(layout: Layout) {
    match layout {
        Layout::Human | Layout::Markdown => println!("nothing has been released yet: there is no `api.lock`"),
        Layout::Json => println!("{}", json!({ "kind": "verdict", "since": null, "changes": [] })),
    }
}

/// Lists every change below the heading of its group.
fn human(since: &Since<'_>) -> String {
    let mut lines = vec![since.summary()];
    for group in Group::ALL {
        let found = group.changes(since.verdict);
        if !found.is_empty() {
            lines.push(format!("\n{}", group.heading()));
        }
        let places = changes::places(&found, since.diagnostics);
        for (change, place) in found.iter().zip(places) {
            let (sentence, cause) = (changes::sentence(change), changes::cause(change));
            let line = format!("  {sentence}{cause}  {}", changes::place(place));
            lines.push(line.trim_end().to_owned());
        }
        lines.extend(advice(&found));
        let entries = changes::entries(&found);
        if !entries.is_empty() {
            lines.push(format!("\n  {}:", entries_heading(group)));
            lines.extend(entries.lines().map(|line| format!("    {line}")));
        }
    }
    lines.extend(changes::told(since.verdict).map(|told| format!("\n{told}; `--all` lists them")));
    if since.verdict.of(Weight::Silent).next().is_some() {
        let note = "Code that uses the items marked \"must be accepted\" compiles, and means something else.";
        lines.push(format!("\n{note}"));
    }
    lines.join("\n") + "\n"
}

/// Introduces the entries of `sdk.yaml` for the changes of a group.
fn entries_heading(group: Group) -> &'static str {
    match group {
        Group::Breaking => "to accept these changes, add to `sdk.yaml`",
        Group::Kept => "to give these names and shapes up, add to `sdk.yaml`",
        Group::Added | Group::Deprecated | Group::Noted => "to change this, add to `sdk.yaml`",
    }
}

/// Lists the help that is no entry of the configuration.
fn advice(changes: &[&Change]) -> Vec<String> {
    let advice =
        changes.iter().filter_map(|change| change.help.as_ref().filter(|help| help.entry().is_none()));
    let mut lines: Vec<String> = advice.map(|help| format!("    {help}")).collect();
    lines.dedup();
    lines
}

impl From<Format> for Layout {
    fn from(format: Format) -> Self {
        match format {
            Format::Human => Self::Human,
            Format::Json => Self::Json,
        }
    }
}
