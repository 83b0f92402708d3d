//! Lowers a parameter that is the whole query string (OpenAPI 3.2.0 section 4.12.2).

use std::rc::Rc;

use crate::diagnostic::Code;
use crate::ir::{FormField, Location, Parameter};
use crate::lower::Lowering;
use crate::lower::bodies::media::{MediaKind, kind};
use crate::lower::bodies::media_types::BodyForm;
use crate::lower::names::type_names::Owner;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Returns the members of the query string as query parameters, if it is a form.
    pub(super) fn query_string(&mut self, pointer: &Pointer, owner: &Rc<Owner>) -> Vec<Parameter> {
        let required = self.spec.node(pointer).and_then(|node| node.get("required"));
        let is_required = required.is_some_and(|required| required.as_bool() == Some(true));
        let content = self.spec.media_types(pointer, self.diagnostics);
        let form = content.into_iter().find(|(media_type, _)| kind(media_type) == MediaKind::Form);
        let fields = form.and_then(|(media_type, place)| {
            let schema = self.spec.schema_of(&place);
            let form = BodyForm { media_type, place, schema, kind: MediaKind::Form, released: None };
            self.members_of_form(&form, owner)
        });
        let Some(fields) = fields else {
            self.warn(
                Code::Unsupported,
                pointer,
                "a query string that is not a form with members is left out",
                "describe it as `application/x-www-form-urlencoded` with a schema, or as query parameters",
            );
            return Vec::new();
        };
        fields.into_iter().map(|field| query_parameter(field, is_required)).collect()
    }
}

fn query_parameter(FormField { field, encoding }: FormField, is_required: bool) -> Parameter {
    Parameter {
        name: field.name,
        origin: field.origin,
        location: Location::Query,
        encoding,
        required: is_required && field.required,
        ty: field.ty,
        constant: None,
        default: field.default,
        example: field.example,
        docs: field.docs,
        deprecated: field.deprecated,
    }
}
