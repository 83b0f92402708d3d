//! Box's own headers and retries, on a scripted transport.

use box_sdk::testing::{ManualClock, MockTransport, Reply};
use box_sdk::types::{CreateGroupMembershipGroup, CreateGroupMembershipUser};
use box_sdk::{BoxClient, DeveloperToken, box_compatible};

fn set_up() -> (BoxClient, MockTransport, ManualClock) {
    let clock = ManualClock::new();
    let api = MockTransport::with_clock(&clock);
    let client = BoxClient::builder()
        .auth(DeveloperToken::new("token"))
        .transport(api.clone())
        .platform(clock.clone())
        .build()
        .expect("the settings are valid");
    (client, api, clock)
}

#[tokio::test]
async fn as_user_and_quiet_apply_to_the_derived_client_only() {
    let (client, api, clock) = set_up();
    api.on("get_group_memberships_id").always(Reply::json(200, &serde_json::json!({"id": "1"})));
    let derived = client.as_user("12345").suppress_notifications();
    for client in [&derived, &client] {
        let call = client.memberships().get_group_membership_by_id("1");
        clock.run(call).await.expect("a membership");
    }
    let requests = api.requests();
    let sent = |index: usize, name: &str| requests[index].header(name).map(str::to_owned);
    assert_eq!(sent(0, "as-user").as_deref(), Some("12345"));
    assert_eq!(sent(0, "box-notifications").as_deref(), Some("off"));
    assert_eq!((sent(1, "as-user"), sent(1, "box-notifications")), (None, None));
    let agent = format!("box-rust-generated-sdk/{}", env!("CARGO_PKG_VERSION"));
    assert_eq!(sent(0, "user-agent"), Some(agent.clone()));
    let environment = format!("rust/{}-{}", std::env::consts::OS, std::env::consts::ARCH);
    assert_eq!(sent(1, "x-box-ua"), Some(format!("agent={agent}; env={environment}")));
}

#[tokio::test]
async fn box_compatible_retries_repeat_every_method() {
    let (client, api, clock) = set_up();
    api.on("post_group_memberships").always(Reply::new(500));
    let create = |client: &BoxClient| {
        let (user, group) = (CreateGroupMembershipUser::new("7"), CreateGroupMembershipGroup::new("9"));
        client.memberships().create_group_membership(user, group)
    };
    let error = clock.run(create(&client)).await.expect_err("the server is down");
    assert_eq!(error.attempts(), 1);
    let compatible = client.with_options(|options| options.retry(box_compatible()));
    let error = clock.run(create(&compatible)).await.expect_err("the server is down");
    assert_eq!(error.attempts(), 5);
    let error = clock.run(create(&client).send().idempotent()).await.expect_err("the server is down");
    assert_eq!(error.attempts(), 5);
}
