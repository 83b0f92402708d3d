//! Collects the body of a response in memory, up to a limit.

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};

use super::FailedAttempt;
use super::idle_timeout::IdleTimeout;
use crate::body::ByteStream;
use crate::error::{Error, ErrorKind};
use crate::retry::Failure;

/// The number of bytes kept of a body that is too large.
const KEPT: usize = 64 * 1024;

/// Returns the body as far as it was received, and the failure if it is incomplete.
pub(super) async fn collect(
    mut stream: ByteStream,
    headers: &HeaderMap,
    idle_timeout: &IdleTimeout<'_>,
    most: usize,
) -> (Bytes, Option<FailedAttempt>) {
    if length(headers).is_some_and(|length| length > most as u64) {
        return (Bytes::new(), Some(too_large(most)));
    }
    let mut body = Bytes::new();
    let mut longer = BytesMut::new();
    loop {
        let mut next = std::pin::pin!(stream.next());
        let failed_attempt = match idle_timeout.wait(&mut next, None).await {
            Ok(Some(Ok(chunk))) if body.len() + longer.len() + chunk.len() > most => {
                join(&mut body, &mut longer, &chunk.slice(..chunk.len().min(KEPT)));
                longer.truncate(KEPT.min(most));
                Some(too_large(most))
            }
            // Most bodies are one chunk, which needs no copy.
            Ok(Some(Ok(chunk))) if body.is_empty() && longer.is_empty() => {
                body = chunk;
                continue;
            }
            Ok(Some(Ok(chunk))) => {
                join(&mut body, &mut longer, &chunk);
                continue;
            }
            Ok(None) => None,
            Ok(Some(Err(error))) => Some(error.into()),
            Err(error) => Some(FailedAttempt::new(error, Failure::Silent)),
        };
        return (if longer.is_empty() { body } else { longer.freeze() }, failed_attempt);
    }
}

fn join(body: &mut Bytes, longer: &mut BytesMut, chunk: &[u8]) {
    longer.extend_from_slice(&std::mem::take(body));
    longer.extend_from_slice(chunk);
}

/// Returns the declared length of the body, unless it is compressed: the limit counts decompressed bytes.
fn length(headers: &HeaderMap) -> Option<u64> {
    if headers.contains_key(CONTENT_ENCODING) {
        return None;
    }
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn too_large(most: usize) -> FailedAttempt {
    let message = format!("the body is larger than {most} bytes, the client's limit for bodies in memory");
    FailedAttempt::new(Error::new(ErrorKind::TooLarge, message), Failure::Final)
}
