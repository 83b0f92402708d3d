//! JSON values: read as the document means them, and written as they came.

use wire_sdk::testing::Reply;
use wire_sdk::types::{Values, ValuesPort, ValuesRelease};

use crate::set_up::{Trial, body};

/// Reads the text as the answer of an operation, and checks that it is sent as it came.
async fn round_trip(json: &str) -> Values {
    let trial = Trial::new();
    let reply = Reply::new(200).text(json).header("content-type", "application/json");
    let values = trial.got("values", reply, trial.client.answers().values()).await.expect("values");
    check_sent(values.clone(), json).await;
    values
}

async fn check_sent(values: Values, json: &str) {
    let trial = Trial::new();
    let sent = trial.sent("send_values", trial.client.answers().send_values([values])).await;
    assert_eq!(body(&sent), format!("[{json}]"));
}

#[tokio::test]
async fn a_port_is_a_number_or_a_name() {
    assert!(matches!(round_trip(r#"{"port":80}"#).await.port, Some(ValuesPort::Integer(80))));
    assert!(matches!(round_trip(r#"{"port":"http"}"#).await.port, Some(ValuesPort::String(_))));
}

#[tokio::test]
async fn texts_without_quotes_are_sent_as_they_are_written() {
    for text in ["2.50", "4e2", "0x1F"] {
        let release = round_trip(&format!(r#"{{"release":"{text}"}}"#)).await.release.expect("a release");
        assert!(!matches!(release, ValuesRelease::Unknown(_)), "{text}");
    }
}

#[tokio::test]
async fn url_safe_base64_is_written_as_such() {
    assert_eq!(round_trip(r#"{"key":"-_8"}"#).await.key.expect("a key").as_bytes(), [0xfb, 0xff]);
    round_trip(r#"{"key":"-_8="}"#).await;
    check_sent(Values::default().key([0xfb, 0xff].to_vec().into()), r#"{"key":"-_8="}"#).await;
}
