//! Pagination by markers.

use sdk_runtime as rt;
use serde_json::{Value, json};

use rt::ErrorKind;
use rt::testing::Reply;

use super::sdk::{Either, LastItem, Marker, Nested, Scroll, Search, queries, set_up};

fn page(value: &Value) -> Reply {
    Reply::json(200, value)
}

#[tokio::test]
async fn markers_end_when_null_or_empty() {
    for last in [json!({ "entries": [3], "next_marker": null }), json!({ "entries": [3], "next_marker": "" })]
    {
        let (client, api) = set_up();
        api.on("list")
            .reply(page(&json!({ "entries": [1, 2], "next_marker": "a/b c" })))
            .reply(page(&json!({ "entries": [], "next_marker": "d" })))
            .reply(page(&last));
        let list = Marker::of(&client).with("limit", "2");
        let items: Vec<i64> = list.items().try_collect().await.expect("items");
        assert_eq!(items, [1, 2, 3]);
        assert_eq!(queries(&api), ["limit=2", "limit=2&marker=a%2Fb%20c", "limit=2&marker=d"]);
    }
}

#[tokio::test]
async fn an_extra_query_parameter_goes_with_each_page() {
    let (client, api) = set_up();
    api.on("list")
        .reply(page(&json!({ "entries": [1], "next_marker": "a" })))
        .reply(page(&json!({ "entries": [2] })));
    let items = Marker::of(&client).items().extra_query("beta", true);
    let items: Vec<i64> = items.try_collect().await.expect("items");
    assert_eq!(items, [1, 2]);
    assert_eq!(queries(&api), ["beta=true", "beta=true&marker=a"]);
}

#[tokio::test]
async fn a_repeated_marker_is_an_error() {
    let (client, api) = set_up();
    api.on("list")
        .reply(page(&json!({ "entries": [1], "next_marker": "a" })))
        .reply(page(&json!({ "entries": [2], "next_marker": "b" })))
        .reply(page(&json!({ "entries": [3], "next_marker": "a" })));
    let mut items = Marker::of(&client).items();
    for expected in 1..=3 {
        assert_eq!(items.next().await.expect("an item").expect("a page"), expected);
    }
    let error = items.next().await.expect("an item").expect_err("a loop");
    assert_eq!(error.kind(), ErrorKind::Pagination, "{error}");
    assert!(items.next().await.is_none());
    assert_eq!(api.requests().len(), 3);
}

#[tokio::test]
async fn the_marker_of_a_scroll_may_stay_the_same_until_a_page_is_empty() {
    let (client, api) = set_up();
    api.on("list")
        .reply(page(&json!({ "entries": [1], "next_marker": "a" })))
        .reply(page(&json!({ "entries": [2], "next_marker": "a" })))
        .reply(page(&json!({ "entries": [], "next_marker": "a" })));
    let items: Vec<i64> = Scroll::of(&client).items().try_collect().await.expect("items");
    assert_eq!(items, [1, 2]);
    assert_eq!(queries(&api), ["", "marker=a", "marker=a"]);
}

#[tokio::test]
async fn a_scroll_that_repeats_a_page_is_an_error() {
    let (client, api) = set_up();
    let same = || page(&json!({ "entries": [1], "next_marker": "a" }));
    api.on("list").reply(same()).reply(same());
    let outcome: Result<Vec<i64>, _> = Scroll::of(&client).items().try_collect().await;
    assert_eq!(outcome.expect_err("a loop").kind(), ErrorKind::Pagination);
}

#[tokio::test]
async fn the_callers_marker_counts_as_seen() {
    let (client, api) = set_up();
    api.on("list").reply(page(&json!({ "entries": [1], "next_marker": "a" })));
    let outcome: Result<Vec<i64>, _> = Marker::of(&client).with("marker", "a").items().try_collect().await;
    assert_eq!(outcome.expect_err("a loop").kind(), ErrorKind::Pagination);
}

#[tokio::test]
async fn has_more_false_ends_the_list() {
    let (client, api) = set_up();
    api.on("list")
        .reply(page(&json!({ "entries": [1], "next_marker": "a", "has_more": true })))
        .reply(page(&json!({ "entries": [2], "next_marker": "b", "has_more": false })));
    let items: Vec<i64> = Marker::of(&client).items().try_collect().await.expect("items");
    assert_eq!(items, [1, 2]);
    assert_eq!(queries(&api), ["", "marker=a"]);
}

#[tokio::test]
async fn more_items_without_a_marker_are_an_error() {
    let without_marker = [
        json!({ "entries": [2], "has_more": true }),
        json!({ "entries": [], "next_marker": "", "has_more": true }),
    ];
    for last in without_marker {
        let (client, api) = set_up();
        let first = json!({ "entries": [1], "next_marker": "a", "has_more": true });
        api.on("list").reply(page(&first)).reply(page(&last));
        let outcome: Result<Vec<i64>, _> = Marker::of(&client).items().try_collect().await;
        let error = outcome.expect_err("the list is not complete");
        assert_eq!(error.kind(), ErrorKind::Pagination);
        assert!(error.to_string().contains("more items follow"), "{error}");
    }
}

#[tokio::test]
async fn the_last_item_can_be_the_marker() {
    let (client, api) = set_up();
    api.on("list")
        .reply(page(&json!({ "entries": [1, 7], "has_more": true })))
        .reply(page(&json!({ "entries": [8, 9], "has_more": false })));
    let items: Vec<i64> = LastItem::of(&client).items().try_collect().await.expect("items");
    assert_eq!(items, [1, 7, 8, 9]);
    assert_eq!(queries(&api), ["", "after=7"]);
}

#[tokio::test]
async fn a_marker_may_be_nested_and_a_number() {
    let (client, api) = set_up();
    api.on("list")
        .reply(page(&json!({ "entries": [1], "paging": { "cursors/all": { "after": 17 } } })))
        .reply(page(&json!({ "entries": [2], "paging": { "cursors/all": { "after": 0 } } })));
    let items: Vec<i64> = Nested::of(&client).items().try_collect().await.expect("items");
    assert_eq!(items, [1, 2]);
    assert_eq!(queries(&api), ["", "after=17"]);
}

#[tokio::test]
async fn a_marker_may_be_a_url_if_declared() {
    let (client, api) = set_up();
    let url = "https://api.example.com/2.0/things?marker=b&limit=3";
    api.on("list")
        .reply(page(&json!({ "entries": [1], "next_marker": "a" })))
        .reply(page(&json!({ "entries": [2], "next_marker": url })))
        .reply(page(&json!({ "entries": [3] })));
    let items: Vec<i64> = Either::of(&client).items().try_collect().await.expect("items");
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(queries(&api), ["", "marker=a", "marker=b&limit=3"]);
}

#[tokio::test]
async fn a_marker_can_be_sent_in_the_body() {
    let (client, api) = set_up();
    api.on("search")
        .reply(page(&json!({ "entries": [1], "next_marker": "a" })))
        .reply(page(&json!({ "entries": [2] })));
    let mut search = Search::of(&client);
    search.request.member("query", &"x".to_owned());
    let items: Vec<i64> = search.items().try_collect().await.expect("items");
    assert_eq!(items, [1, 2]);
    let bodies: Vec<Value> = api.requests().iter().map(|request| request.json().expect("JSON")).collect();
    assert_eq!(bodies, [json!({ "query": "x" }), json!({ "query": "x", "marker": "a" })]);
}

#[test]
fn a_thread_can_wait_for_items_and_pages() {
    let (client, api) = set_up();
    api.on("list")
        .reply(page(&json!({ "entries": [1, 2], "next_marker": "a" })))
        .reply(page(&json!({ "entries": [3] })))
        .always(page(&json!({ "entries": [4] })));
    let items: Result<Vec<i64>, _> = Marker::of(&client).items().wait().collect();
    assert_eq!(items.expect("items"), [1, 2, 3]);
    assert_eq!(Marker::of(&client).pages().wait().count(), 1);
}
