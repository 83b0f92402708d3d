//! Spells the public items that a listing promises, in the form in which `emitted` reads them.

use std::collections::BTreeSet;

use sdk_generator::Listing;
use sdk_generator::listing::{
    ClientEntry, FlowEntry, ManagerEntry, MemberEntry, OperationEntry, RustType, TypeEntry, TypeKind,
};

/// Returns a line for each public item of a listing.
pub(crate) fn items(listing: &Listing) -> BTreeSet<String> {
    let mut items = Items::default();
    items.client(&listing.client);
    for feature in listing.features.iter().chain(listing.managers.iter().map(|manager| &manager.feature)) {
        items.add(format!("feature {feature}"));
    }
    for export in &listing.exports {
        items.add(format!("export {}{}", export.name, gate(export.feature.as_deref())));
    }
    items.add("mod managers");
    items.add("mod types");
    for FlowEntry { ty, name, .. } in listing.schemes.iter().flat_map(|scheme| &scheme.flows) {
        items.flow(ty, name);
    }
    for manager in &listing.managers {
        items.manager(&listing.client.name, manager);
    }
    for operation in &listing.operations {
        let manager = listing.managers.iter().find(|manager| manager.accessor == operation.manager);
        items.operation(manager.expect("an operation has a manager"), operation);
    }
    listing.types.iter().for_each(|ty| items.ty(ty));
    items.lines
}

#[derive(Default)]
struct Items {
    lines: BTreeSet<String>,
}

impl Items {
    fn add(&mut self, line: impl Into<String>) {
        self.lines.insert(line.into());
    }

    fn client(&mut self, client: &ClientEntry) {
        let ClientEntry { name, takes_credential } = client;
        let credential = if *takes_credential { "credential" } else { "" };
        for line in [
            format!("use {name}"),
            format!("use {name}Builder"),
            name.clone(),
            format!("{name}: Clone"),
            format!("{name}: Debug"),
            format!("{name}: From<Client>"),
            format!("{name}: AsRef<Client>"),
            format!("type {name}Builder = ClientBuilder<{name}>"),
            format!("{name}::new({credential}) -> Self{}", gate(Some("reqwest"))),
            format!("{name}::builder() -> {name}Builder"),
            format!("{name}::request(method, path) -> CustomRequest"),
            format!("{name}::with_credential(credential) -> Self"),
            format!("{name}::with_options(change) -> Self"),
        ] {
            self.add(line);
        }
        if !takes_credential {
            self.add(format!("{name}: Default"));
        }
    }

    fn flow(&mut self, ty: &str, name: &str) {
        self.add("mod oauth");
        for line in [ty.to_owned(), format!("{ty}: Clone"), format!("{ty}: Copy"), format!("{ty}: Debug")] {
            self.add(format!("oauth::{line}"));
        }
        let returns = match name {
            "authorization_code" => "AuthorizationCode",
            _ => "ClientCredentials",
        };
        self.add(format!("oauth::{ty}::{name}(configure) -> {returns}"));
    }

    fn manager(&mut self, client: &str, manager: &ManagerEntry) {
        let ManagerEntry { accessor, module, ty, .. } = manager;
        let gate = gate(Some(&manager.feature));
        self.add(format!("{client}::{accessor}() -> {ty}{gate}"));
        self.add(format!("managers::mod {module}{gate}"));
        for line in [ty.clone(), format!("{ty}: Clone"), format!("{ty}: Debug")] {
            self.add(format!("managers::{module}::{line}"));
        }
    }

    fn operation(&mut self, manager: &ManagerEntry, operation: &OperationEntry) {
        let scope = format!("managers::{}::", manager.module);
        let OperationEntry { method, builder, .. } = operation;
        let required: Vec<_> = operation.arguments.iter().filter(|argument| argument.required).collect();
        let names: Vec<&str> = match &operation.bundle {
            Some(_) => vec!["arguments"],
            None => required.iter().map(|argument| argument.name.as_str()).collect(),
        };
        let deprecated = mark(operation.deprecated);
        self.add(format!("{scope}{}::{method}({}) -> {builder}{deprecated}", manager.ty, names.join(", ")));
        self.add(format!("{scope}{builder}"));
        self.add(format!("{scope}{builder}: Debug"));
        if operation.is_clone {
            self.add(format!("{scope}{builder}: Clone"));
        }
        self.add(format!("{scope}builder!({builder} => {})", bare(&operation.returns)));
        if let Some(bundle) = &operation.bundle {
            self.add(format!("{scope}{bundle}"));
            self.add(format!("{scope}{bundle}: Debug"));
            if operation.is_clone {
                self.add(format!("{scope}{bundle}: Clone"));
            }
            for argument in &required {
                self.add(format!("{scope}{bundle}.{}: {}", argument.name, bare(&argument.ty)));
            }
        }
        for argument in operation.arguments.iter().filter(|argument| !argument.required) {
            let name = &argument.name;
            self.add(format!("{scope}{builder}::{name}({name}) -> Self"));
            if argument.has_null_setter {
                self.add(format!("{scope}{builder}::{}() -> Self", null_setter(name)));
            }
        }
        self.result(&scope, operation);
    }

    fn result(&mut self, scope: &str, operation: &OperationEntry) {
        let OperationEntry { builder, returns, .. } = operation;
        if let Some(item) = &operation.item {
            self.add(format!("{scope}pages!({builder} => {})", bare(item)));
        }
        for form in &operation.alternatives {
            self.add(format!("{scope}{builder}::{}() -> Call<{}>", form.name, bare(&form.ty)));
        }
        for header in &operation.headers {
            let deprecated = mark(header.deprecated);
            self.add(format!("{scope}{builder}::{}: Header<{}>{deprecated}", header.name, bare(&header.ty)));
        }
        if !operation.statuses.is_empty() {
            let name = bare(returns);
            self.add(format!("{scope}{name}"));
            self.add(format!("{scope}{name}: Debug"));
            for status in &operation.statuses {
                let payload = status.ty.as_ref().map(|ty| format!("({})", bare(ty))).unwrap_or_default();
                self.add(format!("{scope}{name}::{}{payload}", status.name));
            }
        }
    }

    fn ty(&mut self, ty: &TypeEntry) {
        let name = &ty.name;
        for name in std::iter::once(name).chain(&ty.former) {
            self.add(format!("types::use {name}{}", gate(ty.feature.as_deref())));
        }
        for former in &ty.former {
            self.add(format!("types::type {former} = {name} (deprecated)"));
        }
        if let Some(target) = &ty.target {
            self.add(format!("types::type {name} = {}", bare(target)));
            return;
        }
        self.add(format!("types::{name}"));
        self.add(format!("types::{name}: Clone"));
        if ty.is_default {
            self.add(format!("types::{name}: Default"));
        }
        let of_macro = match ty.kind {
            TypeKind::Struct => return self.fields(ty),
            TypeKind::Enum => "string_enum",
            TypeKind::IntegerEnum => "integer_enum",
            TypeKind::ValueEnum => "value_enum",
            TypeKind::Union if ty.is_display => "scalar_union",
            TypeKind::Union => "union",
            TypeKind::Alias => unreachable!("an alias has a target"),
        };
        self.add(format!("types::{of_macro}!({name})"));
        self.add(format!("types::{name}: Debug"));
        let unknown = match ty.kind {
            TypeKind::Enum => "UnknownText",
            TypeKind::IntegerEnum => "UnknownInteger",
            _ => "UnknownJson",
        };
        self.add(format!("types::{name}::Unknown({unknown})"));
        for member in &ty.members {
            let payload = member.ty.as_ref().map(|ty| format!("({})", bare(ty))).unwrap_or_default();
            self.add(format!("types::{name}::{}{payload}", member.name));
        }
        if ty.is_webhook {
            self.add(format!("types::{name}::parse(headers, body) -> Result<Self, Error>"));
        }
        self.conversions(ty);
    }

    /// Adds the conversions into a union. Text also converts from a slice, and an integer from the type that literals
    /// have.
    fn conversions(&mut self, ty: &TypeEntry) {
        let payload = |member: &MemberEntry| {
            let ty = member.ty.as_ref().expect("a variant has a type");
            bare(ty.argument_of("Box").unwrap_or(ty))
        };
        let takes_literals = !ty.members.iter().any(|member| member.ty == Some(RustType::name("i32")));
        for member in ty.members.iter().filter(|member| member.has_from) {
            let payload = payload(member);
            let literal = match payload.as_str() {
                "String" => Some("&str"),
                "i64" if takes_literals => Some("i32"),
                _ => None,
            };
            for from in literal.into_iter().chain([payload.as_str()]) {
                self.add(format!("types::{}: From<{from}>", ty.name));
            }
        }
    }

    fn fields(&mut self, ty: &TypeEntry) {
        let scope = format!("types::{}", ty.name);
        self.add(format!("types::object!({})", ty.name));
        for member in &ty.members {
            let shown = member.ty.as_ref().map(bare).expect("a field has a type");
            self.add(format!("{scope}.{}: {shown}", member.name));
            if member.has_setter {
                self.add(format!("{scope}::{}({}) -> Self", member.name, member.name));
            }
            if member.has_null_setter {
                self.add(format!("{scope}::{}() -> Self", null_setter(&member.name)));
            }
        }
        if let Some(additional) = &ty.additional {
            self.add(format!("{scope}.additional: BTreeMap<String, {}>", bare(additional)));
            if ty.in_request {
                self.add(format!("{scope}::additional(additional) -> Self"));
            }
        }
        if let Some(constructor) = &ty.constructor {
            let name = |wire: &String| {
                let member = ty.members.iter().find(|member| member.wire == *wire);
                member.expect("an argument of `new` is a member").name.clone()
            };
            let names: Vec<String> = constructor.iter().map(name).collect();
            self.add(format!("{scope}::new({}) -> Self", names.join(", ")));
        }
    }
}

fn null_setter(name: &str) -> String {
    format!("{}_null", name.trim_end_matches('_'))
}

fn mark(deprecated: bool) -> &'static str {
    if deprecated { " (deprecated)" } else { "" }
}

fn gate(feature: Option<&str>) -> String {
    feature.map(|feature| format!(" (feature {feature})")).unwrap_or_default()
}

/// Formats a type without the path of `serde_json::Value`.
fn bare(ty: &RustType) -> String {
    ty.to_string().replace("serde_json::", "")
}
