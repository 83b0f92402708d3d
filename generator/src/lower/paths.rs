//! Splits path templates into segments.

mod slips;

use crate::ir::PathSegment;
pub(super) use slips::Slip;

/// A path template that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PathTemplate {
    pub(super) segments: Vec<PathSegment>,
    /// The variables whose values keep their slashes.
    pub(super) spanning: Vec<String>,
    /// The parts that are not written as OpenAPI writes them.
    pub(super) slips: Vec<Slip>,
}

/// Reads a template such as `/users/{user_id}`. The part after `#` does not belong to the path: it distinguishes
/// variants of one operation.
///
/// Frameworks write variables in other ways too, and with patterns: `{+path}`, `{path:.*}`, `:path`, `<path>`. Those
/// without braces, or with only one of them, are text unless a path parameter of their name is declared.
pub(super) fn path_template(template: &str, is_declared: impl Fn(&str) -> bool) -> PathTemplate {
    let mut rest = template.split('#').next().unwrap_or_default();
    let mut read = PathTemplate::default();
    while let Some(start) = rest.find('{') {
        read.text(&rest[..start], &is_declared);
        rest = &rest[start..];
        let closing = balanced_brace(rest);
        let unclosed = unclosed(rest, &is_declared).filter(|_| closing.is_none());
        rest = match (unclosed, closing.or_else(|| rest.find('}'))) {
            (Some(name), _) => {
                read.repaired(name, &rest[..=name.len()]);
                &rest[1 + name.len()..]
            }
            (None, Some(length)) => {
                read.variable(&rest[1..length], &is_declared);
                &rest[length + 1..]
            }
            (None, None) => {
                read.stray("{");
                &rest[1..]
            }
        };
    }
    read.text(rest, &is_declared);
    read
}

/// Returns the declared name after an opening brace that nothing closes: all up to the next slash or brace, or the first
/// word of it.
fn unclosed<'t>(text: &'t str, is_declared: &impl Fn(&str) -> bool) -> Option<&'t str> {
    let rest = text.strip_prefix('{')?;
    let name = &rest[..rest.find(['/', '{', '}']).unwrap_or(rest.len())];
    let word = &name[..name.find(|char: char| !is_word(char)).unwrap_or(name.len())];
    [name, word].into_iter().find(|name| is_declared(name))
}

/// Returns the declared name before a closing brace that nothing opens: all since the last slash, or the last word of it.
fn unopened<'t>(before: &'t str, is_declared: &impl Fn(&str) -> bool) -> Option<&'t str> {
    let name = &before[before.rfind('/').map_or(0, |slash| slash + 1)..];
    let word = name
        .rfind(|char: char| !is_word(char))
        .map_or(name, |at| name[at..].trim_start_matches(|char| !is_word(char)));
    [name, word].into_iter().find(|name| is_declared(name))
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

/// Returns the position of the brace that closes the one at the start.
fn balanced_brace(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, char) in text.char_indices() {
        match char {
            '{' => open += 1,
            '}' if open == 1 => return Some(at),
            '}' => open -= 1,
            _ => {}
        }
    }
    None
}

impl PathTemplate {
    fn variable(&mut self, written: &str, is_declared: &impl Fn(&str) -> bool) {
        if written.starts_with(['?', '&']) && written.len() > 1 && !is_declared(written) {
            self.slips.push(Slip::Query(written.to_owned()));
            return;
        }
        let (name, spans) = pattern(written);
        if name.is_empty() || name == written || is_declared(written) {
            self.segments.push(PathSegment::Parameter(written.to_owned()));
            return;
        }
        self.segments.push(PathSegment::Parameter(name.to_owned()));
        if spans {
            self.spanning.push(name.to_owned());
        }
    }

    /// Adds text, and the declared variables in it.
    fn text(&mut self, text: &str, is_declared: &impl Fn(&str) -> bool) {
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find([':', '<', '}']) {
            literal.push_str(&rest[..at]);
            rest = &rest[at..];
            if rest.starts_with('}') {
                self.closing_brace(&mut literal, is_declared);
                rest = &rest[1..];
                continue;
            }
            let starts =
                literal.ends_with(['/', '-', '.']) || (literal.is_empty() && self.segments.is_empty());
            match unbraced(rest).filter(|(name, _)| starts && is_declared(name)) {
                Some((name, length)) => {
                    self.literal(std::mem::take(&mut literal));
                    self.repaired(name, &rest[..length]);
                    rest = &rest[length..];
                }
                None => {
                    literal.push_str(&rest[..1]);
                    rest = &rest[1..];
                }
            }
        }
        literal.push_str(rest);
        self.literal(literal);
    }

    /// Adds a closing brace that nothing opens, behind text that is not added yet.
    fn closing_brace(&mut self, literal: &mut String, is_declared: &impl Fn(&str) -> bool) {
        match unopened(literal, is_declared).map(str::to_owned) {
            Some(name) => {
                literal.truncate(literal.len() - name.len());
                self.literal(std::mem::take(literal));
                self.repaired(&name, &format!("{name}}}"));
            }
            None => {
                self.literal(std::mem::take(literal));
                self.stray("}");
            }
        }
    }

    /// Adds a variable that is written in another way than in a pair of braces.
    fn repaired(&mut self, name: &str, written: &str) {
        self.segments.push(PathSegment::Parameter(name.to_owned()));
        self.slips.push(Slip::Unbraced { name: name.to_owned(), written: written.to_owned() });
    }

    /// Adds a brace without a partner as text.
    fn stray(&mut self, brace: &'static str) {
        self.literal(brace.to_owned());
        self.slips.push(Slip::Stray(brace));
    }

    /// Adds text behind other text, or as a segment of its own.
    fn literal(&mut self, text: String) {
        match self.segments.last_mut() {
            _ if text.is_empty() => {}
            Some(PathSegment::Literal(before)) => before.push_str(&text),
            Some(PathSegment::Parameter(_)) | None => self.segments.push(PathSegment::Literal(text)),
        }
    }
}

/// Returns the name in braces without its pattern, and `true` if the pattern spans several segments: `+path` of RFC
/// 6570, `path*`, `path...`, `path:.*`, `name=projects/*`.
fn pattern(written: &str) -> (&str, bool) {
    let (name, pattern) = written.split_once([':', '=']).unwrap_or((written, ""));
    let name = name.trim();
    let plain = name.trim_start_matches(['+', '*']).trim_end_matches(['*', '+', '?']);
    let plain = plain.strip_suffix("...").unwrap_or(plain);
    let spans = name.starts_with(['+', '*']) || name.ends_with(['*', '+']) || name.ends_with("...");
    let matches_all = ["path", ".*", ".+", "(.*)", "(.+)"].contains(&pattern) || pattern.contains(['/', '*']);
    (plain, spans || (matches_all && !pattern.contains("[^/]")))
}

/// Returns the name of a variable as Express or Flask write it (`:id`, `<id>`, `<int:id>`), and the length of the whole.
fn unbraced(text: &str) -> Option<(&str, usize)> {
    if let Some(inside) = text.strip_prefix('<') {
        let (inside, _) = inside.split_once('>')?;
        let name = inside.rsplit_once(':').map_or(inside, |(_, name)| name);
        return Some((name, inside.len() + 2));
    }
    let name = text.strip_prefix(':')?;
    let end = name.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(name.len());
    (end > 0).then(|| (&name[..end], end + 1))
}

/// Returns the template with all variables in braces, without their patterns.
pub(super) fn braced(segments: &[PathSegment], template: &str) -> String {
    let parts = segments.iter().map(|segment| match segment {
        PathSegment::Literal(text) => text.clone(),
        PathSegment::Parameter(name) => format!("{{{name}}}"),
    });
    let fragment = template.find('#').map_or("", |start| &template[start..]);
    parts.collect::<String>() + fragment
}

/// Returns the wire names of the parameters in a path, in order, each once.
pub(super) fn variables(segments: &[PathSegment]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for segment in segments {
        match segment {
            PathSegment::Parameter(name) if !names.contains(&name.as_str()) => names.push(name),
            PathSegment::Parameter(_) | PathSegment::Literal(_) => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{PathTemplate, Slip, braced, path_template};
    use crate::ir::PathSegment::{Literal, Parameter};

    fn read(template: &str, declared: &[&str]) -> PathTemplate {
        path_template(template, |name| declared.contains(&name))
    }

    fn shown(template: &PathTemplate) -> String {
        braced(&template.segments, "")
    }

    #[test]
    fn templates_split_at_braces() {
        let literal = |text: &str| Literal(text.to_owned());
        let parameter = |name: &str| Parameter(name.to_owned());
        let segments = |template| read(template, &[]).segments;
        assert_eq!(segments("/a/{b}/c#d"), [literal("/a/"), parameter("b"), literal("/c")]);
        assert_eq!(segments("/a.{b}"), [literal("/a."), parameter("b")]);
        assert_eq!(segments("{b}{c}"), [parameter("b"), parameter("c")]);
        assert_eq!(segments("/a/{b"), [literal("/a/{b")]);
        assert_eq!(segments("/a/{b}}"), [literal("/a/"), parameter("b"), literal("}")]);
        assert_eq!(segments("/a/{{b}"), [literal("/a/"), parameter("{b")]);
        assert_eq!(segments(""), []);
    }

    #[test]
    fn patterns_are_not_part_of_a_name() {
        for (written, name, spans) in [
            ("+path", "path", true),
            ("path*", "path", true),
            ("proxy+", "proxy", true),
            ("**path", "path", true),
            ("path...", "path", true),
            ("path:.*", "path", true),
            ("path:path", "path", true),
            ("name=projects/*/topics/*", "name", true),
            ("id:int", "id", false),
            ("id:[0-9]{3}", "id", false),
            ("id:[^/]*", "id", false),
            ("id?", "id", false),
            (" id ", "id", false),
        ] {
            let template = read(&format!("/a/{{{written}}}/b"), &[name]);
            assert_eq!(shown(&template), format!("/a/{{{name}}}/b"), "{written}");
            assert_eq!(template.spanning, if spans { vec![name.to_owned()] } else { vec![] }, "{written}");
        }
        assert_eq!(shown(&read("/a/{+b}", &["+b"])), "/a/{+b}");
        assert_eq!(shown(&read("/a/{+}{:x}", &[])), "/a/{+}{:x}");
    }

    #[test]
    fn declared_variables_need_no_braces() {
        for (template, expected) in [
            ("/apps/:key", "/apps/{key}"),
            ("/apps/:key/rooms/:room", "/apps/{key}/rooms/{room}"),
            ("/apps/:key-:room.json", "/apps/{key}-{room}.json"),
            ("/apps/<key>/<int:room>", "/apps/{key}/{room}"),
            (":key", "{key}"),
            ("/apps/{key}:room", "/apps/{key}:room"),
            ("/apps/key:room", "/apps/key:room"),
            ("/apps/:other/a<b", "/apps/:other/a<b"),
            ("/apps/:", "/apps/:"),
            ("/apps/:ü", "/apps/:ü"),
        ] {
            assert_eq!(shown(&read(template, &["key", "room"])), expected, "{template}");
        }
        let slip = Slip::Unbraced { name: "key".to_owned(), written: ":key".to_owned() };
        assert_eq!(read("/apps/:key", &["key"]).slips, [slip]);
    }

    #[test]
    fn a_declared_variable_gets_the_brace_that_is_missing() {
        for (template, expected, slips) in [
            ("/apps/{key", "/apps/{key}", 1),
            ("/apps/{key/rooms/{room}", "/apps/{key}/rooms/{room}", 1),
            ("/apps/{key/rooms/{room", "/apps/{key}/rooms/{room}", 2),
            ("/apps/{key{room}", "/apps/{key}{room}", 1),
            ("/apps/{key.json", "/apps/{key}.json", 1),
            ("/apps/key}", "/apps/{key}", 1),
            ("/apps/key}/rooms/{room}", "/apps/{key}/rooms/{room}", 1),
            ("/apps/v1-key}/x", "/apps/v1-{key}/x", 1),
            ("/apps/{other/x", "/apps/{other/x", 1),
            ("/apps/other}/x", "/apps/other}/x", 1),
            ("/apps/{keys", "/apps/{keys", 1),
            ("/apps/{key}}", "/apps/{key}}", 1),
            ("/apps/{", "/apps/{", 1),
            ("/apps/}", "/apps/}", 1),
            ("/apps/ü}{ü", "/apps/ü}{ü", 2),
        ] {
            let read = read(template, &["key", "room"]);
            assert_eq!((&*shown(&read), read.slips.len()), (expected, slips), "{template}");
        }
    }

    #[test]
    fn expansions_of_a_query_are_not_part_of_the_path() {
        let template = read("/a/{b}{?page,size}{&sort}", &["b"]);
        assert_eq!(shown(&template), "/a/{b}");
        assert_eq!(template.slips, ["?page,size", "&sort"].map(|query| Slip::Query(query.to_owned())));
    }
}
