//! Writes the uses of types: constructors, fields, setters, values and variants.

use sdk_generator::listing::{MemberEntry, RustType, TypeEntry, TypeKind};
use sdk_generator::verdict::ItemId;

use super::Writer;
use super::operations::null_setter;

impl Writer<'_> {
    pub(super) fn ty(&mut self, ty: &TypeEntry) {
        let path = self.paths.named(ty);
        let itself = || vec![ItemId::ty(ty)];
        self.kind(ty, &path);
        if let Some(wires) = &ty.constructor {
            let members =
                wires.iter().filter_map(|wire| ty.members.iter().find(|member| member.wire == *wire));
            let types: Vec<RustType> =
                members.filter_map(|member| member.ty.as_ref().map(RustType::unboxed)).collect();
            let values = types.iter().map(|ty| self.value(ty)).collect::<Vec<_>>().join(", ");
            let needs = [itself(), self.paths.mentioned(&types)].concat();
            self.add(
                ItemId::of_type(ty, "new"),
                needs,
                format!("fn used() -> {path} {{ {path}::new({values}) }}"),
            );
        }
        if ty.is_default {
            let code = format!("fn used() -> {path} {{ {path}::default() }}");
            self.add(ItemId::of_type(ty, "Default"), itself(), code);
        }
        if ty.is_display {
            let code = format!("fn used(value: {path}) -> String {{ value.to_string() }}");
            self.add(ItemId::of_type(ty, "Display"), itself(), code);
        }
        if ty.is_webhook {
            let code = format!(
                "fn used(body: &[u8]) -> {path} {{ {path}::parse(&Default::default(), body).unwrap() }}"
            );
            self.add(ItemId::of_type(ty, "parse"), itself(), code);
        }
        if let Some(additional) = &ty.additional {
            let needs = [itself(), self.paths.mentioned([additional])].concat();
            let map = format!("std::collections::BTreeMap<String, {}>", self.paths.ty(additional));
            let code = format!("fn used(value: {path}) -> {map} {{ value.additional }}");
            self.add(ItemId::of_type(ty, "additional"), needs, code);
        }
        for member in &ty.members {
            match ty.kind {
                TypeKind::Struct => self.field(ty, member, &path),
                TypeKind::Enum | TypeKind::IntegerEnum | TypeKind::ValueEnum => {
                    let code = format!("fn used() -> {path} {{ {path}::{} }}", member.name);
                    self.add(ItemId::member(ty, member), itself(), code);
                }
                TypeKind::Union => self.variant(ty, member, &path),
                TypeKind::Alias => {}
            }
        }
    }

    /// Uses what all types of a kind have in common.
    fn kind(&mut self, ty: &TypeEntry, path: &str) {
        let unknown = |inner: &str| {
            format!(
                "fn used(value: {path}) {{ if let {path}::Unknown(value) = value {{ let _: sdk::rt::{inner} = value; }} }}"
            )
        };
        let code = match ty.kind {
            TypeKind::Struct => format!("fn used(value: &{path}) -> &sdk::rt::Extra {{ value.extra() }}"),
            TypeKind::Enum => unknown("UnknownText"),
            TypeKind::IntegerEnum => unknown("UnknownInteger"),
            TypeKind::ValueEnum | TypeKind::Union => unknown("UnknownJson"),
            TypeKind::Alias => {
                let target =
                    ty.target.as_ref().map_or_else(|| path.to_owned(), |target| self.paths.ty(target));
                format!("fn used(value: {path}) -> {target} {{ value }}")
            }
        };
        let needs = self.paths.mentioned(&ty.target);
        self.add(ItemId::ty(ty), needs, code);
    }

    fn field(&mut self, ty: &TypeEntry, member: &MemberEntry, path: &str) {
        let Some(held) = &member.ty else { return };
        let needs = [vec![ItemId::ty(ty)], self.paths.mentioned([held])].concat();
        let (name, field) = (&member.name, self.paths.ty(held));
        let code = format!("fn used(value: {path}) -> {field} {{ value.{name} }}");
        self.add(ItemId::member(ty, member), needs.clone(), code);
        if member.has_setter {
            let value = self.value(held.plain());
            let code = format!("fn used(value: {path}) -> {path} {{ value.{name}({value}) }}");
            self.add(ItemId::of_member(ty, member, "set"), needs, code);
        }
        if member.has_null_setter {
            let code = format!("fn used(value: {path}) -> {path} {{ value.{}() }}", null_setter(name));
            self.add(ItemId::of_member(ty, member, "null"), vec![ItemId::ty(ty)], code);
        }
    }

    fn variant(&mut self, ty: &TypeEntry, member: &MemberEntry, path: &str) {
        let Some(held) = &member.ty else { return };
        let needs = [vec![ItemId::ty(ty)], self.paths.mentioned([held])].concat();
        let (name, inner) = (&member.name, self.paths.ty(held));
        let code = format!(
            "fn used(value: {path}) {{ if let {path}::{name}(value) = value {{ let _: {inner} = value; }} }}"
        );
        self.add(ItemId::member(ty, member), needs.clone(), code);
        if member.has_from {
            let value = self.value(held.argument_of("Box").unwrap_or(held));
            let code = format!("fn used() -> {path} {{ {path}::from({value}) }}");
            self.add(ItemId::of_member(ty, member, "from"), needs, code);
        }
    }
}
