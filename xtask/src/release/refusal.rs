//! Refuses a release, and says how to go on.

use sdk_generator::config::EditError;
use sdk_generator::disk::Comparison;
use semver::Version;
use serde_json::json;

use super::version::Bump;
use crate::Failure;
use crate::arguments::Format;

/// The reason for a refusal.
pub(super) struct Refusal {
    message: String,
    help: String,
}

impl Refusal {
    /// Prints the refusal.
    pub(super) fn report(&self, format: Format) -> Failure {
        self.report_as(format, "nothing was released")
    }

    /// Prints the refusal of a command with this outcome.
    pub(super) fn report_as(&self, format: Format, outcome: &str) -> Failure {
        let Self { message, help } = self;
        match format {
            Format::Human => eprintln!("error: {message}; {outcome}\nhelp: {help}"),
            Format::Json => println!("{}", json!({ "kind": "refused", "message": message, "help": help })),
        }
        Failure::Found
    }
}

pub(super) fn stale(comparison: &Comparison) -> Refusal {
    const SHOWN: usize = 5;
    let paths: Vec<String> =
        comparison.changes.iter().take(SHOWN).map(|change| format!("`{}`", change.path)).collect();
    let more = match comparison.changes.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Refusal {
        message: format!("the package is out of date: {}{more}", paths.join(", ")),
        help: "run `cargo xtask codegen`, review and test the changes, then release".to_owned(),
    }
}

pub(super) fn version(place: &str, says: &str) -> Refusal {
    Refusal {
        message: format!("the version in {place} is invalid (Semantic Versioning)"),
        help: format!("set `package.version` in {says} to a version such as `0.1.0`"),
    }
}

pub(super) fn first(current: &Version, says: &str) -> Refusal {
    Refusal {
        message: "`--bump` raises the version of the last release, and there is no release yet".to_owned(),
        help: format!("leave `--bump` out to release {current}, or set another `package.version` in {says}"),
    }
}

pub(super) fn lost(newest: &Version) -> Refusal {
    Refusal {
        message: format!("CHANGELOG.md lists the release {newest}, but there is no `api.lock`"),
        help:
            "restore `api.lock` from the last release; if there never was one, put the notes below a heading \
               `## Unreleased` instead of a version, or run `codegen --no-lock`"
                .to_owned(),
    }
}

pub(super) fn below(version: &Version, required: &Version, released: &Version, says: &str) -> Refusal {
    Refusal {
        message: match required == released {
            true => format!("{says} says {version}, which is below the released {released}"),
            false => format!("{says} says {version}, but the changes since {released} require {required}"),
        },
        help: below_help(required, released, says),
    }
}

fn below_help(required: &Version, released: &Version, says: &str) -> String {
    let bump = Bump::ALL.into_iter().find(|bump| bump.apply(released) == *required);
    let bump = bump.map(|bump| format!(", or use `--bump {}`", bump.name())).unwrap_or_default();
    format!("set `package.version` in {says} to {required} and run `cargo xtask codegen`{bump}")
}

pub(super) fn small(bump: Bump, version: &Version, required: &Version, released: &Version) -> Refusal {
    let enough = Bump::ALL.into_iter().find(|bump| bump.apply(released) >= *required);
    Refusal {
        message: format!(
            "`--bump {}` gives {version}, but the changes since {released} require {required}",
            bump.name()
        ),
        help: format!(
            "use `--bump {}`; `cargo xtask diff` lists the changes",
            enough.unwrap_or(Bump::Major).name()
        ),
    }
}

pub(super) fn lower(bump: Bump, version: &Version, current: &Version, says: &str) -> Refusal {
    Refusal {
        message: format!("`--bump {}` gives {version}, but {says} says {current} already", bump.name()),
        help: format!("leave `--bump` out to release {current}"),
    }
}

pub(super) fn edit(error: &EditError) -> Refusal {
    Refusal {
        message: format!("{} cannot be edited without changing more than intended", error.file),
        help: format!("{} by hand, then run `cargo xtask codegen` and release", error.edit),
    }
}
