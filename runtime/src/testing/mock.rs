//! A transport that answers from a script and keeps what it was sent.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::BytesMut;
use http::request::Parts;
use url::Url;

use super::{ManualClock, Reply, SentRequest, lock};
use crate::body::{Body, ByteStream};
use crate::bounds::BoxFuture;
use crate::error::{TransportError, TransportErrorKind};
use crate::info::RequestInfo;
use crate::platform::Platform;
use crate::transport::Transport;

/// A [`Transport`] that answers from a script and keeps what it was sent. Clones share both.
///
/// A request for which there is no answer in the script fails, and says so.
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
    /// A transport with an empty script.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A transport with an empty script, whose [delays](Reply::after) are on this clock.
    #[must_use]
    pub fn with_clock(clock: &ManualClock) -> Self {
        Self(Arc::new(MockShared { clock: Some(clock.clone()), ..MockShared::default() }))
    }

    /// The script for an operation, by its id in the API's document, or for method and path of a URL, as in
    /// `POST /oauth2/token`. What is scripted for an operation goes before what is scripted for a path.
    pub fn on(&self, target: impl Into<String>) -> Script {
        Script { transport: self.clone(), target: target.into() }
    }

    /// All requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<SentRequest> {
        lock(&self.0.state).requests.clone()
    }

    /// The requests so far for an operation, or for a method and path, as in [`on`](Self::on).
    #[must_use]
    pub fn requests_of(&self, target: &str) -> Vec<SentRequest> {
        let requests = self.requests().into_iter();
        requests.filter(|request| targets(request).any(|of_request| of_request == target)).collect()
    }

    /// Keeps a request, and finds what the script has for it.
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
                format!(
                    "the script has no answer for {}",
                    targets(&request).collect::<Vec<_>>().join(" or ")
                ),
            )),
        }
    }
}

impl Steps {
    fn take(&mut self) -> Option<Step> {
        self.next.pop_front().or_else(|| self.always.clone())
    }
}

/// What a script may call a request.
fn targets(request: &SentRequest) -> impl Iterator<Item = String> {
    let operation = request.operation().map(str::to_owned);
    operation.into_iter().chain([format!("{} {}", request.method(), request.path())])
}

/// What a [`MockTransport`] answers to requests of one kind, in order.
#[derive(Debug)]
pub struct Script {
    transport: MockTransport,
    target: String,
}

#[allow(clippy::return_self_not_must_use, reason = "the script is kept by the transport")]
impl Script {
    /// Answers one request.
    pub fn reply(self, reply: Reply) -> Self {
        self.times(1, reply)
    }

    /// Answers several requests alike.
    pub fn times(self, times: usize, reply: Reply) -> Self {
        let step: Step = Arc::new(move |_| reply.clone());
        self.steps(|steps| steps.next.extend(std::iter::repeat_n(step, times)))
    }

    /// Answers every request that no other answer is left for.
    pub fn always(self, reply: Reply) -> Self {
        self.answer(move |_| reply.clone())
    }

    /// Answers every request that no other answer is left for, as the request asks for.
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
