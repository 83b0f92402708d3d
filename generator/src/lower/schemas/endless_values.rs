//! Frees types that require themselves, of which no value could be made.

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Api, Shape, TypeDef, TypeId, TypeRef};
use crate::lower::Lowering;

impl Lowering<'_> {
    /// Makes a member of each type optional that requires itself, directly or through other types, and reports it.
    pub(in crate::lower) fn free_endless(&mut self, api: &mut Api) {
        let ids: Vec<TypeId> = api.types.ids().collect();
        let mut finite = Finite::of(api, &ids);
        for &id in &ids {
            while !finite.known[id.index()] {
                let Some((owner, slot)) = closing_member(api, &finite, id) else { break };
                let name = api.types[owner].name.wire.clone();
                let Shape::Struct { fields, .. } = &mut api.types[owner].shape else { break };
                let field = &mut fields[slot];
                field.required = false;
                let member = &field.name.wire;
                let message = format!(
                    "no value of `{name}` can exist, since its member `{member}` requires another one; the member is \
                     optional"
                );
                let help = format!("remove `{member}` from `required`, or allow `null`");
                let finding = Diagnostic::warning(Code::ReferenceCycle, &field.origin, message, help);
                self.diagnostics.push(finding);
                finite.spread(api, vec![owner]);
            }
        }
    }
}

/// The types with values of a finite size.
struct Finite {
    /// By type; `false` if no value of it is known.
    known: Vec<bool>,
    /// The types that hold values of a type.
    owners: Vec<Vec<TypeId>>,
}

impl Finite {
    fn of(api: &Api, ids: &[TypeId]) -> Self {
        let mut owners = vec![Vec::new(); ids.len()];
        for &id in ids {
            for held in held(&api.types[id]) {
                for part in parts(held) {
                    owners[part.index()].push(id);
                }
            }
        }
        let mut finite = Self { known: vec![false; ids.len()], owners };
        finite.spread(api, ids.to_vec());
        finite
    }

    /// Looks at types again, and at those that hold them once they have values.
    fn spread(&mut self, api: &Api, mut pending: Vec<TypeId>) {
        while let Some(id) = pending.pop() {
            if !self.known[id.index()] && self.has_values(&api.types[id]) {
                self.known[id.index()] = true;
                pending.extend(&self.owners[id.index()]);
            }
        }
    }

    fn has_values(&self, ty: &TypeDef) -> bool {
        match &ty.shape {
            Shape::Union(union) => {
                union.variants.is_empty() || union.variants.iter().any(|variant| self.is_finite(&variant.ty))
            }
            Shape::Struct { .. }
            | Shape::Alias(_)
            | Shape::StringEnum(_)
            | Shape::IntegerEnum(_)
            | Shape::ValueEnum(_) => held(ty).into_iter().all(|held| self.is_finite(held)),
        }
    }

    fn is_finite(&self, ty: &TypeRef) -> bool {
        parts(ty).into_iter().all(|part| self.known[part.index()])
    }
}

/// Returns the types of the values that a value of a type holds, or of one of which it consists.
fn held(ty: &TypeDef) -> Vec<&TypeRef> {
    match &ty.shape {
        Shape::Struct { fields, .. } => {
            fields.iter().filter(|field| field.required).map(|field| &field.ty).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Alias(inner) => vec![inner],
        Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) => Vec::new(),
    }
}

/// Returns the definitions of which a value needs one each. Lists and maps can be empty.
fn parts(ty: &TypeRef) -> Vec<TypeId> {
    match ty {
        TypeRef::Def(id) => vec![*id],
        TypeRef::Tuple(items) => items.iter().flat_map(parts).collect(),
        TypeRef::Nullable(_) | TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Scalar(_) | TypeRef::Any => {
            Vec::new()
        }
    }
}

/// Returns the last member on the way from a type without values to one that was met before.
fn closing_member(api: &Api, finite: &Finite, start: TypeId) -> Option<(TypeId, usize)> {
    let mut met = vec![false; finite.known.len()];
    let mut member = None;
    let mut id = start;
    while !std::mem::replace(&mut met[id.index()], true) {
        let endless = |ty: &TypeRef| parts(ty).into_iter().find(|part| !finite.known[part.index()]);
        id = match &api.types[id].shape {
            Shape::Struct { fields, .. } => {
                let mut required = fields.iter().enumerate().filter(|(_, field)| field.required);
                let (slot, next) = required.find_map(|(slot, field)| Some((slot, endless(&field.ty)?)))?;
                member = Some((id, slot));
                next
            }
            Shape::Union(_)
            | Shape::Alias(_)
            | Shape::StringEnum(_)
            | Shape::IntegerEnum(_)
            | Shape::ValueEnum(_) => held(&api.types[id]).into_iter().find_map(endless)?,
        };
    }
    member
}
