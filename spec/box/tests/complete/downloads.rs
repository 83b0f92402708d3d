//! Downloads: redirects to another server, responses that are not ready, thumbnails.

use box_sdk::RetryPolicy;
use box_sdk::managers::downloads::DownloadFileResponse;
use box_sdk::managers::files::{GetFileThumbnailById, GetFileThumbnailByIdResponse};
use box_sdk::types::GetFileThumbnailByIdExtension;
use serde_json::json;

use super::server::{Reply, Server};
use super::set_up::{Scratch, client};

/// A server that redirects to the content, and the one that has it.
fn servers() -> (Server, Server) {
    let content = Server::start(|request, _| match request.header("range") {
        Some("bytes=2-4") => Reply::new(206).body("CDE"),
        _ => Reply::new(200).header("content-type", "application/octet-stream").body("ABCDEF"),
    });
    let place = content.url("/d/1/abc?signature=s");
    let api = Server::start(move |_, _| Reply::new(302).header("location", place.clone()));
    (api, content)
}

async fn bytes(reply: DownloadFileResponse) -> Vec<u8> {
    let DownloadFileResponse::Ok(content) = reply else { panic!("{reply:?}") };
    content.bytes().await.expect("the content").to_vec()
}

#[tokio::test]
async fn a_download_follows_the_redirect_without_secrets() {
    let (api, content) = servers();
    let call = client(&api)
        .as_user("12345")
        .downloads()
        .download_file("7")
        .version("3")
        .boxapi("shared_link=https://l");
    assert_eq!(bytes(call.await.expect("a response")).await, b"ABCDEF");
    let asked = api.last();
    assert_eq!(asked.target, "/2.0/files/7/content?version=3");
    assert_eq!(
        (asked.header("authorization"), asked.header("as-user")),
        (Some("Bearer t0ken"), Some("12345"))
    );
    let fetched = content.last();
    assert_eq!(fetched.target, "/d/1/abc?signature=s");
    for secret in ["authorization", "as-user", "boxapi"] {
        assert!(asked.header(secret).is_some() && fetched.header(secret).is_none(), "{secret}");
    }
}

#[tokio::test]
async fn a_file_can_be_fetched_in_part_or_saved_to_disk() {
    let (api, content) = servers();
    let client = client(&api);
    let part = client.downloads().download_file("7").range("bytes=2-4").await.expect("a response");
    assert_eq!(bytes(part).await, b"CDE");
    assert_eq!(content.last().header("range"), Some("bytes=2-4"));

    let scratch = Scratch::new("saved.bin", b"old");
    let DownloadFileResponse::Ok(whole) = client.downloads().download_file("7").await.expect("a response")
    else {
        panic!("the content comes");
    };
    assert_eq!(whole.length(), Some(6));
    assert_eq!(whole.save_to(&scratch.0).await.expect("it is saved"), 6);
    assert_eq!(std::fs::read(&scratch.0).expect("the file"), b"ABCDEF");
}

#[tokio::test]
async fn a_file_that_is_not_ready_is_polled() {
    let api = Server::start(|_, before| match before {
        0 => Reply::new(202).header("retry-after", "1"),
        _ => Reply::new(200).body("ready"),
    });
    assert_eq!(bytes(client(&api).downloads().download_file("7").await.expect("a response")).await, b"ready");
    assert_eq!(api.requests().len(), 2);
    // Without retries the 202 is returned.
    let api = Server::start(|_, _| Reply::new(202).header("retry-after", "1"));
    let call = client(&api).downloads().download_file("7").send().retry(RetryPolicy::none());
    assert!(matches!(call.await.expect("a response"), DownloadFileResponse::Accepted));
}

#[tokio::test]
async fn without_redirects_the_location_of_a_file_is_returned() {
    let (api, content) = servers();
    let call = client(&api).downloads().download_file("7").send().without_redirects().with_response();
    let reply = call.await.expect("a response");
    assert_eq!(reply.header("location"), Some(content.url("/d/1/abc?signature=s").as_str()));
    assert!(matches!(reply.into_value(), DownloadFileResponse::Found));
    assert!(content.requests().is_empty());
}

#[tokio::test]
async fn an_operation_returns_the_url_of_a_file() {
    let (api, content) = servers();
    let place = client(&api).downloads().get_download_file_url("7").version("3").await.expect("a response");
    assert_eq!(place, content.url("/d/1/abc?signature=s"));
    assert_eq!(api.last().target, "/2.0/files/7/content?version=3");
    assert!(content.requests().is_empty());
}

#[tokio::test]
async fn a_thumbnail_may_be_ready_pending_or_a_placeholder() {
    let api = Server::start(|request, _| match request.path() {
        "/2.0/files/1/thumbnail.png" => Reply::new(200).header("content-type", "image/png").body("PNG"),
        "/2.0/files/2/thumbnail.jpg" => {
            Reply::new(202).header("retry-after", "1").header("location", "https://cdn.example.com/p")
        }
        "/2.0/files/3/thumbnail.png" => Reply::new(302).header("location", "https://cdn.example.com/p"),
        _ => Reply::json(404, &json!({ "code": "preview_cannot_be_generated", "request_id": "r1" })),
    });
    let client = client(&api);
    let png = GetFileThumbnailByIdExtension::Png;
    let there = client.files().get_file_thumbnail_by_id("1", png.clone()).min_height(32).max_width(64);
    let GetFileThumbnailByIdResponse::Ok(image) = there.await.expect("a response") else {
        panic!("an image")
    };
    assert_eq!(image.bytes().await.expect("the image")[..], b"PNG"[..]);
    assert_eq!(api.last().target, "/2.0/files/1/thumbnail.png?min_height=32&max_width=64");

    let made = client.files().get_file_thumbnail_by_id("2", GetFileThumbnailByIdExtension::Jpg);
    let made = made.send().retry(RetryPolicy::none()).with_response().await.expect("a response");
    let place = made.typed(GetFileThumbnailById::LOCATION).expect("a text");
    assert_eq!(place.as_deref(), Some("https://cdn.example.com/p"));
    assert_eq!(made.typed(GetFileThumbnailById::RETRY_AFTER).expect("a number"), Some(1));
    assert!(matches!(made.value(), GetFileThumbnailByIdResponse::Accepted));

    let none = client.files().get_file_thumbnail_by_id("3", png.clone()).send().without_redirects();
    let none = none.with_response().await.expect("a response");
    assert_eq!(none.header("location"), Some("https://cdn.example.com/p"));
    assert!(matches!(none.value(), GetFileThumbnailByIdResponse::Found));

    let error = client.files().get_file_thumbnail_by_id("4", png).await.expect_err("there is none");
    assert_eq!((error.code(), error.request_id()), (Some("preview_cannot_be_generated"), Some("r1")));
}

/// The archive is on its own server, which takes no credential.
#[tokio::test]
async fn a_zip_archive_is_fetched_without_the_credential() {
    let api = Server::start(|_, _| {
        Reply::new(200).header("content-disposition", "attachment;filename=\"all.zip\"").body("PK")
    });
    let call = client(&api).zip_downloads().get_zip_download_content("z1").send().with_response();
    let reply = call.await.expect("a response");
    assert_eq!(reply.header("content-disposition"), Some("attachment;filename=\"all.zip\""));
    assert_eq!(reply.into_value().bytes().await.expect("the archive")[..], b"PK"[..]);
    let request = api.last();
    assert_eq!((request.path(), request.header("authorization")), ("/2.0/zip_downloads/z1/content", None));
}
