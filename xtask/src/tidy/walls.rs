//! Checks that the modules of the generator use only the crates and modules that they may.
//!
//! The crate documentation of the generator shows the same table; `docs` compares the two.

mod docs;

use super::Finding;
use super::code::{File, Mention};

/// The source folder that the walls divide.
const INSIDE: &str = "generator/src/";

/// A crate or module that only some modules may use.
struct Wall {
    /// The first segments of its paths.
    of: &'static [&'static str],
    /// The modules that may, as paths below the source folder without `.rs`.
    opened_to: &'static [&'static str],
    reason: &'static str,
}

/// The modules of the crate that a module may use, apart from itself. Modules come after those that they use.
struct Room {
    /// The module, as a path below the source folder without `.rs`; the first match counts.
    module: &'static str,
    knows: &'static [&'static str],
}

const RUST: &str = "Rust is written in `emit/rust`";
const PURE: &str = "a run depends on its input alone";

const WALLS: &[Wall] = &[
    Wall { of: &["openapiv3"], opened_to: &["spec", "lower"], reason: "later stages know no OpenAPI" },
    Wall {
        of: &["serde_json_path"],
        opened_to: &["spec/overlay"],
        reason: "only overlays select nodes by queries",
    },
    Wall { of: &["quote"], opened_to: &["emit/rust"], reason: RUST },
    Wall { of: &["syn"], opened_to: &["emit/rust"], reason: RUST },
    Wall { of: &["proc_macro2"], opened_to: &["emit/rust"], reason: RUST },
    Wall { of: &["prettyplease"], opened_to: &["emit/rust"], reason: RUST },
    Wall { of: &["minijinja"], opened_to: &["emit/text"], reason: "`emit/text` fills templates" },
    Wall { of: &["std", "fs"], opened_to: &["disk"], reason: "only `disk` touches the file system" },
    Wall { of: &["std", "env"], opened_to: &[], reason: PURE },
    Wall { of: &["std", "net"], opened_to: &[], reason: PURE },
    Wall { of: &["std", "process"], opened_to: &[], reason: PURE },
    Wall { of: &["std", "time"], opened_to: &[], reason: PURE },
    Wall {
        of: &["emit", "rust"],
        opened_to: &["lib", "emit/rust", "emit/manifest"],
        reason: "pages meet Rust at the trait `Dialect`",
    },
    Wall {
        of: &["emit", "markdown"],
        opened_to: &["lib", "emit/markdown"],
        reason: "Rust meets pages at the trait `Dialect`",
    },
];

const ROOMS: &[Room] = &[
    Room { module: "pointer", knows: &[] },
    Room { module: "name", knows: &[] },
    Room { module: "files", knows: &[] },
    Room { module: "parallel", knows: &[] },
    Room { module: "source", knows: &["pointer"] },
    Room { module: "diagnostic", knows: &["pointer", "source"] },
    Room { module: "tree", knows: &["diagnostic", "pointer", "source"] },
    Room { module: "ir", knows: &["name", "pointer"] },
    Room { module: "config", knows: &["diagnostic", "ir", "name", "pointer", "source", "tree"] },
    Room { module: "spec", knows: &["config", "diagnostic", "parallel", "pointer", "source", "tree"] },
    Room { module: "passes", knows: &["ir", "name", "pointer"] },
    Room {
        module: "lower",
        knows: &["config", "diagnostic", "ir", "name", "passes", "pointer", "spec", "tree"],
    },
    Room { module: "slice", knows: &["config", "diagnostic", "lower", "name", "pointer", "spec", "tree"] },
    Room { module: "check", knows: &["diagnostic", "ir", "name", "pointer"] },
    Room { module: "listing", knows: &["ir", "name", "pointer"] },
    Room { module: "verdict", knows: &["config", "diagnostic", "listing", "pointer"] },
    Room {
        module: "keep",
        knows: &["config", "diagnostic", "ir", "listing", "lower", "name", "passes", "pointer", "verdict"],
    },
    Room { module: "report", knows: &["diagnostic", "ir", "pointer"] },
    Room {
        module: "emit/rust/symbols",
        knows: &["ir", "keep", "listing", "name", "parallel", "pointer", "verdict"],
    },
    Room { module: "emit", knows: &["files", "ir", "listing", "name", "parallel", "pointer"] },
    Room { module: "disk", knows: &["files", "ir", "parallel", "source"] },
];

/// Checks the paths that a file of the generator mentions, and the table in the docs of its crate.
pub(super) fn check(file: &File, findings: &mut Vec<Finding>) {
    let Some(module) = file.path.strip_prefix(INSIDE).and_then(|path| path.strip_suffix(".rs")) else {
        return;
    };
    if module == "lib" {
        docs::check(file, findings);
    }
    let room = ROOMS.iter().find(|room| is_in(module, room.module));
    if room.is_none() && module != "lib" {
        let message = "is not in the table of modules: add it to xtask/src/tidy/walls.rs".to_owned();
        findings.push(Finding { path: file.path.clone(), line: 1, message });
    }
    for mention in file.mentions() {
        let segments = absolute(module, &mention);
        let mut find = |message: String| {
            findings.push(Finding { path: file.path.clone(), line: mention.line, message });
        };
        for wall in WALLS {
            let open = wall.opened_to.iter().any(|opened| is_in(module, opened));
            if !open && starts_with(&segments, wall.of) {
                find(format!("mentions `{}`: {}", wall.of.join("::"), wall.reason));
            }
        }
        let is_ours = ["crate", "self", "super"].contains(&mention.segments[0].as_str());
        let ours = segments.first().filter(|_| is_ours);
        if let (Some(room), Some(ours)) = (room, ours)
            && !is_in(room.module, ours)
            && !room.knows.contains(&ours.as_str())
        {
            find(format!("mentions `crate::{ours}`, which `{}` must not use", room.module));
        }
    }
}

/// Returns the path from the root of the crate without `crate`; a path to another crate stays unchanged.
fn absolute(module: &str, mention: &Mention) -> Vec<String> {
    let mut here: Vec<&str> = module.split('/').filter(|_| module != "lib").collect();
    let mut segments = mention.segments.as_slice();
    match segments[0].as_str() {
        "crate" => return segments[1..].to_vec(),
        "super" | "self" => {}
        _ => return segments.to_vec(),
    }
    while let Some((first, rest)) = segments.split_first() {
        match first.as_str() {
            "super" => drop(here.pop()),
            "self" => {}
            _ => break,
        }
        segments = rest;
    }
    here.into_iter().map(str::to_owned).chain(segments.iter().cloned()).collect()
}

fn starts_with(segments: &[String], path: &[&str]) -> bool {
    segments.len() >= path.len() && segments.iter().zip(path).all(|(segment, part)| segment == part)
}

fn is_in(module: &str, above: &str) -> bool {
    module.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::code::File;

    fn findings(path: &str, text: &str) -> usize {
        let mut findings = Vec::new();
        check(&File::new(path.to_owned(), text.to_owned()), &mut findings);
        findings.len()
    }

    #[test]
    fn walls_stand() {
        assert_eq!(findings("generator/src/lower/a.rs", "use openapiv3::Schema;"), 0);
        assert_eq!(findings("generator/src/emit/a.rs", "use openapiv3::Schema;"), 1);
        assert_eq!(findings("generator/src/lowered.rs", "use openapiv3::Schema;"), 2);
        assert_eq!(findings("generator/src/files.rs", "use std::{fs, io};"), 1);
        assert_eq!(findings("generator/src/emit/markdown/view.rs", "use super::super::rust::Symbols;"), 1);
        assert_eq!(findings("generator/src/emit/manifest.rs", "use super::rust::Symbols;"), 0);
        assert_eq!(findings("xtask/src/a.rs", "use openapiv3::Schema;"), 0);
    }

    #[test]
    fn modules_know_what_they_may() {
        assert_eq!(findings("generator/src/ir/a.rs", "use crate::{name::Name, pointer::Pointer};"), 0);
        assert_eq!(findings("generator/src/ir/a.rs", "use crate::{config::Config, spec::Spec};"), 2);
        assert_eq!(findings("generator/src/ir/a.rs", "use super::super::spec::Spec; use super::b::C;"), 1);
        assert_eq!(findings("generator/src/emit/rust/symbols.rs", "use crate::keep::Kept;"), 0);
        assert_eq!(findings("generator/src/emit/rust/ty.rs", "use crate::keep::Kept;"), 1);
    }
}
