//! Lists the versions of a document in the order of their names.

use std::path::Path;

use crate::Failure;
use crate::corpus::documents::{Document, documents};

/// Returns the versions in a folder, the oldest first: numbers in file names are compared by value.
pub(super) fn versions(folder: &Path) -> Result<Vec<Document>, Failure> {
    let mut versions = documents(folder, &[])?;
    versions.sort_by_key(|version| (parts(&version.file), version.file.clone()));
    if versions.len() < 2 {
        return Err(Failure::Stopped(format!("`{}` holds a single version", folder.display())));
    }
    Ok(versions)
}

/// A run of digits or of other characters.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u128),
    Text(String),
}

fn parts(name: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    for run in
        stem.chars().collect::<Vec<_>>().chunk_by(|one, other| one.is_ascii_digit() == other.is_ascii_digit())
    {
        let text: String = run.iter().collect();
        parts.push(text.parse().map_or(Part::Text(text), Part::Number));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn versions_are_ordered_by_number() {
        let mut names = ["v1.10.json", "v1.9.yaml", "v1.9.1.json", "v2.json", "v1.json"];
        names.sort_by_key(|name| parts(name));
        assert_eq!(names, ["v1.json", "v1.9.yaml", "v1.9.1.json", "v1.10.json", "v2.json"]);
    }
}
