//! Authenticates an application with its client id and secret.

use super::endpoint::{box_credential, endpoint};
use super::subject::Subject;
use crate::ClientCredentials;
use crate::rt::Secret;

/// Client credentials grant (CCG): the application authenticates with its id and secret, and acts as its service
/// account in an enterprise or as a user. Clones share the token.
///
/// ```
/// use box_sdk::{BoxClient, CcgAuth};
///
/// let enterprise = CcgAuth::enterprise("client id", "client secret", "enterprise id");
/// let client = BoxClient::new(enterprise.clone());
/// let for_user = client.with_credential(enterprise.as_user_subject("user id"));
/// # let _ = for_user;
/// ```
#[doc(alias = "BoxCCGAuth")]
#[derive(Clone, Debug)]
pub struct CcgAuth {
    inner: ClientCredentials,
}

impl CcgAuth {
    /// Acts as the application's service account in an enterprise.
    #[must_use]
    pub fn enterprise(
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
        enterprise_id: impl Into<String>,
    ) -> Self {
        Self::new(client_id.into(), client_secret.into(), &Subject::Enterprise(enterprise_id.into()))
    }

    /// Acts as a user.
    #[must_use]
    pub fn user(
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
        user_id: impl Into<String>,
    ) -> Self {
        Self::new(client_id.into(), client_secret.into(), &Subject::User(user_id.into()))
    }

    /// Returns a credential of the same application that acts as its service account in an enterprise. It keeps all
    /// settings, and has its own token in a store of the same kind.
    #[must_use]
    pub fn as_enterprise(&self, enterprise_id: impl Into<String>) -> Self {
        self.with(&Subject::Enterprise(enterprise_id.into()))
    }

    /// Returns a credential of the same application that acts as a user. It keeps all settings, and has its own token
    /// in a store of the same kind.
    #[must_use]
    pub fn as_user_subject(&self, user_id: impl Into<String>) -> Self {
        self.with(&Subject::User(user_id.into()))
    }

    fn new(client_id: String, client_secret: Secret, subject: &Subject) -> Self {
        let [kind, id] = parameters(subject);
        let inner = ClientCredentials::new(endpoint(client_id, client_secret));
        Self { inner: inner.parameter(kind.0, kind.1).parameter(id.0, id.1) }
    }

    fn with(&self, subject: &Subject) -> Self {
        Self { inner: self.inner.for_subject(&subject.store_name(), parameters(subject)) }
    }
}

fn parameters(subject: &Subject) -> [(&'static str, String); 2] {
    [("box_subject_type", subject.kind().to_owned()), ("box_subject_id", subject.id().to_owned())]
}

box_credential!(CcgAuth);
