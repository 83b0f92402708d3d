//! Defines [`FileTokenStore`], which keeps a token in a file that only its owner can read.

use std::fs::{self, File, OpenOptions};
use std::future::ready;
use std::io::{self, ErrorKind as IoErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::credential::oauth::store::TokenStore;
use crate::credential::oauth::token::AccessToken;
use crate::error::{Error, ErrorKind};
use crate::platform::BoxFuture;

/// Keeps a token in a JSON file, with mode 0600 on systems that have file modes.
///
/// The file is replaced atomically: a crash leaves either the old token or the new one, and possibly an unused file
/// that ends in `.tmp`. If several processes write the file, the last one wins. Reading and writing block the calling
/// thread for a moment.
///
/// ```
/// use sdk_runtime::{ClientCredentials, FileTokenStore, TokenEndpoint};
///
/// let endpoint = TokenEndpoint::new("https://auth.example.com/token").client_id("app").client_secret("secret");
/// let credential = ClientCredentials::new(endpoint).store(FileTokenStore::new("tokens.json"));
/// ```
#[derive(Clone, Debug)]
pub struct FileTokenStore {
    path: PathBuf,
}

impl FileTokenStore {
    /// Creates a store that uses this file. The file need not exist, but its folder must.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Returns the path of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn read(&self) -> Result<Option<AccessToken>, Error> {
        let json = match fs::read(&self.path) {
            Ok(json) => Zeroizing::new(json),
            Err(error) if error.kind() == IoErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.failed("read", error)),
        };
        if json.is_empty() {
            // Someone may have created the file in advance.
            return Ok(None);
        }
        let token = AccessToken::from_json(&json);
        token.map(Some).ok_or_else(|| {
            let message = format!("the token file `{}` does not contain a token", self.path.display());
            Error::new(ErrorKind::Authentication, message)
        })
    }

    fn write(&self, token: &AccessToken) -> io::Result<()> {
        let (temporary, mut file) = self.create_temporary()?;
        let written = file
            .write_all(token.to_json().expose().as_bytes())
            // The content must be on disk before the rename, or a crash could leave an empty file.
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&temporary, &self.path));
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        written?;
        self.sync_folder();
        Ok(())
    }

    /// Creates a file next to the one that it will replace, so that the rename is atomic.
    fn create_temporary(&self) -> io::Result<(PathBuf, File)> {
        let process = std::process::id();
        let Some(name) = self.path.file_name() else {
            return Err(io::Error::new(IoErrorKind::InvalidInput, "the path has no file name"));
        };
        let mut number = 0_u32;
        loop {
            let mut temporary = name.to_owned();
            temporary.push(format!(".{process}-{number}.tmp"));
            let temporary = self.path.with_file_name(temporary);
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            match options.open(&temporary) {
                Ok(file) => return Ok((temporary, file)),
                // Another thread is writing it, or a crashed process with the same ID left it.
                Err(error) if error.kind() == IoErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Makes the rename durable, on systems where folders can be synced.
    fn sync_folder(&self) {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) {
            let _ = folder.sync_all();
        }
    }

    fn failed(&self, verb: &str, error: io::Error) -> Error {
        let message = format!("the token file `{}` could not be {verb}", self.path.display());
        Error::new(ErrorKind::Authentication, message).with_source(error)
    }
}

impl TokenStore for FileTokenStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<AccessToken>, Error>> {
        Box::pin(ready(self.read()))
    }

    fn store<'a>(&'a self, token: &'a AccessToken) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(ready(self.write(token).map_err(|error| self.failed("written", error))))
    }

    fn clear(&self) -> BoxFuture<'_, Result<(), Error>> {
        let cleared = match fs::remove_file(&self.path) {
            Err(error) if error.kind() != IoErrorKind::NotFound => Err(self.failed("removed", error)),
            Ok(()) | Err(_) => Ok(()),
        };
        Box::pin(ready(cleared))
    }

    /// Returns a store whose file name has the subject before its extension, as in `tokens.user-12345.json`.
    fn for_subject(&self, subject: &str) -> Arc<dyn TokenStore> {
        let mut name = self.path.file_stem().unwrap_or_default().to_owned();
        name.push(".");
        name.push(file_name(subject));
        if let Some(ending) = self.path.extension() {
            name.push(".");
            name.push(ending);
        }
        Arc::new(Self::new(self.path.with_file_name(name)))
    }
}

/// Escapes a subject, so that each has a file name of its own that every file system accepts.
fn file_name(subject: &str) -> String {
    let mut name = String::with_capacity(subject.len());
    for byte in subject.bytes() {
        if byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' {
            name.push(char::from(byte));
        } else {
            name.push_str(&format!("_{byte:02x}"));
        }
    }
    name
}
