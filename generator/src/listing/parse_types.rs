//! Parses the types of a listing.

use super::check::{Claim, Scope};
use super::cursor::{Cursor, Read};
use super::{MemberEntry, TypeEntry, TypeKind};

/// Reads the first line of a type.
pub(super) fn ty(cursor: &mut Cursor<'_>) -> Read<TypeEntry> {
    let (key, name) = (cursor.word("an identity")?, cursor.defined(Scope::Type, "a name")?);
    let kind = cursor.word("a kind")?;
    let kind = TypeKind::NAMES.iter().find(|(_, name)| *name == kind).map(|(kind, _)| *kind);
    let kind = kind.ok_or("expected the kind of a type, such as `struct`")?;
    let target = if cursor.eat("=") { Some(cursor.ty()?) } else { None };
    let feature = cursor.feature()?;
    let flags = cursor;
    Ok(TypeEntry {
        key,
        name,
        kind,
        in_request: flags.take("request"),
        in_response: flags.take("response"),
        is_default: flags.take("default"),
        is_display: flags.take("display"),
        is_webhook: flags.take("webhook"),
        deprecated: flags.take("deprecated"),
        tag: flags.take_value("tag"),
        constructor: None,
        target,
        members: Vec::new(),
        additional: None,
        former: Vec::new(),
        feature,
        origin: None,
    })
}

/// Reads a line of a type.
pub(super) fn line(ty: &mut TypeEntry, cursor: &mut Cursor<'_>) -> Read {
    if cursor.eat_marker() {
        let scope = if ty.kind == TypeKind::Struct { Scope::Field } else { Scope::Variant };
        let (wire, name, required) = cursor.named(scope)?;
        // Variants of a union may share a tag, and are told apart by their shapes then.
        if ty.kind != TypeKind::Union {
            cursor.claim(Claim::Name(Scope::Wire, wire.clone()));
        }
        let member_ty = cursor.typed()?;
        let flags = cursor.flags()?;
        let has_setter = flags.take("set");
        // `new` sets a required member that has a setter.
        let claim = Claim::Member(wire.clone(), required && !has_setter);
        ty.members.push(MemberEntry {
            wire,
            name,
            required,
            was_optional: flags.take("was_optional"),
            has_setter,
            has_null_setter: flags.take("null"),
            has_from: flags.take("from"),
            deprecated: flags.take("deprecated"),
            ty: member_ty,
            origin: None,
        });
        cursor.claim(claim);
        return Ok(());
    }
    let first = cursor.word("a keyword")?;
    if ["new", "additional"].contains(&first.as_str()) {
        cursor.claim(Claim::Name(Scope::Line, first.clone()));
    }
    match first.as_str() {
        "was" => {
            let name = cursor.identifier("a name")?;
            cursor.claim(Claim::Former(Scope::Type, name.clone()));
            ty.former.push(name);
        }
        "new" => {
            cursor.expect("(")?;
            let mut wires = Vec::new();
            while !cursor.eat(")") {
                if !wires.is_empty() {
                    cursor.expect(",")?;
                }
                wires.push(cursor.word("a member")?);
            }
            cursor.claim(Claim::Constructor(wires.clone()));
            ty.constructor = Some(wires);
        }
        "additional" => ty.additional = Some(cursor.typed()?.ok_or("expected a type")?),
        other => return Err(format!("unknown line `{other}` of a type")),
    }
    Ok(())
}
