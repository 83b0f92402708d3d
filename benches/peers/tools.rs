//! The generators to compare: how each is installed, run, and its output compiled.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::measure::{Run, run, workspace};

/// A generator of Rust clients.
pub struct Tool {
    pub name: &'static str,
    program: Result<PathBuf, String>,
    ask: fn(&mut Command, &Path, &Path),
    /// `true` if the output is a crate; otherwise it is a module with a list of dependencies.
    crate_of_its_own: bool,
}

/// Returns this generator, then the peers, which are installed below the folder if necessary.
pub fn tools(folder: &Path) -> Vec<Tool> {
    std::fs::create_dir_all(folder).expect("the target folder can be written");
    let xtask = workspace().join("target/release/xtask");
    let mut build = Command::new("cargo");
    build.args(["build", "--release", "--quiet", "--package", "xtask"]).current_dir(workspace());
    let built = run(build.env("CARGO_TARGET_DIR", workspace().join("target")));
    vec![
        Tool { name: "sdk-generator", program: built.map(|_| xtask), ask: ask_ours, crate_of_its_own: true },
        Tool {
            name: "openapi-to-rust",
            program: install(folder, "openapi-to-rust", "^0.23", "openapi-to-rust"),
            ask: ask_openapi_to_rust,
            crate_of_its_own: false,
        },
        Tool {
            name: "ploidy",
            program: install(folder, "ploidy", "^0.15", "ploidy"),
            ask: ask_ploidy,
            crate_of_its_own: true,
        },
        Tool {
            name: "progenitor",
            program: install(folder, "cargo-progenitor", "^0.15", "cargo-progenitor"),
            ask: ask_progenitor,
            crate_of_its_own: true,
        },
    ]
}

fn install(folder: &Path, package: &str, version: &str, program: &str) -> Result<PathBuf, String> {
    let program = folder.join("bin").join(program);
    if program.exists() {
        return Ok(program);
    }
    eprintln!("installing {package} {version}");
    let mut install = Command::new("cargo");
    install.args(["install", "--quiet", "--locked", package, "--version", version, "--root"]).arg(folder);
    run(&mut install).map(|_| program)
}

fn ask_ours(command: &mut Command, document: &Path, out: &Path) {
    command.arg("codegen").arg("--spec").arg(document).args(["--name", "peer-sdk", "--out"]).arg(out);
}

fn ask_openapi_to_rust(command: &mut Command, document: &Path, out: &Path) {
    command.arg("generate").arg(document).arg("--output-dir").arg(out).args(["--module-name", "api"]);
}

fn ask_ploidy(command: &mut Command, document: &Path, out: &Path) {
    command.args(["generate", "rust"]).arg(document).arg("--output").arg(out).args(["--name", "peer-sdk"]);
}

fn ask_progenitor(command: &mut Command, document: &Path, out: &Path) {
    command.arg("progenitor").arg("-i").arg(document).arg("-o").arg(out);
    command.args(["-n", "peer-sdk", "-v", "0.1.0", "--interface", "builder", "--tags", "separate"]);
}

impl Tool {
    /// Generates the client of a document.
    ///
    /// # Errors
    /// Returns the error message of the tool if it fails.
    pub fn generate(&self, document: &Path, out: &Path) -> Result<Run, String> {
        std::fs::create_dir_all(out).map_err(|error| error.to_string())?;
        let mut command = Command::new(self.program.as_ref()?);
        (self.ask)(&mut command, document, out);
        run(command.current_dir(out))
    }

    /// Measures `cargo check` of the generated code alone, after building its dependencies.
    ///
    /// # Errors
    /// Returns the error message of the compiler if the code does not compile.
    pub fn check(&self, out: &Path, folder: &Path) -> Result<Run, String> {
        if !self.crate_of_its_own {
            wrap(out)?;
        }
        let manifest = std::fs::read_to_string(out.join("Cargo.toml")).map_err(|error| error.to_string())?;
        if !manifest.contains("[workspace]") {
            std::fs::write(out.join("Cargo.toml"), manifest + "\n[workspace]\n")
                .map_err(|error| error.to_string())?;
        }
        let cargo = || {
            let mut cargo = Command::new("cargo");
            cargo.args(["check", "--quiet"]).current_dir(out);
            cargo.env("CARGO_TARGET_DIR", folder.join("check")).env("CARGO_INCREMENTAL", "0");
            cargo
        };
        run(&mut cargo())?;
        let root = ["src/lib.rs", "mod.rs"].map(|path| out.join(path)).into_iter().find(|path| path.exists());
        let root = root.ok_or("the output has no crate root")?;
        let text = std::fs::read_to_string(&root).map_err(|error| error.to_string())?;
        std::fs::write(&root, text).map_err(|error| error.to_string())?;
        run(&mut cargo())
    }
}

/// Turns a module with a list of dependencies into a crate.
fn wrap(out: &Path) -> Result<(), String> {
    let needed = std::fs::read_to_string(out.join("REQUIRED_DEPS.toml")).unwrap_or_default();
    let manifest = format!(
        "[package]\nname = \"peer-sdk\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\npath = \"mod.rs\"\n\n{needed}"
    );
    std::fs::write(out.join("Cargo.toml"), manifest).map_err(|error| error.to_string())
}
