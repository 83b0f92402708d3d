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
    /// JSON values, each on a line of its own or in a sequence.
    Lines,
    /// A range such as `*/*`, whose content the schema determines.
    Wildcard,
    /// Bytes.
    Binary,
    /// Text.
    Text,
    /// Text in a structured format that is not supported, such as XML.
    StructuredText,
}

impl MediaKind {
    /// Returns `true` if the content can be one JSON value.
    pub(in crate::lower) fn carries_json(self) -> bool {
        match self {
            Self::Json | Self::OtherJson | Self::Wildcard => true,
            Self::Form
            | Self::Multipart
            | Self::Events
            | Self::Lines
            | Self::Binary
            | Self::Text
            | Self::StructuredText => false,
        }
    }
}

/// Classifies a media type, without its parameters (RFC 9110 section 8.3.1).
pub(in crate::lower) fn kind(media_type: &str) -> MediaKind {
    match essence(media_type).as_str() {
        "application/json" => MediaKind::Json,
        "application/csp-report" => MediaKind::OtherJson,
        "application/x-www-form-urlencoded" => MediaKind::Form,
        "text/event-stream" => MediaKind::Events,
        "*/*" | "application/*" | "*" => MediaKind::Wildcard,
        "application/xml" | "text/xml" | "application/yaml" | "application/x-yaml" | "text/yaml" => {
            MediaKind::StructuredText
        }
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" | "application/x-jsonl" => {
            MediaKind::Lines
        }
        "application/jsonlines" | "application/x-jsonlines" | "application/json-lines" => MediaKind::Lines,
        "application/json-seq" | "application/stream+json" | "application/x-json-stream" => MediaKind::Lines,
        other if other.ends_with("+json-seq") => MediaKind::Lines,
        "application/javascript" | "application/graphql" | "application/jwt" | "application/sql" => {
            MediaKind::Text
        }
        other if other.ends_with("+json") => MediaKind::OtherJson,
        other if other.ends_with("+xml") && !other.starts_with("image/") => MediaKind::StructuredText,
        other if other.ends_with("+yaml") => MediaKind::StructuredText,
        other if other.starts_with("multipart/") => MediaKind::Multipart,
        other if has_word(other, "json") => MediaKind::OtherJson,
        other if other.starts_with("text/") => MediaKind::Text,
        _ => MediaKind::Binary,
    }
}

/// Returns a media type without its parameters, in lower case.
pub(in crate::lower) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns the format of a patch, such as `json-patch` or `strategic-merge-patch+yaml`, which tells the server what the
/// content means. A JSON merge patch (RFC 7396) is an object like any other.
pub(in crate::lower) fn patch_format(media_type: &str) -> Option<String> {
    let essence = essence(media_type);
    let (_, subtype) = essence.split_once('/')?;
    let format = subtype.strip_suffix("+json").unwrap_or(subtype);
    let name = format.split('+').next().unwrap_or_default();
    (name.ends_with("-patch") && format != "merge-patch").then(|| format.to_owned())
}

/// Returns `true` for a list of operations (RFC 6902).
pub(in crate::lower) fn is_json_patch(media_type: &str) -> bool {
    patch_format(media_type).is_some_and(|format| format == "json-patch")
}

/// Returns `true` if the subtype contains this word: `x-amz-json-1.1` contains `json`.
fn has_word(essence: &str, word: &str) -> bool {
    let (_, subtype) = essence.split_once('/').unwrap_or_default();
    subtype.split(|letter: char| !letter.is_ascii_alphanumeric()).any(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::{MediaKind, kind, patch_format};

    #[test]
    fn json_is_recognized_under_other_names() {
        let is_json = |media_type| matches!(kind(media_type), MediaKind::Json | MediaKind::OtherJson);
        for media_type in
            ["text/json", "application/x-amz-json-1.0", "application/vnd.a.json", "application/csp-report"]
        {
            assert!(is_json(media_type), "{media_type}");
        }
        for media_type in ["application/jsonpath", "application/json5", "application/jose", "json"] {
            assert!(!is_json(media_type), "{media_type}");
        }
    }

    #[test]
    fn formats_of_patches_are_told_apart() {
        let format = |media_type| patch_format(media_type).unwrap_or_default();
        assert_eq!(format("application/JSON-Patch+json; charset=utf-8"), "json-patch");
        assert_eq!(format("application/strategic-merge-patch+json"), "strategic-merge-patch");
        assert_eq!(format("application/apply-patch+yaml"), "apply-patch+yaml");
        assert_eq!(format("application/merge-patch+json"), "");
        assert_eq!(format("application/dispatch+json"), "");
    }
}
