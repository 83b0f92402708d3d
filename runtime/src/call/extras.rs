//! Adds what the document lacks to a call: query parameters, members of the body, and the raw body of the response.

use std::fmt;

use super::{Call, CallState, ResponseCall};

impl<T> Call<T> {
    /// Sends a query parameter that the document does not describe, in place of one with this name.
    ///
    /// ```
    /// # async fn example(client: sdk_runtime::Client) -> Result<(), sdk_runtime::Error> {
    /// # let request = client.request(sdk_runtime::Method::GET, "/things");
    /// let things = request.send().extra_query("beta", true).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn extra_query(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        if let CallState::Waiting(waiting) = &mut self.state {
            waiting.0.extra_query(name.into(), &value.to_string());
        }
        self
    }

    /// Sends a member of the body that the document does not describe, in place of one with this name. The call fails
    /// if the body is neither a JSON object nor a form. In a form, an object or a list is sent as JSON text.
    pub fn extra_body(mut self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
        if let CallState::Waiting(waiting) = &mut self.state {
            waiting.0.extra_member(name.into(), &value.into());
        }
        self
    }

    /// Makes the call return a [`Response`](crate::Response) that keeps the raw body beside the value; see
    /// [`Response::raw_body`](crate::Response::raw_body).
    pub fn with_raw_body(self) -> ResponseCall<T> {
        self.with_response().with_raw_body()
    }
}

impl<T> ResponseCall<T> {
    /// Sends another query parameter; see [`Call::extra_query`].
    pub fn extra_query(self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        Self(self.0.extra_query(name, value))
    }

    /// Sends another member of the body; see [`Call::extra_body`].
    pub fn extra_body(self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
        Self(self.0.extra_body(name, value))
    }

    /// Keeps the raw body of the response; see [`Call::with_raw_body`].
    pub fn with_raw_body(self) -> Self {
        Self(self.0.options(|options| options.keeps_body = true))
    }
}
