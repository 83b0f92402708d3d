//! Assigns every Rust identifier of a package, one scope at a time.

mod name_collisions;
pub(super) mod ident;
mod reserved;
mod type_files;
mod operations;

use std::collections::BTreeMap;

use super::runtime::RUNTIME_FEATURES;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{self, Api, OperationId, Shape, TypeId, TypeRef};
use crate::keep::Kept;
use crate::listing::ManagerEntry;
use crate::name::Name;
use crate::pointer::Pointer;
use name_collisions::ScopeMember;
use reserved::{CLIENT_METHODS, PRELUDE, RESERVED_FEATURES, STRUCT_METHODS};
use type_files::TypeFileKey;

/// The suffix of an operation's response enum.
const RESPONSE: &str = "Response";
const BUNDLE: &str = "Arguments";

/// The Rust identifiers of a package.
#[derive(Clone, Debug)]
pub struct Symbols {
    /// The crate name as written in code, such as `box_sdk`.
    pub(crate) crate_name: String,
    /// The name of the client type.
    pub(crate) client: String,
    pub(crate) managers: Vec<ManagerSymbols>,
    operations: BTreeMap<OperationId, OperationSymbols>,
    types: BTreeMap<TypeId, TypeSymbols>,
    types_by_name: BTreeMap<String, TypeId>,
    pub(crate) type_files: Vec<TypeFile>,
}

/// The identifiers of a manager.
#[derive(Clone, Debug)]
pub(crate) struct ManagerSymbols {
    pub(crate) module: String,
    pub(crate) ty: String,
    pub(crate) accessor: String,
    pub(crate) feature: String,
}

/// The identifiers of an operation.
#[derive(Clone, Debug)]
pub(crate) struct OperationSymbols {
    pub(crate) method: String,
    pub(crate) builder: String,
    /// Identifiers of the arguments, in the order of [`ir::Operation::arguments`].
    pub(crate) arguments: Vec<String>,
    /// Methods that request alternative response formats, in the order of [`ir::Operation::alternatives`].
    pub(crate) alternatives: Vec<String>,
    /// Constants of the response headers, in the order of [`ir::Operation::headers`].
    pub(crate) headers: Vec<String>,
}

impl OperationSymbols {
    /// Returns the name of the enum for several success responses.
    pub(crate) fn response_enum(&self) -> String {
        format!("{}{RESPONSE}", self.builder)
    }

    /// Returns the name of the struct of required arguments.
    pub(crate) fn bundle(&self) -> String {
        format!("{}{BUNDLE}", self.builder)
    }
}

/// The identifiers of a type.
#[derive(Clone, Debug)]
pub(crate) struct TypeSymbols {
    pub(crate) name: String,
    /// Identifiers of the fields or variants, in order.
    pub(crate) members: Vec<String>,
    /// Released names that still refer to the type, deprecated.
    pub(crate) former: Vec<String>,
}

/// A file of types.
#[derive(Clone, Debug)]
pub(crate) struct TypeFile {
    /// The subject of the types, as prose.
    pub(crate) words: String,
    pub(crate) module: String,
    /// The index of the manager whose feature gates the file.
    pub(crate) manager: Option<usize>,
    pub(crate) types: Vec<TypeId>,
}

impl Symbols {
    /// Assigns all identifiers and reports collisions that no naming rule resolves.
    pub fn assign(api: &Api, kept: &Kept, diagnostics: &mut Diagnostics) -> Self {
        let mut assigner = Assigner { api, kept, diagnostics };
        let managers = assigner.managers();
        let type_files = assigner.type_files();
        let types = assigner.types();
        Self {
            crate_name: api.package.name.replace('-', "_"),
            client: ident::pascal(&api.package.client),
            managers,
            operations: assigner.operations(),
            types_by_name: types.iter().map(|(id, symbols)| (symbols.name.clone(), *id)).collect(),
            types,
            type_files,
        }
    }

    pub(crate) fn operation(&self, id: OperationId) -> &OperationSymbols {
        &self.operations[&id]
    }

    pub(crate) fn ty(&self, id: TypeId) -> &TypeSymbols {
        &self.types[&id]
    }

    /// Returns the type with this name.
    pub(crate) fn type_named(&self, name: &str) -> Option<TypeId> {
        self.types_by_name.get(name).copied()
    }

    /// Returns the Cargo features of the managers, in the order of the managers.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        self.managers.iter().map(|manager| manager.feature.as_str())
    }

    /// Returns `true` if any name contains a character outside ASCII.
    pub(crate) fn has_foreign_letters(&self) -> bool {
        let managers = self.managers.iter().flat_map(|manager| [&manager.ty, &manager.accessor]);
        let operations = self.operations.values();
        let operations = operations.flat_map(|it| it.arguments.iter().chain([&it.method, &it.builder]));
        let types = self.types.values().flat_map(|ty| ty.members.iter().chain([&ty.name]));
        managers.chain(operations).chain(types).any(|name| !name.is_ascii())
    }

    /// Returns the crate name as written in code, such as `box_sdk`.
    #[must_use]
    pub fn crate_name(&self) -> &str {
        &self.crate_name
    }

    /// Returns the name of the client type.
    #[must_use]
    pub fn client(&self) -> &str {
        &self.client
    }
}

struct Assigner<'a> {
    api: &'a Api,
    kept: &'a Kept,
    diagnostics: &'a mut Diagnostics,
}

impl Assigner<'_> {
    fn managers(&mut self) -> Vec<ManagerSymbols> {
        let api = self.api;
        let names: Vec<&Name> = api.managers.iter().map(|manager| &manager.name).collect();
        let origins: Vec<&Pointer> =
            api.managers.iter().map(|manager| &api.operations[manager.operations[0]].origin).collect();
        let kept = self.kept;
        let of = |case: fn(&Name) -> String,
                  suffix: &str,
                  released: fn(&ManagerEntry) -> &str|
         -> Vec<ScopeMember> {
            let member = |(index, name): (usize, &&Name)| {
                let entry = kept.managers.get(index).and_then(Option::as_ref);
                ScopeMember::new(name, case).with_rungs([case(name) + suffix]).released(entry.map(released))
            };
            names.iter().enumerate().map(member).collect()
        };
        let pascal_manager: fn(&Name) -> String = |name| ident::suffixed(&ident::pascal(name), "Manager");
        let modules =
            self.scope(of(ident::module, "_manager", |manager| &manager.module), &["managers"], &origins);
        let types = self.scope(of(pascal_manager, "Type", |manager| &manager.ty), PRELUDE, &origins);
        let accessors =
            self.scope(of(ident::snake, "_manager", |manager| &manager.accessor), CLIENT_METHODS, &origins);
        let mut taken = [RESERVED_FEATURES, RUNTIME_FEATURES].concat();
        if let Some(extension) = &api.package.extension {
            taken.extend(extension.features.iter().map(|(feature, _)| feature.as_str()));
        }
        let features = self.scope(of(feature, "-manager", |manager| &manager.feature), &taken, &origins);
        modules
            .into_iter()
            .zip(types)
            .zip(accessors)
            .zip(features)
            .map(|(((module, ty), accessor), feature)| ManagerSymbols { module, ty, accessor, feature })
            .collect()
    }

    fn types(&mut self) -> BTreeMap<TypeId, TypeSymbols> {
        let api = self.api;
        let origins: Vec<&Pointer> = api.types.iter().map(|(_, def)| &def.origin).collect();
        let members = api
            .types
            .iter()
            .map(|(id, def)| {
                let plain = ident::pascal(&def.name);
                let member = ScopeMember::new(&def.name, ident::pascal);
                let member = member.with_rungs([format!("{plain}Type"), format!("{plain}Value")]);
                let member = if def.is_named { member.settled() } else { member };
                member.released(self.kept.types.get(&id).map(|entry| entry.name.as_str()))
            })
            .collect();
        let kept = self.kept;
        let former: Vec<&str> = kept.former_types().collect();
        let names = self.scope(members, &[PRELUDE, &former].concat(), &origins);
        let shapes = api.types.iter().zip(names);
        shapes
            .map(|((id, def), name)| {
                (id, TypeSymbols { name, members: self.members(id, def), former: kept.former_names(id) })
            })
            .collect()
    }

    fn members(&mut self, id: TypeId, def: &ir::TypeDef) -> Vec<String> {
        let kept = self.kept;
        let released = |wire: &str| kept.member(id, wire).map(|member| member.name.as_str());
        match &def.shape {
            Shape::Struct { fields, .. } => {
                let origins: Vec<&Pointer> = fields.iter().map(|field| &field.origin).collect();
                let member = |field| field_member(field).released(released(&field.name.wire));
                let members = fields.iter().map(member).collect();
                self.scope(members, STRUCT_METHODS, &origins)
            }
            Shape::StringEnum(variants) => {
                let members = variants.iter().map(|it| variant(&it.name).released(released(&it.value)));
                self.variants(members.collect(), &def.origin)
            }
            Shape::IntegerEnum(variants) => {
                let released = |value: i64| released(&value.to_string());
                let members = variants.iter().map(|it| variant(&it.name).released(released(it.value)));
                self.variants(members.collect(), &def.origin)
            }
            Shape::ValueEnum(variants) => {
                let released = |value: &ir::Value| released(&value.to_string());
                let members = variants.iter().map(|it| variant(&it.name).released(released(&it.value)));
                self.variants(members.collect(), &def.origin)
            }
            Shape::Union(union) => {
                let released = |index| kept.variant(id, index).map(|member| member.name.as_str());
                let members = union.variants.iter().enumerate();
                let members = members.map(|(index, it)| variant(&it.name).released(released(index)));
                self.variants(members.collect(), &def.origin)
            }
            Shape::Alias(_) => Vec::new(),
        }
    }

    fn variants(&mut self, members: Vec<ScopeMember>, origin: &Pointer) -> Vec<String> {
        let origins = vec![origin; members.len()];
        self.scope(members, &["Unknown", "Self_", "BTreeMap"], &origins)
    }

    fn type_files(&mut self) -> Vec<TypeFile> {
        let files = type_files::type_files(self.api);
        let members = files
            .iter()
            .map(|(TypeFileKey { name, manager }, _)| {
                let member = ScopeMember::new(name, ident::module);
                if manager.is_some() {
                    member.with_rungs([ident::suffixed(&ident::module(name), "_only")])
                } else {
                    member
                }
            })
            .collect();
        let origins: Vec<&Pointer> =
            files.iter().map(|(_, types)| &self.api.types[types[0]].origin).collect();
        let modules = self.scope(members, &["types"], &origins);
        let named = files.iter().zip(modules);
        let mut files: Vec<_> = named
            .map(|((key, types), module)| TypeFile {
                words: key.name.words.join(" "),
                module,
                manager: key.manager,
                types: types.clone(),
            })
            .collect();
        files.sort_by(|one, other| one.module.cmp(&other.module));
        files
    }

    /// Assigns the identifiers of one scope. An unresolved collision is reported, and the plain names are
    /// returned; nothing is emitted after an error.
    fn scope(&mut self, members: Vec<ScopeMember>, reserved: &[&str], origins: &[&Pointer]) -> Vec<String> {
        let plain: Vec<String> = members.iter().map(|member| member.plain().to_owned()).collect();
        match name_collisions::assign(members, reserved) {
            Ok(identifiers) => identifiers,
            Err(colliding) => {
                self.report(&colliding, &plain, origins);
                plain
            }
        }
    }

    fn report(&mut self, colliding: &[usize], plain: &[String], origins: &[&Pointer]) {
        let (first, last) = (colliding[0], colliding[colliding.len() - 1]);
        let message = if first == last {
            format!("the name `{}` is reserved here", plain[first])
        } else {
            format!("the name `{}` collides with that of `{}`", plain[first], origins[last])
        };
        let help = format!(
            "give it a name in `sdk.yaml`: `names: {{ members: {{ \"{}\": other_name }} }}`",
            origins[first]
        );
        self.diagnostics.push(Diagnostic::error(Code::NameCollision, origins[first], message, help));
    }
}

fn variant(name: &Name) -> ScopeMember {
    let value = ident::pascal(name).trim_end_matches('_').to_owned() + "Value";
    ScopeMember::new(name, ident::pascal).with_rungs([value]).or_cased(name, ident::pascal)
}

fn field_member(field: &ir::Field) -> ScopeMember {
    let plain = ident::snake(&field.name);
    let member = ScopeMember::new(&field.name, ident::snake).with_rungs([format!("{plain}_")]);
    let member = member.or_cased(&field.name, ident::snake);
    let null_setter = !field.required && matches!(field.ty, TypeRef::Nullable(_));
    if null_setter { member.claiming("_null") } else { member }
}

fn feature(name: &Name) -> String {
    ident::folded(name).trim_end_matches('_').replace('_', "-")
}
