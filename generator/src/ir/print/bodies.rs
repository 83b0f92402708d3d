//! Prints request bodies as lines of text.

use std::fmt::Write;

use super::{encoding_text, field_text, line, member_name, type_ref};
use crate::ir::{Api, Body, BodyKind, FormField, ParameterEncoding, Style};

/// Prints the body of an operation, below its line.
pub(super) fn body(api: &Api, out: &mut String, body: &Body) {
    let needed = match (body.required, body.may_be_empty) {
        (true, _) => "*",
        (false, true) => "?",
        (false, false) => "",
    };
    let head = |what: &str| format!("body{needed} {} {what}", body.media_type);
    let mut fields = Vec::new();
    let what = match &body.kind {
        BodyKind::JsonFields(members) => {
            fields.extend(members.iter().map(|field| (field_text(api, field), &field.docs)));
            "of members".to_owned()
        }
        BodyKind::FormFields(members) => {
            for FormField { field, encoding } in members {
                let encoding = match encoding {
                    ParameterEncoding::Plain => String::new(),
                    ParameterEncoding::Json
                    | ParameterEncoding::JsonQuery
                    | ParameterEncoding::Style { .. } => {
                        encoding_text(encoding, Style::Matrix).to_lowercase()
                    }
                };
                fields.push((field_text(api, field) + &encoding, &field.docs));
            }
            "of members".to_owned()
        }
        BodyKind::Multipart(parts) => {
            for part in parts {
                let mut text = field_text(api, &part.field);
                if part.file {
                    text.push_str(" file");
                }
                if part.spread {
                    text.push_str(" spread");
                }
                if let Some(content_type) = &part.content_type {
                    let _ = write!(text, " as {content_type}");
                }
                fields.push((text, &part.field.docs));
                for header in &part.headers {
                    let ty = type_ref(api, &header.ty);
                    fields.push((format!("  header {}: {ty}", member_name(&header.name)), &header.docs));
                }
            }
            "of parts".to_owned()
        }
        BodyKind::Json(ty) => format!("{}: {}", body.name.snake(), type_ref(api, ty)),
        BodyKind::JsonLines(ty) => format!("{}: lines of {}", body.name.snake(), type_ref(api, ty)),
        BodyKind::Binary => format!("{}: bytes", body.name.snake()),
        BodyKind::Text => format!("{}: text", body.name.snake()),
    };
    line(out, 1, &head(&what));
    super::docs(out, 2, &body.docs);
    for (text, docs) in fields {
        line(out, 2, &text);
        super::docs(out, 3, docs);
    }
}
