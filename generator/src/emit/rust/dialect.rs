//! Implements the documentation's view of Rust: types as users see them, and the visible lines of samples.

use super::Rust;
use super::operations::{alternatives, headers, pagination, responses, samples};
use super::package::oauth::Constructor;
use crate::emit::{Dialect, DialectArgument, DialectCall, DialectForm};
use crate::ir::{self, Argument, ArgumentValue, OperationId, TypeId};

impl Dialect for Rust<'_> {
    fn library(&self) -> String {
        self.symbols.crate_name.clone()
    }

    fn client_type(&self) -> String {
        self.symbols.client.clone()
    }

    fn language(&self) -> &'static str {
        "rust"
    }

    fn program_language(&self) -> &'static str {
        "rust,no_run"
    }

    fn manager_type(&self, manager: &ir::Manager) -> String {
        self.manager_of(manager.operations[0]).ty.clone()
    }

    fn manager_name(&self, manager: &ir::Manager) -> String {
        self.manager_of(manager.operations[0]).accessor.clone()
    }

    fn page_name(&self, manager: &ir::Manager) -> String {
        let symbols = self.manager_of(manager.operations[0]);
        let name = if symbols.accessor.is_ascii() { &symbols.accessor } else { &symbols.module };
        name.clone()
    }

    fn method_name(&self, operation: OperationId) -> String {
        self.symbols.operation(operation).method.clone()
    }

    fn arguments(&self, operation: OperationId) -> Vec<DialectArgument> {
        let arguments = self.api.operations[operation].arguments();
        let names = &self.symbols.operation(operation).arguments;
        let mut shown: Vec<_> =
            arguments.iter().zip(names).map(|(argument, name)| self.argument(argument, name)).collect();
        let docs = ir::Docs {
            title: None,
            description: Some("Extra headers that will be included in the HTTP request.".into()),
        };
        let ty = "Option<BTreeMap<String, Option<String>>>".to_owned();
        shown.push(DialectArgument {
            name: "extra_headers".to_owned(),
            ty,
            docs,
            example: None,
            default: None,
            constant: None,
            deprecated: false,
        });
        shown
    }

    fn return_type(&self, operation: OperationId) -> String {
        responses::shown(self, operation)
    }

    fn payload_type(&self, payload: &ir::Payload) -> Option<String> {
        responses::shown_payload(self, payload)
    }

    fn variants(&self, ty: TypeId) -> (String, Vec<String>) {
        let (name, variants) = self.names(ty);
        (name.to_owned(), variants.to_vec())
    }

    fn flow_constructor(&self, scheme: usize, flow: &ir::OAuthFlow) -> Option<(String, &'static str)> {
        Some((self.symbols.schemes[scheme].clone(), Constructor::of(flow)?.name()))
    }

    fn forms(&self, operation: OperationId) -> Vec<DialectForm> {
        alternatives::shown(self, operation)
    }

    fn headers(&self, operation: OperationId) -> Vec<DialectArgument> {
        headers::shown(self, operation)
    }

    fn sample(&self, operation: OperationId) -> Vec<String> {
        samples::sample(self, operation).lines
    }

    fn has_pages(&self, operation: OperationId) -> bool {
        pagination::has_pages(self, operation)
    }

    fn pages_sample(&self, operation: OperationId) -> Option<Vec<String>> {
        Some(samples::pages(self, operation)?.lines)
    }

    fn call(&self, operation: OperationId) -> DialectCall {
        samples::expression(self, operation)
    }

    fn program(&self, operation: OperationId) -> Vec<String> {
        samples::program(self, operation)
    }

    fn error_sample(&self, operation: OperationId) -> Vec<String> {
        samples::error_sample(self, operation)
    }
}

impl Rust<'_> {
    fn argument(&self, argument: &Argument<'_>, name: &str) -> DialectArgument {
        let inner = match argument.value() {
            ArgumentValue::Typed(ty) => self.shown(ty),
            ArgumentValue::Upload => "Upload".to_owned(),
            ArgumentValue::Uploads => "Vec<Upload>".to_owned(),
            ArgumentValue::JsonLines(ty) => format!("JsonLinesBody<{}>", self.shown(ty)),
            ArgumentValue::NamedUploads => "Vec<(String, Upload)>".to_owned(),
            ArgumentValue::Text => "String".to_owned(),
        };
        let constant = argument.constant();
        let ty = if argument.required || constant.is_some() || inner.starts_with("Option<") {
            inner
        } else {
            format!("Option<{inner}>")
        };
        let is_upload = argument.is_upload();
        DialectArgument {
            name: name.to_owned(),
            ty,
            docs: argument.docs().clone(),
            // A document's example of a file is text, which is of little use as a file's content.
            example: argument.example().filter(|_| !is_upload).cloned(),
            default: argument.default().filter(|_| !is_upload).cloned(),
            constant,
            deprecated: argument.is_deprecated(),
        }
    }
}
