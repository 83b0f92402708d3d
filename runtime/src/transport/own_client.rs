//! Sends requests with a `reqwest::Client` of the caller (feature `reqwest013`).

use super::Transport;
use super::reqwest::{execute, from_reqwest, to_reqwest};
use crate::body::{Body, ByteStream};
use crate::error::{TransportError, TransportErrorKind};
use crate::platform::BoxFuture;

/// A transport whose connections belong to the caller.
#[derive(Debug)]
pub(crate) struct OwnClient(pub(crate) ::reqwest::Client);

impl Transport for OwnClient {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<http::Response<ByteStream>, TransportError>> {
        let client = self.0.clone();
        Box::pin(async move {
            let request = to_reqwest(request)?;
            let url = request.url().clone();
            let response = execute(&client, request).await?;
            if *response.url() != url {
                return Err(TransportError::new(TransportErrorKind::Unusable, FOLLOWED));
            }
            Ok(from_reqwest(response))
        })
    }
}

const FOLLOWED: &str = "the `reqwest::Client` followed a redirect, with headers that may be secret: create it with \
                        `redirect(reqwest::redirect::Policy::none())`";
