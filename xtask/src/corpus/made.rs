//! Generates the package of a document twice, and checks that nothing panics and both runs agree.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::time::{Duration, Instant};

use sdk_generator::disk::{Comparison, Losses};
use sdk_generator::emit::rust::{Rust, Symbols};
use sdk_generator::keep::Kept;
use sdk_generator::report::DocumentReport;
use sdk_generator::{Code, Diagnostics, Generated, Severity};

use super::calls::Calls;
use super::documents::Document;
use super::samples::{Samples, samples};
use crate::Failure;
use crate::arguments::Selection;
use crate::input::{Inputs, Stopped};

/// The result of generating a package.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The package is written.
    Made(Box<Made>),
    /// The file is not an OpenAPI document, for this reason.
    NoDocument(String),
    /// The generator failed, for this reason.
    Failed(String),
}

/// Facts about a package that was written.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) operations: usize,
    pub(crate) types: usize,
    /// The percentage of constructs in the document with a faithful form.
    pub(crate) faithful: f64,
    /// Lines of Rust without comments and blank lines.
    pub(crate) lines: usize,
    /// The time of the faster run.
    pub(crate) took: Duration,
    /// The name of the crate in code.
    pub(crate) crate_name: String,
    pub(crate) samples: Samples,
    pub(crate) calls: Calls,
    /// The way in which the second run differs from the first.
    pub(crate) differs: Option<String>,
}

/// Generates the package of a document into a folder.
pub(crate) fn make(document: &Document, folder: &Path) -> Result<Outcome, Failure> {
    let selection = Selection::Documents {
        documents: vec![document.path.clone().into()],
        name: document.package.clone(),
    };
    let mut inputs = match Inputs::read(&selection) {
        Ok(inputs) => inputs,
        Err(Stopped::Failed(Failure::Stopped(why))) => return Ok(Outcome::NoDocument(why)),
        Err(Stopped::Failed(failure)) => return Err(failure),
        Err(Stopped::Found(diagnostics)) => return Ok(refused(&diagnostics)),
    };
    inputs.place(folder, None)?;
    // The package is a member of the workspace above it.
    inputs.config.own_workspace = false;
    let once = || {
        let start = Instant::now();
        let generated = caught(|| inputs.generate(None));
        (generated, start.elapsed())
    };
    let (first, took) = once();
    let generated = match first {
        Ok(Ok(generated)) => generated,
        Ok(Err(diagnostics)) => return Ok(refused(&diagnostics)),
        Err(panic) => return Ok(Outcome::Failed(format!("panic: {panic}"))),
    };
    let (second, again) = once();
    let differs = match second {
        Ok(Ok(second)) => difference(&generated, &second),
        Ok(Err(_)) => Some("a second run reports errors".to_owned()),
        Err(panic) => Some(format!("panic in a second run: {panic}")),
    };
    let plan = Comparison::make(folder, generated.files.clone())?.accept(Losses::Accept);
    plan.map_err(|_| Failure::Stopped(format!("cannot write `{}`", folder.display())))?.sync()?;
    let mut diagnostics = Diagnostics::default();
    let symbols = Symbols::assign(&generated.api, &Kept::default());
    let Ok(spec) = inputs.load(&mut diagnostics) else {
        return Ok(Outcome::Failed("the document cannot be loaded again".to_owned()));
    };
    let rust = Rust::new(&generated.api, &symbols);
    Ok(Outcome::Made(Box::new(Made {
        operations: generated.api.operations.len(),
        types: generated.api.types.len(),
        faithful: faithful(&generated),
        lines: lines(&generated),
        took: took.min(again),
        crate_name: symbols.crate_name().to_owned(),
        samples: samples(&rust, &spec),
        calls: Calls::of(&rust, &generated.api),
        differs,
    })))
}

/// Classifies an error: a text that is not an OpenAPI document is not a failure of the generator.
fn refused(diagnostics: &Diagnostics) -> Outcome {
    let error = diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
    let Some(error) = error else { return Outcome::Failed("the run failed without an error".to_owned()) };
    match error.code {
        Code::Syntax | Code::NotOpenApi => Outcome::NoDocument(error.message.clone()),
        _ => Outcome::Failed(format!("{}: {} (at `{}`)", error.code, error.message, error.pointer)),
    }
}

fn difference(one: &Generated, other: &Generated) -> Option<String> {
    let mut pairs = one.files.iter().zip(other.files.iter());
    if one.files.iter().count() != other.files.iter().count() {
        return Some("a second run writes other files".to_owned());
    }
    pairs.find_map(|(one, other)| (one != other).then(|| format!("a second run writes another `{}`", one.0)))
}

thread_local! {
    /// The message and place of the panic that is being caught.
    static SAID: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs a closure, and returns the message of a panic as an error.
fn caught<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|said| SAID.set(said.to_string().replace('\n', " "))));
    let outcome = panic::catch_unwind(AssertUnwindSafe(run));
    panic::set_hook(hook);
    outcome.map_err(|_| SAID.take())
}

/// Returns the percentage of faithful constructs in the document and the files that it refers to.
fn faithful(generated: &Generated) -> f64 {
    let mut all = DocumentReport::default();
    for report in &generated.report.documents {
        all.faithful += report.faithful;
        all.approximated += report.approximated;
        all.left_out += report.left_out;
    }
    all.faithful_percent()
}

/// Counts lines of Rust without comments and blank lines.
fn lines(generated: &Generated) -> usize {
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    let rust = generated.files.iter().filter(|(path, _)| path.ends_with(".rs"));
    rust.map(|(_, body)| body.lines().filter(is_code).count()).sum()
}

#[cfg(test)]
mod tests {
    use super::caught;

    #[test]
    fn a_panic_is_returned_with_its_place() {
        assert_eq!(caught(|| 1), Ok(1));
        let said = caught(|| Vec::<u8>::new()[0]).expect_err("an index out of bounds");
        assert!(said.contains("index out of bounds") && said.contains("made.rs"), "{said}");
    }
}
