//! Formats tokens as text with blank lines between items. Only this module edits emitted text.

mod calls;
mod items;

use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};

use crate::emit::inert::Inert;

/// Separates the lines of a doc comment that is passed as one attribute, since one attribute per line is much
/// slower. Emitted text never contains this character.
const LINE: char = '\u{1f}';

/// Turns a symbol into an identifier.
///
/// Assigned symbols are always valid identifiers. The fallback keeps a bug in the assignment from causing
/// a panic.
pub(crate) fn identifier(symbol: &str) -> Ident {
    let starts = symbol.starts_with(|first: char| first.is_ascii_alphabetic());
    if starts && symbol.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Ident::new(symbol, Span::call_site());
    }
    syn::parse_str(symbol).unwrap_or_else(|_| Ident::new("invalid_symbol", Span::call_site()))
}

/// Emits lines of documentation as one attribute.
pub(crate) fn documentation(lines: &[Inert]) -> TokenStream {
    if lines.is_empty() {
        return TokenStream::new();
    }
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push(LINE);
        }
        push_spaced(line, &mut text);
    }
    let literal = literal(&text);
    quote::quote!(#[doc = #literal])
}

/// Creates a string literal. A raw one has no escapes, which take long to write and to parse again.
fn literal(text: &str) -> Literal {
    let raw = format!("r####\"{text}\"####");
    // A text that would end the raw literal is escaped.
    raw.parse().unwrap_or_else(|_| Literal::string(text))
}

/// Appends a line of documentation with the space after the slashes. Line ends are replaced, since they would
/// end the comment.
fn push_spaced(line: &Inert, into: &mut String) {
    if line.as_str().is_empty() {
        return;
    }
    into.push(' ');
    let mut rest = line.as_str();
    while let Some(at) = rest.find(['\t', '\n', '\r', LINE]) {
        into.push_str(&rest[..at]);
        into.push_str(if rest[at..].starts_with('\t') { "    " } else { " " });
        rest = &rest[at + 1..];
    }
    into.push_str(rest);
}

/// The formatted items of a file.
pub(crate) struct FileBody(String);

impl FileBody {
    /// Formats the items one below the other.
    ///
    /// # Panics
    ///
    /// Panics if the tokens are not valid Rust items, which is a bug in an emitter.
    pub(crate) fn print(items: impl IntoIterator<Item = TokenStream>) -> Self {
        let mut text = String::new();
        for tokens in items.into_iter().filter(|tokens| !tokens.is_empty()) {
            text.push('\n');
            match calls::print(&tokens).or_else(|| simple_items(&tokens)) {
                Some(own) => text.push_str(&own),
                None => print_spaced(&item(tokens), &mut text),
            }
        }
        Self(text)
    }

    /// Shortens links to types that the file imports, as rustdoc's `redundant_explicit_links` lint demands.
    pub(crate) fn with_short_links(self, imported: &[&str]) -> Self {
        const DESTINATION: &str = "(crate::types::";
        let mut text = String::with_capacity(self.0.len());
        let mut rest = self.0.as_str();
        while let Some(place) = rest.find(DESTINATION) {
            let (before, after) = (&rest[..place], &rest[place + DESTINATION.len()..]);
            let name = after.split(')').next().unwrap_or_default();
            text.push_str(before);
            if imported.contains(&name) && before.ends_with(&format!("[`{name}`]")) {
                rest = &after[(name.len() + 1).min(after.len())..];
            } else {
                text.push_str(DESTINATION);
                rest = after;
            }
        }
        text.push_str(rest);
        Self(text)
    }

    /// Returns `true` if the code contains this identifier outside comments and string literals.
    pub(crate) fn mentions(&self, identifier: &str) -> bool {
        if !self.0.contains(identifier) {
            return false;
        }
        let code = self.0.lines().filter(|line| !line.trim_start().starts_with("///"));
        code.filter(|line| line.contains(identifier)).any(|line| {
            let outside = outside_texts(line);
            let mut words = outside.split(|char: char| char != '_' && !char.is_alphanumeric());
            words.any(|word| word == identifier)
        })
    }
}

/// Blanks out the string literals in a line of code.
fn outside_texts(line: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    let outside = line.chars().map(|char| {
        let shown = if inside { ' ' } else { char };
        inside = if char == '"' && !escaped { !inside } else { inside };
        escaped = char == '\\' && !escaped;
        shown
    });
    outside.collect()
}

/// Assembles the text of a file: its opening documentation, its `use` lines, its items.
pub(crate) fn file(docs: &[Inert], uses: Vec<TokenStream>, body: &FileBody) -> String {
    let mut text = String::with_capacity(body.0.len() + 512);
    for line in docs {
        text.push_str("//!");
        push_spaced(line, &mut text);
        text.push('\n');
    }
    if !uses.is_empty() {
        text.push('\n');
        uses.into_iter().for_each(|tokens| text.push_str(&item(tokens)));
    }
    text.push_str(&body.0);
    text
}

/// Formats the statements of a function body as lines.
pub(crate) fn statements(tokens: &TokenStream) -> Vec<String> {
    let function = item(quote::quote!(async fn sample() { #tokens }));
    let lines: Vec<&str> = function.lines().collect();
    lines[1..lines.len() - 1]
        .iter()
        .map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned())
        .collect()
}

/// Formats items without `prettyplease`, if they are simple.
fn simple_items(tokens: &TokenStream) -> Option<String> {
    let text = items::print(tokens, &function)?;
    if cfg!(debug_assertions) {
        let mut expected = String::new();
        print_spaced(&item(tokens.clone()), &mut expected);
        debug_assert_eq!(text, expected, "both printers agree");
    }
    Some(text)
}

/// Formats a function of the `impl` block with this head.
fn function(head: &[TokenTree], function: &[TokenTree]) -> String {
    let stream = |trees: &[TokenTree]| trees.iter().cloned().collect::<TokenStream>();
    let (head, function) = (stream(head), stream(function));
    let block = item(quote::quote!(#head { #function }));
    let lines: Vec<&str> = block.lines().collect();
    let mut text = String::new();
    lines[1..lines.len() - 1].iter().for_each(|line| print_line(line, &mut text));
    text
}

fn item(tokens: TokenStream) -> String {
    let file = syn::parse2(tokens).expect("emitters write whole items");
    prettyplease::unparse(&file)
}

/// Appends an item, with a blank line between the functions of an `impl` block and with each line of
/// documentation on its own line.
fn print_spaced(item: &str, into: &mut String) {
    let mut lines = item.lines().peekable();
    while let Some(line) = lines.next() {
        print_line(line, into);
        let more = lines.peek().is_some_and(|next| next.starts_with("    "));
        if line == "    }" && more {
            into.push('\n');
        }
        // Constants and types that were emitted as one item become separate paragraphs.
        if line == "}" && lines.peek().is_some() {
            into.push('\n');
        }
    }
}

fn print_line(line: &str, into: &mut String) {
    let indentation = &line[..line.len() - line.trim_start().len()];
    for (index, part) in line.split(LINE).enumerate() {
        if index > 0 {
            into.push_str(indentation);
            into.push_str("///");
        }
        into.push_str(part.trim_end());
        into.push('\n');
    }
}
