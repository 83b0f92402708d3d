//! Unions: variants chosen by discriminator or by shape, and unknown values that are kept.

use box_sdk::managers::ai::CreateAiAskResponse;
use box_sdk::types::{
    AiAgent, AiAgentReference, AiAgentReferenceType, AiItemAsk, AiItemAskType, CollaborationAccessGrantee,
    CreateAiAskMode, CreateCollaborationAccessibleBy, CreateCollaborationAccessibleByType,
    CreateCollaborationItem, CreateCollaborationItemType, CreateCollaborationRole, EventSourceResource,
    EventsNextStreamPosition, GetAiAgentDefaultConfigMode, Item, MetadataFilter,
    SearchResultWithSharedLinkItem, SearchResultsResponse,
};
use serde_json::{Value, json};

use super::set_up::Script;

#[tokio::test]
async fn folder_items_are_files_folders_and_links() {
    let entries = json!([
        { "type": "file", "id": "1", "name": "a.txt", "extension": "txt" },
        { "type": "folder", "id": "2", "name": "b" },
        { "type": "web_link", "id": "3", "url": "https://example.com" },
        { "type": "canvas", "id": "4", "b": 1.0, "a": [] },
    ]);
    let script = Script::with("get_folders_id_items", &json!({ "total_count": 4, "entries": entries }));
    let items = script.run(script.client.folders().get_folder_items("0")).await.expect("the items");
    let items = items.entries.expect("entries");
    assert!(matches!(&items[0], Item::FileFull(file) if file.extension.as_deref() == Some("txt")));
    assert!(matches!(&items[1], Item::FolderMini(folder) if folder.name.as_deref() == Some("b")));
    assert!(matches!(&items[2], Item::WebLink(link) if link.url.as_deref() == Some("https://example.com")));
    assert!(matches!(&items[3], Item::Unknown(_)));
    assert_eq!(serde_json::to_value(&items).expect("JSON"), entries);
}

#[tokio::test]
async fn access_can_be_given_to_users_and_groups() {
    let answer = json!({
        "id": "c1", "type": "collaboration", "role": "viewer",
        "accessible_by": { "type": "group", "id": "9", "name": "Team" },
        "item": { "type": "folder", "id": "2" },
    });
    let script = Script::with("post_collaborations", &answer);
    let item = CreateCollaborationItem::default().type_(CreateCollaborationItemType::Folder).id("2");
    let by = CreateCollaborationAccessibleBy::new(CreateCollaborationAccessibleByType::Group).id("9");
    let call =
        script.client.user_collaborations().create_collaboration(item, by, CreateCollaborationRole::Viewer);
    let collaboration = script.run(call.notify(false)).await.expect("the collaboration");
    let Some(CollaborationAccessGrantee::GroupMini(group)) = collaboration.accessible_by else {
        panic!("a group")
    };
    assert_eq!((group.id.as_str(), group.name.as_deref()), ("9", Some("Team")));
    assert_eq!(script.last().query("notify").as_deref(), Some("false"));
    let sent: Value = script.last().json().expect("JSON");
    let expected = json!({ "item": { "type": "folder", "id": "2" }, "accessible_by": { "type": "group", "id": "9" }, "role": "viewer" });
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn search_results_have_two_types() {
    let plain = json!({ "type": "search_results_items", "total_count": 1, "entries": [{ "type": "file", "id": "1" }] });
    let found = json!({ "type": "web_link", "id": "3" });
    let linked = json!({
        "type": "search_results_with_shared_links", "total_count": 1,
        "entries": [{ "type": "search_result", "accessible_via_shared_link": "https://l", "item": found }],
    });
    let filter: MetadataFilter = serde_json::from_value(json!({
        "scope": "enterprise", "templateKey": "campaign",
        "filters": { "audience": "internal", "seats": { "gt": 5, "lt": 9 }, "regions": ["emea"] },
    }))
    .expect("a filter");
    let script = Script::with("get_search", &plain);
    let call =
        script.client.search().search_for_content().query("a b").mdfilters([filter]).size_range([1, 10]);
    let result = script.run(call).await.expect("the results");
    let SearchResultsResponse::SearchResults(result) = result else { panic!("{result:?}") };
    assert_eq!(result.entries.map(|entries| entries.len()), Some(1));
    let request = script.last();
    assert_eq!(
        (request.query("query").as_deref(), request.query("size_range").as_deref()),
        (Some("a b"), Some("1,10"))
    );
    let filters: Value = serde_json::from_str(&request.query("mdfilters").expect("a filter")).expect("JSON");
    assert_eq!(filters[0]["filters"]["seats"], json!({ "lt": 9, "gt": 5 }));

    let script = Script::with("get_search", &linked);
    let result = script.run(script.client.search().search_for_content()).await.expect("the results");
    let SearchResultsResponse::SearchResultsWithSharedLinks(result) = result else { panic!("{result:?}") };
    let entry = &result.entries.expect("entries")[0];
    assert!(matches!(&entry.item, Some(SearchResultWithSharedLinkItem::WebLink(link)) if link.id == "3"));
}

#[tokio::test]
async fn an_event_source_is_chosen_by_tag_or_by_shape() {
    let sources = json!([
        { "type": "user", "id": "1", "name": "Ann" },
        { "type": "file", "id": "2" },
        { "item_type": "folder", "item_id": "3", "item_name": "Plans" },
        { "barrier_id": 123, "barrier_status": "ENABLED" },
    ]);
    let entries: Vec<Value> = sources
        .as_array()
        .expect("sources")
        .iter()
        .map(
            |source| json!({ "type": "event", "event_id": "e", "event_type": "BRAND_NEW", "source": source }),
        )
        .collect();
    let body =
        json!({ "chunk_size": 4, "next_stream_position": 1152922976252290800_u64, "entries": entries });
    let script = Script::with("get_events", &body);
    let call = script.client.events().get_events().stream_position("0").limit(100);
    let events = script.run(call).await.expect("events");
    let kinds: Vec<&str> = events
        .entries
        .iter()
        .flatten()
        .map(|event| match event.source.as_ref().expect("a source") {
            EventSourceResource::User(_) => "user",
            EventSourceResource::File(_) => "file",
            EventSourceResource::EventSource(source) => source.item_name.as_str(),
            EventSourceResource::GenericSource(members) if members["barrier_id"] == 123 => "barrier",
            _ => "other",
        })
        .collect();
    assert_eq!(kinds, ["user", "file", "Plans", "barrier"]);
    assert_eq!(serde_json::to_value(&events).expect("JSON"), body);
    // The next position is a number or a string; the request takes a string.
    let next: EventsNextStreamPosition = events.next_stream_position.expect("a position");
    let call = script.client.events().get_events().stream_position(next.to_string());
    script.run(call).await.expect("events");
    assert_eq!(script.last().query("stream_position").as_deref(), Some("1152922976252290800"));
}

#[tokio::test]
async fn agents_can_be_sent_and_received() {
    let answer =
        json!({ "answer": "Yes.", "created_at": "2026-01-01T00:00:00Z", "completion_reason": "done" });
    let script = Script::with("post_ai_ask", &answer);
    let call = script
        .client
        .ai()
        .create_ai_ask(
            CreateAiAskMode::SingleItemQa,
            "Is it done?",
            [AiItemAsk::new("7", AiItemAskType::File)],
        )
        .ai_agent(AiAgentReference::new(AiAgentReferenceType::AiAgentId, "14031"));
    let answer = script.run(call).await.expect("a response");
    let CreateAiAskResponse::Ok(answer) = answer else { panic!("{answer:?}") };
    assert_eq!(answer.answer, "Yes.");
    let sent: Value = script.last().json().expect("JSON");
    assert_eq!(sent["ai_agent"], json!({ "type": "ai_agent_id", "id": "14031" }));
    assert_eq!(sent["items"], json!([{ "id": "7", "type": "file" }]));

    let agent = json!({ "type": "ai_agent_text_gen", "basic_gen": { "model": "m" } });
    let script = Script::with("get_ai_agent_default", &agent);
    let call = script.client.ai().get_ai_agent_default_config(GetAiAgentDefaultConfigMode::TextGen);
    let default = script.run(call).await.expect("an agent");
    assert!(matches!(&default, AiAgent::AiAgentTextGen(agent) if agent.basic_gen.is_some()));
    assert_eq!(serde_json::to_value(&default).expect("JSON"), agent);
}

#[tokio::test]
async fn a_204_has_its_own_variant() {
    let script = Script::new();
    script.api.on("post_ai_ask").always(box_sdk::testing::Reply::new(204));
    let item = AiItemAsk::new("7", AiItemAskType::Hubs);
    let answer =
        script.run(script.client.ai().create_ai_ask(CreateAiAskMode::MultipleItemQa, "?", [item])).await;
    assert!(matches!(answer.expect("a response"), CreateAiAskResponse::NoContent));
}
