//! Paths in this workspace, and paths in a readable form.

use std::path::{Component, Path, PathBuf};
use std::{env, fs};

use crate::Failure;

/// Returns the root of this workspace.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Returns the path relative to the current folder if it lies below that, and the absolute path otherwise.
pub(crate) fn shown(path: &Path) -> PathBuf {
    let path = absolute(path);
    let short = env::current_dir().ok().and_then(|current| Some(path.strip_prefix(current).ok()?.to_owned()));
    short.filter(|short| !short.as_os_str().is_empty()).unwrap_or(path)
}

/// Returns the absolute path, with links, `.` and `..` resolved; it need not exist.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let path = env::current_dir().unwrap_or_default().join(path);
    let mut resolved = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                resolved.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => {
                resolved.push(part);
                if let Ok(real) = resolved.canonicalize() {
                    resolved = real;
                }
            }
        }
    }
    resolved
}

/// Reads a file that may be missing.
pub(crate) fn read(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::Stopped(format!("cannot read {}: {error}", path.display()))),
    }
}

/// Writes a file.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text)
        .map_err(|error| Failure::Stopped(format!("cannot write {}: {error}", path.display())))
}

/// Returns the relative path from one folder to another; both paths must be absolute.
pub(crate) fn relative(from: &Path, to: &Path) -> PathBuf {
    let common = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(to.components().skip(common)).collect()
}

/// Returns the name of the package whose manifest lies in a folder.
pub(crate) fn package_name(folder: &Path) -> Option<String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let manifest: toml::Table = manifest.parse().ok()?;
    Some(manifest.get("package")?.get("name")?.as_str()?.to_owned())
}

/// Returns `true` if the folder is a member of the nearest workspace above it.
pub(crate) fn is_member(folder: &Path) -> bool {
    let workspace =
        folder.ancestors().skip(1).find_map(|above| Some((above, members(&above.join("Cargo.toml"))?)));
    let Some((above, members)) = workspace else { return false };
    let path = relative(above, folder).to_string_lossy().replace('\\', "/");
    let fits = |pattern: &String| {
        let (pattern, path) =
            (pattern.trim_start_matches("./").trim_end_matches('/').split('/'), path.split('/'));
        pattern.clone().count() == path.clone().count()
            && pattern.zip(path).all(|(pattern, part)| fits_part(pattern, part))
    };
    members.iter().any(fits)
}

/// Returns the member patterns of a manifest, or `None` if the manifest is not that of a workspace.
fn members(manifest: &Path) -> Option<Vec<String>> {
    let manifest: toml::Table = fs::read_to_string(manifest).ok()?.parse().ok()?;
    let members = manifest.get("workspace")?.as_table()?.get("members").and_then(toml::Value::as_array);
    let members = members.into_iter().flatten().filter_map(toml::Value::as_str);
    Some(members.map(str::to_owned).collect())
}

/// Returns `true` if a path segment matches a pattern in which one `*` stands for any characters.
fn fits_part(pattern: &str, part: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => {
            part.len() >= start.len() + end.len() && part.starts_with(start) && part.ends_with(end)
        }
        None => pattern == part,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{fits_part, is_member, members, relative, root};

    #[test]
    fn paths_lead_from_one_to_the_other() {
        let relative = |from, to| relative(Path::new(from), Path::new(to)).to_string_lossy().into_owned();
        assert_eq!(relative("/a/b", "/a/c"), "../c");
        assert_eq!(relative("/a", "/a/b/c"), "b/c");
        assert_eq!(relative("/a/b/c", "/d"), "../../../d");
    }

    #[test]
    fn members_are_those_of_the_manifest() {
        assert_eq!(members(&root().join("xtask/Cargo.toml")), None);
        assert!(members(&root().join("Cargo.toml")).is_some_and(|members| members.len() > 3));
        assert!(is_member(&root().join("generator")));
        assert!(!is_member(&root().join("generator/src")));
    }

    #[test]
    fn patterns_of_members_fit_parts() {
        for (pattern, part) in
            [("sdk", "sdk"), ("*", "sdk"), ("s*", "sdk"), ("*-sdk", "my-sdk"), ("s*k", "sdk")]
        {
            assert!(fits_part(pattern, part), "{pattern} {part}");
        }
        for (pattern, part) in [("sdk", "sdks"), ("s*s", "s"), ("*-sdk", "sdk")] {
            assert!(!fits_part(pattern, part), "{pattern} {part}");
        }
    }
}
