//! Lists the public items of generated packages, and reads the lists back.

mod corpus;
mod fixture;

use std::path::Path;

use sdk_generator::{Config, Diagnostics, Input, Listing, Source, generate};

#[test]
fn items_are_listed() {
    insta::glob!("listing/*.yaml", |path| {
        insta::with_settings!({
            snapshot_path => "snapshots/listing",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!(check(path)) });
    });
}

fn check(path: &Path) -> String {
    let (source, config) = fixture::read(path, &mut Diagnostics::default());
    let config = config.expect("the configuration of a fixture is sound");
    listed(source, &config).expect("a fixture generates")
}

#[test]
fn a_listing_is_read_as_it_was_written() {
    for file in corpus::documents() {
        let name = file.file_name().expect("a document has a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).expect("a document can be read");
        listed(Source { name, text }, &Config::bare("corpus"));
    }
}

/// Returns the text of a listing, after checking that it can be read back.
fn listed(source: Source, config: &Config) -> Option<String> {
    let name = source.name.clone();
    let input = Input { documents: &[source], read: &|_| None, config };
    let text = generate(&input).ok()?.listing.print();
    let read = Listing::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(read.print() == text, "{name} is read as something else");
    Some(text)
}

#[test]
fn damaged_listings_are_refused_with_their_line() {
    let head = "# A listing.\nformat 1\ngenerator 0.1.0\npackage a-sdk 0.1.0\nclient AClient\n";
    assert!(Listing::parse(head).is_ok());
    for (body, expected) in [
        ("nonsense", "line 6: unknown item `nonsense`"),
        ("client", "line 6: expected a name at ``"),
        ("  was x", "line 6: this line belongs to no item"),
        ("#A  A struct [odd]", "line 6: unexpected `odd`"),
        ("#A  A thing", "line 6: expected the kind of a type, such as `struct`"),
        ("#A  A struct\n  -id: Vec<", "line 7: `Vec<` is not a type"),
        ("#A  A struct\n#B  A enum", "line 6: duplicate type `A`"),
        ("GET /a  x.y -> ()\nGET /a  x.z -> ()", "line 6: duplicate operation `GET /a`"),
        ("GET /a  x -> ()", "line 6: expected `manager.method`"),
    ] {
        let error = Listing::parse(&format!("{head}{body}\n")).expect_err(body);
        assert_eq!(error.to_string(), expected);
    }
    let other = Listing::parse("format 2\n").expect_err("another format");
    assert_eq!(other.to_string(), "line 1: format 2 is not supported by this version, which reads format 1");
    assert!(Listing::parse("").is_err());
}
