//! A configuration and those that it extends to trees, the one that is read first.

use super::document;
use super::read::{ConfigReader, Section};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;
use crate::source::Source;
use crate::tree::Node;
use crate::tree::load;

/// A configuration as it is read.
pub(super) struct Layer {
    pub(super) source: Source,
    root: Node,
    pointer: Pointer,
}

impl ConfigReader<'_> {
    /// Reads the configuration, and each one that the one before it extends.
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
                let help = "name another configuration, relative to this one";
                self.error(&pointer, format!("`{extended}` cannot be read, or leads back here"), help);
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
        for duplicate in &loaded.duplicates {
            let pointer = Pointer::new(document, duplicate);
            let message = "this key stands twice in one object";
            self.push(Diagnostic::error(Code::DuplicateKey, &pointer, message, "remove one of the two"));
        }
        if loaded.root == Node::Null {
            self.error(&pointer, "this configuration is empty", "name at least `documents` and `package`");
            return None;
        }
        Some(Layer { source, root: loaded.root, pointer })
    }

    /// The layers as one object: each key as the first layer has it that has it.
    pub(super) fn stack<'a>(&mut self, layers: &'a [Layer], known: &[&str]) -> Option<Section<'a>> {
        let mut stack = None;
        for layer in layers.iter().rev() {
            stack = Some(self.section(&layer.pointer, &layer.root, known)?.over(stack));
        }
        stack
    }
}

/// The folder that a file is in, with the slash that closes it.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| &path[..=folder.len()])
}
