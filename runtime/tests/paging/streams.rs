//! Streams of pages and items: errors, positions, resuming, collecting.

use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use futures_core::Stream;
use sdk_runtime as rt;
use serde_json::json;

use rt::testing::Reply;
use rt::{ErrorKind, Position};

use super::sdk::{Link, Marker, Offset, queries, set_up, set_up_with_clock};

fn page(offset: i64) -> Reply {
    Reply::json(200, &json!({ "total_count": 6, "limit": "2", "entries": [offset, offset + 1] }))
}

#[tokio::test]
async fn an_error_is_an_item_and_keeps_the_position() {
    let (client, api) = set_up();
    api.on("list").reply(page(0)).reply(Reply::new(400)).reply(page(2)).reply(page(4));
    let mut items = Offset::of(&client).items();
    assert_eq!(items.position(), Some(&Position::Start));
    assert_eq!(items.next().await.expect("an item").expect("the first page"), 0);
    assert_eq!(items.position(), Some(&Position::Start));
    assert_eq!(items.next().await.expect("an item").expect("the first page"), 1);
    let error = items.next().await.expect("an item").expect_err("the second page fails");
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Api, Some(400)));
    assert_eq!(items.position(), Some(&Position::Offset(2)));
    assert!(items.next().await.is_none());
    assert!(items.next().await.is_none());
    assert_eq!(api.requests().len(), 2);

    items.resume();
    for expected in 2..6 {
        assert_eq!(items.next().await.expect("an item").expect("a page"), expected);
    }
    assert_eq!(items.position(), None);
    items.resume();
    assert!(items.next().await.is_none());
    assert_eq!(queries(&api), ["", "offset=2", "offset=2", "offset=4"]);
}

#[tokio::test]
async fn a_lenient_stream_tells_what_it_leaves_out_and_counts_it() {
    let (client, api) = set_up();
    // Without size and total, only the number of items says where the next page starts.
    api.on("list")
        .reply(Reply::json(200, &json!({ "entries": [0, "one", 2], "page_count": [] })))
        .reply(Reply::json(200, &json!({ "entries": ["three"] })))
        .reply(Reply::json(200, &json!({ "entries": [] })));
    let mut items = Offset::of(&client).items().lenient();
    for expected in [0, 2] {
        assert_eq!(items.next().await.expect("an item").expect("a page"), expected);
    }
    let taken: Vec<_> = items.take_losses().iter().map(|loss| loss.path().to_owned()).collect();
    assert_eq!(taken, ["entries[1]", "page_count"]);
    assert!(items.next().await.is_none());
    let taken: Vec<_> = items.take_losses().iter().map(|loss| loss.json().to_owned()).collect();
    assert_eq!(taken, ["\"three\""]);
    assert_eq!(queries(&api), ["", "offset=3", "offset=4"]);
    api.on("list").reply(Reply::json(200, &json!({ "entries": ["one"] })));
    Offset::of(&client).items().next().await.expect("an item").expect_err("a strict stream");
}

#[tokio::test]
async fn another_stream_can_start_where_one_failed() {
    let (client, api) = set_up();
    api.on("list").reply(page(4));
    let items: Vec<i64> =
        Offset::of(&client).items().start_at(Position::Offset(4)).try_collect().await.expect("items");
    assert_eq!(items, [4, 5]);
    api.on("list").reply(Reply::json(200, &json!({ "entries": [9] })));
    let mut pages = Marker::of(&client).pages().start_at(Position::Marker("m".to_owned()));
    assert_eq!(pages.position().and_then(Position::marker), Some("m"));
    assert_eq!(pages.next().await.expect("a page").expect("it comes").entries, Some(vec![9]));
    assert!(pages.next().await.is_none());
    api.on("list").reply(Reply::json(200, &json!({ "entries": [9] })));
    let url = "https://api.example.com/2.0/things?page=3".to_owned();
    let items: Vec<i64> =
        Link::of(&client).items().start_at(Position::Url(url)).try_collect().await.expect("items");
    assert_eq!(items, [9]);
    assert_eq!(queries(&api), ["offset=4", "marker=m", "page=3"]);
}

#[tokio::test]
async fn a_position_of_another_kind_of_list_is_an_error() {
    let (client, api) = set_up();
    let foreign = Position::Url("https://evil.example/".to_owned());
    for outcome in [
        Offset::of(&client).items().start_at(Position::Page(2)).try_collect::<Vec<i64>>().await,
        Link::of(&client).items().start_at(foreign).try_collect().await,
    ] {
        assert_eq!(outcome.expect_err("an invalid position").kind(), ErrorKind::InvalidRequest);
    }
    assert!(api.requests().is_empty());
}

#[tokio::test]
async fn pages_yield_whole_pages() {
    let (client, api) = set_up();
    api.on("list").reply(page(0)).reply(page(2)).reply(page(4));
    let pages: Vec<_> = Offset::of(&client).pages().try_collect().await.expect("pages");
    assert_eq!(pages.len(), 3);
    assert_eq!(pages[2].entries, Some(vec![4, 5]));
}

#[tokio::test]
async fn the_first_error_ends_try_collect() {
    let (client, api) = set_up();
    api.on("list").reply(page(0)).reply(Reply::new(404));
    let outcome: Result<Vec<i64>, _> = Offset::of(&client).items().try_collect().await;
    assert!(outcome.expect_err("the second page fails").is_not_found());
}

#[tokio::test]
async fn streams_are_send() {
    fn is_stream<S: Stream + Send + Unpin + 'static>(_: &S) {}
    let (client, api) = set_up();
    api.on("list").reply(page(4));
    let mut items = Offset::of(&client).with("offset", "4").items();
    is_stream(&items);
    is_stream(&Offset::of(&client).pages());
    assert!(format!("{items:?}").contains("/things"), "{items:?}");
    let task =
        tokio::spawn(
            async move { std::future::poll_fn(|context| Pin::new(&mut items).poll_next(context)).await },
        );
    assert_eq!(task.await.expect("the task ran").expect("an item").expect("a page"), 4);
}

#[tokio::test]
async fn dropping_next_loses_no_page() {
    let (client, api, clock) = set_up_with_clock();
    api.on("list").reply(page(0).after(Duration::from_secs(3))).reply(page(2)).reply(page(4));
    let mut items = Offset::of(&client).items();
    let given_up = std::future::poll_fn(|context| {
        let mut next = items.next();
        Poll::Ready(Pin::new(&mut next).poll(context).is_pending())
    });
    assert!(given_up.await, "the answer takes its time");
    let items: Vec<i64> = clock.run(items.try_collect()).await.expect("items");
    assert_eq!(items, [0, 1, 2, 3, 4, 5]);
    assert_eq!((api.requests().len(), clock.elapsed()), (3, Duration::from_secs(3)));
}

#[tokio::test]
async fn a_page_is_retried_like_any_call() {
    let (client, api, clock) = set_up_with_clock();
    let busy = Reply::new(503).header("retry-after", "2");
    api.on("list").reply(page(0)).reply(busy).reply(page(2)).reply(page(4));
    let items: Vec<i64> = clock.run(Offset::of(&client).items().try_collect()).await.expect("items");
    assert_eq!(items, [0, 1, 2, 3, 4, 5]);
    assert_eq!(queries(&api), ["", "offset=2", "offset=2", "offset=4"]);
    assert_eq!(clock.elapsed(), Duration::from_secs(2));
}

#[tokio::test]
async fn the_size_hint_of_items_is_the_rest_of_the_page() {
    let (client, api) = set_up();
    api.on("list").reply(page(0));
    let mut items = Offset::of(&client).items();
    assert_eq!(items.size_hint(), (0, None));
    items.next().await.expect("an item").expect("the first page");
    assert_eq!(items.size_hint(), (1, None));
}
