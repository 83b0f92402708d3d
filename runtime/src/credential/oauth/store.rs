//! Defines [`TokenStore`], the interface of token stores, and the store in memory.

#[cfg(feature = "fs")]
mod file;

#[cfg(feature = "fs")]
pub use file::FileTokenStore;

use std::fmt::Debug;
use std::future::ready;
use std::sync::{Arc, Mutex, PoisonError};

use super::token::AccessToken;
use crate::error::Error;
use crate::platform::BoxFuture;

/// A place that keeps one token. A credential loads the token when it has no valid one, and stores each new token
/// before using it.
///
/// A store of your own can share a token between processes:
///
/// ```
/// use sdk_runtime::{AccessToken, BoxFuture, Error, TokenStore};
/// # use std::sync::Arc;
/// # #[derive(Clone, Debug)]
/// # struct Database;
/// # impl Database {
/// #     async fn get(&self, _key: &str) -> Result<Option<Vec<u8>>, Error> { Ok(None) }
/// #     async fn put(&self, _key: &str, _value: &str) -> Result<(), Error> { Ok(()) }
/// #     async fn delete(&self, _key: &str) -> Result<(), Error> { Ok(()) }
/// # }
///
/// #[derive(Clone, Debug)]
/// struct DatabaseStore {
///     database: Database,
///     key: String,
/// }
///
/// impl TokenStore for DatabaseStore {
///     fn load(&self) -> BoxFuture<'_, Result<Option<AccessToken>, Error>> {
///         Box::pin(async {
///             let json = self.database.get(&self.key).await?;
///             Ok(json.and_then(|json| AccessToken::from_json(&json)))
///         })
///     }
///
///     fn store<'a>(&'a self, token: &'a AccessToken) -> BoxFuture<'a, Result<(), Error>> {
///         Box::pin(async { self.database.put(&self.key, token.to_json().expose()).await })
///     }
///
///     fn clear(&self) -> BoxFuture<'_, Result<(), Error>> {
///         Box::pin(self.database.delete(&self.key))
///     }
///
///     fn for_subject(&self, subject: &str) -> Arc<dyn TokenStore> {
///         Arc::new(Self { key: format!("{}/{subject}", self.key), ..self.clone() })
///     }
/// }
/// ```
pub trait TokenStore: Debug + Send + Sync + 'static {
    /// Returns the stored token, if there is one.
    fn load(&self) -> BoxFuture<'_, Result<Option<AccessToken>, Error>>;

    /// Stores a token in place of the previous one. A persistent store must complete the future only when the token is
    /// persisted, since the previous token may no longer be valid.
    fn store<'a>(&'a self, token: &'a AccessToken) -> BoxFuture<'a, Result<(), Error>>;

    /// Removes the stored token.
    fn clear(&self) -> BoxFuture<'_, Result<(), Error>>;

    /// Returns a store of the same kind for the token of another subject, such as `user-12345`. In a persistent store,
    /// the same subject always leads to the same token.
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

/// A store that keeps its token in memory. Clones share the token.
#[derive(Clone, Debug, Default)]
pub struct MemoryTokenStore(Arc<Mutex<Option<AccessToken>>>);

impl MemoryTokenStore {
    /// Creates an empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a store with a token that was obtained elsewhere.
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
