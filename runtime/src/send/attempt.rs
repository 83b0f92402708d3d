//! One try: a request out, head and body in, with an eye on how long nothing comes.

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::{COOKIE, USER_AGENT};
use http::{HeaderValue, Uri};

use crate::body::{Body, ByteStream};
use crate::bounds::{First, race};
use crate::call::Head;
use crate::client::Client;
use crate::credential::{Authorization, Place};
use crate::error::{Error, TimeoutKind};
use crate::info::RequestInfo;
use crate::parameter::Escape;
use crate::request::Prepared;

/// The answer: its head, its body as far as it came, and why it came no farther, if it did not.
pub(super) type Answered = (Head, Bytes, Option<Error>);

/// Sends once. It fails when there is no answer at all.
pub(super) async fn send_once(
    client: &Client,
    prepared: &Prepared,
    authorizations: &[Authorization],
    info: RequestInfo,
) -> Result<Answered, Error> {
    let body = prepared.body.open().await?;
    let mut request = request(client, prepared, authorizations, body)?;
    request.extensions_mut().insert(info);
    let mut sending = client.transport()?.send(request);
    let response = match idle(client, &mut sending).await? {
        Ok(response) => response,
        Err(error) => return Err(Error::transport(error)),
    };
    let (parts, stream) = response.into_parts();
    let (body, cut) = collect(client, stream).await;
    Ok((Head { status: parts.status, headers: parts.headers }, body, cut))
}

/// Waits for the next thing from the server, as long as the client is patient.
async fn idle<T>(client: &Client, next: &mut (impl Future<Output = T> + Unpin)) -> Result<T, Error> {
    let Some(limit) = client.options().read_timeout else { return Ok(next.await) };
    let mut sleep = client.platform()?.sleep(limit);
    match race(next, &mut sleep).await {
        First::Left(value) => Ok(value),
        First::Right(()) => {
            Err(Error::timeout(TimeoutKind::Read, format!("nothing came for {limit:?} (read timeout)")))
        }
    }
}

async fn collect(client: &Client, mut stream: ByteStream) -> (Bytes, Option<Error>) {
    let mut body = Bytes::new();
    let mut longer = BytesMut::new();
    loop {
        let mut next = Box::pin(stream.next());
        let error = match idle(client, &mut next).await {
            // Most bodies are one chunk, which needs no copy.
            Ok(Some(Ok(chunk))) if body.is_empty() && longer.is_empty() => {
                body = chunk;
                continue;
            }
            Ok(Some(Ok(chunk))) => {
                longer.extend_from_slice(&std::mem::take(&mut body));
                longer.extend_from_slice(&chunk);
                continue;
            }
            Ok(None) => None,
            Ok(Some(Err(error))) => Some(Error::transport(error)),
            Err(error) => Some(error),
        };
        return (if longer.is_empty() { body } else { longer.freeze() }, error);
    }
}

fn request(
    client: &Client,
    prepared: &Prepared,
    authorizations: &[Authorization],
    body: Body,
) -> Result<http::Request<Body>, Error> {
    let mut url = prepared.url.clone();
    let mut headers = prepared.headers.clone();
    for authorization in authorizations {
        place(authorization, &mut url, &mut headers)?;
    }
    headers.insert(USER_AGENT, client.user_agent().clone());
    let uri: Uri = url.parse().map_err(|_| Error::invalid("the URL cannot be sent"))?;
    let mut request = http::Request::new(body);
    *request.method_mut() = prepared.method.clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    Ok(request)
}

fn place(authorization: &Authorization, url: &mut String, headers: &mut HeaderMap) -> Result<(), Error> {
    match authorization.place() {
        Place::Header(name, value) => {
            headers.insert(name, value.clone());
        }
        Place::Query(name, value) => {
            url.push(if url.contains('?') { '&' } else { '?' });
            Escape::Unreserved.push(name, url);
            url.push('=');
            Escape::Unreserved.push(value.expose(), url);
        }
        Place::Cookie(name, value) => {
            let mut cookies =
                headers.get(COOKIE).map_or_else(Vec::new, |set| [set.as_bytes(), b"; "].concat());
            cookies
                .extend_from_slice(format!("{name}={}", Escape::Unreserved.apply(value.expose())).as_bytes());
            let mut cookies = HeaderValue::from_bytes(&cookies)
                .map_err(|_| Error::invalid("a cookie has characters that no header may have"))?;
            cookies.set_sensitive(true);
            headers.insert(COOKIE, cookies);
        }
    }
    Ok(())
}
