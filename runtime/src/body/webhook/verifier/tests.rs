//! Checks each form with signatures that were made by other tools.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, HeaderValue};

use super::WebhookVerifier;
use crate::error::ErrorKind;

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pairs = pairs.iter().map(|(name, value)| {
        (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header value"))
    });
    pairs.collect()
}

/// Checks that a webhook is accepted, and not once anything of it changes.
fn check(verifier: &WebhookVerifier, pairs: &[(&'static str, &str)], body: &[u8], now: u64) {
    let set = headers(pairs);
    verifier.verify_at(&set, body, at(now)).expect("the signature is right");
    let refused = |set: &HeaderMap, body: &[u8]| {
        let error = verifier.verify_at(set, body, at(now)).expect_err("the signature is wrong");
        assert_eq!(error.kind(), ErrorKind::Signature, "{error}");
    };
    refused(&set, &[body, b" "].concat());
    for (name, _) in pairs {
        let mut less = set.clone();
        less.remove(*name);
        refused(&less, body);
    }
}

#[test]
fn a_signature_of_the_body_is_checked() {
    let signature = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let body = b"Hello, World!";
    let verifier = WebhookVerifier::github("It's a Secret to Everybody");
    check(&verifier, &[("x-hub-signature-256", &format!("sha256={signature}"))], body, 0);
    let verifier = WebhookVerifier::of_body("x-signature", "former").or_key("It's a Secret to Everybody");
    check(&verifier, &[("x-signature", signature)], body, 0);
    check(&verifier, &[("x-signature", "dXEH6g6yUJ/CESIczphLijdXC211hsIsRvQ3nIsEPhc=")], body, 0);
    assert!(!format!("{verifier:?}").contains("former"));
}

#[test]
fn a_signature_with_a_time_is_checked() {
    let key = hmac("whsec_test");
    let signature = key("1700000000.{\"id\":1}");
    let verifier = WebhookVerifier::stripe("whsec_test");
    let header = format!("t=1700000000,v1=00,v1={signature},v0=ignored");
    check(&verifier, &[("stripe-signature", &header)], b"{\"id\":1}", 1_700_000_300);
    for now in [1_700_000_301, 1_699_999_699] {
        let set = headers(&[("stripe-signature", &header)]);
        let error = verifier.verify_at(&set, b"{\"id\":1}", at(now)).expect_err("too old, or too new");
        assert!(error.to_string().contains("too old"), "{error}");
        let patient = verifier.clone().tolerance(Duration::from_secs(301));
        patient.verify_at(&set, b"{\"id\":1}", at(now)).expect("in time");
    }
}

#[test]
fn standard_webhooks_are_checked() {
    // The example of the specification.
    let verifier = WebhookVerifier::standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("a key");
    let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    let pairs = [
        ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("webhook-timestamp", "1614265330"),
        ("webhook-signature", &*format!("v1a,other {signature}")),
    ];
    check(&verifier, &pairs, br#"{"test": 2432232314}"#, 1_614_265_400);
    let old_names = ["svix-id", "svix-timestamp", "svix-signature"];
    let old = [0, 1, 2].map(|index| (old_names[index], pairs[index].1));
    check(&verifier, &old, br#"{"test": 2432232314}"#, 1_614_265_400);
    assert_eq!(WebhookVerifier::standard("?").expect_err("no base64").kind(), ErrorKind::Configuration);
}

#[test]
fn one_of_two_keys_is_enough() {
    let (body, time) = (br#"{"type":"webhook_event"}"#, "2020-01-01T00:00:00-07:00");
    let signed = format!("{}{time}", String::from_utf8_lossy(body));
    let encode = |key: &str| {
        use base64::Engine;
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, key.as_bytes());
        base64::engine::general_purpose::STANDARD.encode(ring::hmac::sign(&key, signed.as_bytes()))
    };
    let common = [
        ("box-delivery-timestamp", time),
        ("box-signature-version", "1"),
        ("box-signature-algorithm", "HmacSHA256"),
    ];
    // Ten minutes after.
    let now = 1_577_862_000 + 600;
    for name in ["box-signature-primary", "box-signature-secondary"] {
        let key = if name.ends_with("primary") { "first" } else { "second" };
        let signature = encode(key);
        let pairs = [&common[..], &[(name, &*signature)]].concat();
        check(&WebhookVerifier::two_keys("first", "second"), &pairs, body, now);
        let swapped = WebhookVerifier::two_keys("second", "first");
        swapped.verify_at(&headers(&pairs), body, at(now)).expect_err("the key is that of the other header");
        let late =
            WebhookVerifier::two_keys("first", "second").verify_at(&headers(&pairs), body, at(now + 1));
        late.expect_err("too old");
    }
}

#[test]
fn an_empty_key_verifies_nothing() {
    let body = b"{}";
    let signature = hmac("")("{}");
    let signed = headers(&[("x-hub-signature-256", &format!("sha256={signature}"))]);
    for verifier in [WebhookVerifier::github(""), WebhookVerifier::github("key").or_key("")] {
        let error = verifier.verify_at(&signed, body, at(0)).expect_err("anyone could sign with the key");
        assert_eq!(error.kind(), ErrorKind::Signature);
    }
    // Many have only one of the two keys.
    let time = "2020-01-01T00:00:00Z";
    let signature = hmac("")(&format!("{{}}{time}"));
    let signed = headers(&[
        ("box-delivery-timestamp", time),
        ("box-signature-version", "1"),
        ("box-signature-algorithm", "HmacSHA256"),
        ("box-signature-secondary", &signature),
    ]);
    let verifier = WebhookVerifier::two_keys("first", "");
    verifier.verify_at(&signed, body, at(1_577_836_800)).expect_err("anyone could sign with the key");
}

/// Returns a function that signs in hexadecimal.
fn hmac(key: &str) -> impl Fn(&str) -> String {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, key.as_bytes());
    move |text| {
        ring::hmac::sign(&key, text.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
