//! Parses the configuration file that the developer console creates for a JWT application.

use super::subject::Subject;
use crate::rt::Secret;
use crate::rt::serde_json::{self, Value};
use crate::{Error, ErrorKind};

/// The contents of the configuration file.
pub(super) struct JwtConfig {
    pub(super) client_id: String,
    pub(super) client_secret: Secret,
    pub(super) key_id: Option<String>,
    pub(super) private_key: Secret,
    pub(super) passphrase: Option<Secret>,
    pub(super) subject: Subject,
}

impl JwtConfig {
    /// Parses the text. Error messages contain nothing of it but the names of members.
    pub(super) fn parse(json: &Secret) -> Result<Self, Error> {
        let mut root: Value = serde_json::from_str(json.expose())
            .map_err(|error| unusable(format!("it is not valid JSON (line {})", error.line())))?;
        let mut take = |pointer: &str| match root.pointer_mut(pointer).map(Value::take) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        let mut need =
            |pointer: &str| take(pointer).ok_or_else(|| unusable(format!("`{pointer}` is missing")));
        let client_id = need("/boxAppSettings/clientID")?;
        let client_secret = Secret::new(need("/boxAppSettings/clientSecret")?);
        let private_key = Secret::new(need("/boxAppSettings/appAuth/privateKey")?);
        let key_id = take("/boxAppSettings/appAuth/publicKeyID");
        let passphrase = take("/boxAppSettings/appAuth/passphrase").map(Secret::new);
        let subject = match (take("/enterpriseID"), take("/userID")) {
            (Some(id), _) => Subject::Enterprise(id),
            (None, Some(id)) => Subject::User(id),
            (None, None) => {
                return Err(unusable("both `/enterpriseID` and `/userID` are missing".to_owned()));
            }
        };
        Ok(Self { client_id, client_secret, key_id, private_key, passphrase, subject })
    }
}

fn unusable(why: String) -> Error {
    Error::new(ErrorKind::Configuration, format!("the JWT configuration cannot be used: {why}"))
}
