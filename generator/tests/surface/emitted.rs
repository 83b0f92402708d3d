//! Reads the public items of an emitted package from its sources.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use sdk_generator::files::Files;
use syn::{
    Attribute, Fields, GenericArgument, ImplItem, Item, ItemImpl, ItemMacro, ItemUse, PathArguments, Type,
    UseTree, Visibility,
};

/// Returns a line for each public item of the generated sources.
pub(crate) fn items(files: &Files) -> BTreeSet<String> {
    let mut items = BTreeSet::new();
    for (path, text) in files.iter() {
        let Some(path) = path.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs")) else {
            continue;
        };
        let scope = match path {
            "lib" | "client" => String::new(),
            "types" | "managers" | "oauth" => format!("{path}::"),
            _ => match path.split_once('/') {
                // Type files are private modules.
                Some(("types", _)) => "types::".to_owned(),
                Some(("managers", module)) => format!("managers::{}::", module.replace('/', "::")),
                // Hand-written code.
                Some(_) | None => continue,
            },
        };
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut reader = Reader { scope, items: &mut items };
        file.items.iter().for_each(|item| reader.item(item));
    }
    let manifest = files.get("Cargo.toml").expect("a package has a manifest");
    let features = manifest.lines().skip_while(|line| *line != "[features]").skip(1);
    let features = features.take_while(|line| !line.starts_with('['));
    items.extend(features.filter_map(|line| Some(format!("feature {}", line.split_once(" = ")?.0))));
    items
}

struct Reader<'a> {
    scope: String,
    items: &'a mut BTreeSet<String>,
}

impl Reader<'_> {
    fn add(&mut self, text: impl std::fmt::Display, attributes: &[Attribute]) {
        let deprecated = if has(attributes, "deprecated") { " (deprecated)" } else { "" };
        let feature = feature(attributes).map(|feature| format!(" (feature {feature})")).unwrap_or_default();
        self.items.insert(format!("{}{text}{deprecated}{feature}", self.scope));
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                self.derives(&item.ident.to_string(), &item.attrs);
                for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
                    let name = field.ident.as_ref().expect("fields are named");
                    self.add(format_args!("{}.{name}: {}", item.ident, shown(&field.ty)), &field.attrs);
                }
            }
            Item::Enum(item) if is_public(&item.vis) => {
                self.derives(&item.ident.to_string(), &item.attrs);
                for variant in &item.variants {
                    let payload = match &variant.fields {
                        Fields::Unit => String::new(),
                        fields => {
                            let types: Vec<String> = fields.iter().map(|field| shown(&field.ty)).collect();
                            format!("({})", types.join(", "))
                        }
                    };
                    self.add(format_args!("{}::{}{payload}", item.ident, variant.ident), &variant.attrs);
                }
            }
            Item::Type(item) if is_public(&item.vis) => {
                self.add(format_args!("type {} = {}", item.ident, shown(&item.ty)), &item.attrs);
            }
            Item::Impl(block) => self.block(block),
            Item::Macro(call) => self.call(call),
            Item::Use(item) if is_public(&item.vis) && !has(&item.attrs, "doc") => self.import(item),
            Item::Mod(item) if is_public(&item.vis) => {
                self.add(format_args!("mod {}", item.ident), &item.attrs)
            }
            Item::Const(item) if is_public(&item.vis) => self.add(&item.ident, &item.attrs),
            Item::Fn(item) if is_public(&item.vis) => self.add(&item.sig.ident, &item.attrs),
            Item::Trait(item) if is_public(&item.vis) => self.add(&item.ident, &item.attrs),
            _ => {}
        }
    }

    fn derives(&mut self, name: &str, attributes: &[Attribute]) {
        let deprecated: Vec<Attribute> =
            attributes.iter().filter(|attribute| attribute.path().is_ident("deprecated")).cloned().collect();
        self.add(name, &deprecated);
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
            let syn::Meta::List(list) = &attribute.meta else { continue };
            for tree in list.tokens.clone() {
                if let TokenTree::Ident(derived) = tree {
                    self.add(format_args!("{name}: {derived}"), &[]);
                }
            }
        }
    }

    fn block(&mut self, block: &ItemImpl) {
        let name = shown(&block.self_ty);
        if let Some((path, _)) = &block.trait_ {
            let implemented = path.segments.last().expect("a trait has a name");
            // The trait of the runtime is hidden.
            if implemented.ident != "Json" {
                self.add(format_args!("{name}: {}", segment(implemented)), &[]);
            }
            return;
        }
        for item in &block.items {
            match item {
                ImplItem::Fn(function) if is_public(&function.vis) => {
                    let inputs = function.sig.inputs.iter().filter_map(|input| match input {
                        syn::FnArg::Typed(input) => Some(input.pat.to_token_stream().to_string()),
                        syn::FnArg::Receiver(_) => None,
                    });
                    let inputs = inputs.map(|input| input.trim_start_matches("mut ").to_owned());
                    let inputs: Vec<String> = inputs.collect();
                    let returns = match &function.sig.output {
                        syn::ReturnType::Type(_, ty) => shown(ty),
                        syn::ReturnType::Default => "()".to_owned(),
                    };
                    let call = format!("{name}::{}({}) -> {returns}", function.sig.ident, inputs.join(", "));
                    self.add(call, &function.attrs);
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    let call = format!("{name}::{}: {}", constant.ident, shown(&constant.ty));
                    self.add(call, &constant.attrs);
                }
                _ => {}
            }
        }
    }

    /// Reads a call of a macro of the runtime, such as `rt::object!`.
    fn call(&mut self, call: &ItemMacro) {
        let Some(name) = call.mac.path.segments.last() else { return };
        let mut trees = call.mac.tokens.clone().into_iter().peekable();
        let Some(TokenTree::Ident(ty)) = trees.next() else { return };
        // `Type => Output, decoder`
        let rest: TokenStream = trees.collect();
        let output = after_arrow(rest).map(|ty| format!(" => {ty}")).unwrap_or_default();
        self.add(format_args!("{}!({ty}{output})", name.ident), &[]);
    }

    fn import(&mut self, item: &ItemUse) {
        let mut leaves = Vec::new();
        collect(&item.tree, &mut Vec::new(), &mut leaves);
        for (path, name) in leaves {
            // Hand-written code is exported as a whole.
            if name != "*" {
                let from =
                    if path.first().is_some_and(|first| first == "sdk_runtime") { "export " } else { "use " };
                self.add(format_args!("{from}{name}"), &item.attrs);
            }
        }
    }
}

/// Returns the output type of `=> Output, …`, without the word `stream` of a decoder.
fn after_arrow(tokens: TokenStream) -> Option<String> {
    let mut trees = tokens.into_iter();
    match (trees.next()?, trees.next()?) {
        (TokenTree::Punct(equals), TokenTree::Punct(arrow))
            if equals.as_char() == '=' && arrow.as_char() == '>' => {}
        _ => return None,
    }
    let mut depth = 0_i32;
    let mut pages = Vec::new();
    let mut current = TokenStream::new();
    for tree in trees {
        if let TokenTree::Punct(punct) = &tree {
            match punct.as_char() {
                '<' => depth += 1,
                '>' => depth -= 1,
                ',' if depth == 0 => {
                    pages.push(std::mem::take(&mut current));
                    continue;
                }
                _ => {}
            }
        }
        current.extend([tree]);
    }
    // `pages!` names the type of the items in the fourth place.
    let ty = match pages.as_slice() {
        [_, _, _, item, ..] => item.clone(),
        [output, ..] => output.clone(),
        [] => return None,
    };
    syn::parse2::<Type>(ty).ok().map(|ty| shown(&ty))
}

fn collect(tree: &UseTree, path: &mut Vec<String>, leaves: &mut Vec<(Vec<String>, String)>) {
    match tree {
        UseTree::Path(step) => {
            path.push(step.ident.to_string());
            collect(&step.tree, path, leaves);
            path.pop();
        }
        UseTree::Name(name) => leaves.push((path.clone(), name.ident.to_string())),
        UseTree::Rename(name) => leaves.push((path.clone(), name.rename.to_string())),
        UseTree::Glob(_) => leaves.push((path.clone(), "*".to_owned())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| collect(tree, path, leaves)),
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// Returns the feature of `#[cfg(feature = "…")]`.
fn feature(attributes: &[Attribute]) -> Option<String> {
    let cfg = attributes.iter().find(|attribute| attribute.path().is_ident("cfg"))?;
    let syn::Meta::List(list) = &cfg.meta else { return None };
    let literal = list.tokens.clone().into_iter().find_map(|tree| match tree {
        TokenTree::Literal(literal) => Some(literal.to_string()),
        _ => None,
    });
    Some(literal?.trim_matches('"').to_owned())
}

/// Formats a type without the paths of its names.
fn shown(ty: &Type) -> String {
    match ty {
        Type::Path(path) => segment(path.path.segments.last().expect("a path has a name")),
        Type::Tuple(tuple) => {
            let items: Vec<String> = tuple.elems.iter().map(shown).collect();
            format!("({}{})", items.join(", "), if items.len() == 1 { "," } else { "" })
        }
        Type::Reference(reference) => format!("&{}", shown(&reference.elem)),
        other => other.to_token_stream().to_string(),
    }
}

fn segment(segment: &syn::PathSegment) -> String {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return segment.ident.to_string();
    };
    let arguments = arguments.args.iter().map(|argument| match argument {
        GenericArgument::Type(ty) => shown(ty),
        other => other.to_token_stream().to_string(),
    });
    format!("{}<{}>", segment.ident, arguments.collect::<Vec<_>>().join(", "))
}
