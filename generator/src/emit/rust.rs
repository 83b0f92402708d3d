//! From the model to Rust.

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::files::Files;
use crate::ir;

/// Every Rust identifier of a package.
#[derive(Debug)]
pub struct Symbols {}

impl Symbols {
    /// Assigns every identifier, all of one scope at once.
    pub fn assign(_api: &ir::Api, _config: &Config, _diagnostics: &mut Diagnostics) -> Self {
        Self {}
    }

    /// The Cargo features, one for each manager.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }
}

/// The Rust dialect.
#[derive(Debug)]
pub struct Rust<'a> {
    /// The model.
    pub api: &'a ir::Api,
    /// Its identifiers.
    pub symbols: &'a Symbols,
}

/// Emits the Rust files of a package.
pub fn emit(_api: &ir::Api, _symbols: &Symbols, _files: &mut Files) {}

impl super::Dialect for Rust<'_> {
    fn language(&self) -> &'static str {
        "rust"
    }
    fn manager_type(&self, _manager: &ir::Manager) -> String {
        unimplemented!()
    }
    fn manager_name(&self, _manager: &ir::Manager) -> String {
        unimplemented!()
    }
    fn method_name(&self, _operation: ir::OperationId) -> String {
        unimplemented!()
    }
    fn arguments(&self, _operation: ir::OperationId) -> Vec<super::DialectArgument> {
        unimplemented!()
    }
    fn return_type(&self, _operation: ir::OperationId) -> String {
        unimplemented!()
    }
    fn payload_type(&self, _payload: &ir::Payload) -> Option<String> {
        unimplemented!()
    }
    fn sample(&self, _operation: ir::OperationId) -> Vec<String> {
        unimplemented!()
    }
    fn program(&self, _operation: ir::OperationId) -> Vec<String> {
        unimplemented!()
    }
    fn error_sample(&self, _operation: ir::OperationId) -> Vec<String> {
        unimplemented!()
    }
}
