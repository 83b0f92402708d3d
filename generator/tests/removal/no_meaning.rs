//! Lists the kinds of members that mean nothing to a client.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::members::{Member, at};

/// Kinds of members that may be without effect.
struct Exception {
    kinds: &'static [&'static str],
    /// The condition, apart from the kind.
    when: fn(&Surroundings<'_>) -> bool,
    /// The reason, which completes "it means nothing, since ...".
    reason: &'static str,
}

/// A member and the objects around it, the innermost one first.
struct Surroundings<'a> {
    member: &'a Member,
    outer: Vec<Value>,
}

/// The kinds of members without effect.
const EXCEPTIONS: &[Exception] = &[
    Exception { kinds: &["*.x-*"], when: |_| true, reason: "the generator does not define the extension" },
    Exception {
        kinds: &[
            "schema.dependentRequired",
            "schema.else",
            "schema.exclusiveMaximum",
            "schema.exclusiveMinimum",
            "schema.if",
            "schema.maxItems",
            "schema.maxLength",
            "schema.maxProperties",
            "schema.maximum",
            "schema.minItems",
            "schema.minLength",
            "schema.minProperties",
            "schema.minimum",
            "schema.multipleOf",
            "schema.not",
            "schema.pattern",
            "schema.then",
            "schema.uniqueItems",
        ],
        when: |_| true,
        reason: "it restricts values, which the server checks",
    },
    Exception {
        kinds: &["schema.anyOf", "schema.oneOf", "schema.required", "schema.required.#"],
        when: |around| !around.describes_members(),
        reason: "its schemas only restrict values, which the server checks",
    },
    Exception {
        kinds: &["schema.properties", "schema.required", "schema.items"],
        when: |around| around.is_of_other_type(),
        reason: "it applies to values of another type than the schema has",
    },
    Exception {
        kinds: &["schema.additionalProperties", "schema.allOf", "schema.items"],
        when: |around| around.is_any(),
        reason: "it describes any value",
    },
    Exception {
        kinds: &["schema.type"],
        when: |around| around.has(&["enum", "const", "oneOf"]),
        reason: "the values or alternatives in the schema have their own types",
    },
    Exception {
        kinds: &["schema.anyOf.#", "schema.oneOf.#"],
        when: |around| around.repeats_a_type(),
        reason: "another alternative has the same type",
    },
    Exception {
        kinds: &["schema.format"],
        when: |around| !around.says("format", &["date", "date-time", "byte"]),
        reason: "the type does not depend on this format",
    },
    Exception {
        kinds: &["schema.nullable"],
        when: |around| around.is_of_parameter(),
        reason: "the text of a parameter or header cannot be null",
    },
    Exception {
        kinds: &["schema.nullable"],
        when: |around| around.has(&["enum"]) || around.is_below(&["allOf"]),
        reason: "`enum` or another part of an `allOf` says the same",
    },
    Exception { kinds: &["schema.readOnly"], when: |_| true, reason: "the type is only received" },
    Exception { kinds: &["schema.writeOnly"], when: |_| true, reason: "the type is only sent" },
    Exception {
        kinds: &["schema.contentEncoding", "schema.contentMediaType"],
        when: |around| !around.says("contentEncoding", &["base64", "base64url"]),
        reason: "the value is text, whatever the text contains",
    },
    Exception { kinds: &["schema.xml"], when: |_| true, reason: "XML is sent and received as text" },
    Exception { kinds: &["schema.$id"], when: |_| true, reason: "references find the schema without it" },
    Exception {
        kinds: &["media type.schema", "schema.format", "schema.properties", "schema.required", "schema.type"],
        when: |around| around.is_of_bytes_or_text(),
        reason: "the body, part or event is bytes or text, whatever the schema",
    },
    Exception {
        kinds: &["*"],
        when: |around| around.is_below(&["head"]) && around.is_below(&["content"]),
        reason: "a response to `HEAD` has no body",
    },
    Exception {
        kinds: &["parameter.required"],
        when: |around| around.says("in", &["path"]),
        reason: "a path needs all its variables",
    },
    Exception {
        kinds: &["parameter.required", "parameter.schema"],
        when: |around| around.says("name", &["accept", "content-type", "authorization"]),
        reason: "media types and security describe these headers",
    },
    Exception {
        kinds: &["parameter.allowEmptyValue"],
        when: |around| !around.says("in", &["query"]),
        reason: "OpenAPI defines it for the query only",
    },
    Exception {
        kinds: &["encoding.contentType"],
        when: |around| around.has(&["style", "explode", "allowReserved"]),
        reason: "OpenAPI ignores it beside a style",
    },
    Exception {
        kinds: &["encoding.headers.*", "response.headers.*"],
        when: |around| around.member.tokens.ends_with(&["Content-Type".to_owned()]),
        reason: "media types and `contentType` describe this header",
    },
    Exception {
        kinds: &["operation.security"],
        when: |around| around.owner()["security"] == around.root()["security"],
        reason: "it repeats the security of the document",
    },
    Exception { kinds: &["root.security"], when: |_| true, reason: "all operations have their own security" },
    Exception {
        kinds: &["operation.responses"],
        when: |around| around.is_below(&["webhooks", "x-webhooks", "callbacks"]),
        reason: "the program that receives a call chooses its response",
    },
    Exception {
        kinds: &[
            "components.examples.*",
            "example.$ref",
            "example.description",
            "example.summary",
            "example.value",
            "header.example",
            "media type.example",
            "media type.examples.*",
            "parameter.example",
            "parameter.examples.*",
            "schema.example",
        ],
        when: |_| true,
        reason: "samples need one example of what they set",
    },
    Exception {
        kinds: &[
            "info.contact",
            "info.license",
            "info.termsOfService",
            "schema.externalDocs",
            "server variable.description",
            "tag.externalDocs",
        ],
        when: |_| true,
        reason: "it documents something that the pages do not describe",
    },
    Exception {
        kinds: &[
            "parameter.description",
            "path item.description",
            "path item.summary",
            "request body.description",
            "schema.default",
            "schema.description",
            "schema.title",
            "server.description",
        ],
        when: |_| true,
        reason: "more specific documentation takes its place",
    },
    Exception {
        kinds: &["components.schemas.*", "root.tags.#"],
        when: |_| true,
        reason: "no operation refers to it",
    },
];

impl Surroundings<'_> {
    fn owner(&self) -> &Value {
        &self.outer[0]
    }

    fn root(&self) -> &Value {
        self.outer.last().expect("a member has an owner")
    }

    fn value(&self) -> &Value {
        match self.owner() {
            Value::Array(items) => &items[self.name().parse::<usize>().expect("an item has a position")],
            owner => &owner[self.name()],
        }
    }

    fn name(&self) -> &str {
        self.member.tokens.last().expect("a member has a name")
    }

    /// Returns `true` if the owner has one of these members.
    fn has(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.owner().get(key).is_some())
    }

    /// Returns `true` if a member of the owner is one of these texts.
    fn says(&self, key: &str, texts: &[&str]) -> bool {
        let text = self.owner()[key].as_str().map(str::to_lowercase);
        text.is_some_and(|text| texts.contains(&text.as_str()))
    }

    /// Returns `true` if the place contains one of these names.
    fn is_below(&self, names: &[&str]) -> bool {
        self.member.tokens.iter().any(|token| names.contains(&token.as_str()))
    }

    fn is_of_parameter(&self) -> bool {
        self.outer.iter().any(|outer| outer.get("in").is_some()) || self.is_below(&["headers"])
    }

    /// Returns `true` if the schemas in the member, or the one that requires members, describe what is in a value.
    fn describes_members(&self) -> bool {
        let says = |schema: &Value| {
            ["properties", "$ref", "allOf", "items"].iter().any(|key| schema.get(key).is_some())
        };
        match self.value() {
            Value::String(_) => says(&self.outer[1]),
            Value::Array(_) if self.name() == "required" => says(self.owner()),
            Value::Array(schemas) => schemas.iter().any(says),
            schema => says(schema),
        }
    }

    /// Returns `true` for an item of an array of schemas if another one has the same type.
    fn repeats_a_type(&self) -> bool {
        let schemas = self.owner().as_array().into_iter().flatten();
        schemas.filter(|schema| schema["type"] == self.value()["type"]).count() > 1
    }

    fn is_of_other_type(&self) -> bool {
        let needed = if self.name() == "items" { "array" } else { "object" };
        self.owner().get("type").is_some_and(|ty| ty != needed)
    }

    /// Returns `true` if the schemas in the member allow any value.
    fn is_any(&self) -> bool {
        match self.value() {
            Value::Array(schemas) => schemas.iter().all(allows_all),
            schema => allows_all(schema),
        }
    }

    /// Returns `true` for a part of a body, part of a form or event that is neither JSON nor a form itself.
    fn is_of_bytes_or_text(&self) -> bool {
        let of_body = self.member.tokens.iter().skip_while(|token| *token != "content").nth(1);
        let is_read =
            |media_type: &String| ["json", "urlencoded"].iter().any(|part| media_type.contains(part));
        of_body.is_some_and(|media_type| !is_read(media_type))
    }
}

/// Returns `true` for a schema without keywords that say something about values.
fn allows_all(schema: &Value) -> bool {
    let Some(members) = schema.as_object() else { return schema.as_bool() == Some(true) };
    members.iter().all(|(key, value)| match key.as_str() {
        "allOf" => value.as_array().is_some_and(|parts| parts.iter().all(allows_all)),
        key => ["description", "title", "example"].contains(&key) || key.starts_with("x-"),
    })
}

/// An exception as its position in the list, and the kind that applies.
pub(crate) type ExceptionUse = (usize, &'static str);

/// Returns the exceptions for a member without effect, or those for all that it contains; empty if there are none.
pub(crate) fn exceptions(root: &Value, member: &Member, all: &[Member]) -> Vec<ExceptionUse> {
    let own = own_exceptions(root, member);
    if !own.is_empty() {
        return own;
    }
    let inner = all.iter().filter(|inner| inner.is_directly_inside(member));
    let of_inner: Vec<Vec<ExceptionUse>> = inner.map(|inner| exceptions(root, inner, all)).collect();
    if of_inner.iter().any(Vec::is_empty) { Vec::new() } else { of_inner.concat() }
}

/// Returns the exceptions for a member, apart from those for all that it contains.
pub(crate) fn own_exceptions(root: &Value, member: &Member) -> Vec<ExceptionUse> {
    let mut root = root.clone();
    let outer = (0..member.tokens.len()).rev().map(|end| at(&mut root, &member.tokens[..end]).clone());
    let around = Surroundings { outer: outer.collect(), member };
    let is_it = |kind: &str| match kind {
        "*" => true,
        "*.x-*" => member.kind.contains(".x-"),
        kind => kind == member.kind,
    };
    let applying = EXCEPTIONS.iter().enumerate().filter_map(|(index, exception)| {
        let kind = exception.kinds.iter().find(|kind| is_it(kind))?;
        (exception.when)(&around).then_some((index, *kind))
    });
    applying.collect()
}

/// Returns the exceptions that are not among the used ones.
pub(crate) fn unused(used: &BTreeSet<ExceptionUse>) -> Vec<String> {
    let mut unused = Vec::new();
    for (index, exception) in EXCEPTIONS.iter().enumerate() {
        let kinds = exception.kinds.iter().filter(|kind| !used.contains(&(index, **kind)));
        unused.extend(kinds.map(|kind| format!("`{kind}`, since {}", exception.reason)));
    }
    unused
}
