//! A folder to run commands in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The result of a command.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    /// Returns the objects of an output with one JSON object a line. Each member has to be documented.
    #[track_caller]
    pub(crate) fn objects(&self) -> Vec<Value> {
        let parse = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let objects: Vec<Value> = self.stdout.lines().map(parse).collect();
        objects.iter().for_each(assert_documented);
        objects
    }
}

/// Checks that the page about output for programs has a section on an object, with each of its members.
#[track_caller]
fn assert_documented(object: &Value) {
    const PAGE: &str = include_str!("../../../docs/messages.md");
    let kind = object["kind"].as_str().unwrap_or_else(|| panic!("no kind: {object}"));
    let section =
        PAGE.split(&format!("\n## `{kind}`\n")).nth(1).unwrap_or_else(|| panic!("`{kind}` is undocumented"));
    let section = section.split("\n## ").next().unwrap_or_default();
    let changes = object["changes"].as_array().into_iter().flatten();
    let documents = object["documents"].as_array().into_iter().flatten();
    for object in [object].into_iter().chain(changes).chain(documents) {
        for member in
            object.as_object().into_iter().flatten().map(|(key, _)| key).filter(|key| *key != "kind")
        {
            assert!(section.contains(&format!("`{member}`")), "`{member}` of `{kind}` is undocumented");
        }
    }
}

/// A folder of its own for a test.
pub(crate) struct Project(pub(crate) PathBuf);

impl Project {
    /// Creates a folder with a copy of the description and its configuration, both in `spec`.
    pub(crate) fn new(name: &str) -> Self {
        let project = Self::empty(name);
        for file in ["memberships.yaml", "sdk.yaml"] {
            project.copy(file, &format!("spec/{file}"));
        }
        project
    }

    /// Creates a folder with a copy of the description alone.
    pub(crate) fn with_document(name: &str) -> Self {
        let project = Self::empty(name);
        project.copy("memberships.yaml", "memberships.yaml");
        project
    }

    fn empty(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("command-line").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("spec")).expect("the folder is writable");
        Self(folder)
    }

    fn copy(&self, file: &str, to: &str) {
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
        fs::copy(spec.join(file), self.0.join(to)).expect("the file can be copied");
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .expect("the command runs");
        let text = |bytes| String::from_utf8(bytes).expect("messages are UTF-8");
        Outcome { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Runs a command that has to succeed.
    #[track_caller]
    pub(crate) fn succeed(&self, arguments: &[&str]) -> Outcome {
        let outcome = self.run(arguments);
        assert_eq!(outcome.code, Some(0), "{arguments:?}: {outcome:?}");
        outcome
    }

    pub(crate) fn codegen(&self, arguments: &[&str]) -> Outcome {
        self.configured("codegen", arguments)
    }

    /// Runs a command with the configuration of the project.
    pub(crate) fn configured(&self, command: &str, arguments: &[&str]) -> Outcome {
        self.run(&[&[command, "--config", "spec/sdk.yaml", "--out", "out"], arguments].concat())
    }

    #[track_caller]
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).expect("the file is there")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.0.join(path), text).expect("the file is writable");
    }

    /// Replaces the first occurrence of a text.
    #[track_caller]
    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "`{from}` is not in {path}");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// Returns every file of a folder with its text.
    pub(crate) fn files(&self, folder: &str) -> Vec<(PathBuf, String)> {
        let mut files = Vec::new();
        let mut folders = vec![self.0.join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("the folder is there").flatten() {
                match fs::read_to_string(entry.path()) {
                    Ok(text) => files.push((entry.path(), text)),
                    Err(_) => folders.push(entry.path()),
                }
            }
        }
        files.sort();
        files
    }
}
