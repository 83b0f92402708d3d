//! Saves a download to a file.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tokio::runtime::Handle;

use super::Download;
use crate::error::{Error, ErrorKind};

impl Download {
    /// Saves the whole body to a file, and returns its length in bytes. An existing file is replaced.
    ///
    /// The file appears when the download is complete. Until then the bytes are in a file next to it, whose name ends
    /// in `.part`; it is removed if the download fails or is dropped.
    ///
    /// This needs the feature `fs` and a tokio runtime.
    ///
    /// ```
    /// # use sdk_runtime::{Client, Error, Method};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let download = client.request(Method::GET, "/files/1/content").send_download().await?;
    /// let length = download.save_to("report.pdf").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Returns the errors of [`Download::next`], and one of kind [`ErrorKind::File`] if the file cannot be written.
    pub async fn save_to(mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let path = path.as_ref().to_owned();
        let runtime = Handle::try_current().map_err(|_| {
            Error::new(ErrorKind::Configuration, "a download can be saved only within a tokio runtime")
        })?;
        let part = blocking(&runtime, move || PartialFile::create(path)).await;
        let mut part = part.map_err(|error| self.unwritten(error))?;
        let mut length = 0;
        while let Some(piece) = self.next().await {
            let piece = piece?;
            length += piece.len() as u64;
            let written = blocking(&runtime, move || part.write(&piece)).await;
            part = written.map_err(|error| self.unwritten(error))?;
        }
        blocking(&runtime, move || part.finish()).await.map_err(|error| self.unwritten(error))?;
        Ok(length)
    }

    fn unwritten(&self, error: io::Error) -> Error {
        self.failed(Error::new(ErrorKind::File, "the file cannot be written").with_source(error))
    }
}

async fn blocking<T: Send + 'static>(
    runtime: &Handle,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    runtime.spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// The file that receives the bytes. It is removed if it is dropped unfinished.
struct PartialFile {
    file: File,
    at: PathBuf,
    goes_to: PathBuf,
    is_finished: bool,
}

impl PartialFile {
    /// Creates the file under an unused name next to its target, so that both are in the same file system.
    fn create(goes_to: PathBuf) -> io::Result<Self> {
        let mut number = 0_u32;
        loop {
            let mut name = goes_to.file_name().unwrap_or_default().to_owned();
            name.push(if number == 0 { ".part".to_owned() } else { format!(".{number}.part") });
            let at = goes_to.with_file_name(name);
            match File::create_new(&at) {
                Ok(file) => return Ok(Self { file, at, goes_to, is_finished: false }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => number += 1,
                Err(error) => return Err(error),
            }
        }
    }

    fn write(mut self, piece: &[u8]) -> io::Result<Self> {
        self.file.write_all(piece)?;
        Ok(self)
    }

    fn finish(mut self) -> io::Result<()> {
        self.file.flush()?;
        std::fs::rename(&self.at, &self.goes_to)?;
        self.is_finished = true;
        Ok(())
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        if !self.is_finished {
            // There is nobody left to report an error to.
            let _ = std::fs::remove_file(&self.at);
        }
    }
}
