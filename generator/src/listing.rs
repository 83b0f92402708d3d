//! Lists the public items of a generated package, keyed by their identity on the wire.
//!
//! A [`Listing`] is plain data. The emitter builds it from the model and its identifiers. `print` and `parse`
//! convert it to and from a text form with one line per item, which is stored beside the manifest as
//! `api.txt` (current) and `api.lock` (last release).

mod check;
mod cursor;
mod error;
pub(crate) mod identity;
pub(crate) mod paging;
mod package;
mod parse;
mod parse_types;
mod print;
mod rust_type;

pub use error::ParseError;
pub use package::{ClientEntry, ExportEntry, FlowEntry, KeptEntry, SchemeEntry};
pub use print::print_kept;
pub use rust_type::RustType;

use crate::pointer::Pointer;

/// The major version of the text form. Any other version is rejected.
pub const FORMAT: u32 = 1;

/// Facts that listings of earlier versions do not state, so that their absence means nothing there.
pub const FACTS: &[&str] = &["empty_body", "redirect"];

/// The public items of a package.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The version of the generator that built the listing.
    pub generator: String,
    /// The [`FACTS`] that the listing states wherever they hold.
    pub facts: Vec<String>,
    /// The name of the package.
    pub package: String,
    /// The version of the package.
    pub version: String,
    /// The client type.
    pub client: ClientEntry,
    /// The servers of the API, each with its variables; the first is the default.
    pub servers: Vec<String>,
    /// The security schemes of the API.
    pub schemes: Vec<SchemeEntry>,
    /// Settings of the package that users notice.
    pub settings: Vec<SettingEntry>,
    /// Cargo features, without those of managers.
    pub features: Vec<String>,
    /// Names re-exported from the runtime by the crate root.
    pub exports: Vec<ExportEntry>,
    /// Names and shapes that a release kept although its documents differed, so that they are not told again. Only a
    /// lock has them.
    pub kept: Vec<KeptEntry>,
    /// Managers, sorted by accessor.
    pub managers: Vec<ManagerEntry>,
    /// Operations, sorted by identity.
    pub operations: Vec<OperationEntry>,
    /// Types, sorted by identity, then by name.
    pub types: Vec<TypeEntry>,
}

/// A setting, under its key in `sdk.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingEntry {
    /// The key.
    pub key: String,
    /// The values.
    pub values: Vec<String>,
}

impl SettingEntry {
    /// The keys of the settings that are listed.
    pub(crate) const KEYS: [&str; 5] =
        ["user_agent", "agent_headers", "errors", "secret_keys", "cross_origin_headers"];
}

/// A manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagerEntry {
    /// The accessor method of the client.
    pub accessor: String,
    /// The module below `managers`.
    pub module: String,
    /// The name of the type.
    pub ty: String,
    /// The Cargo feature.
    pub feature: String,
    /// Former accessors, which still work but are deprecated.
    pub former: Vec<FormerManager>,
}

/// The released names of a manager before it was renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerManager {
    /// The accessor method of the client.
    pub accessor: String,
    /// The module below `managers`.
    pub module: String,
    /// The name of the type.
    pub ty: String,
    /// The Cargo feature.
    pub feature: String,
}

/// The identity of an operation, by which it keeps its released names.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct OperationKey {
    /// The path template with the variable names erased, such as `/users/{}/memberships`.
    pub path: String,
    /// The fragment of the path in the document, which distinguishes variants of one request.
    pub fragment: String,
    /// The HTTP method in upper case.
    pub method: String,
    /// The form of the request body, such as `json` or `multipart`; empty without a body.
    pub form: String,
    /// Distinguishes operations that agree in all other fields, such as two versions of an API; otherwise
    /// empty.
    pub variant: String,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct OperationEntry {
    /// The identity of the operation.
    pub key: OperationKey,
    /// The accessor of its manager.
    pub manager: String,
    /// The method of the manager.
    pub method: String,
    /// The request builder, in the module of the manager.
    pub builder: String,
    /// `true` if the builder implements `Clone`.
    pub is_clone: bool,
    /// `true` if the method is deprecated.
    pub deprecated: bool,
    /// `true` if a call that sets no member of the body sends an empty body, such as `{}`, rather than none.
    pub empty_body: bool,
    /// The treatment of the status 202 (Accepted), if the operation documents it.
    pub accepted: Option<Accepted>,
    /// The struct of required arguments, if there are too many for a parameter list.
    pub bundle: Option<String>,
    /// The arguments in order. Required ones are parameters of the method, the others setters of the builder.
    pub arguments: Vec<ArgumentEntry>,
    /// The type of the result.
    pub returns: RustType,
    /// The variants of the result, if it is an enum by status.
    pub statuses: Vec<StatusEntry>,
    /// The documented error bodies.
    pub errors: Vec<ErrorEntry>,
    /// The item type, if the builder has `items` and `pages`.
    pub item: Option<RustType>,
    /// The parameters that select a page, such as `offset=skip`, and the members of a page that are read, such as
    /// `items=entries`.
    pub paging: Vec<String>,
    /// The media type of the body, if it is not the usual one of the form.
    pub media_type: Option<String>,
    /// The media types that the method asks for, sorted; none if it asks for JSON, or for events.
    pub asks: Vec<String>,
    /// The statuses outside 2xx that a call returns as a result, sorted: redirects that lead nowhere.
    pub redirects: Vec<u16>,
    /// The servers of the operation, if it does not use those of the API.
    pub servers: Vec<String>,
    /// The credentials that a call needs, such as `oauth[read] or key`; empty if it needs none.
    pub security: String,
    /// The methods that request alternative response formats.
    pub alternatives: Vec<AlternativeEntry>,
    /// The constants that read response headers.
    pub headers: Vec<HeaderEntry>,
    /// Former methods, which still work but are deprecated.
    pub former: Vec<FormerOperation>,
    /// The operation's place in the document; unknown if the listing was parsed.
    pub origin: Option<Pointer>,
}

/// The treatment of a response with the status 202.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// The call returns it.
    Returned,
    /// The call repeats the request until the server has a result, if the response says when to do so.
    Awaited,
}

/// The released names of an operation before it was renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerOperation {
    /// The accessor of the manager with the deprecated method.
    pub manager: String,
    /// The deprecated method.
    pub method: String,
    /// The former name of the builder.
    pub builder: String,
}

/// The place of an argument in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArgumentPlace {
    /// The path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// The `Cookie` header.
    Cookie,
    /// A member of a JSON body, a field of a form, or a part of a multipart body.
    Body,
    /// The whole body. The wire name is empty.
    WholeBody,
    /// The file name of a part.
    FileName,
    /// The media type of a part.
    ContentType,
    /// A header of a part. The wire name consists of the part, a slash and the header.
    PartHeader,
}

impl ArgumentPlace {
    /// Returns `true` for the body or a member of it.
    #[must_use]
    pub fn is_body(self) -> bool {
        match self {
            Self::Body | Self::WholeBody => true,
            Self::Path
            | Self::Query
            | Self::Header
            | Self::Cookie
            | Self::FileName
            | Self::ContentType
            | Self::PartHeader => false,
        }
    }
}

/// An argument of an operation.
#[derive(Clone, Debug)]
pub struct ArgumentEntry {
    /// The place of the argument in the request.
    pub place: ArgumentPlace,
    /// The wire name.
    pub wire: String,
    /// The parameter of the method or the setter of the builder.
    pub name: String,
    /// `true` if the argument is a parameter of the method.
    pub required: bool,
    /// `true` if a setter with the suffix `_null` sends null.
    pub has_null_setter: bool,
    /// `true` if the argument is deprecated.
    pub deprecated: bool,
    /// The text of the value that is sent if the setter is not called.
    pub sent: Option<String>,
    /// Former setters, which still work but are deprecated.
    pub former: Vec<String>,
    /// The form in which the value is sent, such as `pipeDelimited`, if it is not the usual one.
    pub encoding: Option<String>,
    /// The type as rendered in the documentation.
    pub ty: RustType,
    /// The argument's place in the document.
    pub origin: Option<Pointer>,
}

/// A variant of a result that is an enum by status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusEntry {
    /// The status, such as `200`, `2XX` or `default`.
    pub status: String,
    /// The name of the variant.
    pub name: String,
    /// The type of the payload.
    pub ty: Option<RustType>,
}

/// A documented error body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorEntry {
    /// The status, such as `404`, `4XX` or `default`.
    pub status: String,
    /// The type of the body.
    pub ty: Option<RustType>,
}

/// A builder method that requests an alternative response format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlternativeEntry {
    /// The media type.
    pub media_type: String,
    /// The name of the method.
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
    /// `true` if the header is deprecated.
    pub deprecated: bool,
    /// The type of the value.
    pub ty: RustType,
}

/// The kind of a Rust type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypeKind {
    /// A struct.
    Struct,
    /// An open enum of strings.
    Enum,
    /// An open enum of integers.
    IntegerEnum,
    /// An open enum of mixed values.
    ValueEnum,
    /// An open enum whose variants hold values.
    Union,
    /// A type alias.
    Alias,
}

/// A type.
#[derive(Clone, Debug)]
pub struct TypeEntry {
    /// The place of the definition: `#Name` for a component, otherwise a JSON Pointer after `#`.
    pub key: String,
    /// The name in `types`.
    pub name: String,
    /// The kind of the type.
    pub kind: TypeKind,
    /// `true` if requests use the type, so that it has a constructor and setters.
    pub in_request: bool,
    /// `true` if responses use the type.
    pub in_response: bool,
    /// `true` if the type implements `Default`.
    pub is_default: bool,
    /// `true` if the type implements `Display`.
    pub is_display: bool,
    /// `true` if the function `parse` reads a webhook.
    pub is_webhook: bool,
    /// `true` if the type is deprecated.
    pub deprecated: bool,
    /// The wire name of the member that selects the variant of a union.
    pub tag: Option<String>,
    /// The wire names of the arguments of `new`, in order, or `None` if there is no `new`.
    pub constructor: Option<Vec<String>>,
    /// The target of an alias.
    pub target: Option<RustType>,
    /// Fields, values or variants, in order.
    pub members: Vec<MemberEntry>,
    /// The value type of the field `additional`.
    pub additional: Option<RustType>,
    /// Former names, which still work as deprecated aliases.
    pub former: Vec<String>,
    /// The Cargo feature that gates the type.
    pub feature: Option<String>,
    /// The type's place in the document.
    pub origin: Option<Pointer>,
}

/// A field of a struct, a value of an enum or a variant of a union.
#[derive(Clone, Debug)]
pub struct MemberEntry {
    /// The wire name of a member, the value, or the discriminator values or webhooks joined by `|`. Empty for a
    /// variant that is selected by its type.
    pub wire: String,
    /// The name of the field or variant.
    pub name: String,
    /// `true` if the member is required.
    pub required: bool,
    /// `true` if the member can be absent only because it could in an earlier release.
    pub was_optional: bool,
    /// `true` if there is a setter with this name.
    pub has_setter: bool,
    /// `true` if a setter with the suffix `_null` sets null.
    pub has_null_setter: bool,
    /// `true` if the union implements `From` for the type of the variant.
    pub has_from: bool,
    /// `true` if the member is deprecated.
    pub deprecated: bool,
    /// The Rust type, including `Option` and `Box`. Values have none.
    pub ty: Option<RustType>,
    /// The member's place in the document.
    pub origin: Option<Pointer>,
}
