//! Adds the options of Box's request headers, and the retries of Box's own SDKs.

use crate::BoxClient;
use crate::rt::RetryPolicy;

impl BoxClient {
    /// Returns a client that acts as a user. Administrators and apps may do this if they have the permission to make
    /// calls on behalf of users. It shares connections and credentials with this client, which is unchanged.
    ///
    /// ```
    /// use box_sdk::{BoxClient, DeveloperToken};
    ///
    /// let client = BoxClient::new(DeveloperToken::new("token"));
    /// let as_user = client.as_user("12345");
    /// # let _ = as_user;
    /// ```
    #[must_use]
    pub fn as_user(&self, id: impl Into<String>) -> Self {
        self.with_options(|options| options.header("as-user", id.into()))
    }

    /// Returns a client whose calls trigger no e-mails and no webhooks. It shares connections and credentials with this
    /// client, which is unchanged.
    #[must_use]
    pub fn suppress_notifications(&self) -> Self {
        self.with_options(|options| options.header("box-notifications", "off"))
    }
}

/// Returns the retry policy of Box's own SDKs, which repeats every method, including those that take effect each time.
///
/// ```
/// use box_sdk::{BoxClient, DeveloperToken, box_compatible};
///
/// let client = BoxClient::builder().auth(DeveloperToken::new("token")).retry(box_compatible()).build()?;
/// # let _ = client;
/// # Ok::<(), box_sdk::Error>(())
/// ```
#[must_use]
pub fn box_compatible() -> RetryPolicy {
    RetryPolicy::default().all_methods()
}
