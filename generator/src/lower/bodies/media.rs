//! Classifies media types.

/// The kind of a media type, in order of preference.
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
    /// A range such as `*/*`, whose content the schema determines.
    Wildcard,
    /// Bytes.
    Binary,
    /// Text.
    Text,
    /// Text in a structured format that is not supported, such as XML.
    StructuredText,
}

/// Classifies a media type, without its parameters (RFC 9110 section 8.3.1).
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
