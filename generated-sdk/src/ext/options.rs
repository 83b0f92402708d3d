//! What Box's headers and Box's own SDKs offer of options.

use crate::BoxClient;
use crate::rt::RetryPolicy;

impl BoxClient {
    /// The same client, acting as this user: an administrator or an app may, with the permission to make calls on
    /// behalf of users. It shares connections and credentials with this one, which stays as it is.
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

    /// The same client, whose calls send no e-mails and no webhooks. It shares connections and credentials with this
    /// one, which stays as it is.
    #[must_use]
    pub fn suppress_notifications(&self) -> Self {
        self.with_options(|options| options.header("box-notifications", "off"))
    }
}

/// The retries of Box's own SDKs, which repeat every method, also one that has an effect each time.
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
