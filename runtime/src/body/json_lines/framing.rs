//! Writes the bytes around each value of a body.

use super::parse::RECORD_SEPARATOR;
use crate::json::{Json, to_bytes};

/// The way in which values are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    /// Each on a line of its own.
    Lines,
    /// Each after a separator (RFC 7464).
    Sequence,
    /// Each in the data of an event.
    Events,
    /// Each in a part of a multipart body with this boundary.
    Parts(String),
}

impl Framing {
    /// Returns the framing of a media type. The random bits make the boundary, and must be new for each body.
    pub(super) fn of(media_type: &str, random: [u64; 2]) -> Self {
        if media_type.starts_with("multipart/") {
            Self::Parts(format!("{:016x}{:016x}", random[0], random[1]))
        } else if media_type.contains("json-seq") {
            Self::Sequence
        } else if media_type.starts_with("text/event-stream") {
            Self::Events
        } else {
            Self::Lines
        }
    }

    /// Writes a value and the bytes around it.
    pub(super) fn write(&self, value: &dyn Json, into: &mut Vec<u8>) -> Result<(), String> {
        match self {
            Self::Lines => {}
            Self::Sequence => into.push(RECORD_SEPARATOR),
            Self::Events => into.extend_from_slice(b"data: "),
            Self::Parts(boundary) => {
                let head = format!("--{boundary}\r\ncontent-type: application/json\r\n\r\n");
                into.extend_from_slice(head.as_bytes());
            }
        }
        into.extend(to_bytes(value).map_err(|fault| fault.to_string())?);
        into.extend_from_slice(match self {
            Self::Lines | Self::Sequence => b"\n",
            Self::Events => b"\n\n",
            Self::Parts(_) => b"\r\n",
        });
        Ok(())
    }

    /// Returns the bytes after the last value.
    pub(super) fn end(&self) -> Vec<u8> {
        match self {
            Self::Lines | Self::Sequence | Self::Events => Vec::new(),
            Self::Parts(boundary) => format!("--{boundary}--\r\n").into_bytes(),
        }
    }

    /// Returns the media type with the boundary; `None` if there is none to add.
    pub(super) fn media_type(&self, media_type: &str) -> Option<String> {
        match self {
            Self::Lines | Self::Sequence | Self::Events => None,
            Self::Parts(boundary) => Some(format!("{media_type}; boundary={boundary}")),
        }
    }
}
