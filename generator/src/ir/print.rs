//! Prints the model as lines of text for people and tests.

mod bodies;
mod encodings;
mod pagination;

use std::fmt::Write;

pub(crate) use encodings::{encoding_text, usual_style};

use super::{
    Alternative, Api, Docs, Field, Header, Location, OAuthFlow, OAuthGrant, Operation, OperationId,
    Parameter, Payload, Response, Scalar, Security, SecurityKind, Server, Shape, StatusRange, Style, TypeDef,
    TypeId, TypeRef, Usage, Value,
};

/// Prints the whole model: servers, security schemes, managers with their operations, types.
#[must_use]
pub fn api(api: &Api) -> String {
    let mut out = String::new();
    for server in &api.servers {
        line(&mut out, 0, &format!("server {}", server_text(server)));
    }
    for scheme in &api.security_schemes {
        line(&mut out, 0, &format!("security {} {}", scheme.name.wire, scheme_kind(&scheme.kind)));
        scheme.flows.iter().for_each(|flow| line(&mut out, 1, &flow_text(flow)));
    }
    for manager in &api.managers {
        let names = manager.operations.iter().map(|id| api.operations[*id].name.snake());
        let names: Vec<String> = names.collect();
        let (name, wire, names) = (manager.name.snake(), &manager.name.wire, names.join(", "));
        line(&mut out, 0, &format!("manager {name} ({wire}): {names}"));
        if let Some(summary) = &manager.summary {
            line(&mut out, 1, &format!("summary {:?}", summary.as_written()));
        }
        if let Some(parent) = &manager.parent {
            line(&mut out, 1, &format!("part of {parent:?}"));
        }
        docs(&mut out, 1, &manager.docs);
    }
    for id in api.operations.ids() {
        out.push_str(&operation(api, id));
    }
    for id in api.types.ids() {
        out.push_str(&type_def(api, id));
    }
    out
}

/// Prints one operation: its arguments, in the order of the documentation, and its responses.
#[must_use]
pub fn operation(api: &Api, id: OperationId) -> String {
    let operation = &api.operations[id];
    let mut out = String::new();
    let deprecated = if operation.deprecated { " deprecated" } else { "" };
    let head = format!(
        "operation {} = {} {}{deprecated}",
        operation.name.snake(),
        operation.method,
        operation.template(),
    );
    line(&mut out, 0, &head);
    if operation.name.wire != operation.name.snake() {
        line(&mut out, 1, &format!("id {}", operation.name.wire));
    }
    docs(&mut out, 1, &operation.docs);
    if let Some(url) = &operation.reference_url {
        line(&mut out, 1, &format!("see {url}"));
    }
    for server in &operation.servers {
        line(&mut out, 1, &format!("server {}", server_text(server)));
    }
    for parameter in &operation.parameters {
        self::parameter(api, &mut out, parameter);
    }
    if let Some(body) = &operation.body {
        bodies::body(api, &mut out, body);
    }
    results(api, &mut out, operation);
    out
}

fn results(api: &Api, out: &mut String, operation: &Operation) {
    for Response { status, payload, alternatives, headers, docs, .. } in &operation.responses {
        line(out, 1, &format!("returns {} {}", status_text(*status), payload_text(api, payload)));
        for Alternative { name, payload, .. } in alternatives {
            let text = format!("or {} ({}) {}", name.snake(), name.wire, payload_text(api, payload));
            line(out, 2, &text);
        }
        self::headers(api, out, headers);
        self::docs(out, 2, docs);
    }
    for error in &operation.errors {
        line(out, 1, &format!("fails {} {}", status_text(error.status), payload_text(api, &error.payload)));
        self::headers(api, out, &error.headers);
    }
    if let Some(header) = &operation.idempotency_key {
        line(out, 1, &format!("idempotency key in {header}"));
    }
    if let Some(pagination) = &operation.pagination {
        line(out, 1, &format!("pages {}", pagination::text(api, pagination)));
    }
    line(out, 1, &format!("security {}", security_text(api, &operation.security)));
}

fn headers(api: &Api, out: &mut String, headers: &[Header]) {
    for header in headers {
        let encoding = encoding_text(&header.encoding, Style::Simple);
        let deprecated = if header.deprecated { " deprecated" } else { "" };
        let ty = type_ref(api, &header.ty);
        line(out, 2, &format!("header {}: {ty}{encoding}{deprecated}", member_name(&header.name)));
    }
}

/// Prints one type: its members, values or variants.
#[must_use]
pub fn type_def(api: &Api, id: TypeId) -> String {
    let ty = &api.types[id];
    let mut out = String::new();
    line(&mut out, 0, &head(ty));
    docs(&mut out, 1, &ty.docs);
    match &ty.shape {
        Shape::Struct { fields, additional } => {
            for field in fields {
                line(&mut out, 1, &field_text(api, field));
                docs(&mut out, 2, &field.docs);
            }
            if let Some(additional) = additional {
                line(&mut out, 1, &format!("*: {}", type_ref(api, &additional.ty)));
                docs(&mut out, 2, &additional.docs);
            }
        }
        Shape::StringEnum(variants) => {
            for variant in variants {
                line(&mut out, 1, &format!("{} = {:?}", variant.name.pascal(), variant.value));
                docs(&mut out, 2, &variant.docs);
            }
        }
        Shape::IntegerEnum(variants) => {
            for variant in variants {
                line(&mut out, 1, &format!("{} = {}", variant.name.pascal(), variant.value));
                docs(&mut out, 2, &variant.docs);
            }
        }
        Shape::ValueEnum(variants) => {
            for variant in variants {
                line(&mut out, 1, &format!("{} = {}", variant.name.pascal(), variant.value));
                docs(&mut out, 2, &variant.docs);
            }
        }
        Shape::Union(union) => {
            for variant in &union.variants {
                let boxed = if variant.indirect { " boxed" } else { "" };
                let tags =
                    if variant.tags.is_empty() { String::new() } else { format!(" when {:?}", variant.tags) };
                let default = if variant.is_default { " default" } else { "" };
                let text = format!(
                    "{}({}){tags}{default}{boxed}",
                    variant.name.pascal(),
                    type_ref(api, &variant.ty)
                );
                line(&mut out, 1, &text);
                for webhook in &variant.webhooks {
                    let values = &webhook.header_values;
                    let when = if values.is_empty() { String::new() } else { format!(" by {values:?}") };
                    line(&mut out, 2, &format!("webhook {}{when}", webhook.name));
                    docs(&mut out, 3, &webhook.docs);
                }
            }
        }
        Shape::Alias(inner) => line(&mut out, 1, &type_ref(api, inner)),
    }
    out
}

fn head(ty: &TypeDef) -> String {
    let shape = match &ty.shape {
        Shape::Struct { .. } => "struct".to_owned(),
        Shape::StringEnum(_) => "enum of strings".to_owned(),
        Shape::IntegerEnum(_) => "enum of integers".to_owned(),
        Shape::ValueEnum(_) => "enum of values".to_owned(),
        Shape::Union(union) => {
            let header = union.webhooks.as_ref().and_then(|webhooks| webhooks.header.as_ref());
            let header = header.map(|header| format!("header `{header}`, then ")).unwrap_or_default();
            let of = union.content.as_ref().map(|content| format!(" of `{content}`")).unwrap_or_default();
            match &union.tag {
                Some(tag) => format!("union{of} by {header}`{tag}`"),
                None => format!("union{of} by {header}shape"),
            }
        }
        Shape::Alias(_) => "alias".to_owned(),
    };
    let usage = match ty.usage {
        Usage { request: true, response: true } => ", both ways",
        Usage { request: true, response: false } => ", request",
        Usage { request: false, response: true } => ", response",
        Usage { request: false, response: false } => "",
    };
    let deprecated = if ty.deprecated { " deprecated" } else { "" };
    format!("type {}: {shape} (family {}{usage}){deprecated}", ty.name.pascal(), ty.family.snake())
}

fn parameter(api: &Api, out: &mut String, parameter: &Parameter) {
    let location = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let mut text = format!("{location} {}", member_name(&parameter.name));
    if parameter.required {
        text.push('*');
    }
    let encoding = encoding_text(&parameter.encoding, usual_style(parameter.location));
    let _ = write!(text, ": {}{encoding}", type_ref(api, &parameter.ty));
    values(&mut text, parameter.default.as_ref(), parameter.example.as_ref());
    if let Some(constant) = &parameter.constant {
        let _ = write!(text, " sent {constant}");
    }
    if parameter.deprecated {
        text.push_str(" deprecated");
    }
    line(out, 1, &text);
    docs(out, 2, &parameter.docs);
}

fn field_text(api: &Api, field: &Field) -> String {
    let required = if field.required { "*" } else { "" };
    let mut text = format!("{}{required}: {}", member_name(&field.name), type_ref(api, &field.ty));
    values(&mut text, field.default.as_ref(), field.example.as_ref());
    if let Some(preset) = &field.preset {
        let _ = write!(text, " preset {preset:?}");
    }
    let Field { indirect, read_only, write_only, deprecated, secret, .. } = *field;
    let facts = [" boxed", " read-only", " write-only", " deprecated", " secret"];
    let holds = [indirect, read_only, write_only, deprecated, secret];
    text.extend(facts.iter().zip(holds).filter_map(|(fact, holds)| holds.then_some(*fact)));
    text
}

fn values(text: &mut String, default: Option<&Value>, example: Option<&Value>) {
    if let Some(default) = default {
        let _ = write!(text, " = {default}");
    }
    if let Some(example) = example {
        let _ = write!(text, " e.g. {example}");
    }
}

/// Prints the wire name, and the words if they differ.
fn member_name(name: &crate::name::Name) -> String {
    if name.snake() == name.wire { name.wire.clone() } else { format!("{:?} ({})", name.wire, name.snake()) }
}

/// Prints a reference to a type.
#[must_use]
pub fn type_ref(api: &Api, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Scalar(scalar) => scalar_text(*scalar).to_owned(),
        TypeRef::List(inner) => format!("list<{}>", type_ref(api, inner)),
        TypeRef::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| type_ref(api, item)).collect();
            format!("tuple<{}>", items.join(", "))
        }
        TypeRef::Map(inner) => format!("map<{}>", type_ref(api, inner)),
        TypeRef::Nullable(inner) => format!("{}?", type_ref(api, inner)),
        TypeRef::Def(id) => api.types[*id].name.pascal(),
        TypeRef::Any => "any".to_owned(),
    }
}

fn scalar_text(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "string",
        Scalar::Boolean => "boolean",
        Scalar::Int32 => "int32",
        Scalar::Int64 => "int64",
        Scalar::UInt32 => "uint32",
        Scalar::UInt64 => "uint64",
        Scalar::Float => "float",
        Scalar::Number => "number",
        Scalar::DateTime => "date-time",
        Scalar::Date => "date",
        Scalar::Base64 => "base64",
        Scalar::Base64Url => "base64url",
    }
}

fn payload_text(api: &Api, payload: &Payload) -> String {
    match payload {
        Payload::Empty => "nothing".to_owned(),
        Payload::Json(ty) => type_ref(api, ty),
        Payload::Text => "text".to_owned(),
        Payload::Binary => "bytes".to_owned(),
        Payload::Location => "location".to_owned(),
        Payload::JsonLines(ty) => format!("lines of {}", type_ref(api, ty)),
        Payload::Results(ty) => format!("results of {}", type_ref(api, ty)),
        Payload::Events(ty) => format!("events of {}", type_ref(api, ty)),
    }
}

fn status_text(status: StatusRange) -> String {
    match status {
        StatusRange::Exact(code) => code.to_string(),
        StatusRange::Class(class) => format!("{class}XX"),
        StatusRange::Default => "default".to_owned(),
    }
}

/// Formats the credentials that a call needs.
pub(crate) fn security_text(api: &Api, security: &Security) -> String {
    if security.alternatives.is_empty() {
        return "none".to_owned();
    }
    let one = |uses: &Vec<super::SchemeUse>| {
        if uses.is_empty() {
            return "nothing".to_owned();
        }
        let names = uses.iter().map(|scheme| {
            let name =
                api.security_schemes.get(scheme.scheme).map_or("?", |scheme| scheme.name.wire.as_str());
            if scheme.scopes.is_empty() {
                name.to_owned()
            } else {
                format!("{name}[{}]", scheme.scopes.join(" "))
            }
        });
        names.collect::<Vec<_>>().join(" and ")
    };
    security.alternatives.iter().map(one).collect::<Vec<_>>().join(" or ")
}

/// Formats the kind of credential that a scheme needs.
pub(crate) fn scheme_kind(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::Bearer => "bearer".to_owned(),
        SecurityKind::Basic => "basic".to_owned(),
        SecurityKind::HeaderKey(name) => format!("header {name}"),
        SecurityKind::QueryKey(name) => format!("query {name}"),
        SecurityKind::CookieKey(name) => format!("cookie {name}"),
        SecurityKind::Other(what) => format!("other ({what})"),
    }
}

/// Formats a flow of OAuth 2.0.
fn flow_text(flow: &OAuthFlow) -> String {
    let grant = OAuthGrant::KEYS.iter().find(|(grant, _)| *grant == flow.grant);
    let urls = flow
        .authorization_url
        .iter()
        .chain(&flow.token_url)
        .chain(&flow.refresh_url)
        .map(|url| format!(" {url}"));
    let scopes: Vec<&str> = flow.scopes.iter().map(|(scope, _)| scope.as_str()).collect();
    let grant = grant.map_or("", |(_, key)| key);
    format!("flow {grant}{} [{}]", urls.collect::<String>(), scopes.join(", "))
}

/// Formats a server with its variables.
pub(crate) fn server_text(server: &Server) -> String {
    let variables = server.variables.iter().map(|variable| {
        let allowed =
            if variable.allowed.is_empty() { String::new() } else { format!(" of {:?}", variable.allowed) };
        format!(" {}={:?}{allowed}", variable.name.wire, variable.default)
    });
    format!("{}{}", server.url, variables.collect::<String>())
}

/// Prints the title and the first line of the description.
fn docs(out: &mut String, depth: usize, docs: &Docs) {
    if let Some(title) = &docs.title {
        line(out, depth, &format!("# {}", first_line(title.as_written())));
    }
    if let Some(description) = &docs.description {
        line(out, depth, &format!("/// {}", first_line(description.as_written())));
    }
}

fn first_line(text: &str) -> &str {
    text.trim().lines().next().unwrap_or_default()
}

fn line(out: &mut String, depth: usize, text: &str) {
    for _ in 0..depth {
        out.push_str("  ");
    }
    out.push_str(text.trim_end());
    out.push('\n');
}
