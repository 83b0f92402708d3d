//! Reads the input of a run: configuration, documents, pages and hand-written sources.

use std::path::{Path, PathBuf};
use std::{env, fs};

use sdk_generator::config::{self, Document, DocumentPlace, Overlay, package_name};
use sdk_generator::diagnostic::Diagnostics;
use sdk_generator::pointer::Pointer;
use sdk_generator::{
    Compared, Config, Generated, Input, Listing, Source, Spec, Verdict, compare, disk, generate,
    generate_since,
};

use crate::arguments::{GivenDocument, Selection};
use crate::{Failure, workspace};

/// The name of the runtime package.
const RUNTIME: &str = "sdk-runtime";

/// The input of a run.
#[derive(Clone)]
pub(crate) struct Inputs {
    pub(crate) config: Config,
    documents: Vec<Source>,
    /// The folder of the hand-written module.
    extension: Option<PathBuf>,
    /// The output folder of the configuration.
    output: Option<PathBuf>,
    /// The paths of everything that was read, in a readable form.
    pub(crate) read: Vec<String>,
}

/// The reason why input could not be read.
pub(crate) enum Stopped {
    /// Findings, among them an error.
    Found(Diagnostics),
    /// A failure of another kind, such as an unreadable file.
    Failed(Failure),
}

impl<T: Into<Failure>> From<T> for Stopped {
    fn from(failure: T) -> Self {
        Self::Failed(failure.into())
    }
}

impl Inputs {
    /// Reads the selected input.
    pub(crate) fn read(selection: &Selection) -> Result<Self, Stopped> {
        match selection {
            Selection::Config { path, spec_dir } => {
                let own = || workspace::root().join("spec/sdk.yaml");
                Self::configured(&path.clone().unwrap_or_else(own), spec_dir.as_deref())
            }
            Selection::Documents { documents, name } => Self::bare(documents, name),
        }
    }

    fn configured(path: &Path, spec_dir: Option<&Path>) -> Result<Self, Stopped> {
        let path = workspace::shown(path);
        let source = disk::read_source(&path)?;
        let mut diagnostics = Diagnostics::default();
        let read = |name: &str| fs::read_to_string(name).ok();
        let Some(mut config) = Config::parse(&source.name, &source.text, &read, &mut diagnostics) else {
            return Err(Stopped::Found(diagnostics));
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut inputs = Self {
            documents: Vec::new(),
            output: config.output.as_ref().map(|output| folder.join(output)),
            extension: config
                .extension_source
                .as_ref()
                .map(|source| workspace::absolute(&folder.join(source))),
            read: config.sources.iter().map(|source| source.name.clone()).collect(),
            config: Config::bare(&config.name),
        };
        for document in &config.documents {
            match &document.place {
                DocumentPlace::Beside(path) => inputs.add(&folder.join(path))?,
                DocumentPlace::SpecDir(path) => inputs.add(&found(path, spec_dir)?)?,
            }
            inputs.read.extend(document.overlays.iter().map(|overlay| config.beside(&overlay.path)));
        }
        // Pages of this package alone take precedence over those of every package that is configured here.
        let own = folder.join(path.file_stem().unwrap_or_default()).join("pages");
        for pages in [own, folder.join("pages")] {
            for page in disk::read_pages(&pages)? {
                inputs.read.push(pages.join(format!("{}.md", page.stem)).display().to_string());
                config.pages.push(page);
            }
        }
        Ok(Self { config, ..inputs })
    }

    fn bare(documents: &[GivenDocument], name: &str) -> Result<Self, Stopped> {
        if let Some((message, help)) = package_name::fault(name) {
            return Err(Stopped::Failed(Failure::Usage(format!("`--name`: {message}; {help}"))));
        }
        let config = Config::bare(name);
        let mut inputs =
            Self { config, documents: Vec::new(), extension: None, output: None, read: Vec::new() };
        for document in documents {
            inputs.add(&document.path)?;
            let overlays =
                document.overlays.iter().map(|path| inputs.overlay(path)).collect::<Result<_, _>>()?;
            let place = DocumentPlace::Beside(document.path.to_string_lossy().into_owned());
            inputs.config.documents.push(Document { place, overlays, version: None });
        }
        Ok(inputs)
    }

    /// Returns the entry of an overlay on the command line. A missing one is reported here, since no
    /// configuration names it.
    fn overlay(&mut self, path: &Path) -> Result<Overlay, Stopped> {
        let source = disk::read_source(&workspace::shown(path))?;
        self.read.push(source.name.clone());
        Ok(Overlay { path: source.name, file: None, pointer: Pointer::root(config::COMMAND_LINE) })
    }

    fn add(&mut self, path: &Path) -> Result<(), Stopped> {
        let source = disk::read_source(&workspace::shown(path))?;
        self.read.push(source.name.clone());
        self.documents.push(source);
        Ok(())
    }

    /// Returns the absolute path of the folder to write to.
    pub(crate) fn output(&self, out: Option<&Path>) -> Result<PathBuf, Failure> {
        let output = out.or(self.output.as_deref()).map(workspace::absolute);
        output.ok_or_else(|| {
            Failure::Usage(
                "missing output folder: set `output` in the configuration, or use `--out DIR`".to_owned(),
            )
        })
    }

    /// Fills in the facts that depend on the package's folder: the path to the runtime, and the workspace. Reads the
    /// hand-written module if it lies outside of that folder.
    pub(crate) fn place(&mut self, folder: &Path, runtime: Option<&Path>) -> Result<(), Failure> {
        let path = match runtime {
            Some(path) => Some(given_runtime(path, folder)?),
            None => own_runtime(folder),
        };
        self.config.runtime.path = path.map(|path| path.to_string_lossy().replace('\\', "/"));
        self.config.own_workspace = !workspace::is_member(folder);
        if let (Some(extension), Some(source)) = (&mut self.config.extension, &self.extension)
            && *source != folder.join("src").join(&extension.module)
        {
            extension.files = disk::read_sources(source)?;
            self.read.push(workspace::shown(source).display().to_string());
        }
        Ok(())
    }

    /// Runs the generator, and keeps the items that the lock lists.
    pub(crate) fn generate(&self, lock: Option<&Listing>) -> Result<Generated, Diagnostics> {
        let input = Input { documents: &self.documents, read: &read_file, config: &self.config };
        lock.map_or_else(|| generate(&input), |lock| generate_since(&input, lock))
    }

    /// Compares the package with a release that it keeps, without emitting files.
    pub(crate) fn compare(&self, lock: Option<&Listing>) -> Result<Compared, Diagnostics> {
        compare(&Input { documents: &self.documents, read: &read_file, config: &self.config }, lock)
    }

    /// Says which changes come from the generator, by a run on the documents of the release, given in order. Without
    /// them, it is unknown.
    pub(crate) fn attribute(
        &self,
        previous: &[PathBuf],
        lock: Option<&Listing>,
        verdict: &mut Verdict,
    ) -> Result<(), Stopped> {
        if !previous.is_empty() {
            let previous = self.with_documents(previous)?.compare(lock).map_err(Stopped::Found)?;
            verdict.attribute(&previous.verdict);
        }
        Ok(())
    }

    /// Returns the same input with other documents, given in order.
    fn with_documents(&self, paths: &[PathBuf]) -> Result<Self, Failure> {
        if paths.len() != self.documents.len() {
            let (given, count) = (paths.len(), self.documents.len());
            let message = format!("{given} previous documents are given, but the package has {count}");
            return Err(Failure::Usage(message));
        }
        let documents = paths.iter().map(|path| Ok(disk::read_source(&workspace::shown(path))?));
        Ok(Self { documents: documents.collect::<Result<_, Failure>>()?, ..self.clone() })
    }

    /// Returns the name of the configuration that states the version, if there is one.
    pub(crate) fn version_file(&self) -> Option<String> {
        let place = self.config.version_place();
        let source = self.config.sources.get(config::document(0).0 - place.document.0)?;
        Some(Path::new(&source.name).file_name()?.to_string_lossy().into_owned())
    }

    /// Loads the documents without generating anything.
    pub(crate) fn load(&self, diagnostics: &mut Diagnostics) -> Result<Spec, Diagnostics> {
        let input = Input { documents: &self.documents, read: &read_file, config: &self.config };
        Spec::load(&input, diagnostics)
    }
}

fn read_file(name: &str) -> Option<String> {
    disk::read_source(Path::new(name)).ok().map(|source| source.text)
}

/// Returns the path from a package's folder to the runtime of this workspace. Without that folder (the workspace was
/// deleted) there is none, and the package depends on a version alone.
fn own_runtime(folder: &Path) -> Option<PathBuf> {
    let root = workspace::absolute(&workspace::root());
    let runtime = root.join("runtime");
    workspace::package_name(&runtime)?;
    // A package inside this workspace moves along with it; any other needs an absolute path.
    Some(if folder.starts_with(&root) { workspace::relative(folder, &runtime) } else { runtime })
}

/// Returns the path from a package's folder to the runtime given on the command line: absolute if it was given so.
fn given_runtime(path: &Path, folder: &Path) -> Result<PathBuf, Failure> {
    let runtime = workspace::absolute(path);
    match workspace::package_name(&runtime) {
        Some(name) if name == RUNTIME => {}
        Some(name) => {
            return Err(Failure::Stopped(format!(
                "{} holds the package `{name}`; `--runtime` takes the folder of `{RUNTIME}`",
                path.display()
            )));
        }
        None => {
            return Err(Failure::Stopped(format!(
                "there is no package in {}; `--runtime` takes the folder of `{RUNTIME}`",
                path.display()
            )));
        }
    }
    Ok(if path.is_absolute() { runtime } else { workspace::relative(folder, &runtime) })
}

/// Returns the path of a document in the folder given on the command line or, without that, in the environment.
fn found(path: &str, spec_dir: Option<&Path>) -> Result<PathBuf, Failure> {
    let folder = spec_dir.map(Path::to_owned).or_else(|| env::var_os(SPEC_DIR).map(PathBuf::from));
    let Some(folder) = folder else {
        return Err(Failure::Usage(format!(
            "missing folder of `{path}`: use `--spec-dir DIR`, or set the environment variable {SPEC_DIR}"
        )));
    };
    Ok(folder.join(path))
}

/// The environment variable with the folder of documents that are not part of this repository.
const SPEC_DIR: &str = "SPEC_CORPUS";
