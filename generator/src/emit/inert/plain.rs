//! Recognizes text without markup other than code spans, which needs no parser.

/// Marks that mean nothing in CommonMark where [`is_plain`] allows them.
const MARKS: &str = " \n,.'\"()/:;?!%{}-=+@$‘’“”–—…";
/// Marks in code spans.
const CODE_MARKS: &str = " ,.'\"()/:;?!%{}-=@$_";

/// Returns `true` for paragraphs of words that a parser of CommonMark would take as they are, and a writer would write
/// in the same way. They may have code spans. Other text may still have no markup.
pub(crate) fn is_plain(text: &str) -> bool {
    let mut in_code = false;
    let bytes = text.as_bytes();
    let mut is_plain_char = |(at, char): (usize, char)| match char {
        '`' => {
            in_code = !in_code;
            if in_code { opens_code(bytes, at) } else { closes_code(bytes, at) }
        }
        char if in_code => char.is_ascii_alphanumeric() || CODE_MARKS.contains(char),
        '_' => is_in_word(bytes, at),
        // An address becomes a link.
        '/' => !text[..at].ends_with(":/"),
        char => char.is_ascii_alphanumeric() || MARKS.contains(char) || char.is_alphanumeric(),
    };
    text.char_indices().all(&mut is_plain_char) && !in_code && begins_with_words(text)
}

/// Returns `true` for an underscore within a word, which marks no emphasis.
fn is_in_word(text: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    [before, text.get(at + 1)].into_iter().all(|byte| byte.is_some_and(u8::is_ascii_alphanumeric))
}

fn opens_code(text: &[u8], at: usize) -> bool {
    text.get(at + 1).is_some_and(|next| !matches!(next, b'`' | b' '))
}

/// Returns `true` for the end of a code span. A number right after it could be escaped as that of a list.
fn closes_code(text: &[u8], at: usize) -> bool {
    let is_apart = text.get(at + 1).is_none_or(|next| *next != b'`' && !next.is_ascii_digit());
    is_apart && text.get(at - 1).is_some_and(|before| *before != b' ')
}

/// Returns `true` if each line begins with a letter or with code, so that none begins a list, a quote, a block of code or
/// an underline, and if no line ends in white space, which could break the line.
fn begins_with_words(text: &str) -> bool {
    let mut was_blank = true;
    let mut lines = text.split('\n');
    lines.all(|line| {
        let is_blank = line.is_empty();
        let is_fine = if is_blank {
            !was_blank
        } else {
            line.starts_with(|first: char| first.is_alphabetic() || first == '`') && !line.ends_with(' ')
        };
        was_blank = is_blank;
        is_fine
    }) && !was_blank
}
