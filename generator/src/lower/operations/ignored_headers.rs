//! Reports header parameters that OpenAPI ignores, if nothing else in the document describes the header.

use indexmap::IndexMap;

use super::Draft;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Security, SecurityKind};
use crate::lower::Lowering;
use crate::pointer::Pointer;

/// A header whose parameters are ignored in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::lower) enum IgnoredHeader {
    /// No security scheme of the operation sends it.
    Authorization,
    /// Its values are not media types of the responses.
    Accept,
    /// Its values are not media types of the body.
    ContentType,
}

/// The uses of an ignored header: the first parameter, and the number of operations.
pub(in crate::lower) type IgnoredHeaders = IndexMap<IgnoredHeader, (Pointer, usize)>;

impl IgnoredHeader {
    /// Returns the header of this name, if media types and security schemes describe it instead of parameters (OpenAPI
    /// 3.0.4 section 4.8.12).
    pub(super) fn of(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "authorization" => Some(Self::Authorization),
            "accept" => Some(Self::Accept),
            "content-type" => Some(Self::ContentType),
            _ => None,
        }
    }
}

impl Lowering<'_> {
    /// Notes the header parameters of an operation that are ignored although nothing else describes them.
    pub(super) fn note_ignored_headers(&mut self, draft: &Draft, security: &Security) {
        if draft.is_other_form() {
            return;
        }
        for place in [&draft.path_item, &draft.pointer] {
            for pointer in self.spec.parameters(place, &mut Diagnostics::default()) {
                let text = |key: &str| self.spec.node(&pointer)?.get(key)?.as_str();
                let is_header = text("in") == Some("header");
                let Some(header) = text("name").and_then(IgnoredHeader::of).filter(|_| is_header) else {
                    continue;
                };
                let is_described = match header {
                    IgnoredHeader::Authorization => self.is_authorized(security),
                    IgnoredHeader::Accept => {
                        let responses = self.spec.responses(&draft.pointer, &mut Diagnostics::default());
                        let places: Vec<Pointer> = responses.into_iter().map(|(_, place)| place).collect();
                        self.has_media_type_of(&pointer, &places)
                    }
                    IgnoredHeader::ContentType => {
                        let body = draft.pointer.child("requestBody");
                        let body = self.spec.resolve(&body, &mut Diagnostics::default());
                        self.has_media_type_of(&pointer, body.as_slice())
                    }
                };
                if !is_described {
                    self.ignored_headers.entry(header).or_insert((pointer, 0)).1 += 1;
                }
            }
        }
    }

    /// Returns `true` if a credential sets the header `Authorization`.
    fn is_authorized(&self, security: &Security) -> bool {
        security.alternatives.iter().flatten().any(|scheme| {
            match &self.security_schemes[scheme.scheme].kind {
                SecurityKind::Bearer | SecurityKind::Basic | SecurityKind::Other(_) => true,
                SecurityKind::HeaderKey(name) => name.eq_ignore_ascii_case("authorization"),
                SecurityKind::QueryKey(_) | SecurityKind::CookieKey(_) => false,
            }
        })
    }

    /// Returns `true` if a value of the parameter is a media type of the owners, or if nothing restricts one of both.
    fn has_media_type_of(&mut self, parameter: &Pointer, owners: &[Pointer]) -> bool {
        let Some(schema) = self.spec.schema_of(parameter) else { return true };
        let naming = self.unnamed();
        let values =
            self.meant(std::slice::from_ref(&schema), &naming).and_then(|(_, flat)| flat.values.clone());
        let mut values: Vec<_> = values.into_iter().flatten().map(|value| value.value).collect();
        if values.is_empty() {
            values.extend(self.annotations(&schema).default);
        }
        let values: Vec<String> = values.iter().filter_map(|value| Some(essence(value.as_str()?))).collect();
        let content = owners.iter().filter_map(|owner| self.spec.node(owner)?.get("content")?.as_mapping());
        let described: Vec<String> =
            content.flat_map(|content| content.keys()).map(|key| essence(key)).collect();
        let is_free = |types: &[String]| types.is_empty() || types.iter().any(|one| one.contains('*'));
        is_free(&values) || is_free(&described) || values.iter().any(|value| described.contains(value))
    }

    /// Reports each header once, however many operations describe it.
    pub(in crate::lower) fn report_ignored_headers(&mut self) {
        for (header, (place, count)) in std::mem::take(&mut self.ignored_headers) {
            let is_swagger = self.spec.is_swagger(&place);
            let of = if count == 1 { "1 operation".to_owned() } else { format!("{count} operations") };
            let (code, message, help) = match header {
                IgnoredHeader::Authorization => (
                    Code::Unsupported,
                    format!(
                        "OpenAPI ignores parameters for `Authorization`, and no security scheme of {of} sends it"
                    ),
                    if is_swagger {
                        "declare a scheme in `securityDefinitions`, such as `type: apiKey` with `in: header` and `name: \
                         Authorization`, and require it in `security`"
                    } else {
                        "declare a scheme in `components/securitySchemes`, such as `type: http` with `scheme: bearer`, and \
                         require it in `security`"
                    },
                ),
                IgnoredHeader::Accept => (
                    Code::Approximated,
                    format!(
                        "OpenAPI ignores parameters for `Accept`; no response of {of} has a media type that this one allows"
                    ),
                    if is_swagger {
                        "list the media type in `produces`"
                    } else {
                        "list the media type in the `content` of the response"
                    },
                ),
                IgnoredHeader::ContentType => (
                    Code::Approximated,
                    format!(
                        "OpenAPI ignores parameters for `Content-Type`; the body of {of} has no media type that this one allows"
                    ),
                    if is_swagger {
                        "list the media type in `consumes`"
                    } else {
                        "list the media type in the `content` of the request body"
                    },
                ),
            };
            self.warn(code, &place, message, help);
        }
    }
}

/// Returns a media type without its parameters, in lower case.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
