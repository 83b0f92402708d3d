//! Uploads of files and readers, and downloads to files. They use the system's clock, since reading takes real time.

use std::io::{Cursor, Seek, SeekFrom};

use sdk_runtime as rt;

use rt::testing::{MockTransport, Reply};
use rt::{ErrorKind, RetryPolicy, Upload};

use crate::folder::Folder;
use crate::set_up::{FORM, GET, PUT, builder};

fn set_up() -> (rt::Client, MockTransport) {
    let api = MockTransport::new();
    let at_once = RetryPolicy::default().base(std::time::Duration::ZERO);
    let client = builder(&api).retry(at_once).build().expect("a client");
    (client, api)
}

/// Returns more bytes than are read at once.
fn content() -> Vec<u8> {
    (0..300_000_u32).flat_map(u32::to_le_bytes).collect()
}

#[tokio::test]
async fn a_file_is_opened_for_each_attempt() {
    let (folder, (client, api)) = (Folder::new("tries"), set_up());
    api.on("put").reply(Reply::new(500)).reply(Reply::new(204));
    let mut request = client.operation(&PUT);
    request.upload(Upload::file(folder.write("a.bin", &content())));
    request.send(rt::empty).await.expect("the second attempt");
    let requests = api.requests();
    assert_eq!(requests.len(), 2);
    assert!(requests.iter().all(|request| request.body()[..] == content()));
}

#[tokio::test]
async fn an_async_reader_is_sent_once_in_full() {
    use tokio::io::AsyncWriteExt;

    let (client, api) = set_up();
    let (mut pipe, reader) = tokio::io::duplex(1000);
    api.on("put").reply(Reply::new(500)).reply(Reply::new(204));
    let mut request = client.operation(&PUT);
    request.upload(Upload::async_reader(reader));
    let writing = tokio::spawn(async move { pipe.write_all(&content()).await });
    let error = request.send(rt::empty).await.expect_err("the bytes are gone");
    assert_eq!((error.status().map(|status| status.as_u16()), error.attempts()), (Some(500), 1));
    writing.await.expect("the writer is done").expect("all of it was taken");
    assert!(api.requests()[0].body()[..] == content());

    let mut request = client.operation(&PUT);
    request.upload(Upload::async_reader(&b"12345"[..]).length(4));
    let error = request.send(rt::empty).await.expect_err("more than the length");
    assert_eq!(error.kind(), ErrorKind::Body);
}

#[tokio::test]
async fn a_reader_is_rewound_to_its_start_position() {
    let (folder, (client, api)) = (Folder::new("reader"), set_up());
    let mut file = std::fs::File::open(folder.write("a.bin", &content())).expect("the file");
    file.seek(SeekFrom::Start(500_000)).expect("the file can seek");
    let mut cursor = Cursor::new("0123456789");
    cursor.set_position(3);
    let cases = [
        (Upload::reader(file), content()[500_000..].to_vec()),
        (Upload::reader(cursor).length(4), b"3456".to_vec()),
    ];
    for (upload, expected) in cases {
        api.on("put").reply(Reply::new(500)).reply(Reply::new(204));
        let mut request = client.operation(&PUT);
        request.upload(upload);
        request.send(rt::empty).await.expect("the second attempt");
        let requests = api.requests();
        let [first, second] = &requests[requests.len() - 2..] else { panic!("two tries") };
        assert!(first.body()[..] == expected && second.body()[..] == expected);
    }
}

#[tokio::test]
async fn a_form_has_the_file_name() {
    let (folder, (client, api)) = (Folder::new("form"), set_up());
    api.on("form").reply(Reply::new(204));
    let mut form = client.operation(&FORM);
    form.part_file("file", Upload::file(folder.write("a.txt", b"content")));
    form.send(rt::empty).await.expect("a response");
    let body = String::from_utf8(api.requests()[0].body().to_vec()).expect("UTF-8");
    assert!(body.contains("filename=\"a.txt\"\r\n"), "{body}");
    assert!(body.contains("\r\n\r\ncontent\r\n--"), "{body}");
}

#[tokio::test]
async fn a_missing_or_short_file_is_an_error() {
    let (folder, (client, api)) = (Folder::new("missing"), set_up());
    let mut request = client.operation(&PUT);
    request.upload(Upload::file(folder.path("missing.bin")));
    let error = request.send(rt::empty).await.expect_err("no file");
    assert_eq!(error.kind(), ErrorKind::File);
    assert!(error.to_string().contains("missing.bin` cannot be read"), "{error}");

    let mut request = client.operation(&PUT);
    request.upload(Upload::file(folder.write("short.bin", b"short")).length(6));
    assert_eq!(request.send(rt::empty).await.expect_err("too short").kind(), ErrorKind::Body);
    assert!(api.requests().is_empty());
}

#[tokio::test]
async fn a_download_replaces_the_file_only_when_complete() {
    let (folder, (client, api)) = (Folder::new("save"), set_up());
    api.on("get").reply(Reply::new(200).chunks(["one", "two"])).reply(Reply::new(200).chunks(["thr"]).cut());
    let path = folder.write("saved.txt", b"what was there before");
    folder.write("saved.txt.part", b"somebody else's");

    let download = client.operation(&GET).receive(rt::download).await.expect("a response");
    assert_eq!(download.save_to(&path).await.expect("a file"), 6);
    assert_eq!(std::fs::read(&path).expect("the file"), b"onetwo");

    let download = client.operation(&GET).receive(rt::download).await.expect("a response");
    let error = download.save_to(&path).await.expect_err("a lost connection");
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert_eq!(std::fs::read(&path).expect("the file"), b"onetwo");
    assert_eq!(folder.names().len(), 2, "{:?}", folder.names());
}

#[tokio::test]
async fn a_download_to_an_impossible_path_is_an_error() {
    let (folder, (client, api)) = (Folder::new("nowhere"), set_up());
    api.on("get").reply(Reply::new(200).text("x"));
    let download = client.operation(&GET).receive(rt::download).await.expect("a response");
    let error = download.save_to(folder.path("no/such/folder")).await.expect_err("no folder");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::File, Some("get")));
}

#[test]
fn a_file_upload_needs_a_tokio_runtime() {
    let (folder, (client, _)) = (Folder::new("bare"), set_up());
    let upload = Upload::file(folder.write("a.bin", b"content"));
    let mut request = client.operation(&PUT);
    request.upload(upload);
    let clock = rt::testing::ManualClock::new();
    let mut call = std::pin::pin!(clock.run(request.send(rt::empty)));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(outcome) = call.as_mut().poll(&mut context) else { panic!("it waits") };
    assert_eq!(outcome.expect_err("no runtime").kind(), ErrorKind::Configuration);
}
