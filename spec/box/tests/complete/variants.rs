//! Variants of one operation, colons in paths, and versions of the API.

use box_sdk::types::{
    AddShareLinkToFileSharedLink, AddShareLinkToFileSharedLinkAccess, MetadataTaxonomyLevel,
};
use serde_json::{Value, json};

use super::set_up::Script;

fn file() -> Value {
    let link = json!({
        "url": "https://app.box.com/s/1", "effective_access": "open", "effective_permission": "can_download",
        "is_password_enabled": false, "download_count": 0, "preview_count": 0,
    });
    json!({ "id": "7", "type": "file", "shared_link": link })
}

#[tokio::test]
async fn shared_links_are_variants_of_file_operations() {
    let script = Script::new();
    let answer = box_sdk::testing::Reply::json(200, &file());
    for id in
        ["get_files_id#get_shared_link", "put_files_id#add_shared_link", "put_files_id#remove_shared_link"]
    {
        script.api.on(id).always(answer.clone());
    }
    let links = script.client.shared_links_files();
    let file = script.run(links.get_shared_link_for_file("7", "shared_link")).await.expect("the file");
    assert_eq!(file.shared_link.expect("a link").url, "https://app.box.com/s/1");
    let url = "https://api.box.com/2.0/files/7?fields=shared_link";
    assert_eq!((script.last().method().as_str(), script.last().url()), ("GET", url));

    let link = AddShareLinkToFileSharedLink::default().access(AddShareLinkToFileSharedLinkAccess::Company);
    let call = links.add_share_link_to_file("7", "shared_link").shared_link(link.password_null());
    script.run(call).await.expect("the file");
    let sent: Value = script.last().json().expect("JSON");
    assert_eq!(sent, json!({ "shared_link": { "access": "company", "password": null } }));
    assert_eq!((script.last().method().as_str(), script.last().url()), ("PUT", url));

    script
        .run(links.remove_shared_link_from_file("7", "shared_link").shared_link_null())
        .await
        .expect("the file");
    assert_eq!(script.last().json::<Value>().expect("JSON"), json!({ "shared_link": null }));
}

#[tokio::test]
async fn the_item_of_a_shared_link_is_found_by_kind() {
    let script = Script::new();
    script.api.on("get_shared_items").always(box_sdk::testing::Reply::json(200, &file()));
    let folder = json!({ "id": "8", "type": "folder" });
    script.api.on("get_shared_items#folders").always(box_sdk::testing::Reply::json(200, &folder));
    let link = "shared_link=https://app.box.com/s/1&shared_link_password=pw";
    let found = script.run(script.client.shared_links_files().find_file_for_shared_link(link)).await;
    assert_eq!(found.expect("a file").id, "7");
    let found = script.run(script.client.shared_links_folders().find_folder_for_shared_link(link)).await;
    assert_eq!(found.expect("a folder").id, "8");
    for request in script.api.requests() {
        assert_eq!(
            (request.url(), request.header("boxapi")),
            ("https://api.box.com/2.0/shared_items", Some(link))
        );
    }
}

#[tokio::test]
async fn a_colon_in_a_path_is_kept() {
    let script = Script::new();
    let levels = json!({ "entries": [{ "displayName": "Continent", "level": 1 }] });
    for id in ["levels:append", "levels:trim", "levels"] {
        let id = format!("post_metadata_taxonomies_id_id_{id}");
        script.api.on(id).always(box_sdk::testing::Reply::json(200, &levels));
    }
    let taxonomies = script.client.metadata_taxonomies();
    let add =
        taxonomies.add_metadata_taxonomy_level("enterprise_1", "geography", "Continent").description("Large");
    let levels = script.run(add).await.expect("the levels");
    assert_eq!(levels.entries.expect("entries")[0].display_name.as_deref(), Some("Continent"));
    let base = "https://api.box.com/2.0/metadata_taxonomies/enterprise_1/geography/levels";
    assert_eq!(script.last().url(), format!("{base}:append"));
    let sent: Value = script.last().json().expect("JSON");
    assert_eq!(sent, json!({ "displayName": "Continent", "description": "Large" }));

    script
        .run(taxonomies.delete_metadata_taxonomy_level("enterprise_1", "geography"))
        .await
        .expect("the levels");
    assert_eq!((script.last().url(), script.last().body().len()), (format!("{base}:trim").as_str(), 0));

    let level = MetadataTaxonomyLevel::default().display_name("Country").level(2);
    let create = taxonomies.create_metadata_taxonomy_level("enterprise_1", "geography", [level]);
    script.run(create).await.expect("the levels");
    assert_eq!(script.last().url(), base);
    assert_eq!(
        script.last().json::<Value>().expect("JSON"),
        json!([{ "displayName": "Country", "level": 2 }])
    );
}

#[tokio::test]
async fn later_api_versions_are_requested_by_a_header() {
    let script = Script::new();
    script
        .api
        .on("get_archives_v2025.0")
        .always(box_sdk::testing::Reply::json(200, &json!({ "entries": [] })));
    script.api.on("get_automate_workflows_v2026.0").always(box_sdk::testing::Reply::json(200, &json!({})));
    script.run(script.client.archives().get_archives_v2025_r0()).await.expect("archives");
    assert_eq!(script.last().header("box-version"), Some("2025.0"));
    let call = script.client.automate_workflows().get_automate_workflows_v2026_r0("0");
    script.run(call).await.expect("workflows");
    assert_eq!(script.last().header("box-version"), Some("2026.0"));
    script.api.on("get_files_id").always(box_sdk::testing::Reply::json(200, &file()));
    script.run(script.client.files().get_file_by_id("7")).await.expect("the file");
    assert_eq!(script.last().header("box-version"), None);
}
