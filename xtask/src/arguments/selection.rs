//! Parses the options that select the documents to read, which several commands share.

use std::path::PathBuf;

use lexopt::ValueExt;

use crate::Failure;

/// The input of a run.
#[derive(Debug)]
pub(crate) enum Selection {
    /// A configuration, which lists its documents.
    Config {
        /// The path of the configuration; `spec/sdk.yaml` by default.
        path: Option<PathBuf>,
        /// The folder of documents that are not beside the configuration.
        spec_dir: Option<PathBuf>,
    },
    /// Documents without a configuration.
    Documents {
        /// The documents.
        documents: Vec<GivenDocument>,
        /// The name of the package.
        name: String,
    },
}

/// A document on the command line.
#[derive(Clone, Debug)]
pub(crate) struct GivenDocument {
    pub(crate) path: PathBuf,
    /// The overlays that correct it, in order.
    pub(crate) overlays: Vec<PathBuf>,
}

impl From<PathBuf> for GivenDocument {
    fn from(path: PathBuf) -> Self {
        Self { path, overlays: Vec::new() }
    }
}

/// The options that select the input of a run.
#[derive(Default)]
pub(crate) struct Selecting {
    config: Option<PathBuf>,
    spec_dir: Option<PathBuf>,
    documents: Vec<GivenDocument>,
    /// The overlays before the first document.
    overlays: Vec<PathBuf>,
    pub(super) name: Option<String>,
}

impl Selecting {
    /// Takes an option with its value. Returns an error for an option that selects nothing.
    pub(crate) fn take(&mut self, option: &str, parser: &mut lexopt::Parser) -> Result<(), Failure> {
        match option {
            "config" => self.config = Some(parser.value()?.into()),
            "spec-dir" => self.spec_dir = Some(parser.value()?.into()),
            "spec" => self.documents.push(PathBuf::from(parser.value()?).into()),
            "overlay" => {
                let overlay = parser.value()?.into();
                let before = self.documents.last_mut().map(|document| &mut document.overlays);
                before.unwrap_or(&mut self.overlays).push(overlay);
            }
            "name" => self.name = Some(parser.value()?.string()?),
            _ => return Err(lexopt::Error::UnexpectedOption(format!("--{option}")).into()),
        }
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<Selection, Failure> {
        let usage = |message: &str| Err(Failure::Usage(message.to_owned()));
        match (self.documents.as_mut_slice(), self.overlays.is_empty()) {
            (_, true) => {}
            ([only], false) => {
                only.overlays.splice(0..0, self.overlays);
            }
            ([], false) => {
                return usage("`--overlay` requires `--spec`, since a configuration lists its overlays");
            }
            ([_, _, ..], false) => return usage("put `--overlay` after the `--spec` that it belongs to"),
        }
        match (self.config, self.documents.is_empty(), self.name) {
            (path, true, _) => Ok(Selection::Config { path, spec_dir: self.spec_dir }),
            (None, false, Some(name)) => Ok(Selection::Documents { documents: self.documents, name }),
            (None, false, None) => usage("`--spec` requires `--name NAME`, the name of the package"),
            (Some(_), false, _) => usage(
                "`--config` and `--spec` cannot be used together, since a configuration lists its documents",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Selecting, Selection};
    use crate::Failure;

    /// The documents with their overlays, or the message for the user.
    fn select(words: &[&str]) -> Result<String, String> {
        let mut parser = lexopt::Parser::from_args(words);
        let mut selecting = Selecting::default();
        while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
            let lexopt::Arg::Long(option) = argument else { return Err("not an option".to_owned()) };
            let option = option.to_owned();
            selecting.take(&option, &mut parser).map_err(|failure| format!("{failure:?}"))?;
        }
        match selecting.finish() {
            Ok(Selection::Documents { documents, .. }) => Ok(documents
                .iter()
                .map(|document| format!("{} {:?};", shown(&document.path), document.overlays))
                .collect()),
            Ok(Selection::Config { .. }) => Ok("configuration".to_owned()),
            Err(Failure::Usage(message)) => Err(message),
            Err(failure) => Err(format!("{failure:?}")),
        }
    }

    fn shown(path: &Path) -> String {
        path.to_string_lossy().into_owned()
    }

    #[test]
    fn an_overlay_belongs_to_the_document_before_it() {
        let words = [
            "--name",
            "n",
            "--spec",
            "a",
            "--overlay",
            "x",
            "--overlay",
            "y",
            "--spec",
            "b",
            "--overlay",
            "z",
        ];
        assert_eq!(select(&words).as_deref(), Ok("a [\"x\", \"y\"];b [\"z\"];"));
        let words = ["--overlay", "x", "--spec", "a", "--name", "n", "--overlay", "y"];
        assert_eq!(select(&words).as_deref(), Ok("a [\"x\", \"y\"];"));
    }

    #[test]
    fn an_overlay_without_its_document_is_refused() {
        let words = ["--overlay", "x", "--spec", "a", "--spec", "b", "--name", "n"];
        let message = "put `--overlay` after the `--spec` that it belongs to";
        assert_eq!(select(&words), Err(message.to_owned()));
        let message = "`--overlay` requires `--spec`, since a configuration lists its overlays";
        assert_eq!(select(&["--overlay", "x"]), Err(message.to_owned()));
        assert_eq!(select(&["--overlay", "x", "--config", "c"]), Err(message.to_owned()));
    }
}
