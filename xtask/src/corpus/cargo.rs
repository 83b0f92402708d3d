//! Runs Cargo on packages, and collects its messages.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use serde::Deserialize;

use crate::{Failure, workspace};

/// The workspace of the generated packages, which share their dependencies.
pub(crate) struct Cargo {
    folder: PathBuf,
}

/// The Cargo profile of the round-trip programs.
pub(crate) const PROGRAMS: &str = "round-trip";

/// The messages of a run of Cargo, by package name.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(crate) packages: BTreeMap<String, Findings>,
    pub(crate) took: Duration,
}

/// The messages about one package.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// Warnings and errors, rendered for people.
    pub(crate) messages: Vec<String>,
    /// The errors among the messages that have a place.
    pub(crate) errors: Vec<Located>,
    /// The executable, if the package has one and it was built.
    pub(crate) program: Option<PathBuf>,
    pub(crate) built: bool,
}

/// An error with its places.
#[derive(Debug)]
pub(crate) struct Located {
    /// The primary places: paths relative to the workspace, and line numbers.
    pub(crate) places: Vec<(String, usize)>,
    /// The error, rendered for people.
    pub(crate) message: String,
}

/// A line of Cargo's JSON output.
#[derive(Deserialize)]
struct Line {
    reason: String,
    package_id: Option<String>,
    message: Option<Message>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Message {
    spans: Vec<Span>,
    rendered: Option<String>,
    level: String,
}

/// A place in a message.
#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    is_primary: bool,
}

impl Cargo {
    /// Writes the manifest of a workspace with these members.
    pub(crate) fn new(folder: &Path, members: &[String]) -> Result<Self, Failure> {
        let quoted: String = members.iter().map(|member| format!("    \"{member}\",\n")).collect();
        // The programs run once and are never debugged; their dependencies do most of the work.
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\n{quoted}]\n\n[profile.{PROGRAMS}]\n\
             inherits = \"dev\"\ndebug = false\n\n[profile.{PROGRAMS}.package.\"*\"]\nopt-level = 1\n"
        );
        write(&folder.join("Cargo.toml"), &manifest)?;
        let lock = workspace::root().join("Cargo.lock");
        let text = fs::read_to_string(&lock).map_err(|error| stopped(&lock, &error))?;
        // Uses the versions that are downloaded already.
        write(&folder.join("Cargo.lock"), &text)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Touches a source file, so that Cargo rebuilds the package.
    pub(crate) fn touch(&self, package: &str) -> Result<(), Failure> {
        let path = self.folder.join(package).join("src/lib.rs");
        let touched = File::options().append(true).open(&path);
        touched.and_then(|file| file.set_modified(SystemTime::now())).map_err(|error| stopped(&path, &error))
    }

    /// Runs a Cargo command for packages.
    pub(crate) fn run(&self, command: &[&str], packages: &[&str]) -> Result<Said, Failure> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let start = Instant::now();
        let output = Command::new(cargo)
            .args(command)
            .args(["--offline", "--keep-going", "--message-format", "json"])
            .args(packages.iter().flat_map(|package| ["--package", package]))
            .current_dir(&self.folder)
            .env("CARGO_INCREMENTAL", "0")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| Failure::Stopped(format!("cannot run cargo: {error}")))?;
        let mut said = Said { took: start.elapsed(), ..Said::default() };
        for package in packages {
            said.packages.insert((*package).to_owned(), Findings::default());
        }
        let text = String::from_utf8_lossy(&output.stdout);
        text.lines().filter_map(|line| serde_json::from_str(line).ok()).for_each(|line| said.take(line));
        let told = said.packages.values().any(|findings| !findings.messages.is_empty());
        if !output.status.success() && !told {
            let error = String::from_utf8_lossy(&output.stderr);
            // Runs offline, so that the packages are checked with the reviewed versions of crates.
            let hint =
                if error.contains("--offline") { "\n`cargo fetch` downloads missing crates" } else { "" };
            return Err(Failure::Stopped(format!("`cargo {}` failed:\n{error}{hint}", command.join(" "))));
        }
        Ok(said)
    }
}

impl Said {
    fn take(&mut self, line: Line) {
        let name = line.package_id.as_deref().and_then(package_name);
        let Some(findings) = name.and_then(|name| self.packages.get_mut(name)) else { return };
        match (line.reason.as_str(), line.message) {
            // A message without a span is a summary of others, unless it is an error.
            ("compiler-message", Some(message)) if !message.spans.is_empty() || message.level == "error" => {
                if message.level == "error" && !message.spans.is_empty() {
                    let primary = message.spans.into_iter().filter(|span| span.is_primary);
                    findings.errors.push(Located {
                        places: primary.map(|span| (span.file_name, span.line_start)).collect(),
                        message: message.rendered.clone().unwrap_or_default(),
                    });
                }
                findings.messages.extend(message.rendered);
            }
            ("compiler-artifact", _) => {
                findings.built = true;
                findings.program = findings.program.take().or(line.executable);
            }
            _ => {}
        }
    }
}

/// Returns the name in `path+file:///folder/name#0.1.0`, or in `path+file:///folder#name@0.1.0`.
fn package_name(id: &str) -> Option<&str> {
    let (path, version) = id.rsplit_once('#')?;
    version.rsplit_once('@').map(|(name, _)| name).or_else(|| path.rsplit('/').next())
}

/// Writes a file unless it has this content already.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(path).is_ok_and(|before| before == text) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).and_then(|()| fs::write(path, text)).map_err(|error| stopped(path, &error))
}

fn stopped(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Stopped(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::package_name;

    #[test]
    fn package_names_are_read_from_package_ids() {
        assert_eq!(package_name("path+file:///a/pets-sdk#0.1.0"), Some("pets-sdk"));
        assert_eq!(package_name("path+file:///a/b#pets-sdk@0.1.0"), Some("pets-sdk"));
    }
}
