//! `sdk.yaml`: what one package is called, what goes into it, and what no rule can know.

mod bare;
mod documents;
mod layers;
pub mod package_name;
mod pagination;
mod parse;
mod read;
mod routes;
mod select;

use crate::diagnostic::Allow;
use crate::ir::{Dependency, ErrorBody, Extension, Page, SampleCredential};
use crate::pointer::{DocumentId, Pointer};
use crate::source::Source;

pub use select::{Deprecated, Select, SelectBy, SelectEntry};

/// The identity of a configuration among the documents of a run: the one that is read, then each that
/// the one before it extends.
#[must_use]
pub const fn document(depth: usize) -> DocumentId {
    DocumentId(usize::MAX - depth)
}

/// The configuration of one package.
#[derive(Clone, Debug)]
pub struct Config {
    /// The texts that this was read from, so that findings can be shown in them: the configuration,
    /// then each that the one before it extends.
    pub sources: Vec<Source>,
    /// The documents, in the order in which they make the package.
    pub documents: Vec<Document>,
    /// The folder to write, relative to the configuration.
    pub output: Option<String>,
    /// Name in the registry.
    pub name: String,
    /// Version of the package.
    pub version: String,
    /// One sentence for the registry; made from the document's title when absent.
    pub description: Option<String>,
    /// SPDX expression.
    pub license: Option<String>,
    /// Where the source is.
    pub repository: Option<String>,
    /// The client type; made from the name when absent (`box-sdk` → `BoxClient`).
    pub client: Option<String>,
    /// User-Agent product name; the package name when absent.
    pub user_agent: Option<String>,
    /// Further headers in which the client says what it is, with `{agent}` and `{environment}` to fill in.
    pub agent_headers: Vec<(String, String)>,
    /// How operations get their names.
    pub operation_names: OperationNames,
    /// How operations are grouped.
    pub managers: ManagerNames,
    /// Which operations the package is made of; all where there is none.
    pub select: Option<Select>,
    /// A pattern such as `https://example.com/{operation_id:kebab}/`.
    pub reference_url: Option<String>,
    /// Names for operations whose paths are alike.
    pub routes: Vec<NameRoute>,
    /// Names that no rule can know.
    pub overrides: Vec<Override>,
    /// Operations that also have a method for the URL that they redirect to.
    pub redirect_urls: Vec<RedirectUrl>,
    /// Members that the server leaves out although the document requires them, or sends as null.
    pub relax: Vec<Relax>,
    /// What an object of which the document says nothing becomes.
    pub bare_objects: BareObjects,
    /// How pages follow one another, where a rule does not find it or is wrong.
    pub pagination: Vec<PagingRule>,
    /// Where an error body keeps its parts.
    pub error_body: ErrorBody,
    /// Members whose values are secrets.
    pub secret_keys: Vec<String>,
    /// Headers that go along to another origin.
    pub cross_origin_headers: Vec<String>,
    /// The hand-written part; its files are filled by whoever reads the disk.
    pub extension: Option<Extension>,
    /// The folder of the hand-written part, relative to the configuration.
    pub extension_source: Option<String>,
    /// How samples make a credential.
    pub sample: Option<SampleCredential>,
    /// Warnings that are known and accepted.
    pub allow: Vec<Allow>,
    /// Prose, filled by whoever reads the disk.
    pub pages: Vec<Page>,
    /// Where the runtime is, filled by whoever knows the disk.
    pub runtime: Dependency,
    /// True when the output folder is outside any workspace.
    pub own_workspace: bool,
}

/// A document of the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Where it is.
    pub place: Place,
    /// What sets its operations and types apart from those of the other documents.
    pub version: Option<Version>,
}

/// Where a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// At a path relative to the configuration.
    Beside(String),
    /// At a path in the folder that the caller names.
    SpecDir(String),
}

/// The version of an API that a document describes, beside others of the same API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// As the API writes it, `2025.0`.
    pub wire: String,
    /// What the names of its operations and types end with, `v2025 r0`.
    pub suffix: Vec<String>,
}

/// How operations get their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationNames {
    /// From method and path.
    Rest,
    /// From the operation id.
    OperationId,
}

/// What an object of which the document says nothing becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BareObjects {
    /// A map of anything.
    Map,
    /// A type of its own, without members yet.
    Type,
}

/// How operations are grouped into managers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManagerNames {
    /// By the first tag.
    Tag,
    /// By an extension of the operation, such as `x-box-tag`.
    Extension(String),
}

/// A name for every operation with such a method and path, so that what is alike is named alike.
///
/// ```yaml
/// names:
///   routes:
///     GET /{noun}/{}/trash: get_trashed_{noun:singular}_by_id
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameRoute {
    /// The HTTP method in upper case.
    pub method: String,
    /// The segments of the path.
    pub path: Vec<RouteSegment>,
    /// What follows `#` in the path.
    pub fragment: Option<RouteSegment>,
    /// The name.
    pub name: Vec<RouteName>,
    /// The entry as it is written.
    pub text: String,
    /// Where the entry stands.
    pub pointer: Pointer,
}

/// What a segment of a path has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteSegment {
    /// This text: `trash`.
    Literal(String),
    /// A path parameter: `{}`.
    Parameter,
    /// Any text between these, which goes into the name: `{noun}_on_hold`.
    Capture {
        /// What the text has to begin with.
        before: String,
        /// What the part between is called.
        name: String,
        /// What the text has to end with.
        after: String,
    },
}

/// A piece of the name that a route gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteName {
    /// Text as it is.
    Text(String),
    /// What was captured.
    Captured(String),
    /// The same in singular.
    Singular(String),
}

/// A name that no rule can know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// What gets the name.
    pub target: OverrideTarget,
    /// The name, in any case style.
    pub name: String,
    /// Where the entry stands.
    pub pointer: Pointer,
}

/// What an override names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OverrideTarget {
    /// The operation with this id.
    Operation(String),
    /// Every parameter with this wire name.
    Parameter(String),
    /// The page of the operation with this id, a URL.
    ReferenceUrl(String),
    /// The manager with this wire name.
    Manager(String),
    /// The type at this JSON Pointer.
    Type(String),
    /// The field, parameter or enum value at this JSON Pointer.
    Member(String),
}

/// A further method for an operation: it returns the URL of the redirect, without going there.
///
/// ```yaml
/// redirect_urls:
///   get_files_id_content: get_download_file_url
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectUrl {
    /// The operation id.
    pub operation: String,
    /// The name of the method, in any case style.
    pub name: String,
    /// Where the entry stands.
    pub pointer: Pointer,
}

/// A member whose presence the document overstates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relax {
    /// The JSON Pointer of the property.
    pub at: String,
    /// Where the entry stands.
    pub pointer: Pointer,
}

/// How the pages of an operation follow one another, where a rule does not find it or is wrong.
///
/// ```yaml
/// pagination:
///   list_tags: none            # no pages, whatever it looks like
///   list_logs: { by: offset, parameter: from, limit: max, total: /meta/hits }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagingRule {
    /// The operation id.
    pub operation: String,
    /// What is so; the rest is found by rule. None where the operation has no pages.
    pub parts: Option<Box<PagingParts>>,
    /// Where the entry stands.
    pub pointer: Pointer,
}

/// What `sdk.yaml` says of the pages of an operation. Members go by JSON Pointer, from the response down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PagingParts {
    /// By what the next page is found.
    pub by: Option<PagingBy>,
    /// The query parameter, or the member of the body, that takes the offset, the page number or the marker.
    pub parameter: Option<String>,
    /// The first offset or page number.
    pub first: Option<i64>,
    /// The query parameter, or the member of the body, that takes the size of a page.
    pub limit: Option<String>,
    /// The items; an empty pointer where the response is the list itself.
    pub items: Option<Vec<String>>,
    /// The size of a page as the server took it.
    pub size: Option<Vec<String>>,
    /// The offset or page number as the server took it.
    pub place: Option<Vec<String>>,
    /// The number of all items.
    pub total: Option<Vec<String>>,
    /// The number of all pages.
    pub pages: Option<Vec<String>>,
    /// The marker or URL of the next page.
    pub next: Option<Vec<String>>,
    /// Whether there is another page.
    pub more: Option<Vec<String>>,
    /// With `by: last_item`, the identity of an item, from the item down.
    pub id: Option<Vec<String>>,
}

/// By what the next page is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagingBy {
    /// The number of items to skip: `offset`.
    Offset,
    /// The number of the page: `page`.
    Page,
    /// A marker that a page gives for the next one: `marker`.
    Marker,
    /// The identity of the last item of a page: `last_item`.
    LastItem,
    /// A URL that a page gives for the next one: `url`.
    Url,
    /// The header `Link` (RFC 8288): `link`.
    Link,
}

impl PagingBy {
    /// The words that `sdk.yaml` has for them.
    pub const WORDS: &[(&str, Self)] = &[
        ("offset", Self::Offset),
        ("page", Self::Page),
        ("marker", Self::Marker),
        ("last_item", Self::LastItem),
        ("url", Self::Url),
        ("link", Self::Link),
    ];
}
