//! Pagination by offset and by page number.

use sdk_runtime as rt;
use serde_json::{Value, json};

use rt::ErrorKind;
use rt::testing::{Reply, SentRequest};

use super::sdk::{Counted, CountedPages, Indexed, Number, Offset, queries, set_up};

fn number(request: &SentRequest, name: &str, otherwise: i64) -> i64 {
    request.query(name).map_or(otherwise, |text| text.parse().expect("a number"))
}

fn page(value: &Value) -> Reply {
    Reply::json(200, value)
}

#[tokio::test]
async fn the_offset_advances_by_the_servers_limit() {
    let (client, api) = set_up();
    // The server limits pages to 3 items, and hides item 4 without filling the gap.
    api.on("list").answer(|request| {
        let offset = number(request, "offset", 0);
        let entries: Vec<i64> = (offset..(offset + 3).min(8)).filter(|item| *item != 4).collect();
        page(&json!({ "total_count": 8, "limit": "3", "entries": entries }))
    });
    let items: Vec<i64> =
        Offset::of(&client).with("limit", "100").items().try_collect().await.expect("items");
    assert_eq!(items, [0, 1, 2, 3, 5, 6, 7]);
    assert_eq!(queries(&api), ["limit=100", "limit=100&offset=3", "limit=100&offset=6"]);
}

#[tokio::test]
async fn with_a_total_an_empty_page_is_not_the_end() {
    let (client, api) = set_up();
    api.on("list")
        .reply(page(&json!({ "total_count": 5, "limit": "2", "entries": [1, 2] })))
        .reply(page(&json!({ "total_count": 5, "limit": "2", "entries": [] })))
        .reply(page(&json!({ "total_count": 5, "limit": "2", "entries": null })));
    let items: Vec<i64> = Offset::of(&client).items().try_collect().await.expect("items");
    assert_eq!(items, [1, 2]);
    assert_eq!(queries(&api), ["", "offset=2", "offset=4"]);
}

#[tokio::test]
async fn without_a_total_an_empty_page_is_the_end() {
    let (client, api) = set_up();
    api.on("list")
        .reply(page(&json!({ "entries": [1, 2, 3] })))
        .reply(page(&json!({ "total_count": -1, "entries": [4] })))
        .reply(page(&json!({ "entries": [] })));
    let items: Vec<i64> = Offset::of(&client).items().try_collect().await.expect("items");
    assert_eq!(items, [1, 2, 3, 4]);
    assert_eq!(queries(&api), ["", "offset=3", "offset=4"]);
}

#[tokio::test]
async fn without_a_server_limit_the_callers_limit_counts() {
    let (client, api) = set_up();
    api.on("list")
        .reply(page(&json!({ "total_count": 25, "entries": [1] })))
        .reply(page(&json!({ "total_count": 25, "entries": [2] })));
    let list = Offset::of(&client).with("limit", "10").with("offset", "5");
    let items: Vec<i64> = list.items().try_collect().await.expect("items");
    assert_eq!(items, [1, 2]);
    assert_eq!(queries(&api), ["limit=10&offset=5", "limit=10&offset=15"]);
}

#[tokio::test]
async fn an_offset_that_does_not_advance_is_an_error() {
    let (client, api) = set_up();
    api.on("list").always(page(&json!({ "total_count": 5, "limit": "0", "entries": [1] })));
    let mut items = Offset::of(&client).items();
    assert_eq!(items.next().await.expect("an item").expect("the first page"), 1);
    let error = items.next().await.expect("an item").expect_err("the offset stays the same");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Pagination, Some("list")));
    assert!(error.to_string().contains("offset 0"), "{error}");
    assert!(items.next().await.is_none());
    assert_eq!(api.requests().len(), 1);
}

#[tokio::test]
async fn a_repeated_page_is_an_error() {
    let (client, api) = set_up();
    api.on("list").always(page(&json!({ "entries": [1, 2] })));
    for repeats in [true, false] {
        let mut items = if repeats { Offset::of(&client).items() } else { Number::of(&client).items() };
        assert_eq!(items.next().await.expect("an item").expect("the first page"), 1);
        assert_eq!(items.next().await.expect("an item").expect("the first page"), 2);
        let error = items.next().await.expect("an item").expect_err("the page repeats");
        assert_eq!(error.kind(), ErrorKind::Pagination, "{error}");
        assert!(items.next().await.is_none());
    }
    assert_eq!(api.requests().len(), 4);
}

#[tokio::test]
async fn a_list_that_always_says_that_more_follows_ends_in_an_error() {
    for repeats in [true, false] {
        let (client, api) = set_up();
        api.on("list").always(page(&json!({ "entries": [1, 2], "has_more": true, "limit": "2" })));
        let mut items =
            if repeats { Counted::of(&client).items() } else { CountedPages::of(&client).items() };
        for expected in [1, 2] {
            assert_eq!(items.next().await.expect("an item").expect("the first page"), expected);
        }
        let error = items.next().await.expect("an item").expect_err("the page repeats");
        assert_eq!(error.kind(), ErrorKind::Pagination, "{error}");
        assert_eq!(api.requests().len(), 2);
    }
    // Items may be hidden for a while.
    let (client, api) = set_up();
    let empty = page(&json!({ "entries": [], "has_more": true, "limit": "2" }));
    for _ in 0..50 {
        api.on("list").reply(empty.clone());
    }
    api.on("list").reply(page(&json!({ "entries": [1], "has_more": false, "limit": "2" })));
    let items: Vec<i64> = Counted::of(&client).items().try_collect().await.expect("items");
    assert_eq!((items, api.requests().len()), (vec![1], 51));
    api.on("list").always(empty);
    let error = Counted::of(&client).items().next().await.expect("an item").expect_err("an endless list");
    assert_eq!(error.kind(), ErrorKind::Pagination, "{error}");
}

#[tokio::test]
async fn a_query_parameter_switches_to_markers() {
    for query in [("usemarker", "true"), ("marker", "a")] {
        let (client, api) = set_up();
        api.on("list")
            .reply(page(&json!({ "limit": "2", "entries": [1, 2], "next_marker": "b" })))
            .reply(page(&json!({ "limit": "2", "entries": [3] })));
        let list = Offset::of(&client).with(query.0, query.1);
        let items: Vec<i64> = list.items().try_collect().await.expect("items");
        assert_eq!(items, [1, 2, 3]);
        assert_eq!(api.requests()[1].query("marker").as_deref(), Some("b"));
        assert_eq!(api.requests()[1].query("offset"), None);
    }
}

#[tokio::test]
async fn a_one_based_index_ends_at_the_total() {
    let (client, api) = set_up();
    api.on("list").answer(|request| {
        let start = number(request, "start", 1);
        let entries: Vec<i64> = (start..(start + 2).min(5)).collect();
        page(&json!({ "total_count": 4, "number": start, "entries": entries }))
    });
    let items: Vec<i64> = Indexed::of(&client).items().try_collect().await.expect("items");
    assert_eq!(items, [1, 2, 3, 4]);
    let items: Vec<i64> = Indexed::of(&client).with("start", "3").items().try_collect().await.expect("items");
    assert_eq!(items, [3, 4]);
    assert_eq!(queries(&api), ["", "start=3", "start=3"]);
}

#[tokio::test]
async fn page_numbers_end_at_the_page_count() {
    let (client, api) = set_up();
    api.on("list").answer(|request| {
        let page = number(request, "page", 1);
        let entries: &[i64] = if page == 2 { &[] } else { &[page, page] };
        self::page(&json!({ "page_count": 3.0, "number": page, "entries": entries }))
    });
    let items: Vec<i64> = Number::of(&client).with("size", "2").items().try_collect().await.expect("items");
    assert_eq!(items, [1, 1, 3, 3]);
    assert_eq!(queries(&api), ["size=2", "size=2&page=2", "size=2&page=3"]);
}

#[tokio::test]
async fn page_numbers_start_where_the_server_says() {
    let (client, api) = set_up();
    api.on("list")
        .reply(page(&json!({ "page_count": 2, "number": 0, "entries": [1] })))
        .reply(page(&json!({ "page_count": 2, "number": 1, "entries": [2] })));
    let items: Vec<i64> = Number::of(&client).items().try_collect().await.expect("items");
    assert_eq!(items, [1, 2]);
    assert_eq!(queries(&api), ["", "page=1"]);
}

#[tokio::test]
async fn page_numbers_end_at_the_total_or_an_empty_page() {
    let (client, api) = set_up();
    api.on("list")
        .reply(page(&json!({ "total_count": 5, "entries": [1, 2] })))
        .reply(page(&json!({ "total_count": 5, "entries": [3, 4] })))
        .reply(page(&json!({ "total_count": 5, "entries": [5] })))
        .reply(page(&json!({ "entries": [1, 2] })))
        .reply(page(&json!({ "entries": [] })));
    let items: Vec<i64> = Number::of(&client).items().try_collect().await.expect("items");
    assert_eq!(items, [1, 2, 3, 4, 5]);
    assert_eq!(queries(&api), ["", "page=2", "page=3"]);
    let items: Vec<i64> = Number::of(&client).with("page", "7").items().try_collect().await.expect("items");
    assert_eq!(items, [1, 2]);
    assert_eq!(queries(&api)[3..], ["page=7", "page=8"]);
}
