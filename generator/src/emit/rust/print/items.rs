//! Formats the items that most files consist of, as `prettyplease` would, without parsing them first.
//!
//! These are structs, enums and `impl` blocks of functions with simple statements, each of which fits on its line. The
//! printer gives up on anything else. In builds with debug assertions, its output is compared with that of
//! `prettyplease`.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::LINE;
use super::calls::{Line, names_only};

/// The maximum width of a line, in bytes.
const WIDTH: usize = 89;

/// The indentation of items, of their members, of statements, and of what is inside a statement.
const INDENTS: [&str; 4] = ["", "    ", "        ", "            "];

/// Formats items with a blank line between them; returns `None` if one of them is not simple. `print_function` formats
/// a function, given with the tokens before its `impl` block, that is not simple.
pub(super) fn print(
    tokens: &TokenStream,
    print_function: &dyn Fn(&[TokenTree], &[TokenTree]) -> String,
) -> Option<String> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut printer = Printer { text: String::new(), print_function };
    let mut rest = trees.as_slice();
    while !rest.is_empty() {
        if !printer.text.is_empty() {
            printer.text.push('\n');
        }
        rest = printer.item(rest)?;
    }
    Some(printer.text)
}

struct Printer<'a> {
    text: String,
    print_function: &'a dyn Fn(&[TokenTree], &[TokenTree]) -> String,
}

impl Printer<'_> {
    /// Prints the first item, and returns the tokens after it.
    fn item<'t>(&mut self, trees: &'t [TokenTree]) -> Option<&'t [TokenTree]> {
        let trees = self.attributes(trees, 0)?;
        let end = trees.iter().position(|tree| brace(tree).is_some())?;
        let (head, body) = (&trees[..end], brace(&trees[end])?);
        let members: Vec<TokenTree> = body.stream().into_iter().collect();
        let keyword = head.iter().find_map(|tree| match tree {
            TokenTree::Ident(ident) if *ident != "pub" => Some(ident),
            TokenTree::Ident(_) | TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
        })?;
        let is_impl = *keyword == "impl";
        if members.is_empty() || !(is_impl || *keyword == "struct" || *keyword == "enum") {
            return None;
        }
        self.line(0, head, " {")?;
        if is_impl {
            self.functions(head, &members)?
        } else {
            self.members(&members)?
        }
        self.text.push_str("}\n");
        Some(&trees[end + 1..])
    }

    /// Prints fields or variants.
    fn members(&mut self, trees: &[TokenTree]) -> Option<()> {
        for member in split(trees, ',').into_iter().filter(|member| !member.is_empty()) {
            let member = self.attributes(member, 1)?;
            self.line(1, member, ",")?;
        }
        Some(())
    }

    /// Prints the functions of an `impl` block.
    fn functions(&mut self, head: &[TokenTree], trees: &[TokenTree]) -> Option<()> {
        let mut rest = trees;
        while !rest.is_empty() {
            let end = rest.iter().position(|tree| brace(tree).is_some())?;
            let (function, after) = rest.split_at(end + 1);
            let start = self.text.len();
            if self.function(function).is_none() {
                self.text.truncate(start);
                if !function.iter().any(|tree| is_ident(tree, "fn")) {
                    return None;
                }
                self.text.push_str(&(self.print_function)(head, function));
            }
            if !after.is_empty() {
                self.text.push('\n');
            }
            rest = after;
        }
        Some(())
    }

    fn function(&mut self, trees: &[TokenTree]) -> Option<()> {
        let trees = self.attributes(trees, 1)?;
        let (last, head) = trees.split_last()?;
        let statements: Vec<TokenTree> = brace(last)?.stream().into_iter().collect();
        if !head.iter().any(|tree| is_ident(tree, "fn")) || statements.is_empty() {
            return None;
        }
        let start = self.text.len();
        if self.line(1, head, " {").is_none() {
            self.text.truncate(start);
            self.long_head(head)?;
        }
        let all = split(&statements, ';');
        let (value, done) = all.split_last()?;
        for statement in done {
            self.line(2, statement, ";")?;
        }
        if !value.is_empty() {
            let start = self.text.len();
            if self.line(2, value, "").is_none() {
                self.text.truncate(start);
                self.long_literal(value)?;
            }
        }
        self.text.push_str("    }\n");
        Some(())
    }

    /// Prints a struct literal with each field on its own line.
    fn long_literal(&mut self, trees: &[TokenTree]) -> Option<()> {
        let (last, path) = trees.split_last()?;
        let fields: Vec<TokenTree> = brace(last)?.stream().into_iter().collect();
        if !path.iter().all(|tree| matches!(tree, TokenTree::Ident(_))) || !names_only(&fields) {
            return None;
        }
        self.line(2, path, " {")?;
        for field in split(&fields, ',') {
            self.line(3, field, ",")?;
        }
        self.text.push_str("        }\n");
        Some(())
    }

    /// Prints the head of a function with each parameter on its own line.
    fn long_head(&mut self, trees: &[TokenTree]) -> Option<()> {
        let at = trees.iter().position(|tree| is_ident(tree, "fn"))? + 2;
        let TokenTree::Group(parameters) = trees.get(at)? else { return None };
        if parameters.delimiter() != Delimiter::Parenthesis {
            return None;
        }
        self.line(1, &trees[..at], "(")?;
        let parameters: Vec<TokenTree> = parameters.stream().into_iter().collect();
        for parameter in split(&parameters, ',') {
            self.line(2, parameter, ",")?;
        }
        // The result belongs to the closing parenthesis.
        let empty = TokenTree::Group(Group::new(Delimiter::Parenthesis, TokenStream::new()));
        let result: Vec<TokenTree> = std::iter::once(empty).chain(trees[at + 1..].iter().cloned()).collect();
        let start = self.text.len();
        self.line(1, &result, " {")?;
        self.text.replace_range(start + INDENTS[1].len()..start + INDENTS[1].len() + 1, "");
        Some(())
    }

    /// Prints the attributes at the start, each on its own line, and returns the tokens after them.
    fn attributes<'t>(&mut self, trees: &'t [TokenTree], level: usize) -> Option<&'t [TokenTree]> {
        let mut rest = trees;
        while let [TokenTree::Punct(mark), TokenTree::Group(attribute), after @ ..] = rest
            && mark.as_char() == '#'
        {
            rest = after;
            let trees: Vec<TokenTree> = attribute.stream().into_iter().collect();
            match trees.as_slice() {
                [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(docs)] if *name == "doc" => {
                    self.documentation(&docs.to_string(), level)?;
                }
                trees => {
                    self.text.push_str(INDENTS[level]);
                    self.text.push_str("#[");
                    self.simple(trees, INDENTS[level].len() + 2, "]")?;
                }
            }
        }
        Some(rest)
    }

    fn documentation(&mut self, literal: &str, level: usize) -> Option<()> {
        let raw = literal.strip_prefix("r####\"").and_then(|rest| rest.strip_suffix("\"####"));
        let plain = || literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let docs = raw.or_else(|| plain().filter(|text| !text.contains('\\')))?;
        if docs.starts_with('/') {
            return None;
        }
        for line in docs.split(LINE) {
            self.text.push_str(INDENTS[level]);
            self.text.push_str("///");
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
        Some(())
    }

    /// Prints tokens on a line.
    fn line(&mut self, level: usize, trees: &[TokenTree], end: &str) -> Option<()> {
        self.text.push_str(INDENTS[level]);
        self.simple(trees, INDENTS[level].len(), end)
    }

    /// Prints simple tokens after `column` characters of a line.
    fn simple(&mut self, trees: &[TokenTree], column: usize, end: &str) -> Option<()> {
        let mut line = Line::default();
        line.add_all(trees);
        // `prettyplease` counts bytes.
        let width = column + line.text.len() + end.len();
        if trees.is_empty() || line.is_odd || width > WIDTH {
            return None;
        }
        self.text.push_str(&line.text);
        self.text.push_str(end);
        self.text.push('\n');
        Some(())
    }
}

/// Splits tokens at a mark that is not inside of generic arguments. The last part may be empty.
fn split(trees: &[TokenTree], at: char) -> Vec<&[TokenTree]> {
    let mut parts = Vec::new();
    let (mut start, mut angles, mut before) = (0, 0_usize, ' ');
    for (index, tree) in trees.iter().enumerate() {
        let TokenTree::Punct(mark) = tree else {
            before = ' ';
            continue;
        };
        let mark = mark.as_char();
        match mark {
            '<' => angles += 1,
            '>' if before != '-' && before != '=' => angles = angles.saturating_sub(1),
            mark if mark == at && angles == 0 => {
                parts.push(&trees[start..index]);
                start = index + 1;
            }
            _ => {}
        }
        before = mark;
    }
    parts.push(&trees[start..]);
    parts
}

fn brace(tree: &TokenTree) -> Option<&Group> {
    match tree {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    }
}

fn is_ident(tree: &TokenTree, wanted: &str) -> bool {
    matches!(tree, TokenTree::Ident(ident) if *ident == wanted)
}

#[cfg(test)]
mod tests {
    use super::print;

    fn check(tokens: &str, expected: Option<&str>) {
        let function = |_: &[_], _: &[_]| "    fn by_another_printer() {}\n".to_owned();
        let printed = print(&tokens.parse().expect("tokens"), &function);
        assert_eq!(printed.as_deref(), expected);
    }

    #[test]
    fn structs_and_enums_have_a_member_on_each_line() {
        check(
            "#[doc = r####\" One.\u{1f} Two.\"####] #[derive(Clone, Debug)] pub struct A { #[doc = \" B.\"] pub b: Option<Vec<u8>>, c: Option<&'a str> }",
            Some(
                "/// One.\n/// Two.\n#[derive(Clone, Debug)]\npub struct A {\n    /// B.\n    pub b: Option<Vec<u8>>,\n    \
                 c: Option<&'a str>,\n}\n",
            ),
        );
        check(
            "enum A { B, C(D) } struct E { f: G }",
            Some("enum A {\n    B,\n    C(D),\n}\n\nstruct E {\n    f: G,\n}\n"),
        );
    }

    #[test]
    fn functions_have_a_statement_on_each_line() {
        check(
            "impl A { #[must_use] pub fn b(mut self, b: impl Into<B>) -> Self { self.b = Some(b.into()); self } fn c() { if d { e } } }",
            Some(
                "impl A {\n    #[must_use]\n    pub fn b(mut self, b: impl Into<B>) -> Self {\n        self.b = Some(b.into());\n        \
                 self\n    }\n\n    fn by_another_printer() {}\n}\n",
            ),
        );
        check(
            "impl A { fn a_function_with_a_long_name(&self, first: impl Into<String>, second: Option<String>) -> B { B { request } } }",
            Some(
                "impl A {\n    fn a_function_with_a_long_name(\n        &self,\n        first: impl Into<String>,\n        \
                 second: Option<String>,\n    ) -> B {\n        B { request }\n    }\n}\n",
            ),
        );
        check(
            "impl A { fn b() -> C { RequestBuilderOfALongName { request } } }",
            Some(
                "impl A {\n    fn b() -> C {\n        RequestBuilderOfALongName {\n            request,\n        }\n    }\n}\n",
            ),
        );
    }

    #[test]
    fn other_items_are_left_to_another_printer() {
        for tokens in [
            "static A: B = B::new();",
            "struct A;",
            "enum A {}",
            "impl A { const B: C = C { d: 1 }; }",
            "mod a;",
        ] {
            check(tokens, None);
        }
    }
}
