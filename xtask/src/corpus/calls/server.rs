//! Installs and runs Prism, a server that checks requests by an OpenAPI document and answers with its examples.

use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::Failure;

/// The package in the npm registry. Another version may judge requests differently.
const PACKAGE: &str = "@stoplight/prism-cli@5.14.2";

/// The time in which a server has to start.
const PATIENCE: Duration = Duration::from_secs(120);

/// An installed Prism.
pub(crate) struct Prism {
    folder: PathBuf,
}

impl Prism {
    /// Installs Prism into a folder, unless it is there already.
    pub(crate) fn install(folder: &Path) -> Result<Self, Failure> {
        let prism = Self { folder: folder.to_owned() };
        if prism.script().exists() {
            return Ok(prism);
        }
        let stopped = |why: String| Failure::Stopped(format!("cannot install Prism with npm: {why}"));
        fs::create_dir_all(folder).map_err(|error| stopped(error.to_string()))?;
        let output = Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--prefix"])
            .arg(folder)
            .arg(PACKAGE)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| stopped(error.to_string()))?;
        if !output.status.success() {
            return Err(stopped(String::from_utf8_lossy(&output.stderr).into_owned()));
        }
        Ok(prism)
    }

    fn script(&self) -> PathBuf {
        self.folder.join("node_modules/.bin/prism")
    }

    /// Starts a server for a document, and waits until it accepts connections.
    pub(super) fn start(&self, document: &Path) -> Result<Server, Failure> {
        let stopped = |why: String| Failure::Stopped(format!("cannot start Prism: {why}"));
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.map_err(|error| stopped(error.to_string()))?.port();
        let log = self.folder.join("prism.log");
        let output = File::create(&log).map_err(|error| stopped(error.to_string()))?;
        let child = Command::new(self.script())
            .args(["mock", "--host", "127.0.0.1", "--port", &port.to_string()])
            .arg(document)
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| stopped(error.to_string()))?;
        let mut server = Server { child, port };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = server.child.try_wait().map_err(|error| stopped(error.to_string()))?;
            if ended.is_some() || start.elapsed() > PATIENCE {
                return Err(stopped(fs::read_to_string(&log).unwrap_or_default()));
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(server)
    }
}

/// A running server, which is stopped when it is dropped.
pub(super) struct Server {
    child: Child,
    port: u16,
}

impl Server {
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It is of no use whether the process is gone already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
