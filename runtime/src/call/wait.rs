//! Waits for calls by blocking the thread (feature `blocking`).

use super::{Call, CallState, Response, ResponseCall};
use crate::error::Error;

impl<T> Call<T> {
    /// Makes the call and blocks the thread until it is complete. This needs no runtime, and works inside of one too.
    /// There it stops all other tasks of the thread, so `await` the call instead where that is possible.
    ///
    /// ```no_run
    /// # fn example(client: sdk_runtime::Client) -> Result<(), sdk_runtime::Error> {
    /// let things = client.request(sdk_runtime::Method::GET, "/things").send().wait()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Calls of a client that are waited for share a runtime in the background, with connections of its own.
    ///
    /// # Errors
    /// Returns the errors of the call, and one of kind [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if
    /// the thread in the background cannot be started.
    pub fn wait(self) -> Result<T, Error> {
        self.with_response().wait().map(Response::into_value)
    }
}

impl<T> ResponseCall<T> {
    /// Makes the call and blocks the thread until it is complete; see [`Call::wait`].
    ///
    /// # Errors
    /// Returns the errors of [`Call::wait`].
    pub fn wait(mut self) -> Result<Response<T>, Error> {
        let CallState::Waiting(waiting) = &mut self.0.state else {
            return Err(Error::invalid("the call has been polled before, so its runtime must complete it"));
        };
        let (client, background) = waiting.0.client.blocking()?;
        waiting.0.client = client;
        background.wait(self)
    }
}
