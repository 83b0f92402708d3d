//! Generates pages, and checks that no description breaks their skeleton.

use std::path::Path;

use pulldown_cmark::HeadingLevel;
use sdk_generator::{Config, Generated, Input, Source, generate};

use crate::corpus;
use crate::headings::{broken_links, headings};

#[test]
fn no_description_breaks_a_page() {
    corpus::documents().iter().for_each(|path| check(path));
}

fn check(path: &Path) {
    let text = std::fs::read_to_string(path).expect("the document can be read");
    let name = path.display().to_string();
    let documents = [Source { name: name.clone(), text }];
    let config = Config::bare("trial-sdk");
    let input = Input { documents: &documents, read: &|_| None, config: &config };
    let Ok(Generated { api, files, .. }) = generate(&input) else { return };
    // What is no manager's has no operation.
    let pages = files.iter().filter(|(path, text)| {
        path.starts_with("docs/") && text.contains("This operation is performed by calling function")
    });
    let mut sections = 0;
    for (page, text) in pages {
        assert_eq!(broken_links(text), [""; 0], "{name}: {page}");
        let headings = headings(text);
        let (title, rest) = headings.split_first().unwrap_or_else(|| panic!("{name}: {page} is empty"));
        assert_eq!(title.0, HeadingLevel::H1, "{name}: {page}");
        for (level, heading) in rest {
            let expected = match level {
                HeadingLevel::H2 => true,
                HeadingLevel::H3 => {
                    ["Arguments", "Returns", "Headers", "Pagination", "Errors"].contains(&heading.as_str())
                }
                _ => false,
            };
            assert!(expected, "{name}: {page} has the heading `{heading}`");
        }
        let count = |wanted: HeadingLevel, text: Option<&str>| {
            let fits = |heading: &str| text.is_none_or(|text| text == heading);
            rest.iter().filter(|(level, heading)| *level == wanted && fits(heading)).count()
        };
        let operations = count(HeadingLevel::H2, None);
        assert_eq!(count(HeadingLevel::H3, Some("Arguments")), operations, "{name}: {page}");
        assert_eq!(count(HeadingLevel::H3, Some("Returns")), operations, "{name}: {page}");
        sections += operations;
    }
    let operations: usize = api.managers.iter().map(|manager| manager.operations.len()).sum();
    assert_eq!(sections, operations, "{name}");
}
