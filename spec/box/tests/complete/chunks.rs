//! Chunked uploads: the session, the parts with their ranges and digests, the commit.

use std::sync::{Arc, Mutex};

use box_sdk::Upload;
use box_sdk::managers::chunked_uploads::CreateFileUploadSessionCommitResponse;
use box_sdk::types::UploadPart;
use serde_json::{Value, json};

use super::server::{Recorded, Reply, Server};
use super::set_up::{Scratch, client};

const PART: usize = 1000;

/// A server that creates sessions, and the one that takes their parts.
struct Sessions {
    api: Server,
    upload: Server,
}

impl Sessions {
    fn start() -> Self {
        let parts = Arc::new(Mutex::new(Vec::new()));
        let upload = Server::start(move |request, _| {
            let mut parts = parts.lock().expect("no answer panicked");
            match (request.method.as_str(), request.target.as_str()) {
                ("PUT", "/7/part") => {
                    let part = part(request, parts.len());
                    parts.push(part.clone());
                    Reply::json(200, &json!({ "part": part }))
                }
                ("GET", "/7/parts?log=1") => list(&parts, 0),
                ("GET", "/7/parts?log=1&offset=2") => list(&parts, 2),
                ("POST", "/7/commit") => commit(request, &mut parts),
                ("DELETE", "/7") => Reply::new(204),
                (method, target) => panic!("{method} {target}"),
            }
        });
        let endpoints = json!({
            "upload_part": upload.url("/7/part"),
            "list_parts": upload.url("/7/parts?log=1"),
            "commit": upload.url("/7/commit"),
            "abort": upload.url("/7"),
        });
        let session = json!({ "id": "S7", "type": "upload_session", "part_size": PART, "session_endpoints": endpoints });
        let api = Server::start(move |_, _| Reply::json(201, &session));
        Self { api, upload }
    }
}

/// Checks an uploaded part, and returns the server's description of it.
fn part(request: &Recorded, index: usize) -> Value {
    assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
    assert_eq!(request.header("content-type"), Some("application/octet-stream"));
    let range = request.header("content-range").expect("a part has a range");
    let (first, rest) =
        range.strip_prefix("bytes ").and_then(|range| range.split_once('-')).expect("a range");
    let (last, total) = rest.split_once('/').expect("a range has a total");
    let (first, last): (usize, usize) = (first.parse().expect("a number"), last.parse().expect("a number"));
    assert_eq!((last + 1 - first, total), (request.body.len(), "2500"));
    assert!(request.body.iter().enumerate().all(|(at, byte)| *byte == byte_at(first + at)));
    json!({ "part_id": format!("P{index}"), "offset": first, "size": request.body.len(), "sha1": "c0ffee" })
}

fn list(parts: &[Value], from: usize) -> Reply {
    let page: Vec<&Value> = parts.iter().skip(from).take(2).collect();
    Reply::json(200, &json!({ "total_count": parts.len(), "limit": 2, "offset": from, "entries": page }))
}

/// Answers the first commit with 202, since the parts are still being assembled.
fn commit(request: &Recorded, parts: &mut Vec<Value>) -> Reply {
    assert_eq!(request.header("digest"), Some("sha=d29ya3M="));
    assert_eq!(request.json()["parts"].as_array().map(Vec::len), Some(3));
    if parts.len() == 3 {
        parts.push(Value::Null);
        return Reply::new(202).header("retry-after", "1");
    }
    Reply::json(201, &json!({ "total_count": 1, "entries": [{ "type": "file", "id": "7", "size": 2500 }] }))
}

fn byte_at(at: usize) -> u8 {
    (at % 251) as u8
}

#[tokio::test]
async fn a_file_is_uploaded_in_parts_to_the_urls_of_the_session() {
    let content: Vec<u8> = (0..2500).map(byte_at).collect();
    let (scratch, servers) = (Scratch::new("parts.bin", &content), Sessions::start());
    let client = client(&servers.api);
    let uploads = client.chunked_uploads();

    let session = uploads.create_file_upload_session("0", 2500, "parts.bin").await.expect("a session");
    assert_eq!(servers.api.last().target, "/api/2.0/files/upload_sessions");
    let sent = servers.api.last().json();
    assert_eq!(sent, json!({ "folder_id": "0", "file_size": 2500, "file_name": "parts.bin" }));
    let id = session.id.expect("a session has an id");
    let endpoints = session.session_endpoints.expect("a session has endpoints");
    let size = session.part_size.expect("a session has a part size") as u64;

    let mut parts: Vec<UploadPart> = Vec::new();
    for first in (0..2500).step_by(size as usize) {
        let last = (first + size).min(2500) - 1;
        let mut file = std::fs::File::open(&scratch.0).expect("the file");
        std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(first)).expect("the file can seek");
        let piece = Upload::reader(file).length(last + 1 - first);
        let range = format!("bytes {first}-{last}/2500");
        let uploaded = uploads
            .upload_file_part(&id, piece, "sha=cGFydA==", range)
            .send()
            .url(endpoints.upload_part.clone().expect("a URL for parts"))
            .await
            .expect("the part is taken");
        parts.extend(uploaded.part);
    }
    assert!(servers.upload.requests().iter().all(|request| request.header("digest") == Some("sha=cGFydA==")));
    assert_eq!(parts[2].part_id.as_deref(), Some("P2"));
    assert_eq!((parts[2].offset, parts[2].size), (Some(2000), Some(500)));

    let listed = uploads.get_file_upload_session_parts(&id).offset(2).send();
    let listed = listed.url(endpoints.list_parts.expect("a URL for the list")).await.expect("the list");
    assert_eq!(listed.entries.expect("entries").len(), 1);

    let commit = uploads.create_file_upload_session_commit(&id, parts, "sha=d29ya3M=").send();
    let committed =
        commit.idempotent().url(endpoints.commit.expect("a URL for the commit")).await.expect("a response");
    let CreateFileUploadSessionCommitResponse::Created(files) = committed else { panic!("{committed:?}") };
    assert_eq!(files.entries.expect("entries")[0].size, Some(2500));
    let commits = servers.upload.requests().iter().filter(|request| request.target == "/7/commit").count();
    assert_eq!(commits, 2);
}

#[tokio::test]
async fn a_session_can_be_aborted() {
    let servers = Sessions::start();
    let client = client(&servers.api);
    let session = client.chunked_uploads().create_file_upload_session_for_existing_file("7", 2500);
    let session = session.file_name("new.bin").await.expect("a session");
    assert_eq!(servers.api.last().target, "/api/2.0/files/7/upload_sessions");
    let abort = session.session_endpoints.and_then(|endpoints| endpoints.abort).expect("a URL to abort");
    let call = client.chunked_uploads().delete_file_upload_session_by_id("S7").send().url(abort);
    call.await.expect("the session is aborted");
    assert_eq!(servers.upload.last().method, "DELETE");
}

#[tokio::test]
async fn without_a_url_parts_go_to_the_server_of_the_document() {
    let script = super::set_up::Script::with("put_files_upload_sessions_id", &json!({}));
    let call = script.client.chunked_uploads().upload_file_part("S7", b"abc", "sha=YQ==", "bytes 0-2/3");
    script.run(call).await.expect("the part is taken");
    assert_eq!(script.last().url(), "https://upload.box.com/api/2.0/files/upload_sessions/S7");
}
