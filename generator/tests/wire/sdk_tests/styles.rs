//! The style table of OpenAPI (3.0.4, "Style Examples"), one call for each of its cells.

use wire_sdk::testing::SentRequest;
use wire_sdk::types::Color;

use crate::set_up::{Trial, target};

/// Returns the object of the table.
fn color() -> Color {
    Color::default().r(100).g(200).b(150)
}

/// Returns the text of the parameter, in whichever place it is.
fn parameter<'a>(operation: &str, sent: &'a SentRequest) -> &'a str {
    let place = match operation.split('_').next() {
        Some("matrix" | "label" | "simple") => target(sent).strip_prefix(&format!("/{operation}/x")),
        Some("header") => sent.header("color"),
        Some("cookie") => sent.header("cookie"),
        _ => target(sent).strip_prefix(&format!("/{operation}?")),
    };
    place.unwrap_or_else(|| panic!("no parameter in {sent:?}"))
}

macro_rules! check {
    ($trial:ident: $($operation:ident($($required:expr)?)$(.color($value:expr))? => $text:literal)*) => {$(
        let request = $trial.client.styles().$operation($($required)?)$(.color($value))?;
        let sent = $trial.sent(stringify!($operation), request).await;
        assert_eq!(parameter(stringify!($operation), &sent), $text, stringify!($operation));
    )*};
}

#[tokio::test]
async fn path_parameters() {
    let trial = Trial::new();
    check! {trial:
        matrix_string("") => ";color"
        matrix_string("blue") => ";color=blue"
        matrix_list(["blue", "black", "brown"]) => ";color=blue,black,brown"
        matrix_object(color()) => ";color=R,100,G,200,B,150"
        matrix_string_exploded("") => ";color"
        matrix_string_exploded("blue") => ";color=blue"
        matrix_list_exploded(["blue", "black", "brown"]) => ";color=blue;color=black;color=brown"
        matrix_object_exploded(color()) => ";R=100;G=200;B=150"
        label_string("") => "."
        label_string("blue") => ".blue"
        label_list(["blue", "black", "brown"]) => ".blue,black,brown"
        label_object(color()) => ".R,100,G,200,B,150"
        label_string_exploded("") => "."
        label_string_exploded("blue") => ".blue"
        label_list_exploded(["blue", "black", "brown"]) => ".blue.black.brown"
        label_object_exploded(color()) => ".R=100.G=200.B=150"
        simple_string("blue") => "blue"
        simple_list(["blue", "black", "brown"]) => "blue,black,brown"
        simple_object(color()) => "R,100,G,200,B,150"
        simple_string_exploded("blue") => "blue"
        simple_list_exploded(["blue", "black", "brown"]) => "blue,black,brown"
        simple_object_exploded(color()) => "R=100,G=200,B=150"
    }
}

#[tokio::test]
async fn query_parameters() {
    let trial = Trial::new();
    check! {trial:
        form_string().color("") => "color="
        form_string().color("blue") => "color=blue"
        form_list().color(["blue", "black", "brown"]) => "color=blue,black,brown"
        form_object().color(color()) => "color=R,100,G,200,B,150"
        form_string_exploded().color("") => "color="
        form_string_exploded().color("blue") => "color=blue"
        form_list_exploded().color(["blue", "black", "brown"]) => "color=blue&color=black&color=brown"
        form_object_exploded().color(color()) => "R=100&G=200&B=150"
        space_delimited_list().color(["blue", "black", "brown"]) => "color=blue%20black%20brown"
        space_delimited_object().color(color()) => "color=R%20100%20G%20200%20B%20150"
        space_delimited_list_exploded().color(["blue", "black", "brown"]) => "color=blue&color=black&color=brown"
        space_delimited_object_exploded().color(color()) => "R=100&G=200&B=150"
        pipe_delimited_list().color(["blue", "black", "brown"]) => "color=blue%7Cblack%7Cbrown"
        pipe_delimited_object().color(color()) => "color=R%7C100%7CG%7C200%7CB%7C150"
        pipe_delimited_list_exploded().color(["blue", "black", "brown"]) => "color=blue&color=black&color=brown"
        pipe_delimited_object_exploded().color(color()) => "R=100&G=200&B=150"
        deep_object_object().color(color()) => "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"
        json_query().color(color()) => "%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D"
    }
}

#[tokio::test]
async fn headers() {
    let trial = Trial::new();
    check! {trial:
        header_string().color("") => ""
        header_string().color("blue") => "blue"
        header_list().color(["blue", "black", "brown"]) => "blue,black,brown"
        header_object().color(color()) => "R,100,G,200,B,150"
        header_string_exploded().color("") => ""
        header_string_exploded().color("blue") => "blue"
        header_list_exploded().color(["blue", "black", "brown"]) => "blue,black,brown"
        header_object_exploded().color(color()) => "R=100,G=200,B=150"
    }
}

#[tokio::test]
async fn cookies() {
    let trial = Trial::new();
    check! {trial:
        cookie_string().color("") => "color="
        cookie_string().color("blue") => "color=blue"
        cookie_list().color(["blue", "black", "brown"]) => "color=blue,black,brown"
        cookie_object().color(color()) => "color=R,100,G,200,B,150"
        cookie_string_exploded().color("") => "color="
        cookie_string_exploded().color("blue") => "color=blue"
        cookie_list_exploded().color(["blue", "black", "brown"]) => "color=blue; color=black; color=brown"
        cookie_object_exploded().color(color()) => "R=100; G=200; B=150"
    }
}

/// A value of the style `cookie` is escaped by the caller; a semicolon would end it.
#[tokio::test]
async fn cookies_that_callers_escape() {
    let trial = Trial::new();
    check! {trial:
        cookie_escaped().color("a&b c/d%20") => "color=a%26b%20c%2Fd%2520"
        cookie_raw().color(["a&b c/d%20", "e;f"]) => "color=a&b c/d%20; color=e%3Bf"
    }
}

/// A comma in an item would make it two.
#[tokio::test]
async fn items_of_a_header_contain_no_commas() {
    let trial = Trial::new();
    for colors in [["blue, black"], ["a,b"]] {
        let request = trial.client.styles().header_list().color(colors);
        let error = trial.clock.run(request).await.expect_err("a comma");
        assert!(error.to_string().contains("an item of header `color` contains a comma"), "{error}");
    }
    assert!(trial.api.requests().is_empty());
    let sent = trial.sent("header_string", trial.client.styles().header_string().color("a, b")).await;
    assert_eq!(sent.header("color"), Some("a, b"));
}
