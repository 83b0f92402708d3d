//! Lowers a parameter that is the whole query string (OpenAPI 3.2.0 section 4.12.2).

use std::rc::Rc;

use crate::diagnostic::Code;
use crate::ir::{Docs, FormField, Location, Parameter, ParameterEncoding};
use crate::lower::Lowering;
use crate::lower::bodies::media::{MediaKind, kind};
use crate::lower::bodies::media_types::BodyForm;
use crate::lower::names::type_names::Owner;
use crate::name::Name;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Returns the members of the query string as query parameters if it is a form, or one parameter if it is JSON.
    pub(super) fn query_string(&mut self, pointer: &Pointer, owner: &Rc<Owner>) -> Vec<Parameter> {
        let required = self.spec.node(pointer).and_then(|node| node.get("required"));
        let is_required = required.is_some_and(|required| required.as_bool() == Some(true));
        let content = self.spec.media_types(pointer, self.diagnostics);
        if let Some((_, place)) = content.iter().find(|(media_type, _)| kind(media_type).carries_json()) {
            return vec![self.json_query(pointer, place, is_required, owner)];
        }
        let form = content.into_iter().find(|(media_type, _)| kind(media_type) == MediaKind::Form);
        let fields = form.and_then(|(media_type, place)| {
            let schema = self.spec.schema_of(&place);
            let form = BodyForm::new(media_type, place, schema, MediaKind::Form);
            self.members_of_form(&form, owner)
        });
        let Some(fields) = fields else {
            self.warn(
                Code::Unsupported,
                pointer,
                "a query string that is neither a form with members nor JSON is left out",
                "describe it as `application/x-www-form-urlencoded` with a schema, or as query parameters",
            );
            return Vec::new();
        };
        fields.into_iter().map(|field| query_parameter(field, is_required)).collect()
    }

    fn json_query(
        &mut self,
        pointer: &Pointer,
        content: &Pointer,
        required: bool,
        owner: &Rc<Owner>,
    ) -> Parameter {
        let text = |key: &str| Some(self.spec.node(pointer)?.get(key)?.as_str()?.to_owned());
        let (name, description) = (text("name").unwrap_or_else(|| "query".to_owned()), text("description"));
        let deprecated = self.spec.node(pointer).and_then(|node| node.get("deprecated"));
        let is_deprecated = deprecated.is_some_and(|deprecated| deprecated.as_bool() == Some(true));
        let schema = self.spec.schema_of(content);
        let naming = self.parameter_naming(pointer, owner, &name);
        let ty = self.type_of_optional(schema.as_ref(), &naming);
        let annotations = schema.as_ref().map(|schema| self.annotations(schema)).unwrap_or_default();
        let example = self.spec.example(pointer, self.diagnostics);
        let example =
            example.or_else(|| self.spec.example(content, self.diagnostics)).or(annotations.example);
        let mut name = Name::new(name);
        if let Some(words) = self.overrides.member(pointer) {
            name.give(words);
        }
        Parameter {
            name,
            origin: pointer.clone(),
            location: Location::Query,
            encoding: ParameterEncoding::JsonQuery,
            required,
            ty,
            constant: None,
            default: annotations.default,
            example,
            docs: Docs {
                title: None,
                description: description.map(Into::into).or(annotations.docs.description),
            },
            deprecated: is_deprecated || annotations.deprecated,
        }
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
