//! Finds the version that a document is read as, if it does not say so as OpenAPI demands.

use crate::diagnostic::nearest::misspelt;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::{DocumentId, Pointer};
use crate::tree::{Mapping, Node};

/// The members with a version.
const KEYS: [&str; 2] = ["openapi", "swagger"];

/// Members that only Swagger 2.0 has.
const OF_SWAGGER: &[&str] =
    &["basePath", "consumes", "definitions", "host", "produces", "schemes", "securityDefinitions"];

/// Members that OpenAPI has since 3.1.
const SINCE_3_1: &[&str] = &["jsonSchemaDialect", "webhooks"];

/// Writes the version of a document as OpenAPI does, with a warning. A document with paths has a version in any case.
pub(in crate::spec) fn settle(id: DocumentId, root: &mut Node, diagnostics: &mut Diagnostics) {
    let Node::Mapping(members) = root else { return };
    let place = Pointer::root(id);
    for key in KEYS {
        let Some(written) = members.get(key).and_then(Node::scalar_text) else { continue };
        let Some(fit) = fit(&written).filter(|fit| !fit.is_written(key, &written)) else { return };
        let message = format!("the version `{written}` is not one of OpenAPI; it is read as {}", fit.name());
        diagnostics.push(warning(&place.child(key), message, fit));
        fit.write(members, key);
        return;
    }
    if KEYS.iter().any(|key| members.contains_key(*key)) {
        return;
    }
    let keys = || members.keys().map(String::as_str);
    let slip = keys().find_map(|key| {
        misspelt(key, KEYS)?;
        Some((key.to_owned(), fit(&members.get(key)?.scalar_text()?)?))
    });
    if let Some((key, fit)) = slip {
        let message = format!("the member `{key}` is read as the version of {}", fit.name());
        diagnostics.push(warning(&place.child(&key), message, fit));
        fit.write(members, &key);
        return;
    }
    if !has_paths(members) || super::is_foreign(root) {
        return;
    }
    let Node::Mapping(members) = root else { return };
    let has = |of: &[&str]| of.iter().any(|key| members.contains_key(*key));
    let fit = if has(OF_SWAGGER) && !members.contains_key("components") {
        Version::Swagger
    } else if has(SINCE_3_1) {
        Version::OpenApi31
    } else {
        Version::OpenApi30
    };
    let message = format!("the document does not say its version; it is read as {}", fit.name());
    diagnostics.push(warning(&place, message, fit));
    fit.write(members, fit.key());
}

/// A version that a document is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    Swagger,
    OpenApi30,
    OpenApi31,
    OpenApi32,
}

/// Returns the version that a text means, if it is one that can be read: `3`, `v3.0.1`, `OpenAPI 3.1`.
fn fit(written: &str) -> Option<Version> {
    let start = written.find(|char: char| char.is_ascii_digit())?;
    let is_prefix = written[..start].chars().all(|char| !char.is_ascii_punctuation());
    let number = written[start..].trim();
    let mut parts = number.split('.');
    match (parts.next().filter(|_| is_prefix)?, parts.next().unwrap_or_default()) {
        ("2", "" | "0") => Some(Version::Swagger),
        ("3", "" | "0") => Some(Version::OpenApi30),
        ("3", "1") => Some(Version::OpenApi31),
        ("3", "2") => Some(Version::OpenApi32),
        _ => None,
    }
}

impl Version {
    fn key(self) -> &'static str {
        if self == Self::Swagger { "swagger" } else { "openapi" }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Swagger => "2.0",
            Self::OpenApi30 => "3.0.3",
            Self::OpenApi31 => "3.1.0",
            Self::OpenApi32 => "3.2.0",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Swagger => "Swagger 2.0",
            Self::OpenApi30 => "OpenAPI 3.0",
            Self::OpenApi31 => "OpenAPI 3.1",
            Self::OpenApi32 => "OpenAPI 3.2",
        }
    }

    /// Returns `true` if a member says this version in a way that is read as it is.
    fn is_written(self, key: &str, text: &str) -> bool {
        let start = self.text().split('.').take(2).collect::<Vec<_>>().join(".");
        let is_swagger = self == Self::Swagger && text == "2";
        // A document that is called OpenAPI 2.0 is read as Swagger 2.0.
        (key == self.key() || self == Self::Swagger) && (text.starts_with(&start) || is_swagger)
    }

    /// Replaces a member by the version.
    fn write(self, members: &mut Mapping, written: &str) {
        let place = members.shift_remove_full(written).map_or(0, |(place, _, _)| place);
        members.shift_insert(place, self.key().to_owned(), self.text().into());
    }
}

fn warning(place: &Pointer, message: String, fit: Version) -> Diagnostic {
    let help = format!("write `{}: \"{}\"`", fit.key(), fit.text());
    Diagnostic::warning(Code::Malformed, place, message, help).with_loss(None)
}

/// Returns `true` if a document describes a path or a webhook.
fn has_paths(members: &Mapping) -> bool {
    let named = |key: &str| members.get(key).and_then(Node::as_mapping).into_iter().flatten();
    named("paths").any(|(path, item)| path.starts_with('/') && item.as_mapping().is_some())
        || named("webhooks").any(|(_, item)| item.as_mapping().is_some())
}

#[cfg(test)]
mod tests {
    use super::{Version, fit};

    #[test]
    fn versions_are_read_as_they_are_meant() {
        for (written, version) in [
            ("3", Some(Version::OpenApi30)),
            ("3.", Some(Version::OpenApi30)),
            ("v3.0.1", Some(Version::OpenApi30)),
            ("3.0.3", Some(Version::OpenApi30)),
            ("OpenAPI 3.1", Some(Version::OpenApi31)),
            (" 3.2 ", Some(Version::OpenApi32)),
            ("2", Some(Version::Swagger)),
            ("v2.0", Some(Version::Swagger)),
            ("4.0.0", None),
            ("30", None),
            ("3.7", None),
            ("1.2", None),
            ("-3.0", None),
            ("latest", None),
            ("", None),
        ] {
            assert_eq!(fit(written), version, "{written}");
        }
    }
}
