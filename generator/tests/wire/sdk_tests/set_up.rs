//! A client whose requests are kept instead of sent.

use wire_sdk::testing::{ManualClock, MockTransport, Reply, SentRequest};
use wire_sdk::{Error, WireClient};

/// A client, and the server that it calls.
pub(crate) struct Trial {
    pub(crate) client: WireClient,
    pub(crate) api: MockTransport,
    pub(crate) clock: ManualClock,
}

impl Trial {
    pub(crate) fn new() -> Self {
        let clock = ManualClock::new();
        let api = MockTransport::with_clock(&clock);
        let builder = WireClient::builder().transport(api.clone()).platform(clock.clone());
        Self { client: builder.build().expect("the settings are right"), api, clock }
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
}

/// What follows the server in the URL of a request.
pub(crate) fn target(sent: &SentRequest) -> &str {
    sent.url().strip_prefix("https://api.example.com").expect("the server of the document")
}
