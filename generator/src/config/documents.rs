//! Reads the section `documents` of `sdk.yaml`: the locations and versions of the documents.

use super::read::{ConfigReader, Section};
use super::{Document, DocumentPlace, Overlay, Version};
use crate::name::words;
use crate::pointer::Pointer;
use crate::tree::Node;

impl ConfigReader<'_> {
    pub(super) fn documents(&mut self, section: &Section<'_>) -> Vec<Document> {
        let is_empty = |(_, node): (_, &Node)| node.as_sequence().is_some_and(<[Node]>::is_empty);
        if section.get("documents").is_none_or(is_empty) {
            self.error(
                &section.pointer,
                "`documents` is missing",
                "list the OpenAPI documents, such as `documents: [api.yaml]`",
            );
        }
        let items = self.items(section, "documents");
        items.into_iter().filter_map(|(pointer, node)| self.document(&pointer, node)).collect()
    }

    /// Reads a document: a path relative to the configuration, or an object.
    fn document(&mut self, pointer: &Pointer, node: &Node) -> Option<Document> {
        if node.as_mapping().is_none() {
            let path = self.scalar(pointer, node)?;
            let place = DocumentPlace::Beside(self.rebased(pointer, &path));
            return Some(Document { place, overlays: Vec::new(), version: None });
        }
        let section = self.section(pointer, node, &["path", "spec_dir", "overlays", "version", "suffix"])?;
        let beside = self.path(&section, "path").map(DocumentPlace::Beside);
        let in_folder = self.text(&section, "spec_dir").map(DocumentPlace::SpecDir);
        let place = match (beside, in_folder) {
            (Some(place), None) | (None, Some(place)) => place,
            (None, None) | (Some(_), Some(_)) => {
                let help = "write `path`, relative to the configuration, or `spec_dir`, relative to the \
                            folder given by `--spec-dir`";
                self.error(pointer, "a document needs exactly one of `path` and `spec_dir`", help);
                return None;
            }
        };
        let overlays = self.overlays(&section);
        Some(Document { place, overlays, version: self.version(&section) })
    }

    fn overlays(&mut self, section: &Section<'_>) -> Vec<Overlay> {
        let items = self.items(section, "overlays");
        items.into_iter().filter_map(|(pointer, node)| self.overlay(pointer, node)).collect()
    }

    /// A path beside the configuration, or an object that also names the file to correct.
    fn overlay(&mut self, pointer: Pointer, node: &Node) -> Option<Overlay> {
        if node.as_mapping().is_none() {
            let path = self.scalar(&pointer, node)?;
            return Some(Overlay { path: self.rebased(&pointer, &path), file: None, pointer });
        }
        let section = self.section(&pointer, node, &["path", "file"])?;
        let help = "name the overlay, such as `path: fixes.overlay.yaml`";
        let path = self.required_text(&section, "path", help)?;
        let file = self.text(&section, "file");
        Some(Overlay { path: self.rebased(&pointer, &path), file, pointer })
    }

    fn version(&mut self, section: &Section<'_>) -> Option<Version> {
        let suffix = self.text(section, "suffix");
        if suffix.is_some() && section.get("version").is_none() {
            let help = "add the version of the document, such as `version: \"2025.0\"`";
            self.error(&section.pointer, "`suffix` requires `version`", help);
        }
        let wire = self.text(section, "version")?;
        let suffix = words(&suffix.unwrap_or_else(|| format!("v{wire}")));
        Some(Version { wire, suffix })
    }
}
