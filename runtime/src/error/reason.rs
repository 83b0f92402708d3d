//! Says in words why the system failed, so that the text of an error need not repeat those of its sources.

use std::error::Error as StdError;
use std::{io, iter};

use super::Error;

/// Returns the reason that the sources of an error give, if it is a usual one.
pub(super) fn reason(source: &(dyn StdError + 'static)) -> Option<&'static str> {
    // A failure of another call says itself why.
    let mut own = iter::once(source).chain(sources(source)).take_while(|error| !error.is::<Error>());
    own.find_map(|error| {
        let found = error.downcast_ref::<io::Error>().and_then(|error| of_kind(error.kind()));
        // The resolver of the HTTP library tells its failures by their text only.
        found.or_else(|| error.to_string().starts_with("dns error").then_some(UNRESOLVED))
    })
}

/// Returns the sources of an error, outermost first.
pub(crate) fn sources(error: &dyn StdError) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    iter::successors(error.source(), |&error| error.source())
}

const UNRESOLVED: &str = "the host name cannot be resolved";

const REASONS: [(io::ErrorKind, &str); 10] = [
    (io::ErrorKind::ConnectionRefused, "the other side refuses connections"),
    (io::ErrorKind::ConnectionReset, "the other side reset it"),
    (io::ErrorKind::ConnectionAborted, "the other side closed it"),
    (io::ErrorKind::BrokenPipe, "the other side closed it"),
    (io::ErrorKind::UnexpectedEof, "it ended early"),
    (io::ErrorKind::HostUnreachable, "no route leads there"),
    (io::ErrorKind::NetworkUnreachable, "no route leads there"),
    (io::ErrorKind::NotFound, "it does not exist"),
    (io::ErrorKind::PermissionDenied, "access is not permitted"),
    (io::ErrorKind::StorageFull, "no space is left"),
];

fn of_kind(kind: io::ErrorKind) -> Option<&'static str> {
    REASONS.iter().find(|(known, _)| *known == kind).map(|(_, words)| *words)
}
