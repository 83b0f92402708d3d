//! Reads private keys from PEM (RFC 7468) and signs with them.

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

/// A private RSA key of 2048 to 4096 bits. Clones share the key. `Debug` does not show it.
#[derive(Clone)]
pub struct SigningKey(Arc<KeyPair>);

impl SigningKey {
    /// Reads an unencrypted key: PEM with the label `PRIVATE KEY` (PKCS#8, RFC 5958) or `RSA PRIVATE KEY` (PKCS#1, RFC
    /// 8017). Line breaks may be escaped as `\n`, as in environment variables.
    ///
    /// # Errors
    /// Returns an error if the text is not a PEM private key, or if the key cannot sign.
    pub fn from_pem(pem: impl Into<Secret>) -> Result<Self, Error> {
        let (label, document) = read(&pem.into())?;
        match label.as_str() {
            PrivateKeyInfoRef::PEM_LABEL => Self::from_pkcs8(document.as_bytes()),
            "RSA PRIVATE KEY" => Self::usable(KeyPair::from_der(document.as_bytes())),
            EncryptedPrivateKeyInfoRef::PEM_LABEL => {
                Err(unusable("the private key is encrypted: use `from_encrypted_pem` with its passphrase"))
            }
            _ => Err(unusable(format!("expected a private key, found `{}`", label.escape_debug()))),
        }
    }

    /// Reads a key that may be encrypted: PEM with the label `ENCRYPTED PRIVATE KEY` (PKCS#8 with PBES2, RFC 8018: AES
    /// or DES-EDE3, PBKDF2 with SHA-1 or SHA-2). The passphrase is ignored if the key is not encrypted.
    ///
    /// # Errors
    /// Returns an error if the text is not a PEM private key, if the passphrase is wrong, or if the key cannot sign.
    pub fn from_encrypted_pem(pem: impl Into<Secret>, passphrase: impl Into<Secret>) -> Result<Self, Error> {
        let (pem, passphrase) = (pem.into(), passphrase.into());
        let (label, document) = read(&pem)?;
        if label != EncryptedPrivateKeyInfoRef::PEM_LABEL {
            return Self::from_pem(pem);
        }
        let encrypted = EncryptedPrivateKeyInfoRef::try_from(document.as_bytes())
            .map_err(|_| unusable("the private key is damaged, or its encryption is not supported"))?;
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
                "the private key cannot sign: an RSA key of 2048 to 4096 bits is required ({reason})"
            ))),
        }
    }

    /// Signs these bytes.
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
            .map_err(|_| unusable("the system provides no random numbers for signing"))?;
        Ok(signature)
    }
}

fn read(pem: &Secret) -> Result<(String, SecretDocument), Error> {
    // Keys from environment variables and hand-written JSON have all kinds of line breaks and indentation.
    let mut text = Zeroizing::new(String::with_capacity(pem.expose().len() + 1));
    for line in pem.expose().split(['\n', '\r']).flat_map(|line| line.split("\\n")) {
        let line = line.trim();
        if !line.is_empty() {
            text.push_str(line);
            text.push('\n');
        }
    }
    let (label, document) =
        SecretDocument::from_pem(&text).map_err(|_| unusable("the private key is not valid PEM"))?;
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
