//! Checks the sentences of documentation, as far as a program can tell.

mod words;

use super::Finding;
use super::code::File;
use words::{NOUNS, OPENERS, QUESTIONS, RELATIVE, TAKES_TO, VERBS};

/// Checks the opening sentence of a file, and the sentences of its doc comments.
pub(super) fn check(file: &File, findings: &mut Vec<Finding>) {
    let mut find = |line: usize, message: String| {
        findings.push(Finding { path: file.path.clone(), line, message });
    };
    if let Some(fault) = opening_fault(&opening(file)) {
        find(1, fault);
    }
    for (number, line) in file.text.lines().enumerate() {
        let line = line.trim_start();
        let Some(docs) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else { continue };
        if let Some(word) = relative_opening(docs) {
            let message = format!("a sentence opens with `{word}`: name its subject first");
            find(number + 1, message);
        }
    }
}

/// Checks the lines of a template or of another text in Markdown.
pub(super) fn check_text(path: &str, text: &str, findings: &mut Vec<Finding>) {
    for (number, line) in text.lines().enumerate() {
        if let Some(word) = relative_opening(line).filter(|_| !line.ends_with('?')) {
            let message = format!("a sentence opens with `{word}`: name its subject first");
            findings.push(Finding { path: path.to_owned(), line: number + 1, message });
        }
    }
}

/// Returns the first paragraph of a file's own documentation in one line.
fn opening(file: &File) -> String {
    let lines: Vec<&str> = file.module_docs().take_while(|line| !line.trim().is_empty()).collect();
    lines.join(" ")
}

/// Describes the fault of an opening sentence: it starts with a word that is neither a verb in the third person nor
/// part of a noun phrase, or it is a noun phrase that ends in a direction ("Schemas to types").
fn opening_fault(text: &str) -> Option<String> {
    let sentence = text.split_once(". ").map_or(text, |(sentence, _)| sentence).trim_end_matches('.');
    let sentence = without_parentheses(sentence);
    let clause = sentence.split([':', ';']).next().unwrap_or_default();
    let words: Vec<&str> = clause.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let first = *words.first()?;
    if OPENERS.contains(&first) {
        return Some(format!(
            "the opening sentence starts with `{first}`: start with a verb (\"Parses …\") or a noun"
        ));
    }
    if is_verb(first, words.get(1).copied().unwrap_or_default()) {
        return None;
    }
    if VERBS.iter().any(|verb| is_base_form(first, verb)) {
        return Some(format!(
            "the opening sentence starts with `{first}`: use the third person (\"Parses …\")"
        ));
    }
    let direction = (1..words.len()).find(|at| is_direction(&words, *at))?;
    let before = words[direction - 1];
    Some(format!(
        "the opening sentence has no verb (\"… {before} to …\"): start with one (\"Converts …\"); if `{first}` is one, \
         add it to `VERBS` in xtask/src/tidy/english/words.rs"
    ))
}

fn without_parentheses(sentence: &str) -> String {
    let mut parts = sentence.split('(');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| plain + part.split_once(')').map_or("", |(_, rest)| rest))
}

/// Returns `true` for a verb; before some words, one that is a noun as well is the noun ("Calls of macros").
fn is_verb(word: &str, next: &str) -> bool {
    const AFTER_NOUNS: &[&str] = &["and", "in", "of", "on", "that", "to", "which", "whose"];
    let is_noun = |base: Option<&str>| base.is_some_and(|base| NOUNS.contains(&base));
    let noun = is_noun(word.strip_suffix('s')) || is_noun(word.strip_suffix("es"));
    VERBS.contains(&word) && !(noun && AFTER_NOUNS.contains(&next))
}

/// Returns `true` for `Parse` where `Parses` is the verb, unless it is a noun as well.
fn is_base_form(word: &str, verb: &str) -> bool {
    let is_base = verb.strip_prefix(word).is_some_and(|ending| matches!(ending, "s" | "es"));
    is_base && !NOUNS.contains(&word)
}

/// Returns `true` if the word at this index is the `to` between two nouns of a sentence without a verb.
fn is_direction(words: &[&str], at: usize) -> bool {
    let (before, Some(after)) = (&words[..at], words.get(at + 1)) else { return false };
    if words[at] != "to" || before.iter().any(|word| *word == "from" || is_finite(word)) {
        return false;
    }
    let takes_to = before.last().is_some_and(|word| TAKES_TO.contains(&word.to_lowercase().as_str()));
    // "a client that talks to it"
    let in_relative_clause = before.len() > 1 && ["that", "which", "who"].contains(&before[before.len() - 2]);
    !takes_to && !in_relative_clause && is_noun(after)
}

/// Returns `true` for a word that gives its clause a verb.
fn is_finite(word: &str) -> bool {
    const AUXILIARIES: &[&str] =
        &["are", "can", "does", "has", "have", "is", "may", "must", "was", "were", "will"];
    AUXILIARIES.contains(&word)
}

/// Returns `true` for a word that starts a noun phrase, and so does not continue "to" as an infinitive.
fn is_noun(word: &str) -> bool {
    const STARTS: &[&str] = &[
        "a", "all", "an", "another", "any", "bytes", "code", "disk", "each", "every", "how", "it", "its",
        "lines", "one", "prose", "some", "text", "that", "the", "their", "those", "tokens", "what", "where",
        "whether", "which", "who", "words",
    ];
    let plural = word.ends_with('s') && !word.ends_with("ss");
    let name = word.starts_with(|first: char| first.is_uppercase() || matches!(first, '`' | '['));
    STARTS.contains(&word) || plural || name
}

/// Returns the relative word that a sentence on this line opens with. Inside of a line, fewer words count: "That of the
/// server" may refer to the sentence before, and "Where it is missing, …" may be an adverbial clause.
fn relative_opening(line: &str) -> Option<&'static str> {
    let line = line.trim_start().trim_start_matches(['-', '*', '>', ' ']);
    let opens =
        |text: &str, words: &[&'static str]| words.iter().copied().find(|word| starts_with_word(text, word));
    let inside = || line.match_indices(". ").find_map(|(at, _)| opens(&line[at + 2..], QUESTIONS));
    opens(line, QUESTIONS).or_else(|| opens(line, RELATIVE)).or_else(inside)
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::{check, check_text};
    use crate::tidy::code::File;

    fn findings(text: &str) -> Vec<String> {
        let mut findings = Vec::new();
        check(&File::new("a.rs".to_owned(), text.to_owned()), &mut findings);
        findings.iter().map(|finding| format!("{}: {}", finding.line, finding.message)).collect()
    }

    #[test]
    fn opening_sentences_without_a_verb_are_found() {
        for text in [
            "A file of the generator to what it mentions although a wall stands between the two.",
            "Words of the command line to a command.",
            "Schemas to types.",
            "The names of operations, of what they take and of what they return, to identifiers.",
            "An object schema to a struct.",
            "JSON text to an outline: a scanner that knows tokens.",
            "Tokens to text: formatted.",
            "HTTP dates (RFC 9110) to times.",
            "Operations to what their layout\n//! shows.",
            "Calls of macros to text.",
        ] {
            let found = findings(&format!("//! {text}\n"));
            assert!(
                found.len() == 1 && found[0].starts_with("1: the opening sentence has no verb"),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn opening_sentences_with_a_wrong_first_word_are_found() {
        for text in [
            "From the model to files.",
            "How errors come to be.",
            "Which call a request belongs to.",
            "Parse text.",
        ] {
            let found = findings(&format!("//! {text}\n"));
            assert!(
                found.iter().any(|found| found.starts_with("1: the opening sentence starts with")),
                "{text}"
            );
        }
    }

    #[test]
    fn plain_sentences_pass() {
        for text in [
            "Converts CommonMark to lines of rustdoc.",
            "Maps schemas to types.",
            "The way to the server: one request in.",
            "`cargo xtask tidy`: checks the rules of the source code.",
            "Request bodies: the data that a caller sends.",
            "A transport that answers from a script.",
            "Bytes to send, from any source.",
            "References to components.",
            "A fake of the API, and a client that talks to it.",
            "One call from its request to its answer.",
            "A call is added to the queue.",
            "[`DateTime`] and its text form.",
        ] {
            assert_eq!(findings(&format!("//! {text}\n")), [""; 0], "{text}");
        }
    }

    #[test]
    fn sentences_that_open_with_a_relative_word_are_found() {
        let text = "//! A.\n\n/// What it is. That of it.\nstruct A {\n    /// Is `true`. Whether or not\n    /// What.\n    a: bool,\n}\n// What\n";
        let lines: Vec<String> = findings(text).iter().map(|found| found[..2].to_owned()).collect();
        assert_eq!(lines, ["3:", "5:"]);
    }

    #[test]
    fn texts_may_ask_questions() {
        let mut findings = Vec::new();
        check_text("a.md", "- What is it?\n- What is written.\n", &mut findings);
        assert_eq!(findings.iter().map(|finding| finding.line).collect::<Vec<_>>(), [2]);
    }
}
