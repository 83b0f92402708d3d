//! Uploads as forms: first the attributes, then the bytes of the file as they are read.

use std::io::Write;

use box_sdk::Upload;
use box_sdk::types::{
    PreflightFileUploadCheckParent, UploadFileAttributes, UploadFileAttributesParent,
    UploadFileVersionAttributes,
};
use serde_json::json;

use super::server::{Recorded, Reply, Server};
use super::set_up::{Scratch, client};

/// A part of a received form.
struct ReceivedPart {
    head: String,
    content: Vec<u8>,
}

/// Splits the body of a request into its parts.
fn parts(request: &Recorded) -> Vec<ReceivedPart> {
    let media_type = request.header("content-type").expect("a form has a media type");
    let (essence, boundary) = media_type.split_once("; boundary=").expect("a form has a boundary");
    assert_eq!(essence, "multipart/form-data");
    let find = |text: &[u8], what: &[u8]| text.windows(what.len()).position(|window| window == what);
    let delimiter = format!("--{boundary}\r\n").into_bytes();
    let (close, mut rest) = (format!("\r\n--{boundary}").into_bytes(), request.body.as_slice());
    let mut parts = Vec::new();
    while let Some(inner) = rest.strip_prefix(delimiter.as_slice()) {
        let head = find(inner, b"\r\n\r\n").expect("a part has a head");
        let end = find(inner, &close).expect("a part has an end");
        let head_text = String::from_utf8_lossy(&inner[..head]).to_ascii_lowercase();
        parts.push(ReceivedPart { head: head_text, content: inner[head + 4..end].to_vec() });
        rest = &inner[end + 2..];
    }
    assert_eq!(rest, format!("--{boundary}--\r\n").as_bytes());
    parts
}

/// Starts a server that takes uploads, and refuses a form whose file comes before its attributes.
fn taking() -> Server {
    Server::start(|request, _| {
        let parts = parts(request);
        if !parts[0].head.contains("name=\"attributes\"") {
            return Reply::json(400, &json!({ "code": "metadata_after_file_contents" }));
        }
        let attributes: serde_json::Value = serde_json::from_slice(&parts[0].content).expect("JSON");
        let file =
            json!({ "type": "file", "id": "7", "name": attributes["name"], "size": parts[1].content.len() });
        Reply::json(201, &json!({ "total_count": 1, "entries": [file] }))
    })
}

#[tokio::test]
async fn a_file_is_sent_after_its_attributes() {
    let server = taking();
    let created_at = "2012-12-12T10:53:43-08:00".parse().expect("a date and time");
    let attributes = UploadFileAttributes::new("notes.txt", UploadFileAttributesParent::new("0"))
        .content_created_at(created_at);
    let files = client(&server)
        .uploads()
        .upload_file(
            attributes,
            Upload::from("line\r\n--\r\n").file_name("notes.txt").content_type("text/plain"),
        )
        .fields(["id", "size"])
        .content_md_5("134b65991ed521fcfe4724b7d814ab8ded5185dc")
        .await
        .expect("the file is taken");
    let file = &files.entries.expect("entries")[0];
    assert_eq!((file.id.as_str(), file.name.as_deref(), file.size), ("7", Some("notes.txt"), Some(10)));

    let request = server.last();
    assert_eq!((request.method.as_str(), request.path()), ("POST", "/api/2.0/files/content"));
    assert_eq!(request.target, "/api/2.0/files/content?fields=id,size");
    assert_eq!(request.header("content-md5"), Some("134b65991ed521fcfe4724b7d814ab8ded5185dc"));
    assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
    let parts = parts(&request);
    assert_eq!(parts.len(), 2);
    let attributes: serde_json::Value = serde_json::from_slice(&parts[0].content).expect("JSON");
    let expected = json!({ "name": "notes.txt", "parent": { "id": "0" }, "content_created_at": "2012-12-12T10:53:43-08:00" });
    assert_eq!(attributes, expected);
    assert!(parts[1].head.contains("name=\"file\"; filename=\"notes.txt\""), "{}", parts[1].head);
    assert!(parts[1].head.contains("content-type: text/plain"), "{}", parts[1].head);
    assert_eq!(parts[1].content, b"line\r\n--\r\n");
}

#[tokio::test]
async fn a_file_on_disk_is_streamed() {
    let server = taking();
    let content: Vec<u8> = (0..2_000_000_u32).flat_map(u32::to_be_bytes).collect();
    let scratch = Scratch::new("holiday.bin", &content);
    let files = client(&server)
        .uploads()
        .upload_file_version("7", UploadFileVersionAttributes::new("holiday.bin"), Upload::file(&scratch.0))
        .if_match("3")
        .await
        .expect("the file is taken");
    assert_eq!(files.entries.expect("entries")[0].size, Some(8_000_000));
    let request = server.last();
    assert_eq!((request.path(), request.header("if-match")), ("/api/2.0/files/7/content", Some("3")));
    // The length is known, so it is announced.
    assert_eq!(request.header("content-length"), Some(request.body.len().to_string().as_str()));
    let parts = parts(&request);
    assert!(parts[1].head.contains("filename=\"holiday.bin\""), "{}", parts[1].head);
    assert!(parts[1].content == content);
}

/// The content is produced while it is sent, so its length is unknown.
#[tokio::test]
async fn a_reader_is_sent_while_another_thread_writes() {
    let server = taking();
    let (reader, mut writer) = std::io::pipe().expect("a pipe");
    let writing = std::thread::spawn(move || (0..1000).try_for_each(|_| writer.write_all(&[b'x'; 1000])));
    let stream = Upload::async_reader(Blocking(reader));
    let attributes = UploadFileAttributes::new("made.bin", UploadFileAttributesParent::new("0"));
    let files = client(&server).uploads().upload_file(attributes, stream).await.expect("the file is taken");
    writing.join().expect("the writer is done").expect("all of it was taken");
    assert_eq!(files.entries.expect("entries")[0].size, Some(1_000_000));
    assert_eq!(server.last().header("transfer-encoding"), Some("chunked"));
}

/// A pipe as a tokio reader. It blocks, which is fine in a test.
struct Blocking(std::io::PipeReader);

impl tokio::io::AsyncRead for Blocking {
    fn poll_read(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
        room: &mut tokio::io::ReadBuf<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        let read = std::io::Read::read(&mut self.0, room.initialize_unfilled());
        std::task::Poll::Ready(read.map(|length| room.advance(length)))
    }
}

#[tokio::test]
async fn a_preflight_check_is_an_options_request() {
    let server =
        Server::start(|_, _| Reply::json(200, &json!({ "upload_url": "https://upload.example.com/1" })));
    let check = client(&server)
        .uploads()
        .preflight_file_upload_check()
        .name("notes.txt")
        .size(1024)
        .parent(PreflightFileUploadCheckParent::default().id("0"));
    let answer = check.await.expect("it may be uploaded");
    assert_eq!(answer.upload_url.as_deref(), Some("https://upload.example.com/1"));
    let request = server.last();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("OPTIONS", "/2.0/files/content"));
    assert_eq!(request.json(), json!({ "name": "notes.txt", "size": 1024, "parent": { "id": "0" } }));
}

#[tokio::test]
async fn an_avatar_is_a_form_with_one_file() {
    let server = Server::start(|_, _| {
        Reply::json(201, &json!({ "pic_urls": { "small": "https://a.example.com/s" } }))
    });
    let picture = Upload::from(b"\x89PNG").file_name("me.png").content_type("image/png");
    client(&server).avatars().create_user_avatar("9", picture).await.expect("the picture is taken");
    let request = server.last();
    assert_eq!(request.path(), "/2.0/users/9/avatar");
    let parts = parts(&request);
    assert_eq!((parts.len(), parts[0].content.as_slice()), (1, &b"\x89PNG"[..]));
    assert!(
        parts[0].head.contains("name=\"pic\"; filename=\"me.png\"\r\ncontent-type: image/png"),
        "{}",
        parts[0].head
    );
}
