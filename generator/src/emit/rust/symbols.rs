//! Assigns every Rust identifier of a package, one scope at a time.

pub(super) mod former;
mod kept_names;
mod name_collisions;
pub(super) mod ident;
mod type_files;
mod operations;

use std::collections::BTreeMap;

use super::runtime::RUNTIME_FEATURES;
use crate::ir::{self, Api, OperationId, Shape, TypeId, TypeRef};
use crate::keep::{Kept, Numbers};
use crate::listing::{FormerManager, FormerOperation, ManagerEntry};
use crate::name::Name;
use crate::name::reserved::{
    CLIENT_METHODS, FLOW_RESULTS, MANAGER_MODULES, PRELUDE, RESERVED_FEATURES, STRUCT_METHODS, VARIANTS,
};
use crate::parallel;
use crate::verdict::Change;
use name_collisions::{Assigned, ScopeMember, assign, assign_all};
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
    /// The index of the manager of each operation.
    pub(super) homes: BTreeMap<OperationId, usize>,
    types: BTreeMap<TypeId, TypeSymbols>,
    types_by_name: BTreeMap<String, TypeId>,
    pub(crate) type_files: Vec<TypeFile>,
    /// The type of each security scheme, which has a constructor for each of its flows.
    pub(crate) schemes: Vec<String>,
    /// The numbers of documents in the listing.
    pub(crate) documents: Numbers,
    /// Released names that were kept although the document calls the items otherwise.
    pub notes: Vec<Change>,
}

/// The identifiers of a manager.
#[derive(Clone, Debug)]
pub(crate) struct ManagerSymbols {
    pub(crate) module: String,
    pub(crate) ty: String,
    pub(crate) accessor: String,
    pub(crate) feature: String,
    /// Released names that still refer to the manager, deprecated.
    pub(crate) former: Vec<FormerManager>,
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
    /// Released names that still refer to the operation, deprecated.
    pub(crate) former: Vec<FormerOperation>,
    /// Released setters of each argument, deprecated.
    pub(crate) former_arguments: Vec<Vec<String>>,
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
    /// Assigns all identifiers.
    #[must_use]
    pub fn assign(api: &Api, kept: &Kept) -> Self {
        let mut assigner = Assigner { api, kept, notes: Vec::new() };
        let managers = assigner.managers();
        let types = assigner.types();
        let type_files = assigner.type_files(&types);
        let operations = assigner.operations(&managers);
        Self {
            crate_name: api.package.name.replace('-', "_"),
            client: ident::pascal(&api.package.client),
            managers,
            operations,
            homes: homes(api),
            types_by_name: types.iter().map(|(id, symbols)| (symbols.name.clone(), *id)).collect(),
            types,
            type_files,
            schemes: schemes(api),
            documents: kept.documents.clone(),
            notes: assigner.notes,
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

    /// Returns `true` if a name of an argument, a field or a variant passes the test.
    pub(crate) fn has_member(&self, test: impl Fn(&str) -> bool) -> bool {
        let arguments = self.operations.values().flat_map(|it| &it.arguments);
        let members = self.types.values().flat_map(|ty| &ty.members);
        arguments.chain(members).any(|name| test(name))
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

fn homes(api: &Api) -> BTreeMap<OperationId, usize> {
    let managers = api.managers.iter().enumerate();
    managers.flat_map(|(index, manager)| manager.operations.iter().map(move |id| (*id, index))).collect()
}

fn schemes(api: &Api) -> Vec<String> {
    let member = |scheme: &ir::SecurityScheme| ScopeMember::new(&scheme.name, ident::pascal);
    let members: Vec<ScopeMember> = api.security_schemes.iter().map(member).collect();
    assign(&members, &[PRELUDE, FLOW_RESULTS].concat())
}

struct Assigner<'a> {
    api: &'a Api,
    kept: &'a Kept,
    notes: Vec<Change>,
}

impl Assigner<'_> {
    fn managers(&mut self) -> Vec<ManagerSymbols> {
        let api = self.api;
        let names: Vec<&Name> = api.managers.iter().map(|manager| &manager.name).collect();
        let file_names: Vec<&Name> = api.managers.iter().map(ident::file_name).collect();
        let kept = self.kept;
        let of = |shown: &[&Name],
                  case: fn(&Name) -> String,
                  suffix: &str,
                  released: fn(&ManagerEntry) -> &str|
         -> Vec<ScopeMember> {
            let member = |(index, name): (usize, &&Name)| {
                let entry = kept.managers.get(index).and_then(Option::as_ref);
                let member = ScopeMember::new(name, case).with_rungs([case(name) + suffix]);
                let manager = &api.managers[index];
                // Of managers that are named after the same paths, the one with most operations comes first.
                let is_own = manager.name.snake().is_ascii();
                let group = if is_own { 0 } else { usize::MAX - manager.operations.len() };
                member.identified(group, &names[index].wire).released(entry.map(released))
            };
            shown.iter().enumerate().map(member).collect()
        };
        let pascal_manager: fn(&Name) -> String = |name| ident::suffixed(&ident::pascal(name), "Manager");
        let former: Vec<&FormerManager> = kept.former_managers.iter().flatten().collect();
        let taken = |name: fn(&FormerManager) -> &str, reserved: &[&'static str]| -> Vec<&str> {
            reserved.iter().copied().chain(former.iter().map(|former| name(former))).collect()
        };
        let modules = of(&file_names, ident::module, "_manager", |manager| &manager.module);
        let modules = assign(&modules, &taken(|former| &former.module, MANAGER_MODULES));
        let types = of(&names, pascal_manager, "Type", |manager| &manager.ty);
        let types = assign(&types, &taken(|former| &former.ty, PRELUDE));
        let accessors = of(&names, ident::snake, "_manager", |manager| &manager.accessor);
        let accessors = assign_all(&accessors, CLIENT_METHODS, &taken(|former| &former.accessor, &[]));
        let reserved = [RESERVED_FEATURES, RUNTIME_FEATURES].concat();
        let mut taken = taken(|former| &former.feature, &reserved);
        if let Some(extension) = &api.package.extension {
            taken.extend(extension.features.iter().map(|(feature, _)| feature.as_str()));
        }
        let features = assign(&of(&file_names, feature, "-manager", |manager| &manager.feature), &taken);
        modules
            .into_iter()
            .zip(types)
            .zip(accessors)
            .zip(features)
            .enumerate()
            .map(|(index, (((module, ty), accessor), feature))| {
                self.note_manager(index, &accessor);
                let former = kept.former_managers.get(index).cloned().unwrap_or_default();
                ManagerSymbols { module, ty, accessor: accessor.name, feature, former }
            })
            .collect()
    }

    fn types(&mut self) -> BTreeMap<TypeId, TypeSymbols> {
        let api = self.api;
        let members: Vec<ScopeMember> = api
            .types
            .iter()
            .map(|(id, def)| {
                let plain = ident::pascal(&def.name);
                let member = ScopeMember::new(&def.name, ident::pascal);
                let member = member.with_rungs([format!("{plain}Type"), format!("{plain}Value")]);
                let member = member.derived(!def.is_named).identified(0, def.origin.as_str());
                let released = self.kept.types.get(&id).map(|entry| entry.name.as_str());
                member.released(released).given(def.name.is_given)
            })
            .collect();
        let kept = self.kept;
        let former: Vec<&str> = kept.former_types().collect();
        let names = assign_all(&members, PRELUDE, &former);
        let members = parallel::map(api.types.iter().collect(), |(id, def)| {
            let mut assigner = Assigner { api, kept, notes: Vec::new() };
            (assigner.members(id, def), assigner.notes)
        });
        let shapes = api.types.iter().zip(names).zip(members);
        shapes
            .map(|(((id, def), assigned), (members, notes))| {
                self.note_type(&assigned, &def.origin);
                self.notes.extend(notes);
                let Assigned { name, former, .. } = assigned;
                // Sorted as a whole, so that a run under the new lock writes the same files.
                let mut names = kept.former_names(id);
                names.extend(former);
                let former = names.into_iter().collect();
                (id, TypeSymbols { name, members, former })
            })
            .collect()
    }

    fn members(&mut self, id: TypeId, def: &ir::TypeDef) -> Vec<String> {
        let kept = self.kept;
        let released = |wire: &str| kept.member(id, wire).map(|member| member.name.as_str());
        let members: Vec<ScopeMember> = match &def.shape {
            Shape::Struct { fields, .. } => {
                let member = |field: &ir::Field| {
                    let member = field_member(field).released(released(&field.name.wire));
                    member.given(field.name.is_given)
                };
                let members: Vec<ScopeMember> = fields.iter().map(member).collect();
                let assigned = assign_all(&members, STRUCT_METHODS, &[]);
                for (field, assigned) in fields.iter().zip(&assigned) {
                    self.note_field(id, &field.name.wire, assigned, &field.origin);
                }
                return assigned.into_iter().map(|assigned| assigned.name).collect();
            }
            Shape::StringEnum(variants) => {
                variants.iter().map(|it| value(&it.name, it.value.clone(), released(&it.value))).collect()
            }
            Shape::IntegerEnum(variants) => {
                let text = |it: &ir::Variant<i64>| it.value.to_string();
                variants.iter().map(|it| value(&it.name, text(it), released(&text(it)))).collect()
            }
            Shape::ValueEnum(variants) => {
                let text = |it: &ir::Variant<ir::Value>| it.value.to_string();
                variants.iter().map(|it| value(&it.name, text(it), released(&text(it)))).collect()
            }
            Shape::Union(union) => {
                let released = |index| kept.variant(id, index).map(|member| member.name.as_str());
                let members = union.variants.iter().enumerate();
                members.map(|(index, it)| self.union_variant(it).released(released(index))).collect()
            }
            Shape::Alias(_) => Vec::new(),
        };
        let assigned = assign_all(&members, VARIANTS, &[]);
        assigned.iter().for_each(|assigned| self.note_variant(id, assigned));
        assigned.into_iter().map(|assigned| assigned.name).collect()
    }

    fn union_variant(&self, variant: &ir::UnionVariant) -> ScopeMember {
        let member = variant_member(&variant.name);
        match (variant.tags.first(), &variant.ty) {
            (Some(tag), _) => member.identified(0, tag),
            (None, TypeRef::Def(id)) => member.derived(!self.api.types[*id].is_named),
            (None, _) => member.derived(true),
        }
    }

    /// Returns the files, each with its types in the order of their names.
    fn type_files(&self, symbols: &BTreeMap<TypeId, TypeSymbols>) -> Vec<TypeFile> {
        let files = type_files::type_files(self.api);
        let members: Vec<ScopeMember> = files
            .iter()
            .map(|(TypeFileKey { name, manager }, _)| {
                let member = ScopeMember::new(name, ident::module).derived(manager.is_some());
                if manager.is_some() {
                    member.with_rungs([ident::suffixed(&ident::module(name), "_only")])
                } else {
                    member
                }
            })
            .collect();
        let modules = assign(&members, &["types"]);
        let named = files.iter().zip(modules);
        let mut files: Vec<_> = named
            .map(|((key, types), module)| {
                let mut types = types.clone();
                types.sort_by_key(|id| &symbols[id].name);
                TypeFile { words: key.name.words.join(" "), module, manager: key.manager, types }
            })
            .collect();
        files.sort_by(|one, other| one.module.cmp(&other.module));
        files
    }
}

fn value(name: &Name, identity: String, released: Option<&str>) -> ScopeMember {
    variant_member(name).identified(0, identity).released(released).given(name.is_given)
}

fn variant_member(name: &Name) -> ScopeMember {
    let plain = ident::pascal(name);
    let instead =
        VARIANTS.contains(&plain.as_str()).then(|| plain.trim_end_matches('_').to_owned() + "Value");
    ScopeMember::new(name, ident::pascal).with_rungs(instead).or_cased()
}

fn field_member(field: &ir::Field) -> ScopeMember {
    let plain = ident::snake(&field.name);
    let instead = STRUCT_METHODS.contains(&plain.as_str()).then(|| format!("{plain}_"));
    let member = ScopeMember::new(&field.name, ident::snake).with_rungs(instead);
    let member = member.or_cased();
    let null_setter = !field.required && matches!(field.ty, TypeRef::Nullable(_));
    if null_setter { member.claiming("_null") } else { member }
}

fn feature(name: &Name) -> String {
    ident::folded(name).trim_end_matches('_').replace('_', "-")
}
