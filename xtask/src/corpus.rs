//! `cargo xtask corpus`: runs every document of a folder through the generator, the compiler and a JSON round trip.
//!
//! All packages are members of one workspace, so that their dependencies are built once. The time of `cargo check` is
//! measured for one package after the other. Clippy, rustdoc and the round trips run for several packages in parallel,
//! since the front end of the compiler uses a single processor. Clippy checks the library, the only target of a package
//! (its tests are doc tests).

pub(crate) mod cargo;
mod calls;
pub(crate) mod documents;
mod json;
mod made;
mod round_trip;
mod samples;
mod table;

use std::fs;

use crate::arguments::{Corpus, Format, Step};
use crate::{Failure, workspace};
use calls::Prism;
use cargo::{Cargo, Said};
use documents::Document;
use made::{Made, Outcome};
use table::Row;

/// Runs all steps for every document, and prints the results.
pub(crate) fn run(arguments: &Corpus) -> Result<(), Failure> {
    let documents = documents::documents(&arguments.folder, &arguments.only)?;
    let folder = arguments.out.clone().unwrap_or_else(|| workspace::root().join("target/corpus"));
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::Stopped(format!("cannot create `{}`: {error}", folder.display())))?;
    let folder = workspace::absolute(&folder);
    let mut rows: Vec<Row> = Vec::new();
    let mut packages: Vec<(usize, Box<Made>)> = Vec::new();
    for document in &documents {
        progress(arguments, &document.file, "generates");
        let mut row = Row::new(&document.file);
        match made::make(document, &folder.join(&document.package))? {
            Outcome::NoDocument(why) => row.no_document = Some(why),
            Outcome::Failed(why) => row.not_made = Some(why),
            Outcome::Made(made) => {
                row.fill(&made);
                packages.push((rows.len(), made));
            }
        }
        rows.push(row);
    }
    if !packages.is_empty() {
        let building = Building { arguments, documents: &documents, folder: &folder };
        building.build(&mut rows, &packages)?;
    }
    match arguments.format {
        Format::Human => table::human(&rows),
        Format::Json => table::json(&rows),
    }
    if rows.iter().any(Row::has_failed) { Err(Failure::Found) } else { Ok(()) }
}

fn progress(arguments: &Corpus, what: &str, does: &str) {
    if arguments.format == Format::Human {
        eprintln!("{does:>10} {what}");
    }
}

/// The packages of a run and the folder in which Cargo builds them.
struct Building<'a> {
    arguments: &'a Corpus,
    documents: &'a [Document],
    folder: &'a std::path::Path,
}

impl Building<'_> {
    fn build(&self, rows: &mut [Row], packages: &[(usize, Box<Made>)]) -> Result<(), Failure> {
        let names: Vec<&str> = packages.iter().map(|(row, _)| self.package(*row)).collect();
        for (row, made) in packages {
            let trip = self.program(*row);
            let files = round_trip::package(&trip, self.package(*row), &made.crate_name, &made.samples.types);
            for (path, body) in files.iter() {
                cargo::write(&self.folder.join(&trip).join(path), body)?;
            }
        }
        let mut members: Vec<String> = names.iter().copied().map(str::to_owned).collect();
        members.extend(packages.iter().map(|(row, _)| self.program(*row)));
        if self.arguments.steps.contains(&Step::Calls) {
            for (row, made) in packages {
                let program = self.caller(*row);
                let files = made.calls.package(&program, self.package(*row), &made.crate_name);
                for (path, body) in files.iter() {
                    cargo::write(&self.folder.join(&program).join(path), body)?;
                }
                members.push(program);
            }
        }
        let cargo = Cargo::new(self.folder, &members)?;
        for &step in &self.arguments.steps {
            let all = |command: &[&str]| {
                progress(self.arguments, &format!("{} packages", names.len()), step.name());
                cargo.run(command, &names)
            };
            match step {
                Step::Check => self.check(&cargo, rows, packages)?,
                Step::Clippy => {
                    let said = all(&["clippy", "--lib", "--features", "testing"])?;
                    self.note(rows, packages, &said, step);
                }
                Step::Rustdoc => {
                    let said = all(&["doc", "--lib", "--no-deps"])?;
                    self.note(rows, packages, &said, step);
                }
                Step::RoundTrip => self.round_trips(&cargo, rows, packages)?,
                Step::Calls => self.calls(&cargo, rows, packages)?,
            }
        }
        Ok(())
    }

    fn round_trips(
        &self,
        cargo: &Cargo,
        rows: &mut [Row],
        packages: &[(usize, Box<Made>)],
    ) -> Result<(), Failure> {
        progress(self.arguments, &format!("{} packages", packages.len()), Step::RoundTrip.name());
        let programs: Vec<String> = packages.iter().map(|(row, _)| self.program(*row)).collect();
        let names: Vec<&str> = programs.iter().map(String::as_str).collect();
        let said = cargo.run(&["build", "--profile", cargo::PROGRAMS], &names)?;
        for ((row, made), program) in packages.iter().zip(&programs) {
            let built = said.packages.get(program);
            match built.and_then(|findings| findings.program.as_ref()) {
                Some(path) => {
                    let trips = round_trip::run(path, &made.samples);
                    let stopped = |error| Failure::Stopped(format!("cannot run `{program}`: {error}"));
                    rows[*row].round_trips = Some(trips.map_err(stopped)?);
                }
                None => rows[*row].fail(Step::RoundTrip, "its program is not built".to_owned()),
            }
        }
        Ok(())
    }

    /// Makes the calls of all samples.
    fn calls(&self, cargo: &Cargo, rows: &mut [Row], packages: &[(usize, Box<Made>)]) -> Result<(), Failure> {
        let prism = Prism::install(&self.folder.join("prism"))?;
        for (row, made) in packages {
            progress(self.arguments, self.package(*row), Step::Calls.name());
            let program = self.caller(*row);
            let said = cargo.run(&["build", "--profile", cargo::PROGRAMS], &[&program])?;
            let findings = said.packages.get(&program);
            match findings.and_then(|findings| findings.program.as_ref()) {
                Some(path) => {
                    let document = &self.documents[*row].path;
                    rows[*row].calls = Some(made.calls.run(path, document, &prism)?);
                }
                None => {
                    let messages = findings.map(|findings| findings.messages.join("\n")).unwrap_or_default();
                    rows[*row].fail(Step::Calls, format!("its program is not built: {messages}"));
                }
            }
        }
        Ok(())
    }

    /// Measures `cargo check` of each package alone, after building its dependencies.
    fn check(&self, cargo: &Cargo, rows: &mut [Row], packages: &[(usize, Box<Made>)]) -> Result<(), Failure> {
        if let Some((row, _)) = packages.iter().min_by_key(|(_, made)| made.lines) {
            progress(self.arguments, "the dependencies of all", "checks");
            cargo.run(&["check", "--lib"], &[self.package(*row)])?;
        }
        for (row, _) in packages {
            let package = self.package(*row);
            progress(self.arguments, package, "checks");
            cargo.touch(package)?;
            let said = cargo.run(&["check", "--lib"], &[package])?;
            rows[*row].check = Some(said.took);
            self.note(rows, packages, &said, Step::Check);
        }
        Ok(())
    }

    fn note(&self, rows: &mut [Row], packages: &[(usize, Box<Made>)], said: &Said, step: Step) {
        for (row, _) in packages {
            if let Some(findings) = said.packages.get(self.package(*row)) {
                rows[*row].note(step, findings);
            }
        }
    }

    fn package(&self, row: usize) -> &str {
        &self.documents[row].package
    }

    /// Returns the name of the package with the round-trip program.
    fn program(&self, row: usize) -> String {
        format!("{}-round-trip", self.package(row))
    }

    fn caller(&self, row: usize) -> String {
        format!("{}-calls", self.package(row))
    }
}
