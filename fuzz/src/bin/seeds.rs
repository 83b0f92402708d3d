//! Writes the seeds of the fuzzer from fixtures and published documents.
//!
//! `cargo run --bin seeds` in `fuzz` writes below `fuzz/corpus`, which git ignores.

use std::fs;
use std::path::{Path, PathBuf};

use sdk_fuzz::slices::slices;
use serde_json::Value;

/// The most slices of one document.
const MOST: usize = 60;
/// The most bytes of a seed; larger ones slow the fuzzer down.
const LARGEST: usize = 60_000;

fn main() -> std::io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (documents, texts) = (here.join("corpus/documents"), here.join("corpus/texts"));
    fs::create_dir_all(&documents)?;
    fs::create_dir_all(&texts)?;
    let tests = here.join("../generator/tests");
    let mut paths = vec![tests.join("obstacles.yaml")];
    for folder in ["lower", "rust", "docs", "diagnostics", "report", "load/documents", "swagger/documents"] {
        paths.extend(files(&tests.join(folder))?);
    }
    if let Some(corpus) = std::env::var_os("SPEC_CORPUS") {
        paths.extend(files(Path::new(&corpus))?);
    }
    let mut written = 0;
    for path in paths {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if text.len() < LARGEST {
            fs::write(texts.join(&name), &text)?;
        }
        let Some(document) = read(&text) else { continue };
        let slices: Vec<String> = slices(&document).iter().map(Value::to_string).collect();
        let small: Vec<&String> = slices.iter().filter(|slice| slice.len() < LARGEST).collect();
        let step = small.len().div_ceil(MOST).max(1);
        for (index, slice) in small.into_iter().step_by(step).enumerate() {
            fs::write(documents.join(format!("{name}.{index}.json")), slice)?;
            written += 1;
        }
    }
    println!("{written} documents in {}", documents.display());
    Ok(())
}

fn read(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().or_else(|| serde_yaml::from_str(text).ok())
}

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}
