//! Defines the model of an API that every emitter reads, free of Rust and of OpenAPI.

mod operations;
mod parameters;
mod bodies;
mod responses;
mod pagination;
mod arguments;
mod types;
mod arena;
pub mod print;

pub use arena::{Arena, Id};
pub use arguments::{Argument, ArgumentSource, ArgumentValue, value_text};
pub use bodies::{Body, BodyKind, FileLabel, FileLabels, FormField, Part};
pub(crate) use operations::METHODS;
pub use operations::{Manager, Operation, PathSegment, erased_path};
pub(crate) use pagination::is_scroll;
pub use pagination::{PageParameter, Pagination, PaginationKind, Switched};
pub use parameters::{Example, Location, Parameter, ParameterEncoding, Style};
pub use responses::{Alternative, ErrorResponse, Header, Payload, Response, StatusRange};
pub(crate) use types::flat;
pub use types::{
    Additional, Docs, Field, ForeignText, JsonType, Scalar, Shape, TypeDef, TypeRef, Union, UnionVariant,
    Usage, Value, Variant, Webhook, Webhooks,
};

use crate::name::Name;
use crate::pointer::Pointer;

/// The id of a type definition.
pub type TypeId = Id<TypeDef>;
/// The id of an operation.
pub type OperationId = Id<Operation>;

/// One API, from which a client library is generated.
#[derive(Clone, Debug)]
pub struct Api {
    /// The library to generate.
    pub package: Package,
    /// The information about the API itself.
    pub info: Info,
    /// The servers of the API; the first is the default.
    pub servers: Vec<Server>,
    /// The ways to authenticate, in document order.
    pub security_schemes: Vec<SecurityScheme>,
    /// Groups of operations, in the order of their names.
    pub managers: Vec<Manager>,
    /// Every operation, sorted by document, path and method.
    pub operations: Arena<Operation>,
    /// Every type that an operation or a webhook reaches, sorted by document and place.
    pub types: Arena<TypeDef>,
    /// The unions of webhook bodies, one for each document with webhooks.
    pub webhooks: Vec<TypeId>,
}

impl Api {
    /// Returns the type that an alias refers to, or any other type unchanged.
    #[must_use]
    pub fn without_alias<'a>(&'a self, ty: &'a TypeRef) -> &'a TypeRef {
        let mut ty = ty;
        while let TypeRef::Def(id) = ty
            && let Shape::Alias(inner) = &self.types[*id].shape
        {
            ty = inner;
        }
        ty
    }

    /// Returns `true` for strings and enums of strings.
    #[must_use]
    pub fn is_text(&self, ty: &TypeRef) -> bool {
        match self.without_alias(ty) {
            TypeRef::Scalar(scalar) => *scalar == Scalar::String,
            TypeRef::Def(id) => matches!(self.types[*id].shape, Shape::StringEnum(_)),
            TypeRef::List(_) | TypeRef::Tuple(_) | TypeRef::Map(_) | TypeRef::Nullable(_) | TypeRef::Any => {
                false
            }
        }
    }

    /// Returns the operations of a manager in document order.
    #[must_use]
    pub fn in_document_order(&self, manager: &Manager) -> Vec<OperationId> {
        let mut operations = manager.operations.clone();
        operations.sort_by_key(|id| self.operations[*id].position);
        operations
    }

    /// Returns the type without null, resolving aliases.
    #[must_use]
    pub fn value_type<'a>(&'a self, ty: &'a TypeRef) -> &'a TypeRef {
        match self.without_alias(ty) {
            TypeRef::Nullable(inner) => self.value_type(inner),
            ty => ty,
        }
    }
}

/// The library to generate, as the configuration describes it.
#[derive(Clone, Debug)]
pub struct Package {
    /// The name in the registry, such as `box-sdk`.
    pub name: String,
    /// Its version (Semantic Versioning 2.0.0).
    pub version: String,
    /// One sentence for the registry, which names the API as its document does.
    pub description: ForeignText,
    /// The licence, an SPDX expression.
    pub license: Option<String>,
    /// The URL of the source repository.
    pub repository: Option<String>,
    /// The name of the client type, such as `BoxClient`.
    pub client: Name,
    /// The dependency on the runtime.
    pub runtime: Dependency,
    /// `true` if the package is built outside any workspace and needs a workspace root of its own.
    pub own_workspace: bool,
    /// The hand-written part.
    pub extension: Option<Extension>,
    /// The User-Agent product name; the package name unless the configuration sets it.
    pub user_agent: String,
    /// Further headers that identify the client, with the variables `{agent}` and `{environment}`.
    pub agent_headers: Vec<(String, String)>,
    /// The places of the parts of an error body.
    pub error_body: ErrorBody,
    /// Members whose values are secrets, at any depth of any body.
    pub secret_keys: Vec<String>,
    /// Secret members of types that only responses have.
    pub response_secret_keys: Vec<String>,
    /// Headers that are also sent when a redirect leads to another origin.
    pub cross_origin_headers: Vec<String>,
    /// The credential in samples; none if the API needs none.
    pub sample_credential: Option<SampleCredential>,
    /// Hand-written pages by their stem, such as `introduction`: Markdown as it is.
    pub pages: Vec<Page>,
}

/// A dependency on another package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The version requirement.
    pub version: String,
    /// The relative path, if it is built from source.
    pub path: Option<String>,
}

/// The hand-written module of the package, and its entries in the manifest.
#[derive(Clone, Debug)]
pub struct Extension {
    /// The module's name, such as `ext`.
    pub module: String,
    /// Lines of `[dependencies]`, key and TOML value.
    pub dependencies: Vec<(String, String)>,
    /// Lines of `[dev-dependencies]`, key and TOML value.
    pub dev_dependencies: Vec<(String, String)>,
    /// Lines of `[features]`, key and TOML value.
    pub features: Vec<(String, String)>,
    /// The sources to add if the package does not contain them itself: paths below the module's folder, and texts.
    pub files: Vec<(String, String)>,
}

/// JSON Pointers into an error body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorBody {
    /// The code that programs compare.
    pub code: Option<String>,
    /// The sentence for people.
    pub message: Option<String>,
    /// The id of the failed request.
    pub request_id: Option<String>,
    /// A page about the error.
    pub help_url: Option<String>,
    /// Free-form details.
    pub context: Option<String>,
    /// The response header with the id of the request.
    pub request_id_header: Option<String>,
}

/// The credential in samples: its import and its expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleCredential {
    /// A type of the package to import, such as `DeveloperToken`; none if the type is part of the runtime.
    pub import: Option<String>,
    /// A Rust expression, such as `DeveloperToken::new("token")`.
    pub expression: String,
}

/// A hand-written page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The file stem.
    pub stem: String,
    /// Markdown.
    pub text: String,
}

/// The information about the API itself.
#[derive(Clone, Debug)]
pub struct Info {
    /// The title of the API.
    pub title: ForeignText,
    /// The version of the document.
    pub version: ForeignText,
    /// A description in CommonMark.
    pub docs: Docs,
}

impl Info {
    /// Returns the title as it stands after "the": without an article of its own, or `API` if there is none.
    #[must_use]
    pub fn title_after_article(&self) -> &str {
        let title = self.title.as_written().trim();
        let rest = title
            .get(..4)
            .filter(|start| start.eq_ignore_ascii_case("the "))
            .map(|_| title[4..].trim_start());
        match rest.unwrap_or(title) {
            "" => "API",
            rest => rest,
        }
    }
}

/// A server of the API (OpenAPI 3.0.4 section 4.8.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The URL with `{variables}`, as written in the document.
    pub url: String,
    /// The variables in document order.
    pub variables: Vec<ServerVariable>,
    /// A description in CommonMark.
    pub docs: Docs,
}

/// A variable of a server URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// Its name between braces.
    pub name: Name,
    /// The value if the caller sets none.
    pub default: String,
    /// The allowed values; empty if any value is allowed.
    pub allowed: Vec<String>,
}

/// A way to authenticate (OpenAPI 3.0.4 section 4.8.27).
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Its name in the document.
    pub name: Name,
    /// The kind of credential.
    pub kind: SecurityKind,
    /// The flows of OAuth 2.0, in document order.
    pub flows: Vec<OAuthFlow>,
    /// The document in which the server describes its endpoints: OpenID Connect Discovery, or RFC 8414.
    pub metadata_url: Option<String>,
    /// A description in CommonMark.
    pub docs: Docs,
    /// The place in the document.
    pub origin: Pointer,
}

/// The kind of credential that a security scheme needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityKind {
    /// `Authorization: Bearer …` (RFC 6750): `http` with `bearer`, `oauth2`, `openIdConnect`.
    Bearer,
    /// `Authorization: Basic …` (RFC 7617).
    Basic,
    /// A key in a header.
    HeaderKey(String),
    /// A key in the query.
    QueryKey(String),
    /// A key in a cookie.
    CookieKey(String),
    /// Any other kind, by its name in the document.
    Other(String),
}

/// A flow of OAuth 2.0: a way to get a token (OpenAPI 3.0.4 section 4.8.29).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthFlow {
    /// The grant that the application uses.
    pub grant: OAuthGrant,
    /// The page where users authorize the application.
    pub authorization_url: Option<String>,
    /// The endpoint that issues tokens.
    pub token_url: Option<String>,
    /// The endpoint that renews tokens, if it is another one.
    pub refresh_url: Option<String>,
    /// The scopes in document order, with their descriptions.
    pub scopes: Vec<(String, Docs)>,
}

/// A grant of OAuth 2.0 (RFC 6749 section 4, RFC 8628).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OAuthGrant {
    /// A user permits the application to act on their behalf, and the application exchanges a code for tokens.
    AuthorizationCode,
    /// The application acts on its own behalf.
    ClientCredentials,
    /// A user permits the use of another device.
    DeviceAuthorization,
    /// The browser of a user receives the token.
    Implicit,
    /// The application knows the password of a user.
    Password,
}

impl OAuthGrant {
    /// Every grant with its key below `flows` in a document.
    pub const KEYS: [(Self, &str); 5] = [
        (Self::AuthorizationCode, "authorizationCode"),
        (Self::ClientCredentials, "clientCredentials"),
        (Self::DeviceAuthorization, "deviceAuthorization"),
        (Self::Implicit, "implicit"),
        (Self::Password, "password"),
    ];
}

/// The credentials that a call needs: one of the alternatives, each a set of schemes that all apply. Without
/// alternatives a call needs none; an empty alternative makes them optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Security {
    /// Sets of uses; any one set is enough.
    pub alternatives: Vec<Vec<SchemeUse>>,
}

/// A scheme that an operation needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeUse {
    /// Index into [`Api::security_schemes`].
    pub scheme: usize,
    /// OAuth 2.0 scopes.
    pub scopes: Vec<String>,
}
