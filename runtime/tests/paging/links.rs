//! Pagination by the header `Link` and by URLs in the body.

use sdk_runtime as rt;
use serde_json::json;

use rt::ErrorKind;
use rt::testing::Reply;

use super::sdk::{Link, Url, queries, set_up};

#[tokio::test]
async fn next_links_are_followed_unchanged() {
    let (client, api) = set_up();
    let links = r#"<https://api.example.com/2.0/things?page=2&x=a%2Fb>; rel="next", <?page=9>; rel="last""#;
    api.on("list")
        .reply(Reply::json(200, &json!({ "entries": [1] })).header("link", links))
        .reply(Reply::json(200, &json!({ "entries": [] })).header("link", "<?page=3>; rel=next"))
        .reply(Reply::json(200, &json!({ "entries": [2] })).header("link", "<?page=1>; rel=prev"));
    let items: Vec<i64> = Link::of(&client).with("per_page", "1").items().try_collect().await.expect("items");
    assert_eq!(items, [1, 2]);
    assert_eq!(queries(&api), ["per_page=1", "page=2&x=a%2Fb", "page=3"]);
    for request in api.requests() {
        assert_eq!(request.path(), "/2.0/things");
        assert_eq!(request.header("authorization"), Some("Bearer secret"));
    }
}

#[tokio::test]
async fn a_next_link_may_contain_letters_that_are_not_ascii() {
    let (client, api) = set_up();
    api.on("list")
        .reply(Reply::json(200, &json!({ "entries": [1] })).header("link", "<?q=caf\u{e9}&page=2>; rel=next"))
        .reply(Reply::json(200, &json!({ "entries": [2] })));
    let items: Vec<i64> = Link::of(&client).items().try_collect().await.expect("items");
    assert_eq!(items, [1, 2]);
    assert_eq!(queries(&api), ["", "q=caf%C3%A9&page=2"]);
}

#[tokio::test]
async fn next_urls_are_relative_to_the_request() {
    let (client, api) = set_up();
    api.on("list")
        .reply(Reply::json(200, &json!({ "entries": [1], "next_marker": "/2.0/things?Page=1&PageToken=t" })))
        .reply(Reply::json(200, &json!({ "entries": [2], "next_marker": "" })));
    let items: Vec<i64> = Url::of(&client).items().try_collect().await.expect("items");
    assert_eq!(items, [1, 2]);
    assert_eq!(api.requests()[1].url(), "https://api.example.com/2.0/things?Page=1&PageToken=t");
}

#[tokio::test]
async fn next_urls_to_other_servers_are_refused() {
    for target in [
        "https://evil.example/2.0/things",
        "http://api.example.com/2.0/things",
        "https://user:word@api.example.com/2.0/things",
        "//evil.example/",
        "file:///etc/passwd",
        "https://[",
    ] {
        let (client, api) = set_up();
        api.on("list").reply(Reply::json(200, &json!({ "entries": [1], "next_marker": target })));
        let mut items = Url::of(&client).items();
        assert_eq!(items.next().await.expect("an item").expect("the first page"), 1);
        let error = items.next().await.expect("an item").expect_err("another server");
        assert_eq!(error.kind(), ErrorKind::Pagination, "{error}");
        assert!(!error.to_string().contains("word"), "{error}");
        assert!(items.next().await.is_none());
        assert_eq!(api.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_repeated_url_is_an_error() {
    let (client, api) = set_up();
    api.on("list").always(Reply::json(200, &json!({ "entries": [1], "next_marker": "?page=2" })));
    let outcome: Result<Vec<i64>, _> = Url::of(&client).items().try_collect().await;
    assert_eq!(outcome.expect_err("a loop").kind(), ErrorKind::Pagination);
    assert_eq!(api.requests().len(), 2);
}
