//! Metadata: named members beside arbitrary ones, changes as JSON patches.

use std::collections::BTreeMap;

use box_sdk::types::{
    AddClassificationRequestBody, AddClassificationRequestBodyData, AddClassificationRequestBodyFieldKey,
    AddClassificationRequestBodyOp, CreateFileMetadataByIdScope, GetFileMetadataByIdScope, MetadataFull,
    UpdateFileMetadataByIdRequestBody as Change, UpdateFileMetadataByIdRequestBodyOp as Op,
    UpdateFileMetadataByIdScope,
};
use serde_json::{Value, json};

use super::set_up::Script;

fn instance() -> Value {
    json!({
        "$id": "i1", "$parent": "file_7", "$scope": "enterprise_27335", "$template": "campaign", "$version": 2,
        "$canEdit": true, "audience": "internal", "budget": 1250.5, "seats": 12, "regions": ["emea", "apac"],
    })
}

#[tokio::test]
async fn template_members_are_read_by_name_and_type() {
    let script = Script::with("get_files_id_metadata_id_id", &instance());
    let scope = GetFileMetadataByIdScope::from("enterprise_27335");
    let call = script.client.file_metadata().get_file_metadata_by_id("7", scope, "campaign").view("hydrated");
    let metadata = script.run(call).await.expect("the instance");
    let url = "https://api.box.com/2.0/files/7/metadata/enterprise_27335/campaign?view=hydrated";
    assert_eq!(script.last().url(), url);

    assert_eq!(
        (metadata.parent.as_deref(), metadata.scope.as_deref()),
        (Some("file_7"), Some("enterprise_27335"))
    );
    assert_eq!((metadata.template.as_deref(), metadata.version), (Some("campaign"), Some(2)));
    assert_eq!((metadata.can_edit, metadata.id.as_deref()), (Some(true), Some("i1")));
    let others = &metadata.additional;
    assert_eq!(others.get("audience").and_then(Value::as_str), Some("internal"));
    assert_eq!(others.get("seats").and_then(Value::as_i64), Some(12));
    assert_eq!(others.get("budget").and_then(Value::as_f64), Some(1250.5));
    assert_eq!(others.len(), 4);
    let regions: Vec<String> = serde_json::from_value(others["regions"].clone()).expect("a list of strings");
    assert_eq!(regions, ["emea", "apac"]);
    // The instance is written back unchanged.
    assert_eq!(serde_json::to_value(&metadata).expect("JSON"), instance());
}

#[tokio::test]
async fn an_instance_is_created_from_any_members() {
    let script = Script::with("post_files_id_metadata_id_id", &instance());
    let values = [("audience", "internal".into()), ("seats", 12.into()), ("regions", json!(["emea"]))];
    let call = script.client.file_metadata().create_file_metadata_by_id(
        "7",
        CreateFileMetadataByIdScope::Global,
        "properties",
        values,
    );
    script.run(call).await.expect("the instance");
    let request = script.last();
    assert_eq!(request.path(), "/2.0/files/7/metadata/global/properties");
    assert_eq!(request.header("content-type"), Some("application/json"));
    let sent: Value = request.json().expect("JSON");
    assert_eq!(sent, json!({ "audience": "internal", "seats": 12, "regions": ["emea"] }));
}

#[tokio::test]
async fn changes_are_sent_as_a_json_patch() {
    let script = Script::with("put_files_id_metadata_id_id", &instance());
    let change = |op, path: &str| Change::default().op(op).path(path);
    let changes = [
        change(Op::Test, "/audience").value("internal"),
        change(Op::Replace, "/audience").value("public"),
        change(Op::Add, "/seats").value(14),
        change(Op::Add, "/regions").value(vec!["emea".to_owned()]),
        change(Op::Remove, "/budget"),
        change(Op::Copy, "/second").from("/seats"),
        change(Op::Move, "/first").from("/seats"),
    ];
    let scope = UpdateFileMetadataByIdScope::Enterprise;
    let call = script.client.file_metadata().update_file_metadata_by_id("7", scope, "campaign", changes);
    script.run(call).await.expect("the instance");
    let request = script.last();
    assert_eq!(request.method().as_str(), "PUT");
    assert_eq!(request.header("content-type"), Some("application/json-patch+json"));
    let sent: Value = request.json().expect("JSON");
    let expected = json!([
        { "op": "test", "path": "/audience", "value": "internal" },
        { "op": "replace", "path": "/audience", "value": "public" },
        { "op": "add", "path": "/seats", "value": 14 },
        { "op": "add", "path": "/regions", "value": ["emea"] },
        { "op": "remove", "path": "/budget" },
        { "op": "copy", "path": "/second", "from": "/seats" },
        { "op": "move", "path": "/first", "from": "/seats" },
    ]);
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn a_patch_is_sent_with_the_media_type_of_the_document() {
    let template = json!({
        "id": "t1", "type": "metadata_template", "scope": "enterprise_1", "displayName": "Classification",
        "templateKey": "securityClassification-6VMVochwUWo", "fields": [],
    });
    let id = "put_metadata_templates_enterprise_securityClassification-6VMVochwUWo_schema#add";
    let script = Script::with(id, &template);
    let change = AddClassificationRequestBody::new(
        AddClassificationRequestBodyOp::AddEnumOption,
        AddClassificationRequestBodyFieldKey::BoxSecurityClassificationKey,
        AddClassificationRequestBodyData::new("Sensitive"),
    );
    script.run(script.client.classifications().add_classification([change])).await.expect("the template");
    let request = script.last();
    assert_eq!(
        request.path(),
        "/2.0/metadata_templates/enterprise/securityClassification-6VMVochwUWo/schema"
    );
    let sent: Value = request.json().expect("JSON");
    let field = "Box__Security__Classification__Key";
    assert_eq!(sent, json!([{ "op": "addEnumOption", "fieldKey": field, "data": { "key": "Sensitive" } }]));
}

/// A file holds its instances by scope and template.
#[tokio::test]
async fn a_file_can_include_its_metadata() {
    let file =
        json!({ "id": "7", "type": "file", "metadata": { "enterprise_27335": { "campaign": instance() } } });
    let script = Script::with("get_files_id", &file);
    let call = script.client.files().get_file_by_id("7").fields(["metadata.enterprise_27335.campaign"]);
    let file = script.run(call).await.expect("the file");
    let scopes: BTreeMap<String, BTreeMap<String, MetadataFull>> = file.metadata.expect("metadata");
    let campaign = &scopes["enterprise_27335"]["campaign"];
    assert_eq!(campaign.additional.get("audience").and_then(Value::as_str), Some("internal"));
}

/// The items of a list have the base type, which does not name all members.
#[tokio::test]
async fn unnamed_members_can_be_read() {
    let script = Script::with("get_files_id_metadata", &json!({ "entries": [instance()], "limit": 100 }));
    let list = script.run(script.client.file_metadata().get_file_metadata("7")).await.expect("the list");
    let instance = &list.entries.expect("entries")[0];
    assert_eq!(instance.template.as_deref(), Some("campaign"));
    let regions: Option<Vec<String>> = instance.extra().get_as("regions").expect("a list of strings");
    assert_eq!(regions.expect("regions"), ["emea", "apac"]);
    assert_eq!(instance.extra().get_as::<i64>("seats").expect("a number"), Some(12));
    assert!(instance.extra().get_as::<i64>("audience").is_err());
}
