//! Holds the token that all clones of a source share, and starts the task that changes it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::flight::Flight;
use super::job::Job;
use crate::credential::oauth::call::Skew;
use crate::credential::oauth::endpoint::TokenEndpoint;
use crate::credential::oauth::grant::Grant;
use crate::credential::oauth::store::TokenStore;
use crate::credential::oauth::token::AccessToken;
use crate::credential::served_schemes::ServedSchemes;
use crate::credential::{Authorization, Network};
use crate::error::{Error, ErrorKind};
use crate::transport::trace::in_current_span;

/// The outcome of a task: a token, or none if the task removed it.
pub(in crate::credential::oauth) type TokenOutcome = Result<Option<Arc<AccessToken>>, Arc<Error>>;

pub(in crate::credential::oauth) struct SharedToken {
    pub(in crate::credential::oauth) settings: Settings,
    pub(in crate::credential::oauth) skew: Skew,
    state: Mutex<TokenState>,
}

#[derive(Clone, Debug)]
pub(in crate::credential::oauth) struct Settings {
    pub(in crate::credential::oauth) endpoint: TokenEndpoint,
    pub(in crate::credential::oauth) grant: Arc<dyn Grant>,
    pub(in crate::credential::oauth) store: Arc<dyn TokenStore>,
    pub(in crate::credential::oauth) serving: ServedSchemes,
}

#[derive(Default)]
struct TokenState {
    current: Option<Arc<AccessToken>>,
    /// A server refused the current token.
    is_refused: bool,
    /// A new token that could not be stored and so is not in use yet. It is kept, since the token before it may have
    /// been invalidated.
    unsaved: Option<Arc<AccessToken>>,
    task: Option<Arc<Flight<TokenOutcome>>>,
    /// The time until which a valid token is not renewed, after a renewal failed.
    pause_until: Option<SystemTime>,
}

impl SharedToken {
    pub(in crate::credential::oauth) fn new(settings: Settings) -> Arc<Self> {
        Arc::new(Self { settings, skew: Skew::default(), state: Mutex::default() })
    }

    /// Returns the current token if it is valid, or else the task to wait for. Starts a task if the token is due for
    /// renewal.
    pub(in crate::credential::oauth) fn usable(
        self: &Arc<Self>,
        network: &Network,
    ) -> Result<Arc<AccessToken>, Arc<Flight<TokenOutcome>>> {
        let now = network.platform.now();
        let state = self.lock();
        match &state.current {
            Some(current) if !state.is_refused && current.is_valid(now) => {
                let current = Arc::clone(current);
                let may_try = state.task.is_none() && state.pause_until.is_none_or(|until| now >= until);
                if may_try && current.is_due(now) && self.settings.grant.can_renew(Some(&current)) {
                    self.start(state, network, Job::Renew);
                }
                Ok(current)
            }
            Some(_) | None => Err(match &state.task {
                Some(task) => Arc::clone(task),
                None => self.start(state, network, Job::Renew),
            }),
        }
    }

    /// Starts a task, unless one is already running, which is then the error.
    pub(in crate::credential::oauth) fn start_if_idle(
        self: &Arc<Self>,
        network: &Network,
        job: &Job,
    ) -> Result<Arc<Flight<TokenOutcome>>, Arc<Flight<TokenOutcome>>> {
        let state = self.lock();
        match &state.task {
            Some(busy) => Err(Arc::clone(busy)),
            None => Ok(self.start(state, network, job.clone())),
        }
    }

    fn start(
        self: &Arc<Self>,
        mut state: MutexGuard<'_, TokenState>,
        network: &Network,
        job: Job,
    ) -> Arc<Flight<TokenOutcome>> {
        let flight = Flight::new();
        state.task = Some(Arc::clone(&flight));
        // The platform may run or drop the task before `spawn` returns, and both take the lock.
        drop(state);
        let task = Task { shared: Arc::clone(self), flight: Arc::clone(&flight), network: network.clone() };
        network.platform.spawn(in_current_span(Box::pin(async move {
            let outcome = job.run(&task.shared, &task.network).await;
            task.end(outcome.map_err(Arc::new));
        })));
        flight
    }

    /// Records that a server refused this authorization. Returns `true` if another token is, or may be, available.
    pub(in crate::credential::oauth) fn refuse(&self, authorization: &Authorization) -> bool {
        let mut state = self.lock();
        let Some(current) = &state.current else { return true };
        if Authorization::bearer(current.secret()).is_ok_and(|current| current != *authorization) {
            return true;
        }
        let can_renew = self.settings.grant.can_renew(Some(current));
        state.is_refused |= can_renew;
        can_renew
    }

    pub(in crate::credential::oauth) fn current(&self) -> Option<Arc<AccessToken>> {
        self.lock().current.clone()
    }

    pub(in crate::credential::oauth) fn unsaved(&self) -> Option<Arc<AccessToken>> {
        self.lock().unsaved.clone()
    }

    /// Stores a token before it is used. The token is remembered until that has succeeded.
    pub(in crate::credential::oauth) async fn keep(
        &self,
        token: Arc<AccessToken>,
    ) -> Result<Arc<AccessToken>, Error> {
        self.lock().unsaved = Some(Arc::clone(&token));
        self.settings.store.store(&token).await?;
        self.lock().unsaved = None;
        Ok(token)
    }

    fn lock(&self) -> MutexGuard<'_, TokenState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running task. If it is dropped before it ends, those who wait for it get an error.
struct Task {
    shared: Arc<SharedToken>,
    flight: Arc<Flight<TokenOutcome>>,
    network: Network,
}

impl Task {
    fn end(&self, outcome: TokenOutcome) {
        let mut state = self.shared.lock();
        state.task = None;
        match &outcome {
            Ok(Some(token)) => {
                state.current = Some(Arc::clone(token));
                state.is_refused = false;
                state.pause_until = None;
            }
            Ok(None) => *state = TokenState::default(),
            Err(error) => {
                const PAUSE: Duration = Duration::from_secs(10);
                let pause = error.retry_after().unwrap_or_default().max(PAUSE);
                state.pause_until = self.network.platform.now().checked_add(pause);
            }
        }
        drop(state);
        self.flight.land(outcome);
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        let is_running = self.shared.lock().task.as_ref().is_some_and(|task| Arc::ptr_eq(task, &self.flight));
        if is_running {
            let message = "the task that fetched the token was dropped: its async runtime has shut down";
            self.end(Err(Arc::new(Error::new(ErrorKind::Authentication, message))));
        }
    }
}
