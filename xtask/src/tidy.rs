//! `cargo xtask tidy`: checks the rules of the source code that the compiler does not know.

mod circles;
mod code;
mod code_map;
mod english;
mod functions;
mod rooms;
mod style;
mod walls;

use std::fmt;
use std::path::Path;

use code::File;

use crate::{Failure, workspace};

/// Folders with hand-written sources; generated files among them are left out.
const FOLDERS: &[&str] =
    &["benches", "docs", "fuzz", "generated-sdk", "generator", "runtime", "spec", "xtask"];

/// The start of the last line of a generated page.
const GENERATED_PAGE: &str = "<!-- @generated";

/// A place that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    /// Path below the root of the workspace.
    path: String,
    /// Counted from 1.
    line: usize,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Checks every source file and template.
pub(crate) fn run() -> Result<(), Failure> {
    let root = workspace::root();
    let files = files(&root)?;
    let mut findings: Vec<Finding> = Vec::new();
    for file in &files {
        style::check(file, &mut findings);
        english::check(file, &mut findings);
        functions::check(file, &mut findings);
        walls::check(file, &mut findings);
    }
    circles::check(&files, &mut findings);
    rooms::check(&files, &mut findings);
    code_map::check(&files, &mut findings);
    for (path, text) in read(&root, "templates", &|_| true)? {
        style::check_template(&path, &text, &mut findings);
        english::check_text(&path, &text, &mut findings);
    }
    for folder in FOLDERS {
        for (path, text) in read(&root, folder, &|name| name.ends_with(".md"))? {
            if !text.contains(GENERATED_PAGE) {
                english::check_text(&path, &text, &mut findings);
            }
        }
    }
    for finding in &findings {
        println!("{finding}");
    }
    if !findings.is_empty() {
        return Err(Failure::Stopped(format!("{} findings in {} files", findings.len(), files.len())));
    }
    println!("{} files are tidy", files.len());
    Ok(())
}

/// Returns the hand-written sources.
fn files(root: &Path) -> Result<Vec<File>, Failure> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        for (path, text) in read(root, folder, &|name| name.ends_with(".rs"))? {
            if !text.starts_with("// @generated") {
                files.push(File::new(path, text));
            }
        }
    }
    Ok(files)
}

/// Returns the texts below a folder with their paths below the root, in order.
fn read(root: &Path, below: &str, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<(String, String)>, Failure> {
    let stopped = |error: std::io::Error| Failure::Stopped(format!("cannot read `{below}`: {error}"));
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(root.join(below)).map_err(stopped)? {
        let entry = entry.map_err(stopped)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{below}/{name}");
        if entry.path().is_dir() {
            if name != "target" && !name.starts_with('.') {
                texts.extend(read(root, &path, wanted)?);
            }
        } else if wanted(&name) {
            texts.push((path, std::fs::read_to_string(entry.path()).map_err(stopped)?));
        }
    }
    texts.sort();
    Ok(texts)
}
