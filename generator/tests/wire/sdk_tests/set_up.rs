//! A client with a scripted transport, which records its requests.

use wire_sdk::testing::{ManualClock, MockTransport, Reply, SentRequest};
use wire_sdk::{Error, WireClient, WireClientBuilder};

/// A client and its scripted server.
pub(crate) struct Trial {
    pub(crate) client: WireClient,
    pub(crate) api: MockTransport,
    pub(crate) clock: ManualClock,
}

impl Trial {
    pub(crate) fn new() -> Self {
        Self::with(|builder| builder)
    }

    pub(crate) fn with(change: impl FnOnce(WireClientBuilder) -> WireClientBuilder) -> Self {
        let clock = ManualClock::new();
        let api = MockTransport::with_clock(&clock);
        let builder = WireClient::builder().transport(api.clone()).platform(clock.clone());
        Self { client: change(builder).build().expect("the settings are right"), api, clock }
    }

    /// Makes a call that gets an empty response, and returns its request.
    pub(crate) async fn sent<F: IntoFuture<Output = Result<(), Error>>>(
        &self,
        operation: &str,
        request: F,
    ) -> SentRequest {
        self.api.on(operation).reply(Reply::new(204));
        self.clock.run(request).await.expect("an answer");
        self.api.requests().pop().expect("a request")
    }

    /// Makes a call that gets this response, and returns its result.
    pub(crate) async fn got<T, F: IntoFuture<Output = Result<T, Error>>>(
        &self,
        operation: &str,
        reply: Reply,
        request: F,
    ) -> Result<T, Error> {
        self.api.on(operation).reply(reply);
        self.clock.run(request).await
    }

    /// Returns a header of the last request.
    pub(crate) fn last(&self, header: &str) -> Option<String> {
        self.api.requests().pop().expect("a request").header(header).map(str::to_owned)
    }
}

/// Returns the URL of a request without the server.
pub(crate) fn target(sent: &SentRequest) -> &str {
    sent.url().strip_prefix("https://api.example.com").expect("the server of the document")
}

/// Returns the text of a request body.
pub(crate) fn body(sent: &SentRequest) -> &str {
    std::str::from_utf8(sent.body()).expect("a text")
}
