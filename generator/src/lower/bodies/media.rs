//! From a media type to what a body of it is made of.

/// What a body is made of, in the order of preference where a document offers several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lower) enum MediaKind {
    /// `application/json`.
    Json,
    /// Another JSON type, such as `application/merge-patch+json`.
    OtherJson,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`, and other multiparts.
    Multipart,
    /// `text/event-stream`.
    Events,
    /// A range such as `*/*`, which the schema has to explain.
    Wildcard,
    /// Bytes.
    Binary,
    /// Text.
    Text,
    /// Text with a structure that we do not read, such as XML.
    StructuredText,
}

/// What a media type holds, parameters aside (RFC 9110, section 8.3.1).
pub(in crate::lower) fn kind(media_type: &str) -> MediaKind {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" => MediaKind::Json,
        "text/json" => MediaKind::OtherJson,
        "application/x-www-form-urlencoded" => MediaKind::Form,
        "text/event-stream" => MediaKind::Events,
        "*/*" | "application/*" | "*" => MediaKind::Wildcard,
        "application/xml" | "text/xml" | "application/yaml" | "application/x-yaml" | "text/yaml" => {
            MediaKind::StructuredText
        }
        "application/x-ndjson" | "application/jsonl" | "application/ndjson" | "application/json-seq" => {
            MediaKind::StructuredText
        }
        "application/javascript" | "application/graphql" | "application/jwt" | "application/sql" => {
            MediaKind::Text
        }
        other if other.ends_with("+json") => MediaKind::OtherJson,
        other if other.ends_with("+xml") && !other.starts_with("image/") => MediaKind::StructuredText,
        other if other.ends_with("+yaml") => MediaKind::StructuredText,
        other if other.starts_with("multipart/") => MediaKind::Multipart,
        other if other.starts_with("text/") => MediaKind::Text,
        _ => MediaKind::Binary,
    }
}
