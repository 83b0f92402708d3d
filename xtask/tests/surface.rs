//! Lists the public items of hand-written code, so that a breaking change shows in a snapshot. For generated code,
//! `api.txt` does this.
//!
//! Items are read from the sources, so those that macros expand to are missing; the macro calls are listed instead.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Span, TokenTree};
use quote::quote;
use syn::{Attribute, ImplItem, Item, ItemMacro, Type, UseTree, Visibility};

#[test]
fn the_surface_of_the_runtime() {
    insta::assert_snapshot!(print(&shown(&read("runtime/src/lib.rs"))));
}

#[test]
fn the_surface_of_hand_written_code_in_the_sdk() {
    let extension = read("generated-sdk/src/ext/mod.rs");
    let mut shown = shown(&extension);
    // The client is generated; its hand-written methods are not.
    shown.insert("BoxClient".to_owned(), extension.show_impls("BoxClient"));
    insta::assert_snapshot!(print(&shown));
}

fn read(root: &str) -> Crate {
    Crate::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(root))
}

fn shown(krate: &Crate) -> BTreeMap<String, String> {
    let mut shown = BTreeMap::new();
    krate.show(&[], "", &mut shown);
    shown
}

fn print(shown: &BTreeMap<String, String>) -> String {
    shown.iter().map(|(path, text)| format!("// {path}\n{text}\n")).collect()
}

/// A path from the root of the crate, `["json", "source"]`.
type Module = Vec<String>;

struct Crate {
    modules: BTreeMap<Module, Vec<Item>>,
    /// `impl` blocks, and macros in their place, by the last segment of the type's path.
    impls: BTreeMap<String, Vec<Item>>,
}

impl Crate {
    fn read(root: &Path) -> Self {
        let mut krate = Self { modules: BTreeMap::new(), impls: BTreeMap::new() };
        krate.read_file(root, root.parent().expect("a folder"), Vec::new());
        krate
    }

    fn read_file(&mut self, file: &Path, children: &Path, module: Module) {
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let items = syn::parse_file(&text).expect("Rust that compiles").items;
        self.read_items(items, children, module);
    }

    fn read_items(&mut self, items: Vec<Item>, children: &Path, module: Module) {
        for item in &items {
            match item {
                Item::Mod(inner)
                    if !is_only_for(&inner.attrs, "test") && !is_only_for(&inner.attrs, "doctest") =>
                {
                    let name = inner.ident.to_string();
                    let path = [module.as_slice(), std::slice::from_ref(&name)].concat();
                    let folder = children.join(&name);
                    match &inner.content {
                        Some((_, items)) => self.read_items(items.clone(), &folder, path),
                        None => self.read_file(&file_of(children, &name), &folder, path),
                    }
                }
                Item::Impl(block) => {
                    if let Some(name) = self_name(&block.self_ty) {
                        self.impls.entry(name).or_default().push(item.clone());
                    }
                }
                Item::Macro(call) => {
                    if let Some(name) = first_name(call) {
                        self.impls.entry(name).or_default().push(item.clone());
                    }
                }
                _ => {}
            }
        }
        self.modules.insert(module, items);
    }

    /// Adds the public items of a module.
    fn show(&self, module: &[String], prefix: &str, shown: &mut BTreeMap<String, String>) {
        for item in &self.modules[module] {
            if !is_public(item) {
                continue;
            }
            match item {
                Item::Use(import) => {
                    for (path, name) in leaves(&import.tree) {
                        self.show_import(module, &path, &name, prefix, &import.attrs, shown);
                    }
                }
                Item::Mod(inner) if !is_only_for(&inner.attrs, "doctest") => {
                    let name = inner.ident.to_string();
                    let path = [module, std::slice::from_ref(&name)].concat();
                    self.show(&path, &format!("{prefix}{name}::"), shown);
                }
                _ => self.show_item(item, prefix, None, shown),
            }
        }
    }

    fn show_import(
        &self,
        module: &[String],
        path: &[String],
        name: &str,
        prefix: &str,
        attributes: &[Attribute],
        shown: &mut BTreeMap<String, String>,
    ) {
        let from = self.resolve(module, path);
        if name == "*" {
            return match from {
                Some(from) => self.show(&from, prefix, shown),
                None => drop(shown.insert(format!("{prefix}*"), format!("pub use {};\n", path.join("::")))),
            };
        }
        let wanted = path.last().expect("a path");
        let found = from.as_ref().and_then(|from| self.find(from, wanted));
        match found {
            Some(item) => self.show_item(item, prefix, Some(name), shown),
            None => {
                let attributes = kept(attributes);
                let path = path.join("::");
                let text = format!("{}pub use {path};\n", quote!(#(#attributes)*));
                shown.insert(format!("{prefix}{name}"), text);
            }
        }
    }

    /// Returns the module that a path leads into, or `None` if it is part of another crate.
    fn resolve(&self, module: &[String], path: &[String]) -> Option<Module> {
        if path.len() == 1 {
            // The name of another crate.
            return None;
        }
        let mut steps = path.iter();
        let mut at = module.to_vec();
        if path.first().is_some_and(|first| first == "crate") {
            at.clear();
            steps.next();
        }
        let steps: Vec<&String> = steps.filter(|step| *step != "self").collect();
        let (_, folders) = steps.split_last()?;
        at.extend(folders.iter().map(|step| (*step).clone()));
        self.modules.contains_key(&at).then_some(at)
    }

    fn find(&self, module: &[String], name: &str) -> Option<&Item> {
        let items = &self.modules[module];
        let direct = items.iter().find(|item| item_name(item).is_some_and(|found| found == name));
        direct.or_else(|| {
            let imports = items
                .iter()
                .filter_map(|item| if let Item::Use(import) = item { Some(import) } else { None });
            imports.flat_map(|import| leaves(&import.tree)).find_map(|(path, leaf)| {
                if leaf != name {
                    return None;
                }
                self.find(&self.resolve(module, &path)?, path.last()?)
            })
        })
    }

    fn show_item(&self, item: &Item, prefix: &str, name: Option<&str>, shown: &mut BTreeMap<String, String>) {
        let Some(own) = item_name(item) else { return };
        let mut file: syn::File = syn::parse_quote!();
        file.items = vec![signature(item)];
        let text = prettyplease::unparse(&file) + &self.show_impls(&own);
        shown.insert(format!("{prefix}{}", name.unwrap_or(&own)), text);
    }

    fn show_impls(&self, name: &str) -> String {
        let mut file: syn::File = syn::parse_quote!();
        file.items = joined(self.impls.get(name).into_iter().flatten().filter_map(public_part));
        prettyplease::unparse(&file)
    }
}

fn file_of(children: &Path, name: &str) -> PathBuf {
    let flat = children.join(format!("{name}.rs"));
    if flat.exists() { flat } else { children.join(name).join("mod.rs") }
}

/// Returns the paths of a `use` tree, each with the name it is imported as.
fn leaves(tree: &UseTree) -> Vec<(Vec<String>, String)> {
    let within = |name: String, inner: Vec<(Vec<String>, String)>| {
        inner.into_iter().map(|(path, leaf)| ([vec![name.clone()], path].concat(), leaf)).collect()
    };
    match tree {
        UseTree::Path(path) => within(path.ident.to_string(), leaves(&path.tree)),
        UseTree::Name(name) => vec![(vec![name.ident.to_string()], name.ident.to_string())],
        UseTree::Rename(name) => vec![(vec![name.ident.to_string()], name.rename.to_string())],
        UseTree::Glob(_) => vec![(vec!["*".to_owned()], "*".to_owned())],
        UseTree::Group(group) => group.items.iter().flat_map(leaves).collect(),
    }
}

fn item_name(item: &Item) -> Option<String> {
    let name = match item {
        Item::Struct(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Const(item) => &item.ident,
        Item::Static(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        _ => return None,
    };
    Some(name.to_string())
}

fn is_public(item: &Item) -> bool {
    let visibility = match item {
        Item::Struct(item) => &item.vis,
        Item::Enum(item) => &item.vis,
        Item::Trait(item) => &item.vis,
        Item::Type(item) => &item.vis,
        Item::Const(item) => &item.vis,
        Item::Static(item) => &item.vis,
        Item::Fn(item) => &item.vis,
        Item::Use(item) => &item.vis,
        Item::Mod(item) => &item.vis,
        Item::Macro(item) => {
            return item.attrs.iter().any(|attribute| attribute.path().is_ident("macro_export"));
        }
        _ => return false,
    };
    matches!(visibility, Visibility::Public(_))
}

/// Returns an item without its documentation, private fields and body.
fn signature(item: &Item) -> Item {
    let mut item = item.clone();
    match &mut item {
        Item::Struct(item) => {
            item.attrs = kept(&item.attrs);
            for field in &mut item.fields {
                field.attrs = kept(&field.attrs);
            }
            let is_shown = |field: &&syn::Field| matches!(field.vis, Visibility::Public(_));
            if let syn::Fields::Named(fields) = &mut item.fields {
                fields.named = fields.named.iter().filter(is_shown).cloned().collect();
            }
            if matches!(&item.fields, syn::Fields::Unnamed(fields) if !fields.unnamed.iter().any(|field| is_shown(&field)))
            {
                item.fields = syn::Fields::Unit;
                item.semi_token = Some(Default::default());
            }
        }
        Item::Enum(item) => {
            item.attrs = kept(&item.attrs);
            for variant in &mut item.variants {
                variant.attrs = kept(&variant.attrs);
                for field in &mut variant.fields {
                    field.attrs = kept(&field.attrs);
                }
            }
        }
        Item::Trait(item) => {
            item.attrs = kept(&item.attrs);
            for member in &mut item.items {
                if let syn::TraitItem::Fn(function) = member {
                    function.attrs = kept(&function.attrs);
                    function.default = function.default.is_some().then(|| syn::parse_quote!({}));
                }
            }
        }
        Item::Type(item) => item.attrs = kept(&item.attrs),
        Item::Const(item) => item.attrs = kept(&item.attrs),
        Item::Static(item) => item.attrs = kept(&item.attrs),
        Item::Fn(item) => {
            item.attrs = kept(&item.attrs);
            item.block = syn::parse_quote!({});
        }
        Item::Macro(item) => {
            // The name of a macro is public, its rules are not.
            let name = &item.ident;
            return syn::parse_quote!(macro_rules! #name { () => {} });
        }
        _ => {}
    }
    item
}

/// Returns the public part of an `impl`: its public methods, or its head if it implements a trait. A macro call is
/// reduced to the macro and the type.
fn public_part(item: &Item) -> Option<Item> {
    let mut block = match item {
        Item::Impl(block) => block.clone(),
        Item::Macro(call) => {
            let (path, name) = (&call.mac.path, syn::Ident::new(&first_name(call)?, Span::call_site()));
            return Some(syn::parse_quote!(#path!(#name);));
        }
        _ => return None,
    };
    if is_only_for(&block.attrs, "test") {
        return None;
    }
    block.attrs = kept(&block.attrs);
    if block.trait_.is_some() {
        block.items.clear();
        return Some(Item::Impl(block));
    }
    block.items.retain_mut(|item| match item {
        ImplItem::Fn(function) => {
            function.attrs = kept(&function.attrs);
            function.block = syn::parse_quote!({});
            matches!(function.vis, Visibility::Public(_))
        }
        ImplItem::Const(constant) => {
            constant.attrs = kept(&constant.attrs);
            matches!(constant.vis, Visibility::Public(_))
        }
        _ => false,
    });
    (!block.items.is_empty()).then_some(Item::Impl(block))
}

/// Joins the `impl` blocks of a type that have the same head, and sorts blocks and their items, so that it makes no
/// difference which file an `impl` lies in.
fn joined(parts: impl Iterator<Item = Item>) -> Vec<Item> {
    let mut joined: BTreeMap<String, Item> = BTreeMap::new();
    for part in parts {
        match part {
            Item::Impl(mut block) => {
                let items = std::mem::take(&mut block.items);
                // A block without items prints as its head.
                let head = quote!(#block).to_string();
                if let Item::Impl(block) = joined.entry(head).or_insert(Item::Impl(block)) {
                    block.items.extend(items);
                    block.items.sort_by_key(impl_item_name);
                }
            }
            other => drop(joined.insert(quote!(#other).to_string(), other)),
        }
    }
    joined.into_values().collect()
}

fn impl_item_name(item: &ImplItem) -> String {
    match item {
        ImplItem::Fn(function) => function.sig.ident.to_string(),
        ImplItem::Const(constant) => constant.ident.to_string(),
        _ => String::new(),
    }
}

/// Returns the type at the start of a macro call's arguments.
fn first_name(call: &ItemMacro) -> Option<String> {
    let mut trees = call.mac.tokens.clone().into_iter();
    if let (None, Some(TokenTree::Ident(name))) = (&call.ident, trees.next()) {
        Some(name.to_string())
    } else {
        None
    }
}

fn self_name(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    Some(path.path.segments.last()?.ident.to_string())
}

/// Returns the attributes that matter to users.
fn kept(attributes: &[Attribute]) -> Vec<Attribute> {
    let is_kept = |attribute: &&Attribute| {
        ["cfg", "deprecated", "derive", "must_use", "non_exhaustive"]
            .iter()
            .any(|name| attribute.path().is_ident(name))
    };
    let mut kept: Vec<Attribute> = attributes.iter().filter(is_kept).cloned().collect();
    for attribute in &mut kept {
        if attribute.path().is_ident("must_use") {
            *attribute = syn::parse_quote!(#[must_use]);
        }
    }
    kept
}

/// Returns `true` if an item is compiled only for this purpose, `test` or `doctest`.
fn is_only_for(attributes: &[Attribute], purpose: &str) -> bool {
    let of = |attribute: &Attribute| attribute.parse_args::<syn::Ident>().is_ok_and(|found| found == purpose);
    attributes.iter().any(|attribute| attribute.path().is_ident("cfg") && of(attribute))
}
