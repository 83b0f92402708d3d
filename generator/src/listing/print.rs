//! Prints a listing as text, one line for each item.

use std::fmt::{Display, Write};

use super::{
    Accepted, ArgumentEntry, ArgumentPlace, FORMAT, KeptEntry, Listing, ManagerEntry, MemberEntry,
    OperationEntry, OperationKey, TypeEntry, TypeKind,
};
use crate::ir::Value;

impl Listing {
    /// Formats the package, then managers, operations and types. The order depends only on identities.
    #[must_use]
    pub fn print(&self) -> String {
        let mut printer = Printer::default();
        printer.line(0, "# Everything that users of this package can name, one line for each item.");
        printer.line(0, format_args!("format {FORMAT}"));
        printer.line(0, format_args!("generator {}", word(&self.generator)));
        let facts: String = self.facts.iter().map(|fact| format!(" {}", word(fact))).collect();
        printer.line(0, format_args!("facts{facts}"));
        printer.line(0, format_args!("package {} {}", word(&self.package), word(&self.version)));
        let credential = flags([(self.client.takes_credential, "credential")]);
        printer.line(0, format_args!("client {}{credential}", word(&self.client.name)));
        for server in &self.servers {
            printer.line(0, format_args!("server {}", word(server)));
        }
        for scheme in &self.schemes {
            printer.line(0, format_args!("scheme {} {}", word(&scheme.name), word(&scheme.kind)));
            for flow in &scheme.flows {
                let urls: String = flow.urls.iter().map(|url| format!(" {}", word(url))).collect();
                printer.line(2, format_args!("flow {}.{}{urls}", flow.ty, flow.name));
            }
        }
        for setting in &self.settings {
            let values: String = setting.values.iter().map(|value| format!(" {}", word(value))).collect();
            printer.line(0, format_args!("setting {}{values}", word(&setting.key)));
        }
        for feature in &self.features {
            printer.line(0, format_args!("feature {}", word(feature)));
        }
        for export in &self.exports {
            let feature = gate(export.feature.as_deref());
            printer
                .line(0, format_args!("export {}{}", word(&export.name), flags([(true, feature.as_str())])));
        }
        printer.text.push('\n');
        self.managers.iter().for_each(|manager| printer.manager(manager));
        printer.text.push('\n');
        self.operations.iter().for_each(|operation| printer.operation(operation));
        printer.text.push('\n');
        self.types.iter().for_each(|ty| printer.ty(ty));
        printer.text + &print_kept(&self.kept)
    }
}

/// Formats the last lines of a lock: the names and shapes that its release kept.
#[must_use]
pub fn print_kept(entries: &[KeptEntry]) -> String {
    let mut printer = Printer::default();
    if !entries.is_empty() {
        printer.text.push('\n');
    }
    for entry in entries {
        printer.line(0, format_args!("kept {} {}", word(&entry.at), word(&entry.text)));
    }
    printer.text
}

impl Display for OperationKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let fragment = if self.fragment.is_empty() { String::new() } else { format!("#{}", self.fragment) };
        write!(f, "{} {}", self.method, word(&format!("{}{fragment}", self.path)))?;
        if !self.form.is_empty() {
            write!(f, " ({})", word(&self.form))?;
        }
        if !self.variant.is_empty() {
            write!(f, " @{}", word(&self.variant))?;
        }
        Ok(())
    }
}

impl ArgumentPlace {
    /// Every place with its name in the text form.
    pub(super) const NAMES: &[(Self, &str)] = &[
        (Self::Path, "path"),
        (Self::Query, "query"),
        (Self::Header, "header"),
        (Self::Cookie, "cookie"),
        (Self::Body, "body"),
        (Self::WholeBody, "request_body"),
        (Self::FileName, "file_name"),
        (Self::ContentType, "content_type"),
        (Self::PartHeader, "part_header"),
    ];

    /// Returns the name in the text form, such as `query`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(place, _)| *place == self).map_or("", |(_, name)| name)
    }
}

impl Accepted {
    /// Every treatment with its name in the text form.
    pub(super) const NAMES: &[(Self, &str)] = &[(Self::Returned, "returned"), (Self::Awaited, "awaited")];

    /// Returns the name in the text form, such as `awaited`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(known, _)| *known == self).map_or("", |(_, name)| name)
    }
}

impl TypeKind {
    /// Every kind with its name in the text form.
    pub(super) const NAMES: &[(Self, &str)] = &[
        (Self::Struct, "struct"),
        (Self::Enum, "enum"),
        (Self::IntegerEnum, "integer_enum"),
        (Self::ValueEnum, "value_enum"),
        (Self::Union, "union"),
        (Self::Alias, "alias"),
    ];

    /// Returns the name in the text form, such as `struct`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

#[derive(Default)]
struct Printer {
    text: String,
}

impl Printer {
    fn line(&mut self, indent: usize, line: impl Display) {
        // Writing to a `String` cannot fail.
        let _ = writeln!(self.text, "{:indent$}{line}", "");
    }

    fn manager(&mut self, manager: &ManagerEntry) {
        let ManagerEntry { accessor, module, ty, feature, former } = manager;
        let names = [accessor, module, ty, feature].map(|name| word(name)).join(" ");
        self.line(0, format_args!("manager {names}"));
        for former in former {
            let names = [&former.accessor, &former.module, &former.ty, &former.feature];
            self.line(2, format_args!("was {}", names.map(|name| word(name)).join(" ")));
        }
    }

    fn operation(&mut self, operation: &OperationEntry) {
        let OperationEntry { key, manager, method, builder, returns, .. } = operation;
        let facts = flags([
            (operation.deprecated, "deprecated"),
            (operation.empty_body, "empty_body"),
            (true, &valued("accepted", operation.accepted.map(Accepted::as_str))),
        ]);
        let method = format!("{}.{}", word(manager), word(method));
        self.line(0, format_args!("{key}  {method} -> {returns}{facts}"));
        self.line(2, format_args!("builder {}{}", word(builder), flags([(operation.is_clone, "clone")])));
        for former in &operation.former {
            let (manager, method) = (word(&former.manager), word(&former.method));
            self.line(2, format_args!("was {manager}.{method} {}", word(&former.builder)));
        }
        if let Some(media_type) = &operation.media_type {
            self.line(2, format_args!("sends {}", word(media_type)));
        }
        for media_type in &operation.asks {
            self.line(2, format_args!("asks {}", word(media_type)));
        }
        for status in &operation.redirects {
            self.line(2, format_args!("redirect {status}"));
        }
        for server in &operation.servers {
            self.line(2, format_args!("server {}", word(server)));
        }
        if !operation.security.is_empty() {
            self.line(2, format_args!("security {}", word(&operation.security)));
        }
        if let Some(bundle) = &operation.bundle {
            self.line(2, format_args!("arguments {}", word(bundle)));
        }
        operation.arguments.iter().for_each(|argument| self.argument(argument));
        for status in &operation.statuses {
            let ty = status.ty.as_ref().map(|ty| format!(": {ty}")).unwrap_or_default();
            self.line(2, format_args!("status {} {}{ty}", word(&status.status), word(&status.name)));
        }
        for error in &operation.errors {
            let ty = error.ty.as_ref().map(|ty| format!(": {ty}")).unwrap_or_default();
            self.line(2, format_args!("error {}{ty}", word(&error.status)));
        }
        if let Some(item) = &operation.item {
            let paging: Vec<String> = operation.paging.iter().map(|part| word(part)).collect();
            self.line(2, format_args!("items: {item}{}", flags([(true, &paging.join(" "))])));
        }
        for form in &operation.alternatives {
            let (media_type, name) = (word(&form.media_type), word(&form.name));
            self.line(2, format_args!("form {media_type} {name}: {}", form.ty));
        }
        for header in &operation.headers {
            let deprecated = flags([(header.deprecated, "deprecated")]);
            let (wire, name) = (word(&header.wire), word(&header.name));
            self.line(2, format_args!("constant {wire} {name}: {}{deprecated}", header.ty));
        }
    }

    fn argument(&mut self, argument: &ArgumentEntry) {
        let ArgumentEntry { place, wire, name, required, ty, .. } = argument;
        let former: Vec<String> = argument.former.iter().map(|name| format!("was {}", word(name))).collect();
        let sent = argument.sent.as_deref().map(|text| format!("sends {}", word(text))).unwrap_or_default();
        let flags = flags([
            (argument.has_null_setter, "null"),
            (argument.deprecated, "deprecated"),
            (true, &sent),
            (true, &former.join(" ")),
            (true, &valued("encoding", argument.encoding.as_deref())),
        ]);
        let named = named(wire, name, *required);
        self.line(2, format_args!("{}:{named}: {ty}{flags}", place.as_str()));
    }

    fn ty(&mut self, ty: &TypeEntry) {
        let feature = gate(ty.feature.as_deref());
        let flags = flags([
            (ty.in_request, "request"),
            (ty.in_response, "response"),
            (ty.is_default, "default"),
            (ty.is_display, "display"),
            (ty.is_webhook, "webhook"),
            (ty.deprecated, "deprecated"),
            (true, &valued("tag", ty.tag.as_deref())),
            (ty.feature.is_some(), feature.as_str()),
        ]);
        let target = ty.target.as_ref().map(|target| format!(" = {target}")).unwrap_or_default();
        let (key, name) = (word(&ty.key), word(&ty.name));
        self.line(0, format_args!("{key}  {name} {}{target}{flags}", ty.kind.as_str()));
        for former in &ty.former {
            self.line(2, format_args!("was {}", word(former)));
        }
        if let Some(constructor) = &ty.constructor {
            let wires: Vec<String> = constructor.iter().map(|wire| word(wire)).collect();
            self.line(2, format_args!("new({})", wires.join(", ")));
        }
        ty.members.iter().for_each(|member| self.member(member));
        if let Some(additional) = &ty.additional {
            self.line(2, format_args!("additional: {additional}"));
        }
    }

    fn member(&mut self, member: &MemberEntry) {
        let flags = flags([
            (member.was_optional, "was_optional"),
            (member.has_setter, "set"),
            (member.has_null_setter, "null"),
            (member.has_from, "from"),
            (member.deprecated, "deprecated"),
        ]);
        let ty = member.ty.as_ref().map(|ty| format!(": {ty}")).unwrap_or_default();
        let named = named(&member.wire, &member.name, member.required);
        self.line(2, format_args!("-{named}{ty}{flags}"));
    }
}

/// Formats a wire name, followed by its identifier if the two differ.
fn named(wire: &str, name: &str, required: bool) -> String {
    let star = if required { "*" } else { "" };
    let renamed = if wire == name { String::new() } else { format!(" as {}", word(name)) };
    format!("{}{star}{renamed}", word(wire))
}

fn gate(feature: Option<&str>) -> String {
    feature.map(|feature| format!("feature {}", word(feature))).unwrap_or_default()
}

/// Formats a flag with a value, such as `tag=kind`.
fn valued(flag: &str, value: Option<&str>) -> String {
    value.map(|value| word(&format!("{flag}={value}"))).unwrap_or_default()
}

/// Formats the flags that are set, in brackets.
fn flags<const N: usize>(flags: [(bool, &str); N]) -> String {
    let set: Vec<&str> = flags
        .into_iter()
        .filter(|(is_set, flag)| *is_set && !flag.is_empty())
        .map(|(_, flag)| flag)
        .collect();
    if set.is_empty() { String::new() } else { format!(" [{}]", set.join(" ")) }
}

/// Formats a text as one word: bare if the grammar allows it, otherwise as a JSON string.
pub(super) fn word(text: &str) -> String {
    if !text.is_empty() && text.chars().all(is_bare) {
        text.to_owned()
    } else {
        Value::from(text).to_string()
    }
}

/// Returns `true` if a bare word may contain the character.
pub(super) fn is_bare(c: char) -> bool {
    c.is_alphanumeric() || "_-.$/#{}~+%@|&=?!;".contains(c)
}
