//! The places of named parts in Swagger 2.0 and in OpenAPI 3.

/// The objects of named parts, before and after.
const MOVED: &[(&str, &str)] = &[
    ("/definitions/", "/components/schemas/"),
    ("/parameters/", "/components/parameters/"),
    ("/responses/", "/components/responses/"),
];

/// Returns a reference to a part of a Swagger 2.0 document as it is after the rewriting.
pub(super) fn moved(file: &str, fragment: &str) -> String {
    let found = MOVED.iter().find_map(|(before, after)| Some((fragment.strip_prefix(before)?, after)));
    found.map_or_else(|| format!("{file}#{fragment}"), |(rest, after)| format!("{file}#{after}{rest}"))
}

/// Returns a text with the places that the author of a Swagger 2.0 document knows.
pub(super) fn as_written(text: &str) -> String {
    MOVED.iter().fold(text.to_owned(), |text, (before, after)| {
        let (before, after) = (before.trim_end_matches('/'), after.trim_end_matches('/'));
        text.replace(after, before)
    })
}
