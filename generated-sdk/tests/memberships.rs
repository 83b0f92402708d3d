//! The six operations against the fake API: requests on the wire, and the values that are returned.

mod support;

use box_sdk::types::{
    ClientError, CreateGroupMembershipGroup, CreateGroupMembershipRole, CreateGroupMembershipUser,
    GroupMembership, GroupMembershipRole, UpdateGroupMembershipByIdRole,
};
use box_sdk::{BoxClient, Error};
use serde_json::json;
use support::{Recorded, memberships};

async fn create(client: &BoxClient, user: &str, group: &str) -> Result<GroupMembership, Error> {
    let (user, group) = (CreateGroupMembershipUser::new(user), CreateGroupMembershipGroup::new(group));
    client.memberships().create_group_membership(user, group).await
}

fn check(request: &Recorded, method: &str, target: &str) {
    assert_eq!((request.method.as_str(), request.target.as_str()), (method, target));
    assert_eq!(request.header("authorization"), Some("Bearer secret-token"));
    assert_eq!(request.header("accept"), Some("application/json"));
}

#[tokio::test]
async fn create_sends_what_is_set() {
    let (server, client) = memberships();
    let membership = client
        .memberships()
        .create_group_membership(CreateGroupMembershipUser::new("7"), CreateGroupMembershipGroup::new("9"))
        .role(CreateGroupMembershipRole::Admin)
        .configurable_permissions([("can_run_reports", true)])
        .fields(["id", "role"])
        .await
        .expect("the fake creates it");

    let request = server.last();
    check(&request, "POST", "/2.0/group_memberships?fields=id,role");
    assert_eq!(request.header("content-type"), Some("application/json"));
    let body = r#"{"user":{"id":"7"},"group":{"id":"9"},"role":"admin","configurable_permissions":{"can_run_reports":true}}"#;
    assert_eq!(request.text(), body);
    assert_eq!(membership.role, Some(GroupMembershipRole::Admin));
    let user = membership.user.expect("the fake returns a user");
    assert_eq!((user.id.as_str(), user.login.as_deref()), ("7", Some("ada@example.com")));
    let created_at = membership.created_at.expect("the fake returns a time");
    assert_eq!(created_at.to_string(), "2026-01-31T10:53:43-08:00");
}

#[tokio::test]
async fn create_omits_what_is_not_set() {
    let (server, client) = memberships();
    create(&client, "7", "9").await.expect("the fake creates it");

    let request = server.last();
    check(&request, "POST", "/2.0/group_memberships");
    assert_eq!(request.text(), r#"{"user":{"id":"7"},"group":{"id":"9"}}"#);
}

#[tokio::test]
async fn empty_lists_have_a_total_of_zero() {
    let (_server, client) = memberships();
    let of_user = client.memberships().get_user_memberships("7").await.expect("a page comes");
    let of_group = client.memberships().get_group_memberships("9").await.expect("a page comes");

    assert_eq!((of_user.total_count, of_group.total_count), (Some(0), Some(0)));
    assert_eq!(of_user.entries, Some(Vec::new()));
}

#[tokio::test]
async fn lists_take_limit_and_offset() {
    let (server, client) = memberships();
    for group in ["1", "2", "3"] {
        create(&client, "7", group).await.expect("the fake creates it");
    }
    let page = client.memberships().get_user_memberships("7").limit(1).offset(1).await.expect("a page comes");
    check(&server.last(), "GET", "/2.0/users/7/memberships?limit=1&offset=1");
    assert_eq!((page.total_count, page.limit, page.offset), (Some(3), Some(1), Some(1)));
    let entries = page.entries.expect("the page has entries");
    let groups: Vec<_> =
        entries.iter().filter_map(|one| one.group.as_ref()).map(|group| group.id.as_str()).collect();
    assert_eq!(groups, ["2"]);

    let page = client.memberships().get_group_memberships("3").limit(10).await.expect("a page comes");
    check(&server.last(), "GET", "/2.0/groups/3/memberships?limit=10");
    assert_eq!(page.total_count, Some(1));
}

#[tokio::test]
async fn a_membership_can_be_created_changed_and_deleted() {
    let (server, client) = memberships();
    let manager = client.memberships();
    let id = create(&client, "7", "9").await.expect("the fake creates it").id.expect("it has an id");
    let target = format!("/2.0/group_memberships/{id}");

    let found = manager.get_group_membership_by_id(&id).await.expect("it is there");
    check(&server.last(), "GET", &target);
    assert_eq!(found.id.as_deref(), Some(id.as_str()));

    let updated = manager.update_group_membership_by_id(&id).role(UpdateGroupMembershipByIdRole::Admin).await;
    check(&server.last(), "PUT", &target);
    assert_eq!(server.last().text(), r#"{"role":"admin"}"#);
    assert_eq!(updated.expect("it is there").role, Some(GroupMembershipRole::Admin));

    let permissions = |request: &Recorded| request.json()["configurable_permissions"].clone();
    let map = [("can_run_reports", true), ("can_create_accounts", false)];
    manager.update_group_membership_by_id(&id).configurable_permissions(map).await.expect("it is there");
    assert_eq!(permissions(&server.last()), json!({ "can_run_reports": true, "can_create_accounts": false }));

    manager.update_group_membership_by_id(&id).configurable_permissions_null().await.expect("it is there");
    assert_eq!(server.last().text(), r#"{"configurable_permissions":null}"#);

    manager.update_group_membership_by_id(&id).await.expect("it is there");
    assert_eq!(server.last().text(), "{}");

    manager.delete_group_membership_by_id(&id).await.expect("it is there");
    check(&server.last(), "DELETE", &target);

    let error = manager.get_group_membership_by_id(&id).await.expect_err("it is gone");
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!((error.code(), error.request_id()), (Some("not_found"), Some("abcdef123456")));
    let body: ClientError = error.body_as().expect("the document names the body");
    assert_eq!(body.message.as_deref(), Some("Not Found"));
}

#[tokio::test]
async fn setting_a_parameter_twice_replaces_it() {
    let (server, client) = memberships();
    let id = create(&client, "7", "9").await.expect("the fake creates it").id.expect("it has an id");
    let request = client.memberships().update_group_membership_by_id(&id);
    let request = request.configurable_permissions_null().configurable_permissions([("a", true)]);
    request.fields(["id"]).fields(["role", "user"]).await.expect("it is there");

    assert_eq!(server.last().text(), r#"{"configurable_permissions":{"a":true}}"#);
    assert_eq!(server.last().query(), Some("fields=role,user"));
}

#[tokio::test]
async fn fields_are_one_query_parameter() {
    let (server, client) = memberships();
    let id = create(&client, "7", "9").await.expect("the fake creates it").id.expect("it has an id");
    let found = client.memberships().get_group_membership_by_id(&id).fields(["id", "a b", "c,d"]).await;
    assert!(found.is_ok());
    assert_eq!(server.last().query(), Some("fields=id,a%20b,c%2Cd"));
}

#[tokio::test]
async fn ids_are_escaped() {
    let (server, client) = memberships();
    client.memberships().get_user_memberships("a/b c?é").await.expect("a page comes");
    check(&server.last(), "GET", "/2.0/users/a%2Fb%20c%3F%C3%A9/memberships");
    client.memberships().get_user_memberships("../users/me?x=1#").await.expect("a page comes");
    check(&server.last(), "GET", "/2.0/users/..%2Fusers%2Fme%3Fx%3D1%23/memberships");
}

#[tokio::test]
async fn ids_that_would_change_the_path_are_refused() {
    let (server, client) = memberships();
    for id in ["", ".", ".."] {
        let error = client.memberships().get_user_memberships(id).await.expect_err("nothing can be sent");
        assert!(error.to_string().contains("user_id"), "{error}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn extra_headers_are_sent() {
    let (server, client) = memberships();
    let request = client.memberships().get_user_memberships("7").extra_header("x-trace", "1");
    let reply = request.send().with_response().await.expect("a page comes");
    assert_eq!(server.last().header("x-trace"), Some("1"));
    assert_eq!(reply.status().as_u16(), 200);
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert_eq!(reply.value().total_count, Some(0));
}

#[tokio::test]
async fn an_invalid_header_is_an_error() {
    let (server, client) = memberships();
    let error = client.memberships().get_user_memberships("7").extra_header("x trace", "1").await;
    assert!(error.expect_err("the name has a space").to_string().contains("x trace"));
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn any_path_can_be_called() {
    let (server, client) = memberships();
    let request = client.request(box_sdk::Method::GET, "/users/7/memberships");
    let reply = request.send().with_response().await.expect("a page comes");
    assert_eq!(server.last().target, "/2.0/users/7/memberships");
    assert_eq!(server.last().header("authorization"), Some("Bearer secret-token"));
    assert_eq!(reply.status().as_u16(), 200);
}

#[tokio::test]
async fn requests_can_be_sent_from_other_tasks() {
    let (server, client) = memberships();
    let request = client.memberships().get_user_memberships("7");
    let copy = request.clone();
    let task = tokio::spawn(request.into_future());
    task.await.expect("the task ran").expect("a page comes");
    copy.await.expect("a page comes");
    assert_eq!(server.requests().len(), 2);
}
