//! Authenticates an application with assertions that it signs with its private key.

use super::endpoint::{box_credential, endpoint};
use super::jwt_config::JwtConfig;
use super::subject::Subject;
use crate::Error;
use crate::rt::{JwtAlgorithm, JwtBearer, Secret, SigningKey};

/// JSON Web Token (JWT) grant: the application authenticates with a signed assertion, and acts as its service account
/// in an enterprise or as a user. Clones share the token.
///
/// ```no_run
/// use box_sdk::{BoxClient, Error, JwtAuth};
///
/// # fn sample() -> Result<(), Error> {
/// // The configuration file from the developer console.
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
    /// Reads the configuration file that the developer console creates, and acts as the service account of its
    /// enterprise. It blocks while it reads the file, so call it once.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read or is not a valid configuration.
    #[cfg(feature = "fs")]
    pub fn from_file(path: impl AsRef<std::path::Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|error| {
            let message = format!("the file `{}` could not be read", path.display());
            Error::new(crate::ErrorKind::Configuration, message).with_source(error)
        })?;
        Self::from_json(text)
    }

    /// Reads the text of the configuration file that the developer console creates.
    ///
    /// # Errors
    /// Returns an error if the text is not a valid configuration.
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

    /// Acts as the application's service account in an enterprise.
    #[must_use]
    pub fn enterprise(
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
        enterprise_id: impl Into<String>,
        key: SigningKey,
    ) -> Self {
        Self::new(client_id.into(), client_secret.into(), &Subject::Enterprise(enterprise_id.into()), key)
    }

    /// Acts as a user.
    #[must_use]
    pub fn user(
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
        user_id: impl Into<String>,
        key: SigningKey,
    ) -> Self {
        Self::new(client_id.into(), client_secret.into(), &Subject::User(user_id.into()), key)
    }

    /// Sets the id of the key, which the console shows next to it.
    #[must_use]
    pub fn key_id(mut self, id: impl Into<String>) -> Self {
        self.inner = self.inner.key_id(id);
        self
    }

    /// Sets the signature algorithm. The default is RS256.
    #[must_use]
    pub fn algorithm(mut self, algorithm: JwtAlgorithm) -> Self {
        self.inner = self.inner.algorithm(algorithm);
        self
    }

    /// Sets the audience of the assertion. The default is the token URL.
    #[must_use]
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.inner = self.inner.audience(audience);
        self
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
