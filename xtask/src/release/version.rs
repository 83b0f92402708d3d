//! Computes versions: the smallest one that changes allow, and the one that a bump gives.

use sdk_generator::verdict::{Step, Verdict};
use semver::{BuildMetadata, Prerelease, Version};

use crate::Failure;

/// A part of the version to raise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bump {
    Major,
    Minor,
    Patch,
}

impl Bump {
    /// All parts, the smallest first.
    pub(crate) const ALL: [Self; 3] = [Self::Patch, Self::Minor, Self::Major];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Patch => "patch",
        }
    }

    /// Raises a version. A pre-release of the result is raised to the result.
    pub(crate) fn apply(self, version: &Version) -> Version {
        let Version { major, minor, patch, .. } = *version;
        let is_prerelease = !version.pre.is_empty();
        match self {
            Self::Major if is_prerelease && minor == 0 && patch == 0 => core(version),
            Self::Minor if is_prerelease && patch == 0 => core(version),
            Self::Patch if is_prerelease => core(version),
            Self::Major => Version::new(major + 1, 0, 0),
            Self::Minor => Version::new(major, minor + 1, 0),
            Self::Patch => Version::new(major, minor, patch + 1),
        }
    }
}

/// Parses a version. `place` says where it comes from.
pub(crate) fn parse(version: &str, place: &str) -> Result<Version, Failure> {
    let parsed = Version::parse(version);
    parsed.map_err(|error| Failure::Stopped(format!("{place}: invalid version `{version}`: {error}")))
}

/// Returns the smallest version that the changes since a release allow: that of the release if nothing changed. Below
/// 1.0 a breaking change takes a minor step, and any other a patch. A pre-release that prepares such a step is raised to
/// the version that it prepares.
pub(crate) fn required(released: &Version, verdict: &Verdict) -> Version {
    if !verdict.has_changes() {
        return released.clone();
    }
    let bump = match (verdict.step(), released.major > 0) {
        (Step::Major, true) => Bump::Major,
        (Step::Major, false) | (Step::Minor, true) => Bump::Minor,
        (Step::Minor, false) | (Step::Patch, _) => Bump::Patch,
    };
    bump.apply(released)
}

/// Returns `true` if a version is too low for a release. A pre-release of the required version is not.
pub(crate) fn is_below(version: &Version, required: &Version, released: &Version) -> bool {
    version < released || (required > released && (core(version) < core(required) || version == released))
}

/// Returns the version without its pre-release and build metadata.
fn core(version: &Version) -> Version {
    Version { pre: Prerelease::EMPTY, build: BuildMetadata::EMPTY, ..version.clone() }
}

#[cfg(test)]
mod tests {
    use sdk_generator::verdict::{Change, Verdict, Weight};
    use semver::Version;

    use super::{Bump, is_below, required};

    fn version(text: &str) -> Version {
        Version::parse(text).expect("a version")
    }

    #[test]
    fn steps_follow_semantic_versioning() {
        for (released, weight, expected) in [
            ("1.2.3", Weight::Breaking, "2.0.0"),
            ("1.2.3", Weight::Added, "1.3.0"),
            ("1.2.3", Weight::Noted, "1.2.4"),
            ("1.2.3", Weight::Kept, "1.2.3"),
            ("0.3.1", Weight::Silent, "0.4.0"),
            ("0.3.1", Weight::Deprecated, "0.3.2"),
            ("2.0.0-rc.1", Weight::Breaking, "2.0.0"),
            ("2.1.0-rc.1", Weight::Added, "2.1.0"),
            ("1.3.0-rc.1", Weight::Breaking, "2.0.0"),
            ("1.3.0-rc.1", Weight::Added, "1.3.0"),
            ("1.3.1-rc.1", Weight::Added, "1.4.0"),
            ("1.3.1-rc.1", Weight::Noted, "1.3.1"),
            ("0.3.0-rc.1", Weight::Breaking, "0.3.0"),
            ("0.3.1-rc.1", Weight::Breaking, "0.4.0"),
            ("0.3.1-rc.1", Weight::Added, "0.3.1"),
        ] {
            let change = Change::new(weight, "", "");
            let mut verdict = Verdict::default();
            verdict.extend([change]);
            assert_eq!(required(&version(released), &verdict), version(expected), "{released} {weight:?}");
        }
    }

    #[test]
    fn versions_are_compared_with_the_required_one() {
        for (chosen, needed, released, expected) in [
            ("0.3.1", "0.4.0", "0.3.1", true),
            ("0.3.2", "0.4.0", "0.3.1", true),
            ("0.4.0", "0.4.0", "0.3.1", false),
            ("0.4.0-rc.1", "0.4.0", "0.3.1", false),
            ("1.0.0", "0.4.0", "0.3.1", false),
            ("0.3.1", "0.3.1", "0.3.1", false),
            ("0.3.0", "0.3.1", "0.3.1", true),
            ("1.0.0-rc.1", "1.0.0", "1.0.0-rc.1", true),
            ("1.0.0-rc.2", "1.0.0", "1.0.0-rc.1", false),
            ("1.3.0-rc.2", "2.0.0", "1.3.0-rc.1", true),
            ("1.3.0", "2.0.0", "1.3.0-rc.1", true),
            ("2.0.0-rc.1", "2.0.0", "1.3.0-rc.1", false),
        ] {
            let found = is_below(&version(chosen), &version(needed), &version(released));
            assert_eq!(found, expected, "{chosen} {needed} {released}");
        }
    }

    #[test]
    fn bumps_raise_one_part() {
        for (released, bump, expected) in [
            ("0.3.1", Bump::Major, "1.0.0"),
            ("1.3.1", Bump::Minor, "1.4.0"),
            ("1.3.1", Bump::Patch, "1.3.2"),
            ("1.4.0-rc.1", Bump::Minor, "1.4.0"),
            ("1.4.1-rc.1", Bump::Minor, "1.5.0"),
            ("2.0.0-rc.1", Bump::Major, "2.0.0"),
        ] {
            assert_eq!(bump.apply(&version(released)), version(expected));
        }
    }
}
