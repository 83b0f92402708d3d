//! Measures the stages of the generator on the documents of a folder.
//!
//! `cargo bench -p sdk-benches --bench generate [-- NAME..]` reads the documents of the folder in `SPEC_CORPUS`, all or
//! the named ones. The time of a stage is that of the calling thread (`schedstat` of Linux). The last two columns are the
//! wall time of a whole run, with other threads: without a lock, and with that of the same document, which is read
//! and compared as well. Each figure is the median of eleven runs.

use std::path::{Path, PathBuf};
use std::time::Instant;

use sdk_generator::emit::{manifest, markdown, rust};
use sdk_generator::keep::Kept;
use sdk_generator::{
    Config, Diagnostics, Files, Input, Listing, Source, Spec, Verdict, check, generate, generate_since,
    lower, passes,
};

/// The names of the stages, in order.
const STAGES: [&str; 9] =
    ["load", "lower", "passes", "assign", "rust", "markdown", "manifest", "listing", "verdict"];

fn main() {
    // `cargo test` runs benchmarks too, with this argument.
    let is_test = std::env::args().any(|argument| argument == "--test");
    let named: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let Some(folder) = std::env::var_os("SPEC_CORPUS").map(PathBuf::from) else {
        println!("no documents: set SPEC_CORPUS to their folder");
        return;
    };
    print!("{:<24}", "ms");
    STAGES.iter().for_each(|stage| print!("{stage:>9}"));
    println!("{:>9}{:>9}", "wall", "locked");
    for path in documents(&folder) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if named.is_empty() || named.contains(&name) {
            report(&name, &path, if is_test { 1 } else { 11 });
        }
        if is_test {
            break;
        }
    }
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("SPEC_CORPUS is a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn report(name: &str, path: &Path, runs: usize) {
    let text = std::fs::read_to_string(path).expect("a document is text");
    let documents = [Source { name: name.to_owned(), text }];
    let config = Config::bare("bench-sdk");
    let input = Input { documents: &documents, read: &|_| None, config: &config };
    let mut times = vec![Vec::new(); STAGES.len()];
    let (mut wall, mut locked) = (Vec::new(), Vec::new());
    let lock = generate(&input).map(|generated| generated.listing.print()).unwrap_or_default();
    for _ in 0..runs {
        for (times, time) in times.iter_mut().zip(stages(&input)) {
            times.push(time);
        }
        let start = Instant::now();
        std::hint::black_box(generate(&input).is_ok());
        wall.push(start.elapsed().as_secs_f64() * 1000.0);
        let start = Instant::now();
        let listing = Listing::parse(&lock).ok();
        std::hint::black_box(listing.is_some_and(|listing| generate_since(&input, &listing).is_ok()));
        locked.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    print!("{name:<24}");
    times.into_iter().for_each(|times| print!("{:>9.1}", median(times)));
    println!("{:>9.1}{:>9.1}", median(wall), median(locked));
}

/// Returns the milliseconds of each stage; if an error stops the run, the stages after it are zero.
fn stages(input: &Input<'_>) -> [f64; STAGES.len()] {
    let mut times = [0.0; STAGES.len()];
    let mut diagnostics = Diagnostics::new(&input.config.allow);
    let mut clock = Clock::start();
    let Ok(spec) = Spec::load(input, &mut diagnostics) else { return times };
    times[0] = clock.lap();
    let mut api = lower::lower(&spec, input.config, &mut diagnostics);
    times[1] = clock.lap();
    passes::run(&mut api);
    check::check(&api, &mut diagnostics);
    times[2] = clock.lap();
    let symbols = rust::Symbols::assign(&api, &Kept::default());
    if diagnostics.barrier().is_err() {
        return times;
    }
    times[3] = clock.lap();
    let mut files = Files::default();
    rust::emit(&api, &symbols, &mut files);
    times[4] = clock.lap();
    let rust = rust::Rust::new(&api, &symbols);
    markdown::emit(&api, &rust, &mut files);
    times[5] = clock.lap();
    manifest::emit(&api, &symbols, &mut files);
    times[6] = clock.lap();
    let listing = rust.listing();
    files.add("api.txt", listing.print());
    times[7] = clock.lap();
    let old = listing.clone();
    clock.lap();
    std::hint::black_box(Verdict::between(&old, &listing));
    times[8] = clock.lap();
    times
}

/// A clock of this thread's running time.
struct Clock(f64);

impl Clock {
    fn start() -> Self {
        Self(running())
    }

    fn lap(&mut self) -> f64 {
        let now = running();
        let lap = now - self.0;
        self.0 = now;
        lap
    }
}

/// Returns the running time of this thread in milliseconds.
fn running() -> f64 {
    let text =
        std::fs::read_to_string("/proc/thread-self/schedstat").expect("schedstat is available on Linux");
    let nanoseconds = text.split_whitespace().next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.expect("a number") / 1e6
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
