//! Lists over several pages: by marker, by offset, by either.

use box_sdk::Method;
use box_sdk::testing::{Reply, SentRequest};
use serde_json::{Value, json};

use super::set_up::Script;

/// Replies with users 0 to 4, two on each page.
fn by_offset(request: &SentRequest) -> Reply {
    let offset: usize = request.query("offset").and_then(|offset| offset.parse().ok()).unwrap_or_default();
    let entries: Vec<Value> =
        (offset..5).take(2).map(|id| json!({ "type": "user", "id": id.to_string() })).collect();
    Reply::json(200, &json!({ "total_count": 5, "limit": 2, "offset": offset, "entries": entries }))
}

/// Replies with the same users, paged by marker.
fn by_marker(request: &SentRequest) -> Reply {
    let start: usize = request.query("marker").map_or(0, |marker| marker[1..].parse().expect("a marker"));
    let entries: Vec<Value> =
        (start..5).take(2).map(|id| json!({ "type": "user", "id": id.to_string() })).collect();
    let next = (start + 2 < 5).then(|| format!("m{}", start + 2));
    Reply::json(200, &json!({ "limit": 2, "next_marker": next, "entries": entries }))
}

#[tokio::test]
async fn users_are_listed_by_offset_or_by_marker() {
    let script = Script::new();
    script.api.on("get_users").answer(|request| match request.query("usemarker").as_deref() {
        Some("true") => by_marker(request),
        _ => by_offset(request),
    });
    let mut ids = Vec::new();
    let mut users = script.client.users().get_users().filter_term("a").limit(2).items();
    while let Some(user) = users.next().await {
        ids.push(user.expect("a user").id);
    }
    assert_eq!(ids, ["0", "1", "2", "3", "4"]);
    assert_eq!(script.api.requests().len(), 3);
    assert!(script.api.requests().iter().all(|request| request.query("filter_term").as_deref() == Some("a")));

    let users = script
        .client
        .users()
        .get_users()
        .usemarker(true)
        .items()
        .try_collect::<Vec<_>>()
        .await
        .expect("users");
    assert_eq!(users.len(), 5);
    assert_eq!(script.last().query("marker").as_deref(), Some("m4"));
    assert_eq!(script.last().query("offset"), None);
}

#[tokio::test]
async fn a_marker_is_sent_in_the_body() {
    let script = Script::new();
    script.api.on("post_metadata_queries_execute_read").answer(|request| {
        let asked: Value = request.json().expect("JSON");
        let entries = [json!({ "type": "file", "id": asked["marker"].as_str().unwrap_or("m0") })];
        match asked["marker"] {
            Value::Null => Reply::json(200, &json!({ "entries": entries, "next_marker": "m1" })),
            _ => Reply::json(200, &json!({ "entries": entries })),
        }
    });
    let query = script.client.search().search_by_metadata_query("enterprise_1.campaign", "0");
    let query = query.query("seats >= :low").query_params([("low", 5.into())]).fields(["name"]);
    let pages = query.pages().try_collect::<Vec<_>>().await.expect("pages");
    assert_eq!(pages.len(), 2);
    let sent: Vec<Value> =
        script.api.requests().iter().map(|request| request.json().expect("JSON")).collect();
    let first = json!({
        "from": "enterprise_1.campaign", "ancestor_folder_id": "0", "query": "seats >= :low",
        "query_params": { "low": 5 }, "fields": ["name"],
    });
    assert_eq!(sent[0], first);
    assert_eq!(sent[1]["marker"], json!("m1"));
}

#[tokio::test]
async fn a_list_can_start_at_a_marker() {
    let script = Script::new();
    script.api.on("get_recent_items").answer(|request| {
        let next = request.query("marker").is_none().then_some("m9");
        Reply::json(200, &json!({ "entries": [{ "type": "recent_item" }], "next_marker": next }))
    });
    let items =
        script.client.recent_items().get_recent_items().marker("m9").items().try_collect::<Vec<_>>().await;
    assert_eq!(items.expect("items").len(), 1);
    assert_eq!(script.api.requests().len(), 1);
}

/// An operation returns the server to poll, on another host; the poll itself is a custom request.
#[tokio::test]
async fn a_long_poll_on_another_host_gets_no_secret() {
    let server = json!({ "type": "realtime_server", "url": "https://r.example.com/subscribe?channel=c", "retry_timeout": 610 });
    let script = Script::with("options_events", &json!({ "chunk_size": 1, "entries": [server] }));
    script.api.on("GET /subscribe").always(Reply::json(200, &json!({ "message": "new_change" })));
    let servers =
        script.run(script.client.events().get_events_with_long_polling()).await.expect("the servers");
    assert_eq!((script.last().method(), script.last().path()), (&Method::OPTIONS, "/2.0/events"));
    let url = servers.entries.expect("entries").remove(0).url.expect("a server has a URL");
    let call = script.client.request(Method::GET, url).query("stream_position", "7").send_json::<Value>();
    assert_eq!(script.run(call).await.expect("a message")["message"], "new_change");
    let request = script.last();
    assert_eq!(request.url(), "https://r.example.com/subscribe?channel=c&stream_position=7");
    assert_eq!(request.header("authorization"), None);
}
