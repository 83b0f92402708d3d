//! Makes sentences inert in Markdown.

/// Escapes a sentence: code spans stay, and nothing else in it is markup. Names come from a description that anybody
/// may have written.
pub(crate) fn inert(sentence: &str) -> String {
    let clean: String = sentence.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    let mut pieces: Vec<&str> = clean.split('`').collect();
    // An odd backtick opens no code span.
    let rest = if pieces.len().is_multiple_of(2) { pieces.pop() } else { None };
    let mut text = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        match index % 2 {
            0 => text.push_str(&escape(piece)),
            _ if piece.is_empty() => text.push_str("\\`\\`"),
            _ => text.extend(["`", *piece, "`"]),
        }
    }
    if let Some(rest) = rest {
        text.extend(["\\`", &escape(rest)]);
    }
    text
}

fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for char in text.chars() {
        match char {
            // A mention notifies people even if the sign is escaped.
            '@' => escaped.push_str("&#64;"),
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '[' | ']' | '*' | '_' | '~' | '#' | '!' | '|' | '\\' => escaped.extend(['\\', char]),
            _ => escaped.push(char),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn code_spans_stay_and_nothing_else_is_markup() {
        for (sentence, expected) in [
            ("POST /a: `a().b(c)` is now `a().b(d)`", "POST /a: `a().b(c)` is now `a().b(d)`"),
            ("`a` is `x` by @me <b>", "`a` is `x` by &#64;me &lt;b>"),
            ("GET /{}/a_b_c#d: *x*", "GET /{}/a\\_b\\_c\\#d: \\*x\\*"),
            ("`a` would mean `b`<img src=x>`", "`a` would mean `b`&lt;img src=x>\\`"),
            ("two\nlines ``", "two lines \\`\\`"),
        ] {
            assert_eq!(inert(sentence), expected);
        }
    }
}
