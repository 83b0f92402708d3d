//! Lays out changes as Markdown, for a comment on a pull request.

use std::fmt::Write;

use sdk_generator::diagnostic::render::Place;
use sdk_generator::verdict::{Change, Weight};

use super::entries_heading;
use crate::report::changes::{self, Group};
use crate::report::markdown::inert;
use crate::report::verdict::Since;

/// A group with more changes than these is folded.
const FOLDED: usize = 10;
/// The size that a comment must not exceed, in bytes. GitHub accepts 65,536 characters.
const MOST: usize = 60_000;

/// Lays out the changes: a headline, then a list for each group. Long lists are folded.
pub(super) fn comment(since: &Since<'_>) -> String {
    let mut text = format!("### Changes for users {}\n", inert(&since.summary()));
    for group in Group::ALL {
        let found = group.changes(since.verdict);
        if found.is_empty() {
            continue;
        }
        let is_folded = found.len() > FOLDED;
        // Writing to a `String` cannot fail.
        let _ = match is_folded {
            true => {
                write!(text, "\n<details><summary><b>{}</b> ({})</summary>\n\n", group.heading(), found.len())
            }
            false => write!(text, "\n**{}**\n\n", group.heading()),
        };
        let places = changes::places(&found, since.diagnostics);
        for (index, (change, place)) in found.iter().zip(places).enumerate() {
            let line = item(change, place);
            if text.len() + line.len() > MOST {
                let _ = writeln!(text, "- and {} more", found.len() - index);
                break;
            }
            text.push_str(&line);
        }
        if is_folded {
            text.push_str("\n</details>\n");
        }
        let entries = entries(group, &found);
        if text.len() + entries.len() <= MOST {
            text.push_str(&entries);
        }
    }
    if let Some(told) = changes::told(since.verdict) {
        let _ = writeln!(text, "\n{told}.");
    }
    if since.verdict.of(Weight::Silent).next().is_some() {
        text.push_str(
            "\nCode that uses the items marked \"must be accepted\" compiles, and means something else.\n",
        );
    }
    text
}

/// Lays out the entries of `sdk.yaml` for the changes of a group, folded.
fn entries(group: Group, found: &[&Change]) -> String {
    let entries = changes::entries(found);
    if entries.is_empty() {
        return entries;
    }
    let mut fence = "```".to_owned();
    while entries.contains(&fence) {
        fence.push('`');
    }
    let heading = inert(entries_heading(group));
    format!("\n<details><summary>{heading}</summary>\n\n{fence}yaml\n{entries}{fence}\n\n</details>\n")
}

fn item(change: &Change, place: Option<Place<'_>>) -> String {
    let place = changes::place(place);
    let place = if place.is_empty() { place } else { format!(" (`{}`)", place.replace('`', "'")) };
    format!("- {}{}{place}\n", changes::markdown(change), changes::cause(change))
}
