//! Measures the time and memory of commands, and counts the lines of code in a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The cost of running a command.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// Wall time.
    pub seconds: f64,
    /// The peak memory of its largest process.
    pub megabytes: u64,
}

/// Returns the root of this workspace.
pub fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Runs a command, and watches the memory of its processes.
///
/// # Errors
/// Returns a telling line of the command's output if it fails.
pub fn run(command: &mut Command) -> Result<Run, String> {
    let log = workspace().join("target/peers/log");
    let output = fs::File::create(&log).map_err(|error| error.to_string())?;
    let errors = output.try_clone().map_err(|error| error.to_string())?;
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(errors)
        .spawn()
        .map_err(|error| error.to_string())?;
    let mut peak = 0;
    let status = loop {
        peak = peak.max(most(child.id()));
        match child.try_wait() {
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            Ok(Some(status)) => break status,
            Err(error) => return Err(error.to_string()),
        }
    };
    let seconds = start.elapsed().as_secs_f64();
    if status.success() {
        return Ok(Run { seconds, megabytes: peak / 1024 });
    }
    let said = fs::read(&log).unwrap_or_default();
    Err(reason(&String::from_utf8_lossy(&said)).unwrap_or_else(|| status.to_string()))
}

/// Returns the first line of the output that mentions an error, or else the last line.
fn reason(said: &str) -> Option<String> {
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let telling = |line: &&str| line.contains("rror") || line.contains("panicked");
    let line = lines.clone().find(telling).or_else(|| lines.next_back())?;
    Some(line.chars().take(120).collect())
}

/// Returns the peak memory in KiB of the largest among a process and its descendants, as Linux reports it.
fn most(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let own = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let own = own.and_then(|text| text.split_whitespace().next()?.parse().ok()).unwrap_or(0);
    // Linux lists child processes by the thread that started them.
    let threads = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let children = threads.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    let children: String = children.collect();
    let children = children.split_whitespace().filter_map(|child| child.parse().ok());
    children.map(most).fold(own, u64::max)
}

/// Returns the run with the median wall time, and the peak memory of all runs.
pub fn median(mut runs: Vec<Run>) -> Run {
    let megabytes = runs.iter().map(|run| run.megabytes).max().unwrap_or(0);
    runs.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
    Run { seconds: runs[runs.len() / 2].seconds, megabytes }
}

/// Counts the lines of Rust below a folder, without blank lines and comments.
pub fn code_lines(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let paths = entries.flatten().map(|entry| entry.path());
    let count = |path: PathBuf| {
        if path.is_dir() {
            code_lines(&path)
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap_or_default();
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines.filter(|line| !line.starts_with("//") && !line.starts_with("#[doc =")).count()
        } else {
            0
        }
    };
    paths.map(count).sum()
}
