//! Tokens to text: formatted, with blank lines between items, the one place that touches text.

use proc_macro2::{Ident, Span, TokenStream};

/// A symbol as an identifier.
///
/// Symbols are assigned so that each is one; the fallback keeps a bug of ours from being a panic.
pub(crate) fn identifier(symbol: &str) -> Ident {
    syn::parse_str(symbol).unwrap_or_else(|_| Ident::new("invalid_symbol", Span::call_site()))
}

/// The text of a file: its opening documentation, its `use` lines, its items.
///
/// # Panics
///
/// When the tokens are no Rust items, which is a bug of an emitter.
pub(crate) fn file(docs: &[String], uses: &[TokenStream], items: &[TokenStream]) -> String {
    let mut text: String = docs.iter().map(|line| format!("//!{line}\n")).collect();
    if !uses.is_empty() {
        text.push('\n');
        uses.iter().for_each(|tokens| text.push_str(&item(tokens)));
    }
    for tokens in items {
        text.push('\n');
        text.push_str(&spaced(&item(tokens)));
    }
    text
}

/// The statements of a function body as lines.
pub(crate) fn statements(tokens: &TokenStream) -> Vec<String> {
    let function = item(&quote::quote!(async fn sample() { #tokens }));
    let lines: Vec<&str> = function.lines().collect();
    lines[1..lines.len() - 1]
        .iter()
        .map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned())
        .collect()
}

fn item(tokens: &TokenStream) -> String {
    let file = syn::parse2(tokens.clone()).expect("emitters write whole items");
    prettyplease::unparse(&file)
}

/// Puts a blank line between the functions of an `impl` block.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 64);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        spaced.push_str(line);
        spaced.push('\n');
        let more = lines.peek().is_some_and(|next| next.starts_with("    "));
        if line == "    }" && more {
            spaced.push('\n');
        }
        // Constants and types of items one below the other, each starting its own paragraph.
        if line == "}" && lines.peek().is_some() {
            spaced.push('\n');
        }
    }
    spaced
}
