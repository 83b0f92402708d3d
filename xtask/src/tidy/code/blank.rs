//! Replaces the parts of a source text that are not code to check by spaces, and keeps lines where they are.

use std::ops::Range;

/// Blanks comments and the content of literals.
pub(super) fn comments_and_literals(text: &str) -> String {
    let mut blank = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = skip(rest, blank.chars().next_back());
        if skipped == 0 {
            blank.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            blank.extend(spaces(&rest[..skipped]));
            rest = &rest[skipped..];
        }
    }
    blank
}

/// Blanks the arguments of `quote!`: they are code that the generator writes, not code that it runs.
pub(super) fn quoted(code: &str) -> String {
    without(code, |rest| {
        let at = rest.find("quote!")?;
        Some(group(rest, at + "quote!".len()))
    })
}

/// Blanks the items that are compiled for unit tests alone.
pub(super) fn tests(code: &str) -> String {
    without(code, |rest| {
        let start = rest.find("#[cfg(test)]")?;
        let from = start + "#[cfg(test)]".len();
        let end = rest[from..].find([';', '{']).map_or(rest.len(), |at| from + at);
        let end = if rest[end..].starts_with('{') { group(rest, end).end } else { end };
        Some(start..end)
    })
}

/// Blanks each place that `next` finds in the rest of the code.
fn without(code: &str, next: impl Fn(&str) -> Option<Range<usize>>) -> String {
    let mut blank = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(place) = next(rest) {
        blank.push_str(&rest[..place.start]);
        blank.extend(spaces(&rest[place.clone()]));
        rest = &rest[place.end..];
    }
    blank + rest
}

fn spaces(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|char| if char == '\n' { '\n' } else { ' ' })
}

/// Returns the place of the first bracketed group at or after `start`, brackets included.
pub(super) fn group(code: &str, start: usize) -> Range<usize> {
    let (mut depth, mut from) = (0_usize, start);
    for (at, char) in code[start..].char_indices().map(|(at, char)| (start + at, char)) {
        match char {
            '(' | '[' | '{' => {
                from = if depth == 0 { at } else { from };
                depth += 1;
            }
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return from..at + char.len_utf8();
        }
    }
    from..code.len()
}

/// Returns the length of the comment or literal that the text begins with, or 0 without one.
fn skip(text: &str, before: Option<char>) -> usize {
    let until =
        |from: usize, end: &str| text[from..].find(end).map_or(text.len(), |at| from + at + end.len());
    let in_word = before.is_some_and(|char| char.is_alphanumeric() || char == '_');
    let raw = text.strip_prefix('b').unwrap_or(text).strip_prefix('r');
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return until(2, "*/");
    }
    if let Some(raw) = raw.filter(|_| !in_word) {
        let marks = raw.len() - raw.trim_start_matches('#').len();
        if raw[marks..].starts_with('"') {
            let start = text.len() - raw.len() + marks + 1;
            return until(start, &format!("\"{}", "#".repeat(marks)));
        }
    }
    if text.starts_with('"') {
        return literal(text, '"');
    }
    // A lifetime has no second quote after its first letter.
    let letter = text.strip_prefix('\'').and_then(|rest| rest.chars().next());
    match letter {
        Some('\\') => literal(text, '\''),
        Some(char) if text[1 + char.len_utf8()..].starts_with('\'') => 2 + char.len_utf8(),
        _ => 0,
    }
}

/// Returns the length of a literal that may hold escapes.
fn literal(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, char) in text.char_indices().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if char == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{comments_and_literals, quoted, tests};

    fn words(code: &str) -> String {
        code.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_and_literals_are_blanked() {
        let text = "// a::b\n/* c::d\n*/ let x = (\"e::\\\"f\", r#\"g::\"h\"#, 'i', '\\'', b\"j::k\"); fn l<'m>(n: &'m o::P) {}";
        let blank = comments_and_literals(text);
        assert_eq!(words(&blank), "let x = ( , , , , b ); fn l<'m>(n: &'m o::P) {}");
        assert_eq!(blank.lines().count(), 3);
    }

    #[test]
    fn quoted_code_is_blanked() {
        let code = "let x = quote! {\n  a::b(#c);\n}; d::e(quote!((f::g)), h::i)";
        assert_eq!(words(&quoted(code)), "let x = quote! ; d::e(quote! , h::i)");
    }

    #[test]
    fn items_of_unit_tests_are_blanked() {
        let code = "a;\n#[cfg(test)]\nmod tests {\n  b { }\n}\n#[cfg(test)]\nmod other;\n#[cfg(test)]\nuse c::{d, e};\nf;";
        assert_eq!(words(&tests(code)), "a; ; ; f;");
    }
}
