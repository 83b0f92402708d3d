//! Reads private keys from PEM (RFC 7468) and signs with them.

use std::fmt;
use std::sync::Arc;

use pkcs8::der::asn1::OctetStringRef;
use pkcs8::der::pem::PemLabel;
use pkcs8::spki::AlgorithmIdentifier;
use pkcs8::{EncryptedPrivateKeyInfoRef, ObjectIdentifier, PrivateKeyInfoRef, SecretDocument};
use ring::rand::SystemRandom;
use ring::rsa::KeyPair;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384,
    RSA_PKCS1_SHA512, RsaEncoding,
};
use zeroize::Zeroizing;

use super::JwtAlgorithm;
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// A private key: RSA of 2048 to 4096 bits, a key on the curve P-256, or Ed25519. Clones share the key. `Debug` does not
/// show it.
#[derive(Clone)]
pub struct SigningKey(Arc<Pair>);

enum Pair {
    Rsa(KeyPair),
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// The identifiers of keys on elliptic curves, and of the curve P-256 (RFC 5480).
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");

impl SigningKey {
    /// Reads an unencrypted key: PEM with the label `PRIVATE KEY` (PKCS#8, RFC 5958), `RSA PRIVATE KEY` (PKCS#1, RFC
    /// 8017) or `EC PRIVATE KEY` (SEC 1, RFC 5915). Line breaks may be escaped as `\n`, as in environment variables, and
    /// other PEM texts, such as certificates, may surround the key.
    ///
    /// # Errors
    /// Returns an error if the text is not a PEM private key, or if the key cannot sign.
    pub fn from_pem(pem: impl Into<Secret>) -> Result<Self, Error> {
        let (label, document) = read(&pem.into())?;
        match label.as_str() {
            PrivateKeyInfoRef::PEM_LABEL => Self::from_pkcs8(document.as_bytes()),
            "RSA PRIVATE KEY" => Self::usable(KeyPair::from_der(document.as_bytes())),
            "EC PRIVATE KEY" => Self::from_sec1(document.as_bytes()),
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
        // The parameters of the key say which kind it is, and only one of these accepts them.
        if let Ok(key) = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der, &SystemRandom::new())
        {
            return Ok(Self(Arc::new(Pair::P256(key))));
        }
        if let Ok(key) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
            return Ok(Self(Arc::new(Pair::Ed25519(key))));
        }
        Self::usable(KeyPair::from_pkcs8(der))
    }

    /// Reads a key on P-256, which is wrapped into PKCS#8 for this. A key on another curve says so itself.
    fn from_sec1(der: &[u8]) -> Result<Self, Error> {
        let damaged = |_| unusable("the private key is damaged");
        let key = OctetStringRef::new(der).map_err(damaged)?;
        let info =
            PrivateKeyInfoRef::new(AlgorithmIdentifier { oid: EC, parameters: Some((&P256).into()) }, key);
        let document = SecretDocument::encode_msg(&info).map_err(damaged)?;
        Self::from_pkcs8(document.as_bytes())
    }

    /// Returns the name of the algorithm by which the key signs (RFC 7518 section 3.1, RFC 8037).
    pub(super) fn algorithm_name(&self, of_rsa: JwtAlgorithm) -> &'static str {
        match &*self.0 {
            Pair::Rsa(_) => of_rsa.name(),
            Pair::P256(_) => "ES256",
            Pair::Ed25519(_) => "EdDSA",
        }
    }

    fn usable(key: Result<KeyPair, ring::error::KeyRejected>) -> Result<Self, Error> {
        match key {
            Ok(key) => Ok(Self(Arc::new(Pair::Rsa(key)))),
            Err(reason) => Err(unusable(format!(
                "the private key cannot sign: an RSA key of 2048 to 4096 bits, a key on the curve P-256 or an Ed25519 key is \
                 required ({reason})"
            ))),
        }
    }

    /// Signs these bytes.
    pub(super) fn sign(&self, algorithm: JwtAlgorithm, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let no_random = |_| unusable("the system provides no random numbers for signing");
        let key = match &*self.0 {
            Pair::Rsa(key) => key,
            Pair::P256(key) => {
                return Ok(key.sign(&SystemRandom::new(), bytes).map_err(no_random)?.as_ref().to_vec());
            }
            Pair::Ed25519(key) => return Ok(key.sign(bytes).as_ref().to_vec()),
        };
        let encoding: &dyn RsaEncoding = match algorithm {
            JwtAlgorithm::Rs256 => &RSA_PKCS1_SHA256,
            JwtAlgorithm::Rs384 => &RSA_PKCS1_SHA384,
            JwtAlgorithm::Rs512 => &RSA_PKCS1_SHA512,
        };
        let mut signature = vec![0; key.public().modulus_len()];
        // The randomness blinds the computation; the signature does not depend on it.
        key.sign(encoding, &SystemRandom::new(), bytes, &mut signature).map_err(no_random)?;
        Ok(signature)
    }
}

fn read(pem: &Secret) -> Result<(String, SecretDocument), Error> {
    // Keys from environment variables and hand-written JSON have all kinds of line breaks and indentation.
    let mut text = Zeroizing::new(String::with_capacity(pem.expose().len() + 1));
    let written = pem.expose().trim_start_matches('\u{feff}');
    if !written.contains("-----BEGIN ") {
        return Err(unusable(
            "the private key is not valid PEM: it has no line `-----BEGIN PRIVATE KEY-----`. Pass the text of the \
             file, not its path",
        ));
    }
    if written.contains("-----BEGIN OPENSSH PRIVATE KEY-----") {
        return Err(unusable(
            "the private key has the form `OPENSSH PRIVATE KEY`, which is not supported: convert it to PKCS#8 with \
             `ssh-keygen -p -m PKCS8`",
        ));
    }
    if written.contains("Proc-Type:") && written.contains("ENCRYPTED") {
        return Err(unusable(
            "the private key is encrypted in the old way of OpenSSL, which is not supported: convert it with \
             `openssl pkcs8 -topk8`",
        ));
    }
    for line in key_within(written).split(['\n', '\r']).flat_map(|line| line.split("\\n")) {
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

/// Returns the block of a private key. Tools write parameters, attributes or certificates around it.
fn key_within(text: &str) -> &str {
    let mut starts = text.match_indices("-----BEGIN ").map(|(start, _)| &text[start..]);
    let is_key = |block: &&str| {
        let label = block.trim_start_matches("-----BEGIN ").split("-----").next();
        label.is_some_and(|label| label.ends_with("PRIVATE KEY"))
    };
    let Some(block) = starts.find(is_key) else { return text };
    let Some((_, after)) = block.split_once("-----END ") else { return block };
    let Some((_, rest)) = after.split_once("-----") else { return block };
    &block[..block.len() - rest.len()]
}

fn unusable(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(***)")
    }
}
