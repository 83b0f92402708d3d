//! Compares the wire names behind the identifiers of two listings, without regard to the verdict.
//!
//! A use that compiles keeps its meaning if each of its identifiers still stands for the same part of a request or
//! response.

use sdk_generator::Listing;
use sdk_generator::listing::{ArgumentEntry, MemberEntry, OperationEntry, TypeEntry, TypeKind};
use sdk_generator::verdict::ItemId;

/// Returns the uses whose identifiers stand for something else now, each with a description.
pub(super) fn changes(old: &Listing, new: &Listing) -> Vec<(ItemId, String)> {
    let mut found = Vec::new();
    for operation in &old.operations {
        if let Some(called) = called(new, operation) {
            calls(operation, called, &mut found);
        }
        if let Some(built) = built(old, new, operation) {
            setters(operation, built, &mut found);
        }
    }
    for ty in &old.types {
        let named = new.types.iter().find(|other| other.name == ty.name);
        let former = || new.types.iter().find(|other| other.former.contains(&ty.name));
        if let Some(other) = named.or_else(former) {
            members(ty, other, &mut found);
        }
    }
    found
}

/// Finds the operation that a call by manager and method reaches.
fn called<'n>(new: &'n Listing, old: &OperationEntry) -> Option<&'n OperationEntry> {
    let current = |operation: &&OperationEntry| {
        operation.method == old.method && accessors(new, &operation.manager).any(|name| name == old.manager)
    };
    let former = |operation: &&OperationEntry| {
        operation.former.iter().any(|former| (&former.manager, &former.method) == (&old.manager, &old.method))
    };
    new.operations.iter().find(current).or_else(|| new.operations.iter().find(former))
}

/// Returns the accessors of a manager, former ones included.
fn accessors<'n>(new: &'n Listing, accessor: &'n str) -> impl Iterator<Item = &'n str> {
    let manager = new.managers.iter().find(|manager| manager.accessor == accessor);
    let former = manager.into_iter().flat_map(|manager| manager.former.iter());
    std::iter::once(accessor).chain(former.map(|former| former.accessor.as_str()))
}

/// Finds the operation whose builder has the path of a released builder.
fn built<'n>(old: &Listing, new: &'n Listing, operation: &OperationEntry) -> Option<&'n OperationEntry> {
    let modules = |listing: &Listing, accessor: &str| -> Vec<String> {
        let manager = listing.managers.iter().find(|manager| manager.accessor == accessor);
        let former =
            manager.into_iter().flat_map(|manager| manager.former.iter().map(|former| &former.module));
        manager.map(|manager| &manager.module).into_iter().chain(former).cloned().collect()
    };
    let released = modules(old, &operation.manager).into_iter().next()?;
    let beside = |manager: &str| modules(new, manager).contains(&released);
    let current =
        |other: &&OperationEntry| other.builder == operation.builder && beside(other.manager.as_str());
    let former = |other: &&OperationEntry| {
        other.former.iter().any(|former| former.builder == operation.builder && beside(&former.manager))
    };
    new.operations.iter().find(current).or_else(|| new.operations.iter().find(former))
}

fn calls(old: &OperationEntry, new: &OperationEntry, found: &mut Vec<(ItemId, String)>) {
    let id = ItemId::call(old);
    if old.key != new.key {
        found.push((id, format!("calls `{}`", new.key)));
        return;
    }
    let place = |argument: &ArgumentEntry| format!("{} `{}`", argument.place.as_str(), argument.wire);
    let required = |operation: &OperationEntry| -> Vec<(String, String)> {
        let arguments = operation.arguments.iter().filter(|argument| argument.required);
        arguments.map(|argument| (argument.name.clone(), place(argument))).collect()
    };
    let (before, after) = (required(old), required(new));
    if old.bundle.is_some() {
        for (name, place) in &before {
            if let Some((_, other)) = after.iter().find(|(other, _)| other == name)
                && other != place
            {
                found.push((id.clone(), format!("`{name}` is sent as {other} instead of {place}")));
                found.push((
                    ItemId::part(old, "arguments"),
                    format!("`{name}` is {other} instead of {place}"),
                ));
            }
        }
        return;
    }
    for (position, ((_, before), (_, after))) in before.iter().zip(&after).enumerate() {
        if before != after {
            let text = format!("argument {} is sent as {after} instead of {before}", position + 1);
            found.push((id.clone(), text));
        }
    }
}

/// Compares what the methods and constants of a builder stand for.
fn setters(old: &OperationEntry, new: &OperationEntry, found: &mut Vec<(ItemId, String)>) {
    for argument in old.arguments.iter().filter(|argument| !argument.required) {
        let setter = new.arguments.iter().find(|other| !other.required && other.name == argument.name);
        if let Some(other) = setter
            && (other.place, &other.wire) != (argument.place, &argument.wire)
        {
            let text = format!("sets {} `{}`", other.place.as_str(), other.wire);
            found.push((ItemId::argument(old, argument), text.clone()));
            if argument.has_null_setter {
                found.push((ItemId::null_argument(old, argument), text));
            }
        }
    }
    for form in &old.alternatives {
        if let Some(other) = new.alternatives.iter().find(|other| other.name == form.name)
            && other.media_type != form.media_type
        {
            let id = ItemId::part(old, &format!("form {}", form.media_type));
            found.push((id, format!("asks for `{}`", other.media_type)));
        }
    }
    for header in &old.headers {
        if let Some(other) = new.headers.iter().find(|other| other.name == header.name)
            && !other.wire.eq_ignore_ascii_case(&header.wire)
        {
            let id = ItemId::part(old, &format!("constant {}", header.wire));
            found.push((id, format!("reads the header `{}`", other.wire)));
        }
    }
    for status in &old.statuses {
        if let Some(other) = new.statuses.iter().find(|other| other.name == status.name)
            && other.status != status.status
        {
            let id = ItemId::part(old, &format!("status {}", status.status));
            found.push((id, format!("matches the status `{}`", other.status)));
        }
    }
}

fn members(old: &TypeEntry, new: &TypeEntry, found: &mut Vec<(ItemId, String)>) {
    if old.kind != new.kind {
        return;
    }
    if let (Some(before), Some(after)) = (&old.constructor, &new.constructor)
        && before != after
    {
        let text = format!("takes {} instead of {}", after.join(", "), before.join(", "));
        found.push((ItemId::of_type(old, "new"), text));
    }
    for member in &old.members {
        let Some(other) = new.members.iter().find(|other| other.name == member.name) else { continue };
        if !stands_for_the_same(old.kind, member, other) {
            let text = format!("stands for `{}`", other.wire);
            found.push((ItemId::member(old, member), text.clone()));
            for (part, has) in
                [("set", member.has_setter), ("null", member.has_null_setter), ("from", member.has_from)]
            {
                if has {
                    found.push((ItemId::of_member(old, member, part), text.clone()));
                }
            }
        }
    }
}

/// Returns `true` if two members stand for the same part of the JSON. A variant may take further discriminator
/// values.
fn stands_for_the_same(kind: TypeKind, old: &MemberEntry, new: &MemberEntry) -> bool {
    if kind != TypeKind::Union {
        return old.wire == new.wire;
    }
    let tags = |member: &MemberEntry| -> Vec<String> {
        member.wire.split('|').filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
    };
    let (before, after) = (tags(old), tags(new));
    before.is_empty() || after.is_empty() || before.iter().any(|tag| after.contains(tag))
}
