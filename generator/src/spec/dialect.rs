//! Which dialect a document is written in: an OpenAPI that we read, or something else that we can name.

use super::object_reader::unexpected;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::{DocumentId, Pointer};
use crate::tree::Node;

/// A dialect that people take for OpenAPI, or have beside it.
struct Foreign {
    /// The path to a member that gives it away.
    path: &'static [&'static str],
    /// What the text of that member holds; empty when the member alone says it.
    text: &'static str,
    /// What it is.
    what: &'static str,
    /// What to do.
    help: &'static str,
}

const FOREIGN: &[Foreign] = &[
    Foreign {
        path: &["swagger"],
        text: "",
        what: "a Swagger 2.0 document",
        help: "convert it to OpenAPI 3, for example with the package `swagger2openapi`, and give the result",
    },
    Foreign {
        path: &["asyncapi"],
        text: "",
        what: "an AsyncAPI document, which describes messages and no HTTP calls",
        help: "give the OpenAPI document of the HTTP interface, if there is one",
    },
    Foreign {
        path: &["info", "_postman_id"],
        text: "",
        what: "a Postman collection",
        help: "export the API definition as OpenAPI, or convert the collection, and give the result",
    },
    Foreign {
        path: &["info", "schema"],
        text: "postman",
        what: "a Postman collection",
        help: "export the API definition as OpenAPI, or convert the collection, and give the result",
    },
    Foreign {
        path: &["collection", "info", "schema"],
        text: "postman",
        what: "a Postman collection",
        help: "export the API definition as OpenAPI, or convert the collection, and give the result",
    },
    Foreign {
        path: &["$schema"],
        text: "",
        what: "a JSON Schema, which has no operations",
        help: "put the schema below `components/schemas` of an OpenAPI document, or refer to it from one",
    },
    Foreign {
        path: &["discoveryVersion"],
        text: "",
        what: "a Google API Discovery document",
        help: "convert it to OpenAPI 3 and give the result",
    },
    Foreign {
        path: &["data", "__schema"],
        text: "",
        what: "a GraphQL schema",
        help: "GraphQL has clients of its own; only OpenAPI is read here",
    },
    Foreign {
        path: &["__schema"],
        text: "",
        what: "a GraphQL schema",
        help: "GraphQL has clients of its own; only OpenAPI is read here",
    },
    Foreign {
        path: &["smithy"],
        text: "",
        what: "a Smithy model",
        help: "convert it with Smithy's own OpenAPI plugin and give the result",
    },
    Foreign {
        path: &["log", "entries"],
        text: "",
        what: "an HTTP archive (HAR) of recorded calls",
        help: "give the OpenAPI document of the API",
    },
    Foreign {
        path: &["arazzo"],
        text: "",
        what: "an Arazzo document, which describes workflows",
        help: "give the OpenAPI document that it refers to",
    },
    Foreign {
        path: &["overlay"],
        text: "",
        what: "an OpenAPI overlay",
        help: "apply it to its OpenAPI document and give the result",
    },
];

const EMPTY: &str = "this document is empty";
const GIVE_ONE: &str = "give an OpenAPI 3.0 or 3.1 document, as YAML or JSON";

/// Reports a text that is empty, binary or markup: none of our parsers would say so clearly.
pub(super) fn check_text(id: DocumentId, text: &str, diagnostics: &mut Diagnostics) -> bool {
    let start = crate::source::language::without_mark(text).trim_start();
    let (what, help) = if start.is_empty() {
        (EMPTY, GIVE_ONE)
    } else if text.contains('\0') {
        ("this holds binary data and no text", "give an OpenAPI document as YAML or JSON, in UTF-8")
    } else if start.starts_with('<') {
        let page = "open the address in a browser: a page that asks to sign in, or says that nothing was \
                    found, was saved instead of the document";
        if start.starts_with("<?xml") {
            ("this is XML and no OpenAPI document", GIVE_ONE)
        } else {
            ("this is a web page (HTML) and no OpenAPI document", page)
        }
    } else {
        return true;
    };
    diagnostics.push(not_openapi(&Pointer::root(id), what, help));
    false
}

/// Reports a document that is no OpenAPI which we read, and what of it we do not.
pub(super) fn check(id: DocumentId, root: &Node, diagnostics: &mut Diagnostics) {
    let place = Pointer::root(id);
    if *root == Node::Null {
        diagnostics.push(not_openapi(&place, EMPTY, GIVE_ONE));
        return;
    }
    if root.as_mapping().is_none() {
        let what = format!("an OpenAPI document is an object, but this is {}", root.kind());
        diagnostics.push(not_openapi(&place, what, GIVE_ONE));
        return;
    }
    match root.get("openapi") {
        Some(version) => check_version(&place, version, diagnostics),
        None => diagnostics.push(foreign(&place, root)),
    }
    if root.get("openapi").is_some() && root.get("info").is_none() {
        let finding = Diagnostic::warning(
            Code::Malformed,
            &place,
            "the document does not say what it describes: it has no `info`",
            "add `info` with `title` and `version`",
        );
        // What is not said cannot be lost.
        diagnostics.push(finding.with_loss(None));
    }
    match root.get("paths") {
        None | Some(Node::Null | Node::Mapping(_)) => {}
        Some(other) => diagnostics.push(unexpected(&place.child("paths"), "an object", other)),
    }
    let webhooks = root.get("webhooks").and_then(Node::as_mapping);
    for name in webhooks.into_iter().flat_map(|webhooks| webhooks.keys()) {
        diagnostics.push(Diagnostic::warning(
            Code::Unsupported,
            &place.child("webhooks").child(name),
            format!("the webhook `{name}` is a call that the server makes; nothing is generated for it"),
            "receive it with a server of your own, or allow `unsupported` at `/webhooks`",
        ));
    }
}

fn check_version(place: &Pointer, version: &Node, diagnostics: &mut Diagnostics) {
    let place = place.child("openapi");
    let text = version.scalar_text().unwrap_or_else(|| version.kind().to_owned());
    let mut parts = text.split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0" | "1")) => {}
        (Some("3"), Some(_)) => diagnostics.push(Diagnostic::warning(
            Code::Unsupported,
            &place,
            format!("OpenAPI {text} is read as 3.1; what is new in it is left out"),
            "compare what comes out with the document",
        )),
        (Some("2"), _) => diagnostics.push(not_openapi(
            &place,
            format!("OpenAPI {text} is the same as Swagger 2.0, which is not read here"),
            "convert it to OpenAPI 3, for example with the package `swagger2openapi`, and give the result",
        )),
        _ => diagnostics.push(not_openapi(
            &place,
            format!("`{text}` is no version of OpenAPI that is read here"),
            "give a document of OpenAPI 3.0 or 3.1; the version is a text such as `3.0.3`",
        )),
    }
}

/// A document without `openapi`: what it seems to be.
fn foreign(place: &Pointer, root: &Node) -> Diagnostic {
    for dialect in FOREIGN {
        let mut node = Some(root);
        let mut at = place.clone();
        for key in dialect.path {
            node = node.and_then(|node| node.get(key));
            at = at.child(key);
        }
        let Some(node) = node else { continue };
        if dialect.text.is_empty() || node.as_str().is_some_and(|text| text.contains(dialect.text)) {
            return not_openapi(&at, format!("this is {}", dialect.what), dialect.help);
        }
    }
    if ["type", "properties", "allOf"].iter().all(|key| root.get(key).is_none()) {
        let keys = root.as_mapping().into_iter().flat_map(|members| members.keys()).map(String::as_str);
        let help = nearest("openapi", keys).map_or_else(
            || "an OpenAPI document starts with its version, such as `openapi: 3.0.3`".to_owned(),
            |key| format!("write `openapi` instead of `{key}`"),
        );
        return not_openapi(place, "this is no OpenAPI document: it has no member `openapi`", help);
    }
    let help = "put the schema below `components/schemas` of an OpenAPI document, or refer to it from one";
    not_openapi(place, "this is a schema and no OpenAPI document, so it has no operations", help)
}

fn not_openapi(place: &Pointer, what: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::NotOpenApi, place, what, help)
}
