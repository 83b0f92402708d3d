//! Syncs files in memory with a folder, and checks the folder afterwards.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use sdk_generator::disk::{Comparison, HandWritten, Losses, Synced};
use sdk_generator::files::Files;

#[test]
fn an_empty_folder_gets_every_file() {
    let folder = Folder::new();
    let synced = folder.sync(&files(&[("Cargo.toml", "[package]\n"), ("src/lib.rs", "mod a;\n")]));
    assert_eq!(synced.written, ["Cargo.toml", "src/lib.rs"]);
    assert!(folder.read("src/lib.rs").starts_with("// @generated"));
    assert!(folder.read("src/lib.rs").ends_with("\n\nmod a;\n"));
    assert_eq!(folder.names(), ["Cargo.toml", "src", "src/lib.rs"]);
}

#[test]
fn an_unchanged_file_keeps_its_time() {
    let folder = Folder::new();
    folder.sync(&files(&[("a.rs", "1"), ("b.rs", "1")]));
    let (a, b) = (folder.age("a.rs"), folder.age("b.rs"));
    let synced = folder.sync(&files(&[("a.rs", "1"), ("b.rs", "2")]));
    assert_eq!((synced.left, synced.written), (vec!["a.rs".to_owned()], vec!["b.rs".to_owned()]));
    assert_eq!(folder.modified("a.rs"), a);
    assert_ne!(folder.modified("b.rs"), b);
}

#[test]
fn other_line_ends_are_no_change() {
    let folder = Folder::new();
    folder.sync(&files(&[("a.rs", "1\n"), ("b.md", "1\n")]));
    for name in ["a.rs", "b.md"] {
        folder.write(name, &folder.read(name).replace('\n', "\r\n"));
    }
    assert!(folder.compare(&files(&[("a.rs", "1\n"), ("b.md", "1\n")])).is_current());
    let synced = folder.sync(&files(&[("a.rs", "2\n"), ("b.md", "1\n")]));
    assert_eq!(synced.written, ["a.rs"]);
}

#[test]
fn what_is_no_longer_made_is_deleted() {
    let folder = Folder::new();
    folder.sync(&files(&[("lib.rs", ""), ("docs/a/old.md", "# Old\n"), (".gitattributes", "* text\n")]));
    folder.write("docs/mine.md", "# Mine\n");
    let synced = folder.sync(&files(&[("lib.rs", "")]));
    assert_eq!(synced.deleted, [".gitattributes", "docs/a/old.md"]);
    assert_eq!(folder.names(), ["docs", "docs/mine.md", "lib.rs"]);
}

#[test]
fn an_edited_file_stops_everything() {
    let folder = Folder::new();
    folder.sync(&files(&[("a.rs", "1"), ("b.rs", "1"), ("old.rs", "1")]));
    let edited = folder.read("b.rs").replace('1', "one");
    folder.write("b.rs", &edited);
    let next = files(&[("a.rs", "2"), ("b.rs", "2"), ("c/new.rs", "2")]);

    let refused = folder.compare(&next).accept(Losses::Refuse).expect_err("an edit would be lost");
    assert_eq!(refused.len(), 1);
    assert_eq!((refused[0].path.as_str(), refused[0].loss), ("b.rs", Some(HandWritten::Edits)));
    assert!(folder.read("a.rs").ends_with('1'));
    assert_eq!(folder.read("b.rs"), edited);
    assert_eq!(folder.names(), ["a.rs", "b.rs", "old.rs"]);

    let synced = folder.compare(&next).accept(Losses::Accept).expect("forced").sync().expect("writable");
    assert_eq!(synced.written, ["a.rs", "b.rs", "c/new.rs"]);
    assert_eq!(synced.deleted, ["old.rs"]);
}

#[test]
fn an_edited_file_is_not_deleted() {
    let folder = Folder::new();
    folder.sync(&files(&[("a.rs", "1")]));
    folder.write("a.rs", &folder.read("a.rs").replace('1', "one"));
    let refused = folder.compare(&files(&[])).accept(Losses::Refuse).expect_err("an edit would be lost");
    assert_eq!((refused[0].after.as_ref(), refused[0].loss), (None, Some(HandWritten::Edits)));
}

#[test]
fn a_file_of_somebody_else_is_not_replaced() {
    let folder = Folder::new();
    folder.write("README.md", "# Mine\n");
    let refused = folder.compare(&files(&[("README.md", "# Ours\n")])).accept(Losses::Refuse);
    assert_eq!(refused.expect_err("a file would be lost")[0].loss, Some(HandWritten::Foreign));
    assert_eq!(folder.read("README.md"), "# Mine\n");
}

#[test]
fn hand_written_and_foreign_folders_stay() {
    let folder = Folder::new();
    let ours = files(&[("lib.rs", "1")]);
    folder.sync(&ours);
    let text = folder.read("lib.rs");
    // With our header and the right path, but in places that belong to others.
    for name in ["target/lib.rs", ".git/lib.rs", "other/lib.rs"] {
        folder.write(name, &text);
    }
    folder.write("other/Cargo.toml", "[package]\n");
    folder.write("src/ext/mod.rs", "//! By hand.\n");
    assert!(folder.compare(&ours).is_current());
    folder.write("tests/copy.rs", &text);
    assert_eq!(folder.compare(&ours).changes[0].loss, Some(HandWritten::Edits));
}

#[test]
fn a_path_out_of_the_folder_is_an_error() {
    let folder = Folder::new();
    for path in ["../a.rs", "/a.rs", "a/../../b.rs", ""] {
        assert!(Comparison::make(&folder.0, files(&[(path, "")])).is_err(), "{path}");
    }
}

#[test]
fn a_difference_is_shown_and_not_made() {
    let folder = Folder::new();
    folder.sync(&files(&[("a.rs", "one\n"), ("old.md", "old\n")]));
    let before = folder.read("a.rs");
    let comparison = folder.compare(&files(&[("a.rs", "two\n"), ("new.md", "new\n")]));
    assert!(!comparison.is_current());
    let diff: Vec<_> = comparison.diff().lines().map(str::to_owned).collect();
    for line in
        ["--- a/a.rs", "+++ b/a.rs", "-one", "+two", "--- /dev/null", "+++ b/new.md", "+++ /dev/null", "-old"]
    {
        assert!(diff.iter().any(|found| found == line), "{line}\n{}", comparison.diff());
    }
    assert_eq!(folder.read("a.rs"), before);
}

#[test]
fn a_write_that_fails_leaves_everything() {
    let folder = Folder::new();
    folder.sync(&files(&[("a.rs", "1")]));
    // A file where a folder is needed.
    folder.write("z", "");
    let plan = folder.compare(&files(&[("a.rs", "2")])).accept(Losses::Refuse).expect("nothing is lost");
    plan.sync().expect("writable");
    assert!(Comparison::make(&folder.0, files(&[("a.rs", "3"), ("z/b.rs", "3")])).is_err());
    assert!(folder.read("a.rs").ends_with('2'));
    assert_eq!(folder.names(), ["a.rs", "z"]);
}

fn files(list: &[(&str, &str)]) -> Files {
    let mut files = Files::default();
    list.iter().for_each(|(path, body)| files.add(*path, (*body).to_owned()));
    files
}

/// A folder that is deleted when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("sdk-generator-{}-{count}", std::process::id()));
        fs::create_dir_all(&folder).expect("the folder for temporary files is writable");
        Self(folder)
    }

    fn compare(&self, files: &Files) -> Comparison {
        Comparison::make(&self.0, files.clone()).expect("the folder is readable")
    }

    fn sync(&self, files: &Files) -> Synced {
        let plan = self.compare(files).accept(Losses::Refuse).expect("nothing is lost");
        plan.sync().expect("the folder is writable")
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).expect("the file is there")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the folder is writable");
        fs::write(path, text).expect("the folder is writable");
    }

    fn modified(&self, path: &str) -> SystemTime {
        fs::metadata(self.0.join(path)).and_then(|data| data.modified()).expect("the file is there")
    }

    /// Sets the time of a file to an hour ago, so that the clock's resolution does not matter.
    fn age(&self, path: &str) -> SystemTime {
        let time = self.modified(path) - Duration::from_secs(3600);
        let file = fs::File::options().write(true).open(self.0.join(path)).expect("the file is there");
        file.set_modified(time).expect("the time can be set");
        self.modified(path)
    }

    /// Returns the paths in the folder.
    fn names(&self) -> Vec<String> {
        fn collect(folder: &std::path::Path, prefix: &str, names: &mut Vec<String>) {
            for entry in fs::read_dir(folder).expect("the folder is readable").flatten() {
                let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
                if entry.path().is_dir() {
                    collect(&entry.path(), &format!("{name}/"), names);
                }
                names.push(name);
            }
        }
        let mut names = Vec::new();
        collect(&self.0, "", &mut names);
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
