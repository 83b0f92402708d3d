//! Lowers the documents to the model.

mod operations;
mod bodies;
mod responses;
mod schemas;
mod names;
mod paths;
mod webhooks;
mod pagination;
mod package;
mod losses;
mod order;
mod released;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use indexmap::IndexMap;

use crate::config::{Config, ItemNames, PagingRule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir;
use crate::name::Name;
use crate::pointer::{DocumentId, Pointer};
use crate::spec::Spec;

use names::overrides::Overrides;
use operations::ignored_headers::IgnoredHeaders;
use operations::managers::tags::{Tags, tags};
use operations::path_parameters::NameCounts;
use operations::security::Undeclared;
use schemas::Schemas;

pub use released::{ReleasedBody, ReleasedForm, ReleasedForms};

/// Lowers the documents to the model, and reports constructs that it cannot represent.
pub fn lower(spec: &Spec, config: &Config, diagnostics: &mut Diagnostics) -> ir::Api {
    lower_since(spec, config, &ReleasedForms::default(), diagnostics)
}

/// Lowers the documents to the model, with the bodies of the last release as they were.
pub fn lower_since(
    spec: &Spec,
    config: &Config,
    released: &ReleasedForms,
    diagnostics: &mut Diagnostics,
) -> ir::Api {
    Lowering::new(spec, config, released, diagnostics).lower_api()
}

/// Returns the pagination of an operation whose response was replaced.
pub fn pagination_again(
    api: &ir::Api,
    operation: &ir::Operation,
    rules: &[PagingRule],
) -> Option<ir::Pagination> {
    pagination::again(api, operation, rules)
}

/// Returns the released pagination of an operation, if the operation still has each part of it.
pub fn kept_pagination(
    api: &ir::Api,
    operation: &ir::Operation,
    released: &ir::Pagination,
) -> Option<ir::Pagination> {
    pagination::kept(api, operation, released)
}

/// Returns the name that a schema gets from its place, or from the name of its file.
pub(crate) fn place_name(pointer: &Pointer, file: &str, names: ItemNames) -> Name {
    names::type_names::natural(pointer, Some(file), &[], &BTreeMap::new(), names).name
}

/// An operation that the configuration selects.
pub(crate) struct SelectedOperation {
    /// The template of the path.
    pub(crate) path: String,
    /// The HTTP method in upper case.
    pub(crate) method: String,
    /// The place of the operation.
    pub(crate) pointer: Pointer,
    /// The wire name of its manager.
    pub(crate) manager: String,
}

/// Returns the selected operations, once for each form of the body.
pub(crate) fn selected_operations(
    spec: &Spec,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Vec<SelectedOperation> {
    let released = ReleasedForms::default();
    let drafts = Lowering::new(spec, config, &released, diagnostics).operation_drafts();
    drafts
        .into_iter()
        .map(|draft| SelectedOperation {
            path: draft.template,
            method: draft.method,
            pointer: draft.pointer,
            manager: draft.manager,
        })
        .collect()
}

/// The state of lowering.
struct Lowering<'a> {
    spec: &'a Spec,
    config: &'a Config,
    released: &'a ReleasedForms,
    diagnostics: &'a mut Diagnostics,
    overrides: Overrides<'a>,
    schemas: Schemas,
    security_schemes: Vec<ir::SecurityScheme>,
    tags: Tags<'a>,
    /// The IDs of all operations, once a link needs them.
    operation_ids: Option<BTreeSet<&'a str>>,
    /// Security schemes that are required but not declared.
    undeclared_schemes: IndexMap<String, Undeclared>,
    /// Header parameters that are ignored although nothing else describes the header.
    ignored_headers: IgnoredHeaders,
    /// The names of parameters of paths and of schemas, by document.
    path_parameters: BTreeMap<DocumentId, Rc<NameCounts>>,
    /// The place of the operation that is being lowered, and that of its path item.
    current: Vec<Pointer>,
}

impl<'a> Lowering<'a> {
    fn new(
        spec: &'a Spec,
        config: &'a Config,
        released: &'a ReleasedForms,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            spec,
            config,
            released,
            diagnostics,
            overrides: Overrides::new(config),
            schemas: Schemas::default(),
            security_schemes: Vec::new(),
            tags: tags(spec),
            operation_ids: None,
            undeclared_schemes: IndexMap::new(),
            ignored_headers: IndexMap::new(),
            path_parameters: BTreeMap::new(),
            current: Vec::new(),
        }
    }

    fn lower_api(&mut self) -> ir::Api {
        let info = self.info();
        let servers = self.api_servers();
        self.lower_security_schemes(&servers);
        let drafts = self.operation_drafts();
        let mut operations = ir::Arena::default();
        for (index, draft) in drafts.iter().enumerate() {
            operations.add(self.operation(draft, index));
        }
        self.report_undeclared_schemes();
        self.report_ignored_headers();
        let webhooks = self.webhooks(&drafts);
        // An empty selection is reported as such.
        if operations.is_empty() && webhooks.is_empty() && self.config.select.is_none() {
            let place = Pointer::root(DocumentId(0));
            let help = if self.spec.is_swagger(&place) {
                "describe operations below `paths`"
            } else {
                "describe operations below `paths`, or the types of `webhooks`"
            };
            let message = "there is nothing to generate: the description has no operations";
            self.error(Code::NotOpenApi, &place, message, help);
        }
        self.lower_pending_types();
        let managers = self.managers(&drafts, &operations);
        self.lower_named_schemas();
        self.overrides.report_unused(self.diagnostics);
        let mut api = ir::Api {
            package: package::package(self.config, &info, &self.security_schemes),
            info,
            servers,
            security_schemes: std::mem::take(&mut self.security_schemes),
            managers,
            operations,
            types: std::mem::take(&mut self.schemas.types),
            webhooks,
        };
        self.free_endless(&mut api);
        pagination::find(&mut api, self.spec, &self.config.pagination, self.diagnostics);
        order::sort_types(&mut api, self.spec);
        api
    }

    /// Lowers the schemas that no operation reaches and that the configuration names, so that their entries have an
    /// effect. They are pruned, so their findings do not matter.
    fn lower_named_schemas(&mut self) {
        let outer = std::mem::take(self.diagnostics);
        for document in self.spec.documents() {
            let root = Pointer::root(document);
            for (_, pointer) in self.spec.named_schemas(document) {
                let names = |place: &str| {
                    let place = Pointer::new(root.document, place);
                    place == pointer || pointer.holds(&place)
                };
                if self.overrides.unused_places().any(names) {
                    self.type_of_reference(&pointer);
                    self.lower_pending_types();
                }
            }
        }
        *self.diagnostics = outer;
    }

    fn warn(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::warning(code, pointer, message, help));
    }

    fn error(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, pointer, message, help));
    }
}
