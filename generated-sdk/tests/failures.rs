//! Failures between client and server, as a user of the SDK sees them.

mod support;

use std::time::Duration;

use box_sdk::types::{CreateGroupMembershipGroup, CreateGroupMembershipUser, GroupMembershipRole};
use box_sdk::{BoxClient, DeveloperToken, Error, RetryPolicy};
use serde_json::json;
use support::{Fault, Reply, always, memberships};

async fn get(client: &BoxClient) -> Error {
    client.memberships().get_group_membership_by_id("1").await.expect_err("the server misbehaves")
}

fn membership() -> serde_json::Value {
    json!({ "id": "1", "type": "group_membership", "role": "member" })
}

#[tokio::test]
async fn a_403_keeps_all_error_fields() {
    let (_server, client) = memberships();
    let user = CreateGroupMembershipUser::new("walled-off");
    let request = client.memberships().create_group_membership(user, CreateGroupMembershipGroup::new("9"));
    let error = request.await.expect_err("the fake refuses");

    assert_eq!(error.status().map(|status| status.as_u16()), Some(403));
    assert_eq!(error.code(), Some("forbidden_by_policy"));
    assert_eq!(error.message(), Some("An information barrier separates them"));
    assert_eq!(error.request_id(), Some("abcdef123456"));
    assert_eq!(error.help_url(), Some("https://developer.box.com/guides/"));
    let headers = error.headers().expect("a response came");
    assert_eq!(headers["content-type"], "application/json");
    let raw = error.raw_body().expect("a response came");
    assert!(raw.starts_with(b"{") && raw.ends_with(b"}"));
    let line = error.to_string();
    assert!(line.contains("403") && line.contains("forbidden_by_policy"), "{line}");
    assert!(!format!("{error:?} {error}").contains("secret-token"));
}

#[tokio::test]
async fn unknown_values_and_members_are_kept() {
    let body = json!({
        "id": "1",
        "type": "group_membership",
        "role": "owner",
        "user": { "id": "7", "type": "user", "badge": [1, 2.50, { "deep": null }] },
        "created_at": "2012-12-12T10:53:43-08:00",
        "shoe_size": 43.0,
    });
    let (_server, client) = always(Reply::json(200, &body));
    let membership = client.memberships().get_group_membership_by_id("1").await.expect("it decodes");

    let role = membership.role.as_ref().expect("it has a role");
    assert_eq!(role.as_str(), "owner");
    assert!(matches!(role, GroupMembershipRole::Unknown(_)));
    assert_eq!(serde_json::to_value(&membership).expect("it encodes"), body);
    let text = format!("{membership:?}");
    assert!(text.contains("owner") && text.contains("shoe_size") && !text.contains("modified_at"), "{text}");
}

#[tokio::test]
async fn a_non_json_body_is_kept() {
    let (_server, client) = always(Reply::new(200).body("<html>Welcome</html>"));
    let error = get(&client).await;
    assert_eq!(error.raw_body().map(|body| &body[..]), Some(&b"<html>Welcome</html>"[..]));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
}

#[tokio::test]
async fn a_non_json_error_body_is_kept() {
    let (_server, client) = always(Reply::new(404).body("gone fishing"));
    let error = get(&client).await;
    assert!(error.is_not_found());
    assert_eq!((error.code(), error.message()), (None, Some("gone fishing")));
    assert_eq!(error.raw_body().map(|body| &body[..]), Some(&b"gone fishing"[..]));
}

#[tokio::test]
async fn a_decoding_error_names_the_member() {
    let mut body = membership();
    body["user"] = json!({ "id": "7", "type": 3 });
    let (_server, client) = always(Reply::json(200, &body));
    let error = get(&client).await;
    assert!(error.to_string().contains("user.type"), "{error}");

    body["user"] = json!({ "type": "user" });
    let (_server, client) = always(Reply::json(200, &body));
    let error = get(&client).await;
    assert!(error.to_string().contains("user.id"), "{error}");
}

#[tokio::test]
async fn a_lost_connection_is_a_connection_error() {
    for fault in [Fault::BeforeHead, Fault::InBody] {
        let (_server, client) = always(Reply::json(200, &membership()).fault(fault));
        let error = get(&client).await;
        assert!(error.is_connection(), "{fault:?}: {error:?}");
        assert!(std::error::Error::source(&error).is_some());
    }
}

#[tokio::test]
async fn a_stall_is_a_timeout() {
    for fault in [Fault::StallBeforeHead, Fault::StallInBody] {
        let server = support::Server::start(move |_, _| Reply::json(200, &membership()).fault(fault));
        let client = BoxClient::builder()
            .retry(RetryPolicy::none())
            .auth(DeveloperToken::new("secret-token"))
            .base_url(server.url("/2.0"))
            .read_timeout(Duration::from_millis(100))
            .build()
            .expect("the settings are valid");
        let error = get(&client).await;
        assert!(error.is_timeout(), "{fault:?}: {error:?}");
        assert!(error.to_string().contains("read"), "{error}");
    }
}

#[tokio::test]
async fn a_call_can_have_a_timeout() {
    let (_server, client) = always(Reply::json(200, &membership()).fault(Fault::StallBeforeHead));
    let call = client.memberships().get_group_membership_by_id("1").send();
    let error = call.timeout(Duration::from_millis(100)).await.expect_err("the server says nothing");
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn a_refused_connection_is_a_connection_error() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
    let address = listener.local_addr().expect("the listener is bound");
    drop(listener);
    let client = BoxClient::builder()
        .retry(RetryPolicy::none())
        .auth(DeveloperToken::new("secret-token"))
        .base_url(format!("http://{address}"))
        .build()
        .expect("the settings are valid");
    let error = get(&client).await;
    assert!(error.is_connection(), "{error:?}");
}
