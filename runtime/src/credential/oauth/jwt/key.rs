//! The PEM text of a private key to a key that signs.

use std::fmt;
use std::sync::Arc;

use pkcs8::der::pem::PemLabel;
use pkcs8::{EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef, SecretDocument};
use ring::rand::SystemRandom;
use ring::rsa::KeyPair;
use ring::signature::{RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RsaEncoding};
use zeroize::Zeroizing;

use super::JwtAlgorithm;
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// A private RSA key of 2048 to 4096 bits. Clones share it, and it is never shown.
#[derive(Clone)]
pub struct SigningKey(Arc<KeyPair>);

impl SigningKey {
    /// Reads a key that is not encrypted: PEM with `PRIVATE KEY` (PKCS#8) or `RSA PRIVATE KEY` (PKCS#1). Line breaks
    /// may be written as `\n`, as in environment variables.
    ///
    /// # Errors
    /// It is no such text, or no key that can sign.
    pub fn from_pem(pem: impl Into<Secret>) -> Result<Self, Error> {
        let (label, document) = read(&pem.into())?;
        match label.as_str() {
            PrivateKeyInfoRef::PEM_LABEL => Self::from_pkcs8(document.as_bytes()),
            "RSA PRIVATE KEY" => Self::usable(KeyPair::from_der(document.as_bytes())),
            EncryptedPrivateKeyInfoRef::PEM_LABEL => {
                Err(unusable("the private key is encrypted: give its passphrase too"))
            }
            _ => Err(unusable(format!("a private key is needed, not `{}`", label.escape_debug()))),
        }
    }

    /// Reads a key that may be encrypted: PEM with `ENCRYPTED PRIVATE KEY` (PKCS#8 with PBES2: AES or DES-EDE3, PBKDF2
    /// with SHA-1 or SHA-2). The passphrase of a key that is not encrypted is ignored.
    ///
    /// # Errors
    /// It is no such text, the passphrase is wrong, or it is no key that can sign.
    pub fn from_encrypted_pem(pem: impl Into<Secret>, passphrase: impl Into<Secret>) -> Result<Self, Error> {
        let (pem, passphrase) = (pem.into(), passphrase.into());
        let (label, document) = read(&pem)?;
        if label != EncryptedPrivateKeyInfoRef::PEM_LABEL {
            return Self::from_pem(pem);
        }
        let encrypted = EncryptedPrivateKeyInfoRef::try_from(document.as_bytes())
            .map_err(|_| unusable("the private key is encrypted in a way that is not known, or damaged"))?;
        let decrypted = encrypted
            .decrypt(passphrase.expose())
            .map_err(|_| unusable("the private key cannot be decrypted: the passphrase may be wrong"))?;
        Self::from_pkcs8(decrypted.as_bytes())
    }

    fn from_pkcs8(der: &[u8]) -> Result<Self, Error> {
        Self::usable(KeyPair::from_pkcs8(der))
    }

    fn usable(key: Result<KeyPair, ring::error::KeyRejected>) -> Result<Self, Error> {
        match key {
            Ok(key) => Ok(Self(Arc::new(key))),
            Err(reason) => Err(unusable(format!(
                "the private key cannot sign: RSA with 2048 to 4096 bits is needed ({reason})"
            ))),
        }
    }

    /// The signature of these bytes.
    pub(super) fn sign(&self, algorithm: JwtAlgorithm, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let encoding: &dyn RsaEncoding = match algorithm {
            JwtAlgorithm::Rs256 => &RSA_PKCS1_SHA256,
            JwtAlgorithm::Rs384 => &RSA_PKCS1_SHA384,
            JwtAlgorithm::Rs512 => &RSA_PKCS1_SHA512,
        };
        let mut signature = vec![0; self.0.public().modulus_len()];
        // The randomness blinds the computation; the signature does not depend on it.
        self.0
            .sign(encoding, &SystemRandom::new(), bytes, &mut signature)
            .map_err(|_| unusable("the system gave no randomness to sign with"))?;
        Ok(signature)
    }
}

fn read(pem: &Secret) -> Result<(String, SecretDocument), Error> {
    // Environment variables and hand-written JSON bring all kinds of line breaks and indents.
    let mut text = Zeroizing::new(String::with_capacity(pem.expose().len() + 1));
    for line in pem.expose().split(['\n', '\r']).flat_map(|line| line.split("\\n")) {
        let line = line.trim();
        if !line.is_empty() {
            text.push_str(line);
            text.push('\n');
        }
    }
    let (label, document) =
        SecretDocument::from_pem(&text).map_err(|_| unusable("the private key is no PEM text"))?;
    Ok((label.to_owned(), document))
}

fn unusable(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(***)")
    }
}
