//! Options of clients and derived clients.

use std::time::Duration;

use sdk_runtime as rt;

use rt::testing::Reply;
use rt::{ErrorKind, Proxy, RetryPolicy};

use super::sdk::{API, GET, set_up, with};

#[tokio::test]
async fn options_apply_to_the_derived_client_only() {
    let sdk = with(|builder| builder.default_header("x-kept", "1").default_header("x-gone", "1"));
    sdk.api.on("get").always(Reply::new(200));
    let derived = sdk.client.with_options(|options| {
        options
            .header("As-User", "12345")
            .header("x-gone", None::<String>)
            .header("accept", None::<String>)
            .timeout(Duration::from_secs(1))
            .retry(RetryPolicy::none())
    });
    for client in [&derived, &sdk.client] {
        sdk.clock.run(client.operation(&GET).send(rt::bytes)).await.expect("a response");
    }
    let requests = sdk.api.requests();
    assert_eq!((requests[0].header("as-user"), requests[1].header("as-user")), (Some("12345"), None));
    assert_eq!((requests[0].header("x-gone"), requests[1].header("x-gone")), (None, Some("1")));
    assert_eq!(
        (requests[0].header("accept"), requests[1].header("accept")),
        (None, Some("application/json"))
    );
    assert_eq!(requests[0].header("x-kept"), Some("1"));
    sdk.api.on("get").always(Reply::new(500));
    let error = sdk.clock.run(derived.operation(&GET).send(rt::bytes)).await.expect_err("a failure");
    assert_eq!(error.attempts(), 1);
    assert_eq!(sdk.error(&GET).await.attempts(), 5);
}

/// A client header, such as the user to act as, may be a secret, so it is not sent to other hosts.
#[tokio::test]
async fn client_headers_go_only_to_servers_of_the_api() {
    let sdk = with(|builder| builder.default_header("as-user", "1").default_header("accept", "image/png"));
    sdk.api.on("GET /2.0/things").always(Reply::new(200));
    for (url, as_user) in [
        ("/things", Some("1")),
        ("https://api.example.com/2.0/things", Some("1")),
        ("https://cdn.example.com/2.0/things", None),
    ] {
        let call = sdk.client.request(rt::Method::GET, url).extra_header("x-own", "2");
        sdk.clock.run(call).await.expect("a response");
        let request = sdk.api.requests().pop().expect("a request");
        assert_eq!(request.header("as-user"), as_user, "{url}");
        assert_eq!(request.header("authorization").is_some(), as_user.is_some(), "{url}");
        assert_eq!((request.header("accept"), request.header("x-own")), (Some("image/png"), Some("2")));
    }
}

#[tokio::test]
async fn an_invalid_option_is_the_error_of_the_call() {
    let sdk = set_up();
    for (name, value) in [("x y", "1"), ("x-a", "1\n"), ("content-length", "1")] {
        let derived = sdk.client.with_options(|options| options.header(name, value));
        let error =
            sdk.clock.run(derived.operation(&GET).send(rt::bytes)).await.expect_err("an invalid request");
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let shown = format!("{derived:?}");
        assert!(!shown.contains("1\n"), "{shown}");
    }
    assert!(sdk.api.requests().is_empty());
}

#[tokio::test]
async fn a_user_agent_of_ones_own_is_sent() {
    let sdk = with(|builder| builder.default_header("user-agent", "mine/1"));
    sdk.api.on("get").always(Reply::new(200));
    sdk.clock.run(sdk.client.operation(&GET).send(rt::bytes)).await.expect("a response");
    let mut request = sdk.client.operation(&GET);
    request.extra_header("User-Agent", "other/2");
    sdk.clock.run(request.send(rt::bytes)).await.expect("a response");
    let sent = sdk.api.requests();
    assert_eq!(sent[0].header("user-agent"), Some("mine/1"));
    assert_eq!(sent[1].header("user-agent"), Some("other/2"));
}

#[tokio::test]
async fn the_user_agent_cannot_be_left_out_and_agent_headers_cannot_be_replaced() {
    let sdk = with(|builder| builder.user_agent_suffix("app/7").default_header("x-agent", "mine"));
    sdk.api.on("get").always(Reply::new(200));
    let derived = sdk.client.with_options(|options| options.header("user-agent", None::<String>));
    sdk.clock.run(derived.operation(&GET).send(rt::bytes)).await.expect("a response");
    let request = &sdk.api.requests()[0];
    assert_eq!(request.header("user-agent"), Some("test-sdk/1.2.3 app/7"));
    let environment = format!("rust/{}-{}", std::env::consts::OS, std::env::consts::ARCH);
    assert_eq!(
        request.header("x-agent").map(str::to_owned),
        Some(format!("agent=test-sdk/1.2.3; env={environment}"))
    );
}

#[test]
fn debug_of_settings_shows_no_secret() {
    let proxies = [
        Proxy::new("http://user:s3cret@proxy.example.com:3128/s3cret?s3cret"),
        Proxy::new("http://proxy.example.com:3128").credentials("user", "s3cret"),
        Proxy::new("s3cret@proxy.example.com:3128"),
    ];
    for proxy in proxies {
        let builder = rt::ClientBuilder::<rt::Client>::new(&API)
            .base_url("https://api.example.com")
            .default_header("x-key", "s3cret")
            .proxy(proxy.clone());
        let shown = format!("{proxy:?} {builder:?}");
        let shown = format!("{shown} {:?}", builder.build());
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}

#[test]
fn an_invalid_proxy_or_certificate_fails_in_build() {
    let builder = || rt::ClientBuilder::<rt::Client>::new(&API).base_url("https://api.example.com");
    for (builder, message) in [
        (
            builder().proxy(Proxy::new("proxy:3128")),
            "the proxy's URL must start with `http://`, `https://`, `socks5://` or `socks5h://`",
        ),
        (builder().proxy(Proxy::new("http://us er:s3cret@[")), "the proxy's URL is invalid"),
        (
            builder().root_certificate("no certificate"),
            "a root certificate is not an X.509 certificate in PEM or DER format",
        ),
        (
            builder().root_certificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
            "a root certificate is not an X.509 certificate in PEM or DER format",
        ),
    ] {
        let error = builder.build().expect_err("invalid settings");
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Configuration, message));
    }
}

/// A page as the generator emits it.
#[derive(Clone)]
struct Page {
    total: Option<i64>,
    names: Vec<String>,
    extra: rt::Extra,
}

rt::object! {
    Page;
    "total" => total: OPTIONAL,
    "names" => names: REQUIRED,
}

#[tokio::test]
async fn a_lenient_call_tells_what_it_leaves_out() {
    let sdk = set_up();
    sdk.api.on("get").always(Reply::json(200, &serde_json::json!({ "total": "many", "names": ["a", 1] })));
    let call = || sdk.client.operation(&GET).send(rt::json::<Page>);
    let error = sdk.clock.run(call()).await.expect_err("a strict call");
    assert_eq!(error.kind(), ErrorKind::Decoding);
    let lenient = sdk.client.with_options(rt::RequestOptions::lenient);
    for call in [call().lenient(), lenient.operation(&GET).send(rt::json::<Page>)] {
        let response = sdk.clock.run(call.with_response()).await.expect("a lenient call");
        let losses: Vec<_> = response.losses().iter().map(|loss| (loss.path(), loss.json())).collect();
        assert_eq!(losses, [("names[1]", "1"), ("total", "\"many\"")]);
        assert!(response.losses()[0].reason().contains("expected a string"));
        let page = response.into_value();
        assert_eq!((page.total, page.names.as_slice()), (None, ["a".to_owned()].as_slice()));
        assert_eq!(page.extra().get_raw("total"), Some("\"many\""));
    }
}
