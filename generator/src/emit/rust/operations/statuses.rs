//! Determines the statuses that each success response covers.

use std::ops::RangeInclusive;

use crate::ir::{Header, Payload, Response, StatusRange};
use crate::listing::Accepted;

const SUCCESS: RangeInclusive<u16> = 200..=299;
const PARTIAL: u16 = 206;

/// Returns `true` if the body is not read into memory before it is decoded.
pub(crate) fn is_stream(payload: &Payload) -> bool {
    match payload {
        Payload::Binary
        | Payload::Location
        | Payload::Events(_)
        | Payload::JsonLines(_)
        | Payload::Results(_) => true,
        Payload::Empty | Payload::Json(_) | Payload::Text => false,
    }
}

/// Returns the statuses whose bodies are streamed. If all documented bodies are, so are those of undocumented
/// success statuses.
pub(crate) fn streamed(responses: &[Response]) -> Vec<RangeInclusive<u16>> {
    let streams = responses.iter().filter(|response| is_stream(&response.payload));
    if streams.clone().count() == responses.len() && !responses.is_empty() {
        return [SUCCESS]
            .into_iter()
            .chain(streams.filter_map(|response| outside(response.status)))
            .collect();
    }
    let part = takes_parts(responses).then_some(PARTIAL..=PARTIAL);
    streams.flat_map(|response| covered(response.status, responses)).chain(part).collect()
}

/// Returns `true` if a 206 is handled by the binary 200 response, because it has no response of its own. Any
/// request can ask for a range (RFC 9110, section 15.3.7).
pub(crate) fn takes_parts(responses: &[Response]) -> bool {
    let all = |response: &&Response| {
        response.status == StatusRange::Exact(200) && response.payload == Payload::Binary
    };
    let is_named = responses.iter().any(|response| match response.status {
        StatusRange::Exact(status) => status == PARTIAL,
        StatusRange::Class(class) => class == 2,
        StatusRange::Default => true,
    });
    !is_named && responses.iter().find(all).is_some()
}

fn outside(status: StatusRange) -> Option<RangeInclusive<u16>> {
    let range = range(status)?;
    (!SUCCESS.contains(range.start())).then_some(range)
}

fn range(status: StatusRange) -> Option<RangeInclusive<u16>> {
    match status {
        StatusRange::Exact(code) => Some(code..=code),
        StatusRange::Class(class) => Some(u16::from(class) * 100..=u16::from(class) * 100 + 99),
        StatusRange::Default => None,
    }
}

/// Returns the statuses that a response covers, without those with a more specific response.
pub(crate) fn covered(status: StatusRange, responses: &[Response]) -> Vec<RangeInclusive<u16>> {
    let all = range(status).unwrap_or(SUCCESS);
    let mut taken: Vec<RangeInclusive<u16>> = responses
        .iter()
        .filter(|other| narrower(other.status, status))
        .filter_map(|other| range(other.status))
        .collect();
    taken.sort_by_key(|range| *range.start());
    let (mut ranges, mut next) = (Vec::new(), *all.start());
    for other in taken.iter().filter(|other| all.contains(other.start())) {
        if next < *other.start() {
            ranges.push(next..=*other.start() - 1);
        }
        next = next.max(*other.end() + 1);
    }
    if next <= *all.end() {
        ranges.push(next..=*all.end());
    }
    ranges
}

/// Returns `true` if the first status is more specific than the second.
fn narrower(first: StatusRange, second: StatusRange) -> bool {
    let rank = |status: StatusRange| match status {
        StatusRange::Exact(_) => 0,
        StatusRange::Class(_) => 1,
        StatusRange::Default => 2,
    };
    rank(first) < rank(second)
}

/// Returns `true` if a 202 with `Retry-After` may announce a result that is not ready yet.
pub(crate) fn may_be_later(responses: &[Response]) -> bool {
    responses.iter().any(|response| {
        let retry_after = |header: &Header| header.name.wire.eq_ignore_ascii_case("retry-after");
        response.status == StatusRange::Exact(202) && response.headers.iter().any(retry_after)
    })
}

/// Returns how a call treats the status 202, if it is documented.
pub(crate) fn accepted(responses: &[Response]) -> Option<Accepted> {
    let is_documented = responses.iter().any(|response| response.status == StatusRange::Exact(202));
    let treatment = if may_be_later(responses) { Accepted::Awaited } else { Accepted::Returned };
    is_documented.then_some(treatment)
}

/// Returns the statuses outside 2xx that are results rather than errors.
pub(crate) fn outside_success(responses: &[Response]) -> Vec<u16> {
    const REDIRECTS: [u16; 7] = [300, 301, 302, 303, 305, 307, 308];
    let mut codes: Vec<u16> = responses
        .iter()
        .flat_map(|response| match response.status {
            StatusRange::Exact(code) if !SUCCESS.contains(&code) => vec![code],
            StatusRange::Class(3) => REDIRECTS.to_vec(),
            StatusRange::Exact(_) | StatusRange::Class(_) | StatusRange::Default => Vec::new(),
        })
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    use super::{outside_success, streamed};
    use crate::ir::{Docs, Payload, Response, StatusRange};
    use crate::pointer::{DocumentId, Pointer};

    fn responses(responses: &[(StatusRange, Payload)]) -> Vec<Response> {
        let response = |(status, payload): &(StatusRange, Payload)| Response {
            status: *status,
            payload: payload.clone(),
            media_type: String::new(),
            form: Vec::new(),
            alternatives: Vec::new(),
            headers: Vec::new(),
            docs: Docs::default(),
            origin: Pointer::root(DocumentId(0)),
        };
        responses.iter().map(response).collect()
    }

    #[test]
    fn streams_leave_out_what_has_a_response_of_its_own() {
        use StatusRange::{Class, Default, Exact};
        let statuses = |list: &[(StatusRange, Payload)]| streamed(&responses(list));
        assert_eq!(statuses(&[(Exact(200), Payload::Binary)]), [200..=299]);
        let found = (Exact(302), Payload::Empty);
        assert_eq!(statuses(&[(Exact(200), Payload::Binary), found.clone()]), [200..=200, 206..=206]);
        assert_eq!(
            statuses(&[(Exact(200), Payload::Binary), (Exact(206), Payload::Empty), found]),
            [200..=200]
        );
        assert_eq!(
            statuses(&[(Class(2), Payload::Binary), (Exact(202), Payload::Empty)]),
            [200..=201, 203..=299]
        );
        assert_eq!(statuses(&[(Default, Payload::Binary), (Class(2), Payload::Empty)]), []);
        assert_eq!(statuses(&[(Default, Payload::Binary), (Exact(299), Payload::Empty)]), [200..=298]);
        assert_eq!(statuses(&[(Exact(200), Payload::Text)]), []);
    }

    #[test]
    fn redirects_are_answers_where_they_are_documented() {
        use StatusRange::{Class, Exact};
        let statuses = |list: &[(StatusRange, Payload)]| outside_success(&responses(list));
        assert_eq!(statuses(&[(Exact(200), Payload::Binary), (Exact(302), Payload::Empty)]), [302]);
        assert_eq!(statuses(&[(Class(3), Payload::Empty)]).len(), 7);
    }
}
