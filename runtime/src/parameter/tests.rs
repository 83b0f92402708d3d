//! Checks the tables of OpenAPI 3.0.4 section 4.8.12.4, examples of RFC 6570, and cases that neither defines.

use std::collections::BTreeMap;

use super::{Encoding, Escape, Style, render, render_value};
use crate::json::{Extra, Json, REQUIRED, Read, Reader, Tree, WriteSlot, Writer, Written};

fn color(style: Style, explode: bool, value: &dyn Json) -> String {
    rendered(Encoding { style, explode, allow_reserved: false }, value, Escape::Unreserved)
}

fn rendered(encoding: Encoding, value: &dyn Json, escape: Escape) -> String {
    let tree = Tree::of(value).expect("the value has a form");
    render("color", encoding, &tree, escape).unwrap_or_else(|| "left out".to_owned())
}

fn list() -> Vec<String> {
    ["blue", "black", "brown"].map(String::from).to_vec()
}

/// The object of the tables, with its members in order.
struct Color {
    r: i64,
    g: i64,
    b: i64,
}

impl Json for Color {
    fn blank() -> Self {
        Self { r: 0, g: 0, b: 0 }
    }

    fn read(&mut self, _: &mut dyn Reader) -> Read {
        Ok(())
    }

    fn write(&self, json: &mut dyn Writer) -> Written {
        let members: [WriteSlot<'_>; 3] =
            [("R", REQUIRED, &self.r), ("G", REQUIRED, &self.g), ("B", REQUIRED, &self.b)];
        json.members(&members, &Extra::default())
    }
}

#[test]
fn styles_match_the_tables_of_openapi() {
    use Style::{DeepObject, Form, Label, Matrix, PipeDelimited, Simple, SpaceDelimited, TabDelimited};
    // style, explode, empty string, string, list, object
    let table = [
        (Matrix, false, ";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
        (Matrix, true, ";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
        (Label, false, ".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
        (Label, true, ".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
        (Simple, false, "", "blue", "blue,black,brown", "R,100,G,200,B,150"),
        (Simple, true, "", "blue", "blue,black,brown", "R=100,G=200,B=150"),
        (Form, false, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
        (Form, true, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
        (
            SpaceDelimited,
            false,
            "color=",
            "color=blue",
            "color=blue%20black%20brown",
            "color=R%20100%20G%20200%20B%20150",
        ),
        (
            TabDelimited,
            false,
            "color=",
            "color=blue",
            "color=blue%09black%09brown",
            "color=R%09100%09G%09200%09B%09150",
        ),
        (
            PipeDelimited,
            false,
            "color=",
            "color=blue",
            "color=blue%7Cblack%7Cbrown",
            "color=R%7C100%7CG%7C200%7CB%7C150",
        ),
        (
            DeepObject,
            true,
            "color=",
            "color=blue",
            "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
    ];
    for (style, explode, empty, string, items, members) in table {
        assert_eq!(color(style, explode, &String::new()), empty, "{style:?} {explode} empty");
        assert_eq!(color(style, explode, &"blue".to_owned()), string, "{style:?} {explode} string");
        assert_eq!(color(style, explode, &list()), items, "{style:?} {explode} list");
        assert_eq!(
            color(style, explode, &Color { r: 100, g: 200, b: 150 }),
            members,
            "{style:?} {explode} object"
        );
    }
}

#[test]
fn values_match_rfc_6570() {
    let hello = "Hello World!".to_owned();
    let path = "/foo/bar".to_owned();
    let value = |encoding: Encoding, value: &dyn Json| {
        render_value(encoding, &Tree::of(value).expect("a form"), Escape::Unreserved)
    };
    let reserved = Encoding { allow_reserved: true, ..Encoding::SIMPLE };
    assert_eq!(value(Encoding::SIMPLE, &hello).as_deref(), Some("Hello%20World%21"));
    assert_eq!(value(reserved, &hello).as_deref(), Some("Hello%20World!"));
    assert_eq!(value(Encoding::SIMPLE, &path).as_deref(), Some("%2Ffoo%2Fbar"));
    assert_eq!(value(reserved, &path).as_deref(), Some("/foo/bar"));
    assert_eq!(value(Encoding::SIMPLE, &"50%".to_owned()).as_deref(), Some("50%25"));
    assert_eq!(value(reserved, &"50% or 50%25".to_owned()).as_deref(), Some("50%25%20or%2050%25"));
    assert_eq!(value(Encoding::SIMPLE, &"ü".to_owned()).as_deref(), Some("%C3%BC"));
}

#[test]
fn delimiters_in_values_are_escaped() {
    let items = vec!["a,b".to_owned(), "c&d".to_owned(), "e=f+g#h".to_owned()];
    let form = Encoding { explode: false, ..Encoding::FORM };
    assert_eq!(rendered(form, &items, Escape::Unreserved), "color=a%2Cb,c%26d,e%3Df%2Bg%23h");
    let reserved = Encoding { allow_reserved: true, ..Encoding::FORM };
    assert_eq!(rendered(reserved, &items, Escape::Unreserved), "color=a,b&color=c%26d&color=e=f%2Bg%23h");
    assert_eq!(rendered(Encoding::FORM, &"a b*~".to_owned(), Escape::Form), "color=a+b*%7E");
}

#[test]
fn empty_values_are_omitted() {
    assert_eq!(rendered(Encoding::FORM, &None::<String>, Escape::Unreserved), "left out");
    assert_eq!(rendered(Encoding::FORM, &Vec::<String>::new(), Escape::Unreserved), "left out");
    let form = Encoding { explode: false, ..Encoding::FORM };
    for style in [Style::Form, Style::SpaceDelimited, Style::TabDelimited, Style::PipeDelimited] {
        let joined = Encoding { style, ..form };
        assert_eq!(rendered(joined, &Vec::<String>::new(), Escape::Unreserved), "left out");
        assert_eq!(rendered(joined, &vec![None::<String>], Escape::Unreserved), "left out");
        assert_eq!(rendered(joined, &BTreeMap::<String, i64>::new(), Escape::Unreserved), "left out");
    }
    assert_eq!(rendered(form, &vec![String::new()], Escape::Unreserved), "color=");
    assert_eq!(rendered(Encoding::FORM, &vec![Some(1_i64), None], Escape::Unreserved), "color=1");
}

#[test]
fn nested_values_are_rendered() {
    let deep: BTreeMap<String, Vec<i64>> = [("R".to_owned(), vec![1, 2])].into();
    assert_eq!(color(Style::DeepObject, true, &deep), "color%5BR%5D%5B0%5D=1&color%5BR%5D%5B1%5D=2");
    assert_eq!(color(Style::Form, true, &deep), "R=%5B1%2C2%5D");
    for explode in [false, true] {
        assert_eq!(color(Style::Form, explode, &vec![vec![1_i64], vec![2]]), "color=%5B%5B1%5D%2C%5B2%5D%5D");
    }
    assert_eq!(rendered(Encoding::JSON, &deep, Escape::Unreserved), "color=%7B%22R%22%3A%5B1%2C2%5D%7D");
}

#[test]
fn a_header_without_a_type_is_read_as_text() {
    let mut headers = http::HeaderMap::new();
    headers.insert("x-any", http::HeaderValue::from_static("a, 7"));
    let value = super::Header::<serde_json::Value>::new("x-any").read(&headers).expect("a value");
    assert_eq!(value, Some(serde_json::Value::from("a, 7")));
}
