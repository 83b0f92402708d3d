//! Reads the lock of a package, and reports what a release would change for its users.

use std::path::Path;

use sdk_generator::Listing;
use sdk_generator::verdict::{Step, Verdict, Weight};
use semver::Version;
use serde_json::json;

use crate::Failure;
use crate::arguments::Format;

/// The name of the lock, which lies beside the manifest.
const LOCK: &str = "api.lock";

/// Reads the lock of the package in a folder, if it has one.
pub(crate) fn read_lock(folder: &Path) -> Result<Option<Listing>, Failure> {
    let path = folder.join(LOCK);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(Failure::Stopped(format!("cannot read {}: {error}", path.display())));
        }
    };
    let lock = Listing::parse(&text).map_err(|error| {
        Failure::Stopped(format!(
            "{}:{}: {}; restore the file from the last release, or use `--no-lock`",
            path.display(),
            error.line,
            error.message
        ))
    })?;
    Ok(Some(lock))
}

/// Prints what changes since the release that the lock describes, and the version that the changes require.
pub(crate) fn report(lock: &Listing, verdict: &Verdict, version: &str, format: Format) {
    let required = required(&lock.version, verdict.step());
    match format {
        Format::Human => human(lock, verdict, version, required.as_ref()),
        Format::Json => {
            let changes = verdict.changes.iter().map(
                |change| json!({ "weight": change.weight.as_str(), "at": change.at, "text": change.text }),
            );
            let required = required.map(|version| version.to_string());
            println!(
                "{}",
                json!({ "since": lock.version, "requires": required, "changes": changes.collect::<Vec<_>>() })
            );
        }
    }
}

fn human(lock: &Listing, verdict: &Verdict, version: &str, required: Option<&Version>) {
    let count = |weight| verdict.of(weight).count();
    let counts = [
        (count(Weight::Breaking), "breaking"),
        (count(Weight::Added), "new"),
        (count(Weight::Deprecated), "deprecated"),
        (count(Weight::Kept), "kept"),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let counts = if counts.is_empty() { "no changes".to_owned() } else { counts.join(", ") };
    let required = required.map(|required| format!(" → {required}")).unwrap_or_default();
    println!("since {}: {counts}{required} (sdk.yaml says {version})", lock.version);
    for change in verdict.changes.iter().filter(|change| change.weight != Weight::Added) {
        println!("{:<10} {}: {}", change.weight.as_str(), change.at, change.text);
    }
}

/// The smallest version that a step allows. Below 1.0 a breaking change takes a minor step, and any other a patch.
fn required(released: &str, step: Step) -> Option<Version> {
    let Version { major, minor, patch, .. } = Version::parse(released).ok()?;
    let is_stable = major > 0;
    Some(match step {
        Step::Major if is_stable => Version::new(major + 1, 0, 0),
        Step::Minor if is_stable => Version::new(major, minor + 1, 0),
        Step::Major => Version::new(major, minor + 1, 0),
        Step::Minor | Step::Patch => Version::new(major, minor, patch + 1),
    })
}

#[cfg(test)]
mod tests {
    use sdk_generator::verdict::Step;

    use super::required;

    #[test]
    fn steps_follow_semantic_versioning() {
        for (released, step, expected) in [
            ("1.2.3", Step::Major, "2.0.0"),
            ("1.2.3", Step::Minor, "1.3.0"),
            ("1.2.3", Step::Patch, "1.2.4"),
            ("0.3.1", Step::Major, "0.4.0"),
            ("0.3.1", Step::Minor, "0.3.2"),
        ] {
            assert_eq!(
                required(released, step).map(|version| version.to_string()).as_deref(),
                Some(expected)
            );
        }
        assert_eq!(required("next", Step::Patch), None);
    }
}
