//! The places of named parts in Swagger 2.0 and in OpenAPI 3.

/// The objects of named parts, before and after.
const MOVED: &[(&str, &str)] = &[
    ("/definitions/", "/components/schemas/"),
    ("/parameters/", "/components/parameters/"),
    ("/responses/", "/components/responses/"),
    ("/securityDefinitions/", "/components/securitySchemes/"),
];

/// Returns a reference to a part of a Swagger 2.0 document as it is after the rewriting.
pub(super) fn moved(file: &str, fragment: &str) -> String {
    let found = MOVED.iter().find_map(|(before, after)| Some((fragment.strip_prefix(before)?, after)));
    found.map_or_else(|| format!("{file}#{fragment}"), |(rest, after)| format!("{file}#{after}{rest}"))
}

/// Returns a text with the places that the author of a Swagger 2.0 document knows.
pub(super) fn as_written(text: &str) -> String {
    moves().fold(text.to_owned(), |text, (before, after)| {
        text.replace(&format!("/{after}"), &format!("/{before}"))
    })
}

/// Returns a message with the places that the author of a Swagger 2.0 document knows. A place in another file stays.
pub(super) fn in_words_of_swagger(message: &str) -> String {
    moves().fold(message.to_owned(), |message, (before, after)| {
        ["`", "`/", "`#/"].into_iter().fold(message, |message, start| {
            message.replace(&format!("{start}{after}"), &format!("{start}{before}"))
        })
    })
}

/// Returns the paths of the objects of named parts, before and after. Bodies are parameters in Swagger 2.0.
fn moves() -> impl Iterator<Item = (&'static str, &'static str)> {
    let bodies = ("parameters", "components/requestBodies");
    MOVED.iter().map(|(before, after)| (before.trim_matches('/'), after.trim_matches('/'))).chain([bodies])
}
