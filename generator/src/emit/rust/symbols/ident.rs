//! Turns the words of a name into Rust identifiers.

use crate::ir::Manager;
use crate::name::{Name, is_keyword};

/// File names that some operating system refuses, whatever their extension.
const REFUSED_FILES: &[&str] = &["aux", "con", "lib", "main", "mod", "nul", "prn"];

/// Returns the identifier in snake case: `user_id`, `type_`, `n_2fa`.
pub(crate) fn snake(name: &Name) -> String {
    escape(digits_first(short(valid(&name.snake())), "n_"))
}

/// Returns the identifier in Pascal case: `UserId`, `N2fa`.
pub(crate) fn pascal(name: &Name) -> String {
    escape(digits_first(short(valid(&name.pascal())), "N"))
}

/// Returns the identifier in upper case: `USER_ID`.
pub(crate) fn shouty(snake: &str) -> String {
    snake.trim_end_matches('_').to_uppercase()
}

/// Returns the identifier of a module, which is also its file stem.
pub(crate) fn module(name: &Name) -> String {
    let snake = folded(name);
    let numbered_port = |stem: &str| {
        let rest = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
        rest.is_some_and(|rest| rest.len() == 1 && rest.chars().all(|c| c.is_ascii_digit()))
    };
    if REFUSED_FILES.contains(&snake.as_str()) || numbered_port(&snake) { format!("{snake}_") } else { snake }
}

/// Returns the identifier in ASCII snake case, since Rust finds files only for ASCII module names.
pub(crate) fn folded(name: &Name) -> String {
    let snake = name.snake();
    if snake.is_ascii() {
        return self::snake(name);
    }
    let mut folded = String::new();
    for c in valid(&snake).chars() {
        match unaccented(c) {
            _ if c.is_ascii() => folded.push(c),
            Some(plain) => folded.push_str(plain),
            None => folded.push_str(&format!("_u{:x}_", u32::from(c))),
        }
    }
    escape(digits_first(short(Name::new(folded).snake()), "n_"))
}

/// Returns the name of a manager for files and features: its own, or that of its paths if only they have an ASCII
/// spelling.
pub(crate) fn file_name(manager: &Manager) -> &Name {
    let is_spelled = |name: &Name| name.snake().chars().all(|c| c.is_ascii() || unaccented(c).is_some());
    match is_spelled(&manager.name) || !is_spelled(&manager.segment) || is_blank(&manager.segment) {
        true => &manager.name,
        false => &manager.segment,
    }
}

fn unaccented(letter: char) -> Option<&'static str> {
    FOLDED.iter().find(|(letters, _)| letters.contains(letter)).map(|(_, plain)| *plain)
}

/// Accented letters with their ASCII spellings.
const FOLDED: &[(&str, &str)] = &[
    ("àáâãåāăą", "a"),
    ("äæ", "ae"),
    ("çćčĉ", "c"),
    ("ďđð", "d"),
    ("èéêëēęěė", "e"),
    ("ğģĝ", "g"),
    ("ìíîïīįı", "i"),
    ("ļľł", "l"),
    ("ñńņň", "n"),
    ("òóôõōőø", "o"),
    ("öœ", "oe"),
    ("ŕř", "r"),
    ("śşšș", "s"),
    ("ß", "ss"),
    ("ţťț", "t"),
    ("þ", "th"),
    ("ùúûūůűų", "u"),
    ("ü", "ue"),
    ("ýÿ", "y"),
    ("źżž", "z"),
];

/// Returns `true` if the words contain no character that is valid in an identifier.
pub(crate) fn is_blank(name: &Name) -> bool {
    // The underscores are those between the words.
    valid(&name.snake()).chars().all(|c| c == '_')
}

/// Returns `true` if the name is a signed number such as `+1`.
pub(crate) fn is_signed(name: &Name) -> bool {
    let mut wire = name.wire.chars();
    wire.next().is_some_and(|c| "+-".contains(c)) && wire.next().is_some_and(|c| c.is_ascii_digit())
}

/// Spells out the symbols of the wire name as words, except for single underscores between words.
pub(crate) fn spelled(name: &Name) -> Name {
    let mut words: Vec<String> = Vec::new();
    let mut run = String::new();
    let mut rest = name.wire.chars().peekable();
    while let Some(c) = rest.next() {
        let is_between = !run.is_empty() && rest.peek().is_some_and(|next| next.is_alphanumeric());
        if (c.is_alphanumeric() && fits(c)) || (c == '_' && is_between) {
            run.push(c);
            continue;
        }
        words.extend(crate::name::words(&std::mem::take(&mut run)));
        let nameless = !c.is_ascii() && !c.is_whitespace() && !c.is_control();
        let code = nameless.then(|| format!("u{:x}", u32::from(c)));
        words.extend(symbol(c).map(str::to_owned).or(code));
    }
    words.extend(crate::name::words(&run));
    if words.is_empty() {
        words.push("empty".into());
    }
    Name { words, ..name.clone() }
}

/// Appends the letter case of the wire name as a word, if all letters share one case.
pub(crate) fn cased(name: &Name) -> Name {
    let all = |test: fn(char) -> bool| name.wire.chars().filter(|c| c.is_alphabetic()).all(test);
    let case = match (all(char::is_uppercase), all(char::is_lowercase)) {
        (true, false) => Some("upper"),
        (false, true) => Some("lower"),
        _ => None,
    };
    let mut spelled = spelled(name);
    spelled.words.extend(case.map(str::to_owned));
    spelled
}

fn symbol(c: char) -> Option<&'static str> {
    Some(match c {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '=' => "equals",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '?' => "question",
        '&' => "and",
        '|' => "or",
        '%' => "percent",
        '$' => "dollar",
        '#' => "hash",
        '@' => "at",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '~' => "tilde",
        '^' => "caret",
        '_' => "underscore",
        '\'' => "quote",
        '"' => "double quote",
        '(' | ')' => "parenthesis",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        _ => return None,
    })
}

/// Drops characters that are invalid in identifiers, and combining accents. Rust normalizes a letter and its
/// combining accent to one character, so identifiers that differ here could be equal there.
fn valid(text: &str) -> String {
    text.chars().filter(|c| fits(*c)).collect()
}

fn fits(c: char) -> bool {
    let accent = ('\u{300}'..='\u{36f}').contains(&c);
    c.is_ascii() || (!accent && syn::parse_str::<syn::Ident>(&format!("a{c}")).is_ok())
}

/// The maximum length of an identifier in bytes. Identifiers become file names, which are limited to 255
/// bytes.
const LONGEST: usize = 120;

/// Truncates an identifier that is too long. Collisions that result are resolved like any others.
fn short(mut text: String) -> String {
    if text.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        text.truncate(end);
        text.truncate(text.trim_end_matches('_').len());
    }
    text
}

fn digits_first(text: String, prefix: &str) -> String {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && text.bytes().any(|byte| byte != b'_');
    let starts = if is_plain {
        !text.starts_with(|first: char| first.is_ascii_digit())
    } else {
        text.is_empty() || syn::parse_str::<syn::Ident>(&escape(text.clone())).is_ok()
    };
    if starts { text } else { format!("{prefix}{text}") }
}

fn escape(text: String) -> String {
    if is_keyword(&text) { text + "_" } else { text }
}

/// Appends a suffix that starts with an underscore, without doubling the underscore of an escaped keyword.
pub(crate) fn suffixed(identifier: &str, suffix: &str) -> String {
    format!("{}{suffix}", identifier.trim_end_matches('_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn obstacles_become_identifiers() {
        for (wire, expected_snake, expected_pascal) in [
            ("type", "type_", "Type"),
            ("Self", "self_", "Self_"),
            ("2fa", "n_2fa", "N2fa"),
            ("a²b", "ab", "Ab"),
            ("größe", "größe", "Größe"),
            ("x-box-tag", "x_box_tag", "XBoxTag"),
            ("userID", "user_id", "UserId"),
        ] {
            let name = Name::new(wire);
            assert_eq!((snake(&name).as_str(), pascal(&name).as_str()), (expected_snake, expected_pascal));
        }
    }

    #[test]
    fn files_that_some_system_refuses_get_an_underscore() {
        for (wire, expected) in [
            ("aux", "aux_"),
            ("COM1", "com1_"),
            ("mod", "mod_"),
            ("commons", "commons"),
            ("Größe", "groesse"),
            ("日本", "u65e5_u672c"),
        ] {
            assert_eq!(module(&Name::new(wire)), expected);
        }
    }

    #[test]
    fn spelling_tells_symbols_and_case_apart() {
        for (wire, expected) in
            [("+", "Plus"), ("", "Empty"), ("-1", "Minus1"), ("🦀", "U1f980"), ("ﷺ", "Ufdfa")]
        {
            assert_eq!(pascal(&spelled(&Name::new(wire))), expected);
        }
        assert_eq!(snake(&spelled(&Name::new("_a_b__c"))), "underscore_a_b_underscore_underscore_c");
        for (wire, expected) in [("ASC", "AscUpper"), ("asc", "AscLower"), ("Asc", "Asc"), ("1", "N1")] {
            assert_eq!(pascal(&cased(&Name::new(wire))), expected);
        }
    }
}
