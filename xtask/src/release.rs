//! `cargo xtask release`: writes the version, the section of the changelog, and the lock of a release.

mod changelog;
mod date;
mod options;
mod refusal;

pub(crate) mod lock;
pub(crate) mod version;

use std::path::Path;

use sdk_generator::disk::{Comparison, Losses};
use sdk_generator::listing::print_kept;
use sdk_generator::{Generated, Listing, Source, Verdict, disk};
use semver::Version;
use serde_json::json;

use crate::arguments::{Format, Selection};
use crate::input::Inputs;
use crate::report::changes;
use crate::{Failure, report, workspace};

pub(crate) use options::{Options, parse};
use refusal::Refusal;
use version::Bump;

/// A release of the package, before anything is written.
struct Release {
    /// The version of the last release; `None` for the first one.
    released: Option<Version>,
    version: Version,
    verdict: Verdict,
}

/// Refuses to go on without a lock if the changelog lists a release, whose names and shapes would change unseen.
pub(crate) fn refuse_lost_lock(folder: &Path, format: Format, outcome: &str) -> Result<(), Failure> {
    let changelog = workspace::read(&folder.join(changelog::NAME))?;
    match changelog.as_deref().and_then(changelog::newest) {
        Some(newest) => Err(refusal::lost(&newest).report_as(format, outcome)),
        None => Ok(()),
    }
}

/// Makes a release, or refuses it and says how to go on.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let selection = Selection::Config { path: options.config.clone(), spec_dir: options.spec_dir.clone() };
    let stopped = |stopped| report::stopped(stopped, options.format, "nothing was released");
    let mut inputs = Inputs::read(&selection).map_err(stopped)?;
    let folder = inputs.output(options.out.as_deref())?;
    inputs.place(&folder, options.runtime.as_deref())?;
    let lock = lock::read(&folder)?;
    if lock.is_none() {
        refuse_lost_lock(&folder, options.format, "nothing was released")?;
    }
    let generated = inputs
        .generate(lock.as_ref())
        .map_err(|diagnostics| report::found(&diagnostics, options.format, "nothing was released"))?;
    let comparison = Comparison::make(&folder, generated.files.clone())?;
    if !comparison.is_current() {
        return Err(refusal::stale(&comparison).report(options.format));
    }
    let release = match plan(options, &inputs, lock.as_ref(), &generated) {
        Ok(Some(release)) => release,
        Ok(None) => {
            nothing(&inputs.config.version, options.format);
            return Ok(());
        }
        Err(refusal) => return Err(refusal.report(options.format)),
    };
    write(options, inputs, &folder, lock.as_ref(), &release)
}

/// Decides on the version. Returns `None` if there is nothing to release.
fn plan(
    options: &Options,
    inputs: &Inputs,
    lock: Option<&Listing>,
    generated: &Generated,
) -> Result<Option<Release>, Refusal> {
    let says = inputs.version_file().unwrap_or_default();
    let invalid = |place: &str| refusal::version(place, &says);
    let current = Version::parse(&inputs.config.version).map_err(|_| invalid(&says))?;
    let Some(lock) = lock else {
        if options.bump.is_some() {
            return Err(refusal::first(&current, &says));
        }
        return Ok(Some(Release { released: None, version: current, verdict: Verdict::default() }));
    };
    let released = Version::parse(&lock.version).map_err(|_| invalid("api.lock"))?;
    let verdict = generated.verdict.clone().unwrap_or_default();
    if current == released && !verdict.has_changes() {
        return Ok(None);
    }
    let required = version::required(&released, &verdict);
    let version = match options.bump {
        Some(bump) => bumped(bump, &released, &current, &required, &says)?,
        None if current == released => required.clone(),
        None => current,
    };
    if version::is_below(&version, &required, &released) {
        return Err(refusal::below(&version, &required, &released, &says));
    }
    Ok(Some(Release { released: Some(released), version, verdict }))
}

fn bumped(
    bump: Bump,
    released: &Version,
    current: &Version,
    required: &Version,
    says: &str,
) -> Result<Version, Refusal> {
    let version = bump.apply(released);
    if version < *required {
        return Err(refusal::small(bump, &version, required, released));
    }
    if version < *current {
        return Err(refusal::lower(bump, &version, current, says));
    }
    Ok(version)
}

/// Writes the release: package, changelog, configuration and lock. The last two come last, so that an interrupted release
/// can be repeated, a first one after its section is removed.
fn write(
    options: &Options,
    mut inputs: Inputs,
    folder: &Path,
    lock: Option<&Listing>,
    release: &Release,
) -> Result<(), Failure> {
    let version = release.version.to_string();
    let edited = match inputs.config.released(&version) {
        Ok(edited) => edited,
        Err(error) => return Err(refusal::edit(&error).report(options.format)),
    };
    inputs.config.version.clone_from(&version);
    let Generated { files, verdict, .. } = inputs
        .generate(lock)
        .map_err(|diagnostics| report::found(&diagnostics, options.format, "nothing was released"))?;
    let plan = Comparison::make(folder, files)?.accept(Losses::Refuse);
    let plan = plan.map_err(|losses| {
        report::losses(folder, &losses, options.format);
        Failure::Found
    })?;
    let date = match &options.date {
        Some(date) => date.clone(),
        None => date::today(),
    };
    let changelog_path = folder.join(changelog::NAME);
    let earlier = workspace::read(&changelog_path)?;
    let changelog = changelog::with(earlier.as_deref(), &changelog::Section::new(release, &date));

    let shown = |path: &Path| workspace::shown(path).display().to_string();
    let mut written: Vec<String> = edited.iter().map(|source| source.name.clone()).collect();
    written.extend(plan.sync()?.written.iter().map(|path| shown(&folder.join(path))));
    if earlier.as_deref() != Some(changelog.as_str()) {
        workspace::write(&changelog_path, &changelog)?;
        written.push(shown(&changelog_path));
    }
    let listing = disk::read_source(&folder.join(lock::LISTING))?;
    let kept = verdict.map(|verdict| verdict.kept()).unwrap_or_default();
    for Source { name, text } in &edited {
        workspace::write(Path::new(name), text)?;
    }
    workspace::write(&lock::path(folder), &(listing.text + &print_kept(&kept)))?;
    written.push(shown(&lock::path(folder)));
    Outcome {
        release,
        written,
        settled: inputs.config.settled().iter().map(|path| path.join(".")).collect(),
    }
    .report(options.format);
    Ok(())
}

/// The result of the command.
struct Outcome<'a> {
    release: &'a Release,
    written: Vec<String>,
    /// The lists of the configuration that the release settled.
    settled: Vec<String>,
}

impl Outcome<'_> {
    fn report(&self, format: Format) {
        let Release { released, version, verdict } = self.release;
        match format {
            Format::Json => println!(
                "{}",
                json!({
                    "kind": "release",
                    "version": version.to_string(),
                    "since": released.as_ref().map(ToString::to_string),
                    "written": self.written,
                    "settled": self.settled,
                })
            ),
            Format::Human => {
                self.written.iter().for_each(|path| println!("wrote    {path}"));
                for key in &self.settled {
                    println!("emptied  `{key}`, whose entries have no effect from now on");
                }
                match released {
                    Some(released) => {
                        println!("released {version} after {released}: {}", changes::counts(verdict));
                    }
                    None => println!("released {version}, the first release"),
                }
                println!(
                    "Edit the section of {version} in {} for your users, then commit, tag and publish.",
                    changelog::NAME
                );
            }
        }
    }
}

fn nothing(version: &str, format: Format) {
    match format {
        Format::Json => println!(
            "{}",
            json!({ "kind": "release", "version": null, "since": version, "written": [], "settled": [] })
        ),
        Format::Human => println!(
            "nothing to release: everything that users can name is as in {version}\n\
             To release other changes, such as texts, raise `package.version` and run `cargo xtask codegen` first."
        ),
    }
}
