//! Parameters that the tables of OpenAPI do not cover: cookies, JSON, overriding, undeclared ones, types.

use wire_sdk::WireClient;
use wire_sdk::types::{Color, Deep, TypedOrder};
use wire_sdk::{ApiKey, rt};

use crate::set_up::{Trial, target};

#[tokio::test]
async fn cookies_share_one_header_with_the_key() {
    let trial = Trial::with(|builder| builder.auth(ApiKey::new("s3cret")));
    let request = trial.client.places().cookies().session("a b;c=\u{e9}").sizes([1, 2]);
    let sent = trial.sent("cookies", request).await;
    assert_eq!(sent.header("cookie"), Some("session=a%20b%3Bc%3D%C3%A9; sizes=1,2; key=s3cret"));
    assert_eq!(sent.headers().get_all("cookie").iter().count(), 1);
}

#[tokio::test]
async fn content_is_text_of_its_media_type() {
    let trial = Trial::new();
    let request = trial
        .client
        .places()
        .json(Color::default().r(1))
        .sort([Color::default().g(2)])
        .x_filter(Color::default().b(3))
        .note("a \"note\"");
    let sent = trial.sent("json", request).await;
    assert_eq!(target(&sent), "/json/%7B%22R%22%3A1%7D?sort=%5B%7B%22G%22%3A2%7D%5D&note=a%20%22note%22");
    assert_eq!(sent.header("x-filter"), Some("{\"B\":3}"));
}

#[tokio::test]
async fn operations_override_their_path() {
    let trial = Trial::new();
    let request = trial.client.places().overridden("7").limit(5).limit_header(6).shared(true);
    let sent = trial.sent("overridden", request).await;
    assert_eq!(target(&sent), "/overridden/7?limit=5&shared=true");
    assert_eq!(sent.header("limit"), Some("6"));
}

#[tokio::test]
async fn variables_that_nothing_describes_are_texts() {
    let trial = Trial::new();
    let sent = trial.sent("undeclared", trial.client.places().undeclared("a/b", "c")).await;
    assert_eq!(target(&sent), "/undeclared/a%2Fb/c");
}

#[tokio::test]
async fn values_have_the_form_of_their_types() {
    let trial = Trial::new();
    let deep = Deep::default().name("a&b").sizes([1, 2]).inner(Color::default().r(3));
    let since: rt::DateTime = "2024-02-29T12:30:00+01:00".parse().expect("a time");
    let days = ["2024-02-29", "2024-03-01"].map(|day| day.parse::<rt::Date>().expect("a day"));
    let request = trial
        .client
        .places()
        .typed()
        .since(since)
        .days(days)
        .orders([TypedOrder::FirstCome, TypedOrder::LastCome])
        .x_since(since)
        .x_flag(false)
        .deep(deep)
        .flag("");
    let sent = trial.sent("typed", request).await;
    let expected = [
        "/typed?since=2024-02-29T12%3A30%3A00%2B01%3A00",
        "days=2024-02-29,2024-03-01",
        "orders=first%20come",
        "orders=last%20come",
        "deep%5Bname%5D=a%26b",
        "deep%5Bsizes%5D%5B0%5D=1",
        "deep%5Bsizes%5D%5B1%5D=2",
        "deep%5Binner%5D%5BR%5D=3",
        "flag=",
    ];
    assert_eq!(target(&sent), expected.join("&"));
    assert_eq!(sent.header("x-since"), Some("2024-02-29T12:30:00+01:00"));
    assert_eq!(sent.header("x-flag"), Some("false"));
}

#[tokio::test]
async fn nothing_is_said_of_lists_that_are_empty() {
    let trial = Trial::new();
    let nothing: [&str; 0] = [];
    let sent =
        trial.sent("form_list_exploded", trial.client.styles().form_list_exploded().color(nothing)).await;
    assert_eq!(target(&sent), "/form_list_exploded");
    let sent = trial.sent("form_list", trial.client.styles().form_list().color(nothing)).await;
    assert_eq!(target(&sent), "/form_list");
    let sent = trial
        .sent("deep_object_object", trial.client.styles().deep_object_object().color(Color::default()))
        .await;
    assert_eq!(target(&sent), "/deep_object_object");
}

#[tokio::test]
async fn a_path_without_its_value_is_not_called() {
    let trial = Trial::new();
    let error = trial.clock.run(trial.client.templates().simple_var("")).await.expect_err("no value");
    assert_eq!(error.to_string(), "GET /simple_var/X{var}: path parameter `var` is empty");
    assert!(trial.api.requests().is_empty());
}

/// The value of `{+path}` stands for several segments, and for nothing but segments.
#[tokio::test]
async fn a_path_of_several_segments_keeps_its_slashes() {
    let trial = Trial::new();
    let sent = trial.sent("spanning", trial.client.places().spanning("a b/c?d#e%2Ff")).await;
    assert_eq!(target(&sent), "/spanning/a%20b/c%3Fd%23e%252Ff");
    let trial = Trial::new();
    trial.clock.run(trial.client.places().spanning("a/../b")).await.expect_err("another path");
    assert!(trial.api.requests().is_empty());
}

#[tokio::test]
async fn text_of_a_path_is_escaped() {
    let trial = Trial::new();
    let sent = trial.sent("escaped", trial.client.places().escaped("a b")).await;
    assert_eq!(target(&sent), "/two%20words/a%20b");
}

#[tokio::test]
async fn a_path_without_a_leading_slash_does_not_change_the_host() {
    let trial = Trial::new();
    let sent = trial.sent("rooted", trial.client.places().rooted("//evil.example")).await;
    assert_eq!(target(&sent), "/@example.org/%2F%2Fevil.example");
}

/// A client can be created without a credential.
#[test]
fn a_client_needs_no_credential() {
    assert!(WireClient::builder().build().is_ok());
}
