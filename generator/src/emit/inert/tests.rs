//! Tests the text of each place.

use super::{Inert, Place, checked_lines, inert, item};

fn check(place: Place, text: &str, expected: &str) {
    assert_eq!(inert(text, place).as_str(), expected, "{text}");
}

#[test]
fn harmless_blocks_stay() {
    for text in [
        "One *two* `three` user_id.\n\n* a\n* b\n\n> quote",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "a\\\nb **c** [d](https://example.com) <https://example.com>",
        "```text\nlet x;\n```\n\n- ```text\n  y\n  ```",
    ] {
        check(Place::Blocks, text, text);
    }
}

#[test]
fn fenced_code_is_plain_text() {
    check(Place::Blocks, "```\nx\n```", "```text\nx\n```");
    check(Place::Blocks, "a\n~~~~rust,no_run\nx\n~~~~\nb", "a\n~~~~text\nx\n~~~~\nb");
    check(Place::Blocks, "- ```json\n  x\n  ```\n> ```E0001\n> x", "- ```text\n  x\n  ```\n> ```text\n> x");
    check(Place::Blocks, "```\nx", "```text\nx\n```");
}

#[test]
fn indented_code_is_fenced() {
    check(Place::Blocks, "a\n\n    x\n\n    y", "a\n\n```text\nx\n\ny\n```");
    check(Place::Blocks, "- a\n\n      x\n\n      ```", "- a\n\n  ````text\n  x\n\n  ```\n  ````");
}

#[test]
fn html_that_acts_is_text() {
    check(Place::Blocks, "<script>x</script>", "\\<script>x\\</script>");
    check(Place::Blocks, "<b onclick=\"x\">y</b>", "**y**");
    check(Place::Blocks, "<x onclick=\"x\">y</x>", "y");
    check(Place::Blocks, "a <!-- b", "a <!-- b");
    check(Place::Blocks, "<!-- b\n\n    c", "\\<!-- b\n\n```text\nc\n```");
}

#[test]
fn links_that_act_are_text() {
    check(Place::Blocks, "[a](javascript:b) [c](&#106;avascript:d)", "a c");
    check(Place::Blocks, "![a](data:b) <vbscript:c>", "a vbscript:c");
    check(Place::Link, " JavaScript:a", "");
    check(Place::Link, "https://a.test/(b)\n\nc`", "https://a.test/%28b%29c%60");
}

#[test]
fn a_definition_that_acts_is_not_left_to_other_texts() {
    let clean = inert("a\n\n[API Reference]: javascript:b", Place::Blocks);
    assert!(!clean.as_str().contains("]: "), "{clean:?}");
}

#[test]
fn lines_hold_no_markup() {
    check(Place::Line, "- *a*\n\n    b", "\\- \\*a\\* b");
    check(Place::Line, "12. a", "12\\. a");
    check(Place::Line, "12.0 a", "12.0 a");
    check(Place::Line, "```\nx\n```", "\\`\\`\\` x \\`\\`\\`");
}

#[test]
fn code_spans_end_after_the_text() {
    check(Place::Code, "a", "`a`");
    check(Place::Code, "`a``\n\nb", "``` `a``  b ```");
    check(Place::Code, " ", "`\" \"`");
}

#[test]
fn comments_end_after_the_text() {
    check(Place::Comment, "a--->\n\n```\nb", "a- - -> ``` b");
}

#[test]
fn literals_and_manifests_have_the_text_as_it_is() {
    check(Place::Literal, "a\"\n\u{202e}", "a\\\"\\n\\u{202e}");
    check(Place::Toml, "a\"\n\u{202e}\u{7f}", "\"a\\\"\\n\\u202E\\u007F\"");
}

#[test]
fn direction_shows() {
    check(Place::Blocks, "a \u{202a}b\u{202c}", "a \\u{202a}b\\u{202c}");
    check(Place::Code, "\u{2067}", "`\\u{2067}`");
    check(Place::Blocks, "a\r\r```\r\nb\r```", "a\n\n```text\nb\n```");
}

#[test]
fn items_begin_blocks_on_a_line_of_their_own() {
    let head = Inert::ours("404:");
    assert_eq!(item(&head, "a\nb", 2).as_str(), "404: a\n  b");
    assert_eq!(item(&head, "```text\na\n```", 2).as_str(), "404:\n\n  ```text\n  a\n  ```");
    assert_eq!(item(&Inert::default(), "- a", 4).as_str(), "- a");
}

#[test]
fn text_that_acts_in_a_new_layout_is_plain() {
    let lines = checked_lines(vec!["a".to_owned(), String::new(), "    *b*".to_owned()]);
    let lines: Vec<&str> = lines.iter().map(Inert::as_str).collect();
    assert_eq!(lines, ["a", "", "\\*b\\*"]);
}
