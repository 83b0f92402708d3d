//! Multipart forms, byte by byte.

use std::collections::BTreeMap;

use sdk_runtime as rt;

use rt::Upload;
use rt::testing::{Reply, SentRequest};

use crate::set_up::{FORM, Trial, pieces};

fn attributes() -> BTreeMap<String, String> {
    rt::map([("name", "a.txt".to_owned())])
}

/// Returns the body, with the boundary of the header replaced by `BOUNDARY`.
fn body(sent: &SentRequest) -> String {
    let media_type = sent.header("content-type").expect("a media type");
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").expect("a boundary");
    assert_eq!(boundary.len(), 32);
    let body = String::from_utf8(sent.body().to_vec()).expect("UTF-8");
    body.replace(boundary, "BOUNDARY")
}

async fn sent(request: impl FnOnce(&mut rt::Request)) -> SentRequest {
    let trial = Trial::new();
    trial.api.on("form").reply(Reply::new(204));
    let mut form = trial.request(&FORM);
    request(&mut form);
    trial.clock.run(form.send(rt::empty)).await.expect("a response");
    trial.api.requests()[0].clone()
}

#[tokio::test]
async fn parts_are_sent_in_document_order() {
    let sent = sent(|form| {
        form.part_file("file", Upload::from("content").file_name("a.txt").content_type("text/plain"));
        form.part("note", &"replaced".to_owned());
        form.part("attributes", &attributes());
        form.part("note", &"a *note*".to_owned());
    });
    let expected = "--BOUNDARY\r\n\
        content-disposition: form-data; name=\"attributes\"\r\n\
        content-type: application/json\r\n\r\n\
        {\"name\":\"a.txt\"}\r\n\
        --BOUNDARY\r\n\
        content-disposition: form-data; name=\"note\"\r\n\
        content-type: text/markdown\r\n\r\n\
        a *note*\r\n\
        --BOUNDARY\r\n\
        content-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
        content-type: text/plain\r\n\r\n\
        content\r\n\
        --BOUNDARY--\r\n";
    assert_eq!(body(&sent.await), expected);
}

#[tokio::test]
async fn a_list_is_several_parts_unless_it_is_json() {
    let sent = sent(|form| {
        form.part("labels", &vec![1, 2]);
        form.part("raw", &vec!["a".to_owned()]);
        form.part_files("file", [Upload::from("one"), Upload::from("two").file_name("2")]);
    });
    let expected = "--BOUNDARY\r\n\
        content-disposition: form-data; name=\"labels\"\r\n\r\n\
        1\r\n\
        --BOUNDARY\r\n\
        content-disposition: form-data; name=\"labels\"\r\n\r\n\
        2\r\n\
        --BOUNDARY\r\n\
        content-disposition: form-data; name=\"raw\"\r\n\
        content-type: application/json\r\n\r\n\
        [\"a\"]\r\n\
        --BOUNDARY\r\n\
        content-disposition: form-data; name=\"file\"; filename=\"file\"\r\n\
        content-type: application/octet-stream\r\n\r\n\
        one\r\n\
        --BOUNDARY\r\n\
        content-disposition: form-data; name=\"file\"; filename=\"2\"\r\n\
        content-type: application/octet-stream\r\n\r\n\
        two\r\n\
        --BOUNDARY--\r\n";
    assert_eq!(body(&sent.await), expected);
}

#[tokio::test]
async fn objects_in_lists_are_json_parts() {
    let sent = sent(|form| {
        form.part("labels", &vec![attributes()]);
        form.part("raw", &"text".to_owned());
    });
    let body = body(&sent.await);
    let object = "name=\"labels\"\r\ncontent-type: application/json\r\n\r\n{\"name\":\"a.txt\"}\r\n";
    assert!(body.contains(object), "{body}");
    assert!(body.contains("name=\"raw\"\r\ncontent-type: application/json\r\n\r\n\"text\"\r\n"), "{body}");
}

#[tokio::test]
async fn a_null_part_is_left_out_and_a_form_may_be_empty() {
    let sent = sent(|form| form.part("attributes", &Option::<String>::None));
    assert_eq!(body(&sent.await), "--BOUNDARY--\r\n");
    let sent = self::sent(|_| ());
    assert_eq!(body(&sent.await), "--BOUNDARY--\r\n");
}

#[tokio::test]
async fn a_file_name_cannot_inject_headers() {
    let name = "a\"\r\ncontent-type: text/html\r\n\r\né.txt";
    let sent = sent(|form| form.part_file("file", Upload::from("x").file_name(name)));
    let body = body(&sent.await);
    let expected = "filename=\"a%22%0D%0Acontent-type: text/html%0D%0A%0D%0Aé.txt\"\r\n";
    assert!(body.contains(expected), "{body}");
}

#[tokio::test]
async fn large_files_and_streams_are_sent_unchanged() {
    let large = "x".repeat(100_000);
    let content = large.clone();
    let sent = sent(|form| {
        form.part_files("file", [Upload::from(content), Upload::stream(pieces([Ok("one"), Ok("two")]))]);
    });
    let body = body(&sent.await);
    assert!(body.contains(&format!("\r\n\r\n{large}\r\n--BOUNDARY\r\n")), "{}", body.len());
    assert!(body.ends_with("\r\n\r\nonetwo\r\n--BOUNDARY--\r\n"));
}

#[tokio::test]
async fn each_form_has_its_own_boundary() {
    let trial = Trial::new();
    trial.api.on("form").always(Reply::new(204));
    for _ in 0..2 {
        trial.clock.run(trial.request(&FORM).send(rt::empty)).await.expect("a response");
    }
    let requests = trial.api.requests();
    assert_ne!(requests[0].header("content-type"), requests[1].header("content-type"));
}

#[tokio::test]
async fn an_invalid_part_is_an_error_before_anything_is_sent() {
    let trial = Trial::new();
    let mut form = trial.request(&FORM);
    form.part_file("file", Upload::from("x").content_type("a\nb"));
    let error = trial.clock.run(form.send(rt::empty)).await.expect_err("an invalid media type");
    assert_eq!(error.kind(), rt::ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("`file` cannot be sent: the media type"), "{error}");
    assert!(trial.api.requests().is_empty());
}

#[tokio::test]
async fn part_labels_override_those_of_the_upload() {
    let sent = sent(|form| {
        form.part_content_type("file", "image/png".to_owned());
        form.part_file("file", Upload::from("content").file_name("a.txt").content_type("text/plain"));
        form.part_file_name("file", "b.png".to_owned());
        form.part_file_name("raw", "never sent".to_owned());
    });
    let expected = "--BOUNDARY\r\n\
        content-disposition: form-data; name=\"file\"; filename=\"b.png\"\r\n\
        content-type: image/png\r\n\r\n\
        content\r\n\
        --BOUNDARY--\r\n";
    assert_eq!(body(&sent.await), expected);
}

#[tokio::test]
async fn an_invalid_part_media_type_is_the_error_of_the_call() {
    let trial = Trial::new();
    let mut form = trial.request(&FORM);
    form.part_content_type("file", "text/plain\n".to_owned());
    let error = trial.clock.run(form.send(rt::empty)).await.expect_err("a fault");
    assert!(error.to_string().contains("the media type of `file` is not a valid header value"), "{error}");
}
