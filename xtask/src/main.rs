//! The command line for maintainers, a thin layer over the generator.

mod advisories;
mod arguments;
mod codegen;
mod corpus;
mod diff;
mod input;
mod ir;
mod parity;
mod release;
mod replay;
mod report;
mod slice;
mod tidy;
mod workspace;

use std::process::ExitCode;

use arguments::Command;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The reason for an unsuccessful exit.
#[derive(Debug)]
enum Failure {
    /// Findings that have been reported already.
    Found,
    /// An invalid command line.
    Usage(String),
    /// An error that ended the command.
    Stopped(String),
}

impl From<sdk_generator::disk::Error> for Failure {
    fn from(error: sdk_generator::disk::Error) -> Self {
        Self::Stopped(error.to_string())
    }
}

fn main() -> ExitCode {
    let result = arguments::parse(lexopt::Parser::from_env()).and_then(|command| match command {
        Command::Codegen(arguments) => codegen::run(&arguments),
        Command::Ir(arguments) => ir::run(&arguments),
        Command::Diff(options) => diff::run(&options),
        Command::Release(options) => release::run(&options),
        Command::Slice(options) => slice::run(options),
        Command::Parity { docs, reference } => parity::run(&docs, &reference),
        Command::Corpus(arguments) => corpus::run(&arguments),
        Command::Replay(options) => replay::run(&options),
        Command::Tidy => tidy::run(),
        Command::Advisories { database } => advisories::run(database.as_deref()),
        Command::Help => {
            report::help();
            Ok(())
        }
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Found) => ExitCode::from(1),
        Err(Failure::Stopped(message)) => {
            eprintln!("error: {message}");
            ExitCode::from(1)
        }
        Err(Failure::Usage(message)) => {
            eprintln!("error: {message}\n\nSee `cargo xtask --help`.");
            ExitCode::from(2)
        }
    }
}
