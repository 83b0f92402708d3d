//! Idempotency keys, by which servers recognize repeated requests.

use sdk_runtime as rt;

use rt::testing::Reply;

use super::sdk::set_up;

static KEYED_BY_HEADER: rt::Operation =
    rt::Operation::new("pay", rt::Method::POST, "/payments").idempotency_key("Idempotency-Key");

#[tokio::test]
async fn an_idempotency_key_is_made_once_for_all_attempts_of_a_call() {
    let sdk = set_up();
    sdk.api.on("pay").reply(Reply::new(500)).always(Reply::new(200));
    // The server recognizes the repetition, so a POST may be repeated.
    assert_eq!(sdk.value(&KEYED_BY_HEADER).await.attempts(), 2);
    sdk.value(&KEYED_BY_HEADER).await;
    let sent = sdk.api.requests();
    let keys: Vec<_> = sent.iter().map(|sent| sent.header("idempotency-key").expect("a key")).collect();
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[0], keys[2]);
    let lengths: Vec<_> = keys[0].split('-').map(str::len).collect();
    assert_eq!(lengths, [8, 4, 4, 4, 12], "{}", keys[0]);
    assert_eq!(&keys[0][14..15], "4");
    assert!(matches!(&keys[0][19..20], "8" | "9" | "a" | "b"), "{}", keys[0]);
}

#[tokio::test]
async fn an_idempotency_key_goes_along_with_retries_and_redirects() {
    for place in ["/moved", "https://other.example.com/moved"] {
        let sdk = set_up();
        let moved = || Reply::new(307).header("location", place);
        sdk.api.on("pay").reply(moved()).reply(Reply::new(500)).reply(moved()).reply(Reply::new(200));
        assert_eq!(sdk.value(&KEYED_BY_HEADER).await.attempts(), 2);
        let sent = sdk.api.requests();
        let keys: Vec<_> = sent.iter().map(|sent| sent.header("idempotency-key")).collect();
        assert_eq!(keys.len(), 4, "{place}");
        assert!(keys[0].is_some() && keys.iter().all(|key| *key == keys[0]), "{place}: {keys:?}");
    }
}

#[tokio::test]
async fn the_caller_can_set_an_idempotency_key_or_leave_it_out() {
    let sdk = set_up();
    sdk.api.on("pay").always(Reply::new(500));
    let mut request = sdk.client.operation(&KEYED_BY_HEADER);
    request.header("Idempotency-Key", rt::Encoding::PLAIN, &"mine".to_owned());
    let error = sdk.clock.run(request.send(rt::bytes)).await.expect_err("a failure");
    assert_eq!(error.attempts(), 5);
    assert!(sdk.api.requests().iter().all(|sent| sent.header("idempotency-key") == Some("mine")));
    let mut request = sdk.client.operation(&KEYED_BY_HEADER);
    request.extra_header("idempotency-key", None::<&str>);
    let error = sdk.clock.run(request.send(rt::bytes)).await.expect_err("a failure");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn every_digit_of_an_idempotency_key_but_version_and_variant_is_random() {
    let sdk = set_up();
    sdk.api.on("pay").always(Reply::new(200));
    for _ in 0..40 {
        sdk.value(&KEYED_BY_HEADER).await;
    }
    let sent = sdk.api.requests();
    let keys: Vec<_> = sent.iter().map(|sent| sent.header("idempotency-key").expect("a key")).collect();
    for place in (0..36).filter(|place| !matches!(place, 8 | 13 | 14 | 18 | 23)) {
        let digits: std::collections::BTreeSet<_> = keys.iter().map(|key| &key[place..=place]).collect();
        assert!(digits.len() > 2, "digit {place} of {keys:?}");
    }
}
