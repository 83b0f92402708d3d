//! From an OpenAPI document to a Rust client crate and its documentation.

pub mod config;
pub mod source;
pub mod tree;
pub mod spec;
pub mod lower;
pub mod ir;
pub mod passes;
pub mod check;
pub mod emit;
pub mod listing;
pub mod verdict;
pub mod keep;
pub mod files;
pub mod disk;
pub mod report;
pub mod diagnostic;
pub mod pointer;
pub mod name;
mod parallel;

use emit::{manifest, markdown, rust};

pub use config::Config;
pub use diagnostic::{Code, Diagnostic, Diagnostics, Severity};
pub use files::Files;
pub use listing::Listing;
pub use report::Report;
pub use source::Source;
pub use spec::{Input, Spec};
pub use verdict::Verdict;

/// What a run made.
#[derive(Debug)]
pub struct Generated {
    /// The finished model.
    pub api: ir::Api,
    /// Everything that users of the package can name.
    pub listing: Listing,
    /// What changes since the release that the lock describes; none without a lock.
    pub verdict: Option<Verdict>,
    /// The files of the package.
    pub files: Files,
    /// Warnings.
    pub diagnostics: Diagnostics,
    /// What of the documents is there, and how.
    pub report: Report,
}

/// Reads the documents of `input` and makes the files of one package.
///
/// # Errors
///
/// The findings of the run, when one of them is an error.
pub fn generate(input: &Input<'_>) -> Result<Generated, Diagnostics> {
    run(input, None)
}

/// Generates one package that keeps the names and shapes of its last release, and says what changed since.
///
/// # Errors
///
/// The findings of the run, when one of them is an error.
pub fn generate_since(input: &Input<'_>, release: &Listing) -> Result<Generated, Diagnostics> {
    run(input, Some(release))
}

fn run(input: &Input<'_>, release: Option<&Listing>) -> Result<Generated, Diagnostics> {
    let mut diagnostics = Diagnostics::new(&input.config.allow);

    let spec = Spec::load(input, &mut diagnostics)?;

    let mut api = lower::lower(&spec, input.config, &mut diagnostics);
    diagnostics.barrier()?;

    passes::find_usage(&mut api);
    let kept = match release {
        Some(lock) => keep::keep(&mut api, lock),
        None => keep::Kept::default(),
    };
    passes::finish(&mut api);
    check::check(&api, &mut diagnostics);
    diagnostics.barrier()?;

    let symbols = rust::Symbols::assign(&api, &kept, &mut diagnostics);
    diagnostics.finish();
    diagnostics.barrier()?;

    let mut files = Files::default();
    rust::emit(&api, &symbols, &mut files);
    markdown::emit(&api, &rust::Rust::new(&api, &symbols), &mut files);
    manifest::emit(&api, &symbols, &mut files);
    let listing = rust::Rust::new(&api, &symbols).listing();
    let report = Report::of(&api, &diagnostics);
    let mut verdict = release.map(|lock| Verdict::between(lock, &listing));
    if let Some(verdict) = &mut verdict {
        verdict.extend(kept.notes);
    }
    Ok(Generated { api, listing, verdict, files, diagnostics, report })
}
