//! Edits the texts of a configuration in place, so that comments and formatting stay.

use super::{Config, document};
use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;
use crate::source::language::{Language, language, without_mark};
use crate::source::outline::Outline;
use crate::source::{Position, Source};
use crate::tree::{Node, load};

/// The text that cannot be edited, and the edit to make by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditError {
    /// The name of the configuration.
    pub file: String,
    /// The edit in words.
    pub edit: String,
}

/// The lists whose entries a release settles: after it they have no effect.
const SETTLED: &[&[&str]] = &[&["accept"], &["tighten"], &["names", "drop"]];

impl Config {
    /// Returns the files of the configuration that change with a release: the one that states the version, and those
    /// with lists that the release settles.
    ///
    /// # Errors
    ///
    /// Returns an error if an edit would change anything else, such as another use of a YAML anchor.
    pub fn released(&self, version: &str) -> Result<Vec<Source>, EditError> {
        let mut sources = self.sources.clone();
        if self.version != version {
            let depth = self.layer_of("package").unwrap_or_default();
            let edit = format!("set `package.version` to {version}");
            self.edit(&mut sources, depth, edit, |source| with_version(source, version))?;
        }
        for key in self.settled() {
            let depth = self.layer_of(key[0]).unwrap_or_default();
            let edit = format!("empty the list `{}`", key.join("."));
            self.edit(&mut sources, depth, edit, |source| emptied(source, key))?;
        }
        let parsed = parse(&sources);
        let is_right = parsed.is_some_and(|config| config.version == version && config.settled().is_empty());
        if !is_right && sources.iter().zip(&self.sources).any(|(new, old)| new.text != old.text) {
            let file = sources.first().map(|source| source.name.clone()).unwrap_or_default();
            return Err(EditError { file, edit: format!("set `package.version` to {version}") });
        }
        let changed = sources.into_iter().zip(&self.sources).filter(|(new, old)| new.text != old.text);
        Ok(changed.map(|(source, _)| source).collect())
    }

    /// Returns the keys of the lists that a release empties, each as a path such as `["accept"]`.
    #[must_use]
    pub fn settled(&self) -> Vec<&'static [&'static str]> {
        let has_items = |path: &[&str]| {
            let root = load(&self.sources.get(self.layer_of(path[0])?)?.text).ok()?.root;
            let list = path.iter().try_fold(&root, |node, key| node.get(key))?;
            Some(list.as_sequence().map_or(*list != Node::Null, |items| !items.is_empty()))
        };
        SETTLED.iter().copied().filter(|path| has_items(path) == Some(true)).collect()
    }

    /// Edits one of the texts. Nothing but the version and the settled lists may change.
    fn edit(
        &self,
        sources: &mut [Source],
        depth: usize,
        words: String,
        edited: impl Fn(&Source) -> Option<String>,
    ) -> Result<(), EditError> {
        let rest = |text: &str| load(text).ok().map(|loaded| unsettled(loaded.root));
        let Some(source) = sources.get_mut(depth) else {
            return Err(EditError { file: String::new(), edit: words });
        };
        match edited(source).filter(|text| rest(text).is_some() && rest(text) == rest(&source.text)) {
            Some(text) => {
                source.text = text;
                Ok(())
            }
            None => Err(EditError { file: source.name.clone(), edit: words }),
        }
    }

    /// Returns the place of the version, or else of the package that has the default version.
    #[must_use]
    pub fn version_place(&self) -> Pointer {
        let depth = self.layer_of("package").unwrap_or_default();
        Pointer::root(document(depth)).child("package").child("version")
    }

    /// Returns the depth of the configuration that sets a key.
    fn layer_of(&self, key: &str) -> Option<usize> {
        let sets = |source: &Source| load(&source.text).is_ok_and(|loaded| loaded.root.get(key).is_some());
        self.sources.iter().position(sets)
    }
}

fn parse(sources: &[Source]) -> Option<Config> {
    let first = sources.first()?;
    let read =
        |name: &str| sources.iter().find(|source| source.name == name).map(|source| source.text.clone());
    Config::parse(&first.name, &first.text, &read, &mut Diagnostics::default())
}

/// Removes the parts of a configuration that a release changes.
fn unsettled(mut root: Node) -> Node {
    for path in SETTLED.iter().copied().chain([&["package", "version"][..]]) {
        remove(&mut root, path);
    }
    root
}

fn remove(node: &mut Node, path: &[&str]) {
    match (node, path) {
        (Node::Mapping(members), [key]) => drop(members.shift_remove(*key)),
        (Node::Mapping(members), [key, rest @ ..]) => {
            if let Some(member) = members.get_mut(*key) {
                remove(member, rest);
            }
        }
        (_, _) => {}
    }
}

fn with_version(source: &Source, version: &str) -> Option<String> {
    let (text, outline) = (&source.text, Outline::new(&source.text));
    let package = Pointer::root(document(0)).child("package");
    if let Some(span) = outline.value(&package.child("version")) {
        let (start, end) = (offset(text, span.start)?, offset(text, span.end)?);
        let quote = text[start..].chars().next().filter(|first| matches!(first, '"' | '\''));
        let (start, end) = match quote {
            // The span of a quoted value reaches to the end of the comment behind it.
            Some(quote) => (start + 1, start + 1 + text[start + 1..end].find(quote)?),
            None => (start, end),
        };
        return Some(format!("{}{version}{}", &text[..start], &text[end..]));
    }
    let name = package.child("name");
    let (key, value) = (outline.key(&name)?, outline.value(&name)?);
    let is_bracketed = text[offset(text, outline.value(&package)?.start)?..].starts_with('{');
    let (at, inserted) = match (is_bracketed, language(text)) {
        (true, Language::Json) => (value.end, format!(", \"version\": \"{version}\"")),
        (true, Language::Yaml) => (value.end, format!(", version: {version}")),
        (false, _) => {
            let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
            (key.start, format!("version: {version}{line_end}{}", " ".repeat(key.start.column - 1)))
        }
    };
    let at = offset(text, at)?;
    Some(format!("{}{inserted}{}", &text[..at], &text[at..]))
}

/// Empties the list, and keeps its key together with the comments around it.
fn emptied(source: &Source, path: &[&str]) -> Option<String> {
    let (text, outline) = (&source.text, Outline::new(&source.text));
    let list = path.iter().fold(Pointer::root(document(0)), |place, key| place.child(key));
    let (key, value) = (outline.key(&list)?, outline.value(&list)?);
    let start = offset(text, value.start)?;
    if text[start..].starts_with('[') {
        let end = start + list_end(&text[start..offset(text, value.end)?])?;
        return Some(format!("{}[]{}", &text[..start], &text[end..]));
    }
    if value.start.line == key.start.line {
        return Some(format!("{}[]{}", &text[..start], &text[offset(text, value.end)?..]));
    }
    let after_key = offset(text, key.end)?;
    let colon = after_key + text[after_key..].find(':')? + 1;
    let items = colon + text[colon..].find('\n')? + 1;
    let indent = key.start.column - 1;
    let mut rest = items;
    for line in text[items..].split_inclusive('\n') {
        let inner = line.trim_start_matches(' ');
        let depth = line.len() - inner.len();
        let is_inside = depth > indent || (depth == indent && inner.starts_with("- "));
        if !inner.trim().is_empty() && !is_inside {
            break;
        }
        rest += line.len();
    }
    // Blank lines before the next key stay.
    let blank = text[items..rest].len() - text[items..rest].trim_end().len();
    let rest = rest - blank + text[rest - blank..rest].find('\n').map_or(0, |line| line + 1);
    Some(format!("{} []{}{}", &text[..colon], &text[colon..items], &text[rest..]))
}

/// Returns the end of a list in brackets. Comments may follow it.
fn list_end(text: &str) -> Option<usize> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut start = text.len();
    for line in lines.into_iter().rev() {
        start -= line.len();
        let code = line.split(" #").next().unwrap_or(line);
        if let Some(end) = code.rfind(']') {
            return Some(start + end + 1);
        }
    }
    text.rfind(']').map(|end| end + 1)
}

/// Returns the byte offset of a position.
fn offset(text: &str, position: Position) -> Option<usize> {
    let body = without_mark(text);
    let line: usize = body.split_inclusive('\n').take(position.line.checked_sub(1)?).map(str::len).sum();
    let mut columns = body[line..].char_indices().map(|(at, _)| at).chain([body.len() - line]);
    Some(text.len() - body.len() + line + columns.nth(position.column - 1)?)
}

#[cfg(test)]
mod tests {
    use crate::{Config, Diagnostics};

    /// Releases version 0.2.0 of a configuration that extends `base.yaml`, and returns the edited files.
    fn released(texts: [&str; 2]) -> Vec<(String, String)> {
        let read = |name: &str| (name == "base.yaml").then(|| texts[1].to_owned());
        let mut diagnostics = Diagnostics::default();
        let config = Config::parse("sdk.yaml", texts[0], &read, &mut diagnostics);
        let config = config.unwrap_or_else(|| panic!("{diagnostics:?}"));
        let edited = config.released("0.2.0").unwrap_or_else(|error| panic!("{error:?}"));
        edited.into_iter().map(|source| (source.name, source.text)).collect()
    }

    #[track_caller]
    fn check(before: &str, after: &str) {
        let edited = released([before, ""]);
        assert_eq!(edited, [("sdk.yaml".to_owned(), after.to_owned())]);
        assert_eq!(released([after, ""]), [], "a second edit changes nothing");
    }

    #[test]
    fn a_version_keeps_its_quotes_and_comments() {
        check(
            "# Ours.\ndocuments: [a.yaml]\npackage:\n  name: a # the name\n  version:   0.1.0   # the version\n",
            "# Ours.\ndocuments: [a.yaml]\npackage:\n  name: a # the name\n  version:   0.2.0   # the version\n",
        );
        for quote in ['"', '\''] {
            let config = |version: &str| {
                format!(
                    "documents: [a.yaml]\npackage:\n  version: {quote}{version}{quote}   # c{quote}1\n  # below\n  name: a\n"
                )
            };
            check(&config("0.1.0"), &config("0.2.0"));
        }
        check(
            "documents: [a.yaml]\r\npackage: { description: größe, version: '0.1.0', name: a }\r\n",
            "documents: [a.yaml]\r\npackage: { description: größe, version: '0.2.0', name: a }\r\n",
        );
        check(
            "{\"documents\": [\"a.yaml\"], \"package\": {\"name\": \"a\", \"version\": \"0.1.0\"}}",
            "{\"documents\": [\"a.yaml\"], \"package\": {\"name\": \"a\", \"version\": \"0.2.0\"}}",
        );
    }

    #[test]
    fn a_missing_version_is_added() {
        check(
            "documents: [a.yaml]\npackage:\n  # Ours.\n  name: a # the name\n",
            "documents: [a.yaml]\npackage:\n  # Ours.\n  version: 0.2.0\n  name: a # the name\n",
        );
        check(
            "documents: [a.yaml]\r\npackage:\r\n  name: a\r\n",
            "documents: [a.yaml]\r\npackage:\r\n  version: 0.2.0\r\n  name: a\r\n",
        );
        check(
            "documents: [a.yaml]\npackage: { name: a }\n",
            "documents: [a.yaml]\npackage: { name: a, version: 0.2.0 }\n",
        );
        check(
            "{\"documents\": [\"a.yaml\"], \"package\": {\"name\": \"a\"}}",
            "{\"documents\": [\"a.yaml\"], \"package\": {\"name\": \"a\", \"version\": \"0.2.0\"}}",
        );
    }

    #[test]
    fn accepted_changes_go_and_comments_around_them_stay() {
        let head = "documents: [a.yaml]\npackage: { name: a, version: 0.2.0 }\n";
        for (before, after) in [
            (
                "# Until the release.\naccept: # list\n  # one\n  - at: POST /a\n    reason: |\n      It is\n\n      so.\n  - { at: b, reason: c }\n\n# Next.\nclient: A\n",
                "# Until the release.\naccept: [] # list\n\n# Next.\nclient: A\n",
            ),
            ("accept:\n- at: POST /a\n  reason: b\nclient: A\n", "accept: []\nclient: A\n"),
            ("accept: [\n  { at: a, reason: b }, # c\n] # [d]\nclient: A\n", "accept: [] # [d]\nclient: A\n"),
            ("accept:\n  - { at: a, reason: b }", "accept: []\n"),
        ] {
            check(&format!("{head}{before}"), &format!("{head}{after}"));
        }
    }

    #[test]
    fn entries_about_the_lock_go() {
        let head = "documents: [a.yaml]\npackage: { name: a, version: 0.2.0 }\n";
        for (before, after) in [
            (
                "names:\n  # Old.\n  drop:\n    - A\n    - b.c\n  # New.\n  types: { /a: B }\n",
                "names:\n  # Old.\n  drop: []\n  # New.\n  types: { /a: B }\n",
            ),
            ("names: { drop: all, types: { /a: B } }\n", "names: { drop: [], types: { /a: B } }\n"),
            ("tighten: [A.b] # now\n", "tighten: [] # now\n"),
        ] {
            check(&format!("{head}{before}"), &format!("{head}{after}"));
        }
    }

    #[test]
    fn the_file_that_says_it_is_edited() {
        let base = "documents: [a.yaml]\npackage: { name: a, version: 0.1.0 }\n";
        let own = "extends: base.yaml\naccept: [{ at: a, reason: b }]\n";
        let edited = released([own, base]);
        let names: Vec<&str> = edited.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["sdk.yaml", "base.yaml"]);
        assert!(edited[0].1.contains("accept: []") && edited[1].1.contains("version: 0.2.0"));
    }

    #[test]
    fn an_edit_that_changes_more_is_refused() {
        let text = "documents: [a.yaml]\npackage: { name: a, version: &v 0.1.0, description: *v }\n";
        let config = Config::parse("sdk.yaml", text, &|_| None, &mut Diagnostics::default());
        let error =
            config.expect("the text is valid").released("0.2.0").expect_err("the anchor is used twice");
        assert_eq!(
            (error.file.as_str(), error.edit.as_str()),
            ("sdk.yaml", "set `package.version` to 0.2.0")
        );
    }
}
