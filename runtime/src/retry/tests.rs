//! Tests verdicts, waits and the retry budget.

use std::time::Duration;

use http::{Method, StatusCode};

use super::{AttemptCounts, Budget, Failure, MAYBE_RECEIVED, RetryPolicy, TOO_LONG, Verdict};

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn verdict(failure: Failure, method: &Method) -> Verdict {
    let policy = RetryPolicy::default();
    policy.verdict(failure, AttemptCounts::default().and(failure), policy.repeats(method), 1 << 63)
}

fn status(status: u16, retry_after: Option<u64>) -> Failure {
    let status = StatusCode::from_u16(status).unwrap_or_default();
    Failure::Status { status, retry_after: retry_after.map(seconds), should_retry: None }
}

#[test]
fn waits_are_within_their_bounds() {
    let policy = RetryPolicy::default();
    let mut seed = 1_u64;
    for _ in 0..1_000 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        for (retry, least, most) in [(1, 1, 3), (2, 2, 6), (3, 4, 12), (4, 8, 24)] {
            let wait = policy.wait(retry, seed);
            assert!(wait >= seconds(least) && wait <= seconds(most), "{retry} {wait:?}");
        }
        assert!(policy.wait(5, seed) <= seconds(30));
    }
    assert_eq!(policy.wait(1, 0), seconds(1));
    assert_eq!(policy.wait(u32::MAX, u64::MAX), seconds(30));
    assert_eq!(policy.clone().base(Duration::MAX).wait(1, 0), seconds(30));
    assert_eq!(policy.max_wait(Duration::MAX).wait(2_000, 1), Duration::MAX);
}

#[test]
fn a_request_that_may_have_had_an_effect_is_not_repeated() {
    let again = Verdict::Again(seconds(2));
    for failure in [status(408, None), status(500, None), status(502, None), status(503, None)] {
        assert_eq!(verdict(failure, &Method::GET), again, "{failure:?}");
        assert_eq!(verdict(failure, &Method::POST), Verdict::Stop(None), "{failure:?}");
    }
    assert_eq!(verdict(Failure::Lost, &Method::PUT), again);
    assert_eq!(verdict(Failure::Lost, &Method::PATCH), Verdict::Stop(Some(MAYBE_RECEIVED)));
    for failure in [status(429, None), Failure::NotConnected] {
        assert_eq!(verdict(failure, &Method::POST), again, "{failure:?}");
    }
    assert_eq!(verdict(status(503, Some(7)), &Method::POST), Verdict::Again(seconds(7)));
    let accepted = Failure::Accepted { retry_after: seconds(3) };
    assert_eq!(verdict(accepted, &Method::GET), Verdict::Again(seconds(3)));
    assert_eq!(verdict(accepted, &Method::POST), Verdict::Stop(None));
}

#[test]
fn a_policy_can_repeat_every_method() {
    let policy = RetryPolicy::default().all_methods();
    assert!(policy.repeats(&Method::POST));
}

#[test]
fn permanent_failures_are_not_retried() {
    for code in [400, 401, 404, 409, 412, 501] {
        assert_eq!(verdict(status(code, Some(1)), &Method::GET), Verdict::Stop(None), "{code}");
    }
    assert_eq!(verdict(status(403, None), &Method::GET), Verdict::Stop(None));
    assert_eq!(verdict(Failure::Final, &Method::GET), Verdict::Stop(None));
    assert_eq!(verdict(status(429, Some(86_400)), &Method::GET), Verdict::Stop(Some(TOO_LONG)));
}

#[test]
fn attempts_are_limited() {
    let policy = RetryPolicy::default().max_attempts(3).max_connection_retries(1);
    let lost = Failure::Lost;
    let after = |failure, tries| policy.verdict(failure, tries, true, 0);
    let first = AttemptCounts::default().and(lost);
    assert_eq!(after(lost, first), Verdict::Again(seconds(1)));
    assert_eq!(after(lost, first.and(lost)), Verdict::Stop(None));
    assert_eq!(after(status(500, None), first.and(lost)), Verdict::Again(seconds(2)));
    assert_eq!(after(status(500, None), first.and(lost).and(lost)), Verdict::Stop(None));
    let none = RetryPolicy::none();
    assert_eq!(
        none.verdict(status(500, None), AttemptCounts::default().and(lost), true, 0),
        Verdict::Stop(None)
    );
}

#[test]
fn a_budget_runs_out_and_fills_up() {
    let budget = Budget::default();
    let now = std::time::SystemTime::UNIX_EPOCH;
    budget.put_back(0);
    assert_eq!((0..200).filter(|_| budget.take(now)).count(), 100);
    for _ in 0..4 {
        budget.put_back(0);
    }
    assert!(!budget.take(now));
    budget.put_back(0);
    assert!(budget.take(now));
}
