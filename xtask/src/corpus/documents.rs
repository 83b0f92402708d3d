//! Finds the documents of a folder, and names their packages.

use std::path::{Path, PathBuf};

use crate::Failure;

/// A file that may be a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) path: PathBuf,
    /// The name of the file, shown in the table.
    pub(crate) file: String,
    /// The name of its package.
    pub(crate) package: String,
}

/// Returns the documents of a folder, sorted by name; if `only` is not empty, those that it names.
pub(crate) fn documents(folder: &Path, only: &[String]) -> Result<Vec<Document>, Failure> {
    let stopped =
        |error: std::io::Error| Failure::Stopped(format!("cannot read `{}`: {error}", folder.display()));
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(stopped)? {
        let path = entry.map_err(stopped)?.path();
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if path.is_file() && ["json", "yaml", "yml"].contains(&extension.as_str()) {
            paths.push(path);
        }
    }
    paths.sort();
    let all = named(paths);
    let is_meant = |document: &Document, name: &String| {
        document.file == *name
            || document.path.file_stem().is_some_and(|stem| stem.to_string_lossy() == *name)
    };
    if let Some(name) = only.iter().find(|name| !all.iter().any(|document| is_meant(document, name))) {
        return Err(Failure::Usage(format!("no document `{name}` in `{}`", folder.display())));
    }
    let chosen = |document: &Document| only.is_empty() || only.iter().any(|name| is_meant(document, name));
    let documents: Vec<Document> = all.into_iter().filter(chosen).collect();
    if documents.is_empty() {
        return Err(Failure::Stopped(format!("no documents in `{}`", folder.display())));
    }
    Ok(documents)
}

fn named(paths: Vec<PathBuf>) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    for path in paths {
        let plain = package(&path.file_stem().unwrap_or_default().to_string_lossy());
        let is_free = |name: &String| documents.iter().all(|document| document.package != *name);
        let numbered = (2..).map(|number| format!("{plain}-{number}-sdk"));
        let package =
            std::iter::once(format!("{plain}-sdk")).chain(numbered).find(is_free).unwrap_or_default();
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        documents.push(Document { path, file, package });
    }
    documents
}

/// Derives the name of a package from the letters and digits of a file name.
fn package(stem: &str) -> String {
    let words = stem.split(|char: char| !char.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    if name.starts_with(|char: char| char.is_ascii_alphabetic()) { name } else { format!("api-{name}") }
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn package_names_are_unique() {
        let paths = ["a/b c.json", "a/b_c.yaml", "a/3D.yml", "a/é.json"].map(Into::into).to_vec();
        let packages: Vec<String> = named(paths).into_iter().map(|document| document.package).collect();
        assert_eq!(packages, ["b-c-sdk", "b-c-2-sdk", "api-3d-sdk", "api--sdk"]);
    }
}
