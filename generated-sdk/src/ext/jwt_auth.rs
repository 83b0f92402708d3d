//! An application that signs who it is with its private key.

use super::endpoint::{box_credential, endpoint};
use super::jwt_config::JwtConfig;
use super::subject::Subject;
use crate::Error;
use crate::rt::{JwtAlgorithm, JwtBearer, Secret, SigningKey};

/// JSON Web Tokens: the application signs who it is, and acts for itself in an enterprise, or for one of its users.
/// Clones share the token.
///
/// ```no_run
/// use box_sdk::{BoxClient, Error, JwtAuth};
///
/// # fn sample() -> Result<(), Error> {
/// // The file that the developer console makes.
/// let client = BoxClient::new(JwtAuth::from_file("config.json")?);
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[doc(alias = "BoxJWTAuth")]
#[derive(Clone, Debug)]
pub struct JwtAuth {
    inner: JwtBearer,
}

impl JwtAuth {
    /// Reads the file that the developer console makes, and acts for the enterprise that it names. It reads the file in
    /// place, so do it once.
    ///
    /// # Errors
    /// The file cannot be read, or is no such file.
    #[cfg(feature = "fs")]
    pub fn from_file(path: impl AsRef<std::path::Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|error| {
            let message = format!("the file `{}` could not be read", path.display());
            Error::new(crate::ErrorKind::Configuration, message).with_source(error)
        })?;
        Self::from_json(text)
    }

    /// Reads the text of the file that the developer console makes.
    ///
    /// # Errors
    /// It is no such text.
    pub fn from_json(json: impl Into<Secret>) -> Result<Self, Error> {
        let config = JwtConfig::parse(&json.into())?;
        let key = match config.passphrase {
            Some(passphrase) => SigningKey::from_encrypted_pem(config.private_key, passphrase)?,
            None => SigningKey::from_pem(config.private_key)?,
        };
        let auth = Self::new(config.client_id, config.client_secret, &config.subject, key);
        Ok(match config.key_id {
            Some(id) => auth.key_id(id),
            None => auth,
        })
    }

    /// Acts for the application itself, as its service account in this enterprise.
    #[must_use]
    pub fn enterprise(
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
        enterprise_id: impl Into<String>,
        key: SigningKey,
    ) -> Self {
        Self::new(client_id.into(), client_secret.into(), &Subject::Enterprise(enterprise_id.into()), key)
    }

    /// Acts for this user.
    #[must_use]
    pub fn user(
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
        user_id: impl Into<String>,
        key: SigningKey,
    ) -> Self {
        Self::new(client_id.into(), client_secret.into(), &Subject::User(user_id.into()), key)
    }

    /// Which of the application's keys it is; the console shows the id beside the key.
    #[must_use]
    pub fn key_id(mut self, id: impl Into<String>) -> Self {
        self.inner = self.inner.key_id(id);
        self
    }

    /// How the application signs; RS256 unless said otherwise.
    #[must_use]
    pub fn algorithm(mut self, algorithm: JwtAlgorithm) -> Self {
        self.inner = self.inner.algorithm(algorithm);
        self
    }

    /// Whom the application addresses; the URL for tokens unless said otherwise.
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.inner = self.inner.audience(audience);
        self
    }

    /// The same application, acting for itself in this enterprise. All settings carry over; the token is kept apart, in
    /// a store of the same kind.
    #[must_use]
    pub fn as_enterprise(&self, enterprise_id: impl Into<String>) -> Self {
        self.with(&Subject::Enterprise(enterprise_id.into()))
    }

    /// The same application, acting for this user. All settings carry over; the token is kept apart, in a store of the
    /// same kind.
    #[must_use]
    pub fn as_user_subject(&self, user_id: impl Into<String>) -> Self {
        self.with(&Subject::User(user_id.into()))
    }

    fn new(client_id: String, client_secret: Secret, subject: &Subject, key: SigningKey) -> Self {
        let inner = JwtBearer::new(endpoint(client_id.clone(), client_secret), client_id, key);
        Self { inner: inner.subject(subject.id()).claim("box_sub_type", subject.kind()) }
    }

    fn with(&self, subject: &Subject) -> Self {
        let claims = [("box_sub_type", subject.kind())];
        Self { inner: self.inner.for_subject(&subject.store_name(), subject.id(), claims) }
    }
}

box_credential!(JwtAuth);
