//! Prints the listings of fixtures, and refuses damaged ones.

mod fixture;

use std::path::Path;

use sdk_generator::{Diagnostics, Input, Listing, generate};

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
    let input = Input { documents: &[source], read: &|_| None, config: &config };
    generate(&input).expect("a fixture generates").listing.print()
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
