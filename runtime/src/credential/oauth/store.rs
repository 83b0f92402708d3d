//! Where tokens are kept from call to call.

use std::fmt::Debug;
use std::future::ready;
use std::sync::{Arc, Mutex, PoisonError};

use super::token::AccessToken;
use crate::bounds::BoxFuture;
use crate::error::Error;

/// Keeps one token. A credential asks for it when it has none that serves, and stores each new one before it uses it.
pub trait TokenStore: Debug + Send + Sync + 'static {
    /// What was stored last, if anything.
    fn load(&self) -> BoxFuture<'_, Result<Option<AccessToken>, Error>>;

    /// Takes the place of what was stored. When the future is ready the token must survive the end of the process, if
    /// the store is one that survives it: the token before it may be worth nothing any more.
    fn store<'a>(&'a self, token: &'a AccessToken) -> BoxFuture<'a, Result<(), Error>>;

    /// Forgets what was stored.
    fn clear(&self) -> BoxFuture<'_, Result<(), Error>>;

    /// A store of the same kind for the token of another subject, such as `user-12345`. The same name leads to the
    /// same tokens, as far as they outlive the store.
    fn for_subject(&self, subject: &str) -> Arc<dyn TokenStore>;
}

impl<S: TokenStore + ?Sized> TokenStore for Arc<S> {
    fn load(&self) -> BoxFuture<'_, Result<Option<AccessToken>, Error>> {
        (**self).load()
    }

    fn store<'a>(&'a self, token: &'a AccessToken) -> BoxFuture<'a, Result<(), Error>> {
        (**self).store(token)
    }

    fn clear(&self) -> BoxFuture<'_, Result<(), Error>> {
        (**self).clear()
    }

    fn for_subject(&self, subject: &str) -> Arc<dyn TokenStore> {
        (**self).for_subject(subject)
    }
}

/// Keeps a token in memory. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct MemoryTokenStore(Arc<Mutex<Option<AccessToken>>>);

impl MemoryTokenStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A store with a token that was had elsewhere.
    #[must_use]
    pub fn with(token: AccessToken) -> Self {
        Self(Arc::new(Mutex::new(Some(token))))
    }

    fn replace(&self, token: Option<AccessToken>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = token;
    }
}

impl TokenStore for MemoryTokenStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<AccessToken>, Error>> {
        let token = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(ready(Ok(token)))
    }

    fn store<'a>(&'a self, token: &'a AccessToken) -> BoxFuture<'a, Result<(), Error>> {
        self.replace(Some(token.clone()));
        Box::pin(ready(Ok(())))
    }

    fn clear(&self) -> BoxFuture<'_, Result<(), Error>> {
        self.replace(None);
        Box::pin(ready(Ok(())))
    }

    fn for_subject(&self, _: &str) -> Arc<dyn TokenStore> {
        Arc::new(Self::new())
    }
}
