//! Finds the text of an element in XML, without reading the document as a whole.

/// Returns the text of the first element with one of these names, in lower case and without `_` and `-`. A name that
/// comes first is looked for first.
pub(super) fn find(text: &str, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| elements(text).find(|(tag, _)| is_called(tag, name))).map(|(_, text)| text)
}

/// Returns the elements that contain only text, with their names.
fn elements(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.split('<').zip(text.split('<').skip(1)).filter_map(|(opening, closing)| {
        let (tag, content) = opening.split_once('>')?;
        let name = tag.split_ascii_whitespace().next()?;
        let content = unescaped(content.trim());
        (closing.starts_with('/') && !tag.ends_with('/') && !content.is_empty()).then_some((name, content))
    })
}

fn is_called(tag: &str, name: &str) -> bool {
    // Without the prefix of the namespace.
    let local = tag.rsplit(':').next().unwrap_or_default();
    let letters = local.chars().filter(|letter| !matches!(letter, '_' | '-')).flat_map(char::to_lowercase);
    letters.eq(name.chars())
}

fn unescaped(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}
