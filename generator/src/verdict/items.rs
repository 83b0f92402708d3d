//! Identifies every usable item of a package, so that verdict and replay name items alike.

use std::fmt;

use crate::listing::{ArgumentEntry, FlowEntry, Listing, MemberEntry, OperationEntry, TypeEntry, TypeKind};

/// The identity of a usable item, such as `POST /things` (the call) or `Thing.name` (the field).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemId(String);

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ItemId {
    /// Identifies the construction of the client.
    #[must_use]
    pub fn client() -> Self {
        Self("client".to_owned())
    }

    /// Identifies a Cargo feature.
    #[must_use]
    pub fn feature(name: &str) -> Self {
        Self(format!("feature {name}"))
    }

    /// Identifies a re-export of the crate root.
    #[must_use]
    pub fn export(name: &str) -> Self {
        Self(format!("export {name}"))
    }

    /// Identifies the constructor of an OAuth flow.
    #[must_use]
    pub fn flow(flow: &FlowEntry) -> Self {
        Self(format!("oauth {}.{}", flow.ty, flow.name))
    }

    /// Identifies a manager by its released accessor.
    #[must_use]
    pub fn manager(accessor: &str) -> Self {
        Self(format!("manager {accessor}"))
    }

    /// Identifies the call of an operation: its method, required arguments and result.
    #[must_use]
    pub fn call(operation: &OperationEntry) -> Self {
        Self(operation.key.to_string())
    }

    /// Identifies a part of an operation, such as its builder.
    #[must_use]
    pub fn part(operation: &OperationEntry, part: &str) -> Self {
        Self(format!("{} {part}", operation.key))
    }

    /// Identifies the setter of an argument.
    #[must_use]
    pub fn argument(operation: &OperationEntry, argument: &ArgumentEntry) -> Self {
        Self::part(operation, &format!("{}:{}", argument.place.as_str(), argument.wire))
    }

    /// Identifies the setter that sends null.
    #[must_use]
    pub fn null_argument(operation: &OperationEntry, argument: &ArgumentEntry) -> Self {
        Self::part(operation, &format!("{}:{} null", argument.place.as_str(), argument.wire))
    }

    /// Identifies a type by its released name.
    #[must_use]
    pub fn ty(ty: &TypeEntry) -> Self {
        Self(ty.name.clone())
    }

    /// Identifies a trait or function of a type: `new`, `Default`, `Display`, `additional`.
    #[must_use]
    pub fn of_type(ty: &TypeEntry, part: &str) -> Self {
        Self(format!("{} {part}", ty.name))
    }

    /// Identifies a field, a value or a variant.
    #[must_use]
    pub fn member(ty: &TypeEntry, member: &MemberEntry) -> Self {
        let wire = if member.wire.is_empty() { &member.name } else { &member.wire };
        Self(format!("{}.{wire}", ty.name))
    }

    /// Identifies an aspect of a member: `set`, `null`, `from`.
    #[must_use]
    pub fn of_member(ty: &TypeEntry, member: &MemberEntry, part: &str) -> Self {
        Self(format!("{} {part}", Self::member(ty, member)))
    }
}

/// Returns every item of a listing.
#[must_use]
pub fn items(listing: &Listing) -> Vec<ItemId> {
    let mut all = vec![ItemId::client()];
    all.extend(listing.features.iter().map(|name| ItemId::feature(name)));
    all.extend(listing.exports.iter().map(|export| ItemId::export(&export.name)));
    for manager in &listing.managers {
        all.extend([ItemId::manager(&manager.accessor), ItemId::feature(&manager.feature)]);
    }
    all.extend(listing.schemes.iter().flat_map(|scheme| &scheme.flows).map(ItemId::flow));
    all.extend(listing.operations.iter().flat_map(of_operation));
    all.extend(listing.types.iter().flat_map(of_type));
    all
}

/// Returns every item of an operation.
pub(super) fn of_operation(operation: &OperationEntry) -> Vec<ItemId> {
    let mut all = vec![ItemId::call(operation), ItemId::part(operation, "builder")];
    let part = |part: &str| ItemId::part(operation, part);
    all.extend(operation.is_clone.then(|| part("clone")));
    for argument in operation.arguments.iter().filter(|argument| !argument.required) {
        all.push(ItemId::argument(operation, argument));
        all.extend(argument.has_null_setter.then(|| ItemId::null_argument(operation, argument)));
    }
    all.extend(operation.bundle.iter().map(|_| part("arguments")));
    all.extend(operation.item.iter().map(|_| part("items")));
    all.extend(operation.statuses.iter().map(|status| part(&format!("status {}", status.status))));
    all.extend(operation.alternatives.iter().map(|form| part(&format!("form {}", form.media_type))));
    all.extend(operation.headers.iter().map(|header| part(&format!("constant {}", header.wire))));
    all
}

/// Returns every item of a type.
pub(super) fn of_type(ty: &TypeEntry) -> Vec<ItemId> {
    let mut all = vec![ItemId::ty(ty)];
    let part = |part: &str| ItemId::of_type(ty, part);
    all.extend(ty.constructor.iter().map(|_| part("new")));
    all.extend(ty.is_default.then(|| part("Default")));
    all.extend(ty.is_display.then(|| part("Display")));
    all.extend(ty.is_webhook.then(|| part("parse")));
    all.extend(ty.additional.iter().map(|_| part("additional")));
    if ty.kind == TypeKind::Alias {
        return all;
    }
    for member in &ty.members {
        all.push(ItemId::member(ty, member));
        all.extend(member.has_setter.then(|| ItemId::of_member(ty, member, "set")));
        all.extend(member.has_null_setter.then(|| ItemId::of_member(ty, member, "null")));
        all.extend(member.has_from.then(|| ItemId::of_member(ty, member, "from")));
    }
    all
}
