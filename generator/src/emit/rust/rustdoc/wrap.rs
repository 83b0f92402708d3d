//! Wraps CommonMark at a given width without changing its meaning.

/// Joins and rewraps the lines of paragraphs and list items. Code blocks, tables and headings are unchanged.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut fence: Option<String> = None;
    let mut paragraph: Option<Paragraph<'_>> = None;
    // The indentation of the text after a hard line break.
    let mut broken: Option<String> = None;
    for line in text.trim_end().trim_start_matches('\n').lines() {
        let content = line.trim_start();
        let inner = inner(content);
        if let Some(open) = &fence {
            lines.push(line.to_owned());
            if inner.trim_end() == open {
                fence = None;
            }
            continue;
        }
        let is_fence = inner.starts_with("```");
        if content.is_empty() || is_fence || content.starts_with(['|', '#']) {
            lines.extend(paragraph.take().into_iter().flat_map(|open| open.wrap(width)));
            lines.push(line.trim_end().to_owned());
            fence = is_fence.then(|| inner.chars().take_while(|&c| c == '`').collect());
            continue;
        }
        let broken_indent = broken.take();
        let hard_break = line.ends_with("  ") || line.ends_with('\\');
        match &mut paragraph {
            Some(open) if marker(content) == 0 && !content.starts_with('>') => open.push(content),
            _ => {
                lines.extend(paragraph.take().into_iter().flat_map(|open| open.wrap(width)));
                let indent = broken_indent.filter(|_| marker(content) == 0 && !content.starts_with('>'));
                let own_indent = &line[..line.len() - content.len()];
                paragraph = Some(Paragraph::new(indent.as_deref().unwrap_or(own_indent), content));
            }
        }
        if hard_break {
            broken = paragraph.as_ref().map(|open| open.rest.clone());
            lines.extend(paragraph.take().into_iter().flat_map(|open| open.wrap(width)));
            if let Some(last) = lines.last_mut().filter(|last| !last.ends_with('\\')) {
                last.push('\\');
            }
        }
    }
    lines.extend(paragraph.into_iter().flat_map(|open| open.wrap(width)));
    lines
}

/// Strips the quote and list markers before the text of a line.
fn inner(content: &str) -> &str {
    let mut inner = content.trim_start();
    loop {
        let rest = inner.strip_prefix('>').unwrap_or(&inner[marker(inner)..]).trim_start();
        if rest.len() == inner.len() {
            return inner;
        }
        inner = rest;
    }
}

/// Returns the length of the list marker at the start of the line, including its space.
fn marker(content: &str) -> usize {
    if content.starts_with("- ") || content.starts_with("* ") || content.starts_with("+ ") {
        return 2;
    }
    let digits = content.chars().take_while(char::is_ascii_digit).count();
    let rest = &content[digits..];
    if digits > 0 && (rest.starts_with(". ") || rest.starts_with(") ")) { digits + 2 } else { 0 }
}

struct Paragraph<'a> {
    /// The indentation and marker of the first line.
    first: String,
    /// The indentation of the other lines.
    rest: String,
    words: Vec<&'a str>,
}

impl<'a> Paragraph<'a> {
    fn new(indent: &str, content: &'a str) -> Self {
        let marker = marker(content);
        let quote = if content.starts_with("> ") { "> " } else { "" };
        let start = marker.max(quote.len());
        let mut paragraph = Self {
            first: format!("{indent}{}", &content[..start]),
            rest: if quote.is_empty() {
                format!("{indent}{}", " ".repeat(marker))
            } else {
                format!("{indent}{quote}")
            },
            words: Vec::new(),
        };
        paragraph.push(&content[start..]);
        paragraph
    }

    fn push(&mut self, text: &'a str) {
        self.words.extend(text.trim_end_matches('\\').split_whitespace());
    }

    fn wrap(self, width: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = self.first;
        let mut length = line.chars().count();
        let mut empty = true;
        for word in self.words {
            let word_length = word.chars().count();
            if !empty && length + 1 + word_length > width && !starts_block(word) {
                length = self.rest.chars().count();
                lines.push(std::mem::replace(&mut line, self.rest.clone()));
                empty = true;
            }
            if !empty {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += word_length;
            empty = false;
        }
        lines.push(line.trim_end().to_owned());
        lines
    }
}

/// Returns `true` if the word would start a block at the beginning of a line.
fn starts_block(word: &str) -> bool {
    let first = word.chars().next().unwrap_or(' ');
    let number = word.trim_end_matches(['.', ')']);
    "-+*#>|=~`:".contains(first) && word.chars().all(|c| !c.is_alphanumeric())
        || word.len() != number.len() && number.chars().all(|c| c.is_ascii_digit())
        || [">", "|", "<", "```", "~~~", "[^"].iter().any(|start| word.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(wrap(text, 20), expected);
    }

    #[test]
    fn paragraphs_are_joined_and_broken() {
        check("one two\nthree four five six", &["one two three four", "five six"]);
    }

    #[test]
    fn list_items_keep_their_indentation() {
        check("- one two three four five\n  - six", &["- one two three four", "  five", "  - six"]);
        check("- one\n  two", &["- one two"]);
    }

    #[test]
    fn text_after_a_hard_break_belongs_to_the_item() {
        check("- one\\\ntwo three four five six", &["- one\\", "  two three four", "  five six"]);
        check("- one\\\n- two", &["- one\\", "- two"]);
        check("one\\\ntwo", &["one\\", "two"]);
    }

    #[test]
    fn a_break_makes_no_list() {
        check("one two three fours - five", &["one two three fours -", "five"]);
        check("one two three four 5. five", &["one two three four 5.", "five"]);
        check("one two `three fours <b> ~~~rust`", &["one two `three fours <b> ~~~rust`"]);
    }

    #[test]
    fn code_stays() {
        check("```text\na  b\n\nc\n```", &["```text", "a  b", "", "c", "```"]);
        check("- ```text\n  a  b\n  ```\n  c\n  d", &["- ```text", "  a  b", "  ```", "  c d"]);
        check("> - ```text\n>   a  b\n>   ```", &["> - ```text", ">   a  b", ">   ```"]);
    }
}
