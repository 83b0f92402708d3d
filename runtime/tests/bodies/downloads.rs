//! Streamed response bodies.

use std::time::Duration;

use sdk_runtime as rt;

use tokio::io::AsyncReadExt;

use rt::testing::Reply;
use rt::{Bytes, Download, Error, ErrorKind, Head, TimeoutKind};

use crate::set_up::{GET, LOCATION, THUMBNAIL, Trial};

#[tokio::test]
async fn chunks_come_as_they_are_sent() {
    let trial = Trial::new();
    trial.api.on("get").reply(Reply::new(200).header("content-length", "6").chunks(["one", "two"]));
    let call = trial.request(&GET).receive(rt::download).with_response();
    let response = trial.clock.run(call).await.expect("a response");
    assert_eq!(response.header("content-length"), Some("6"));
    let mut download = response.into_value();
    assert_eq!(format!("{download:?}"), "Download(6 bytes)");
    assert_eq!(download.length(), Some(6));
    assert_eq!(download.next().await.expect("a chunk").expect("bytes"), "one");
    assert_eq!(download.next().await.expect("a chunk").expect("bytes"), "two");
    assert!(download.next().await.is_none());
    assert!(download.next().await.is_none());
}

#[tokio::test]
async fn a_download_can_be_read_whole() {
    let trial = Trial::new();
    trial.api.on("get").always(Reply::new(200).chunks(["on", "e"]));
    let get = || trial.clock.run(trial.request(&GET).receive(rt::download));
    assert_eq!(get().await.expect("a response").bytes().await.expect("bytes"), "one");
    assert_eq!(get().await.expect("a response").text().await.expect("text"), "one");
}

#[tokio::test]
async fn a_download_is_an_asynchronous_reader() {
    let trial = Trial::new();
    trial
        .api
        .on("get")
        .reply(Reply::new(200).chunks(["one", "", "two", "three"]))
        .reply(Reply::new(200).chunks(["one"]).cut());
    let get = || trial.clock.run(trial.request(&GET).receive(rt::download));
    let mut download = get().await.expect("a response");
    let mut start = [0; 4];
    download.read_exact(&mut start).await.expect("bytes");
    assert_eq!(&start, b"onet");
    // Nothing that was received is lost between the ways to read.
    assert_eq!(download.next().await.expect("a chunk").expect("bytes"), "wo");
    let mut rest = String::new();
    download.read_to_string(&mut rest).await.expect("text");
    assert_eq!(rest, "three");
    let error =
        get().await.expect("a response").read_to_string(&mut rest).await.expect_err("a lost connection");
    let source =
        error.get_ref().and_then(|error| error.downcast_ref::<Error>()).expect("an error of the call");
    assert_eq!(source.kind(), ErrorKind::Connection);
}

#[tokio::test]
async fn the_buffer_limit_applies_to_whole_bodies_only() {
    let trial = Trial::new();
    trial.api.on("get").always(Reply::new(200).chunks(["one", "two"]));
    let client = trial.client.with_options(|options| options.max_buffer(4));
    let get = || trial.clock.run(client.operation(&GET).receive(rt::download));
    let error = get().await.expect("a response").bytes().await.expect_err("too large");
    assert_eq!(error.operation(), Some("get"));
    assert!(error.to_string().contains("4 bytes"), "{error}");
    let mut download = get().await.expect("a response");
    while let Some(piece) = download.next().await {
        piece.expect("a chunk");
    }
}

#[tokio::test]
async fn a_lost_download_names_its_call() {
    let trial = Trial::new();
    trial.api.on("get").reply(Reply::new(200).chunks(["one"]).cut());
    let call = trial.request(&GET).receive(rt::download);
    let mut download = trial.clock.run(call).await.expect("a response");
    assert_eq!(download.next().await.expect("a chunk").expect("bytes"), "one");
    let error = download.next().await.expect("an item").expect_err("a lost connection");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Connection, Some("get")));
    assert_eq!(error.url(), Some("https://api.example.com/bytes"));
    assert!(download.next().await.is_none());
}

#[tokio::test]
async fn the_read_timeout_applies_while_a_stream_is_read() {
    let trial = Trial::new();
    trial.api.on("get").reply(Reply::new(200).chunks(["one"]).stalls());
    let call = trial.request(&GET).receive(rt::download);
    let download = trial.clock.run(call).await.expect("a response");
    let error = trial.clock.run(download.bytes()).await.expect_err("a stall");
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Read));
    assert_eq!(trial.clock.elapsed(), Duration::from_secs(60));
}

#[tokio::test]
async fn the_call_timeout_applies_while_a_stream_is_read() {
    let trial = Trial::new();
    trial.api.on("get").reply(Reply::new(200).chunks(["one"]).stalls());
    let call = trial.request(&GET).receive(rt::download).timeout(Duration::from_secs(10));
    let download = trial.clock.run(call).await.expect("a response");
    let error = trial.clock.run(download.bytes()).await.expect_err("a stall");
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Call));
    assert_eq!(trial.clock.elapsed(), Duration::from_secs(10));
}

#[tokio::test]
async fn an_error_status_is_not_streamed() {
    let trial = Trial::new();
    trial.api.on("get").reply(Reply::new(404).chunks(["{\"message\":", "\"gone\"}"]));
    let call = trial.request(&GET).receive(rt::download);
    let error = trial.clock.run(call).await.expect_err("a failure");
    assert!(error.is_not_found());
    assert_eq!(error.raw_body().expect("the body"), "{\"message\":\"gone\"}");
}

/// An enum like the one that is emitted for several success statuses.
#[derive(Debug)]
enum Thumbnail {
    Ok(Download),
    Accepted,
    Found,
}

impl Thumbnail {
    fn decode(head: &Head, body: Download) -> Result<Self, Error> {
        match head.status().as_u16() {
            200 => rt::download(head, body).map(Self::Ok),
            202 => Ok(Self::Accepted),
            302 => Ok(Self::Found),
            _ => rt::unexpected(head),
        }
    }
}

#[tokio::test]
async fn each_success_status_has_its_own_variant() {
    let trial = Trial::new();
    trial
        .api
        .on("thumbnail")
        .reply(Reply::new(200).text("image"))
        .reply(Reply::new(202))
        .reply(Reply::new(302).header("location", "https://example.com/placeholder.png"))
        .reply(Reply::new(206).text("what is this"));
    let call = || trial.request(&THUMBNAIL).receive(Thumbnail::decode).without_redirects();
    let get = || trial.clock.run(call().with_response());
    let Thumbnail::Ok(image) = get().await.expect("a response").into_value() else { panic!("no image") };
    assert_eq!(image.bytes().await.expect("bytes"), "image");
    let accepted = get().await.expect("a response");
    assert!(matches!(accepted.value(), Thumbnail::Accepted));
    let found = get().await.expect("a response");
    assert!(matches!(found.value(), Thumbnail::Found));
    assert_eq!(found.header("location"), Some("https://example.com/placeholder.png"));
    let error = get().await.expect_err("an undocumented status");
    assert_eq!(error.raw_body().expect("the body"), "what is this");
}

#[tokio::test]
async fn a_download_that_is_not_ready_is_polled() {
    let trial = Trial::new();
    trial
        .api
        .on("thumbnail")
        .times(2, Reply::new(202).header("retry-after", "3"))
        .reply(Reply::new(200).text("image"));
    let call = trial.request(&THUMBNAIL).receive(Thumbnail::decode).with_response();
    let response = trial.clock.run(call).await.expect("a response");
    assert_eq!((response.attempts(), trial.clock.elapsed()), (3, Duration::from_secs(6)));
    assert!(matches!(response.value(), Thumbnail::Ok(_)));
}

#[tokio::test]
async fn a_custom_request_can_be_streamed() {
    let trial = Trial::new();
    trial.api.on("GET /other").always(Reply::new(200).chunks(["one", "two"]));
    let call = || trial.client.request(rt::Method::GET, "/other");
    let mut download = trial.clock.run(call().send_download()).await.expect("a response");
    assert_eq!(download.next().await.expect("a chunk").expect("bytes"), Bytes::from("one"));
    assert_eq!(trial.clock.run(call()).await.expect("a response"), "onetwo");
}

#[tokio::test]
async fn a_call_can_return_the_location_of_a_redirect() {
    let trial = Trial::new();
    trial.api.on("location").reply(Reply::new(302).header("location", "https://cdn.example.com/x?s=1"));
    let call = trial.request(&LOCATION).receive(rt::location);
    assert_eq!(trial.clock.run(call).await.expect("a response"), "https://cdn.example.com/x?s=1");
    assert_eq!(trial.api.requests().len(), 1);
    trial.api.on("location").reply(Reply::new(200).chunks(["all of it"]));
    let error =
        trial.clock.run(trial.request(&LOCATION).receive(rt::location)).await.expect_err("no location");
    assert!(error.to_string().contains("has no readable `location` header"), "{error}");
}
