//! Webhooks: the request that Box sends for an event.

use box_sdk::HeaderMap;
use box_sdk::types::{WebhookEvent, WebhookNotificationType};

#[test]
fn a_notification_is_read_with_its_source() {
    let body = br#"{
        "type": "webhook_event", "id": "7", "trigger": "FILE.UPLOADED", "created_at": "2026-01-31T10:00:00-08:00",
        "webhook": { "id": "3", "type": "webhook" },
        "created_by": { "type": "user", "id": "1", "name": "Ann" },
        "source": { "type": "file", "id": "11", "name": "plan.txt" },
        "additional_info": []
    }"#;
    let event = WebhookEvent::parse(&HeaderMap::new(), body).expect("a notification");
    let WebhookEvent::Notification(event) = event else { panic!("another variant: {event:?}") };
    assert_eq!(event.type_, WebhookNotificationType::WebhookEvent);
    assert_eq!((event.id.as_str(), event.trigger.as_str()), ("7", "FILE.UPLOADED"));
    assert_eq!(event.created_by.expect("a user").id, "1");
    assert_eq!(event.source.expect("a source")["name"], "plan.txt");
}
