//! Makes the call of every sample of a package against a server that checks requests by the document.
//!
//! The server is Prism, which npm installs below the output folder. It answers with the examples of the document, so a
//! call fails if the document does not allow its request, or if the package cannot read the answer.

mod exceptions;
mod server;

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use sdk_generator::Files;
use sdk_generator::emit::rust::Rust;
use sdk_generator::emit::{Dialect, DialectCall};
use sdk_generator::ir::Api;

use crate::Failure;
use exceptions::Exceptions;
pub(crate) use server::Prism;

/// The samples of a package, and what a program needs to make their calls.
#[derive(Debug)]
pub(crate) struct Calls {
    /// The name of the client type.
    client: String,
    /// The expression that creates the credential, and the type to import for it.
    credential: Option<(String, Option<String>)>,
    /// The URLs of the servers.
    servers: Vec<String>,
    /// The operation IDs, each with its call.
    calls: Vec<(String, DialectCall)>,
}

/// The results of the calls of a document.
#[derive(Debug, Default)]
pub(crate) struct CallResults {
    pub(crate) passed: usize,
    /// A line for each call that failed as expected, with the reason.
    pub(crate) expected: Vec<String>,
    /// A line for each call that failed, and for each exception that is not needed.
    pub(crate) failures: Vec<String>,
}

impl Calls {
    pub(crate) fn of(rust: &Rust<'_>, api: &Api) -> Self {
        let credential = api.package.sample_credential.as_ref();
        let own = api.operations.iter().flat_map(|(_, operation)| &operation.servers);
        let mut servers: Vec<String> = Vec::new();
        for server in api.servers.iter().chain(own) {
            if !servers.contains(&server.url) {
                servers.push(server.url.clone());
            }
        }
        Self {
            client: rust.client_type(),
            credential: credential
                .map(|credential| (credential.expression.clone(), credential.import.clone())),
            servers,
            calls: api
                .operations
                .iter()
                .map(|(id, operation)| (operation.name.wire.clone(), rust.call(id)))
                .collect(),
        }
    }

    /// Returns the files of the program that makes the calls.
    pub(crate) fn package(&self, name: &str, sdk: &str, crate_name: &str) -> Files {
        let mut files = Files::default();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             {sdk} = {{ path = \"../{sdk}\" }}\nserde_json = \"1\"\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n"
        );
        files.add("Cargo.toml", manifest);
        files.add("src/main.rs", self.program(crate_name));
        files
    }

    fn program(&self, crate_name: &str) -> String {
        let client = &self.client;
        let mut out = format!(
            "//! Makes the call of each sample, and prints a line for each: its outcome, a tab, and the error.\n\n\
             #![deny(unused_imports)]\n\nuse {crate_name}::{{{client}, Error, RetryPolicy}};\n"
        );
        if let Some(import) = self.credential.as_ref().and_then(|(_, import)| import.as_ref()) {
            let _ = writeln!(out, "use {crate_name}::{import};");
        }
        let _ = write!(
            out,
            "\nfn told<T>(outcome: Result<T, Error>) {{\n    match outcome {{\n        Ok(_) => println!(\"passed\\t\"),\n        \
             Err(error) => println!(\"failed\\t{{}}\", format!(\"{{error}} {{:?}}\", error.raw_body()).replace('\\n', \" \")),\n    }}\n}}\n\n\
             #[tokio::main(flavor = \"current_thread\")]\nasync fn main() -> Result<(), Error> {{\n    \
             let url = std::env::args().nth(1).unwrap_or_default();\n    \
             let client = {client}::builder().base_url(&url).retry(RetryPolicy::none())"
        );
        if let Some((expression, _)) = &self.credential {
            let _ = write!(out, ".auth({expression})");
        }
        for server in &self.servers {
            let _ = write!(out, ".replace_server({server:?}, &url)");
        }
        out.push_str(".build()?;\n");
        for index in 0..self.calls.len() {
            let _ = writeln!(out, "    call_{index}(&client).await;");
        }
        out.push_str("    Ok(())\n}\n");
        for (index, (_, call)) in self.calls.iter().enumerate() {
            let _ = writeln!(out, "\nasync fn call_{index}(client: &{client}) {{");
            for import in &call.imports {
                let _ = writeln!(out, "    {import}");
            }
            let _ = writeln!(out, "    told({}.await);\n}}", call.lines.join("\n    "));
        }
        out
    }

    /// Runs the program against a server, and judges its output.
    pub(crate) fn run(&self, program: &Path, document: &Path, prism: &Prism) -> Result<CallResults, Failure> {
        let server = prism.start(document)?;
        let output = Command::new(program)
            .arg(server.url())
            .stdin(Stdio::null())
            .output()
            .map_err(|error| Failure::Stopped(format!("cannot run `{}`: {error}", program.display())))?;
        let file = document.file_name().unwrap_or_default().to_string_lossy();
        let exceptions = Exceptions::of(&file)?;
        Ok(self.judge(&String::from_utf8_lossy(&output.stdout), &exceptions))
    }

    fn judge(&self, output: &str, exceptions: &Exceptions) -> CallResults {
        let mut results = CallResults::default();
        let mut lines = output.lines();
        for (id, _) in &self.calls {
            let (outcome, error) = lines.next().and_then(|line| line.split_once('\t')).unwrap_or_default();
            let reason = exceptions.reason(id);
            match (outcome, reason) {
                ("passed", None) => results.passed += 1,
                ("passed", Some(_)) => {
                    results.failures.push(format!("`{id}` passes, so its exception is not needed"));
                }
                ("failed", Some(reason)) => results.expected.push(format!("`{id}`: {reason}")),
                ("failed", None) => results.failures.push(format!("`{id}`: {error}")),
                (_, _) => {
                    results.failures.push(format!("`{id}`: the program ended"));
                    break;
                }
            }
        }
        let known = |id: &&str| self.calls.iter().any(|(known, _)| known == id);
        let unknown = exceptions.ids().filter(|id| !known(id));
        results
            .failures
            .extend(unknown.map(|id| format!("`{id}` has an exception, but is not an operation")));
        results
    }
}

#[cfg(test)]
mod tests {
    use super::exceptions::Exceptions;
    use super::{Calls, DialectCall};

    #[test]
    fn exceptions_must_be_needed() {
        let call = |id: &str| (id.to_owned(), DialectCall { imports: Vec::new(), lines: Vec::new() });
        let calls = Calls {
            client: String::new(),
            credential: None,
            servers: Vec::new(),
            calls: ["good", "bad", "slip", "mended"].map(call).to_vec(),
        };
        let exceptions =
            Exceptions::made(&[("slip", "the document is wrong"), ("mended", "no"), ("gone", "no")]);
        let results = calls.judge("passed\t\nfailed\tno\nfailed\tno\npassed\t\n", &exceptions);
        assert_eq!((results.passed, results.expected.len()), (1, 1));
        assert_eq!(results.failures.len(), 3, "{:?}", results.failures);
        let ended = calls.judge("passed\t\n", &Exceptions::made(&[]));
        assert_eq!(ended.failures, ["`bad`: the program ended"]);
    }
}
