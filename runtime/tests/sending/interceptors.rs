//! Interceptors: which calls and attempts they see.

use std::sync::{Arc, Mutex};

use sdk_runtime as rt;

use rt::testing::Reply;
use rt::{AttemptEnd, AttemptStart, CallEnd, Interceptor};

use super::sdk::{CREATE, GET, with};

#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, line: String) {
        self.0.lock().expect("no test thread panicked").push(line);
    }

    fn lines(&self) -> Vec<String> {
        self.0.lock().expect("no test thread panicked").clone()
    }
}

impl Interceptor for Log {
    fn before_attempt(&self, attempt: &AttemptStart<'_>) {
        let info = attempt.info();
        self.add(format!("{} {} {:?}", info.attempt(), info.template(), info.operation()));
    }

    fn after_attempt(&self, attempt: &AttemptEnd<'_>) {
        let status = attempt.status().map(|status| status.as_u16());
        self.add(format!("{status:?} {:?} {:?}", attempt.elapsed(), attempt.retry_in()));
    }

    fn after_call(&self, call: &CallEnd<'_>) {
        let status = call.status().map(|status| status.as_u16());
        self.add(format!(
            "{} {status:?} {:?} {}",
            call.info().attempt(),
            call.elapsed(),
            call.error().is_some()
        ));
    }
}

#[tokio::test]
async fn each_attempt_is_reported_before_and_after() {
    let log = Log::default();
    let sdk = with(|builder| builder.interceptor(log.clone()).interceptor(Log::default()));
    let second = std::time::Duration::from_secs(1);
    sdk.api
        .on("get")
        .reply(Reply::new(503).header("retry-after", "7").after(second))
        .reply(Reply::fails(rt::TransportErrorKind::Unusable).after(second));
    sdk.error(&GET).await;
    assert_eq!(
        log.lines(),
        [
            "1 /things Some(\"get\")",
            "Some(503) 1s Some(7s)",
            "2 /things Some(\"get\")",
            "None 1s None",
            "2 None 9s true"
        ]
    );
}

#[tokio::test]
async fn a_call_that_sends_nothing_is_reported_once() {
    let log = Log::default();
    let sdk = with(|builder| builder.interceptor(log.clone()));
    let call = sdk.client.request(rt::Method::GET, "/../x").send();
    sdk.clock.run(call).await.expect_err("an invalid request");
    assert_eq!(log.lines(), ["0 None 0ns true"]);
}

/// Keeps the `Debug` output of everything that it sees.
#[derive(Clone, Debug, Default)]
struct Printer(Log);

impl Interceptor for Printer {
    fn before_attempt(&self, attempt: &AttemptStart<'_>) {
        self.0.add(format!("{attempt:?}"));
    }

    fn after_attempt(&self, attempt: &AttemptEnd<'_>) {
        self.0.add(format!(
            "{attempt:?} {:?} {:?}",
            attempt.error_body(),
            attempt.error().map(ToString::to_string)
        ));
    }

    fn after_call(&self, call: &CallEnd<'_>) {
        self.0.add(format!("{call:?}"));
    }
}

#[tokio::test]
async fn interceptors_see_no_secret() {
    let printer = Printer::default();
    let sdk = with(|builder| builder.interceptor(printer.clone()).default_header("x-secret", "s3cret"));
    sdk.api.on("create").always(
        Reply::json(400, &serde_json::json!({"items": [[{"token": "s3cret"}]]}))
            .header("set-cookie", "s3cret"),
    );
    let mut request = sdk.client.operation(&CREATE);
    request.member("deep", &serde_json::json!([[{"Token": "s3cret"}], {"shown": 1}]));
    request.member("pin", &"s3cret".to_owned());
    request.query("key", rt::Encoding::FORM, &"s3cret".to_owned());
    request.query("limit", rt::Encoding::FORM, &7_i64);
    sdk.clock.run(request.send(rt::bytes)).await.expect_err("a failure");
    let lines = printer.0.lines();
    assert_eq!(lines.len(), 3, "{lines:?}");
    for line in &lines {
        assert!(!line.contains("s3cret") && !line.contains("token-0"), "{line}");
    }
    assert!(lines[0].contains("limit=7") && lines[0].contains("shown"), "{}", lines[0]);
    assert!(lines[1].contains("items"), "{}", lines[1]);
}
