//! Request bodies other than forms: their bytes and media types.

use std::collections::BTreeMap;

use wire_sdk::Upload;
use wire_sdk::testing::Reply;
use wire_sdk::types::Color;

use crate::set_up::{Trial, body};

#[tokio::test]
async fn json_is_what_the_members_say() {
    let trial = Trial::new();
    let sent = trial.sent("json_body", trial.client.bodies().json_body().r(1).b(2)).await;
    assert_eq!((sent.header("content-type"), body(&sent)), (Some("application/json"), "{\"R\":1,\"B\":2}"));
}

#[tokio::test]
async fn other_json_keeps_its_media_type() {
    let trial = Trial::new();
    let sent = trial.sent("merge_patch", trial.client.bodies().merge_patch().g(1)).await;
    assert_eq!(sent.header("content-type"), Some("application/merge-patch+json; profile=\"a b\""));
    assert_eq!(body(&sent), "{\"G\":1}");
    let operation = BTreeMap::from([("op".to_owned(), "remove".into()), ("path".to_owned(), "/a".into())]);
    let sent = trial.sent("json_list", trial.client.bodies().json_list([operation])).await;
    assert_eq!(sent.header("content-type"), Some("application/json-patch+json"));
    assert_eq!(body(&sent), "[{\"op\":\"remove\",\"path\":\"/a\"}]");
}

#[tokio::test]
async fn bytes_and_texts_go_as_they_are() {
    let trial = Trial::new();
    let sent = trial.sent("octets", trial.client.bodies().octets(&[0_u8, 255, 10])).await;
    assert_eq!(sent.header("content-type"), Some("application/octet-stream"));
    assert_eq!(sent.body().as_ref(), [0, 255, 10]);
    let png = Upload::from("png").content_type("image/png");
    let sent = trial.sent("octets", trial.client.bodies().octets(png)).await;
    assert_eq!((sent.header("content-type"), body(&sent)), (Some("image/png"), "png"));
    let sent = trial.sent("text_body", trial.client.bodies().text_body("caf\u{e9} \"=&\r\n")).await;
    assert_eq!(sent.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(body(&sent), "caf\u{e9} \"=&\r\n");
}

#[tokio::test]
async fn a_body_that_may_be_absent_is() {
    let trial = Trial::new();
    let sent = trial.sent("optional", trial.client.bodies().optional()).await;
    assert_eq!((sent.header("content-type"), body(&sent)), (None, ""));
    let sent = trial.sent("optional", trial.client.bodies().optional().r(1)).await;
    assert_eq!((sent.header("content-type"), body(&sent)), (Some("application/json"), "{\"R\":1}"));
    let sent = trial.sent("maybe", trial.client.bodies().maybe()).await;
    assert_eq!((sent.header("content-type"), body(&sent)), (Some("application/json"), "{}"));
}

/// JSON and XML have the same schema, so only JSON is used; an image takes any media type; each other media type has a
/// method of its own.
#[tokio::test]
async fn each_form_of_a_body_can_be_sent() {
    let trial = Trial::new();
    let bodies = trial.client.bodies();
    let sent = trial.sent("several", bodies.several().r(1)).await;
    assert_eq!((sent.header("content-type"), body(&sent)), (Some("application/json"), "{\"R\":1}"));
    let sent = trial.sent("several", bodies.several_example_short([1, 2])).await;
    assert_eq!(sent.header("content-type"), Some("application/vnd.example.short+json"));
    assert_eq!(body(&sent), "[1,2]");
    let sent = trial.sent("several", bodies.several_multipart("png")).await;
    let media_type = sent.header("content-type").expect("a media type");
    assert!(media_type.starts_with("multipart/form-data; boundary="), "{media_type}");
    let sent = trial.sent("several", bodies.several_text("words")).await;
    assert_eq!((sent.header("content-type"), body(&sent)), (Some("text/plain"), "words"));
    let sent = trial.sent("several", bodies.several_png("png")).await;
    assert_eq!((sent.header("content-type"), body(&sent)), (Some("image/png"), "png"));
}

#[tokio::test]
async fn values_go_out_on_lines() {
    let trial = Trial::new();
    let request = trial.client.bodies().send_lines([Color::default().r(1), Color::default()]);
    let sent = trial.sent("send_lines", request).await;
    assert_eq!((sent.header("content-type"), body(&sent)), (Some("application/x-ndjson"), "{\"R\":1}\n{}\n"));
}

#[tokio::test]
async fn values_go_out_and_come_back_in_parts() {
    let trial = Trial::new();
    let reply = Reply::new(200)
        .header("content-type", "multipart/mixed; boundary=\"a b\"")
        .text("--a b\r\ncontent-type: application/json\r\n\r\n{\"R\":1}\r\n--a b--\r\n");
    let call = trial.client.bodies().parts([Color::default().r(2)]);
    let mut parts = trial.got("parts", reply, call).await.expect("parts");
    assert_eq!(parts.next().await.expect("a part").expect("a color"), Color::default().r(1));
    assert!(parts.next().await.is_none());
    let sent = trial.api.requests().pop().expect("a request");
    let media_type = sent.header("content-type").expect("a media type");
    let boundary = media_type.strip_prefix("multipart/mixed; boundary=").expect("a boundary");
    let head = format!("--{boundary}\r\ncontent-type: application/json\r\n\r\n");
    assert_eq!(body(&sent), format!("{head}{{\"R\":2}}\r\n--{boundary}--\r\n"));
}

#[tokio::test]
async fn the_streaming_flag_is_sent_where_it_is_on_by_default() {
    let trial = Trial::new();
    let bodies = trial.client.bodies();
    let reply = || Reply::json(200, &Color::default());
    trial.got("switched_lines", reply(), bodies.switched_lines().id(1)).await.expect("a color");
    let mut lines = trial
        .got("switched_lines", reply(), bodies.switched_lines().id(1).send_lines())
        .await
        .expect("lines");
    assert_eq!(lines.next().await.expect("a line").expect("a color"), Color::default());
    let requests = trial.api.requests();
    let (one, many) = (&requests[0], &requests[1]);
    assert_eq!((one.header("accept"), body(one)), (Some("application/json"), "{\"stream\":false,\"id\":1}"));
    assert_eq!(
        (many.header("accept"), body(many)),
        (Some("application/jsonl"), "{\"stream\":true,\"id\":1}")
    );
}

#[tokio::test]
async fn methods_can_have_any_name() {
    let trial = Trial::new();
    let sent = trial.sent("query_method", trial.client.bodies().query_method().request_body([1, 2])).await;
    assert_eq!((sent.method().as_str(), body(&sent)), ("QUERY", "[1,2]"));
    // The document does not require the body.
    let sent = trial.sent("query_method", trial.client.bodies().query_method()).await;
    assert_eq!((sent.header("content-type"), body(&sent)), (None, ""));
    let sent = trial.sent("copy_method", trial.client.bodies().copy_method()).await;
    assert_eq!((sent.method().as_str(), body(&sent)), ("COPY", ""));
}
