//! One call from its request to its whole answer: authorization, tries, timeouts.

mod attempt;
mod authorize;
mod received;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::CONTENT_LENGTH;

use crate::bounds::{First, race};
use crate::call::Head;
use crate::client::Client;
use crate::download::Download;
use crate::error::{Answer, CallFacts, Error, TimeoutKind, request_id};
use crate::options::CallOptions;
use crate::request::{Prepared, Request, Target};

use attempt::send_once;
use authorize::Authorizer;

pub(crate) use received::Received;

/// A successful answer, whole, with what is known of its call.
pub(crate) struct Exchange {
    pub(crate) head: Head,
    pub(crate) body: Received,
    pub(crate) attempts: u32,
    facts: CallFacts,
    client: Client,
}

impl Exchange {
    pub(crate) fn request_id(&self) -> Option<String> {
        request_id(&self.client.api().errors, &self.head.headers)
    }

    /// The body, where it is in memory; nothing where it is not.
    pub(crate) fn whole(&self) -> Bytes {
        match &self.body {
            Received::Whole(body) => body.clone(),
            Received::Stream(_) => Bytes::new(),
        }
    }

    /// The body as it comes. What is in memory stays here too, for an error to show.
    pub(crate) fn download(&mut self) -> Download {
        let whole = Received::Whole(self.whole());
        let length =
            self.head.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        Download::new(
            std::mem::replace(&mut self.body, whole),
            length,
            self.client.options().max_buffer,
            self.facts.clone(),
            self.attempts,
        )
    }

    /// The error of an answer that was a success, but cannot be read.
    pub(crate) fn failed(self, error: Error) -> Error {
        let body = self.whole();
        let answer = answer(&self.client, self.head, body);
        error.with_answer(answer).with_call(&self.facts).with_attempts(self.attempts)
    }
}

fn answer(client: &Client, head: Head, body: Bytes) -> Answer {
    Answer::new(client.api(), head.status, head.headers, body, client.platform_now())
}

/// Sends a request and reads its answer.
pub(crate) async fn exchange(request: Request, options: CallOptions) -> Result<Exchange, Error> {
    let prepared = request.client.ready().and_then(|()| request.prepare());
    let prepared = prepared.map_err(|error| error.with_call(&request.facts()))?;
    let attempts = AtomicU32::new(0);
    let outcome = match options.timeout.or(request.client.options().timeout) {
        None => run(&request, &prepared, &attempts).await,
        Some(limit) => run_within(&request, &prepared, &attempts, limit).await,
    };
    let attempts = attempts.into_inner();
    match outcome {
        Ok((head, body)) => {
            let body = Received::Whole(body);
            Ok(Exchange { head, body, attempts, facts: prepared.facts, client: request.client })
        }
        Err(error) => Err(error.with_call(&prepared.facts).with_attempts(attempts)),
    }
}

async fn run_within(
    request: &Request,
    prepared: &Prepared,
    attempts: &AtomicU32,
    limit: Duration,
) -> Result<(Head, Bytes), Error> {
    let mut run = Box::pin(run(request, prepared, attempts));
    let mut sleep = request.client.platform()?.sleep(limit);
    match race(&mut run, &mut sleep).await {
        First::Left(outcome) => outcome,
        First::Right(()) => Err(Error::timeout(
            TimeoutKind::Call,
            format!("the call took longer than {limit:?} (call timeout)"),
        )),
    }
}

async fn run(request: &Request, prepared: &Prepared, attempts: &AtomicU32) -> Result<(Head, Bytes), Error> {
    let client = &request.client;
    let authorizer = match &request.target {
        Target::Operation(operation) => Authorizer::for_operation(client, operation, &prepared.url)?,
        Target::Custom { .. } => Authorizer::for_any(client, &prepared.url),
    };
    let mut was_refused = false;
    loop {
        let authorizations = authorizer.authorize(client).await?;
        let attempt = attempts.fetch_add(1, Ordering::Relaxed) + 1;
        let info = request.info(attempt);
        let (head, body, cut) = send_once(client, prepared, &authorizations, info).await?;
        if head.status.is_success() {
            return match cut {
                None => Ok((head, body)),
                Some(error) => Err(error.with_answer(answer(client, head, body))),
            };
        }
        if head.status == StatusCode::UNAUTHORIZED && !was_refused {
            was_refused = true;
            if authorizer.refused(client, &authorizations).await? {
                continue;
            }
        }
        let error = Error::api(answer(client, head, body));
        return Err(match cut {
            None => error,
            Some(cut) => error.with_source(cut),
        });
    }
}
