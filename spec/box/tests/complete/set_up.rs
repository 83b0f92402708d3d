//! Clients of loopback servers and of scripted transports, and temporary files.

use std::path::PathBuf;
use std::time::Duration;

use box_sdk::testing::{ManualClock, MockTransport, Reply, SentRequest};
use box_sdk::{BoxClient, DeveloperToken, RetryPolicy};

use super::server::Server;

/// Returns a client that sends requests for every server of the API to this one.
pub fn client(server: &Server) -> BoxClient {
    BoxClient::builder()
        .auth(DeveloperToken::new("t0ken"))
        .all_servers(server.url(""))
        .retry(RetryPolicy::default().base(Duration::from_millis(1)))
        .build()
        .expect("the settings are valid")
}

/// A client on a scripted transport.
pub struct Script {
    pub client: BoxClient,
    pub api: MockTransport,
    clock: ManualClock,
}

impl Script {
    pub fn new() -> Self {
        let clock = ManualClock::new();
        let api = MockTransport::with_clock(&clock);
        let client = BoxClient::builder()
            .auth(DeveloperToken::new("t0ken"))
            .transport(api.clone())
            .platform(clock.clone())
            .build()
            .expect("the settings are valid");
        Self { client, api, clock }
    }

    /// Creates a script with one reply, for an operation by its ID.
    pub fn with(operation: &str, body: &serde_json::Value) -> Self {
        let script = Self::new();
        script.api.on(operation).always(Reply::json(200, body));
        script
    }

    /// Runs a call on the clock of the script.
    pub async fn run<F: IntoFuture>(&self, call: F) -> F::Output {
        self.clock.run(call).await
    }

    /// Returns the newest request.
    pub fn last(&self) -> SentRequest {
        self.api.requests().pop().expect("a request was sent")
    }
}

/// A temporary file that is removed with its folder at the end of the test.
pub struct Scratch(pub PathBuf);

impl Scratch {
    pub fn new(name: &str, content: &[u8]) -> Self {
        let folder = std::env::temp_dir().join(format!("box-sdk-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join(name);
        std::fs::write(&path, content).expect("a file");
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let folder = self.0.parent().expect("a file has a folder");
        std::fs::remove_dir_all(folder).ok();
    }
}
