//! A client whose requests are kept instead of sent.

use wire_sdk::testing::{ManualClock, MockTransport, Reply, SentRequest};
use wire_sdk::{Error, WireClient, WireClientBuilder};

/// A client, and the server that it calls.
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

    /// What a call that is answered with nothing sends.
    pub(crate) async fn sent<F: IntoFuture<Output = Result<(), Error>>>(
        &self,
        operation: &str,
        request: F,
    ) -> SentRequest {
        self.api.on(operation).reply(Reply::new(204));
        self.clock.run(request).await.expect("an answer");
        self.api.requests().pop().expect("a request")
    }

    /// What a call makes of a reply.
    pub(crate) async fn got<T, F: IntoFuture<Output = Result<T, Error>>>(
        &self,
        operation: &str,
        reply: Reply,
        request: F,
    ) -> Result<T, Error> {
        self.api.on(operation).reply(reply);
        self.clock.run(request).await
    }

    /// A header of the last request.
    pub(crate) fn last(&self, header: &str) -> Option<String> {
        self.api.requests().pop().expect("a request").header(header).map(str::to_owned)
    }
}

/// What follows the server in the URL of a request.
pub(crate) fn target(sent: &SentRequest) -> &str {
    sent.url().strip_prefix("https://api.example.com").expect("the server of the document")
}

/// The body of a request, which is text.
pub(crate) fn body(sent: &SentRequest) -> &str {
    std::str::from_utf8(sent.body()).expect("a text")
}
