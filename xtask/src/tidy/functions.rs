//! Checks that functions are short; lines without code of their own (blank, comments, `quote!`, literals) do not count.

use super::Finding;
use super::code::{File, group};

/// A function with more lines than these does more than one thing.
const MOST_LINES: usize = 60;

/// Measures the functions of a file, unit tests among them.
pub(super) fn check(file: &File, findings: &mut Vec<Finding>) {
    let code = &file.whole;
    for (at, _) in code.match_indices("fn ").filter(|(at, _)| !code[..*at].ends_with(in_word)) {
        let name = code[at + 3..].split(|char| !in_word(char)).next().unwrap_or_default();
        let Some(open) = body(code, at).filter(|_| !name.is_empty()) else { continue };
        let body = group(code, open);
        let lines = code[body.start + 1..body.end].trim_end_matches('}').lines();
        let lines = lines.filter(|line| !line.trim().is_empty()).count();
        if lines > MOST_LINES {
            findings.push(Finding {
                path: file.path.clone(),
                line: code[..at].matches('\n').count() + 1,
                message: format!("`{name}` has {lines} lines, {MOST_LINES} are the most; split it"),
            });
        }
    }
}

/// Returns the place of the brace that opens the body of the function declared at `at`; a declaration has none.
fn body(code: &str, at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (place, char) in code[at..].char_indices() {
        match char {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '{' if depth == 0 => return Some(at + place),
            ';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

fn in_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::code::File;

    fn findings(body: &str) -> Vec<String> {
        let text =
            format!("trait A {{\n    fn a();\n}}\n\nfn b<T: Into<[u8; 2]>>(_: [u8; 2]) {{\n{body}}}\n");
        let mut findings = Vec::new();
        check(&File::new("a.rs".to_owned(), text), &mut findings);
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn long_functions_are_found() {
        assert_eq!(findings(&"    c();\n".repeat(60)), [""; 0]);
        assert_eq!(
            findings(&"    c();\n".repeat(61)),
            ["a.rs:5: `b` has 61 lines, 60 are the most; split it"]
        );
    }

    #[test]
    fn lines_without_code_do_not_count() {
        assert_eq!(findings(&"    // c\n\n".repeat(100)), [""; 0]);
        assert_eq!(findings(&format!("quote! {{\n{}}}\n", "    c();\n".repeat(100))), [""; 0]);
    }
}
