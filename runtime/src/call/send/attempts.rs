//! Makes the attempts of one call, one after the other, until there is a response or nothing more to try.

use std::error::Error as _;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::StatusCode;

use super::attempt::attempt;
use super::authorize::{Authorizations, Authorizer, Unsigned};
use super::held::held;
use super::redirect::{Route, Standing};
use super::watch::AttemptWatch;
use super::{FailedAttempt, Head};
use crate::body::ResponseBody;
use crate::call::request::{Prepared, Request, Target};
use crate::client::{CallOptions, Client, Permit, Redirects};
use crate::error::{Error, asked};
use crate::platform::Platform;
use crate::retry::{AttemptCounts, Failure, NO_BUDGET, NO_REPLAY, RetryPolicy, Verdict};

/// One call and the settings that apply to it.
pub(super) struct RunningCall<'a> {
    pub(super) request: &'a Request,
    pub(super) prepared: &'a Prepared,
    pub(super) platform: &'a Arc<dyn Platform>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) read_timeout: Option<Duration>,
    pub(super) redirects: Redirects,
    is_part: bool,
    policy: &'a RetryPolicy,
    /// Set if the request may be sent again although the server may have acted on it.
    repeats: bool,
    journal: &'a Journal,
}

/// The facts of a call that remain known if it is abandoned halfway.
#[derive(Default)]
pub(super) struct Journal {
    sent: AtomicU32,
    last: Mutex<Option<Error>>,
}

impl Journal {
    /// Returns the number of times that the request was sent.
    pub(super) fn sent(&self) -> u32 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Takes the error of the last attempt that another one followed, or was to follow.
    pub(super) fn last(&self) -> Option<Error> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn keep(&self, error: Error) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }
}

/// The step after a failed attempt.
enum AfterAttempt {
    Retry(Duration),
    Stop(Option<&'static str>),
}

impl<'a> RunningCall<'a> {
    pub(super) fn new(
        request: &'a Request,
        prepared: &'a Prepared,
        options: &'a CallOptions,
        journal: &'a Journal,
    ) -> Result<Self, Error> {
        let client = &request.client;
        let policy = options.retry.as_ref().unwrap_or(&client.options().retry);
        Ok(Self {
            request,
            prepared,
            platform: client.platform()?,
            attempt_timeout: options.attempt_timeout.or(client.options().attempt_timeout),
            read_timeout: options.read_timeout.or(client.options().read_timeout),
            redirects: if request.target.returns_location() { Redirects::Return } else { options.redirects },
            is_part: options.is_part,
            policy,
            repeats: options.is_idempotent
                || policy.repeats(&prepared.method)
                || prepared.is_recognized(&request.target),
            journal,
        })
    }

    pub(super) fn client(&self) -> &'a Client {
        &self.request.client
    }

    pub(super) fn is_expected(&self, status: StatusCode) -> bool {
        match &self.request.target {
            Target::Operation(operation) => operation.is_expected(status),
            Target::Custom { .. } => status.is_success(),
        }
    }

    pub(super) fn is_stream(&self, status: StatusCode) -> bool {
        self.request.is_stream(status) || (self.is_part && status == StatusCode::PARTIAL_CONTENT)
    }

    /// Makes attempts until there is a response, or nothing more to try.
    pub(super) async fn run(&self) -> Result<(Head, ResponseBody), Error> {
        let authorizer = self.authorizer()?;
        let mut refusal = Some(&authorizer);
        let mut counts = AttemptCounts::default();
        loop {
            let mut route = Route::new(&self.prepared.method, &self.prepared.url)
                .with_idempotency_key(self.request.target.idempotency_key());
            let (mut authorizations, permit) = self.admitted(&authorizer, &route).await?;
            let info = self.request.info(self.journal.sent.fetch_add(1, Ordering::Relaxed) + 1);
            let watch = AttemptWatch::before(self, &info);
            let sent = self.platform.now();
            let outcome = attempt(self, &mut route, &authorizer, &mut authorizations, &info).await;
            let wait = match outcome {
                Ok((head, body)) => {
                    let wait = self.unready(&head, &mut counts);
                    if wait.is_none() {
                        self.client().budget().put_back(counts.paid);
                    }
                    watch.responded(head.status, wait);
                    match wait {
                        // Without body and permit, others can use the connection during the wait.
                        Some(wait) => {
                            drop((body, permit));
                            wait
                        }
                        None => return Ok((head, held(body, permit))),
                    }
                }
                Err(failed) => {
                    drop(permit);
                    if failed.error.is_timeout() && failed.failure != Failure::NotConnected {
                        self.client().abandoned(sent);
                    }
                    let next = match self.renewed(&mut refusal, &failed, &route, &authorizations).await {
                        Ok(Some(next)) => next,
                        Ok(None) => self.next(&failed, route.standing, &mut counts),
                        Err(error) => {
                            watch.failed(&failed.error, None);
                            self.journal.keep(failed.error);
                            return Err(self.after_last(error));
                        }
                    };
                    self.follow(failed, next, &watch)?
                }
            };
            self.wait(wait).await;
        }
    }

    /// Obtains the authorizations of an attempt, and waits for its turn if the number of requests is limited.
    async fn admitted(
        &self,
        authorizer: &Authorizer,
        route: &Route<'_>,
    ) -> Result<(Authorizations, Option<Permit>), Error> {
        let request = self.unsigned(route);
        let mut authorizations =
            authorizer.authorize(&request).await.map_err(|error| self.after_last(error))?;
        let permit = self.client().permit().await;
        // Signatures contain the time. Other credentials are not asked again, since they may make calls, which would
        // wait for a permit.
        if authorizations.depend_on_request && permit.as_ref().is_some_and(Permit::was_waited_for) {
            let again = authorizer.authorize_again(&request, &mut authorizations).await;
            again.map_err(|error| self.after_last(error))?;
        }
        Ok((authorizations, permit))
    }

    /// Returns the next request of this route, for credentials to see.
    pub(super) fn unsigned<'r>(&'r self, route: &'r Route<'r>) -> Unsigned<'r> {
        Unsigned { client: self.client(), prepared: self.prepared, route }
    }

    /// Returns the credentials of the call.
    fn authorizer(&self) -> Result<Authorizer, Error> {
        match &self.request.target {
            Target::Operation(operation) => {
                Authorizer::for_operation(self.request, operation, &self.prepared.url)
            }
            Target::Custom { .. } => Ok(Authorizer::for_any(self.request, &self.prepared.url)),
        }
    }

    /// Reports a failed attempt, and returns the wait before the next one, or the error if there is none.
    fn follow(
        &self,
        failed: FailedAttempt,
        next: AfterAttempt,
        watch: &AttemptWatch<'_>,
    ) -> Result<Duration, Error> {
        match next {
            AfterAttempt::Retry(wait) => {
                watch.failed(&failed.error, Some(wait));
                self.journal.keep(failed.error);
                Ok(wait)
            }
            AfterAttempt::Stop(note) => {
                let error = match note {
                    None => failed.error,
                    Some(note) => failed.error.with_note(note),
                };
                watch.failed(&error, None);
                Err(error)
            }
        }
    }

    /// Adds the failed attempt after which a credential was asked again as the source of its error.
    fn after_last(&self, error: Error) -> Error {
        match self.journal.last() {
            Some(last) if error.source().is_none() => error.with_source(last),
            Some(_) | None => error,
        }
    }

    async fn wait(&self, wait: Duration) {
        if !wait.is_zero() {
            self.platform.sleep(wait).await;
        }
    }

    /// Returns the wait if the server says that the result is not ready yet.
    fn unready(&self, head: &Head, counts: &mut AttemptCounts) -> Option<Duration> {
        let Target::Operation(operation) = &self.request.target else { return None };
        if head.status != StatusCode::ACCEPTED || !operation.retry_accepted {
            return None;
        }
        let retry_after = asked::retry_after(&head.headers, self.platform.now())?;
        let failure = Failure::Accepted { retry_after };
        let so_far = counts.and(failure);
        match self.policy.verdict(failure, so_far, self.repeats, 0) {
            Verdict::Again(wait) if self.prepared.body.is_replayable() => {
                *counts = so_far;
                Some(wait)
            }
            Verdict::Again(_) | Verdict::Stop(_) => None,
        }
    }

    /// Returns the step after a refusal of the credential for which there is a new one, at most once per call.
    async fn renewed(
        &self,
        refusal: &mut Option<&Authorizer>,
        failed: &FailedAttempt,
        route: &Route<'_>,
        authorizations: &Authorizations,
    ) -> Result<Option<AfterAttempt>, Error> {
        let is_refused =
            failed.error.status() == Some(StatusCode::UNAUTHORIZED) && route.standing != Standing::Elsewhere;
        let Some(authorizer) = refusal.take_if(|_| is_refused) else { return Ok(None) };
        // The credential is notified even if this call cannot be repeated, so that the next call gets another token.
        let has_other = authorizer.refused(&self.unsigned(route), authorizations).await?;
        if !has_other || !self.may_repeat_from(route.standing) {
            return Ok(None);
        }
        Ok(Some(match self.prepared.body.is_replayable() {
            true => AfterAttempt::Retry(Duration::ZERO),
            false => AfterAttempt::Stop(Some(NO_REPLAY)),
        }))
    }

    /// Returns `true` if the request may be repeated. After a redirect, the server has already acted on it once.
    fn may_repeat_from(&self, standing: Standing) -> bool {
        standing == Standing::Start || self.repeats
    }

    fn next(&self, failed: &FailedAttempt, standing: Standing, counts: &mut AttemptCounts) -> AfterAttempt {
        *counts = counts.and(failed.failure);
        let decision = self.policy.decision(&failed.error);
        let is_wanted = decision == Some(true);
        if decision == Some(false) || !(is_wanted || self.may_repeat_from(standing)) {
            return AfterAttempt::Stop(None);
        }
        let failure = if is_wanted { failed.failure.wanted() } else { failed.failure };
        match self.policy.verdict(failure, *counts, is_wanted || self.repeats, self.platform.random()) {
            Verdict::Stop(note) => AfterAttempt::Stop(note),
            Verdict::Again(_) if !self.prepared.body.is_replayable() => AfterAttempt::Stop(Some(NO_REPLAY)),
            Verdict::Again(wait) if !self.policy.costs(failure) => AfterAttempt::Retry(wait),
            Verdict::Again(wait) if self.client().budget().take(self.platform.now()) => {
                counts.paid += 1;
                AfterAttempt::Retry(wait)
            }
            Verdict::Again(_) => AfterAttempt::Stop(Some(NO_BUDGET)),
        }
    }
}
