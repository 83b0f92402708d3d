//! Finds the header by which a server recognizes a repeated request, so that the client can make its value.

use crate::config::IdempotencyKey;
use crate::ir::{Location, Parameter, Scalar, TypeRef};
use crate::lower::Lowering;
use crate::name::words;

/// Tells the caller that the header need not be set.
const MADE: &str = "The client makes a key for each call unless this is set.";

impl Lowering<'_> {
    /// Returns the name of the header that takes an idempotency key, if the operation has one. Its parameter becomes
    /// optional.
    pub(super) fn idempotency_key(&self, method: &str, parameters: &mut [Parameter]) -> Option<String> {
        let configured = match &self.config.idempotency_key {
            IdempotencyKey::Off => return None,
            IdempotencyKey::ByParameter => None,
            IdempotencyKey::Header(name) => Some(name),
        };
        let is_key = |parameter: &&mut Parameter| {
            let wire = &parameter.name.wire;
            parameter.location == Location::Header
                && parameter.constant.is_none()
                && *parameter.ty.non_null() == TypeRef::Scalar(Scalar::String)
                && match configured {
                    Some(name) => wire.eq_ignore_ascii_case(name),
                    None => words(wire).ends_with(&["idempotency".to_owned(), "key".to_owned()]),
                }
        };
        let Some(parameter) = parameters.iter_mut().find(is_key) else {
            return configured.filter(|_| matches!(method, "POST" | "PATCH")).cloned();
        };
        parameter.required = false;
        let description = parameter.docs.description.take();
        let texts = description.as_ref().map(|text| text.as_written()).into_iter().chain([MADE]);
        parameter.docs.description = Some(texts.collect::<Vec<_>>().join("\n\n").into());
        Some(parameter.name.wire.clone())
    }
}
