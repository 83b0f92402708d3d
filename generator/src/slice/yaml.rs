//! Writes a document as YAML that means the same in YAML 1.1 and 1.2.
//!
//! OpenAPI recommends YAML 1.2, and the writer quotes strings by its rules. Many tools read YAML 1.1, where `yes` is a
//! boolean, `2024-01-01` a date and `12:30` a number.

use crate::tree::{Mapping, Node};

/// A prefix that makes the writer quote a string. Its second character is reserved for private use.
const MARK: &str = "@\u{e0ff}";

/// Returns the text of a document.
pub(super) fn write(document: &Node) -> serde_yaml::Result<String> {
    let text = serde_yaml::to_string(&marked(document))?;
    Ok(text.replace(&format!("'{MARK}"), "'"))
}

fn marked(node: &Node) -> Node {
    match node {
        Node::String(text) => Node::String(mark(text)),
        Node::Sequence(items) => Node::Sequence(items.iter().map(marked).collect()),
        Node::Mapping(members) => {
            let members = members.iter().map(|(key, member)| (mark(key), marked(member)));
            Node::Mapping(members.collect::<Mapping>())
        }
        Node::Null | Node::Bool(_) | Node::Number(_) => node.clone(),
    }
}

fn mark(text: &str) -> String {
    if is_ambiguous(text) { format!("{MARK}{text}") } else { text.to_owned() }
}

/// Returns `true` for a string that YAML 1.1 reads as a boolean, a date or a number, and YAML 1.2 as a string.
fn is_ambiguous(text: &str) -> bool {
    const WORDS: [&str; 6] = ["y", "n", "yes", "no", "on", "off"];
    let in_number = |char: char| char.is_ascii_digit() || " _:.+-TtZzEe".contains(char);
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
        || text.trim_start_matches(['+', '-', '.']).starts_with(|char: char| char.is_ascii_digit())
            && text.chars().all(in_number)
            && text.contains(['_', ':', '-'])
}

#[cfg(test)]
mod tests {
    use super::{is_ambiguous, write};
    use crate::tree::load;

    #[test]
    fn strings_that_look_like_other_values_are_quoted() {
        for text in ["yes", "On", "n", "2024-01-01", "2012-12-12T10:53:43-08:00", "12:30", "1_000", "-1_0"] {
            assert!(is_ambiguous(text), "{text}");
        }
        for text in ["", "only", "2024.0", "v1:2", "a-b", "12 o'clock: noon", "x_1"] {
            assert!(!is_ambiguous(text), "{text}");
        }
    }

    #[test]
    fn a_document_is_read_as_it_was_written() {
        let text = "on: ['off', 'no', '2024-01-01', '12', 'true', plain]\ntext: |-\n  It's 'yes'\n  - on\n";
        let node = load(text).expect("it can be read").root;
        let written = write(&node).expect("it can be written");
        let expected = "'on':\n- 'off'\n- 'no'\n- '2024-01-01'\n- '12'\n- 'true'\n- plain\ntext: |-\n  It's 'yes'\n  - on\n";
        assert_eq!(written, expected);
        assert_eq!(load(&written).expect("it can be read").root, node);
    }
}
