//! `cargo xtask parity`: compares documentation pages with a reference of the operations in other SDKs of the same API.

mod compare;
mod neutral;
mod pages;
mod reference;
mod row;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;

use compare::{Aspect, Comparison, compare};
use row::Row;

use crate::Failure;

/// Compares the pages of a folder with the rows of a reference, and prints the differences.
pub(crate) fn run(docs: &Path, reference: &Path) -> Result<(), Failure> {
    let rows = reference::rows(&read(reference)?).map_err(|error| {
        Failure::Stopped(format!("`{}` is not a reference: {error}", reference.display()))
    })?;
    let found = pages(docs)?;
    if found.is_empty() {
        return Err(Failure::Stopped(format!("no page in `{}` describes an operation", docs.display())));
    }
    let comparison = compare(&found, &rows);
    print(&comparison);
    if comparison.findings.is_empty() { Ok(()) } else { Err(Failure::Found) }
}

/// Returns the operations of every page in a folder, sorted by the names of the pages.
fn pages(folder: &Path) -> Result<Vec<Row>, Failure> {
    let stopped = |error| Failure::Stopped(format!("cannot read `{}`: {error}", folder.display()));
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(stopped)? {
        paths.push(entry.map_err(stopped)?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let mut rows = Vec::new();
    for path in paths {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        rows.extend(pages::rows(&stem, &read(&path)?));
    }
    Ok(rows)
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path)
        .map_err(|error| Failure::Stopped(format!("cannot read `{}`: {error}", path.display())))
}

fn print(comparison: &Comparison) {
    let mut manager = "";
    for finding in &comparison.findings {
        if finding.manager != manager {
            manager = &finding.manager;
            println!("{manager}");
        }
        println!("  {}: {}", finding.method, finding.text);
    }
    if !comparison.findings.is_empty() {
        println!();
    }
    for aspect in Aspect::ALL {
        println!("{:<10} {} / {}", aspect.name(), comparison.right(*aspect), comparison.rows);
    }
    println!("{:<10} {} / {}", "all", comparison.same(), comparison.rows);
    println!("{} operations are not in the reference", comparison.unlisted);
}
