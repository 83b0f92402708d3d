//! From the model to files. One file depends on no other; nothing here can fail.

pub mod manifest;
pub mod markdown;
pub mod rust;
pub(crate) mod text;

use crate::ir;

/// How a target language writes what the documentation names: where an emitter of code and the
/// emitter of pages meet.
pub trait Dialect {
    /// The language tag of a code block, `rust`.
    fn language(&self) -> &'static str;
    /// The language tag of a block that compiles as it stands, `rust,no_run`.
    fn program_language(&self) -> &'static str;
    /// The name of a manager's type, `MembershipsManager`.
    fn manager_type(&self, manager: &ir::Manager) -> String;
    /// The name of a manager's accessor and of its page, `memberships`.
    fn manager_name(&self, manager: &ir::Manager) -> String;
    /// The name of an operation's method, `get_user_memberships`.
    fn method_name(&self, operation: ir::OperationId) -> String;
    /// The arguments of an operation: those of [`ir::Operation::arguments`] in their order, then the
    /// one that takes further headers.
    fn arguments(&self, operation: ir::OperationId) -> Vec<DialectArgument>;
    /// What a call returns, `GroupMemberships` or `()`.
    fn return_type(&self, operation: ir::OperationId) -> String;
    /// The type of an error's body, where the document gives one.
    fn payload_type(&self, payload: &ir::Payload) -> Option<String>;
    /// The visible lines of a call.
    fn sample(&self, operation: ir::OperationId) -> Vec<String>;
    /// The visible lines that go through the items of all pages; none where the operation has no pages.
    fn pages_sample(&self, operation: ir::OperationId) -> Option<Vec<String>>;
    /// A whole program that makes this call with values written out, for a reader who has nothing
    /// yet.
    fn program(&self, operation: ir::OperationId) -> Vec<String>;
    /// The same call as [`Self::program`], telling apart what can go wrong; whole as well.
    fn error_sample(&self, operation: ir::OperationId) -> Vec<String>;
}

/// An argument as the documentation shows it.
#[derive(Clone, Debug)]
pub struct DialectArgument {
    /// The identifier.
    pub name: String,
    /// The type, `Option<i64>` where it is a setter.
    pub ty: String,
    /// What the document says of it.
    pub docs: ir::Docs,
    /// A value to show.
    pub example: Option<ir::Value>,
    /// The value that the server assumes.
    pub default: Option<ir::Value>,
}
