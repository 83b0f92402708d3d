//! The examples of RFC 6570 whose operators OpenAPI has, and those of OpenAPI itself (3.0.4, appendix C).

use wire_sdk::types::Keys;

use crate::set_up::{Trial, target};

const LIST: [&str; 3] = ["red", "green", "blue"];

fn keys() -> Keys {
    Keys::default().semi(";").dot(".").comma(",")
}

macro_rules! check {
    ($trial:ident: $($operation:ident($($required:expr),*)$(.$setter:ident($value:expr))* => $text:literal)*) => {$(
        let request = $trial.client.templates().$operation($($required),*)$(.$setter($value))*;
        let sent = $trial.sent(stringify!($operation), request).await;
        let place = concat!("/", stringify!($operation));
        assert_eq!(target(&sent).strip_prefix(place), Some($text), stringify!($operation));
    )*};
}

/// RFC 6570, section 3.2.2: `{var}`.
#[tokio::test]
async fn simple_expansion() {
    let trial = Trial::new();
    check! { trial:
        simple_var("value") => "/Xvalue"
        simple_var("Hello World!") => "/XHello%20World%21"
        simple_var("50%") => "/X50%25"
        simple_var("/foo/bar") => "/X%2Ffoo%2Fbar"
        simple_var("http://example.com/home/") => "/Xhttp%3A%2F%2Fexample.com%2Fhome%2F"
        simple_var("Stra\u{df}e \u{2764}") => "/XStra%C3%9Fe%20%E2%9D%A4"
        simple_red(LIST) => "/Xred,green,blue"
        simple_red_exploded(LIST) => "/Xred,green,blue"
        simple_keys(keys()) => "/Xsemi,%3B,dot,.,comma,%2C"
        simple_keys_exploded(keys()) => "/Xsemi=%3B,dot=.,comma=%2C"
    }
}

/// RFC 6570, section 3.2.5: `{.var}`.
#[tokio::test]
async fn label_expansion() {
    let trial = Trial::new();
    check! { trial:
        label_var("value") => "/X.value"
        label_var("fred") => "/X.fred"
        label_var("50%") => "/X.50%25"
        label_var("") => "/X."
        label_red(LIST) => "/X.red,green,blue"
        label_red_exploded(LIST) => "/X.red.green.blue"
        label_red_exploded(["example", "com"]) => "/X.example.com"
        label_keys(keys()) => "/X.semi,%3B,dot,.,comma,%2C"
        label_keys_exploded(keys()) => "/X.semi=%3B.dot=..comma=%2C"
    }
}

/// RFC 6570, section 3.2.7: `{;var}`.
#[tokio::test]
async fn matrix_expansion() {
    let trial = Trial::new();
    check! { trial:
        matrix_var("fred") => "/X;var=fred"
        matrix_var("50%") => "/X;var=50%25"
        matrix_var("") => "/X;var"
        matrix_two(1024, 768) => "/X;x=1024;y=768"
        matrix_red(LIST) => "/X;list=red,green,blue"
        matrix_red_exploded(LIST) => "/X;list=red;list=green;list=blue"
        matrix_keys(keys()) => "/X;keys=semi,%3B,dot,.,comma,%2C"
        matrix_keys_exploded(keys()) => "/X;semi=%3B;dot=.;comma=%2C"
    }
}

/// RFC 6570, sections 3.2.8 and 3.2.9: `{?var}`, and `{&var}` where the path has a query.
#[tokio::test]
async fn form_expansion() {
    let trial = Trial::new();
    check! { trial:
        query().who("fred") => "?who=fred"
        query().half("50%") => "?half=50%25"
        query().x("1024").y("768") => "?x=1024&y=768"
        query().x("1024").y("768").empty("") => "?x=1024&y=768&empty="
        query() => ""
        query().list(LIST) => "?list=red,green,blue"
        query().keys(keys()) => "?keys=semi,%3B,dot,.,comma,%2C"
        query_exploded().list(LIST) => "?list=red&list=green&list=blue"
        query_exploded().keys(keys()) => "?semi=%3B&dot=.&comma=%2C"
        query_continued() => "?fixed=yes"
        query_continued().x("1024") => "?fixed=yes&x=1024"
        query_continued().who("fred") => "?fixed=yes&who=fred"
    }
}

/// RFC 6570, section 3.2.3: `{+var}`. Characters that end the query or separate its pairs stay escaped.
#[tokio::test]
async fn reserved_expansion() {
    let trial = Trial::new();
    check! { trial:
        reserved().var("value") => "?var=value"
        reserved().hello("Hello World!") => "?hello=Hello%20World!"
        reserved().half("50%") => "?half=50%25"
        reserved().half("50%25") => "?half=50%25"
        reserved().base("http://example.com/home/") => "?base=http://example.com/home/"
        reserved().path("/foo/bar") => "?path=/foo/bar"
        reserved().path("a#b[c]d&e+f") => "?path=a%23b%5Bc%5Dd%26e%2Bf"
        reserved().list(LIST) => "?list=red,green,blue"
        reserved().keys(keys()) => "?keys=semi,;,dot,.,comma,,"
        reserved_path("a/b c") => "/a/b%20c"
    }
}

#[tokio::test]
async fn examples_of_openapi() {
    let trial = Trial::new();
    let formulas = [("a", "x+y"), ("b", "x/y"), ("c", "x^y")].map(|(name, value)| (name, value.to_owned()));
    let none: [(&str, String); 0] = [];
    check! { trial:
        formulas().formulas(formulas.clone()).words(["math", "is", "fun"]) => "?a=x%2By&b=x%2Fy&c=x%5Ey&words=math,is,fun"
        formulas().formulas(none).words(["hello", "world"]) => "?words=hello,world"
        formulas_reserved().formulas(formulas).words(["math", "is", "fun"]) => "?a=x%2By&b=x/y&c=x%5Ey&words=math%20is%20fun"
    }
}
