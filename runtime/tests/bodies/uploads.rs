//! Uploads from memory, streams and factories, and what happens to them when an attempt fails.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sdk_runtime as rt;

use rt::testing::Reply;
use rt::{Bytes, ErrorKind, TransportErrorKind, Upload};

use crate::set_up::{PATCH, POST, PUT, Trial, pieces};

#[tokio::test]
async fn bytes_are_sent_from_every_source() {
    let trial = Trial::new();
    trial.api.on("put").always(Reply::new(204));
    let uploads = [
        Upload::from("bytes"),
        Upload::from("bytes".to_owned()),
        Upload::from(b"bytes"),
        Upload::from(&b"bytes"[..]),
        Upload::from(b"bytes".to_vec()),
        Upload::from(Bytes::from_static(b"bytes")).length(5),
        Upload::stream(pieces([Ok("by"), Ok("tes")])),
        Upload::from_fn(|| pieces([Ok("byt"), Ok("es")])).length(5),
    ];
    for upload in uploads {
        let mut request = trial.request(&PUT);
        request.upload(upload);
        trial.clock.run(request.send(rt::empty)).await.expect("a response");
    }
    let requests = trial.api.requests();
    assert_eq!(requests.len(), 8);
    for request in requests {
        assert_eq!(request.body(), "bytes");
        assert_eq!(request.header("content-type"), Some("application/octet-stream"));
    }
}

#[tokio::test]
async fn the_media_type_is_the_callers_or_the_documents() {
    let trial = Trial::new();
    trial.api.on("put").reply(Reply::new(204));
    trial.api.on("patch").reply(Reply::new(204));
    let mut put = trial.request(&PUT);
    put.upload(Upload::from("<svg/>").content_type("image/svg+xml"));
    trial.clock.run(put.send(rt::empty)).await.expect("a response");
    let mut patch = trial.request(&PATCH);
    patch.json(&vec![rt::map([("op", "remove".to_owned())])]);
    trial.clock.run(patch.send(rt::empty)).await.expect("a response");
    let requests = trial.api.requests();
    assert_eq!(requests[0].header("content-type"), Some("image/svg+xml"));
    assert_eq!(requests[1].header("content-type"), Some("application/json-patch+json"));
    assert_eq!(requests[1].body(), "[{\"op\":\"remove\"}]");
}

#[tokio::test]
async fn a_stream_with_a_wrong_length_is_an_error() {
    for (length, amiss) in [(4, "more"), (6, "fewer")] {
        let trial = Trial::new();
        let mut request = trial.request(&PUT);
        request.upload(Upload::stream(pieces([Ok("by"), Ok("tes")])).length(length));
        let error = trial.clock.run(request.send(rt::empty)).await.expect_err("a wrong length");
        assert_eq!(error.kind(), ErrorKind::Body);
        let cause = std::error::Error::source(&error).and_then(|error| error.source()).expect("a source");
        assert!(cause.to_string().contains(amiss), "{cause}");
    }
}

#[tokio::test]
async fn a_wrong_length_for_bytes_in_memory_is_refused() {
    let trial = Trial::new();
    let mut request = trial.request(&PUT);
    request.upload(Upload::from("bytes").length(4));
    let error = trial.clock.run(request.send(rt::empty)).await.expect_err("a wrong length");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
}

#[tokio::test]
async fn an_error_of_the_callers_stream_is_the_source() {
    let trial = Trial::new();
    let mut request = trial.request(&PUT);
    request.upload(Upload::stream(pieces([Ok("by"), Err("the disk is gone")])));
    let error = trial.clock.run(request.send(rt::empty)).await.expect_err("a broken stream");
    assert_eq!(error.kind(), ErrorKind::Body);
    let cause = std::error::Error::source(&error).and_then(|error| error.source()).expect("a source");
    assert_eq!(cause.to_string(), "the disk is gone");
}

#[tokio::test]
async fn a_stream_is_sent_once_and_the_response_is_the_error() {
    let trial = Trial::new();
    trial.api.on("put").reply(Reply::new(503).header("x-request-id", "r1").header("retry-after", "1"));
    let mut request = trial.request(&PUT);
    request.upload(Upload::stream(pieces([Ok("once")])));
    let error = trial.clock.run(request.send(rt::empty)).await.expect_err("the 503");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(error.header("x-request-id"), Some("r1"));
    assert_eq!((error.attempts(), trial.api.requests().len()), (1, 1));
}

#[tokio::test]
async fn an_unread_stream_can_still_be_sent() {
    /// A transport that fails the first time, before it reads a byte.
    #[derive(Debug)]
    struct Refusing(rt::testing::MockTransport, AtomicUsize);

    impl rt::Transport for Refusing {
        fn send(
            &self,
            request: http::Request<rt::Body>,
        ) -> rt::BoxFuture<'static, Result<http::Response<rt::ByteStream>, rt::TransportError>> {
            if self.1.fetch_add(1, Ordering::Relaxed) == 0 {
                let error = rt::TransportError::new(TransportErrorKind::Connect, "refused");
                return Box::pin(std::future::ready(Err(error)));
            }
            self.0.send(request)
        }
    }

    let trial = Trial::new();
    trial.api.on("post").reply(Reply::new(204));
    let builder = crate::set_up::builder(&trial.api).platform(trial.clock.clone());
    let client =
        builder.transport(Refusing(trial.api.clone(), AtomicUsize::new(0))).build().expect("a client");
    let mut request = client.operation(&POST);
    request.upload(Upload::stream(pieces([Ok("once")])));
    trial.clock.run(request.send(rt::empty)).await.expect("the second attempt");
    assert_eq!(trial.api.requests()[0].body(), "once");
}

#[tokio::test]
async fn a_factory_makes_the_body_for_each_attempt() {
    let trial = Trial::new();
    trial.api.on("put").reply(Reply::new(500)).reply(Reply::new(204));
    let made = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&made);
    let mut request = trial.request(&PUT);
    request.upload(Upload::from_fn(move || {
        count.fetch_add(1, Ordering::Relaxed);
        pieces([Ok("again "), Ok("and again")])
    }));
    trial.clock.run(request.send(rt::empty)).await.expect("the second attempt");
    let requests = trial.api.requests();
    assert_eq!((requests.len(), made.load(Ordering::Relaxed)), (2, 2));
    assert_eq!(requests[0].body(), requests[1].body());
    assert_eq!(requests[1].body(), "again and again");
}

#[test]
fn debug_shows_no_content() {
    let shown = |upload: Upload| format!("{upload:?}");
    assert_eq!(shown(Upload::from("secret").file_name("secret.txt")), "Upload(6 bytes)");
    assert_eq!(shown(Upload::stream(pieces([Ok("secret")]))), "Upload(stream)");
    assert_eq!(shown(Upload::stream(pieces([Ok("secret")])).length(6)), "Upload(6 bytes)");
}
