//! Tests the comparison on small pages, and compares the pages of the whole Box API with their reference.

use std::path::Path;

use super::compare::{Aspect, Comparison, compare};
use super::{neutral, pages, reference};
use crate::arguments::Selection;
use crate::input::Inputs;
use crate::workspace;

/// A section as this generator writes it, and one in the words of other SDKs.
const PAGE: &str = "\
# ShelvesManager

- [List shelves](#list-shelves)

## List shelves \\(all\\)

This operation is performed by calling function `get_shelves`.

See the endpoint docs at
[API Reference](https://example.com/reference/get-shelves/).

<!-- sample get_shelves#all -->

```rust
## client.shelves().get_shelves().await?;
```

### Arguments

- room `ShelfRoom`
  - Where they are. Example: `\"attic\"`
- type_ `Option<Vec<Option<ShelfType>>>`
- labels `Option<BTreeMap<String, Option<String>>>`

### Returns

This function returns a value of type `GetShelvesResponse`.

- 200 `Vec<Shelf>`: All of them.
- 204

## Read shelf

This operation is performed by calling function `getShelfById`.

### Arguments

- shelf_id `str`
- since `Optional[DateTime]`

### Returns

This function returns a value of type `Dict[str, Any]`.
";

const REFERENCE: &str = r#"{ "shelves": [
    { "operation_id": "get_shelves#all", "title": "List shelves (all)", "method": "get_shelves",
      "reference": "https://example.com/reference/get-shelves", "returns": "list<Shelf>", "arguments": [
        { "name": "room", "type": "ShelfRoom", "required": true },
        { "name": "type", "type": "list<ShelfType>", "required": false },
        { "name": "labels", "type": "map<string?>", "required": false } ] },
    { "operation_id": "get_shelves_id", "title": "Read shelf", "method": "get_shelf_by_id",
      "reference": "", "returns": "map<any>", "arguments": [
        { "name": "shelf_id", "type": "string", "required": true },
        { "name": "since", "type": "date-time", "required": false } ] } ] }"#;

fn check(page: &str, listed: &str) -> Comparison {
    compare(&pages::rows("shelves", page), &reference::rows(listed).expect("a reference"))
}

fn texts(comparison: &Comparison) -> Vec<&str> {
    comparison.findings.iter().map(|finding| finding.text.as_str()).collect()
}

#[test]
fn pages_in_other_words_agree() {
    let comparison = check(PAGE, REFERENCE);
    assert!(comparison.findings.is_empty(), "{comparison:#?}");
    assert_eq!((comparison.same(), comparison.unlisted), (2, 0));
}

#[test]
fn differences_are_found_in_every_aspect() {
    let cases: [(&str, &str, Aspect, &str); 9] = [
        ("(all\\)", "(some\\)", Aspect::Title, "title is `List shelves (some)`"),
        ("`get_shelves`", "`list_shelves`", Aspect::Method, "method is `list_shelves`"),
        ("get-shelves/", "get-shelf/", Aspect::Reference, "reference is `https"),
        ("- room ", "- attic ", Aspect::Names, "argument `room` is missing"),
        ("- room `ShelfRoom`", "- room `String`", Aspect::Types, "`room` is `string`"),
        ("- room `ShelfRoom`", "- room `Option<ShelfRoom>`", Aspect::Required, "`room` is required in"),
        ("- room `ShelfRoom`\n", "", Aspect::Names, "argument `room` is missing"),
        ("- 200 `Vec<Shelf>`", "- 200 `Shelf`", Aspect::Result, "result is `GetShelvesResponse`, `Shelf`"),
        (
            "- labels `Option<BTreeMap<String, Option<String>>>`\n",
            "- labels `Option<BTreeMap<String, String>>`\n",
            Aspect::Types,
            "`labels` is `map<string>`",
        ),
    ];
    for (from, to, aspect, text) in cases {
        let page = PAGE.replacen(from, to, 1);
        assert_ne!(page, PAGE, "{from}");
        let comparison = check(&page, REFERENCE);
        assert_eq!((comparison.right(aspect), comparison.same()), (1, 1), "{from}: {comparison:#?}");
        assert!(texts(&comparison).iter().any(|found| found.starts_with(text)), "{comparison:#?}");
    }
}

#[test]
fn order_and_manager_are_compared() {
    let labels = "- labels `Option<BTreeMap<String, Option<String>>>`\n";
    let page = PAGE.replacen(labels, "", 1).replacen("- room", &format!("{labels}- room"), 1);
    let comparison = check(&page, REFERENCE);
    assert_eq!(texts(&comparison), ["order is `labels, room, type`, in the reference `room, type, labels`"]);
    let comparison = check(PAGE, &REFERENCE.replacen("shelves", "racks", 1));
    assert_eq!(comparison.right(Aspect::Manager), 0);
}

#[test]
fn an_operation_without_a_page_differs_in_every_aspect() {
    let page = PAGE.split("## Read").next().unwrap_or_default();
    let comparison = check(page, REFERENCE);
    assert!(Aspect::ALL.iter().all(|aspect| comparison.right(*aspect) == 1), "{comparison:#?}");
}

#[test]
fn types_are_translated_to_neutral_words() {
    let cases = [
        ("Vec<Box<Thing>>", "list<Thing>"),
        ("BTreeMap<String, serde_json::Value>", "map<any>"),
        ("Option<u64>", "integer"),
        ("Upload", "bytes"),
        ("Download", "bytes"),
        ("()", "none"),
        ("List[Dict[str, Optional[str]]]", "list<map<string?>>"),
        ("Events<Vec<f64>>", "Events<list<number>>"),
    ];
    for (spelled, expected) in cases {
        assert_eq!(neutral::ty(spelled), expected, "of `{spelled}`");
    }
}

/// Compares all operations if `SPEC_CORPUS` names the folder of published documents, and passes without it.
#[test]
fn the_box_sdk_agrees_with_its_reference() {
    let Some(corpus) = std::env::var_os("SPEC_CORPUS") else { return };
    let corpus = Path::new(&corpus);
    let listed = std::fs::read_to_string(corpus.join("../reference/box-operations.json"))
        .expect("the reference is beside the documents");
    let listed = reference::rows(&listed).expect("a reference");
    let selection = Selection::Config {
        path: Some(workspace::root().join("spec/box.yaml")),
        spec_dir: Some(corpus.to_owned()),
    };
    let Ok(inputs) = Inputs::read(&selection) else { panic!("the configuration cannot be read") };
    let generated = inputs.generate(None).unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}"));
    let pages: Vec<_> = generated
        .files
        .iter()
        .filter_map(|(path, text)| Some((path.strip_prefix("docs/")?.strip_suffix(".md")?, text)))
        .flat_map(|(stem, text)| pages::rows(stem, text))
        .collect();
    let comparison = compare(&pages, &listed);
    assert!(comparison.findings.is_empty(), "{:#?}", comparison.findings);
    assert!(comparison.rows > 100, "the reference has {} rows", comparison.rows);
}
