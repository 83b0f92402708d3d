//! Prints the results as a table for people, or as one JSON object per line for programs.

use std::time::Duration;

use serde_json::json;

use super::calls::CallResults;
use super::cargo::Findings;
use super::made::Made;
use super::round_trip::RoundTrips;
use crate::arguments::Step;

/// The most failures of one document that the table is followed by.
const MOST: usize = 12;

/// The results for a document.
#[derive(Debug, Default)]
pub(crate) struct Row {
    document: String,
    /// The reason why the file is not an OpenAPI document.
    pub(crate) no_document: Option<String>,
    /// The reason why there is no package, or a difference between two runs.
    pub(crate) not_made: Option<String>,
    operations: usize,
    types: usize,
    /// The percentage of constructs with a faithful form.
    faithful: Option<f64>,
    lines: usize,
    generate: Option<Duration>,
    /// The time of `cargo check` for the package alone.
    pub(crate) check: Option<Duration>,
    warnings: usize,
    pub(crate) round_trips: Option<RoundTrips>,
    pub(crate) calls: Option<CallResults>,
    /// The failed steps with their messages.
    failures: Vec<(Step, String)>,
}

impl Row {
    pub(crate) fn new(document: &str) -> Self {
        Self { document: document.to_owned(), ..Self::default() }
    }

    pub(crate) fn fill(&mut self, made: &Made) {
        self.operations = made.operations;
        self.types = made.types;
        self.faithful = Some(made.faithful);
        self.lines = made.lines;
        self.generate = Some(made.took);
        self.not_made.clone_from(&made.differs);
    }

    pub(crate) fn fail(&mut self, step: Step, why: String) {
        self.failures.push((step, why));
    }

    /// Adds the messages of Cargo; Clippy repeats those of the compiler.
    pub(crate) fn note(&mut self, step: Step, findings: &Findings) {
        for message in &findings.messages {
            let message = message.trim_end().to_owned();
            if self.failures.iter().all(|(_, known)| *known != message) {
                self.warnings += 1;
                self.fail(step, message);
            }
        }
        if !findings.built && findings.messages.is_empty() {
            self.fail(step, "the package was not built".to_owned());
        }
    }

    pub(crate) fn has_failed(&self) -> bool {
        let failed = self.round_trips.as_ref().is_some_and(|trips| !trips.failures.is_empty());
        let failed = failed || self.calls.as_ref().is_some_and(|calls| !calls.failures.is_empty());
        failed || self.not_made.is_some() || !self.failures.is_empty()
    }

    /// Returns all failures, each with its step.
    fn all_failures(&self) -> Vec<String> {
        let made = self.not_made.iter().map(|why| format!("generate: {why}"));
        let steps = self.failures.iter().map(|(step, why)| format!("{}: {why}", step.name()));
        let trips = self.round_trips.iter().flat_map(|trips| &trips.failures);
        let trips = trips.map(|failure| format!("{}: {failure}", Step::RoundTrip.name()));
        let calls = self.calls.iter().flat_map(|calls| &calls.failures);
        let calls = calls.map(|failure| format!("{}: {failure}", Step::Calls.name()));
        made.chain(steps).chain(trips).chain(calls).collect()
    }

    fn cells(&self) -> [String; COLUMNS.len()] {
        let dash = || "-".to_owned();
        let count = |count: usize| if self.generate.is_some() { count.to_string() } else { dash() };
        let (trips, examples) = match &self.round_trips {
            Some(trips) => (
                format!("{} / {}", trips.passed, trips.failures.len()),
                format!("{} / {}", trips.examples, trips.untrue.len()),
            ),
            None => (dash(), dash()),
        };
        [
            self.document.clone(),
            count(self.operations),
            count(self.types),
            self.faithful.map_or_else(dash, |share| format!("{share:.1}")),
            count(self.lines),
            self.generate.map_or_else(dash, |took| format!("{:.0}", took.as_secs_f64() * 1000.0)),
            self.check.map_or_else(dash, |took| format!("{:.1}", took.as_secs_f64())),
            count(self.warnings),
            trips,
            examples,
            self.calls.as_ref().map_or_else(dash, |calls| {
                format!("{} / {} / {}", calls.passed, calls.expected.len(), calls.failures.len())
            }),
        ]
    }
}

const COLUMNS: [&str; 11] = [
    "document",
    "operations",
    "types",
    "faithful %",
    "lines",
    "generate ms",
    "check s",
    "warnings",
    "round trips",
    "examples",
    "calls",
];

/// Prints the table, followed by the failures. Round trips and examples are counted as passed and failed, calls as
/// passed, failed as expected, and failed.
pub(crate) fn human(rows: &[Row]) {
    let cells: Vec<[String; COLUMNS.len()]> = rows.iter().map(Row::cells).collect();
    let widths: Vec<usize> = (0..COLUMNS.len())
        .map(|column| {
            cells.iter().map(|row| row[column].len()).chain([COLUMNS[column].len()]).max().unwrap_or(0)
        })
        .collect();
    let line = |cells: &[String]| {
        let mut line = String::new();
        for (column, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            line += &if column == 0 { format!("{cell:<width$}") } else { format!("  {cell:>width$}") };
        }
        println!("{}", line.trim_end());
    };
    line(&COLUMNS.map(str::to_owned));
    for (row, cells) in rows.iter().zip(&cells) {
        match &row.no_document {
            Some(why) => {
                println!("{:<width$}  not an OpenAPI document: {why}", row.document, width = widths[0])
            }
            None => line(cells),
        }
    }
    for row in rows {
        let failures = row.all_failures();
        for failure in failures.iter().take(MOST) {
            println!("\n{}: {failure}", row.document);
        }
        if failures.len() > MOST {
            println!("\n{}: and {} more", row.document, failures.len() - MOST);
        }
    }
}

/// Prints one JSON object per line, with all failures.
pub(crate) fn json(rows: &[Row]) {
    for row in rows {
        let seconds = |took: Option<Duration>| took.map(|took| took.as_secs_f64());
        let trips = row.round_trips.as_ref();
        println!(
            "{}",
            json!({
                "document": row.document,
                "no_document": row.no_document,
                "operations": row.operations,
                "types": row.types,
                "faithful_percent": row.faithful,
                "lines": row.lines,
                "generate_seconds": seconds(row.generate),
                "check_seconds": seconds(row.check),
                "warnings": row.warnings,
                "failures": row.all_failures(),
                "round_trips_passed": trips.map(|trips| trips.passed),
                "round_trips_failed": trips.map(|trips| trips.failures.len()),
                "examples_passed": trips.map(|trips| trips.examples),
                "examples_failed": trips.map(|trips| &trips.untrue),
                "calls_passed": row.calls.as_ref().map(|calls| calls.passed),
                "calls_expected": row.calls.as_ref().map(|calls| &calls.expected),
                "calls_failed": row.calls.as_ref().map(|calls| &calls.failures),
                "failed": row.has_failed(),
            })
        );
    }
}
