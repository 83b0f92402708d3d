//! `cargo xtask codegen`: generates the files of a package from the description of an API.

use std::panic::resume_unwind;
use std::path::Path;
use std::thread;
use std::time::Instant;

use sdk_generator::diagnostic::Diagnostics;
use sdk_generator::disk::{self, Comparison, Synced};
use sdk_generator::{Files, Generated, Listing, Verdict};

use crate::arguments::{Codegen, Format, Lock, Mode, Warnings};
use crate::input::Inputs;
use crate::release::{lock, refuse_lost_lock, version};
use crate::report::verdict::Since;
use crate::report::{self, Summary};
use crate::{Failure, workspace};

/// Returns the listing of the last release.
fn released(folder: &Path, format: Format) -> Result<Option<Listing>, Failure> {
    let lock = lock::read(folder)?;
    if lock.is_none() {
        refuse_lost_lock(folder, format, "nothing was written")?;
    }
    Ok(lock)
}

/// Writes the files of a package, or checks them.
pub(crate) fn run(arguments: &Codegen) -> Result<(), Failure> {
    let start = Instant::now();
    let mut inputs = Inputs::read(&arguments.selection)
        .map_err(|stopped| report::stopped(stopped, arguments.format, "nothing was written"))?;
    let folder = inputs.output(arguments.out.as_deref())?;
    inputs.place(&folder, arguments.runtime.as_deref())?;
    let lock = match arguments.lock {
        Lock::Keep => released(&folder, arguments.format)?,
        Lock::Ignore => None,
    };
    let Generated { files, diagnostics, report: fidelity, mut verdict, .. } = inputs
        .generate(lock.as_ref())
        .map_err(|diagnostics| report::found(&diagnostics, arguments.format, "nothing was written"))?;
    if let Some(verdict) = &mut verdict {
        inputs
            .attribute(&arguments.previous, lock.as_ref(), verdict)
            .map_err(|stopped| report::stopped(stopped, arguments.format, "nothing was written"))?;
    }
    let comparison = print_and_compare(&diagnostics, arguments.format, &folder, files);
    if let Some(path) = &arguments.report {
        workspace::write(path, &fidelity.json(&diagnostics))?;
    }
    if arguments.warnings == Warnings::Stop && !diagnostics.is_empty() {
        return Err(Failure::Stopped("warnings are errors with `--strict`; nothing was written".to_owned()));
    }
    let comparison = comparison?;
    let summary = |synced| Summary {
        folder: &folder,
        read: &inputs.read,
        fidelity: &fidelity,
        synced,
        took: start.elapsed(),
    };
    let is_current = comparison.is_current();
    let synced = match arguments.mode {
        Mode::Check if is_current => Synced { left: comparison.left, ..Synced::default() },
        Mode::Check => {
            report::stale(&folder, &comparison, arguments.shown, arguments.format);
            Synced::default()
        }
        Mode::Write => {
            let plan = comparison.accept(arguments.losses).map_err(|losses| {
                report::losses(&folder, &losses, arguments.format);
                Failure::Found
            })?;
            plan.sync()?
        }
    };
    let is_stale = arguments.mode == Mode::Check && !is_current;
    if !is_stale {
        report::summary(&summary(synced), arguments.format);
    }
    let is_below = match (&lock, &verdict) {
        (Some(lock), Some(verdict)) => since(arguments, &inputs, lock, verdict, &diagnostics)?,
        (None, _) | (_, None) => false,
    };
    if is_stale || is_below { Err(Failure::Found) } else { Ok(()) }
}

/// Prints the findings, which are rendered while the files are compared with the folder.
fn print_and_compare(
    diagnostics: &Diagnostics,
    format: Format,
    folder: &Path,
    files: Files,
) -> Result<Comparison, disk::Error> {
    let (comparison, findings) = thread::scope(|scope| {
        let findings = scope.spawn(|| report::findings(diagnostics, format));
        (Comparison::make(folder, files), findings.join())
    });
    report::print_findings(&findings.unwrap_or_else(|panic| resume_unwind(panic)), format);
    comparison
}

/// Reports the changes since the release. Returns `true` if a check fails, since the version is too low for them.
fn since(
    arguments: &Codegen,
    inputs: &Inputs,
    lock: &Listing,
    verdict: &Verdict,
    diagnostics: &Diagnostics,
) -> Result<bool, Failure> {
    let says = inputs.version_file();
    let released = version::parse(&lock.version, "api.lock")?;
    let required = version::required(&released, verdict);
    let current = &inputs.config.version;
    let since = Since {
        released: &lock.version,
        required: &required,
        version: (current, says.as_deref()),
        verdict,
        diagnostics,
    };
    since.report(arguments.format);
    // Without a configuration, nothing states the version.
    if arguments.mode == Mode::Write || says.is_none() {
        return Ok(false);
    }
    let is_below = version::is_below(&version::parse(current, "`package.version`")?, &required, &released);
    if is_below {
        report::below(&since, arguments.format);
    }
    Ok(is_below)
}
