//! Loads a configuration and those that it extends.

use std::path::Path;

use super::read::{ConfigReader, Section};
use super::{Config, document};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;
use crate::source::Source;
use crate::tree::Node;
use crate::tree::load;

/// A loaded configuration.
pub(super) struct Layer {
    pub(super) source: Source,
    root: Node,
    pointer: Pointer,
}

impl ConfigReader<'_> {
    /// Loads the configuration, followed by each one that the one before it extends.
    pub(super) fn layers(
        &mut self,
        first: Source,
        read: &dyn Fn(&str) -> Option<String>,
    ) -> Option<Vec<Layer>> {
        let mut layers: Vec<Layer> = Vec::new();
        let (mut next, mut folder) = (Some(first), String::new());
        while let Some(source) = next.take() {
            let layer = self.layer(source, layers.len())?;
            self.add_folder(folder.clone());
            let pointer = layer.pointer.child("extends");
            let extended = layer.root.get("extends").and_then(Node::scalar_text);
            if let Some(extended) = &extended {
                folder.push_str(folder_of(extended));
                let name = format!("{}{extended}", folder_of(&layer.source.name));
                let is_known = layers.iter().chain([&layer]).any(|layer| layer.source.name == name);
                next = if is_known { None } else { read(&name).map(|text| Source { name, text }) };
            }
            layers.push(layer);
            if let Some(extended) = extended.filter(|_| next.is_none()) {
                let help = "write the path of another configuration, relative to this one";
                let message = format!("`{extended}` cannot be read, or extends this configuration");
                self.error(&pointer, message, help);
                return None;
            }
        }
        Some(layers)
    }

    fn layer(&mut self, source: Source, depth: usize) -> Option<Layer> {
        let document = document(depth);
        self.add_source(document, &source);
        let pointer = Pointer::root(document);
        let loaded = match load(&source.text) {
            Ok(loaded) => loaded,
            Err(error) => {
                self.push(error.diagnostic(&pointer));
                return None;
            }
        };
        for slip in &loaded.slips {
            self.push(slip.error(&pointer));
        }
        for duplicate in &loaded.duplicates {
            let pointer = Pointer::new(document, duplicate);
            let help = "remove one of the two members";
            self.push(Diagnostic::error(Code::DuplicateKey, &pointer, "duplicate key", help));
        }
        if loaded.root == Node::Null {
            self.error(&pointer, "this configuration is empty", "write at least `documents` and `package`");
            return None;
        }
        Some(Layer { source, root: loaded.root, pointer })
    }

    /// Combines the layers to one object, which takes each key from the first layer that has it.
    pub(super) fn stack<'a>(&mut self, layers: &'a [Layer], known: &[&str]) -> Option<Section<'a>> {
        let mut stack = None;
        for layer in layers.iter().rev() {
            stack = Some(self.section(&layer.pointer, &layer.root, known)?.over(stack));
        }
        stack
    }
}

impl Config {
    /// Returns the path of a file that the configuration names relative to itself.
    #[must_use]
    pub fn beside(&self, path: &str) -> String {
        let folder = self.sources.first().map_or("", |source| folder_of(&source.name));
        if Path::new(path).is_absolute() { path.to_owned() } else { format!("{folder}{path}") }
    }
}

/// Returns the folder of a file, with a trailing slash.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| &path[..=folder.len()])
}
