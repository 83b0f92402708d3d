//! Reads `sdk.yaml`: the name and contents of a package, and corrections of what the rules derive.

mod bare;
mod documents;
mod edit;
mod layers;
pub mod package_name;
mod naming;
mod pagination;
mod parse;
mod read;
mod routes;
mod select;

use crate::diagnostic::{Allow, Code};
use crate::ir::{Dependency, ErrorBody, Extension, Page, SampleCredential};
use crate::pointer::{DocumentId, Pointer};
use crate::source::Source;

pub use edit::EditError;
pub use naming::{IdempotencyKey, Integers, ItemNames, ManagerNames, OperationNames};
pub use select::{Deprecated, Select, SelectBy, SelectEntry};

/// The document ID of entries that are given on the command line, which have no text.
pub const COMMAND_LINE: DocumentId = DocumentId(usize::MAX / 4 * 3);

/// Returns the document ID of a configuration. Depth 0 is the configuration itself, and each further one is extended by
/// the one before it.
#[must_use]
pub const fn document(depth: usize) -> DocumentId {
    DocumentId(usize::MAX - depth)
}

/// The configuration of one package.
#[derive(Clone, Debug)]
pub struct Config {
    /// The texts of the configuration and of those that it extends, so that diagnostics can quote them.
    pub sources: Vec<Source>,
    /// The documents, in the order in which they contribute to the package.
    pub documents: Vec<Document>,
    /// The output folder, relative to the configuration.
    pub output: Option<String>,
    /// The name of the package in the registry.
    pub name: String,
    /// The version of the package.
    pub version: String,
    /// One sentence for the registry; derived from the document's title by default.
    pub description: Option<String>,
    /// The licence, as an SPDX expression.
    pub license: Option<String>,
    /// The URL of the source repository.
    pub repository: Option<String>,
    /// The name of the client type; derived from the package name by default (`box-sdk` → `BoxClient`).
    pub client: Option<String>,
    /// The product name in the user agent; the package name by default.
    pub user_agent: Option<String>,
    /// Additional headers that identify the client, with the placeholders `{agent}` and `{environment}`.
    pub agent_headers: Vec<(String, String)>,
    /// The source of operation names.
    pub operation_names: OperationNames,
    /// The source of manager names.
    pub managers: ManagerNames,
    /// The operations to generate; all by default.
    pub select: Option<Select>,
    /// A pattern for URLs of the API reference, such as `https://example.com/{operation_id:kebab}/`.
    pub reference_url: Option<String>,
    /// Names for operations with similar paths.
    pub routes: Vec<NameRoute>,
    /// Names that replace derived ones.
    pub overrides: Vec<Override>,
    /// Operations with an additional method that returns the URL of their redirect.
    pub redirect_urls: Vec<RedirectUrl>,
    /// Required members that the server may omit or send as null.
    pub relax: Vec<Relax>,
    /// The type of objects without any described members.
    pub bare_objects: BareObjects,
    /// The names of types that are described inside a list or map.
    pub item_names: ItemNames,
    /// The rule for the types of integers.
    pub integers: Integers,
    /// The header that takes idempotency keys.
    pub idempotency_key: IdempotencyKey,
    /// The pagination of operations for which the rules fail.
    pub pagination: Vec<PagingRule>,
    /// The layout of error bodies.
    pub error_body: ErrorBody,
    /// Members whose values are secrets.
    pub secret_keys: Vec<String>,
    /// Secret members of types that only responses have; the same unless both are the default.
    pub response_secret_keys: Vec<String>,
    /// Headers that are kept on a redirect to another origin.
    pub cross_origin_headers: Vec<String>,
    /// The hand-written extension. Its list of files is filled in by code with access to the file system.
    pub extension: Option<Extension>,
    /// The folder of the extension, relative to the configuration.
    pub extension_source: Option<String>,
    /// The credential used in samples.
    pub sample: Option<SampleCredential>,
    /// Accepted warnings.
    pub allow: Vec<Allow>,
    /// The codes whose warnings are errors.
    pub strict: Vec<Code>,
    /// Accepted changes that compile but mean something else.
    pub accept: Vec<Accept>,
    /// Released shapes that follow the document again.
    pub tighten: Vec<LockEntry>,
    /// Former names that are no longer kept.
    pub drop: Vec<LockEntry>,
    /// Hand-written pages, filled in by code with access to the file system.
    pub pages: Vec<Page>,
    /// The dependency on the runtime, filled in by code with access to the file system.
    pub runtime: Dependency,
    /// If `true`, the output folder is outside of any workspace.
    pub own_workspace: bool,
}

/// A document of the package.
///
/// ```yaml
/// documents:
///   - api.yaml
///   - { path: users.yaml, overlays: [users.overlay.yaml], version: "2025.0" }
///   - { spec_dir: files.json, overlays: [{ path: parts.overlay.yaml, file: schemas/part.json }] }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The location of the document.
    pub place: DocumentPlace,
    /// The overlays that correct it, in the order in which they are applied.
    pub overlays: Vec<Overlay>,
    /// The API version that distinguishes its operations and types from those of other documents.
    pub version: Option<Version>,
}

/// An OpenAPI overlay that corrects a document, or a file that the document refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// The path of the overlay, relative to the configuration.
    pub path: String,
    /// The file to correct, as a `$ref` in the document would write it. The default is the document, or the
    /// file that the overlay `extends` if it names one by a relative path.
    pub file: Option<String>,
    /// The place of the entry.
    pub pointer: Pointer,
}

/// The location of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentPlace {
    /// A path relative to the configuration.
    Beside(String),
    /// A path in the folder that the caller specifies.
    SpecDir(String),
}

/// One of several versions of an API, which a document describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The version as the API writes it, such as `2025.0`.
    pub wire: String,
    /// The words at the end of its operation and type names, such as `v2025 r0`.
    pub suffix: Vec<String>,
}

/// The type of objects without any described members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BareObjects {
    /// A map of arbitrary values.
    Map,
    /// A struct, without members so far.
    Type,
}

/// A name for all operations with matching method and path, so that similar operations have similar names.
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
    /// The fragment of the path, after `#`.
    pub fragment: Option<RouteSegment>,
    /// The pieces of the name.
    pub name: Vec<RouteName>,
    /// The key of the entry, as it is written.
    pub text: String,
    /// The place of the entry.
    pub pointer: Pointer,
}

/// A pattern for a segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteSegment {
    /// A fixed text: `trash`.
    Literal(String),
    /// A path parameter: `{}`.
    Parameter,
    /// A text whose middle part is captured for the name: `{noun}_on_hold`.
    Capture {
        /// The text before the captured part.
        before: String,
        /// The name of the captured part.
        name: String,
        /// The text after the captured part.
        after: String,
    },
}

/// A piece of the name of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteName {
    /// A fixed text.
    Text(String),
    /// A captured part.
    Captured(String),
    /// A captured part in the singular.
    Singular(String),
}

/// A name that replaces a derived one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The item to name.
    pub target: OverrideTarget,
    /// The name, in any case style.
    pub name: String,
    /// The place of the entry.
    pub pointer: Pointer,
}

/// The item that an override names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OverrideTarget {
    /// The operation with this ID.
    Operation(String),
    /// All parameters with this wire name.
    Parameter(String),
    /// The reference URL of the operation with this ID.
    ReferenceUrl(String),
    /// The manager with this wire name.
    Manager(String),
    /// The type at this JSON Pointer.
    Type(String),
    /// The field, parameter or enum value at this JSON Pointer.
    Member(String),
}

/// An additional method of an operation, which returns the URL of the redirect without following it.
///
/// ```yaml
/// redirect_urls:
///   get_files_id_content: get_download_file_url
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectUrl {
    /// The operation ID.
    pub operation: String,
    /// The name of the method, in any case style.
    pub name: String,
    /// The place of the entry.
    pub pointer: Pointer,
}

/// A member that is required in the document, but that the server may omit or send as null.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relax {
    /// The JSON Pointer of the property.
    pub at: String,
    /// The place of the entry.
    pub pointer: Pointer,
}

/// An accepted change since the last release: code compiles as before, but means something else.
///
/// ```yaml
/// accept:
///   - at: POST /calls
///     change: '`calls().call(from, to)` is now `calls().call(to, from)`: the same types, other meanings'
///     reason: the API swapped the two numbers
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accept {
    /// The identity of the changed item, as the finding names it.
    pub at: String,
    /// The change as the verdict describes it, so that a later change of the same item is not accepted; any change of
    /// the item, if it is missing.
    pub change: Option<String>,
    /// The place of the entry.
    pub pointer: Pointer,
}

/// Something that the lock keeps and that the next release gives up; `all` stands for everything.
///
/// ```yaml
/// tighten: [Order.id, POST /orders query:dry_run]
/// names: { drop: [OldOrder, orders.add_order] }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockEntry {
    /// The shape as the verdict names it, or the former name as `was` in the listing.
    pub at: String,
    /// The place of the entry.
    pub pointer: Pointer,
}

/// The pagination of an operation for which the rules fail.
///
/// ```yaml
/// pagination:
///   list_tags: none            # not paginated, even if it looks so
///   list_logs: { by: offset, parameter: from, limit: max, total: /meta/hits }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagingRule {
    /// The operation ID.
    pub operation: String,
    /// The parts to set; the rules find the others. None if the operation is not paginated.
    pub parts: Option<Box<PagingParts>>,
    /// The place of the entry.
    pub pointer: Pointer,
}

/// The parts of an operation's pagination. Members are given by JSON Pointers into the response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PagingParts {
    /// The way to find the next page.
    pub by: Option<PagingBy>,
    /// The query parameter, or the member of the body, that takes the offset, page number or marker.
    pub parameter: Option<String>,
    /// The first offset or page number.
    pub first: Option<i64>,
    /// The query parameter, or the member of the body, that takes the page size.
    pub limit: Option<String>,
    /// The items; an empty pointer if the response itself is the list.
    pub items: Option<Vec<String>>,
    /// The page size that the server used.
    pub size: Option<Vec<String>>,
    /// The offset or page number that the server used.
    pub place: Option<Vec<String>>,
    /// The total number of items.
    pub total: Option<Vec<String>>,
    /// The total number of pages.
    pub pages: Option<Vec<String>>,
    /// The marker or URL of the next page.
    pub next: Option<Vec<String>>,
    /// A flag that is `true` if there is another page.
    pub more: Option<Vec<String>>,
    /// The ID of an item, as a pointer into the item, for `by: last_item`.
    pub id: Option<Vec<String>>,
}

/// The way to find the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagingBy {
    /// By the number of items to skip: `offset`.
    Offset,
    /// By the page number: `page`.
    Page,
    /// By a marker in the previous page: `marker`.
    Marker,
    /// By the ID of the last item of the previous page: `last_item`.
    LastItem,
    /// By a URL in the previous page: `url`.
    Url,
    /// By the header `Link` (RFC 8288): `link`.
    Link,
}

impl PagingBy {
    /// The values in `sdk.yaml`.
    pub const WORDS: &[(&str, Self)] = &[
        ("offset", Self::Offset),
        ("page", Self::Page),
        ("marker", Self::Marker),
        ("last_item", Self::LastItem),
        ("url", Self::Url),
        ("link", Self::Link),
    ];
}
