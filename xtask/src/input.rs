//! A selection to everything that a run of the generator reads.

use std::fs;
use std::path::{Path, PathBuf};

use sdk_generator::diagnostic::Diagnostics;
use sdk_generator::{Config, Generated, Input, Source, Spec, disk, generate};

use crate::arguments::Selection;
use crate::{Failure, workspace};

/// Everything that a run reads.
pub(crate) struct Inputs {
    pub(crate) config: Config,
    documents: Vec<Source>,
    /// The folder that the configuration says to write.
    output: Option<PathBuf>,
    /// What was read, as a person wants to see it.
    pub(crate) read: Vec<String>,
}

/// What stops a run before it has made anything.
pub(crate) enum Stopped {
    /// The findings.
    Found(Diagnostics),
    /// The system did not let us.
    Failed(Failure),
}

impl<T: Into<Failure>> From<T> for Stopped {
    fn from(failure: T) -> Self {
        Self::Failed(failure.into())
    }
}

impl Inputs {
    /// Reads what is selected.
    pub(crate) fn read(selection: &Selection) -> Result<Self, Stopped> {
        match selection {
            Selection::Default => Self::configured(&workspace::root().join("spec/sdk.yaml")),
            Selection::Config(path) => Self::configured(path),
            Selection::Documents { paths, name } => Self::bare(paths, name),
        }
    }

    fn configured(path: &Path) -> Result<Self, Stopped> {
        let path = workspace::shown(path);
        let source = disk::read_source(&path)?;
        let mut diagnostics = Diagnostics::default();
        let Some(mut config) = Config::parse(&source.name, &source.text, &mut diagnostics) else {
            return Err(Stopped::Found(diagnostics));
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut inputs = Self {
            documents: Vec::new(),
            output: config.output.as_ref().map(|output| folder.join(output)),
            read: vec![source.name],
            config: Config::bare(&config.name),
        };
        for document in &config.documents {
            inputs.add(&folder.join(document))?;
        }
        config.pages = disk::read_pages(&folder.join("pages"))?;
        let pages = config.pages.iter().map(|page| folder.join("pages").join(format!("{}.md", page.stem)));
        inputs.read.extend(pages.map(|page| page.display().to_string()));
        Ok(Self { config, ..inputs })
    }

    fn bare(paths: &[PathBuf], name: &str) -> Result<Self, Stopped> {
        let config = Config::bare(name);
        let mut inputs = Self { config, documents: Vec::new(), output: None, read: Vec::new() };
        for path in paths {
            inputs.add(path)?;
        }
        Ok(inputs)
    }

    fn add(&mut self, path: &Path) -> Result<(), Stopped> {
        let source = disk::read_source(&workspace::shown(path))?;
        self.read.push(source.name.clone());
        self.documents.push(source);
        Ok(())
    }

    /// The folder to write, from the root of the file system.
    pub(crate) fn output(&self, out: Option<&Path>) -> Result<PathBuf, Failure> {
        let output = out.or(self.output.as_deref()).map(workspace::absolute);
        output.ok_or_else(|| {
            Failure::Usage(
                "which folder is to be written? Say `--out DIR`, or `output` in the configuration".to_owned(),
            )
        })
    }

    /// Tells the configuration where the package will be built.
    pub(crate) fn place(&mut self, folder: &Path) {
        let root = workspace::absolute(&workspace::root());
        let runtime = root.join("runtime");
        // A package in this workspace moves with it; any other finds the runtime where it is now.
        let runtime = if folder.starts_with(&root) { workspace::relative(folder, &runtime) } else { runtime };
        self.config.runtime.path = Some(runtime.to_string_lossy().replace('\\', "/"));
        self.config.own_workspace = !workspace::is_member(folder);
    }

    /// Runs the generator.
    pub(crate) fn generate(&self) -> Result<Generated, Diagnostics> {
        generate(&Input { documents: &self.documents, read: &read_file, config: &self.config })
    }

    /// Loads the documents and no more.
    pub(crate) fn load(&self, diagnostics: &mut Diagnostics) -> Result<Spec, Diagnostics> {
        let input = Input { documents: &self.documents, read: &read_file, config: &self.config };
        Spec::load(&input, diagnostics)
    }
}

fn read_file(name: &str) -> Option<String> {
    fs::read_to_string(name).ok()
}
