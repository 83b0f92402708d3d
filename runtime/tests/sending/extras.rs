//! Parts of requests and responses that the document lacks.

use sdk_runtime as rt;

use rt::testing::Reply;
use rt::{BodyKind, Method};
use serde_json::json;

use super::sdk::{CREATE, GET, STREAM, UPLOAD, set_up};

static FORM: rt::Operation = rt::Operation::new("form", Method::POST, "/things").body(BodyKind::Form);
static PARTS: rt::Operation = rt::Operation::new("parts", Method::POST, "/things")
    .body(BodyKind::Multipart("multipart/form-data", &[]));
static VALUE: rt::Operation =
    rt::Operation::new("value", Method::POST, "/things").body(BodyKind::JsonValue("application/json"));

#[tokio::test]
async fn a_call_can_send_query_parameters_that_the_document_lacks() {
    let sdk = set_up();
    sdk.api.on("get").reply(Reply::new(200));
    let mut request = sdk.client.operation(&GET);
    request.query("limit", rt::Encoding::FORM, &5_i64);
    let call =
        request.send(rt::bytes).extra_query("limit", 7).extra_query("a b", "ü&c").extra_query("beta", true);
    sdk.clock.run(call).await.expect("a response");
    assert_eq!(
        sdk.api.requests()[0].url(),
        "https://api.example.com/2.0/things?limit=7&a%20b=%C3%BC%26c&beta=true"
    );
}

#[tokio::test]
async fn a_call_can_send_members_of_the_body_that_the_document_lacks() {
    let sdk = set_up();
    sdk.api.on("create").always(Reply::new(201));
    let mut request = sdk.client.operation(&CREATE);
    request.member("name", &"a".to_owned());
    let call =
        request.clone().send(rt::bytes).extra_body("name", "b").extra_body("new", json!({"z": 1, "a": [2]}));
    sdk.clock.run(call).await.expect("a response");
    assert_eq!(sdk.api.requests()[0].body(), r#"{"name":"b","new":{"a":[2],"z":1}}"#);
    // A body without members of its own.
    let call = sdk.client.operation(&CREATE).send(rt::bytes).with_response().extra_body("only", 1);
    sdk.clock.run(call).await.expect("a response");
    assert_eq!(sdk.api.requests()[1].body(), r#"{"only":1}"#);
}

#[tokio::test]
async fn a_json_value_keeps_its_text_beside_an_extra_member() {
    let sdk = set_up();
    sdk.api.on("value").always(Reply::new(201));
    let mut request = sdk.client.operation(&VALUE);
    request.json(&serde_json::from_str::<rt::Value>(r#"{"z":1.50,"a":{"y":2}}"#).expect("JSON"));
    sdk.clock.run(request.send(rt::bytes).extra_body("z", 2).extra_body("b", "c")).await.expect("a response");
    assert_eq!(sdk.api.requests()[0].body(), r#"{"a":{"y":2},"z":2,"b":"c"}"#);
}

#[tokio::test]
async fn a_form_can_have_fields_that_the_document_lacks() {
    let sdk = set_up();
    sdk.api.on("form").always(Reply::new(201));
    let mut request = sdk.client.operation(&FORM);
    request.field("a", rt::Encoding::FORM, &"1".to_owned());
    let call = request.send(rt::bytes).extra_body("b c", "d e").extra_body("list", json!([1, 2]));
    sdk.clock.run(call).await.expect("a response");
    assert_eq!(sdk.api.requests()[0].body(), "a=1&b+c=d+e&list=%5B1%2C2%5D");
    sdk.api.on("parts").always(Reply::new(201));
    let call = sdk.client.operation(&PARTS).send(rt::bytes).extra_body("part", "text");
    sdk.clock.run(call).await.expect("a response");
    let body = String::from_utf8_lossy(sdk.api.requests()[1].body()).into_owned();
    assert!(body.contains("name=\"part\"\r\n\r\ntext\r\n"), "{body}");
}

#[tokio::test]
async fn an_extra_member_of_a_body_without_members_is_an_error() {
    let sdk = set_up();
    let mut request = sdk.client.operation(&UPLOAD);
    request.upload(rt::Upload::from("text"));
    let mut list = sdk.client.operation(&VALUE);
    list.json(&vec![1_i64]);
    for request in [request, list, sdk.client.operation(&GET)] {
        let error = sdk.clock.run(request.send(rt::bytes).extra_body("a", 1)).await.expect_err("no member");
        assert_eq!(error.kind(), rt::ErrorKind::InvalidRequest);
        assert!(error.to_string().contains("`a` cannot be added"), "{error}");
    }
    assert!(sdk.api.requests().is_empty());
}

#[tokio::test]
async fn a_response_keeps_its_raw_body_on_request() {
    let sdk = set_up();
    sdk.api.on("get").always(Reply::new(200).text("{ \"a\": 1.0 }"));
    let request = sdk.client.operation(&GET);
    let response =
        sdk.clock.run(request.clone().send(rt::json::<rt::Value>).with_raw_body()).await.expect("JSON");
    assert_eq!(response.raw_body().expect("the body"), "{ \"a\": 1.0 }");
    assert_eq!(response.value(), &json!({"a": 1.0}));
    let response = sdk.clock.run(request.send(rt::json::<rt::Value>).with_response()).await.expect("JSON");
    assert_eq!(response.raw_body(), None);
    sdk.api.on("stream").always(Reply::new(200).text("text"));
    let call = sdk.client.operation(&STREAM).receive(rt::download).with_raw_body();
    let response = sdk.clock.run(call).await.expect("a stream");
    assert_eq!(response.raw_body(), None);
    assert_eq!(response.into_value().bytes().await.expect("a body"), "text");
}
