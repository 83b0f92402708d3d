//! A document with a configuration: its slice, and its model.

use std::fs;
use std::path::PathBuf;

use sdk_generator::diagnostic::render::{self, Colour};
use sdk_generator::slice::{Slice, slice};
use sdk_generator::{Config, Diagnostics, Input, Source, Spec, ir, lower, passes};

/// A document with the configuration to read it by.
pub(crate) struct Given {
    pub(crate) path: PathBuf,
    pub(crate) source: Source,
    pub(crate) config: Config,
}

impl Given {
    /// The slice as a document without a selection.
    pub(crate) fn of(&self, text: String) -> Self {
        let source = Source { name: self.source.name.clone(), text };
        Self { path: self.path.clone(), source, config: Config { select: None, ..self.config.clone() } }
    }

    pub(crate) fn with_input<T>(&self, run: impl FnOnce(&Input<'_>) -> T) -> T {
        let read = |name: &str| fs::read_to_string(self.path.with_file_name(name)).ok();
        run(&Input { documents: std::slice::from_ref(&self.source), read: &read, config: &self.config })
    }

    pub(crate) fn slice(&self) -> Result<Slice, Diagnostics> {
        self.with_input(slice)
    }

    /// The model as text, unless the document cannot be read.
    pub(crate) fn model(&self) -> Option<String> {
        let mut diagnostics = Diagnostics::default();
        let spec = self.with_input(|input| Spec::load(input, &mut diagnostics)).ok()?;
        let mut api = lower::lower(&spec, &self.config, &mut diagnostics);
        passes::run(&mut api);
        Some(ir::print::api(&api))
    }
}

pub(crate) fn cut(document: &Given) -> Slice {
    document.slice().unwrap_or_else(|found| panic!("{}", shown(&found)))
}

pub(crate) fn shown(diagnostics: &Diagnostics) -> String {
    render::human(diagnostics, Colour::Never)
}

pub(crate) fn difference(left: &str, right: &str) -> String {
    similar::TextDiff::from_lines(left, right).unified_diff().context_radius(2).to_string()
}
