//! Resolves the paths of a crate's files to the modules that define what they name.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::Graph;
use crate::tidy::code::{File, Import, Mention};

/// A module as the names that lead to it from the root of its crate; the root has none.
type Module = Vec<String>;

/// The modules of one crate.
pub(super) struct Modules<'a> {
    /// The source folder of the crate.
    source: &'a str,
    files: BTreeMap<Module, &'a File>,
    imports: BTreeMap<Module, Vec<Import>>,
}

impl<'a> Modules<'a> {
    /// Finds the modules below a source folder; those that only unit tests have are left out.
    pub(super) fn new(source: &'a str, files: &'a [File]) -> Self {
        let ours = files.iter().filter_map(|file| Some((module(source, &file.path)?, file)));
        let mut files: BTreeMap<Module, &File> = ours.collect();
        let tests: BTreeSet<Module> = files
            .iter()
            .flat_map(|(module, file)| tests(file).into_iter().map(|name| child(module, &name)))
            .collect();
        files.retain(|module, _| !tests.iter().any(|tests| module.starts_with(tests)));
        let imports = files.iter().map(|(module, file)| (module.clone(), file.imports())).collect();
        Self { source, files, imports }
    }

    /// Returns the imports among the entries of each folder.
    pub(super) fn graphs(&self) -> BTreeMap<String, Graph> {
        let mut graphs: BTreeMap<String, Graph> = BTreeMap::new();
        for (module, file) in &self.files {
            for Mention { line, segments } in file.mentions() {
                for target in self.resolve(module, &segments) {
                    let shared = module.iter().zip(&target).take_while(|(one, other)| one == other).count();
                    if let (Some(from), Some(to)) = (module.get(shared), target.get(shared)) {
                        let folder: Vec<&str> = std::iter::once(self.source)
                            .chain(module[..shared].iter().map(String::as_str))
                            .collect();
                        graphs.entry(folder.join("/")).or_default().add(from, to, &file.path, line);
                    }
                }
            }
        }
        graphs
    }

    /// Returns the modules that a path leads through: re-exporting ones, then the one that defines its last name.
    fn resolve(&self, from: &Module, path: &[String]) -> Vec<Module> {
        let mut targets = Vec::new();
        let mut pending = vec![(from.clone(), path.to_vec())];
        let mut seen = BTreeSet::new();
        while let Some((from, path)) = pending.pop() {
            if !seen.insert((from.clone(), path.clone())) {
                continue;
            }
            let Some((module, name)) = self.walk(&from, &path) else { continue };
            if let Some(name) = name {
                let imports = self.imports.get(&module).into_iter().flatten();
                for import in imports.filter(|import| import.name == name || import.name == "*") {
                    let mut path = import.segments.clone();
                    if import.name == "*" {
                        path.push(name.clone());
                    }
                    let defines = |target: &Module| self.defines(target, &name);
                    if import.name != "*"
                        || self.walk(&module, &path).is_some_and(|(target, _)| defines(&target))
                    {
                        pending.push((module.clone(), path));
                    }
                }
            }
            targets.push(module);
        }
        targets
    }

    /// Follows a path through modules, and returns the last one with the name behind it.
    fn walk(&self, from: &Module, path: &[String]) -> Option<(Module, Option<String>)> {
        let (first, mut rest) = path.split_first()?;
        let mut module = match first.as_str() {
            "crate" => Module::new(),
            "self" => from.clone(),
            "super" => from.split_last()?.1.to_vec(),
            // A path from elsewhere, unless it starts at a module of this one.
            name => Some(child(from, name)).filter(|module| self.files.contains_key(module))?,
        };
        while let Some((name, after)) = rest.split_first() {
            if name == "super" {
                module = module.split_last()?.1.to_vec();
            } else if self.files.contains_key(&child(&module, name)) {
                module.push(name.clone());
            } else {
                return Some((module, Some(name.clone())));
            }
            rest = after;
        }
        Some((module, None))
    }

    /// Returns `true` if a module has an item of this name.
    fn defines(&self, module: &Module, name: &str) -> bool {
        const ITEMS: &[&str] = &["const", "enum", "fn", "static", "struct", "trait", "type", "union", "use"];
        let Some(file) = self.files.get(module) else { return false };
        let words: Vec<&str> = file
            .code
            .split(|char: char| !char.is_alphanumeric() && char != '_')
            .filter(|word| !word.is_empty())
            .collect();
        let imported = self.imports[module].iter().any(|import| import.name == name);
        imported || words.windows(2).any(|pair| ITEMS.contains(&pair[0]) && pair[1] == name)
    }
}

/// Returns the module of a file; `lib.rs` and `main.rs` are the root, and `mod.rs` is the module of its folder.
fn module(source: &str, path: &str) -> Option<Module> {
    let below = path.strip_prefix(source)?.strip_prefix('/')?.strip_suffix(".rs")?;
    let mut module: Module = below.split('/').map(str::to_owned).collect();
    if below == "lib" || below == "main" || module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    Some(module)
}

fn child(module: &[String], name: &str) -> Module {
    module.iter().cloned().chain([name.to_owned()]).collect()
}

/// Returns the names of the modules that a file declares for unit tests alone.
fn tests(file: &File) -> Vec<String> {
    let declared = |code: &str| -> BTreeSet<String> {
        let lines = code.lines().filter_map(|line| line.trim().strip_suffix(';'));
        lines.filter_map(|line| Some(line.rsplit_once("mod ")?.1.to_owned())).collect()
    };
    declared(&file.whole).difference(&declared(&file.code)).cloned().collect()
}
