//! Finds the target of the relation `next` in `Link` headers (RFC 8288).

use http::HeaderMap;
use http::header::LINK;

/// Returns the target of the first link whose relation is `next`.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    // URLs may contain letters that are not ASCII (RFC 3987).
    headers.get_all(LINK).iter().find_map(|value| next_of(&String::from_utf8_lossy(value.as_bytes())))
}

fn next_of(mut text: &str) -> Option<String> {
    while let Some((_, after)) = text.split_once('<') {
        let (target, mut rest) = after.split_once('>')?;
        let mut is_next = None;
        let mut is_elsewhere = false;
        while let Some((name, value, after)) = parameter(rest) {
            rest = after;
            match name.to_ascii_lowercase().as_str() {
                // Only the first `rel` counts (RFC 8288 section 3.3).
                "rel" => {
                    is_next
                        .get_or_insert(value.split_whitespace().any(|rel| rel.eq_ignore_ascii_case("next")));
                }
                // The link belongs to another resource than this response (RFC 8288 section 3.2).
                "anchor" => is_elsewhere = true,
                _ => {}
            }
        }
        if is_next == Some(true) && !is_elsewhere {
            return Some(target.trim().to_owned());
        }
        text = rest;
    }
    None
}

/// Splits off the next parameter of a link: its name, its value and the rest. Returns `None` at the end of the link.
fn parameter(text: &str) -> Option<(&str, String, &str)> {
    let text = text.trim_start().strip_prefix(';')?.trim_start();
    let end = text.find(['=', ';', ',']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let Some(rest) = rest.strip_prefix('=') else { return Some((name.trim(), String::new(), rest)) };
    let rest = rest.trim_start();
    let Some(quoted) = rest.strip_prefix('"') else {
        let end = rest.find([';', ',']).unwrap_or(rest.len());
        return Some((name.trim(), rest[..end].trim().to_owned(), &rest[end..]));
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((place, char)) = chars.next() {
        match char {
            '"' => return Some((name.trim(), value, &quoted[place + 1..])),
            '\\' => value.extend(chars.next().map(|(_, char)| char)),
            char => value.push(char),
        }
    }
    Some((name.trim(), value, ""))
}

#[cfg(test)]
mod tests {
    use super::next_of;

    #[test]
    fn the_next_link_is_found() {
        for (text, expected) in [
            (
                r#"<https://a.example/?page=3>; rel="next", <https://a.example/?page=9>; rel="last""#,
                "https://a.example/?page=3",
            ),
            (r#"<a>; rel=prev, <b,c;d>; title="x, <y>; rel=next"; rel=NEXT"#, "b,c;d"),
            (r#"<a>; rel="prev"; rel="next", <b>;rel="first  next""#, "b"),
            (r##"<a>; rel=next; anchor="#x", </b?c>;rel = "next""##, "/b?c"),
            ("<a>;rel*;rel=next", "a"),
        ] {
            assert_eq!(next_of(text).as_deref(), Some(expected), "in {text}");
        }
    }

    #[test]
    fn invalid_links_are_ignored() {
        for text in ["", "next", "<a", "<a>", "<a>; rel", "<a>; rel=\"next", "<a>; rel=prev, b; rel=next"] {
            let found = next_of(text);
            assert!(found.is_none() || text.ends_with("\"next"), "in {text}: {found:?}");
        }
    }
}
