//! Generates from documents that nest or refer without end: nothing overflows, and a finding says where it was cut.

use sdk_generator::diagnostic::Diagnostics;
use sdk_generator::{Code, Config, Input, Source, generate};

/// The length of each chain.
const LENGTH: usize = 100_000;

/// Returns the findings about a document.
fn found(text: String, read: &dyn Fn(&str) -> Option<String>) -> Diagnostics {
    let documents = [Source { name: "deep.yaml".to_owned(), text }];
    let config = Config::bare("deep-sdk");
    match generate(&Input { documents: &documents, read, config: &config }) {
        Ok(generated) => generated.diagnostics,
        Err(diagnostics) => diagnostics,
    }
}

fn check(text: String, expected: Code) {
    let found = found(text, &|_| None);
    assert!(found.iter().any(|finding| finding.code == expected), "no `{expected}` in {found:#?}");
}

/// A document with one operation, which sends and returns the first schema.
fn document(schemas: &str) -> String {
    let content = r##""content":{"application/json":{"schema":{"$ref":"#/components/schemas/S0"}}}"##;
    let operation = format!(
        r#"{{"operationId":"send","requestBody":{{"required":true,{content}}},"responses":{{"200":{{"description":"It",{content}}}}}}}"#
    );
    format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"Deep","version":"1"}},"paths":{{"/a":{{"post":{operation}}}}},"components":{{"schemas":{{{schemas}}}}}}}"#
    )
}

/// A document with a chain of schemas. `link` contains `NEXT` in place of the next schema.
fn chain(link: &str) -> String {
    let mut schemas = String::new();
    for index in 0..LENGTH {
        let next = format!(r##"{{"$ref":"#/components/schemas/S{}"}}"##, index + 1);
        schemas.push_str(&format!(r#""S{index}":{},"#, link.replace("NEXT", &next)));
    }
    schemas.push_str(&format!(r#""S{LENGTH}":{{"type":"string"}}"#));
    document(&schemas)
}

#[test]
fn references() {
    check(chain("NEXT"), Code::ReferenceCycle);
}

#[test]
fn references_through_each_other() {
    let link = |index: usize| format!(r##""S{index}":{{"$ref":"#/components/schemas/S{}/x"}}"##, index + 1);
    check(document(&(0..LENGTH).map(link).collect::<Vec<_>>().join(",")), Code::ReferenceCycle);
}

#[test]
fn a_cycle_of_references() {
    let link =
        |index: usize| format!(r##""S{index}":{{"$ref":"#/components/schemas/S{}"}}"##, (index + 1) % LENGTH);
    check(document(&(0..LENGTH).map(link).collect::<Vec<_>>().join(",")), Code::ReferenceCycle);
}

#[test]
fn parts() {
    check(
        chain(r#"{"allOf":[NEXT,{"type":"object","properties":{"a":{"type":"string"}}}]}"#),
        Code::Approximated,
    );
}

#[test]
fn arrays() {
    check(chain(r#"{"type":"array","items":NEXT}"#), Code::Approximated);
}

#[test]
fn tuples() {
    check(chain(r#"{"type":"array","prefixItems":[NEXT],"minItems":1,"maxItems":1}"#), Code::Approximated);
}

#[test]
fn maps() {
    check(chain(r#"{"type":"object","additionalProperties":NEXT}"#), Code::Approximated);
}

#[test]
fn unions() {
    check(chain(r#"{"oneOf":[NEXT,{"type":"array","items":{"type":"string"}}]}"#), Code::Approximated);
    check(chain(r#"{"anyOf":[NEXT,{"type":"integer"}]}"#), Code::Approximated);
}

#[test]
fn files() {
    let read = |name: &str| {
        let index: usize = name.trim_end_matches(".json").parse().ok()?;
        let next = index + 1;
        (index < LENGTH).then(|| format!(r#"{{"type":"array","items":{{"$ref":"{next}.json"}}}}"#))
    };
    let found = found(document(r#""S0":{"$ref":"0.json"}"#), &read);
    assert!(found.iter().any(|finding| finding.code == Code::Approximated), "{found:#?}");
}

#[test]
fn values() {
    let around = |value: &str| document(&format!(r#""S0":{{"example":{value}}}"#));
    check(around(&("[".repeat(LENGTH) + &"]".repeat(LENGTH))), Code::Syntax);
    check(around(&(r#"{"a":"#.repeat(LENGTH) + "1" + &"}".repeat(LENGTH))), Code::Syntax);
    let yaml = |value: &str| format!("openapi: 3.0.3\npaths: {{}}\nx-deep: {value}\n");
    check(yaml(&("[".repeat(LENGTH) + &"]".repeat(LENGTH))), Code::Syntax);
    check(yaml(&("\n  ".to_owned() + &"- ".repeat(LENGTH) + "a")), Code::Syntax);
}

#[test]
fn aliases() {
    let mut text = "openapi: 3.0.3\npaths: {}\nx-0: &a0 [1]\n".to_owned();
    for index in 1..LENGTH {
        text.push_str(&format!("x-{index}: &a{index} [*a{}]\n", index - 1));
    }
    check(text, Code::Syntax);
    check("openapi: 3.0.3\npaths: {}\nx-a: &a [*a]\n".to_owned(), Code::Syntax);
}

#[test]
fn descriptions() {
    for text in [
        "> ".repeat(LENGTH),
        "- ".repeat(LENGTH),
        "[".repeat(LENGTH),
        "*a".repeat(LENGTH),
        "<table><tr><td>".repeat(LENGTH),
        "<ul><li>".repeat(LENGTH),
        // Quotes that begin a line once the tags before them are dropped.
        "<b>".repeat(LENGTH) + &"> ".repeat(LENGTH) + &"[".repeat(LENGTH),
        "<token> ".repeat(LENGTH),
    ] {
        let found =
            found(document(&format!(r#""S0":{{"type":"integer","description":"{text}b"}}"#)), &|_| None);
        assert!(found.is_empty(), "{found:#?}");
    }
}

#[test]
fn parents_of_tags() {
    let tags = (0..LENGTH).map(|index| format!(r#"{{"name":"{index}","parent":"{}"}},"#, index + 1));
    let tags = format!(r#""tags":[{}{{"name":"{LENGTH}"}}],"paths""#, tags.collect::<String>());
    let found = found(document(r#""S0":{"type":"integer"}"#).replace(r#""paths""#, &tags), &|_| None);
    assert!(found.is_empty(), "{found:#?}");
}

/// Types that require each other in a circle have no values.
#[test]
fn required_members() {
    let length = 1_000;
    let link = |index: usize| {
        let next = format!(r##"{{"$ref":"#/components/schemas/S{}"}}"##, (index + 1) % length);
        format!(r#""S{index}":{{"type":"object","required":["a"],"properties":{{"a":{next}}}}}"#)
    };
    check(document(&(0..length).map(link).collect::<Vec<_>>().join(",")), Code::ReferenceCycle);
}

/// Samples of types that contain themselves end.
#[test]
fn samples() {
    let own = r##"{"$ref":"#/components/schemas/S0"}"##;
    for schema in [
        r#"{"type":"array","items":OWN}"#,
        r#"{"type":"object","additionalProperties":OWN}"#,
        r#"{"oneOf":[{"type":"array","items":OWN},{"type":"object","additionalProperties":OWN}]}"#,
        r#"{"oneOf":[{"type":"array","prefixItems":[OWN,OWN],"minItems":2,"maxItems":2},{"type":"boolean"}]}"#,
        r#"{"type":"object","required":["a"],"properties":{"a":{"type":"array","items":{"type":"array","items":OWN}}}}"#,
    ] {
        let found = found(document(&format!(r#""S0":{}"#, schema.replace("OWN", own))), &|_| None);
        assert!(found.is_empty(), "{schema}: {found:#?}");
    }
    let required = r#"{"type":"object","required":["a"],"properties":{"a":OWN}}"#.replace("OWN", own);
    check(document(&format!(r#""S0":{required}"#)), Code::ReferenceCycle);
}
