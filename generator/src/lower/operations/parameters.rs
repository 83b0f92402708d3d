//! Lowers the parameters of a path item and an operation.

use std::collections::BTreeMap;
use std::rc::Rc;

use openapiv3::Parameter;

use super::Draft;
use super::ignored_headers::IgnoredHeader;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Loss};
use crate::ir::{self, Docs, Location, ParameterEncoding, Scalar, Style, TypeRef, Value};
use crate::lower::Lowering;
use crate::lower::bodies::encodings::{by_style, style_of_query};
use crate::lower::bodies::media::{MediaKind, kind};
use crate::lower::names::type_names::{Naming, Owner};
use crate::lower::paths::variables;
use crate::lower::schemas::value_kinds::ValueKind;
use crate::name::Name;
use crate::pointer::Pointer;
use crate::tree::Node;

impl Lowering<'_> {
    /// Returns the parameters of an operation: path parameters in the order of the path, then query, header, cookie.
    pub(in crate::lower) fn parameters(&mut self, draft: &Draft, owner: &Rc<Owner>) -> Vec<ir::Parameter> {
        let mut parameters: Vec<ir::Parameter> = Vec::new();
        for place in [&draft.path_item, &draft.pointer] {
            // An operation replaces parameters of its path, but a list does not have one twice.
            let mut here: BTreeMap<(Location, String), Pointer> = BTreeMap::new();
            for pointer in self.spec.parameters(place, self.diagnostics) {
                for parameter in self.parameters_of(&pointer, owner) {
                    let key = |parameter: &ir::Parameter| (parameter.location, parameter.name.wire.clone());
                    let before = here.insert(key(&parameter), pointer.clone());
                    if before.is_some_and(|before| before != pointer) {
                        self.warn(
                            Code::Malformed,
                            &pointer,
                            format!(
                                "the parameter `{}` is listed twice; this one counts",
                                parameter.name.wire
                            ),
                            "remove one of them, or give them different names",
                        );
                    }
                    match parameters.iter_mut().find(|known| key(known) == key(&parameter)) {
                        Some(known) => *known = parameter,
                        None => parameters.push(parameter),
                    }
                }
            }
        }
        self.report_two_queries(draft);
        self.match_path(draft, &mut parameters);
        for parameter in &mut parameters {
            if parameter.location == Location::Path && draft.spanning.contains(&parameter.name.wire) {
                keep_slashes(&mut parameter.encoding);
            }
        }
        parameters
    }

    /// Reports a whole query string beside single query parameters.
    fn report_two_queries(&mut self, draft: &Draft) {
        let places = [&draft.path_item, &draft.pointer];
        let places = places.map(|place| self.spec.parameters(place, &mut Diagnostics::default())).concat();
        let is_in = |place: &&Pointer, text: &str| {
            let location = self.spec.node(place).and_then(|node| node.get("in"));
            location.and_then(Node::as_str) == Some(text)
        };
        let whole = places.iter().find(|place| is_in(place, "querystring"));
        let Some(whole) = whole.filter(|_| places.iter().any(|place| is_in(&place, "query"))) else { return };
        let message = "a whole query string stands beside query parameters, which OpenAPI does not allow; both are sent";
        let help = "describe the parameters as members of the query string, or all of them with `in: query`";
        self.diagnostics.push(Diagnostic::warning(Code::Malformed, whole, message, help).with_loss(None));
    }

    /// Returns `true` if the path item or the operation has a path parameter of this name.
    pub(super) fn declares(&self, path_item: &Pointer, operation: &Pointer, name: &str) -> bool {
        let text = |place: &Pointer, key: &str| self.spec.node(place)?.get(key)?.as_str();
        let is_it = |place: &Pointer| text(place, "name") == Some(name) && text(place, "in") == Some("path");
        [path_item, operation]
            .into_iter()
            .any(|owner| self.spec.parameters(owner, &mut Diagnostics::default()).iter().any(is_it))
    }

    fn match_path(&mut self, draft: &Draft, parameters: &mut Vec<ir::Parameter>) {
        let variables = variables(&draft.path);
        self.rename_misspelt(&variables, parameters);
        let has_place = |parameter: &ir::Parameter| {
            parameter.location != Location::Path || variables.contains(&parameter.name.wire.as_str())
        };
        for parameter in parameters.iter().filter(|parameter| !has_place(parameter)) {
            self.diagnostics.push(without_place(parameter));
        }
        self.report_template(&draft.path_item, &draft.slips);
        parameters.retain(has_place);
        for variable in &variables {
            let declared = |parameter: &ir::Parameter| {
                parameter.location == Location::Path && parameter.name.wire == *variable
            };
            if !parameters.iter().any(declared) {
                parameters.push(self.undeclared(draft, variable));
            }
        }
        let place = |parameter: &ir::Parameter| {
            variables.iter().position(|variable| *variable == parameter.name.wire).unwrap_or(usize::MAX)
        };
        parameters.sort_by_key(|parameter| {
            let in_path = parameter.location == Location::Path;
            (parameter.location, if in_path { place(parameter) } else { 0 })
        });
    }

    /// Gives misspelt path parameters the names of the variables that they are meant for: those of the same words, and
    /// the only one that is left for the only variable.
    fn rename_misspelt(&mut self, variables: &[&str], parameters: &mut [ir::Parameter]) {
        let in_path = |parameter: &ir::Parameter| parameter.location == Location::Path;
        let named = |parameter: &ir::Parameter, name: &str| in_path(parameter) && parameter.name.wire == name;
        let is_free = |name: &&&str| !parameters.iter().any(|parameter| named(parameter, name));
        let mut free: Vec<&str> = variables.iter().filter(is_free).copied().collect();
        let unplaced = |parameter: &&mut ir::Parameter| {
            in_path(parameter) && !variables.contains(&parameter.name.wire.as_str())
        };
        let mut unplaced: Vec<&mut ir::Parameter> = parameters.iter_mut().filter(unplaced).collect();
        while let Some((one, other)) = pair(&free, &unplaced) {
            let (variable, parameter) = (free.remove(one), unplaced.remove(other));
            let message = format!(
                "the path has no variable `{{{}}}` for this parameter; it is used for `{{{variable}}}`",
                parameter.name.wire
            );
            let help = format!("name the parameter `{variable}`");
            let finding = Diagnostic::warning(Code::PathMismatch, &parameter.origin, message, help);
            self.diagnostics.push(finding.with_loss(None));
            parameter.name.wire = variable.to_owned();
        }
    }

    fn undeclared(&mut self, draft: &Draft, variable: &str) -> ir::Parameter {
        self.warn(
            Code::PathMismatch,
            &draft.pointer,
            format!("the path variable `{{{variable}}}` has no parameter; it accepts any text"),
            format!("add a parameter `{variable}` with `in: path`"),
        );
        ir::Parameter {
            name: Name::new(variable),
            origin: draft.pointer.clone(),
            location: Location::Path,
            encoding: ParameterEncoding::Style {
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
            },
            required: true,
            ty: TypeRef::Scalar(Scalar::String),
            constant: None,
            default: None,
            example: None,
            docs: Docs::default(),
            deprecated: false,
        }
    }

    /// Returns the parameters that one of the document stands for: several if it is a whole query string.
    fn parameters_of(&mut self, pointer: &Pointer, owner: &Rc<Owner>) -> Vec<ir::Parameter> {
        let location = self.spec.node(pointer).and_then(|node| node.get("in")).and_then(Node::as_str);
        if location == Some("querystring") {
            return self.query_string(pointer, owner);
        }
        self.parameter(pointer, owner).into_iter().collect()
    }

    fn parameter(&mut self, pointer: &Pointer, owner: &Rc<Owner>) -> Option<ir::Parameter> {
        let node = self.spec.parameter(pointer, self.diagnostics)?;
        let location = location(&node);
        let data = node.parameter_data_ref();
        if location == Location::Header && IgnoredHeader::of(&data.name).is_some() {
            return None;
        }
        let (schema, encoding) = self.parameter_schema(pointer, &node);
        if let Some(schema) = &schema {
            self.report_undefined(pointer, schema, &encoding);
            self.report_empty_value(pointer, &node, schema);
        }
        let required = data.required || location == Location::Path;
        let naming = self.parameter_naming(pointer, owner, &data.name);
        let annotations = schema.as_ref().map(|schema| self.annotations(schema)).unwrap_or_default();
        let constant = match &schema {
            Some(schema) if required => self.constant(schema, &naming),
            Some(_) | None => None,
        };
        let ty = match &schema {
            Some(schema) => self.type_of(schema, &naming),
            None => TypeRef::Scalar(Scalar::String),
        };
        let mut name = Name::new(data.name.as_str());
        let given = self.overrides.member(pointer).or_else(|| self.overrides.parameter(&data.name));
        if let Some(words) = given {
            name.give(words);
        }
        let example = self.spec.example(pointer, self.diagnostics);
        Some(ir::Parameter {
            name,
            origin: pointer.clone(),
            location,
            encoding,
            required,
            ty,
            constant,
            default: annotations.default,
            example: example.or(annotations.example),
            docs: Docs {
                title: None,
                description: data
                    .description
                    .clone()
                    .map(Into::into)
                    .or(annotations.docs.description)
                    .or(annotations.docs.title),
            },
            deprecated: data.deprecated.unwrap_or_default() || annotations.deprecated,
        })
    }

    /// Returns the schema of a parameter and the encoding of its value.
    fn parameter_schema(
        &mut self,
        pointer: &Pointer,
        node: &Parameter,
    ) -> (Option<Pointer>, ParameterEncoding) {
        if let Some(schema) = self.spec.schema_of(pointer) {
            return (Some(schema), self.encoding(pointer, node));
        }
        let content = self.spec.media_types(pointer, self.diagnostics);
        let Some((media_type, place)) = content.first() else { return (None, self.encoding(pointer, node)) };
        let schema = self.spec.schema_of(place);
        match kind(media_type) {
            MediaKind::Json | MediaKind::OtherJson => (schema, ParameterEncoding::Json),
            MediaKind::Text => (schema, ParameterEncoding::Plain),
            MediaKind::Form
            | MediaKind::Multipart
            | MediaKind::Events
            | MediaKind::Lines
            | MediaKind::Wildcard
            | MediaKind::Binary
            | MediaKind::StructuredText => {
                self.warn(
                    Code::Approximated,
                    place,
                    format!("a parameter cannot be encoded as `{media_type}`; it is sent as text"),
                    "use `schema` or `application/json`",
                );
                (None, ParameterEncoding::Plain)
            }
        }
    }

    /// Returns the encoding of a value by style. `openapiv3` knows `allowReserved` for the query only, as OpenAPI did
    /// before 3.2.
    fn encoding(&self, pointer: &Pointer, parameter: &Parameter) -> ParameterEncoding {
        let allows = |node: &Node| node.get("allowReserved").and_then(Node::as_bool) == Some(true);
        let reserved = self.spec.node(pointer).is_some_and(allows);
        let (style, reserved) = match parameter {
            Parameter::Path { style, .. } => (
                match style {
                    openapiv3::PathStyle::Matrix => Style::Matrix,
                    openapiv3::PathStyle::Label => Style::Label,
                    openapiv3::PathStyle::Simple => Style::Simple,
                },
                reserved,
            ),
            Parameter::Query { style, allow_reserved, parameter_data, .. } => {
                (style_of_query(style, &parameter_data.extensions), *allow_reserved)
            }
            Parameter::Header { .. } => (Style::Simple, false),
            Parameter::Cookie { .. } => (Style::Form, reserved),
        };
        by_style(style, parameter.parameter_data_ref().explode, reserved)
    }

    /// Reports that a parameter cannot be sent without a value, since its type has no empty text.
    fn report_empty_value(&mut self, place: &Pointer, parameter: &Parameter, schema: &Pointer) {
        let Parameter::Query { allow_empty_value: Some(true), .. } = parameter else { return };
        match self.surface(schema).kind {
            ValueKind::Scalar(Scalar::String) | ValueKind::StringEnum | ValueKind::ValueEnum => {}
            ValueKind::Scalar(_) | ValueKind::IntegerEnum => self.warn(
                Code::Approximated,
                &place.child("allowEmptyValue"),
                "the parameter cannot be sent with an empty value, which its type does not have",
                "describe it as a string if servers need the empty value",
            ),
            ValueKind::Null
            | ValueKind::Any
            | ValueKind::List
            | ValueKind::Map
            | ValueKind::Object
            | ValueKind::Union => {}
        }
    }

    /// Returns the naming of a parameter's inline types. If several operations refer to the parameter, they belong to
    /// it; if it is that of a path, to the path.
    pub(super) fn parameter_naming(&mut self, pointer: &Pointer, owner: &Rc<Owner>, name: &str) -> Naming {
        if !self.is_own(pointer) {
            return Naming::of(&self.natural_owner(pointer));
        }
        match self.current.as_slice() {
            [operation, path_item] if !operation.holds(pointer) => {
                let path_item = path_item.clone();
                Naming::of(&self.path_owner(&path_item, owner, name))
            }
            _ => Naming::part(owner, name),
        }
    }

    /// Returns the only value that a schema allows.
    fn constant(&mut self, schema: &Pointer, naming: &Naming) -> Option<Value> {
        let (_, flat) = self.meant(std::slice::from_ref(schema), naming)?;
        let [only] = flat.values.as_deref()? else { return None };
        (!only.value.is_null() && !flat.nullable).then(|| only.value.clone())
    }
}

fn location(parameter: &Parameter) -> Location {
    match parameter {
        Parameter::Path { .. } => Location::Path,
        Parameter::Query { .. } => Location::Query,
        Parameter::Header { .. } => Location::Header,
        Parameter::Cookie { .. } => Location::Cookie,
    }
}

/// Returns the places of a variable without a parameter and of the parameter that is meant for it.
fn pair(variables: &[&str], parameters: &[&mut ir::Parameter]) -> Option<(usize, usize)> {
    if let ([_], [_]) = (variables, parameters) {
        return Some((0, 0));
    }
    let plain = |name: &str| name.replace(['_', '-', '.', ' '], "").to_lowercase();
    let meant = |variable: &&str| {
        let mut names = parameters.iter().map(|parameter| plain(&parameter.name.wire));
        names.position(|name| name == plain(variable))
    };
    variables.iter().enumerate().find_map(|(index, variable)| Some((index, meant(variable)?)))
}

/// Reports a path parameter that the path does not contain.
fn without_place(parameter: &ir::Parameter) -> Diagnostic {
    let name = &parameter.name.wire;
    let help = format!("add `{{{name}}}` to the path, or fix the name or `in` of the parameter");
    let message = format!("the path has no variable `{{{name}}}` for this parameter; it is left out");
    Diagnostic::warning(Code::PathMismatch, &parameter.origin, message, help).with_loss(Some(Loss::LeftOut))
}

/// Keeps the slashes of a value, since it stands for several segments of a path.
fn keep_slashes(encoding: &mut ParameterEncoding) {
    if let ParameterEncoding::Style { allow_reserved, .. } = encoding {
        *allow_reserved = true;
    }
}
