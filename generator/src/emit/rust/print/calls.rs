//! Formats macro calls, which `prettyplease` cannot lay out.

use std::fmt::Write;

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// The maximum width of a line.
const WIDTH: usize = 100;

/// The maximum width of a struct literal on one line, in bytes.
const LITERAL_WIDTH: usize = 35;

/// Formats an item that calls a macro. A table in braces has one row per line; a list in parentheses has one
/// entry per line if it does not fit on a single line.
pub(super) fn print(tokens: &TokenStream) -> Option<String> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let (path, content) = match trees.as_slice() {
        [path @ .., TokenTree::Punct(bang), TokenTree::Group(content)] if bang.as_char() == '!' => {
            (path, content)
        }
        [path @ .., TokenTree::Punct(bang), TokenTree::Group(content), TokenTree::Punct(end)]
            if bang.as_char() == '!' && end.as_char() == ';' =>
        {
            (path, content)
        }
        _ => return None,
    };
    let mut name = Line::default();
    path.iter().for_each(|tree| name.add(tree));
    match content.delimiter() {
        Delimiter::Brace => Some(table(&name.text, content)),
        Delimiter::Parenthesis => Some(list(&name.text, content)),
        Delimiter::Bracket | Delimiter::None => None,
    }
}

fn table(name: &str, content: &Group) -> String {
    let mut text = format!("{name}! {{\n");
    let mut row = Line::default();
    for tree in content.stream() {
        row.add(&tree);
        let ends = row.ends_with(&tree, ';') || (row.ends_with(&tree, ',') && row.has_arrow);
        if ends {
            let row = std::mem::take(&mut row);
            text.push_str(&format!("    {}\n", row.text));
        }
    }
    text.push_str("}\n");
    text
}

fn list(name: &str, content: &Group) -> String {
    let mut entries = vec![Line::default()];
    for tree in content.stream() {
        let line = entries.last_mut();
        match line {
            Some(line) if line.angles == 0 && is_mark(&tree, ',') => entries.push(Line::default()),
            Some(line) => line.add(&tree),
            None => {}
        }
    }
    let entries: Vec<String> = entries.into_iter().map(|line| line.text).collect();
    let short = format!("{name}!({});", entries.join(", "));
    if short.chars().count() <= WIDTH {
        return short + "\n";
    }
    format!("{name}!(\n    {}\n);\n", entries.join(",\n    "))
}

fn is_mark(tree: &TokenTree, wanted: char) -> bool {
    matches!(tree, TokenTree::Punct(mark) if mark.as_char() == wanted)
}

/// Formats tokens on one line with conventional spacing.
#[derive(Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// `true` if the next token follows without a space.
    close: bool,
    /// `true` if the previous token ends a name or value, so that a bracket belongs to it.
    is_value: bool,
    /// The number of open generic argument lists.
    angles: usize,
    /// `true` inside the parameters of a closure.
    in_closure: bool,
    has_arrow: bool,
    /// `true` if there are tokens that `prettyplease` may print on several lines, or with other spacing.
    pub(super) is_odd: bool,
}

/// Words before blocks or prefix operators.
const KEYWORDS: &[&str] = &[
    "async", "const", "else", "for", "if", "in", "loop", "match", "move", "return", "static", "unsafe",
    "where", "while",
];

impl Line {
    /// Adds all tokens of a group or line.
    pub(super) fn add_all(&mut self, trees: &[TokenTree]) {
        self.is_odd |= trees.last().is_some_and(|last| is_mark(last, ','));
        for tree in trees {
            self.is_odd |= match tree {
                TokenTree::Ident(ident) => KEYWORDS.iter().any(|keyword| ident == keyword),
                TokenTree::Punct(mark) if mark.as_char() == '.' => mark.spacing() == Spacing::Joint,
                TokenTree::Punct(mark) => "|!*#$@".contains(mark.as_char()),
                TokenTree::Group(_) | TokenTree::Literal(_) => false,
            };
            self.add(tree);
        }
    }

    pub(super) fn add(&mut self, tree: &TokenTree) {
        match tree {
            TokenTree::Group(group) => self.group(group),
            TokenTree::Punct(mark) => self.mark(mark.as_char(), mark.spacing() == Spacing::Joint),
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                self.put("", self.close);
                // Writing to a string cannot fail.
                let _ = write!(self.text, "{tree}");
                (self.close, self.is_value) = (false, true);
            }
        }
    }

    fn group(&mut self, group: &Group) {
        let (open, end) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => ("", ""),
        };
        let belongs = self.is_value && group.delimiter() != Delimiter::Brace;
        let start = self.text.rfind([' ', '(']).map_or(0, |before| before + 1);
        self.put(open, self.close || belongs);
        self.close = true;
        self.is_value = false;
        let angles = std::mem::take(&mut self.angles);
        let trees: Vec<TokenTree> = group.stream().into_iter().collect();
        self.is_odd |= match group.delimiter() {
            Delimiter::Brace => !names_only(&trees),
            Delimiter::Parenthesis | Delimiter::Bracket => false,
            Delimiter::None => true,
        };
        self.add_all(&trees);
        self.angles = angles;
        self.put(end, true);
        self.is_odd |= group.delimiter() == Delimiter::Brace && self.text[start..].len() > LITERAL_WIDTH;
        (self.close, self.is_value) = (false, true);
    }

    fn mark(&mut self, mark: char, joint: bool) {
        let arrow = mark == '>' && self.text.ends_with(['=', '-']);
        let is_value = self.is_value;
        let (before, after) = match mark {
            ',' | ';' => (true, false),
            ':' => (true, joint || self.text.ends_with(':')),
            '.' => (true, true),
            '?' => (true, false),
            '<' if is_value || self.text.ends_with("::") => {
                self.angles += 1;
                (true, true)
            }
            '>' if arrow => (true, false),
            '>' if self.angles > 0 => {
                self.angles -= 1;
                (true, false)
            }
            '|' => {
                self.in_closure = !self.in_closure;
                (!self.in_closure || self.close, self.in_closure)
            }
            '&' | '-' | '!' if !is_value => (self.close, true),
            _ => (self.close, joint),
        };
        self.put(mark.encode_utf8(&mut [0; 4]), before);
        self.has_arrow |= arrow;
        self.close = after;
        self.is_value = matches!(mark, '>' | '?') && !arrow;
    }

    fn put(&mut self, text: &str, close: bool) {
        if !self.text.is_empty() && !close {
            self.text.push(' ');
        }
        self.text.push_str(text);
    }

    fn ends_with(&self, tree: &TokenTree, mark: char) -> bool {
        self.angles == 0 && is_mark(tree, mark)
    }
}

/// Returns `true` for the names of fields, separated by commas.
pub(super) fn names_only(trees: &[TokenTree]) -> bool {
    let alternate = |(index, tree): (usize, &TokenTree)| match tree {
        TokenTree::Ident(_) => index % 2 == 0,
        TokenTree::Punct(_) => index % 2 == 1 && is_mark(tree, ','),
        TokenTree::Group(_) | TokenTree::Literal(_) => false,
    };
    trees.len() % 2 == 1 && trees.iter().enumerate().all(alternate)
}

#[cfg(test)]
mod tests {
    use super::print;

    #[test]
    fn calls_read_as_if_typed() {
        let cases = [
            "rt::union!(A);\n",
            "rt::builder!(Get => rt::Events<BTreeMap<String, Vec<u8>>>, stream rt::events);\n",
            "rt::builder!(Get => (Option<A>, &B), Answer::decode);\n",
            "pages!(Get => Page, GET, A, page => page.data.map(|inner| inner.list).unwrap_or_default());\n",
            "rt::pages!(\n    GetManyThings => Page<Entry, Extra>,\n    rt::json,\n    GET_MANY_THINGS,\n    \
             Option<EntryOfThings>,\n    page => page.entries.unwrap_or_default()\n);\n",
            "rt::object! {\n    A, API.secret_keys;\n    \"id\" => id: REQUIRED,\n    _ => additional,\n}\n",
            "rt::integer_enum! {\n    A;\n    -1 => Minus1,\n    1 => N1,\n}\n",
        ];
        for case in cases {
            let printed = print(&case.parse().expect("tokens")).expect("a call of a macro");
            assert_eq!(printed, case);
        }
        assert_eq!(print(&"struct A;".parse().expect("tokens")), None);
    }
}
