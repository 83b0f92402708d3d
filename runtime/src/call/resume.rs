//! Requests the rest of a download whose connection was lost.

use std::time::{Duration, SystemTime};

use http::header::{ACCEPT_ENCODING, IF_RANGE, RANGE};
use http::{HeaderValue, Method};

use super::decode::Decode;
use super::{Call, CallState, Request, ResponseCall, download};
use crate::body::{Download, RequestRest, Rest};
use crate::client::CallOptions;
use crate::error::{Error, TimeoutKind};
use crate::platform::BoxFuture;

impl<T> Call<T> {
    /// Resumes the download that this call returns if its connection is lost, or if it stalls for longer than the read
    /// timeout: the client waits as its retry policy says, and requests the rest, at most this many times.
    ///
    /// This takes a GET request and a response with a strong `etag` or a `last-modified` date, which is sent as
    /// `If-Range`. If the server sends no rest that continues the body, the download fails with
    /// [`ErrorKind::Decoding`](crate::ErrorKind::Decoding); as long as no byte was handed over, it starts again. The
    /// response is requested without compression, since a part of it could not be decompressed. The timeout of the
    /// call covers all requests. Responses that are read whole are not affected: their calls are retried.
    ///
    /// ```
    /// # use sdk_runtime::{Client, Error, Method};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let call = client.request(Method::GET, "/files/1/content").send_download();
    /// let mut download = call.resuming(5).await?;
    /// while let Some(piece) = download.next().await {
    ///     println!("{} bytes", piece?.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn resuming(self, most: u32) -> Self {
        self.options(|options| options.resumptions = most)
    }
}

impl<T> ResponseCall<T> {
    /// Resumes a download that breaks off; see [`Call::resuming`].
    pub fn resuming(self, most: u32) -> Self {
        Self(self.0.resuming(most))
    }
}

/// The call of a download, to be made again.
pub(crate) struct AgainFrom {
    request: Request,
    options: CallOptions,
    started: SystemTime,
}

impl AgainFrom {
    /// Copies the call; `None` unless its download is to be resumed.
    pub(super) fn of(request: &Request, options: &CallOptions) -> Option<Box<Self>> {
        let may = options.resumptions > 0 && request.target.method() == Method::GET;
        may.then(|| {
            let options = CallOptions { resumptions: 0, is_part: true, ..options.clone() };
            Box::new(Self { request: request.clone(), options, started: request.client.platform_now() })
        })
    }

    /// Asks for a body that is not compressed, unless the caller chose.
    pub(super) fn ask_for_identity(headers: &mut http::HeaderMap) {
        if !headers.contains_key(RANGE) {
            headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static("identity"));
        }
    }

    fn call(&self, rest: Option<Rest>, elapsed: Duration) -> Call<Download> {
        let (mut request, mut options) = (self.request.clone(), self.options.clone());
        options.elapsed = elapsed;
        match rest {
            Some(rest) => {
                request.extra_headers.retain(|(name, _)| *name != IF_RANGE && *name != RANGE);
                request.extra_header(RANGE.as_str(), rest.range);
                request.extra_headers.push((IF_RANGE, Some(rest.validator)));
            }
            None => options.is_part = false,
        }
        Call { state: CallState::Waiting(Box::new((request, options))), decode: Decode::Streamed(download) }
    }
}

impl RequestRest for AgainFrom {
    fn request(
        &self,
        rest: Option<Rest>,
        lost: &Error,
        failures: u32,
    ) -> BoxFuture<'static, Result<Download, Error>> {
        let client = &self.request.client;
        let policy = self.options.retry.as_ref().unwrap_or(&client.options().retry);
        let platform = match client.platform() {
            Ok(platform) => std::sync::Arc::clone(platform),
            Err(error) => return Box::pin(std::future::ready(Err(error))),
        };
        if lost.is_timeout() {
            client.abandoned(self.started);
        }
        let wait = policy.wait(failures, platform.random());
        let limit = self.options.timeout.or(client.options().timeout);
        let elapsed = platform.now().duration_since(self.started).unwrap_or_default().saturating_add(wait);
        if let Some(limit) = limit.filter(|limit| *limit <= elapsed) {
            let message = format!("the call would take longer than {limit:?} (call timeout)");
            return Box::pin(std::future::ready(Err(Error::timeout(TimeoutKind::Call, message))));
        }
        let call = self.call(rest, elapsed);
        Box::pin(async move {
            platform.sleep(wait).await;
            call.await
        })
    }
}
