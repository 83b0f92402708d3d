//! Writes the section of a release on top of the changelog. Everything else in it belongs to people.

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

/// Writes the section of a release. Names and shapes that were kept are not in it: they are as they were for users.
pub(super) fn section(release: &Release, date: &str) -> String {
    let Release { released, version, verdict } = release;
    let mut text = format!("## {version} - {date}\n");
    if released.is_none() {
        text.push_str("\nThe first release.\n");
    } else if !verdict.has_changes() {
        text.push_str("\nNothing that code can name has changed.\n");
    }
    for group in Group::ALL.into_iter().filter(|group| *group != Group::Kept) {
        let lines = lines(group, &group.changes(verdict));
        if !lines.is_empty() {
            text.push_str(&format!("\n### {}\n\n", group.heading()));
            lines.iter().for_each(|line| text.push_str(&format!("- {line}\n")));
        }
    }
    text
}

/// Returns the changelog with a new section above those of earlier releases, or `None` if it has a section for the
/// version already. Notes on unreleased changes stay on top.
pub(super) fn with(text: Option<&str>, version: &str, section: &str) -> Option<String> {
    let Some(text) = text else { return Some(format!("{OPENING}\n{section}")) };
    let mut start = text.len();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(heading) = line.strip_prefix("## ") {
            if heading_version(heading) == version {
                return None;
            }
            if start == text.len() && !heading.to_lowercase().contains("unreleased") {
                start = at;
            }
        }
        at += line.len();
    }
    let is_last = start == text.len();
    let (above, below) = text.split_at(start);
    let gap = match above {
        "" => "",
        above if above.ends_with("\n\n") || above.ends_with("\n\r\n") => "",
        above if above.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let section = format!("{gap}{section}{}", if is_last { "" } else { "\n" });
    let section = if text.contains("\r\n") { section.replace('\n', "\r\n") } else { section };
    Some(format!("{above}{section}{below}"))
}

/// Returns the version of the first section that belongs to a release.
pub(super) fn newest(text: &str) -> Option<Version> {
    text.lines()
        .filter_map(|line| line.strip_prefix("## "))
        .find_map(|heading| Version::parse(heading_version(heading)).ok())
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
    use super::with;

    #[track_caller]
    fn check(before: &str, after: &str) {
        let text = with(Some(before), "0.2.0", "## 0.2.0 - 2025-01-31\n\nNew.\n");
        assert_eq!(text.as_deref(), Some(after));
        assert_eq!(with(Some(after), "0.2.0", "## 0.2.0\n"), None);
    }

    #[test]
    fn a_section_stands_above_those_of_earlier_releases() {
        check(
            "# Changes\n\nOurs.\n\n## [0.1.0]\n\nOld.\n",
            "# Changes\n\nOurs.\n\n## 0.2.0 - 2025-01-31\n\nNew.\n\n## [0.1.0]\n\nOld.\n",
        );
        check(
            "## [Unreleased]\r\n\r\n- Mine.\r\n\r\n## v0.1.0 (2024)\r\n",
            "## [Unreleased]\r\n\r\n- Mine.\r\n\r\n## 0.2.0 - 2025-01-31\r\n\r\nNew.\r\n\r\n## v0.1.0 (2024)\r\n",
        );
        check("# Changes", "# Changes\n\n## 0.2.0 - 2025-01-31\n\nNew.\n");
        check("", "## 0.2.0 - 2025-01-31\n\nNew.\n");
        check("## 0.2.0-rc.1\n", "## 0.2.0 - 2025-01-31\n\nNew.\n\n## 0.2.0-rc.1\n");
    }

    #[test]
    fn a_section_of_the_version_stays() {
        for heading in ["## 0.2.0", "## [0.2.0] - 2025-01-01", "## v0.2.0 (soon)"] {
            assert_eq!(with(Some(&format!("# A\n\n{heading}\n\nMine.\n")), "0.2.0", "## 0.2.0\n"), None);
        }
    }
}
