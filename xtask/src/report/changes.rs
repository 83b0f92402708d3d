//! Shows changes to people: their sentences, and groups of changes that are alike.

use std::collections::{BTreeMap, BTreeSet};

use sdk_generator::diagnostic::Diagnostics;
use sdk_generator::diagnostic::render::{self, Place};
use sdk_generator::verdict::{Cause, Change, Help, Verdict, Weight};
use serde_json::{Value, json};

use super::markdown::inert;

/// A group of changes with a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    Breaking,
    Added,
    Deprecated,
    Kept,
    Noted,
}

impl Group {
    /// All groups in the order in which they are shown.
    pub(crate) const ALL: [Self; 5] =
        [Self::Breaking, Self::Added, Self::Deprecated, Self::Kept, Self::Noted];

    /// Returns the group of an impact.
    pub(crate) fn of(weight: Weight) -> Self {
        match weight {
            Weight::Silent | Weight::Breaking => Self::Breaking,
            Weight::Added => Self::Added,
            Weight::Deprecated => Self::Deprecated,
            Weight::Kept => Self::Kept,
            Weight::Noted => Self::Noted,
        }
    }

    /// Returns the heading, such as `Breaking`.
    pub(crate) fn heading(self) -> &'static str {
        match self {
            Self::Breaking => "Breaking",
            Self::Added => "Added",
            Self::Deprecated => "Deprecated",
            Self::Kept => "Kept",
            Self::Noted => "Noted",
        }
    }

    /// Returns the word after a number, as in `14 new`.
    fn word(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Added => "new",
            Self::Deprecated => "deprecated",
            Self::Kept => "kept",
            Self::Noted => "noted",
        }
    }

    /// Returns the changes of the group.
    pub(crate) fn changes(self, verdict: &Verdict) -> Vec<&Change> {
        verdict.changes.iter().filter(|change| Self::of(change.weight) == self).collect()
    }
}

/// Counts the changes: `2 breaking, 14 new`.
pub(crate) fn counts(verdict: &Verdict) -> String {
    let counts: Vec<String> = Group::ALL
        .into_iter()
        .map(|group| (group.changes(verdict).len(), group.word()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if counts.is_empty() { "no changes".to_owned() } else { counts.join(", ") }
}

/// Describes a change in a sentence. An operation is introduced by its method and path.
pub(crate) fn sentence(change: &Change) -> String {
    let (operation, text) = parts(change);
    operation.map_or_else(|| text.clone(), |operation| format!("{operation}: {text}"))
}

/// Describes a change in a sentence of Markdown, in which nothing but code spans is markup.
pub(crate) fn markdown(change: &Change) -> String {
    let (operation, text) = parts(change);
    let code = operation.map(|operation| format!("`{}`: ", operation.replace('`', "'")));
    inert(&format!("{}{text}", code.unwrap_or_default()))
}

/// Returns the method and path of a changed operation, and the text of the change.
fn parts(change: &Change) -> (Option<String>, String) {
    let mut words = change.at.split(' ');
    let is_method = |word: &&str| !word.is_empty() && word.chars().all(|char| char.is_ascii_uppercase());
    let operation = words.next().filter(is_method).zip(words.next());
    let unaccepted = if change.weight == Weight::Silent { " (must be accepted)" } else { "" };
    let operation = operation.map(|(method, path)| format!("{method} {path}"));
    (operation, format!("{}{unaccepted}", change.text))
}

/// Formats the place of a change in the description.
pub(crate) fn place(place: Option<Place<'_>>) -> String {
    place
        .map(|Place { file, position }| format!("{file}:{}:{}", position.line, position.column))
        .unwrap_or_default()
}

/// Finds the places of changes in the sources of `diagnostics`.
pub(crate) fn places<'a>(changes: &[&'a Change], diagnostics: &'a Diagnostics) -> Vec<Option<Place<'a>>> {
    render::places(changes.iter().map(|change| change.origin.as_ref()), diagnostics)
}

/// Describes each change for programs.
pub(crate) fn records(verdict: &Verdict, diagnostics: &Diagnostics) -> Vec<Value> {
    let changes: Vec<&Change> = verdict.changes.iter().collect();
    let places = places(&changes, diagnostics);
    let record = |(change, place): (&&Change, Option<Place<'_>>)| {
        let position = place.map(|place| place.position);
        json!({
            "weight": change.weight.as_str(),
            "at": change.at,
            "text": change.text,
            "help": change.help.as_ref().map(Help::to_string),
            "cause": change.cause.as_str(),
            "file": place.map(|place| place.file),
            "line": position.map(|position| position.line),
            "column": position.map(|position| position.column),
        })
    };
    changes.iter().zip(places).map(record).collect()
}

/// A change to show, and the number of others like it that are not shown.
pub(crate) struct Sample<'a> {
    pub(crate) change: &'a Change,
    pub(crate) others: usize,
}

/// Says how many changes a sample stands for.
pub(crate) fn others(sample: &Sample<'_>) -> String {
    match sample.others {
        0 => String::new(),
        count => format!(" (and {count} more like this)"),
    }
}

/// Selects the help to show with each change: the entry that accepts a change, and the first of each other kind in the
/// list.
pub(crate) fn helps<'a>(changes: &[&'a Change]) -> Vec<Option<&'a Help>> {
    let mut seen = BTreeSet::new();
    let shown = |change: &&'a Change| {
        let help = change.help.as_ref()?;
        (change.weight == Weight::Silent || seen.insert(help.purpose())).then_some(help)
    };
    changes.iter().map(shown).collect()
}

/// Lays out the entries of `sdk.yaml` that change the outcome of changes; empty if there are none.
pub(crate) fn entries(changes: &[&Change]) -> String {
    Help::entries(changes.iter().filter_map(|change| change.help.as_ref()))
}

/// Says that a change comes from the generator.
pub(crate) fn cause(change: &Change) -> &'static str {
    match change.cause {
        Cause::Generator => " (by the generator)",
        Cause::Description | Cause::Unknown => "",
    }
}

/// Says how many names and shapes are kept as in the last release, unless there are none.
pub(crate) fn told(verdict: &Verdict) -> Option<String> {
    match verdict.told.len() {
        0 => None,
        1 => Some("1 name or shape is kept as in the last release".to_owned()),
        count => Some(format!("{count} names and shapes are kept as in the last release")),
    }
}

/// More changes of one kind than these are shown by one of them.
const ALIKE: usize = 3;

/// Selects changes to show on at most `lines` lines, in order. If there are more changes than lines, or more than a few
/// kept ones of a kind, one of them stands for all. Changes beyond the last line are left out, the least severe first.
pub(crate) fn samples<'a>(changes: &[&'a Change], lines: usize) -> Vec<Sample<'a>> {
    let is_long = changes.len() > lines;
    let mut kinds: BTreeMap<(Weight, String), Vec<&Change>> = BTreeMap::new();
    for change in changes {
        kinds.entry((change.weight, kind(&change.text))).or_default().push(change);
    }
    let mut samples = Vec::new();
    for change in changes {
        let alike = &kinds[&(change.weight, kind(&change.text))];
        let is_quiet = matches!(change.weight, Weight::Kept | Weight::Noted);
        if alike.len() <= ALIKE || !(is_long || is_quiet) {
            samples.push(Sample { change, others: 0 });
        } else if std::ptr::eq(alike[0], *change) {
            samples.push(Sample { change, others: alike.len() - 1 });
        }
    }
    samples.truncate(lines);
    samples
}

/// Returns the text without the names in it.
fn kind(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join("…")
}

#[cfg(test)]
mod tests {
    use sdk_generator::verdict::{Change, Help, Purpose, Weight};

    use super::{entries, helps, markdown, samples, sentence};

    fn change(weight: Weight, at: &str, text: &str) -> Change {
        Change::new(weight, at, text)
    }

    /// Shows the changes as texts, each with the number of others like it.
    fn shown(changes: &[Change], lines: usize) -> Vec<(&str, usize)> {
        let changes: Vec<&Change> = changes.iter().collect();
        samples(&changes, lines).iter().map(|sample| (sample.change.text.as_str(), sample.others)).collect()
    }

    #[test]
    fn few_changes_are_all_shown() {
        let changes = [("A", "`A` is gone"), ("B", "`B` is gone"), ("C", "`C` is now `D`")]
            .map(|(at, text)| change(Weight::Breaking, at, text));
        assert_eq!(shown(&changes, 9), [("`A` is gone", 0), ("`B` is gone", 0), ("`C` is now `D`", 0)]);
    }

    #[test]
    fn changes_that_are_alike_are_shown_by_one_of_them() {
        let gone = |weight, count| (0..count).map(move |at| change(weight, "", &format!("`{at}` is gone")));
        let mut changes: Vec<Change> = gone(Weight::Breaking, 4).collect();
        changes.push(change(Weight::Breaking, "", "`x` is now `y`"));
        changes.extend(gone(Weight::Kept, 40));
        assert_eq!(shown(&changes, 9), [("`0` is gone", 3), ("`x` is now `y`", 0), ("`0` is gone", 39)]);
        assert_eq!(shown(&changes, 1), [("`0` is gone", 3)]);
        let kept: Vec<Change> = gone(Weight::Kept, 4).collect();
        assert_eq!(shown(&kept, 9), [("`0` is gone", 3)]);
    }

    fn named(purpose: Purpose, section: &'static str, key: &str, name: Option<&str>) -> Change {
        let (key, name) = (key.to_owned(), name.map(str::to_owned));
        helped(Weight::Kept, Help::Name { purpose, section, key, name })
    }

    fn helped(weight: Weight, help: Help) -> Change {
        Change { help: Some(help), ..change(weight, "", "") }
    }

    fn accepting(change: &str) -> Change {
        helped(Weight::Silent, Help::Accept { at: "A".to_owned(), change: change.to_owned() })
    }

    #[test]
    fn the_first_help_of_a_kind_is_shown_and_each_that_accepts_a_change() {
        let changes = [
            accepting("a"),
            accepting("b"),
            helped(Weight::Kept, Help::Tighten("a".to_owned())),
            helped(Weight::Kept, Help::Tighten("b".to_owned())),
            named(Purpose::Move, "operations", "a", Some("b.c")),
            change(Weight::Kept, "", ""),
        ];
        let shown: Vec<bool> =
            helps(&changes.iter().collect::<Vec<_>>()).iter().map(Option::is_some).collect();
        assert_eq!(shown, [true, true, true, false, true, false]);
    }

    #[test]
    fn entries_of_many_changes_are_one_text() {
        let changes = [
            named(Purpose::Adopt, "types", "/a\"b", Some("B")),
            helped(Weight::Kept, Help::Tighten("A.b".to_owned())),
            named(Purpose::Move, "operations", "a", Some("b.c")),
            named(Purpose::Choose, "types", "/c", None),
            named(Purpose::Adopt, "operations", "a", Some("c")),
            named(Purpose::Move, "operations", "a", Some("b.c")),
            helped(Weight::Kept, Help::Advice("wait".to_owned())),
            accepting("`a` means `b`"),
            helped(Weight::Kept, Help::Tighten("A.c".to_owned())),
        ];
        let text = "names:\n  types:\n    \"/a\\\"b\": B\n    # \"/c\": …\n  operations:\n    \"a\": b.c\n    # \"a\": c\n\
                    accept:\n  - { at: 'A', change: '`a` means `b`', reason: … }\ntighten:\n  - \"A.b\"\n  - \"A.c\"\n";
        assert_eq!(entries(&changes.iter().collect::<Vec<_>>()), text);
        assert_eq!(entries(&[&changes[6]]), "");
    }

    #[test]
    fn an_operation_is_introduced_by_its_request() {
        let gone = change(Weight::Breaking, "POST /ai/ask query:a", "`ai().ask` no longer takes `a`");
        assert_eq!(sentence(&gone), "POST /ai/ask: `ai().ask` no longer takes `a`");
        assert_eq!(markdown(&gone), "`POST /ai/ask`: `ai().ask` no longer takes `a`");
        let link = change(Weight::Added, "GET /https://a.b/`www.a.b`", "`a().b` <b>");
        assert_eq!(markdown(&link), "`GET /https://a.b/'www.a.b'`: `a().b` &lt;b>");
        let meaning = change(Weight::Silent, "Thing.a", "`Thing.a` means `b`");
        assert_eq!(sentence(&meaning), "`Thing.a` means `b` (must be accepted)");
        let feature = change(Weight::Added, "feature files", "the feature `files`");
        assert_eq!(sentence(&feature), "the feature `files`");
    }
}
