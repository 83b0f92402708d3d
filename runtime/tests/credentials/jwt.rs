//! JWT assertions: claims, signatures, and refusals by the server.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, RsaParameters,
    UnparsedPublicKey,
};
use sdk_runtime as rt;
use sdk_runtime::Platform;
use sdk_runtime::testing::{Reply, SentRequest};
use serde_json::{Value, json};

use super::support::{TOKEN, World, endpoint, field, token};

const PLAIN: &str = include_str!("keys/plain.pem");
const PKCS1: &str = include_str!("keys/pkcs1.pem");
const AES: &str = include_str!("keys/aes256.pem");
const DES: &str = include_str!("keys/des3.pem");
const PUBLIC: &[u8] = include_bytes!("keys/public.der");

fn key() -> rt::SigningKey {
    rt::SigningKey::from_pem(PLAIN).expect("a key")
}

fn credential(key: rt::SigningKey) -> rt::JwtBearer {
    rt::JwtBearer::new(endpoint(), "app", key).subject("42").claim("box_sub_type", "enterprise").key_id("k1")
}

fn decode(part: &str) -> Vec<u8> {
    part.parse::<rt::Base64>().expect("Base64").into_bytes()
}

/// Returns header and claims of the assertion in a request. Checks the signature with another library than the one that
/// made it.
fn verified(sent: &SentRequest, algorithm: &'static RsaParameters) -> (Value, Value) {
    let assertion = field(sent, "assertion").expect("an assertion");
    let (signed, signature) = assertion.rsplit_once('.').expect("three parts");
    let key = UnparsedPublicKey::new(algorithm, PUBLIC);
    key.verify(signed.as_bytes(), &decode(signature)).expect("a signature of the key");
    let (header, claims) = signed.split_once('.').expect("three parts");
    let json = |part: &str| serde_json::from_slice(&decode(part)).expect("JSON");
    (json(header), json(claims))
}

fn unix(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).expect("after 1970").as_secs()
}

#[tokio::test]
async fn an_assertion_has_the_expected_claims() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 3600));
    world.get(&world.client(credential(key()))).await.expect("things");
    let sent = &world.token_calls()[0];
    let names: Vec<_> = sent.form().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["grant_type", "assertion", "client_id", "client_secret"]);
    assert_eq!(field(sent, "grant_type").as_deref(), Some("urn:ietf:params:oauth:grant-type:jwt-bearer"));
    let (header, claims) = verified(sent, &RSA_PKCS1_2048_8192_SHA256);
    assert_eq!(header, json!({ "alg": "RS256", "typ": "JWT", "kid": "k1" }));
    let id = claims["jti"].as_str().expect("a string");
    assert_eq!(id.len(), 32);
    let expected = json!({
        "iss": "app",
        "sub": "42",
        "box_sub_type": "enterprise",
        "aud": "https://auth.example.com/oauth2/token",
        "jti": id,
        "exp": unix(world.clock.now()) + 45,
    });
    assert_eq!(claims, expected);
    assert_eq!(world.bearers(), ["Bearer one"]);
}

#[tokio::test]
async fn all_algorithms_and_key_formats_sign() {
    let cases: [(rt::JwtAlgorithm, &str, &'static RsaParameters); 3] = [
        (rt::JwtAlgorithm::Rs256, "RS256", &RSA_PKCS1_2048_8192_SHA256),
        (rt::JwtAlgorithm::Rs384, "RS384", &RSA_PKCS1_2048_8192_SHA384),
        (rt::JwtAlgorithm::Rs512, "RS512", &RSA_PKCS1_2048_8192_SHA512),
    ];
    let passphrase = "test-passphrase";
    for (algorithm, name, parameters) in cases {
        for key in [
            rt::SigningKey::from_pem(PLAIN),
            rt::SigningKey::from_pem(PKCS1),
            rt::SigningKey::from_encrypted_pem(AES, passphrase),
            rt::SigningKey::from_encrypted_pem(DES, passphrase),
            rt::SigningKey::from_encrypted_pem(PLAIN, passphrase),
            rt::SigningKey::from_pem(PLAIN.replace('\n', "\\n")),
            rt::SigningKey::from_pem(PLAIN.replace('\n', "\r\n    ")),
        ] {
            let world = World::with_things();
            world.api.on(TOKEN).reply(token("one", 3600));
            let credential = credential(key.expect("a key")).algorithm(algorithm).audience("https://else");
            world.get(&world.client(credential)).await.expect("things");
            let (header, claims) = verified(&world.token_calls()[0], parameters);
            assert_eq!(header["alg"], name);
            assert_eq!(claims["aud"], "https://else");
        }
    }
}

#[tokio::test]
async fn an_assertion_lives_a_minute_at_most() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 3600));
    let credential = credential(key()).lifetime(Duration::from_secs(3600));
    world.get(&world.client(credential)).await.expect("things");
    let (_, claims) = verified(&world.token_calls()[0], &RSA_PKCS1_2048_8192_SHA256);
    assert_eq!(claims["exp"], unix(world.clock.now()) + 60);
}

#[tokio::test]
async fn each_attempt_has_a_new_assertion() {
    let world = World::with_things();
    world.api.on(TOKEN).times(3, Reply::new(503)).reply(token("one", 3600));
    world.get(&world.client(credential(key()))).await.expect("things");
    let calls = world.token_calls();
    let start = unix(world.clock.now()) - world.clock.elapsed().as_secs();
    let mut ids = BTreeSet::new();
    for sent in &calls {
        let (_, claims) = verified(sent, &RSA_PKCS1_2048_8192_SHA256);
        ids.insert(claims["jti"].to_string());
        assert_eq!(claims["exp"], start + sent.at().as_secs() + 45);
    }
    assert_eq!((calls.len(), ids.len()), (4, 4));
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_by_the_servers_date() {
    let world = World::with_things();
    let fault = json!({ "error": "invalid_grant", "error_description": "Please check the 'exp' claim." });
    // The test's clock starts at 2024-01-01T00:00:00Z, ten minutes behind the server's.
    let fault = Reply::json(400, &fault).header("date", "Mon, 01 Jan 2024 00:10:00 GMT");
    world.api.on(TOKEN).reply(fault).reply(token("one", 100)).reply(token("two", 100));
    let client = world.client(credential(key()));
    world.get(&client).await.expect("things");
    assert_eq!(world.clock.elapsed(), Duration::ZERO);
    let start = unix(world.clock.now());
    let ends =
        |call: usize| verified(&world.token_calls()[call], &RSA_PKCS1_2048_8192_SHA256).1["exp"].clone();
    assert_eq!(ends(0), start + 45);
    assert_eq!(ends(1), start + 645);
    // The correction is kept.
    world.clock.advance(Duration::from_secs(200));
    world.get(&client).await.expect("things");
    assert_eq!(ends(2), start + 845);
}

#[tokio::test]
async fn a_refusal_that_clock_skew_does_not_explain_is_returned() {
    let fault = json!({ "error": "invalid_grant", "error_description": "Please check the 'exp' claim." });
    let same = Reply::json(400, &fault).header("date", "Mon, 01 Jan 2024 00:00:00 GMT");
    let ahead = Reply::json(400, &fault).header("date", "Mon, 01 Jan 2024 00:10:00 GMT");
    for (reply, calls) in [(Reply::json(400, &fault), 1), (same, 1), (ahead, 2)] {
        let world = World::with_things();
        world.api.on(TOKEN).always(reply);
        let error = world.get(&world.client(credential(key()))).await.expect_err("a refusal");
        assert_eq!(error.code(), Some("invalid_grant"));
        assert_eq!(world.token_calls().len(), calls);
    }
}

#[tokio::test]
async fn another_subject_keeps_algorithm_key_and_store() {
    let world = World::with_things();
    world.api.on(TOKEN).reply(token("one", 3600)).reply(token("two", 3600));
    let diary = super::support::Diary::default();
    let enterprise = credential(key()).algorithm(rt::JwtAlgorithm::Rs512).store(diary.clone());
    let client = world.client(enterprise.clone());
    world.get(&client).await.expect("things");
    let user = enterprise.for_subject("user-7", "7", [("box_sub_type", "user")]);
    world.get(&client.with_credential(user)).await.expect("things");
    let (header, claims) = verified(&world.token_calls()[1], &RSA_PKCS1_2048_8192_SHA512);
    assert_eq!(header, json!({ "alg": "RS512", "typ": "JWT", "kid": "k1" }));
    assert_eq!((&claims["sub"], &claims["box_sub_type"]), (&json!("7"), &json!("user")));
    assert_eq!(world.bearers(), ["Bearer one", "Bearer two"]);
    assert_eq!(diary.read(), ["stored one", "for user-7", "stored two"]);
}

#[test]
fn an_unusable_key_is_an_error_that_says_why() {
    let because = |key: Result<rt::SigningKey, rt::Error>| {
        let error = key.expect_err("an invalid key");
        assert_eq!(error.kind(), rt::ErrorKind::Configuration);
        format!("{error} {error:?}")
    };
    assert!(because(rt::SigningKey::from_pem(AES)).contains("use `from_encrypted_pem` with its passphrase"));
    assert!(because(rt::SigningKey::from_encrypted_pem(AES, "wrong")).contains("passphrase may be wrong"));
    assert!(because(rt::SigningKey::from_encrypted_pem(DES, "wrong")).contains("passphrase may be wrong"));
    assert!(because(rt::SigningKey::from_pem("hidden")).contains("not valid PEM"));
    assert!(because(rt::SigningKey::from_pem(include_str!("keys/public.pem"))).contains("PUBLIC KEY"));
    let mut lines: Vec<&str> = PLAIN.lines().collect();
    lines.swap(3, 12);
    assert!(because(rt::SigningKey::from_pem(lines.join("\n"))).contains("cannot sign"));
    assert!(!because(rt::SigningKey::from_pem("hidden")).contains("hidden"));
}

#[test]
fn a_key_in_another_form_is_named_with_what_to_do() {
    let because = |pem: &str| rt::SigningKey::from_pem(pem).expect_err("an unusable key").to_string();
    let old = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----";
    assert!(because(old).contains("encrypted in the old way of OpenSSL"), "{}", because(old));
    let ssh = because("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----");
    assert!(ssh.contains("OPENSSH PRIVATE KEY") && ssh.contains("ssh-keygen"), "{ssh}");
    let other_curve = because(include_str!("keys/sec1_p384.pem"));
    assert!(other_curve.contains("P-256"), "{other_curve}");
    assert!(because("/path/to/key.pem").contains("not its path"));
}

#[test]
fn a_byte_order_mark_before_a_key_is_ignored() {
    rt::SigningKey::from_pem(format!("\u{feff}{PLAIN}")).expect("a key");
}

#[test]
fn other_texts_around_a_key_are_ignored() {
    let other = "Bag Attributes\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    rt::SigningKey::from_pem(format!("{other}{PLAIN}{other}")).expect("a key");
    rt::SigningKey::from_pem(other).expect_err("no key");
}

#[tokio::test]
async fn keys_of_elliptic_curves_sign() {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ED25519, VerificationAlgorithm};
    let cases: [(&str, &[u8], &'static dyn VerificationAlgorithm, &str); 3] = [
        (include_str!("keys/sec1.pem"), include_bytes!("keys/ec.public"), &ECDSA_P256_SHA256_FIXED, "ES256"),
        (include_str!("keys/ec.pem"), include_bytes!("keys/ec.public"), &ECDSA_P256_SHA256_FIXED, "ES256"),
        (include_str!("keys/ed25519.pem"), include_bytes!("keys/ed25519.public"), &ED25519, "EdDSA"),
    ];
    for (pem, public, algorithm, name) in cases {
        let world = World::with_things();
        world.api.on(TOKEN).reply(token("one", 3600));
        let key = rt::SigningKey::from_pem(pem).expect("a key");
        world.get(&world.client(credential(key))).await.expect("things");
        let assertion = field(&world.token_calls()[0], "assertion").expect("an assertion");
        let (signed, signature) = assertion.rsplit_once('.').expect("three parts");
        let key = UnparsedPublicKey::new(algorithm, public);
        key.verify(signed.as_bytes(), &decode(signature)).expect("a signature of the key");
        let header: Value =
            serde_json::from_slice(&decode(signed.split_once('.').expect("two parts").0)).expect("JSON");
        assert_eq!(header["alg"], name);
    }
}

#[test]
fn debug_shows_no_key() {
    let shown = format!("{:?} {:?}", key(), credential(key()));
    assert!(shown.contains("SigningKey(***)") && !shown.contains("KeyPair"), "{shown}");
}
