//! Creates the default configuration, for documents without `sdk.yaml`.

use super::{BareObjects, Config, IdempotencyKey, Integers, ItemNames, ManagerNames, OperationNames};
use crate::ir::{Dependency, ErrorBody};

/// Members that contain secrets in most APIs.
const SECRET_KEYS: &[&str] = &[
    "access_token",
    "api_key",
    "authorization",
    "client_secret",
    "id_token",
    "password",
    "private_key",
    "refresh_token",
    "secret",
];

/// Further names of secrets in what callers send. In responses, a token can be a part of a text, too.
const REQUEST_SECRET_KEYS: &[&str] = &["token"];

/// Headers that describe the content a caller accepts or sends, but do not identify the caller.
const CROSS_ORIGIN_HEADERS: &[&str] =
    &["accept", "accept-encoding", "accept-language", "content-type", "range", "user-agent"];

impl Config {
    /// Creates the default configuration of a package with this name.
    #[must_use]
    pub fn bare(name: &str) -> Self {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        Self {
            sources: Vec::new(),
            documents: Vec::new(),
            output: None,
            name: name.to_owned(),
            version: "0.1.0".to_owned(),
            description: None,
            license: None,
            repository: None,
            client: None,
            user_agent: None,
            agent_headers: Vec::new(),
            operation_names: OperationNames::OperationId,
            managers: ManagerNames::Tag,
            select: None,
            reference_url: None,
            routes: Vec::new(),
            overrides: Vec::new(),
            redirect_urls: Vec::new(),
            relax: Vec::new(),
            bare_objects: BareObjects::Map,
            item_names: ItemNames::Singular,
            integers: Integers::Bounds,
            idempotency_key: IdempotencyKey::ByParameter,
            pagination: Vec::new(),
            error_body: ErrorBody::default(),
            secret_keys: texts(&[SECRET_KEYS, REQUEST_SECRET_KEYS].concat()),
            response_secret_keys: texts(SECRET_KEYS),
            cross_origin_headers: texts(CROSS_ORIGIN_HEADERS),
            extension: None,
            extension_source: None,
            sample: None,
            allow: Vec::new(),
            strict: Vec::new(),
            accept: Vec::new(),
            tighten: Vec::new(),
            drop: Vec::new(),
            pages: Vec::new(),
            runtime: Dependency { version: env!("CARGO_PKG_VERSION").to_owned(), path: None },
            own_workspace: false,
        }
    }
}
