//! Reads the two versions that `diff` compares: documents, configurations or listings, told apart by their content.

use std::path::Path;

use sdk_generator::diagnostic::Diagnostics;
use sdk_generator::{Compared, Listing, Verdict, disk, tree};

use super::options::{Between, Options, Told};
use crate::arguments::{Format, Selection};
use crate::diff::options::Layout;
use crate::input::{Inputs, Stopped};
use crate::release::lock;
use crate::{Failure, report, workspace};

/// Two versions and the changes between them.
pub(super) struct Sides {
    pub(super) old: Listing,
    /// The version of the new package.
    pub(super) version: String,
    pub(super) verdict: Verdict,
    /// The sources in which the changes have their places.
    pub(super) diagnostics: Diagnostics,
}

/// A version to compare.
enum Side {
    Listing(Box<Listing>),
    Inputs(Box<Inputs>),
}

/// Reads and compares the two versions. Returns `None` if there is no release to compare with.
pub(super) fn read(options: &Options) -> Result<Option<Sides>, Failure> {
    let format = match options.layout {
        Layout::Human | Layout::Markdown => Format::Human,
        Layout::Json => Format::Json,
    };
    let sides = match &options.between {
        Between::Files(old, new) => files(old, new, options).map(Some),
        Between::Release { selection, out } => release(selection, out.as_deref(), options),
    };
    sides.map_err(|stopped| report::stopped(stopped, format, "nothing was compared"))
}

fn release(selection: &Selection, out: Option<&Path>, options: &Options) -> Result<Option<Sides>, Stopped> {
    let inputs = Inputs::read(selection)?;
    let Some(old) = lock::read(&inputs.output(out)?)? else { return Ok(None) };
    since(old, &inputs, options).map(Some)
}

/// Compares two files. Under the old version as its lock, the new one keeps names and shapes as a release would.
fn files(old: &Path, new: &Path, options: &Options) -> Result<Sides, Stopped> {
    let spec_dir = options.spec_dir.as_deref();
    let mut sides = [side(old, spec_dir)?, side(new, spec_dir)?];
    give_names(&mut sides);
    let [old, new] = sides;
    let old = match old {
        Side::Listing(listing) => *listing,
        Side::Inputs(inputs) => {
            let lock = match &inputs.output(None) {
                Ok(folder) => lock::read(folder)?,
                Err(_) => None,
            };
            inputs.compare(lock.as_ref()).map_err(Stopped::Found)?.listing
        }
    };
    match new {
        Side::Listing(_) if !options.previous.is_empty() => {
            let message = "`--previous` takes the place of the new document, and a listing has none";
            Err(Failure::Usage(message.to_owned()).into())
        }
        Side::Listing(new) => Ok(Sides {
            verdict: Verdict::between(&old, &new),
            version: new.version,
            old,
            diagnostics: Diagnostics::default(),
        }),
        Side::Inputs(inputs) => since(old, &inputs, options),
    }
}

fn since(old: Listing, inputs: &Inputs, options: &Options) -> Result<Sides, Stopped> {
    let Compared { mut verdict, diagnostics, .. } = inputs.compare(Some(&old)).map_err(Stopped::Found)?;
    inputs.attribute(&options.previous, Some(&old), &mut verdict)?;
    if options.told == Told::Listed {
        let told = std::mem::take(&mut verdict.told);
        verdict.extend(told);
    }
    Ok(Sides { old, version: inputs.config.version.clone(), verdict, diagnostics })
}

/// Reads a file as what its content says it is.
fn side(path: &Path, spec_dir: Option<&Path>) -> Result<Side, Stopped> {
    let source = disk::read_source(&workspace::shown(path))?;
    let mut lines = source.text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    if lines.next().is_some_and(|line| line.starts_with("format ")) {
        let listing = lock::parse(&source.text).map_err(|error| {
            Failure::Stopped(format!("{}:{}: {}", source.name, error.line, error.message))
        })?;
        return Ok(Side::Listing(Box::new(listing)));
    }
    let keys = tree::keys(&source.text);
    let has = |key: &str| keys.iter().any(|found| found == key);
    let is_document = has("openapi") || has("swagger");
    let selection = if !is_document && (has("package") || has("extends")) {
        Selection::Config { path: Some(path.to_owned()), spec_dir: spec_dir.map(Path::to_owned) }
    } else {
        // The generator says what is wrong with a text that is none of the three.
        Selection::Documents { documents: vec![path.to_owned().into()], name: UNNAMED.to_owned() }
    };
    Ok(Side::Inputs(Box::new(Inputs::read(&selection)?)))
}

/// The package of a document that is compared with another document.
const UNNAMED: &str = "sdk";

/// Gives a document the package of the other side, so that only the description makes a difference.
fn give_names(sides: &mut [Side; 2]) {
    let package = |side: &Side| match side {
        Side::Listing(listing) => Some((listing.package.clone(), Some(listing.client.name.clone()))),
        Side::Inputs(inputs) if inputs.config.sources.is_empty() => None,
        Side::Inputs(inputs) => Some((inputs.config.name.clone(), inputs.config.client.clone())),
    };
    let [first, second] = [package(&sides[0]), package(&sides[1])];
    if let Some((name, client)) = first.or(second) {
        for side in sides {
            if let Side::Inputs(inputs) = side
                && inputs.config.sources.is_empty()
            {
                inputs.config.name.clone_from(&name);
                inputs.config.client.clone_from(&client);
            }
        }
    }
}
