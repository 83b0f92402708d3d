//! A file of the generator to what it mentions although a wall stands between the two.

use super::Finding;
use super::code::{File, Mention};

/// Where the walls stand.
const INSIDE: &str = "generator/src/";

/// Something that only some modules may mention.
struct Wall {
    /// The first segments of its paths.
    of: &'static [&'static str],
    /// The modules that may, as paths below the source folder without `.rs`.
    opened_to: &'static [&'static str],
    reason: &'static str,
}

/// What a module may mention of our own crate.
struct Room {
    /// The module, as a path below the source folder without `.rs`; the first that fits counts.
    module: &'static str,
    knows: &'static [&'static str],
}

const WALLS: &[Wall] = &[
    Wall { of: &["openapiv3"], opened_to: &["spec", "lower"], reason: "later stages know no OpenAPI" },
    Wall { of: &["quote"], opened_to: &["emit/rust"], reason: "Rust is written in `emit/rust`" },
    Wall { of: &["syn"], opened_to: &["emit/rust"], reason: "Rust is written in `emit/rust`" },
    Wall { of: &["proc_macro2"], opened_to: &["emit/rust"], reason: "Rust is written in `emit/rust`" },
    Wall { of: &["prettyplease"], opened_to: &["emit/rust"], reason: "Rust is written in `emit/rust`" },
    Wall { of: &["minijinja"], opened_to: &["emit/text"], reason: "`emit/text.rs` fills templates" },
    Wall { of: &["std", "fs"], opened_to: &["disk"], reason: "`disk` alone touches the file system" },
    Wall { of: &["std", "env"], opened_to: &[], reason: "a run depends on its input alone" },
    Wall { of: &["std", "net"], opened_to: &[], reason: "a run depends on its input alone" },
    Wall { of: &["std", "process"], opened_to: &[], reason: "a run depends on its input alone" },
    Wall { of: &["std", "time"], opened_to: &[], reason: "a run depends on its input alone" },
    Wall {
        of: &["emit", "rust"],
        opened_to: &["lib", "emit/rust", "emit/manifest"],
        reason: "pages meet Rust at `Dialect`",
    },
    Wall {
        of: &["emit", "markdown"],
        opened_to: &["lib", "emit/markdown"],
        reason: "Rust meets pages at `Dialect`",
    },
];

const ROOMS: &[Room] = &[
    Room { module: "ir", knows: &["ir", "name", "pointer"] },
    Room { module: "passes", knows: &["ir", "name", "passes", "pointer"] },
    Room { module: "check", knows: &["check", "diagnostic", "ir", "name", "pointer"] },
    Room {
        module: "lower",
        knows: &["config", "diagnostic", "ir", "lower", "name", "passes", "pointer", "spec", "tree"],
    },
    Room { module: "spec", knows: &["config", "diagnostic", "pointer", "source", "spec", "tree"] },
    Room { module: "config", knows: &["config", "diagnostic", "ir", "name", "pointer", "source", "tree"] },
    Room { module: "tree", knows: &["diagnostic", "pointer", "source", "tree"] },
    Room { module: "diagnostic", knows: &["diagnostic", "pointer", "source"] },
    Room { module: "source", knows: &["pointer", "source"] },
    Room { module: "listing", knows: &["ir", "listing", "pointer"] },
    Room { module: "verdict", knows: &["listing", "pointer", "verdict"] },
    Room { module: "keep", knows: &["ir", "keep", "listing", "pointer", "verdict"] },
    Room {
        module: "emit/rust/symbols",
        knows: &["diagnostic", "emit", "ir", "keep", "listing", "name", "pointer"],
    },
    Room { module: "emit", knows: &["emit", "files", "ir", "listing", "name", "parallel", "pointer"] },
];

/// Checks what a file of the generator mentions.
pub(super) fn check(file: &File, findings: &mut Vec<Finding>) {
    let Some(module) = file.path.strip_prefix(INSIDE).and_then(|path| path.strip_suffix(".rs")) else {
        return;
    };
    let room = ROOMS.iter().find(|room| is_in(module, room.module));
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
        let ours = segments.first().filter(|_| mention.segments[0] == "crate");
        if let (Some(room), Some(ours)) = (room, ours)
            && !room.knows.contains(&ours.as_str())
        {
            find(format!("mentions `crate::{ours}`, which `{}` must not know", room.module));
        }
    }
}

/// The path from the root of the crate, without `crate`; one from outside stays as it is.
fn absolute(module: &str, mention: &Mention) -> Vec<String> {
    let mut here: Vec<&str> = module.split('/').collect();
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
        assert_eq!(findings("generator/src/lowered.rs", "use openapiv3::Schema;"), 1);
        assert_eq!(findings("generator/src/files.rs", "use std::{fs, io};"), 1);
        assert_eq!(findings("generator/src/emit/markdown/view.rs", "use super::super::rust::Symbols;"), 1);
        assert_eq!(findings("generator/src/emit/manifest.rs", "use super::rust::Symbols;"), 0);
        assert_eq!(findings("xtask/src/a.rs", "use openapiv3::Schema;"), 0);
    }

    #[test]
    fn modules_know_what_they_may() {
        assert_eq!(findings("generator/src/ir/a.rs", "use crate::{name::Name, pointer::Pointer};"), 0);
        assert_eq!(findings("generator/src/ir/a.rs", "use crate::{config::Config, spec::Spec};"), 2);
        assert_eq!(findings("generator/src/emit/rust/symbols.rs", "use crate::config::Config;"), 0);
        assert_eq!(findings("generator/src/emit/rust/ty.rs", "use crate::config::Config;"), 1);
    }
}
