//! A document to the files of its package: made twice, which has to give the same, and never a panic.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::time::{Duration, Instant};

use sdk_generator::disk::{Comparison, Losses};
use sdk_generator::emit::rust::{Rust, Symbols};
use sdk_generator::keep::Kept;
use sdk_generator::report::DocumentReport;
use sdk_generator::{Code, Diagnostics, Generated, Severity};

use super::documents::Document;
use super::samples::{Samples, samples};
use crate::Failure;
use crate::arguments::Selection;
use crate::input::{Inputs, Stopped};

/// What generating came to.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The package is written.
    Made(Box<Made>),
    /// The file is something else than a document.
    NoDocument(String),
    /// The generator did not do what it has to.
    Failed(String),
}

/// What is known of a package once it is written.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) operations: usize,
    pub(crate) types: usize,
    /// The share of what the document says that has a faithful form.
    pub(crate) faithful: f64,
    /// Lines of Rust without comments and blank lines.
    pub(crate) lines: usize,
    /// The shorter one of the two runs.
    pub(crate) took: Duration,
    /// The crate as code names it.
    pub(crate) crate_name: String,
    pub(crate) samples: Samples,
    /// Why the second run is wrong.
    pub(crate) differs: Option<String>,
}

/// Makes the package of a document in a folder.
pub(crate) fn make(document: &Document, folder: &Path) -> Result<Outcome, Failure> {
    let selection =
        Selection::Documents { paths: vec![document.path.clone()], name: document.package.clone() };
    let mut inputs = match Inputs::read(&selection) {
        Ok(inputs) => inputs,
        Err(Stopped::Failed(Failure::Stopped(why))) => return Ok(Outcome::NoDocument(why)),
        Err(Stopped::Failed(failure)) => return Err(failure),
        Err(Stopped::Found(diagnostics)) => return Ok(refused(&diagnostics)),
    };
    inputs.place(folder, None)?;
    // The workspace of all packages stands above it.
    inputs.config.own_workspace = false;
    let once = || {
        let start = Instant::now();
        let generated = caught(|| inputs.generate());
        (generated, start.elapsed())
    };
    let (first, took) = once();
    let generated = match first {
        Ok(Ok(generated)) => generated,
        Ok(Err(diagnostics)) => return Ok(refused(&diagnostics)),
        Err(panic) => return Ok(Outcome::Failed(format!("panics: {panic}"))),
    };
    let (second, again) = once();
    let differs = match second {
        Ok(Ok(second)) => difference(&generated, &second),
        Ok(Err(_)) => Some("a second run finds errors".to_owned()),
        Err(panic) => Some(format!("a second run panics: {panic}")),
    };
    let plan = Comparison::make(folder, &generated.files)?.accept(Losses::Accept);
    plan.map_err(|_| Failure::Stopped(format!("cannot write `{}`", folder.display())))?.sync()?;
    let mut diagnostics = Diagnostics::default();
    let symbols = Symbols::assign(&generated.api, &Kept::default(), &mut diagnostics);
    let Ok(spec) = inputs.load(&mut diagnostics) else {
        return Ok(Outcome::Failed("cannot be loaded again".to_owned()));
    };
    Ok(Outcome::Made(Box::new(Made {
        operations: generated.api.operations.len(),
        types: generated.api.types.len(),
        faithful: faithful(&generated),
        lines: lines(&generated),
        took: took.min(again),
        crate_name: symbols.crate_name().to_owned(),
        samples: samples(&Rust::new(&generated.api, &symbols), &spec),
        differs,
    })))
}

/// A text that is no OpenAPI document at all is no failure of the generator.
fn refused(diagnostics: &Diagnostics) -> Outcome {
    let error = diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
    let Some(error) = error else { return Outcome::Failed("fails without an error".to_owned()) };
    match error.code {
        Code::Syntax | Code::NotOpenApi => Outcome::NoDocument(error.message.clone()),
        _ => Outcome::Failed(format!("{}: {} (at `{}`)", error.code, error.message, error.pointer)),
    }
}

fn difference(one: &Generated, other: &Generated) -> Option<String> {
    let mut pairs = one.files.iter().zip(other.files.iter());
    if one.files.iter().count() != other.files.iter().count() {
        return Some("a second run makes other files".to_owned());
    }
    pairs.find_map(|(one, other)| (one != other).then(|| format!("a second run makes another `{}`", one.0)))
}

thread_local! {
    /// What the panic that is being caught says, and where.
    static SAID: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs something that must not panic; what a panic says is the error.
fn caught<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|said| SAID.set(said.to_string().replace('\n', " "))));
    let outcome = panic::catch_unwind(AssertUnwindSafe(run));
    panic::set_hook(hook);
    outcome.map_err(|_| SAID.take())
}

/// How many of a hundred constructs are faithful, in the document and the files that it refers to.
fn faithful(generated: &Generated) -> f64 {
    let mut all = DocumentReport::default();
    for report in &generated.report.documents {
        all.faithful += report.faithful;
        all.approximated += report.approximated;
        all.left_out += report.left_out;
    }
    all.faithful_percent()
}

/// Lines of Rust without comments and blank lines.
fn lines(generated: &Generated) -> usize {
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    let rust = generated.files.iter().filter(|(path, _)| path.ends_with(".rs"));
    rust.map(|(_, body)| body.lines().filter(is_code).count()).sum()
}

#[cfg(test)]
mod tests {
    use super::caught;

    #[test]
    fn a_panic_is_told() {
        assert_eq!(caught(|| 1), Ok(1));
        let said = caught(|| Vec::<u8>::new()[0]).expect_err("an index out of bounds");
        assert!(said.contains("index out of bounds") && said.contains("made.rs"), "{said}");
    }
}
