//! Builds requests that the API's document does not describe.

use std::future::IntoFuture;

use bytes::Bytes;
use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Call, bytes, download, own_json};
use crate::body::{Download, Upload};
use crate::call::request::{ReceiveMode, Request, Target};
use crate::client::Client;
use crate::error::Error;
use crate::parameter::{Escape, HeaderChange};

/// A request that the API's document does not describe, sent with the client's credentials, headers, retries and
/// timeouts.
///
/// ```
/// use sdk_runtime::{Client, Error, Method};
///
/// async fn rename(client: &Client, id: u64, name: &str) -> Result<String, Error> {
///     let thing: serde_json::Value = client
///         .request(Method::PUT, format!("/things/{id}"))
///         .query("fields", "name")
///         .json(&serde_json::json!({ "name": name }))
///         .send_json()
///         .await?;
///     Ok(thing["name"].as_str().unwrap_or_default().to_owned())
/// }
/// ```
#[must_use = "a request is sent when it is awaited"]
#[derive(Debug)]
pub struct CustomRequest {
    request: Request,
}

impl Client {
    /// Creates a request that the API's document does not describe: for a path below the default server, or for an
    /// absolute URL. An origin that is not configured for the client gets no credential, and only those of the client's
    /// headers that may cross origins.
    pub fn request(&self, method: Method, path: impl Into<String>) -> CustomRequest {
        CustomRequest::new(self.clone(), method, path.into())
    }
}

impl CustomRequest {
    fn new(client: Client, method: Method, path: String) -> Self {
        Self { request: Request::new(client, Target::Custom { method, path }) }
    }

    /// Adds a query parameter. A parameter that is added twice is sent twice.
    pub fn query(mut self, name: &str, value: impl AsRef<str>) -> Self {
        let pair = Escape::Unreserved.pair(name, value.as_ref());
        self.request.query.push((name.to_owned().into(), pair));
        self
    }

    /// Adds a header to the request. `None` removes a header that the client would send by default.
    pub fn extra_header(mut self, name: impl Into<String>, value: impl Into<HeaderChange>) -> Self {
        self.request.extra_header(name, value);
        self
    }

    /// Sets the body to a value, written as JSON.
    pub fn json(mut self, value: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(value) {
            Ok(text) => {
                self.request.upload(Upload::from(text).content_type("application/json"));
            }
            Err(error) => self.request.fail(format!("the body cannot be sent: {error}")),
        }
        self
    }

    /// Sets the body to bytes of this media type.
    pub fn body(mut self, media_type: &str, body: impl Into<Upload>) -> Self {
        self.request.upload(body.into().content_type(media_type));
        self
    }

    /// Returns a call whose value is the body of the response.
    pub fn send(self) -> Call<Bytes> {
        self.request.send(bytes)
    }

    /// Returns a call whose value is the body of the response as a stream, of any length.
    pub fn send_download(mut self) -> Call<Download> {
        self.request.receive_mode = ReceiveMode::Streamed;
        self.request.receive(download)
    }

    /// Returns a call whose value is read from JSON: a type of your own or of the SDK, or `serde_json::Value`.
    pub fn send_json<T: DeserializeOwned>(self) -> Call<T> {
        self.request.send(own_json)
    }
}

impl IntoFuture for CustomRequest {
    type Output = Result<Bytes, Error>;
    type IntoFuture = Call<Bytes>;

    fn into_future(self) -> Call<Bytes> {
        self.send()
    }
}
