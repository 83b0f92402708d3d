//! Generates the package of a version, with the version before it as the lock.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sdk_generator::config::{Accept, COMMAND_LINE, Document as Described, DocumentPlace};
use sdk_generator::disk::{self, Comparison, Losses};
use sdk_generator::pointer::Pointer;
use sdk_generator::verdict::Weight;
use sdk_generator::{
    Config, Diagnostics, Files, Generated, Input, Listing, Severity, Source, Verdict, compare, generate,
    generate_since,
};

use super::Options;
use crate::arguments::Lock;
use crate::corpus::documents::Document;
use crate::{Failure, workspace};

/// The name of every package of a replay without a configuration.
const NAME: &str = "replay-sdk";

/// The package of a version.
pub(super) struct Package {
    /// The name of the version's file.
    pub(super) name: String,
    /// The name of the package in its manifest.
    pub(super) package: String,
    pub(super) listing: Listing,
    /// The changes since the release, if there was one.
    pub(super) verdict: Verdict,
    pub(super) files: Files,
}

/// A version that was generated, as the next one sees it.
pub(super) struct Release {
    pub(super) name: String,
    /// The listing as it is read from a lock.
    pub(super) lock: Listing,
    pub(super) files: Files,
}

impl From<Package> for Release {
    fn from(package: Package) -> Self {
        Self { name: package.name, lock: package.listing, files: package.files }
    }
}

/// Generates a version. An inner error says why there is no package.
pub(super) fn generate_version(
    options: &Options,
    version: &Document,
    release: Option<&Release>,
) -> Result<Result<Package, String>, Failure> {
    let source = match disk::read_source(&workspace::shown(&version.path)) {
        Ok(source) => source,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let config = configuration(options.config.as_deref(), &source)?;
    let read = |name: &str| disk::read_source(Path::new(name)).ok().map(|source| source.text);
    let documents = [source];
    let input = Input { documents: &documents, read: &read, config: &config };
    let kept = release.filter(|_| options.lock == Lock::Keep).map(|release| &release.lock);
    let found = match compare(&input, kept) {
        Ok(compared) => compared.verdict,
        Err(diagnostics) => return Ok(Err(reason(&diagnostics))),
    };
    // Silent changes are counted, and then accepted so that the next version has a release to follow.
    let silent = found.of(Weight::Silent).map(|change| (change.at.clone(), change.text.clone()));
    let accept = silent.collect::<BTreeSet<_>>().into_iter();
    let entry = |(at, change)| Accept { at, change: Some(change), pointer: Pointer::root(COMMAND_LINE) };
    let accept = accept.map(entry).collect();
    let config = Config { accept, ..config.clone() };
    let input = Input { config: &config, ..input };
    let generated = kept.map_or_else(|| generate(&input), |lock| generate_since(&input, lock));
    let Generated { listing, files, .. } = match generated {
        Ok(generated) => generated,
        Err(diagnostics) => return Ok(Err(reason(&diagnostics))),
    };
    let listing = Listing::parse(&listing.print())
        .map_err(|error| Failure::Stopped(format!("the listing of `{}`: {error}", version.file)))?;
    let verdict = match (kept, release) {
        (None, Some(release)) => Verdict::between(&release.lock, &listing),
        (Some(_), _) | (None, None) => found,
    };
    Ok(Ok(Package { name: version.file.clone(), package: config.name, listing, verdict, files }))
}

/// Returns the configuration for a version.
fn configuration(path: Option<&Path>, document: &Source) -> Result<Config, Failure> {
    let mut config = match path {
        None => Config::bare(NAME),
        Some(path) => {
            let source = disk::read_source(&workspace::shown(path))?;
            let mut diagnostics = Diagnostics::default();
            let read = |name: &str| std::fs::read_to_string(name).ok();
            let config = Config::parse(&source.name, &source.text, &read, &mut diagnostics);
            config.ok_or_else(|| Failure::Stopped(reason(&diagnostics)))?
        }
    };
    let overlays = match config.documents.as_slice() {
        [] => Vec::new(),
        [only] => only.overlays.clone(),
        [_, ..] => {
            return Err(Failure::Usage("`replay` takes a configuration of a single document".to_owned()));
        }
    };
    config.documents =
        vec![Described { place: DocumentPlace::Beside(document.name.clone()), overlays, version: None }];
    // Code that is written by hand is not part of a version.
    config.extension = None;
    let runtime = workspace::absolute(&workspace::root()).join("runtime");
    config.runtime.path = Some(runtime.to_string_lossy().replace('\\', "/"));
    config.own_workspace = false;
    Ok(config)
}

fn reason(diagnostics: &Diagnostics) -> String {
    let error = diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
    error.map_or_else(
        || "the run failed without an error".to_owned(),
        |error| format!("{}: {} (at `{}`)", error.code, error.message, error.pointer),
    )
}

impl Package {
    /// Writes the files of the package into a folder, and deletes those of the version before it.
    pub(super) fn write(&self, folder: &Path) -> Result<(), Failure> {
        let plan = Comparison::make(folder, self.files.clone())?.accept(Losses::Accept);
        plan.map_err(|_| Failure::Stopped(format!("cannot write `{}`", folder.display())))?.sync()?;
        Ok(())
    }
}

impl Release {
    /// Counts the lines that differ between the files of the two versions, in `api.txt` and in all others.
    pub(super) fn changed_lines(&self, package: &Package) -> (usize, usize) {
        let (mut listed, mut others) = (0, 0);
        let (before, after) = (&self.files, &package.files);
        let paths: BTreeSet<&str> = before.iter().chain(after.iter()).map(|(path, _)| path).collect();
        for path in paths {
            let text = |files: &'_ Files| files.get(path).unwrap_or_default().to_owned();
            let count = if path == "api.txt" { &mut listed } else { &mut others };
            *count += changed(&text(before), &text(after));
        }
        (listed, others)
    }
}

/// Counts the lines that only one of two texts has.
fn changed(before: &str, after: &str) -> usize {
    let mut counts: BTreeMap<&str, isize> = BTreeMap::new();
    before.lines().for_each(|line| *counts.entry(line).or_default() -= 1);
    after.lines().for_each(|line| *counts.entry(line).or_default() += 1);
    counts.values().map(|count| count.unsigned_abs()).sum()
}
