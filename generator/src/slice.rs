//! Cuts a document down to the selected operations and everything that they reach.
//!
//! The slice is a document of its own, in the same version of OpenAPI, with overlays applied. References into other files
//! become references to components. Unused tags, security schemes and components are left out.

mod document;
mod copy;
mod components;
mod yaml;

use std::collections::BTreeSet;

use crate::config::{Config, ItemNames, ManagerNames};
use crate::diagnostic::{Code, Diagnostics, Severity};
use crate::lower;
use crate::pointer::Pointer;
use crate::spec::objects::{OTHER_METHODS, method};
use crate::spec::{Input, Spec};
use crate::tree::Node;

use document::Slicing;

/// A part of a document.
#[derive(Debug)]
pub struct Slice {
    /// The document.
    pub document: Node,
    /// Warnings.
    pub diagnostics: Diagnostics,
}

impl Slice {
    /// Returns the document as JSON.
    ///
    /// # Errors
    ///
    /// Returns the error of the JSON writer.
    pub fn json(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(&self.document)? + "\n")
    }

    /// Returns the document as YAML.
    ///
    /// # Errors
    ///
    /// Returns the error of the YAML writer.
    pub fn yaml(&self) -> serde_yaml::Result<String> {
        yaml::write(&self.document)
    }
}

/// Cuts the first document of the input down to what the configuration selects.
///
/// # Errors
///
/// Returns the diagnostics if the document cannot be read or the selection has no effect.
pub fn slice(input: &Input<'_>) -> Result<Slice, Diagnostics> {
    let mut diagnostics = Diagnostics::new(&input.config.allow);
    let written = Spec::load_as_written(input, &mut diagnostics)?;
    let spec = written.clone().normalise();
    let kept = Kept::select(&spec, input.config, &mut diagnostics);
    diagnostics.barrier()?;
    let document = Slicing::new(&written, &kept).document();
    Ok(Slice { document, diagnostics })
}

/// The operations of a slice.
struct Kept {
    /// The template of the path, and the method.
    operations: BTreeSet<(String, String)>,
    operation_ids: BTreeSet<String>,
    /// The wire names of the managers.
    managers: BTreeSet<String>,
    /// `true` if the slice has the webhooks of the document.
    webhooks: bool,
    /// The extension with the manager of a tag.
    extension: Option<String>,
    item_names: ItemNames,
}

impl Kept {
    /// Selects operations. Reports entries of the selection that have no effect, but no faults of the document.
    fn select(spec: &Spec, config: &Config, diagnostics: &mut Diagnostics) -> Self {
        let config = Config { redirect_urls: Vec::new(), ..config.clone() };
        let mut found = Diagnostics::default();
        let selected = lower::selected_operations(spec, &config, &mut found);
        for finding in found.iter().filter(|finding| finding.severity == Severity::Error) {
            if matches!(finding.code, Code::Config | Code::UnusedConfig) {
                diagnostics.push(finding.clone());
            }
        }
        let id = |place: &Pointer| spec.node(place)?.get("operationId")?.scalar_text();
        Self {
            operation_ids: selected.iter().filter_map(|operation| id(&operation.pointer)).collect(),
            managers: selected.iter().map(|operation| operation.manager.clone()).collect(),
            operations: selected.into_iter().map(|operation| (operation.path, operation.method)).collect(),
            webhooks: config.select.as_ref().is_none_or(|select| select.webhooks),
            extension: match &config.managers {
                ManagerNames::Tag => None,
                ManagerNames::Extension(key) => Some(key.clone()),
            },
            item_names: config.item_names,
        }
    }

    fn has_path(&self, template: &str) -> bool {
        self.operations.iter().any(|(kept, _)| kept == template)
    }

    fn has_method(&self, template: &str, key: &str) -> bool {
        method(key).is_some_and(|method| self.has_other_method(template, method))
    }

    /// Returns `true` for an operation with this method as it is sent.
    fn has_other_method(&self, template: &str, method: &str) -> bool {
        self.operations.contains(&(template.to_owned(), method.to_owned()))
    }

    /// Returns `true` for a place below `paths` that is in the slice.
    fn holds(&self, place: &Pointer) -> bool {
        let tokens: Vec<String> = place.tokens().collect();
        match tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["paths", template, key, ..] if method(key).is_some() => self.has_method(template, key),
            ["paths", template, key, method, ..] if *key == OTHER_METHODS => {
                self.has_other_method(template, method)
            }
            ["paths", template, ..] => self.has_path(template),
            _ => false,
        }
    }
}
