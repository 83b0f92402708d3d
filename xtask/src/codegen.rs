//! `cargo xtask codegen`: generates the files of a package from the description of an API.

use std::time::Instant;

use sdk_generator::diagnostic::Diagnostics;
use sdk_generator::disk::{Comparison, Synced};
use sdk_generator::{Generated, Severity};

use crate::arguments::{Codegen, Lock, Mode, Warnings};
use crate::input::{Inputs, Stopped};
use crate::report::{self, Summary};
use crate::{Failure, release, workspace};

/// Writes the files of a package, or checks them.
pub(crate) fn run(arguments: &Codegen) -> Result<(), Failure> {
    let start = Instant::now();
    let stopped = |stopped: Stopped| match stopped {
        Stopped::Failed(failure) => failure,
        Stopped::Found(diagnostics) => found(&diagnostics, arguments),
    };
    let mut inputs = Inputs::read(&arguments.selection).map_err(stopped)?;
    let folder = inputs.output(arguments.out.as_deref())?;
    inputs.place(&folder, arguments.runtime.as_deref())?;
    let lock = match arguments.lock {
        Lock::Keep => release::read_lock(&folder)?,
        Lock::Ignore => None,
    };
    let Generated { files, diagnostics, report: fidelity, verdict, .. } =
        inputs.generate(lock.as_ref()).map_err(|diagnostics| found(&diagnostics, arguments))?;
    report::diagnostics(&diagnostics, arguments.format);
    if let Some(path) = &arguments.report {
        workspace::write(path, &fidelity.json(&diagnostics))?;
    }
    if arguments.warnings == Warnings::Stop && !diagnostics.is_empty() {
        return Err(Failure::Stopped("warnings are errors with `--strict`; nothing was written".to_owned()));
    }
    let comparison = Comparison::make(&folder, &files)?;
    let summary = |synced| Summary {
        folder: &folder,
        read: &inputs.read,
        fidelity: &fidelity,
        synced,
        took: start.elapsed(),
    };
    match arguments.mode {
        Mode::Check => check(comparison, arguments, summary),
        Mode::Write => {
            let plan = comparison.accept(arguments.losses).map_err(|losses| {
                report::losses(&folder, &losses, arguments.format);
                Failure::Found
            })?;
            let synced = plan.sync()?;
            report::summary(&summary(synced), arguments.format);
            if let (Some(lock), Some(verdict)) = (&lock, &verdict) {
                release::report(lock, verdict, &inputs.config.version, arguments.format);
            }
            Ok(())
        }
    }
}

fn check<'a>(
    comparison: Comparison,
    arguments: &Codegen,
    summary: impl Fn(Synced) -> Summary<'a>,
) -> Result<(), Failure> {
    if !comparison.is_current() {
        report::stale(&comparison, arguments.format);
        return Err(Failure::Found);
    }
    let synced = Synced { left: comparison.left, ..Synced::default() };
    report::summary(&summary(synced), arguments.format);
    Ok(())
}

fn found(diagnostics: &Diagnostics, arguments: &Codegen) -> Failure {
    report::diagnostics(diagnostics, arguments.format);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let noun = if errors == 1 { "error" } else { "errors" };
    Failure::Stopped(format!("{errors} {noun}; nothing was written"))
}
