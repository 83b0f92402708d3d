//! Paths of this workspace, and paths as a person wants to read them.

use std::path::{Component, Path, PathBuf};
use std::{env, fs};

use crate::Failure;

/// The root of this workspace.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The path from the current folder, where that is above; else from the root of the file system.
pub(crate) fn shown(path: &Path) -> PathBuf {
    let path = absolute(path);
    let short = env::current_dir().ok().and_then(|current| Some(path.strip_prefix(current).ok()?.to_owned()));
    short.filter(|short| !short.as_os_str().is_empty()).unwrap_or(path)
}

/// The path from the root of the file system, without links, `.` and `..`; it need not exist.
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

/// Writes a file that somebody asked for.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text)
        .map_err(|error| Failure::Stopped(format!("cannot write {}: {error}", path.display())))
}

/// The path that leads from one folder to another, both from the root of the file system.
pub(crate) fn relative(from: &Path, to: &Path) -> PathBuf {
    let common = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(to.components().skip(common)).collect()
}

/// The name of the package whose manifest lies in a folder.
pub(crate) fn package_name(folder: &Path) -> Option<String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let manifest: toml::Table = manifest.parse().ok()?;
    Some(manifest.get("package")?.get("name")?.as_str()?.to_owned())
}

/// True when a workspace above the folder has it as a member.
pub(crate) fn is_member(folder: &Path) -> bool {
    folder.ancestors().skip(1).any(|above| {
        let manifest = fs::read_to_string(above.join("Cargo.toml")).unwrap_or_default();
        let path = relative(above, folder).to_string_lossy().replace('\\', "/");
        members(&manifest).any(|member| match member.strip_suffix("/*") {
            Some(parent) => path.rsplit_once('/').is_some_and(|(above, _)| above == parent),
            None => member == path,
        })
    })
}

/// The members that a manifest lists.
fn members(manifest: &str) -> impl Iterator<Item = &str> {
    let list = manifest.split_once("[workspace]").and_then(|(_, rest)| rest.split_once("members"));
    let list = list.and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
    list.split('"').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{is_member, members, relative, root};

    #[test]
    fn paths_lead_from_one_to_the_other() {
        let relative = |from, to| relative(Path::new(from), Path::new(to)).to_string_lossy().into_owned();
        assert_eq!(relative("/a/b", "/a/c"), "../c");
        assert_eq!(relative("/a", "/a/b/c"), "b/c");
        assert_eq!(relative("/a/b/c", "/d"), "../../../d");
    }

    #[test]
    fn members_are_those_of_the_manifest() {
        let manifest =
            "[workspace]\nresolver = \"3\"\nmembers = [\n  \"a\",\n  \"b/*\",\n]\n[x]\ny = [\"c\"]";
        assert_eq!(members(manifest).collect::<Vec<_>>(), ["a", "b/*"]);
        assert_eq!(members("[package]\nname = \"x\"").count(), 0);
        assert!(is_member(&root().join("generator")));
        assert!(!is_member(&root().join("generator/src")));
    }
}
