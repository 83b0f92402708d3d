//! HTML in a description to whether it can stay as it is.

/// Elements that need no end tag: leaving one open does not reach beyond its paragraph.
const OPEN_ENDED: &[&str] = &[
    "area", "br", "col", "dd", "dt", "hr", "img", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead",
    "tr", "wbr",
];

/// True when every element that is opened in these pieces is closed again, in order, and nothing but
/// elements is in them.
pub(super) fn is_balanced<'a>(pieces: impl IntoIterator<Item = &'a str>) -> bool {
    let mut open: Vec<String> = Vec::new();
    for tag in pieces.into_iter().flat_map(tags) {
        let (closing, rest) = match tag.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, tag),
        };
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if name.is_empty() {
            // A comment, a declaration, an instruction: they can reach far.
            return false;
        }
        if OPEN_ENDED.contains(&name.as_str()) || rest.ends_with('/') {
            continue;
        }
        if !closing {
            open.push(name);
        } else if open.pop() != Some(name) {
            return false;
        }
    }
    open.is_empty()
}

/// What stands between `<` and `>`.
fn tags(piece: &str) -> impl Iterator<Item = &str> {
    piece.split('<').skip(1).map(|rest| rest.split_once('>').map_or(rest, |(tag, _)| tag))
}

#[cfg(test)]
mod tests {
    use super::is_balanced;

    #[test]
    fn elements_have_to_end() {
        for html in
            ["<b>x</b>", "a<br>b<br/>", "<p>one<p>two", "<ul><li>a<li>b</ul>", "<a href=\"x\"><i>y</i></a>"]
        {
            assert!(is_balanced([html]), "{html}");
        }
        for html in
            ["<b>", "</b>", "<b><i></b></i>", "<!-- x -->", "<!DOCTYPE html>", "<?php ?>", "<details>"]
        {
            assert!(!is_balanced([html]), "{html}");
        }
        assert!(is_balanced(["<b>", "</b>"]));
    }
}
