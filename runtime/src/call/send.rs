//! Drives one call from its request to its response: authorization, attempts, redirects, timeouts.

mod attempt;
mod attempts;
mod authorize;
mod build;
mod collect;
mod deadline;
mod failed_attempt;
mod head;
mod held;
mod idle_timeout;
mod progress;
mod redirect;
mod timed_stream;
mod watch;

use std::sync::Arc;

use bytes::Bytes;

use crate::body::{ByteStream, Download, DownloadFacts, ResponseBody};
use crate::call::request::{Prepared, Request};
use crate::call::resume::AgainFrom;
use crate::client::{CallOptions, Client};
use crate::error::{CallFacts, Error, ErrorResponse, request_id};
use crate::transport::trace::CallSpan;

use attempts::{Journal, RunningCall};
use deadline::Deadline;
use failed_attempt::FailedAttempt;
use timed_stream::TimedStream;

pub use head::Head;
use head::Losses;
pub(crate) use watch::CallWatch;

/// A successful response and the facts of its call.
pub(crate) struct Exchange {
    pub(crate) head: Head,
    pub(crate) body: ResponseBody,
    pub(crate) attempts: u32,
    keeps_body: bool,
    /// The call to be made again if its stream breaks off, and how many times.
    again: Option<(Box<AgainFrom>, u32)>,
    facts: CallFacts,
    client: Client,
}

impl Exchange {
    pub(crate) fn request_id(&self) -> Option<String> {
        request_id(&self.client.api().errors, &self.head.headers)
    }

    /// Returns the body if it is in memory, else nothing.
    pub(crate) fn whole(&self) -> Bytes {
        match &self.body {
            ResponseBody::Whole(body) => body.clone(),
            ResponseBody::Stream(_) => Bytes::new(),
        }
    }

    /// Returns the body for the caller, if it is wanted and not returned as a stream.
    pub(crate) fn kept(&self) -> Option<Bytes> {
        match &self.body {
            ResponseBody::Whole(body) if self.keeps_body => Some(body.clone()),
            ResponseBody::Whole(_) | ResponseBody::Stream(_) => None,
        }
    }

    /// Returns the body as a stream. A body in memory also stays here, so that an error can hold it.
    pub(crate) fn download(&mut self) -> Download {
        let whole = ResponseBody::Whole(self.whole());
        self.keeps_body = false;
        let facts = DownloadFacts {
            api: self.client.api(),
            call: self.facts.clone(),
            attempts: self.attempts,
            status: self.head.status,
            headers: self.head.headers.clone(),
            arrived: self.client.platform_now(),
            max_buffer: self.client.options().max_buffer,
            #[cfg(feature = "blocking")]
            background: self.client.background(),
        };
        let download = Download::new(std::mem::replace(&mut self.body, whole), facts);
        match self.again.take() {
            None => download,
            Some((again, most)) => download.with_resumption(again, most),
        }
    }

    /// Completes the error of a successful response that cannot be read.
    pub(crate) fn failed(self, error: Error) -> Error {
        let body = self.whole();
        let response = error_response(&self.client, self.head, body);
        error.with_response(response).with_call(&self.facts).with_attempts(self.attempts)
    }
}

fn error_response(client: &Client, head: Head, body: Bytes) -> ErrorResponse {
    ErrorResponse::new(client.api(), head.status, head.headers, body, client.platform_now())
}

/// The outcome of a call, and who learns of it once its response is read.
pub(crate) struct Exchanged {
    pub(crate) outcome: Result<Exchange, Error>,
    pub(crate) watch: Option<CallWatch>,
    pub(crate) span: CallSpan,
}

/// Sends a request and reads its response.
pub(crate) async fn exchange(request: Request, options: CallOptions) -> Exchanged {
    let mut watch = CallWatch::start(&request.client, || request.info(0));
    let journal = Journal::default();
    let target = &request.target;
    let span = CallSpan::start(Some(request.client.api().name), &target.method(), target.path(), target.id());
    let outcome = span.run(prepared(request, &options, &journal, &span)).await;
    if let Some(watch) = &mut watch {
        watch.info.attempt = journal.sent();
    }
    Exchanged { outcome, watch, span }
}

async fn prepared(
    request: Request,
    options: &CallOptions,
    journal: &Journal,
    span: &CallSpan,
) -> Result<Exchange, Error> {
    let prepared = request.client.ready().and_then(|()| request.prepare());
    let mut prepared = prepared.map_err(|error| error.with_call(&request.facts()))?;
    let again = AgainFrom::of(&request, options);
    if again.is_some() {
        AgainFrom::ask_for_identity(&mut prepared.headers);
    }
    span.sends_to(&prepared.url);
    match sent(&request, &prepared, options, journal).await {
        Ok((mut head, body)) => {
            let is_lenient = options.is_lenient || request.client.options().is_lenient;
            head.losses = is_lenient.then(Losses::default);
            let (attempts, facts) = (journal.sent(), prepared.into_facts());
            Ok(Exchange {
                head,
                body,
                attempts,
                keeps_body: options.keeps_body,
                again: again.map(|again| (again, options.resumptions)),
                facts,
                client: request.client,
            })
        }
        Err(error) => Err(error.with_call(&prepared.into_facts()).with_attempts(journal.sent())),
    }
}

async fn sent(
    request: &Request,
    prepared: &Prepared,
    options: &CallOptions,
    journal: &Journal,
) -> Result<(Head, ResponseBody), Error> {
    let call = RunningCall::new(request, prepared, options, journal)?;
    let limit = options.timeout.or(request.client.options().timeout);
    let mut deadline = limit.map(|limit| Deadline::start(limit, options.elapsed, &**call.platform));
    let mut run = std::pin::pin!(call.run());
    let outcome = match &mut deadline {
        None => run.as_mut().await,
        Some(deadline) => deadline.bound(run.as_mut()).await.unwrap_or_else(|late| {
            // The last failure explains why the call took so long.
            Err(match journal.last() {
                Some(error) => late.with_source(error),
                None => late,
            })
        }),
    };
    match outcome? {
        (head, ResponseBody::Stream(stream)) => {
            Ok((head, ResponseBody::Stream(guard(stream, &call, deadline))))
        }
        (head, ResponseBody::Whole(body)) => Ok((head, ResponseBody::Whole(body))),
    }
}

fn guard(stream: ByteStream, call: &RunningCall<'_>, deadline: Option<Deadline>) -> ByteStream {
    ByteStream::new(TimedStream {
        stream,
        platform: Arc::clone(call.platform),
        limit: call.read_timeout,
        idle: None,
        deadline,
        is_over: false,
    })
}
