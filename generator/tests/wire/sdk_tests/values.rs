//! JSON values: read as the document means them, and written as they came.

use wire_sdk::testing::Reply;
use wire_sdk::types::{
    Bird, Cat, Dog, Fish, Values, ValuesAnimal, ValuesOutcome, ValuesPort, ValuesRelease, ValuesStep,
    ValuesVersion,
};

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

#[tokio::test]
async fn null_in_a_member_that_is_not_nullable_reads_as_absent() {
    let values = round_trip(r#"{"port":null,"release":null,"tags":null,"seen":null,"full":null}"#).await;
    assert!(values.port.is_none() && values.tags.is_none() && values.extra().is_null("seen"));
    let lists = round_trip(r#"{"full":{"names":null,"sizes":null}}"#).await.full.expect("lists");
    assert!(lists.names.is_empty() && lists.sizes.is_empty() && lists.extra().is_null("sizes"));
}

#[tokio::test]
async fn a_boolean_or_a_number_tells_the_variants_of_a_union_apart() {
    let outcome = round_trip(r#"{"outcome":{"done":true,"result":"r"}}"#).await.outcome;
    assert!(matches!(outcome, Some(ValuesOutcome::DoneTrue(_))), "{outcome:?}");
    let outcome = round_trip(r#"{"outcome":{"done":false,"result":"r"}}"#).await.outcome;
    assert!(matches!(outcome, Some(ValuesOutcome::DoneFalse(_))), "{outcome:?}");
    let version = round_trip(r#"{"version":{"number":1,"note":"n"}}"#).await.version;
    assert!(matches!(version, Some(ValuesVersion::First(_))), "{version:?}");
    let version = round_trip(r#"{"version":{"number":2}}"#).await.version;
    assert!(matches!(version, Some(ValuesVersion::Second(_))), "{version:?}");
    let version = round_trip(r#"{"version":{"number":3}}"#).await.version;
    assert!(matches!(version, Some(ValuesVersion::Unknown(_))), "{version:?}");
}

#[tokio::test]
async fn null_or_a_fraction_tells_the_variants_of_a_union_apart() {
    let step = round_trip(r#"{"step":{"after":null,"note":"n"}}"#).await.step;
    assert!(matches!(step, Some(ValuesStep::AfterNull(_))), "{step:?}");
    let step = round_trip(r#"{"step":{"after":0.5,"note":"n"}}"#).await.step;
    assert!(matches!(step, Some(ValuesStep::After0Point5(_))), "{step:?}");
    let step = round_trip(r#"{"step":{"after":2.5,"note":"n"}}"#).await.step;
    assert!(matches!(step, Some(ValuesStep::Unknown(_))), "{step:?}");
}

#[tokio::test]
async fn a_union_writes_the_discriminator_that_its_variants_do_not_declare() {
    let values = Values::default().animal(Cat::default().name("Tom"));
    check_sent(values, r#"{"animal":{"@kind":"feline","name":"Tom"}}"#).await;
    check_sent(Values::default().animal(Dog::default()), r#"{"animal":{"@kind":"dog"}}"#).await;
    check_sent(
        Values::default().animal(Bird::default().wings(2)),
        r#"{"animal":{"@kind":"bird","wings":2}}"#,
    )
    .await;
    check_sent(Values::default().animal(Fish::new().fins(7)), r#"{"animal":{"@kind":"fish","fins":7}}"#)
        .await;
    let shark = Fish::new().kind("shark");
    check_sent(Values::default().animal(shark), r#"{"animal":{"@kind":"shark"}}"#).await;
    for bird in [r#"{"animal":{"wings":2}}"#, r#"{"animal":{"@kind":"crow","wings":2}}"#] {
        let animal = round_trip(bird).await.animal;
        assert!(matches!(animal, Some(ValuesAnimal::Bird(_))), "{animal:?}");
    }
    let animal = round_trip(r#"{"animal":{"name":"Tom","@kind":"feline"}}"#).await.animal;
    assert!(matches!(animal, Some(ValuesAnimal::Cat(_))), "{animal:?}");
}
