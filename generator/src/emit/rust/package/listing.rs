//! Builds the listing of a package's public items.

use std::collections::BTreeMap;

use super::oauth::Constructor;
use super::{library, sending};
use crate::emit::rust::Rust;
use crate::emit::rust::operations::{Emitter, accept, alternatives, pagination, responses, statuses};
use crate::emit::rust::runtime::RUNTIME_FEATURES;
use crate::emit::rust::symbols::ManagerSymbols;
use crate::emit::rust::ty::is_option;
use crate::emit::rust::types::unions;
use crate::ir::print::{scheme_kind, security_text, server_text};
use crate::ir::{
    Argument, ArgumentSource, ArgumentValue, ErrorBody, ErrorResponse, Field, Operation, OperationId,
    Package, Response, SecurityScheme, Shape, TypeDef, TypeId, TypeRef,
};
use crate::listing::identity::{argument_key, kind, operation_keys, status_key};
use crate::listing::{
    AlternativeEntry, ArgumentEntry, ClientEntry, ErrorEntry, FACTS, FlowEntry, HeaderEntry, Listing,
    ManagerEntry, MemberEntry, OperationEntry, OperationKey, RustType, SchemeEntry, SettingEntry,
    StatusEntry, TypeEntry, paging,
};

impl Rust<'_> {
    /// Builds the listing of the package's public items.
    #[must_use]
    pub fn listing(&self) -> Listing {
        let package = &self.api.package;
        let features = self.type_features();
        let mut listing = Listing {
            generator: env!("CARGO_PKG_VERSION").to_owned(),
            facts: FACTS.iter().map(|fact| (*fact).to_owned()).collect(),
            package: package.name.clone(),
            version: package.version.clone(),
            client: ClientEntry {
                name: self.symbols.client.clone(),
                takes_credential: !self.api.security_schemes.is_empty(),
            },
            servers: self.api.servers.iter().map(server_text).collect(),
            schemes: self.api.security_schemes.iter().zip(&self.symbols.schemes).map(scheme).collect(),
            settings: settings(package),
            features: self.features(),
            kept: Vec::new(),
            exports: library::exports(self),
            managers: self.symbols.managers.iter().map(manager).collect(),
            operations: operation_keys(self.api)
                .into_iter()
                .map(|(id, key)| self.operation_entry(id, key))
                .collect(),
            types: self
                .api
                .types
                .iter()
                .map(|(id, def)| self.type_entry(id, def, features.get(&id).copied()))
                .collect(),
        };
        listing.schemes.sort_by(|one, other| one.name.cmp(&other.name));
        listing.managers.sort_by(|one, other| one.accessor.cmp(&other.accessor));
        listing.operations.sort_by(|one, other| one.key.cmp(&other.key));
        listing.types.sort_by(|one, other| (&one.key, &one.name).cmp(&(&other.key, &other.name)));
        listing
    }

    fn features(&self) -> Vec<String> {
        let of_extension = self.api.package.extension.iter().flat_map(|extension| &extension.features);
        let named = ["all", "default"].into_iter().chain(RUNTIME_FEATURES.iter().copied());
        let mut features: Vec<String> =
            named.chain(of_extension.map(|(name, _)| name.as_str())).map(str::to_owned).collect();
        features.sort();
        features.dedup();
        features
    }

    fn operation_entry(&self, id: OperationId, key: OperationKey) -> OperationEntry {
        let operation = &self.api.operations[id];
        let symbols = self.symbols.operation(id);
        let arguments = operation.arguments();
        let pages = operation.pagination.as_ref().filter(|_| pagination::has_pages(self, id));
        OperationEntry {
            key,
            manager: self.manager_of(id).accessor.clone(),
            method: symbols.method.clone(),
            builder: symbols.builder.clone(),
            is_clone: operation.is_clone(),
            deprecated: operation.deprecated,
            empty_body: sending::empty_body(operation),
            accepted: statuses::accepted(&operation.responses),
            bundle: Emitter::new(self, id).is_bundled().then(|| symbols.bundle()),
            arguments: arguments
                .iter()
                .zip(&symbols.arguments)
                .zip(&symbols.former_arguments)
                .map(|((argument, name), former)| self.argument_entry(operation, argument, name, former))
                .collect(),
            returns: shown(&responses::shown(self, id)),
            media_type: sending::media_type(operation),
            asks: accept::asked(operation),
            redirects: statuses::outside_success(&operation.responses),
            servers: operation.servers.iter().map(server_text).collect(),
            security: match operation.security.alternatives.is_empty() {
                true => String::new(),
                false => security_text(self.api, &operation.security),
            },
            statuses: self.statuses(operation),
            errors: self.errors(operation),
            item: pages.map(|pagination| self.listed(&pagination.item)),
            paging: pages.map(paging::words).unwrap_or_default(),
            alternatives: alternatives::shown(self, id)
                .into_iter()
                .zip(&symbols.alternatives)
                .map(|(form, name)| AlternativeEntry {
                    media_type: form.media_type,
                    name: name.clone(),
                    ty: shown(&form.ty),
                })
                .collect(),
            headers: operation
                .headers()
                .iter()
                .zip(&symbols.headers)
                .map(|(header, name)| HeaderEntry {
                    wire: header.name.wire.clone(),
                    name: name.clone(),
                    deprecated: header.deprecated,
                    ty: self.listed(&header.ty),
                })
                .collect(),
            former: symbols.former.clone(),
            origin: Some(operation.origin.clone()),
        }
    }

    fn errors(&self, operation: &Operation) -> Vec<ErrorEntry> {
        let entry = |error: &ErrorResponse| ErrorEntry {
            status: status_key(error.status),
            ty: responses::shown_payload(self, &error.payload).map(|ty| shown(&ty)),
        };
        operation.errors.iter().map(entry).collect()
    }

    fn statuses(&self, operation: &Operation) -> Vec<StatusEntry> {
        if responses::single(operation).is_some() {
            return Vec::new();
        }
        let entry = |response: &Response| StatusEntry {
            status: status_key(response.status),
            name: responses::status_name(response.status),
            ty: responses::shown_payload(self, &response.payload).map(|ty| {
                let ty = shown(&ty);
                if responses::is_boxed(&response.payload) { RustType::of("Box", ty) } else { ty }
            }),
        };
        operation.responses.iter().map(entry).collect()
    }

    fn argument_entry(
        &self,
        operation: &Operation,
        argument: &Argument<'_>,
        name: &str,
        former: &[String],
    ) -> ArgumentEntry {
        let (place, wire) = argument_key(operation, argument);
        let ty = match argument.value() {
            ArgumentValue::Typed(ty) if argument.required => self.listed(ty),
            ArgumentValue::Typed(ty) => self.listed(ty.non_null()),
            ArgumentValue::Upload => RustType::name("Upload"),
            ArgumentValue::Uploads => RustType::of("Vec", RustType::name("Upload")),
            ArgumentValue::JsonLines(ty) => RustType::of("JsonLinesBody", self.listed(ty)),
            ArgumentValue::NamedUploads => {
                let named = vec![RustType::name("String"), RustType::name("Upload")];
                RustType::of("Vec", RustType::Tuple(named))
            }
            ArgumentValue::Text => RustType::name("String"),
        };
        let has_null_setter = !argument.required
            && matches!(argument.source, ArgumentSource::Field(field) if matches!(field.ty, TypeRef::Nullable(_)));
        ArgumentEntry {
            place,
            wire,
            name: name.to_owned(),
            required: argument.required,
            has_null_setter,
            deprecated: argument.is_deprecated(),
            sent: argument.constant(),
            former: former.to_vec(),
            encoding: sending::form(self.api, argument),
            ty,
            origin: Some(argument.origin().clone()),
        }
    }

    fn type_entry(&self, id: TypeId, def: &TypeDef, feature: Option<&str>) -> TypeEntry {
        let symbols = self.symbols.ty(id);
        let mut entry = TypeEntry {
            key: self.symbols.documents.type_key(&def.origin),
            name: symbols.name.clone(),
            kind: kind(&def.shape),
            in_request: def.usage.request,
            in_response: def.usage.response,
            is_default: false,
            is_display: false,
            is_webhook: self.api.webhooks.contains(&id),
            deprecated: def.deprecated,
            tag: None,
            constructor: None,
            target: None,
            members: Vec::new(),
            additional: None,
            former: symbols.former.clone(),
            feature: feature.map(str::to_owned),
            origin: Some(def.origin.clone()),
        };
        let names = symbols.members.iter();
        match &def.shape {
            Shape::Struct { fields, additional } => {
                entry.is_default = fields.iter().all(|field| !field.required);
                let required =
                    fields.iter().filter(|field| field.is_asked_for()).map(|field| field.name.wire.clone());
                let required: Vec<String> = required.collect();
                entry.constructor = (def.usage.request && !entry.is_default).then_some(required);
                let field = |(field, name): (&Field, &String)| self.field_entry(def, field, name);
                entry.members = fields.iter().zip(names).map(field).collect();
                entry.additional = additional.as_ref().map(|additional| self.listed(&additional.ty));
            }
            Shape::StringEnum(variants) => {
                let values = variants.iter().map(|variant| variant.value.clone());
                entry.members = values.zip(names).map(value_entry).collect();
            }
            Shape::IntegerEnum(variants) => {
                let values = variants.iter().map(|variant| variant.value.to_string());
                entry.members = values.zip(names).map(value_entry).collect();
            }
            Shape::ValueEnum(variants) => {
                let values = variants.iter().map(|variant| variant.value.to_string());
                entry.members = values.zip(names).map(value_entry).collect();
            }
            Shape::Union(union) => {
                entry.tag.clone_from(&union.tag);
                entry.is_display = unions::is_scalar(self, union);
                let convertible = unions::convertible(self, union);
                let variants = union.variants.iter().zip(names).zip(convertible);
                entry.members = variants
                    .map(|((variant, name), has_from)| {
                        let ty = self.listed(&variant.ty);
                        let ty = if variant.indirect { RustType::of("Box", ty) } else { ty };
                        MemberEntry { has_from, ty: Some(ty), ..plain(variant.keys().join("|"), name) }
                    })
                    .collect();
            }
            Shape::Alias(target) => entry.target = Some(self.listed(target)),
        }
        entry
    }

    fn field_entry(&self, def: &TypeDef, field: &Field, name: &str) -> MemberEntry {
        let has_setter = def.usage.request && !field.is_asked_for() && !field.read_only;
        let inner = self.listed(field.ty.non_null());
        let inner = if field.indirect { RustType::of("Box", inner) } else { inner };
        let ty = if is_option(field) { RustType::of("Option", inner) } else { inner };
        MemberEntry {
            required: field.required,
            was_optional: field.was_optional,
            has_setter,
            has_null_setter: has_setter && matches!(field.ty, TypeRef::Nullable(_)),
            deprecated: field.deprecated,
            ty: Some(ty),
            origin: Some(field.origin.clone()),
            ..plain(field.name.wire.clone(), name)
        }
    }

    /// Returns the features that gate types.
    fn type_features(&self) -> BTreeMap<TypeId, &str> {
        let gated = self.symbols.type_files.iter().filter_map(|file| {
            let manager = &self.symbols.managers[file.manager?];
            Some(file.types.iter().map(|id| (*id, manager.feature.as_str())))
        });
        gated.flatten().collect()
    }

    fn listed(&self, ty: &TypeRef) -> RustType {
        match ty {
            TypeRef::List(item) => RustType::of("Vec", self.listed(item)),
            TypeRef::Tuple(items) => RustType::Tuple(items.iter().map(|item| self.listed(item)).collect()),
            TypeRef::Map(value) => {
                RustType::Generic("BTreeMap".to_owned(), vec![RustType::name("String"), self.listed(value)])
            }
            TypeRef::Nullable(inner) => RustType::of("Option", self.listed(inner)),
            TypeRef::Scalar(_) | TypeRef::Def(_) | TypeRef::Any => RustType::Name(self.shown(ty)),
        }
    }
}

/// Parses a type as rendered for pages.
fn shown(text: &str) -> RustType {
    RustType::parse(text).unwrap_or_else(|| RustType::name(text))
}

fn manager(symbols: &ManagerSymbols) -> ManagerEntry {
    ManagerEntry {
        accessor: symbols.accessor.clone(),
        module: symbols.module.clone(),
        ty: symbols.ty.clone(),
        feature: symbols.feature.clone(),
        former: symbols.former.clone(),
    }
}

/// Returns the settings that change what calls send, read or show.
fn settings(package: &Package) -> Vec<SettingEntry> {
    let ErrorBody { code, message, request_id, help_url, context, request_id_header } = &package.error_body;
    let errors = [
        ("code", code),
        ("message", message),
        ("request_id", request_id),
        ("help_url", help_url),
        ("context", context),
        ("request_id_header", request_id_header),
    ];
    let errors = errors.into_iter().filter_map(|(key, place)| Some(format!("{key}={}", place.as_ref()?)));
    let headers = package.agent_headers.iter().map(|(name, value)| format!("{name}: {value}"));
    let entry = |key: &str, values: Vec<String>| SettingEntry { key: key.to_owned(), values };
    vec![
        entry("user_agent", vec![package.user_agent.clone()]),
        entry("agent_headers", headers.collect()),
        entry("errors", errors.collect()),
        entry("secret_keys", package.secret_keys.clone()),
        entry("cross_origin_headers", package.cross_origin_headers.clone()),
    ]
}

fn scheme((scheme, ty): (&SecurityScheme, &String)) -> SchemeEntry {
    let flow = |constructor: Constructor<'_>| FlowEntry {
        ty: ty.clone(),
        name: constructor.name().to_owned(),
        urls: constructor.urls().into_iter().map(str::to_owned).collect(),
    };
    SchemeEntry {
        name: scheme.name.wire.clone(),
        kind: scheme_kind(&scheme.kind),
        flows: scheme.flows.iter().filter_map(Constructor::of).map(flow).collect(),
    }
}

fn value_entry((value, name): (String, &String)) -> MemberEntry {
    plain(value, name)
}

fn plain(wire: String, name: &str) -> MemberEntry {
    MemberEntry {
        wire,
        name: name.to_owned(),
        required: false,
        was_optional: false,
        has_setter: false,
        has_null_setter: false,
        has_from: false,
        deprecated: false,
        ty: None,
        origin: None,
    }
}
