//! Provides a transport that replies from a script and records requests.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::BytesMut;
use http::request::Parts;
use url::Url;

use super::{ManualClock, Reply, SentRequest, lock};
use crate::body::{Body, ByteStream};
use crate::error::{TransportError, TransportErrorKind};
use crate::platform::{BoxFuture, Platform};
use crate::transport::{RequestInfo, Transport};

/// A [`Transport`] that replies from a script and records requests. Clones share both.
///
/// A request for which the script has no reply fails with an error that says so.
///
/// ```
/// # use sdk_runtime::{Client, ClientBuilder, Error, Method};
/// # static API: sdk_runtime::Api = sdk_runtime::Api::NONE;
/// use sdk_runtime::testing::{ManualClock, MockTransport, Reply};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let api = MockTransport::new();
/// api.on("GET /things").reply(Reply::json(200, &["one"])).always(Reply::new(404));
/// # let client: Client = ClientBuilder::new(&API)
/// #     .base_url("https://api.example.com")
/// #     .transport(api.clone())
/// #     .platform(ManualClock::new())
/// #     .build()?;
///
/// let things: Vec<String> = client.request(Method::GET, "/things").send_json().await?;
/// let error = client.request(Method::GET, "/things").await.unwrap_err();
///
/// assert_eq!(things, ["one"]);
/// assert!(error.is_not_found());
/// assert_eq!(api.requests_of("GET /things").len(), 2);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct MockTransport(Arc<MockShared>);

#[derive(Default)]
struct MockShared {
    clock: Option<ManualClock>,
    state: Mutex<MockState>,
}

#[derive(Default)]
struct MockState {
    scripts: BTreeMap<String, Steps>,
    requests: Vec<SentRequest>,
}

#[derive(Default)]
struct Steps {
    next: VecDeque<Step>,
    always: Option<Step>,
}

type Step = Arc<dyn Fn(&SentRequest) -> Reply + Send + Sync>;

impl MockTransport {
    /// Creates a transport with an empty script.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a transport with an empty script, whose [delays](Reply::after) run on this clock.
    #[must_use]
    pub fn with_clock(clock: &ManualClock) -> Self {
        Self(Arc::new(MockShared { clock: Some(clock.clone()), ..MockShared::default() }))
    }

    /// Returns the script for an operation, given by its id in the API's document, or for the method and path of a URL,
    /// as in `POST /oauth2/token`. The script for an operation takes precedence over one for a path.
    pub fn on(&self, target: impl Into<String>) -> Script {
        Script { transport: self.clone(), target: target.into() }
    }

    /// Returns all requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<SentRequest> {
        lock(&self.0.state).requests.clone()
    }

    /// Returns the requests so far for an operation, or for a method and path, as in [`on`](Self::on).
    #[must_use]
    pub fn requests_of(&self, target: &str) -> Vec<SentRequest> {
        let requests = self.requests().into_iter();
        requests.filter(|request| targets(request).any(|of_request| of_request == target)).collect()
    }

    /// Records a request, and takes its reply from the script.
    fn receive(&self, request: SentRequest) -> Result<Reply, TransportError> {
        let step = {
            let mut state = lock(&self.0.state);
            state.requests.push(request.clone());
            targets(&request).find_map(|target| state.scripts.get_mut(&target)?.take())
        };
        match step {
            Some(step) => Ok(step(&request)),
            None => Err(TransportError::new(
                TransportErrorKind::Unusable,
                format!("the script has no reply for {}", targets(&request).collect::<Vec<_>>().join(" or ")),
            )),
        }
    }
}

impl Steps {
    fn take(&mut self) -> Option<Step> {
        self.next.pop_front().or_else(|| self.always.clone())
    }
}

/// Returns the targets under which a script can list a request.
fn targets(request: &SentRequest) -> impl Iterator<Item = String> {
    let operation = request.operation().map(str::to_owned);
    operation.into_iter().chain([format!("{} {}", request.method(), request.path())])
}

/// The replies of a [`MockTransport`] to one kind of request, in order.
#[derive(Debug)]
pub struct Script {
    transport: MockTransport,
    target: String,
}

#[allow(clippy::return_self_not_must_use, reason = "the script is kept by the transport")]
impl Script {
    /// Gives this reply to one request.
    pub fn reply(self, reply: Reply) -> Self {
        self.times(1, reply)
    }

    /// Gives this reply to several requests.
    pub fn times(self, times: usize, reply: Reply) -> Self {
        let step: Step = Arc::new(move |_| reply.clone());
        self.steps(|steps| steps.next.extend(std::iter::repeat_n(step, times)))
    }

    /// Gives this reply to every request for which no other reply is left.
    pub fn always(self, reply: Reply) -> Self {
        self.answer(move |_| reply.clone())
    }

    /// Computes the reply to every request for which no other reply is left.
    pub fn answer(self, answer: impl Fn(&SentRequest) -> Reply + Send + Sync + 'static) -> Self {
        self.steps(|steps| steps.always = Some(Arc::new(answer)))
    }

    fn steps(self, change: impl FnOnce(&mut Steps)) -> Self {
        change(lock(&self.transport.0.state).scripts.entry(self.target.clone()).or_default());
        self
    }
}

impl Transport for MockTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<http::Response<ByteStream>, TransportError>> {
        let transport = self.clone();
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let mut bytes = BytesMut::new();
            let mut stream = body.into_stream();
            while let Some(chunk) = stream.next().await {
                bytes.extend_from_slice(&chunk?);
            }
            let clock = transport.0.clock.as_ref();
            let at = clock.map_or(Duration::ZERO, ManualClock::elapsed);
            let reply = transport.receive(sent(parts, bytes, at))?;
            if let Some(clock) = clock.filter(|_| !reply.after.is_zero()) {
                clock.sleep(reply.after).await;
            }
            reply.play().await
        })
    }
}

fn sent(parts: Parts, body: BytesMut, at: Duration) -> SentRequest {
    SentRequest {
        method: parts.method,
        url: Url::parse(&parts.uri.to_string()).ok(),
        headers: parts.headers,
        body: body.freeze(),
        info: parts.extensions.get::<RequestInfo>().cloned(),
        at,
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = lock(&self.0.state);
        f.debug_struct("MockTransport")
            .field("scripts", &state.scripts.keys().collect::<Vec<_>>())
            .field("requests", &state.requests)
            .finish()
    }
}
