//! Makes the call of an event stream again when the stream breaks off.

use std::time::Duration;

use super::decode::Decode;
use super::{Call, CallState, Head, Request};
use crate::body::{Connect, Download, Events, Reconnects};
use crate::client::CallOptions;
use crate::error::Error;
use crate::platform::BoxFuture;

impl<T: 'static> Call<Events<T>> {
    /// Makes the call, and makes it again whenever the stream ends or its connection is lost, as browsers do (WHATWG
    /// HTML section 9.2.3). The header `Last-Event-ID` says which event came last, and the wait in between is the one
    /// that the server sets with `retry`, or else 3 s. The stream ends after the data `[DONE]`, after a response with
    /// status 204, with the first error of a call, or when this many reconnections in a row bring no event.
    ///
    /// ```
    /// # use sdk_runtime::{Call, Error, Events};
    /// # async fn example(call: Call<Events<String>>) -> Result<(), Error> {
    /// let mut events = call.reconnecting(5).await?;
    /// while let Some(event) = events.next().await {
    ///     println!("{}", event?.data);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Returns an error if the first call fails.
    pub async fn reconnecting(self, most: u32) -> Result<Events<T>, Error> {
        let again = self.again();
        let events = self.await?;
        Ok(match again {
            Some(again) => events.with_reconnects(Reconnects::new(again, most)),
            None => events,
        })
    }

    fn again(&self) -> Option<Again<T>> {
        match (&self.state, &self.decode) {
            (CallState::Waiting(waiting), Decode::Streamed(decode)) => {
                let (request, options) = &**waiting;
                Some(Again { request: request.clone(), options: options.clone(), decode: *decode })
            }
            (CallState::Waiting(_) | CallState::Running(_) | CallState::Done, _) => None,
        }
    }
}

/// The call of a stream, to be made again.
struct Again<T> {
    request: Request,
    options: CallOptions,
    decode: fn(&Head, Download) -> Result<Events<T>, Error>,
}

impl<T: 'static> Connect<T> for Again<T> {
    fn connect(&self, last_id: Option<&str>, wait: Duration) -> BoxFuture<'static, Result<Events<T>, Error>> {
        let mut request = self.request.clone();
        if let Some(id) = last_id {
            request.extra_header("last-event-id", id);
        }
        let platform = request.client.platform().cloned();
        let state = CallState::Waiting(Box::new((request, self.options.clone())));
        let call = Call { state, decode: Decode::Streamed(self.decode) };
        Box::pin(async move {
            platform?.sleep(wait).await;
            call.await
        })
    }
}
