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

/// The head of a sound listing.
const HEAD: &str =
    "# A listing.\nformat 1\ngenerator 0.1.0\npackage a-sdk 0.1.0\nclient AClient\nmanager x x XManager x\n";

#[test]
fn damaged_listings_are_refused_with_their_line() {
    let head = HEAD;
    assert!(Listing::parse(head).is_ok());
    for (body, expected) in [
        ("nonsense", "line 7: unknown item `nonsense`"),
        ("client", "line 7: expected a name at ``"),
        ("#A  A struct [feature zz]", "line 7: unknown feature `zz`"),
        ("#A  A struct [feature]", "line 7: unexpected `feature`"),
        ("export Part [feature zz]", "line 7: unknown feature `zz`"),
        ("#A  A struct\nfeature y\n  -a: String", "line 9: this line belongs to no item"),
        ("  odd x", "line 7: expected `was` at `odd x`"),
        ("#A  A struct [odd]", "line 7: unexpected `odd`"),
        ("GET /a  x.y -> ()\n  items: String [odd=a]", "line 8: unexpected `odd=a`"),
        (
            "GET /a  x.y -> ()\n  asks text/csv\n  asks text/csv",
            "line 9: duplicate line `asks text/csv`, which line 8 defines",
        ),
        ("#A  A thing", "line 7: expected the kind of a type, such as `struct`"),
        ("#A  A struct\n  -id: Vec<", "line 8: `Vec<` is not a type"),
        ("#A  A struct\n#B  A enum", "line 8: duplicate type `A`, which line 7 defines"),
        ("#A  A struct\n#B  B enum\n  was A", "line 9: duplicate type `A`, which line 7 defines"),
        ("#A  A struct\n  -a: Lost", "line 8: unknown type `Lost`"),
        ("#A  A struct\n  -a: String\n  -b as a: bool", "line 9: duplicate member `a`, which line 8 defines"),
        ("#A  A struct\n  -type: String", "line 8: `type` is a keyword of Rust"),
        ("#A  A struct\n  -a as 2a: String", "line 8: `2a` is not a Rust identifier"),
        ("#A  \"A B\" struct", "line 7: `A B` is not a Rust identifier"),
        ("manager x y YManager y", "line 7: duplicate manager `x`, which line 6 defines"),
        ("manager y x YManager y", "line 7: duplicate module `x`, which line 6 defines"),
        ("feature x", "line 7: duplicate feature `x`, which line 6 defines"),
        ("GET /a  y.a -> ()", "line 7: unknown manager `y`"),
        ("GET /a  x.a -> ()\n  was y.b B", "line 8: unknown manager `y`"),
        (
            "GET /a  x.y -> ()\nGET /a  x.z -> ()",
            "line 8: duplicate operation `GET /a`, which line 7 defines",
        ),
        ("GET /a  x.y -> ()\nGET /b  x.y -> ()", "line 8: duplicate method `y`, which line 7 defines"),
        (
            "GET /a  x.y -> ()\nGET /b  x.z -> ()\n  was x.y Y",
            "line 9: duplicate method `y`, which line 7 defines",
        ),
        ("GET /a  x.y -> ()\n  builder XManager", "line 8: duplicate type `XManager`, which line 6 defines"),
        (
            "GET /a  x.y -> ()\n  query:a: String\n  query:b: String [was a]",
            "line 9: duplicate argument `a`, which line 8 defines",
        ),
        ("GET /a  x -> ()", "line 7: expected `manager.method`"),
    ] {
        let error = Listing::parse(&format!("{head}{body}\n")).expect_err(body);
        assert_eq!(error.to_string(), expected);
    }
    for (line, expected) in [
        ("package a-sdk 0.1.0\n", "line 5: the listing ends without a `package` line"),
        ("client AClient\n", "line 5: the listing ends without a `client` line"),
    ] {
        let error = Listing::parse(&head.replace(line, "")).expect_err(line);
        assert_eq!(error.to_string(), expected);
    }
    let other = Listing::parse("format 2\n").expect_err("another format");
    assert_eq!(other.to_string(), "line 1: format 2 is not supported by this version, which reads format 1");
    assert!(Listing::parse("").is_err());
}

#[test]
fn lines_that_no_package_leads_to_are_refused() {
    let head = HEAD;
    for (body, expected) in [
        (
            "setting odd a",
            "line 7: unknown setting `odd`: use one of user_agent, agent_headers, errors, secret_keys, \
             cross_origin_headers",
        ),
        (
            "GET /a  x.y -> ()\n  error 40: String",
            "line 8: `40` is not a status: use one such as `404`, `4XX` or `default`",
        ),
        (
            "GET /a  x.y -> ()\n  status X04 as A",
            "line 8: `X04` is not a status: use one such as `404`, `4XX` or `default`",
        ),
        (
            "GRAB /b  x.b -> ()",
            "line 7: unknown method `GRAB`: use one of GET, PUT, POST, DELETE, OPTIONS, HEAD, PATCH, TRACE",
        ),
        ("GET /a  x.a -> ()", "line 7: missing line `builder` below this one"),
        (
            "GET /a  x.a -> ()\n  builder A\n  builder B",
            "line 9: duplicate line `builder`, which line 8 defines",
        ),
        (
            "GET /a  x.a -> ()\n  builder A\n  query:a: i64\n  query:a as b: i64",
            "line 10: duplicate wire name `query:a`, which line 9 defines",
        ),
        ("client BClient", "line 7: duplicate line `client`, which line 5 defines"),
        ("#A  A struct\n  new(zz)\n  -a*: String", "line 8: unknown member `zz`"),
        ("#A  A struct\n  new(a)\n  -a: String", "line 8: `new` names the optional member `a`"),
        ("#A  A struct\n  new(a, a)\n  -a*: String", "line 8: `new` names the member `a` twice"),
        (
            "#A  A struct\n  new(a)\n  -a*: String\n  -b*: String",
            "line 8: `new` leaves out the required member `b`",
        ),
        (
            "#A  A struct\n  new(a)\n  new(a)\n  -a*: String",
            "line 9: duplicate line `new`, which line 8 defines",
        ),
        (
            "#A  A struct\n  -a: String\n  -a as b: bool",
            "line 9: duplicate wire name `a`, which line 8 defines",
        ),
        ("manager y y YManager \"y y\"", "line 7: `y y` is not the name of a Cargo feature"),
    ] {
        let error = Listing::parse(&format!("{head}{body}\n")).expect_err(body);
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn reserved_names_are_refused() {
    let head = HEAD;
    for (body, line, name) in [
        ("#A  String struct", 7, "String"),
        ("#A  A struct\n  was Option", 8, "Option"),
        ("manager y y Result y", 7, "Result"),
        ("manager new y YManager y", 7, "new"),
        ("manager y managers YManager y", 7, "managers"),
        ("manager y y YManager default", 7, "default"),
        ("GET /a  x.new -> ()\n  builder A", 7, "new"),
        ("GET /a  x.a -> ()\n  builder Vec", 8, "Vec"),
        ("GET /a  x.a -> ()\n  builder A\n  query:send: i64", 9, "send"),
        ("GET /a  x.a -> ()\n  builder A\n  query:a: i64 [was pages]", 9, "pages"),
        ("GET /a  x.a -> ()\n  builder A\n  form a/b send: i64", 9, "send"),
        ("#A  A struct\n  -extra: String", 8, "extra"),
        ("#A  A enum\n  -unknown as Unknown", 8, "Unknown"),
        ("#A  A union\n  -a as Unknown: i64", 8, "Unknown"),
    ] {
        let error = Listing::parse(&format!("{head}{body}\n")).expect_err(body);
        assert_eq!(
            error.to_string(),
            format!("line {line}: `{name}` is reserved: generated code uses it otherwise")
        );
    }
    let required = "GET /a  x.a -> ()\n  builder A\n  query:send*: i64\n";
    Listing::parse(&format!("{head}{required}")).expect("only setters stand beside the methods of a builder");
}
