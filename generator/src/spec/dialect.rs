//! Checks that a document is OpenAPI 3, and recognizes other formats to name them in messages.

pub(super) mod version;

use super::object_reader::unexpected;
use super::object_reader::unknown_members::{self, COMPONENTS, SWAGGER_ROOT, check_known};
use super::swagger::is_swagger;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::{DocumentId, Pointer};
use crate::tree::Node;

/// A format that people confuse with OpenAPI, or use along with it.
struct Foreign {
    /// The path to a member by which the format is recognized.
    path: &'static [&'static str],
    /// A text that this member must contain; empty if the member alone is enough.
    text: &'static str,
    /// The name of the format.
    what: &'static str,
    /// The way to get an OpenAPI document.
    help: &'static str,
}

const FOREIGN: &[Foreign] = &[
    Foreign {
        path: &["swagger"],
        text: "",
        what: "a document of an older version of Swagger than 2.0",
        help: CONVERT_SWAGGER,
    },
    Foreign {
        path: &["asyncapi"],
        text: "",
        what: "an AsyncAPI document, which describes messages instead of HTTP calls",
        help: "use the OpenAPI document of the HTTP API, if there is one",
    },
    Foreign { path: &["info", "_postman_id"], text: "", what: "a Postman collection", help: CONVERT_POSTMAN },
    Foreign {
        path: &["info", "schema"],
        text: "postman",
        what: "a Postman collection",
        help: CONVERT_POSTMAN,
    },
    Foreign {
        path: &["collection", "info", "schema"],
        text: "postman",
        what: "a Postman collection",
        help: CONVERT_POSTMAN,
    },
    Foreign {
        path: &["$schema"],
        text: "",
        what: "a JSON Schema, which has no operations",
        help: USE_SCHEMA,
    },
    Foreign {
        path: &["discoveryVersion"],
        text: "",
        what: "a Google API Discovery document",
        help: "convert it to OpenAPI 3",
    },
    Foreign {
        path: &["data", "__schema"],
        text: "",
        what: "a GraphQL schema",
        help: "use a GraphQL client; only OpenAPI documents are supported",
    },
    Foreign {
        path: &["__schema"],
        text: "",
        what: "a GraphQL schema",
        help: "use a GraphQL client; only OpenAPI documents are supported",
    },
    Foreign {
        path: &["smithy"],
        text: "",
        what: "a Smithy model",
        help: "convert it to OpenAPI 3 with Smithy's OpenAPI plugin",
    },
    Foreign {
        path: &["log", "entries"],
        text: "",
        what: "an HTTP archive (HAR) of recorded calls",
        help: "use the OpenAPI document of the API",
    },
    Foreign {
        path: &["arazzo"],
        text: "",
        what: "an Arazzo document, which describes workflows",
        help: "use the OpenAPI document that it refers to",
    },
    Foreign {
        path: &["overlay"],
        text: "",
        what: "an OpenAPI overlay",
        help: "list it below `overlays` of its document in the configuration, or pass it with `--overlay`",
    },
];

const EMPTY: &str = "this document is empty";
const USE_OPENAPI: &str = "use an OpenAPI 3 or Swagger 2.0 document in YAML or JSON";
const CONVERT_SWAGGER: &str = "convert it to Swagger 2.0 or OpenAPI 3";
const CONVERT_POSTMAN: &str = "export the API definition as OpenAPI, or convert the collection to OpenAPI 3";
const USE_SCHEMA: &str = "move the schema to an OpenAPI document, or refer to it from there";

/// Reports a text that is empty, binary or markup, which the parsers would not report clearly.
pub(super) fn check_text(id: DocumentId, text: &str, diagnostics: &mut Diagnostics) -> bool {
    let start = crate::source::language::without_mark(text).trim_start();
    let (what, help) = if start.is_empty() {
        (EMPTY, USE_OPENAPI)
    } else if text.contains('\0') {
        ("this file contains binary data", "use an OpenAPI document in YAML or JSON, encoded as UTF-8")
    } else if start.starts_with('<') {
        let page = "open the URL in a browser; perhaps a sign-in page or an error page was saved instead of \
                    the document";
        if start.starts_with("<?xml") {
            ("this is XML, not an OpenAPI document", USE_OPENAPI)
        } else {
            ("this is a web page (HTML), not an OpenAPI document", page)
        }
    } else {
        return true;
    };
    diagnostics.push(not_openapi(&Pointer::root(id), what, help));
    false
}

/// Reports a document that is not OpenAPI 3, and parts of an OpenAPI document that are not supported.
pub(super) fn check(id: DocumentId, root: &Node, diagnostics: &mut Diagnostics) {
    let place = Pointer::root(id);
    if *root == Node::Null {
        diagnostics.push(not_openapi(&place, EMPTY, USE_OPENAPI));
        return;
    }
    if root.as_mapping().is_none() {
        let what = format!("an OpenAPI document must be an object, but this is {}", root.kind());
        diagnostics.push(not_openapi(&place, what, USE_OPENAPI));
        return;
    }
    let is_swagger = is_swagger(root);
    match root.get("openapi") {
        _ if is_swagger => {}
        Some(version) => check_version(&place, version, diagnostics),
        None => diagnostics.push(foreign(&place, root)),
    }
    if (is_swagger || root.get("openapi").is_some()) && root.get("info").is_none() {
        let finding = Diagnostic::warning(
            Code::Malformed,
            &place,
            "the document has no `info`",
            "add `info` with `title` and `version`",
        );
        // Nothing that the document describes is lost.
        diagnostics.push(finding.with_loss(None));
    }
    if let Some(members) = root.as_mapping().filter(|_| is_swagger || root.get("openapi").is_some()) {
        let (noun, known) = if is_swagger {
            ("a Swagger 2.0 document", SWAGGER_ROOT)
        } else {
            ("an OpenAPI document", unknown_members::ROOT)
        };
        check_known(noun, known, &place, members, diagnostics);
    }
    check_objects(&place, root, &["paths"], diagnostics);
    if !is_swagger {
        if let Some(members) = root.get("components").and_then(Node::as_mapping) {
            check_known("`components`", COMPONENTS, &place.child("components"), members, diagnostics);
        }
        check_objects(&place, root, &["components"], diagnostics);
        let sections = root.get("components").and_then(Node::as_mapping).into_iter().flatten();
        let sections =
            sections.map(|(section, _)| section.as_str()).filter(|section| !section.starts_with("x-"));
        let sections: Vec<&str> = sections.collect();
        let components = root.get("components").unwrap_or(&Node::Null);
        check_objects(&place.child("components"), components, &sections, diagnostics);
    }
}

/// Reports members that are not objects.
fn check_objects(place: &Pointer, owner: &Node, keys: &[&str], diagnostics: &mut Diagnostics) {
    for key in keys {
        match owner.get(key) {
            None | Some(Node::Null | Node::Mapping(_)) => {}
            Some(other) => diagnostics.push(unexpected(&place.child(key), "an object", other)),
        }
    }
}

fn check_version(place: &Pointer, version: &Node, diagnostics: &mut Diagnostics) {
    let place = place.child("openapi");
    let text = version.scalar_text().unwrap_or_else(|| version.kind().to_owned());
    let mut parts = text.split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0" | "1" | "2")) => {}
        (Some("3"), Some(_)) => diagnostics.push(Diagnostic::warning(
            Code::Unsupported,
            &place,
            format!("OpenAPI {text} is read as 3.2, without newer features"),
            "compare the output with the document",
        )),
        _ => diagnostics.push(not_openapi(
            &place,
            format!("unsupported OpenAPI version `{text}`"),
            "use a document of Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2, with a version such as `3.0.3`",
        )),
    }
}

/// Returns `true` for a document of another format.
fn is_foreign(root: &Node) -> bool {
    foreign_format(&Pointer::root(DocumentId::default()), root).is_some()
}

/// Returns the format that a document has instead of OpenAPI, and the place that shows it.
fn foreign_format(place: &Pointer, root: &Node) -> Option<(Pointer, &'static Foreign)> {
    FOREIGN.iter().find_map(|dialect| {
        let at = dialect.path.iter().fold(place.clone(), |at, key| at.child(key));
        let node = dialect.path.iter().try_fold(root, |node, key| node.get(key))?;
        let shows = dialect.text.is_empty() || node.as_str().is_some_and(|text| text.contains(dialect.text));
        shows.then_some((at, dialect))
    })
}

/// Reports a document without `openapi`, with the format that it seems to have.
fn foreign(place: &Pointer, root: &Node) -> Diagnostic {
    if let Some((at, dialect)) = foreign_format(place, root) {
        return not_openapi(&at, format!("this is {}", dialect.what), dialect.help);
    }
    if ["type", "properties", "allOf"].iter().all(|key| root.get(key).is_none()) {
        let keys = root.as_mapping().into_iter().flat_map(|members| members.keys()).map(String::as_str);
        let help = nearest("openapi", keys).map_or_else(
            || "an OpenAPI document starts with its version, such as `openapi: 3.0.3`".to_owned(),
            |key| format!("write `openapi` instead of `{key}`"),
        );
        return not_openapi(place, "this is not an OpenAPI document: it has no member `openapi`", help);
    }
    not_openapi(place, "this is a schema, not an OpenAPI document, so it has no operations", USE_SCHEMA)
}

fn not_openapi(place: &Pointer, what: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::NotOpenApi, place, what, help)
}
