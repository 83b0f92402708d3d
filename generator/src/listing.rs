//! Everything that users of a generated package can name, keyed by its identity on the wire.
//!
//! A [`Listing`] is plain data. The emitter builds it from the model and its identifiers; `print` and `parse` give it
//! a text form with one line for each item, which stands beside the manifest as `api.txt` (today) and `api.lock` (the
//! last release).

mod cursor;
pub(crate) mod identity;
mod parse;
mod print;
mod rust_type;

pub use parse::ParseError;
pub use rust_type::RustType;

use crate::pointer::Pointer;

/// The major version of the text form. A reader refuses any other.
pub const FORMAT: u32 = 1;

/// Everything that users of a package can name.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The version of the generator that made it.
    pub generator: String,
    /// The name of the package.
    pub package: String,
    /// The version of the package.
    pub version: String,
    /// The client type.
    pub client: ClientEntry,
    /// Cargo features, those of managers left out.
    pub features: Vec<String>,
    /// Names that the crate root re-exports from the runtime.
    pub exports: Vec<ExportEntry>,
    /// Managers, sorted by accessor.
    pub managers: Vec<ManagerEntry>,
    /// Operations, sorted by identity.
    pub operations: Vec<OperationEntry>,
    /// Types, sorted by identity, then by name.
    pub types: Vec<TypeEntry>,
}

/// The client type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientEntry {
    /// The name of the type.
    pub name: String,
    /// True when `new` takes a credential; otherwise it takes nothing and the client has a default.
    pub takes_credential: bool,
}

/// A re-export of the crate root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExportEntry {
    /// The name.
    pub name: String,
    /// The feature that it needs.
    pub feature: Option<String>,
}

/// A manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagerEntry {
    /// The method of the client.
    pub accessor: String,
    /// The module below `managers`.
    pub module: String,
    /// The type.
    pub ty: String,
    /// The Cargo feature.
    pub feature: String,
    /// Former accessors that still work, deprecated.
    pub former: Vec<FormerManager>,
}

/// A released name of a manager that another one has replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerManager {
    /// The method of the client.
    pub accessor: String,
    /// The module below `managers`.
    pub module: String,
    /// The type.
    pub ty: String,
    /// The Cargo feature.
    pub feature: String,
}

/// The identity of an operation: it decides which released names an operation keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct OperationKey {
    /// The path template with the names of its variables erased, `/users/{}/memberships`.
    pub path: String,
    /// The fragment of the path in the document, which tells variants of one request apart.
    pub fragment: String,
    /// The HTTP method in upper case.
    pub method: String,
    /// The form of the request body, such as `json` or `multipart`; empty without a body.
    pub form: String,
    /// Tells operations apart that agree in all of the above, such as those of two versions of an API; empty else.
    pub variant: String,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct OperationEntry {
    /// Its identity.
    pub key: OperationKey,
    /// The accessor of its manager.
    pub manager: String,
    /// The method of the manager.
    pub method: String,
    /// The builder, in the module of the manager.
    pub builder: String,
    /// True when the builder can be cloned.
    pub is_clone: bool,
    /// True when the method is deprecated.
    pub deprecated: bool,
    /// The struct of the required arguments, where they are too many for a parameter list.
    pub bundle: Option<String>,
    /// Its arguments in order; the required ones are parameters of the method, the others setters of the builder.
    pub arguments: Vec<ArgumentEntry>,
    /// The type of the result.
    pub returns: RustType,
    /// The variants of the result, where it is an enum by status.
    pub statuses: Vec<StatusEntry>,
    /// The bodies of errors that the document describes.
    pub errors: Vec<ErrorEntry>,
    /// The type of an item, where the builder has `items` and `pages`.
    pub item: Option<RustType>,
    /// The methods that ask for another form of the response.
    pub alternatives: Vec<AlternativeEntry>,
    /// The constants that read response headers.
    pub headers: Vec<HeaderEntry>,
    /// Former methods that still work, deprecated, as `accessor.method` and builder.
    pub former: Vec<FormerOperation>,
    /// Where the document describes it; unknown in a listing that was read from a file.
    pub origin: Option<Pointer>,
}

/// A released name of an operation that another one has replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerOperation {
    /// The accessor of the manager that has the deprecated method.
    pub manager: String,
    /// The deprecated method.
    pub method: String,
    /// The former name of the builder.
    pub builder: String,
}

/// Where the value of an argument goes in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArgumentPlace {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into the `Cookie` header.
    Cookie,
    /// A member of a JSON body, a field of a form, or a part of a multipart body.
    Body,
    /// The whole body; its wire name is empty.
    WholeBody,
    /// The file name of the part.
    FileName,
    /// The media type of the part.
    ContentType,
    /// A header of a part; its wire name is the part, a slash and the header.
    PartHeader,
}

/// An argument of an operation.
#[derive(Clone, Debug)]
pub struct ArgumentEntry {
    /// Where its value goes.
    pub place: ArgumentPlace,
    /// Its name on the wire.
    pub wire: String,
    /// The parameter of the method or the setter of the builder.
    pub name: String,
    /// True when the method takes it.
    pub required: bool,
    /// True when a setter that ends in `_null` sends null.
    pub has_null_setter: bool,
    /// True when callers should not give it any more.
    pub deprecated: bool,
    /// Its type, as the pages show it.
    pub ty: RustType,
    /// Where the document describes it.
    pub origin: Option<Pointer>,
}

/// A variant of a result that is an enum by status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusEntry {
    /// The status, such as `200`, `2XX` or `default`.
    pub status: String,
    /// The variant.
    pub name: String,
    /// What it holds.
    pub ty: Option<RustType>,
}

/// The body of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorEntry {
    /// The status, such as `404`, `4XX` or `default`.
    pub status: String,
    /// The type of the body.
    pub ty: Option<RustType>,
}

/// A method of a builder that asks for another form of the response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlternativeEntry {
    /// The media type.
    pub media_type: String,
    /// The method.
    pub name: String,
    /// The type of the result.
    pub ty: RustType,
}

/// A constant that reads a response header.
#[derive(Clone, Debug)]
pub struct HeaderEntry {
    /// The name of the header.
    pub wire: String,
    /// The constant of the builder.
    pub name: String,
    /// True when it is deprecated.
    pub deprecated: bool,
    /// The type of the value.
    pub ty: RustType,
}

/// What a type is in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypeKind {
    /// A struct.
    Struct,
    /// An open enum of texts.
    Enum,
    /// An open enum of integers.
    IntegerEnum,
    /// An open enum of values of several kinds.
    ValueEnum,
    /// An open enum whose variants hold values.
    Union,
    /// A type alias.
    Alias,
}

/// A type.
#[derive(Clone, Debug)]
pub struct TypeEntry {
    /// Where the document defines it: `#Name` for a component, else a JSON Pointer after `#`.
    pub key: String,
    /// The name in `types`.
    pub name: String,
    /// What it is.
    pub kind: TypeKind,
    /// True when a request holds it: it has a constructor and setters.
    pub in_request: bool,
    /// True when a response holds it.
    pub in_response: bool,
    /// True when it implements `Default`.
    pub is_default: bool,
    /// True when it implements `Display`.
    pub is_display: bool,
    /// True when it is deprecated.
    pub deprecated: bool,
    /// The wire names of the arguments of `new`, in order; none where there is no `new`.
    pub constructor: Option<Vec<String>>,
    /// The target of an alias.
    pub target: Option<RustType>,
    /// Fields, values or variants in their order.
    pub members: Vec<MemberEntry>,
    /// The type of the values of the field `additional`.
    pub additional: Option<RustType>,
    /// Former names that still work, as deprecated aliases.
    pub former: Vec<String>,
    /// The Cargo feature that it needs.
    pub feature: Option<String>,
    /// Where the document defines it.
    pub origin: Option<Pointer>,
}

/// A field of a struct, a value of an enum or a variant of a union.
#[derive(Clone, Debug)]
pub struct MemberEntry {
    /// The name of the member, or the value, or the values of the discriminator joined by `|`; empty for a variant
    /// that its type tells apart.
    pub wire: String,
    /// The field or variant.
    pub name: String,
    /// True for a member that must be there.
    pub required: bool,
    /// True when there is a setter of its name.
    pub has_setter: bool,
    /// True when a setter that ends in `_null` sets null.
    pub has_null_setter: bool,
    /// True when the union implements `From` for the type of the variant.
    pub has_from: bool,
    /// True when it is deprecated.
    pub deprecated: bool,
    /// Its type in Rust, `Option` and `Box` included; none for a value.
    pub ty: Option<RustType>,
    /// Where the document describes it.
    pub origin: Option<Pointer>,
}
