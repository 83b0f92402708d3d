//! Reads the documentation of emitted files as rustdoc, GitHub and other readers of CommonMark do.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use sdk_generator::Files;

use super::texts::FAILS;

/// Elements, attributes and schemes that run something, hide something or send something.
const ACTING: &[&str] = &[
    "<script",
    "<style",
    "<iframe",
    "<object",
    "<embed",
    "<form",
    "<input",
    "<svg",
    "<math",
    "<link",
    "<meta",
    "<base",
    "<!",
    "<?",
    "javascript:",
    "vbscript:",
    "data:",
    "onerror",
    "onload",
    "onclick",
    "onmouseover",
    "onfocus",
];

/// The documentation of a package: each page, and the documentation of each item.
pub(crate) fn documentation(files: &Files) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (path, text) in files.iter() {
        if path.ends_with(".md") {
            found.push((path.to_owned(), text.to_owned()));
        } else if path.ends_with(".rs") {
            let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
            syn::parse2::<syn::File>(tokens.clone())
                .unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
            found.extend(item_docs(path, tokens).into_iter().map(|docs| (path.to_owned(), docs)));
        }
    }
    found
}

/// The documentation of each item, with the indentation that all of its lines share taken away. Comments are
/// attributes by now.
fn item_docs(path: &str, tokens: TokenStream) -> Vec<String> {
    let (mut found, mut lines) = (Vec::new(), Vec::new());
    for tree in tokens {
        match tree {
            TokenTree::Punct(mark) if mark.as_char() == '#' || mark.as_char() == '!' => continue,
            TokenTree::Group(group) => match documented(&group.stream()) {
                Some(line) if group.delimiter() == Delimiter::Bracket => {
                    lines.push(line);
                    continue;
                }
                _ => found.extend(item_docs(path, group.stream())),
            },
            TokenTree::Ident(ident) => {
                assert!(ident != "compile_error", "{path}: text of the document is code");
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        found.extend((!lines.is_empty()).then(|| unindented(&std::mem::take(&mut lines))));
    }
    found.extend((!lines.is_empty()).then(|| unindented(&lines)));
    found
}

/// The text of `doc = "…"`.
fn documented(attribute: &TokenStream) -> Option<String> {
    let trees: Vec<TokenTree> = attribute.clone().into_iter().collect();
    let [TokenTree::Ident(doc), TokenTree::Punct(_), TokenTree::Literal(text)] = trees.as_slice() else {
        return None;
    };
    let text = syn::parse2::<syn::LitStr>(TokenTree::Literal(text.clone()).into()).ok()?;
    (doc == "doc").then(|| text.value())
}

fn unindented(lines: &[String]) -> String {
    let indentation = |line: &&String| line.len() - line.trim_start_matches(' ').len();
    let shared = lines.iter().filter(|line| !line.trim().is_empty()).map(|line| indentation(&line)).min();
    let lines: Vec<&str> =
        lines.iter().map(|line| line.get(shared.unwrap_or_default()..).unwrap_or_default()).collect();
    lines.join("\n")
}

/// Every set of extensions that a reader may have.
fn readers() -> [Options; 4] {
    let tables = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let rustdoc =
        tables | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS | Options::ENABLE_SMART_PUNCTUATION;
    [Options::empty(), tables, rustdoc, rustdoc | Options::ENABLE_GFM]
}

/// The number of code blocks that are not plain text, the same for every reader. Asserts that nothing else acts.
pub(crate) fn programs(place: &str, text: &str) -> usize {
    let counts = readers().map(|options| programs_for(place, text, options));
    assert!(counts.iter().all(|count| *count == counts[0]), "{place}: {counts:?}\n{text}");
    counts[0]
}

fn programs_for(place: &str, text: &str, options: Options) -> usize {
    // What the header of a page is, which nothing may swallow.
    let text = format!("{text}\n<!-- header -->\n");
    let parser = Parser::new_ext(&text, options);
    for (name, definition) in parser.reference_definitions().iter() {
        assert!(!runs(&definition.dest), "{place}: {name} leads to {}\n{text}", definition.dest);
    }
    let (mut programs, mut in_program, mut depth, mut header_depth) = (0, false, 0, None);
    for event in parser {
        match &event {
            Event::Start(Tag::CodeBlock(kind)) => {
                in_program = match kind {
                    CodeBlockKind::Fenced(language) => match &**language {
                        "text" => false,
                        "rust" | "rust,no_run" | "no_run" | "toml" => true,
                        other => panic!("{place}: a block in `{other}`\n{text}"),
                    },
                    CodeBlockKind::Indented => panic!("{place}: an indented block\n{text}"),
                };
                programs += usize::from(in_program);
            }
            Event::Text(code) if in_program => {
                let is_foreign = |line: &str| line.trim_start_matches(['#', ' ']).starts_with(FAILS);
                assert!(!code.lines().any(is_foreign), "{place}: a program of the document\n{text}");
            }
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => in_program = false,
            Event::Html(html) | Event::InlineHtml(html) => {
                if html.trim() == "<!-- header -->" {
                    header_depth = Some(depth);
                } else if !is_marker(html) {
                    assert!(!acts(html), "{place}: {html}\n{text}");
                }
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                assert!(!runs(dest_url), "{place}: a link to {dest_url}\n{text}");
            }
            _ => {}
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    // One for the block of HTML itself.
    assert_eq!(header_depth, Some(1), "{place}: something stays open\n{text}");
    programs
}

/// True for the marker of a sample on a page, which ends where it seems to.
fn is_marker(html: &str) -> bool {
    let inner = html.trim().strip_prefix("<!-- sample ").and_then(|rest| rest.strip_suffix(" -->"));
    inner.is_some_and(|inner| !inner.contains("--") && !inner.contains('\n'))
}

fn acts(markup: &str) -> bool {
    let lower = squeezed(markup);
    ACTING.iter().any(|acting| lower.contains(acting))
}

/// True for an address that a browser runs.
fn runs(url: &str) -> bool {
    let url = squeezed(url);
    ["javascript:", "vbscript:", "data:"].iter().any(|scheme| url.starts_with(scheme))
}

fn squeezed(text: &str) -> String {
    text.to_lowercase().chars().filter(|char| !char.is_whitespace()).collect()
}
