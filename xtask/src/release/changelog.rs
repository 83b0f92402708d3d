//! Writes the section of a release on top of the changelog. Everything else in it belongs to people.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};
use sdk_generator::verdict::Change;
use semver::Version;

use super::Release;
use crate::report::changes::{self, Group};
use crate::report::markdown::inert;

/// The name of the changelog, which lies beside the manifest.
pub(super) const NAME: &str = "CHANGELOG.md";

/// The opening of a new changelog.
const OPENING: &str =
    "# Changelog\n\nVersions follow [Semantic Versioning](https://semver.org/spec/v2.0.0.html).\n";

/// The section of a release, as far as the changes give it.
pub(super) struct Section {
    version: String,
    date: String,
    /// A sentence for a section that says nothing else.
    remark: Option<&'static str>,
    /// The headings of groups, each with its lines.
    groups: Vec<(&'static str, Vec<String>)>,
}

impl Section {
    /// Describes a release. Names and shapes that were kept are not in it: they are as they were for users.
    pub(super) fn new(release: &Release, date: &str) -> Self {
        let Release { released, version, verdict } = release;
        let remark = match released {
            None => Some("The first release."),
            Some(_) if !verdict.has_changes() => Some("Nothing that code can name has changed."),
            Some(_) => None,
        };
        let groups = Group::ALL.into_iter().filter(|group| *group != Group::Kept);
        let groups = groups.map(|group| (group.heading(), lines(group, &group.changes(verdict))));
        Self {
            version: version.to_string(),
            date: date.to_owned(),
            remark,
            groups: groups.filter(|(_, lines)| !lines.is_empty()).collect(),
        }
    }
}

/// Returns the changelog with the section of a release. A section of that version that people wrote gets the lines that
/// it lacks. Otherwise the notes on unreleased changes become the section, else a new one stands above those of earlier
/// releases.
pub(super) fn with(text: Option<&str>, section: &Section) -> String {
    let text = text.unwrap_or(OPENING);
    let is_crlf = text.contains("\r\n");
    let mut text = text.replace("\r\n", "\n");
    if own(&text, section).is_none() {
        let at = place(&text);
        put(&mut text, at, "\n\n", &format!("## {} - {}\n", section.version, section.date));
    }
    if let Some(remark) = section.remark
        && own(&text, section).is_some_and(|part| text[part.body].trim().is_empty())
    {
        insert(&mut text, |text| own(text, section), &format!("{remark}\n"));
    }
    for (heading, lines) in &section.groups {
        add_group(&mut text, section, heading, lines);
    }
    if is_crlf { text.replace('\n', "\r\n") } else { text }
}

/// Adds the lines of a group that the section lacks, below the heading of the group.
fn add_group(text: &mut String, section: &Section, heading: &str, lines: &[String]) {
    let written = own(text, section).map(|part| &text[part.body]).unwrap_or_default();
    let is_written = |item: &String| written.lines().any(|line| line.trim_end() == item);
    let missing = lines.iter().map(|line| format!("- {line}")).filter(|item| !is_written(item));
    let missing: String = missing.map(|item| item + "\n").collect();
    if missing.is_empty() {
        return;
    }
    let group = |text: &str| {
        let section = own(text, section)?;
        let inner = parts(text).into_iter().filter(|part| part.level > section.level);
        let mut inner = inner.filter(|part| section.body.contains(&part.start));
        inner.find(|part| part.heading.eq_ignore_ascii_case(heading))
    };
    if group(text).is_none() {
        insert(text, |text| own(text, section), &format!("### {heading}\n"));
    }
    insert(text, group, &missing);
}

/// Inserts lines at the end of a part of the changelog, above link definitions.
fn insert(text: &mut String, part: impl Fn(&str) -> Option<Part>, lines: &str) {
    let Some(part) = part(text) else { return };
    let mut end = part.body.start;
    let mut at = end;
    let mut last = "";
    for line in text[part.body.clone()].split_inclusive('\n') {
        at += line.len();
        let is_definition = line.starts_with('[') && line.contains("]: ");
        if !line.trim().is_empty() && !is_definition {
            (end, last) = (at, line);
        }
    }
    let continues = lines.starts_with("- ") && (last.starts_with("- ") || last.starts_with(' '));
    put(text, end, if continues { "\n" } else { "\n\n" }, lines);
}

/// Puts lines at a place, below a gap and above a blank line.
fn put(text: &mut String, at: usize, gap: &str, lines: &str) {
    let (above, below) = text.split_at(at);
    let (above, below) = (above.trim_end_matches('\n'), below.trim_start_matches('\n'));
    let gap = if above.is_empty() { "" } else { gap };
    let blank = if below.is_empty() { "" } else { "\n" };
    *text = format!("{above}{gap}{lines}{blank}{below}");
}

/// A heading, and the text below it up to the next one of its level.
#[derive(Debug)]
struct Part {
    level: HeadingLevel,
    heading: String,
    /// The place of the heading.
    start: usize,
    body: Range<usize>,
}

/// Returns the part of a release of this version.
fn own(text: &str, section: &Section) -> Option<Part> {
    let parts = parts(text).into_iter().filter(|part| part.level <= HeadingLevel::H2);
    parts.into_iter().find(|part| heading_version(&part.heading) == section.version)
}

/// Returns the place of a new section: below the heading of unreleased changes, else above the sections of releases.
fn place(text: &str) -> usize {
    let first = parts(text).into_iter().find(|part| part.level == HeadingLevel::H2);
    match first {
        Some(first) if first.heading.to_lowercase().contains("unreleased") => first.body.start,
        Some(first) => first.start,
        None => text.len(),
    }
}

/// Finds the headings of a text. Lines of code blocks are not headings.
fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (event, range) in Parser::new(text).into_offset_iter() {
        if let Event::Start(Tag::Heading { level, .. }) = event {
            let open = parts.iter_mut().filter(|part| part.level >= level && part.body.end == text.len());
            open.for_each(|part| part.body.end = range.start);
            let heading = text[range.clone()].lines().next().unwrap_or_default();
            let heading = heading.trim_matches(['#', ' ']).to_owned();
            parts.push(Part { level, heading, start: range.start, body: range.end..text.len() });
        }
    }
    parts
}

/// Returns the version of the first section that belongs to a release.
pub(super) fn newest(text: &str) -> Option<Version> {
    let sections = parts(text).into_iter().filter(|part| part.level <= HeadingLevel::H2);
    sections.into_iter().find_map(|part| Version::parse(heading_version(&part.heading)).ok())
}

/// Returns the version that a heading such as `[1.2.3] - 2025-01-31` names.
fn heading_version(heading: &str) -> &str {
    let word = heading.split_whitespace().next().unwrap_or_default();
    word.trim_start_matches(['[', 'v']).split(']').next().unwrap_or_default()
}

/// Describes the changes of a group, a line each. New types share a line, and so do kept names of a kind.
fn lines(group: Group, found: &[&Change]) -> Vec<String> {
    const TYPE: &str = "the type ";
    let is_type = |change: &Change| group == Group::Added && change.text.starts_with(TYPE);
    let (types, others): (Vec<&Change>, Vec<&Change>) = found.iter().partition(|change| is_type(change));
    let mut lines: Vec<String> = changes::samples(&others, usize::MAX)
        .iter()
        .map(|sample| format!("{}{}", changes::markdown(sample.change), changes::others(sample)))
        .collect();
    let names: Vec<&str> = types.iter().filter_map(|change| change.text.strip_prefix(TYPE)).collect();
    match names.as_slice() {
        [] => {}
        [name] => lines.push(inert(&format!("{TYPE}{name}"))),
        names => lines.push(inert(&format!("the types {}", names.join(", ")))),
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Section, with};

    fn section(remark: Option<&'static str>) -> Section {
        let groups = match remark {
            Some(_) => Vec::new(),
            None => vec![
                ("Breaking", vec!["`a` is gone".to_owned()]),
                ("Added", vec!["`b`".to_owned(), "`c`".to_owned()]),
            ],
        };
        Section { version: "0.2.0".to_owned(), date: "2025-01-31".to_owned(), remark, groups }
    }

    /// Checks the changelog after a release, and that a repeated release leaves it as it is.
    #[track_caller]
    fn check(section: &Section, before: &str, after: &str) {
        assert_eq!(with(Some(before), section), after);
        assert_eq!(with(Some(after), section), after);
    }

    #[test]
    fn a_section_stands_above_those_of_earlier_releases() {
        let new = section(Some("New."));
        check(
            &new,
            "# Changes\n\nOurs.\n\n## [0.1.0]\n\nOld.\n",
            "# Changes\n\nOurs.\n\n## 0.2.0 - 2025-01-31\n\nNew.\n\n## [0.1.0]\n\nOld.\n",
        );
        check(&new, "# Changes", "# Changes\n\n## 0.2.0 - 2025-01-31\n\nNew.\n");
        check(&new, "", "## 0.2.0 - 2025-01-31\n\nNew.\n");
        check(
            &new,
            "```\n## 0.2.0\n```\n\n## 0.2.0-rc.1\n",
            "```\n## 0.2.0\n```\n\n## 0.2.0 - 2025-01-31\n\nNew.\n\n## 0.2.0-rc.1\n",
        );
        let lines = "### Breaking\n\n- `a` is gone\n\n### Added\n\n- `b`\n- `c`\n";
        check(&section(None), "## 0.1.0\n", &format!("## 0.2.0 - 2025-01-31\n\n{lines}\n## 0.1.0\n"));
    }

    #[test]
    fn notes_on_unreleased_changes_become_the_section() {
        check(
            &section(Some("New.")),
            "## [Unreleased]\r\n\r\n- Mine.\r\n\r\n## v0.1.0 (2024)\r\n",
            "## [Unreleased]\r\n\r\n## 0.2.0 - 2025-01-31\r\n\r\n- Mine.\r\n\r\n## v0.1.0 (2024)\r\n",
        );
        check(
            &section(None),
            "## Unreleased\n### Added\n- Mine.\n\n[x]: https://a.b\n",
            "## Unreleased\n\n## 0.2.0 - 2025-01-31\n\n### Added\n- Mine.\n- `b`\n- `c`\n\n### Breaking\n\n\
             - `a` is gone\n\n[x]: https://a.b\n",
        );
        check(
            &section(Some("New.")),
            "## Unreleased\n\n## 0.1.0\n",
            "## Unreleased\n\n## 0.2.0 - 2025-01-31\n\nNew.\n\n## 0.1.0\n",
        );
    }

    #[test]
    fn a_section_that_people_wrote_gets_the_missing_lines() {
        for heading in ["## 0.2.0", "## [0.2.0] - 2025-01-01", "## v0.2.0 (soon)", "0.2.0\n-----"] {
            let mine = format!("# A\n\n## Unreleased\n\n- Soon.\n\n{heading}\n\nMine.\n");
            check(&section(Some("New.")), &mine, &mine);
            check(
                &section(None),
                &format!("{mine}\n### added\n\n- Ours,\n  all.\n- `c`\n\n## 0.1.0\n\n### Added\n\n- `b`\n"),
                &format!(
                    "{mine}\n### added\n\n- Ours,\n  all.\n- `c`\n- `b`\n\n### Breaking\n\n- `a` is gone\n\n## 0.1.0\n\n\
                     ### Added\n\n- `b`\n"
                ),
            );
        }
        check(
            &section(None),
            "## 0.2.0",
            "## 0.2.0\n\n### Breaking\n\n- `a` is gone\n\n### Added\n\n- `b`\n- `c`\n",
        );
    }
}
