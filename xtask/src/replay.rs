//! `cargo xtask replay`: generates the versions of a document one after the other, each with the version before it as
//! the lock, and proves the verdict on each step by the compiler.
//!
//! For each version a crate is written that uses every item of its listing, a function for each use. The crate has to
//! compile against the package of its own version. Against the next version, the uses that fail to compile are compared
//! with the items that the verdict calls broken; the wire names behind those that compile are compared as well.

mod compare;
mod compile;
mod consumer;
mod options;
mod package;
mod silent;
mod table;
mod versions;

use crate::Failure;
use crate::arguments::Format;
use crate::corpus::documents::Document;
use crate::workspace;

use compile::Workspace;
use consumer::Use;
pub(crate) use options::{Options, parse};
use package::{Package, Release};
use table::Row;

/// Replays the versions of a folder, and prints the results.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let versions = versions::versions(&options.folder)?;
    let name = options.folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let out = options.out.clone().unwrap_or_else(|| workspace::root().join("target/replay").join(name));
    let mut replay = Replay { options, workspace: Workspace::new(&out)?, release: None, uses: Vec::new() };
    let mut rows: Vec<Row> = Vec::new();
    let pairs = options.pairs.unwrap_or(usize::MAX);
    for version in versions.iter().take(pairs.saturating_add(1)) {
        rows.extend(replay.step(version)?);
    }
    match options.format {
        Format::Human => table::human(&rows),
        Format::Json => table::json(&rows),
    }
    if rows.iter().any(Row::has_failed) { Err(Failure::Found) } else { Ok(()) }
}

/// The state between two versions.
struct Replay<'a> {
    options: &'a Options,
    workspace: Workspace,
    /// The last version that was generated.
    release: Option<Release>,
    /// Every use of that version's items.
    uses: Vec<Use>,
}

impl Replay<'_> {
    /// Generates a version and, unless it is the first, compares it with the one before it.
    fn step(&mut self, version: &Document) -> Result<Option<Row>, Failure> {
        self.tell(&version.file, "generates");
        let package = match package::generate_version(self.options, version, self.release.as_ref())? {
            Ok(package) => package,
            Err(why) => return Ok(Some(Row::without_package(&version.file, why))),
        };
        package.write(&self.workspace.package())?;
        let row = match self.release.take() {
            Some(release) => {
                self.tell(&version.file, "checks");
                let failing = self.workspace.failing(&self.uses, &package)?;
                let step = compare::Step { release: &release, package: &package, uses: &self.uses };
                Some(Row::new(&release, &package, step.compare(&failing)))
            }
            None => None,
        };
        self.adopt(package)?;
        Ok(row)
    }

    /// Takes a package as the release that the next version is compared with.
    fn adopt(&mut self, package: Package) -> Result<(), Failure> {
        self.uses = consumer::uses(&package.listing)?;
        self.tell(&package.name, "verifies");
        let failing = self.workspace.failing(&self.uses, &package)?;
        if let Some((id, message)) = failing.iter().next() {
            let message = format!("the use of `{id}` does not compile with its own version:\n{message}");
            return Err(Failure::Stopped(message));
        }
        self.release = Some(package.into());
        Ok(())
    }

    fn tell(&self, what: &str, does: &str) {
        if self.options.format == Format::Human {
            eprintln!("{does:>10} {what}");
        }
    }
}
