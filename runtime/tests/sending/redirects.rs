//! Redirects: which ones are followed, and which headers are sent along.

use sdk_runtime as rt;

use rt::testing::Reply;
use rt::{ErrorKind, Upload};

use super::sdk::{CREATE, GET, KEYED, Key, PLACE, UPLOAD, set_up, with};

fn to(status: u16, location: &str) -> Reply {
    Reply::new(status).header("location", location)
}

#[tokio::test]
async fn a_307_keeps_method_body_and_headers() {
    let sdk = with(|builder| builder.default_header("as-user", "1"));
    sdk.api.on("create").reply(to(307, "/moved?x=1")).reply(Reply::new(201));
    sdk.value(&CREATE).await;
    let request = &sdk.api.requests()[1];
    assert_eq!((request.method().as_str(), request.url()), ("POST", "https://api.example.com/moved?x=1"));
    assert_eq!((request.body(), request.header("as-user")), (&rt::Bytes::from("{}"), Some("1")));
    assert_eq!(request.header("authorization"), Some("Bearer token-0"));
    assert_eq!(request.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn a_redirected_post_becomes_a_get() {
    for status in [301, 302, 303] {
        let sdk = set_up();
        sdk.api.on("create").reply(to(status, "/moved")).reply(Reply::new(200).text("it"));
        assert_eq!(sdk.value(&CREATE).await.value(), "it");
        let request = &sdk.api.requests()[1];
        assert_eq!((request.method().as_str(), request.body().len()), ("GET", 0));
        assert_eq!(request.header("content-type"), None);
    }
}

#[tokio::test]
async fn a_failure_after_a_redirect_does_not_repeat_the_post() {
    let sdk = set_up();
    sdk.api.on("create").reply(to(303, "/moved")).always(Reply::new(429));
    let error = sdk.error(&CREATE).await;
    assert_eq!(error.attempts(), 1);
    assert_eq!(sdk.api.requests().len(), 2);
}

#[tokio::test]
async fn a_401_after_a_redirect_repeats_only_methods_without_effect() {
    let sdk = set_up();
    sdk.api.on("create").reply(to(303, "/moved")).always(Reply::new(401));
    let error = sdk.error(&CREATE).await;
    assert!(error.is_unauthorized(), "{error}");
    let sent: Vec<_> = sdk.api.requests().iter().map(|request| request.method().clone()).collect();
    assert_eq!(sent, [rt::Method::POST, rt::Method::GET]);
    // A GET is repeated.
    sdk.api.on("get").reply(to(307, "/moved")).reply(Reply::new(401)).always(Reply::new(200).text("it"));
    let reply = sdk.value(&GET).await;
    assert_eq!((reply.value().as_ref(), reply.attempts()), (&b"it"[..], 2));
}

#[tokio::test]
async fn a_redirect_that_is_not_followed_is_returned() {
    let sdk = set_up();
    sdk.api.on("GET /2.0/things").always(to(302, "https://cdn.example.com/x?signature=1"));
    let error = sdk.clock.run(sdk.call(&GET).without_redirects()).await.expect_err("a redirect");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302));
    assert_eq!(error.header("location"), Some("https://cdn.example.com/x?signature=1"));
    assert!(!error.to_string().contains("signature"), "{error}");
    // A redirect that the document names is a success.
    let reply =
        sdk.clock.run(sdk.call(&PLACE).without_redirects().with_response()).await.expect("a response");
    assert_eq!((reply.status().as_u16(), reply.header("location").is_some()), (302, true));
    assert_eq!(sdk.api.requests().len(), 2);
}

#[tokio::test]
async fn another_origin_gets_only_allowed_headers() {
    let sdk =
        with(|builder| builder.default_header("as-user", "1").default_header("boxapi", "shared_link=x"));
    sdk.api
        .on("get")
        .reply(to(302, "https://cdn.example.com/x?signature=1"))
        .reply(Reply::new(200).text("it"));
    let call = sdk.client.operation(&GET);
    let value = sdk.clock.run(call.send(rt::bytes)).await.expect("a response");
    assert_eq!(value, "it");
    let requests = sdk.api.requests();
    assert_eq!(requests[1].url(), "https://cdn.example.com/x?signature=1");
    let mut names: Vec<&str> = requests[1].headers().keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "user-agent"]);
    for secret in ["as-user", "boxapi", "authorization"] {
        assert!(requests[0].header(secret).is_some(), "{secret}");
    }
}

#[tokio::test]
async fn a_key_in_the_query_stays_with_its_origin() {
    let sdk = with(|builder| builder.auth(Key));
    let elsewhere = to(302, "https://cdn.example.com/x");
    sdk.api
        .on("keyed")
        .reply(to(302, "/a"))
        .reply(to(302, "/b?key=s3cret"))
        .reply(elsewhere)
        .reply(Reply::new(200));
    sdk.value(&KEYED).await;
    let urls: Vec<String> = sdk.api.requests().iter().map(|request| request.url().to_owned()).collect();
    assert_eq!(
        urls,
        [
            "https://api.example.com/2.0/things?key=s3cret",
            "https://api.example.com/a?key=s3cret",
            "https://api.example.com/b?key=s3cret",
            "https://cdn.example.com/x",
        ]
    );
}

#[tokio::test]
async fn a_401_from_another_origin_does_not_renew_the_token() {
    let sdk = set_up();
    sdk.api.on("get").reply(to(302, "https://cdn.example.com/x")).always(Reply::new(401));
    let error = sdk.error(&GET).await;
    assert_eq!((error.attempts(), sdk.api.requests().len()), (1, 2));
}

#[tokio::test]
async fn a_redirect_loop_is_an_error_that_names_the_chain() {
    let sdk = set_up();
    sdk.api.on("GET /a").always(to(302, "/b?secret=1"));
    sdk.api.on("GET /b").always(to(302, "/a"));
    sdk.api.on("get").always(to(302, "/a"));
    let sdk = super::sdk::with(|builder| builder.transport(sdk.api.clone()));
    let error = sdk.error(&GET).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Redirect, 1));
    assert!(error.to_string().contains("redirect loop: "), "{error}");
    assert!(
        error.to_string().contains("https://api.example.com/2.0/things → https://api.example.com/a"),
        "{error}"
    );
    assert!(!error.to_string().contains("secret"), "{error}");
    assert!(error.header("location").is_some());
}

#[tokio::test]
async fn at_most_twenty_redirects_are_followed() {
    for (redirects, works) in [(20, true), (21, false)] {
        let sdk = set_up();
        let mut script = sdk.api.on("get");
        for number in 0..redirects {
            script = script.reply(to(302, &format!("/{number}")));
        }
        drop(script.reply(Reply::new(200)));
        let outcome = sdk.clock.run(sdk.call(&GET)).await;
        assert_eq!(outcome.is_ok(), works);
        if let Err(error) = outcome {
            assert_eq!(error.kind(), ErrorKind::Redirect);
            let shown = error.to_string();
            assert!(shown.contains("more than 20 redirects"), "{shown}");
            for number in 0..21 {
                assert!(shown.contains(&format!("example.com/{number}")), "{shown}");
            }
        }
    }
}

#[tokio::test]
async fn a_redirect_from_https_to_http_is_refused() {
    let sdk = set_up();
    sdk.api.on("get").always(to(302, "http://api.example.com/x"));
    let error = sdk.error(&GET).await;
    assert_eq!((error.kind(), sdk.api.requests().len()), (ErrorKind::Redirect, 1));
}

#[tokio::test]
async fn a_body_that_cannot_be_replayed_does_not_follow_a_redirect() {
    let sdk = set_up();
    sdk.api.on("upload").always(to(307, "/moved"));
    let mut request = sdk.client.operation(&UPLOAD);
    request.upload(Upload::stream(Once(Some("body"))));
    let error = sdk.clock.run(request.send(rt::bytes)).await.expect_err("a failure");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert!(error.to_string().ends_with("(not retried: its body can be read only once)"), "{error}");
    // A 303 drops the body, so it is followed.
    let sdk = set_up();
    sdk.api.on("upload").reply(to(303, "/moved")).reply(Reply::new(200));
    let mut request = sdk.client.operation(&UPLOAD);
    request.upload(Upload::stream(Once(Some("body"))));
    sdk.clock.run(request.send(rt::bytes)).await.expect("a response");
}

struct Once(Option<&'static str>);

impl futures_core::Stream for Once {
    type Item = Result<rt::Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(|text| Ok(rt::Bytes::from_static(text.as_bytes()))))
    }
}
