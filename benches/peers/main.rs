//! Compares this generator with other Rust generators: run time, memory, and the size and compile time of the output.
//!
//! `cargo bench -p sdk-benches --bench peers [-- DOCUMENT..]` installs the peers from the package registry into
//! `target/peers`, runs them and `xtask` on the documents of the folder in `SPEC_CORPUS`, and prints each figure with
//! its ratio to ours. `-- --check` compiles the output as well. The row of a peer that fails shows its error.

mod measure;
mod tools;

use std::path::{Path, PathBuf};

use measure::{Run, code_lines, median};
use tools::{Tool, tools};

/// The number of runs of each generator on each document.
const RUNS: usize = 5;
/// The default documents.
const DOCUMENTS: &[&str] = &["box-2024.0.json", "github.json", "openai.yaml"];

fn main() {
    // `cargo test` runs benchmarks too, with this argument.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let Some(corpus) = std::env::var_os("SPEC_CORPUS").map(PathBuf::from) else {
        println!("no documents: set SPEC_CORPUS to their folder");
        return;
    };
    let check = std::env::args().any(|argument| argument == "--check");
    let named: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let documents: Vec<&str> =
        if named.is_empty() { DOCUMENTS.to_vec() } else { named.iter().map(String::as_str).collect() };
    let folder = measure::workspace().join("target/peers");
    let tools = tools(&folder);
    println!(
        "{:<18} {:<16} {:>9} {:>6} {:>8} {:>9} {:>6} {:>8} {:>6} {:>8}",
        "document", "tool", "generate", "ratio", "memory", "lines", "ratio", "check", "ratio", "memory"
    );
    for document in documents {
        let mut ours = None;
        for tool in &tools {
            let row = Row::measure(tool, &corpus.join(document), &folder, check);
            row.print(document, tool.name, ours.as_ref());
            ours.get_or_insert(row);
        }
    }
}

/// The figures of one tool for one document.
struct Row {
    generate: Result<Run, String>,
    lines: usize,
    check: Option<Result<Run, String>>,
}

impl Row {
    fn measure(tool: &Tool, document: &Path, folder: &Path, check: bool) -> Self {
        let stem = document.file_stem().unwrap_or_default().to_string_lossy().replace('.', "-");
        let out = folder.join("out").join(format!("{}-{stem}", tool.name));
        let mut runs = Vec::new();
        for run in 0..RUNS {
            // Uses a new folder for each run, since writing is slower where files were just deleted.
            let out = out.join(run.to_string());
            std::fs::remove_dir_all(&out).ok();
            match tool.generate(document, &out) {
                Ok(run) => runs.push(run),
                Err(why) => return Self { generate: Err(why), lines: 0, check: None },
            }
        }
        let last = out.join((RUNS - 1).to_string());
        let check = check.then(|| tool.check(&last, folder));
        Self { generate: Ok(median(runs)), lines: code_lines(&last), check }
    }

    fn print(&self, document: &str, tool: &str, ours: Option<&Self>) {
        let run = match &self.generate {
            Ok(run) => run,
            Err(why) => {
                println!("{document:<18} {tool:<16} error: {why}");
                return;
            }
        };
        let seconds = |result: &Result<Run, String>| result.as_ref().ok().map(|run| run.seconds);
        let ratio =
            |own: f64, base: Option<f64>| base.map_or_else(String::new, |base| format!("{:.1}", own / base));
        let base = ours.and_then(|ours| seconds(&ours.generate));
        print!(
            "{document:<18} {tool:<16} {:>7.2} s {:>6} {:>5} MB {:>9} {:>6}",
            run.seconds,
            ratio(run.seconds, base),
            run.megabytes,
            self.lines,
            ratio(self.lines as f64, ours.map(|ours| ours.lines as f64)),
        );
        let base = ours.and_then(|ours| ours.check.as_ref()).and_then(seconds);
        match &self.check {
            None => println!(),
            Some(Ok(run)) => {
                println!(" {:>6.1} s {:>6} {:>5} MB", run.seconds, ratio(run.seconds, base), run.megabytes);
            }
            Some(Err(why)) => println!(" does not compile: {why}"),
        }
    }
}
