//! Decompresses bodies of responses, by their content codings (RFC 9110 section 8.4.1).

use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, StatusCode};

use super::coding::codings;
use crate::body::ByteStream;
use crate::error::{TransportError, TransportErrorKind};

/// The content codings that are asked for.
pub(super) const ACCEPTED: &str = match (cfg!(feature = "brotli"), cfg!(feature = "zstd")) {
    (false, false) => "gzip",
    (true, false) => "gzip, br",
    (false, true) => "gzip, zstd",
    (true, true) => "gzip, br, zstd",
};

/// The number of compressed bytes that are decompressed at a time, which bounds what they can grow to.
const PIECE: usize = 4 * 1024;

/// Decompresses a body if all its codings are known, and takes them from the headers. A part of a compressed body stays
/// as it is, since it cannot be decompressed alone.
pub(super) fn decompressed(status: StatusCode, headers: &mut HeaderMap, stream: ByteStream) -> ByteStream {
    if status == StatusCode::PARTIAL_CONTENT || !headers.contains_key(CONTENT_ENCODING) {
        return stream;
    }
    // The last coding was applied last.
    let decoders: Option<Vec<Decoder>> =
        codings(headers).iter().rev().map(|name| Decoder::new(name)).collect();
    let Some(decoders) = decoders else { return stream };
    headers.remove(CONTENT_ENCODING);
    if decoders.is_empty() {
        return stream;
    }
    headers.remove(CONTENT_LENGTH);
    decoders.into_iter().fold(stream, |stream, decoder| ByteStream::new(Decompressed::new(stream, decoder)))
}

/// The decompression of one coding, which collects its output in memory.
enum Decoder {
    Gzip(flate2::write::MultiGzDecoder<Vec<u8>>),
    #[cfg(feature = "brotli")]
    Brotli(Box<brotli_decompressor::writer::DecompressorWriter<Vec<u8>>>),
    #[cfg(feature = "zstd")]
    Zstd(Zstandard),
}

/// The decompression of Zstandard, whose own writer does not notice a frame that is cut.
#[cfg(feature = "zstd")]
struct Zstandard {
    decoder: zstd::stream::raw::Decoder<'static>,
    output: Vec<u8>,
    is_inside_frame: bool,
}

#[cfg(feature = "zstd")]
impl Zstandard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        use zstd::stream::raw::{InBuffer, Operation, OutBuffer};

        let mut input = InBuffer::around(bytes);
        let mut piece = [0; PIECE];
        loop {
            let mut output = OutBuffer::around(&mut piece[..]);
            let hint = self.decoder.run(&mut input, &mut output)?;
            let written = output.as_slice();
            let is_full = written.len() == PIECE;
            self.output.extend_from_slice(written);
            self.is_inside_frame = hint > 0;
            if input.pos() == bytes.len() && !is_full {
                return Ok(());
            }
        }
    }

    fn finish(&self) -> io::Result<()> {
        if self.is_inside_frame { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}

impl Decoder {
    fn new(coding: &str) -> Option<Self> {
        match coding {
            "gzip" | "x-gzip" => Some(Self::Gzip(flate2::write::MultiGzDecoder::new(Vec::new()))),
            #[cfg(feature = "brotli")]
            "br" => {
                let writer = brotli_decompressor::writer::DecompressorWriter::new(Vec::new(), PIECE);
                Some(Self::Brotli(Box::new(writer)))
            }
            #[cfg(feature = "zstd")]
            "zstd" => {
                let decoder = zstd::stream::raw::Decoder::new().ok()?;
                Some(Self::Zstd(Zstandard { decoder, output: Vec::new(), is_inside_frame: true }))
            }
            _ => None,
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            // A writer keeps its last output until it is flushed, while a stream of events may pause.
            Self::Gzip(decoder) => decoder.write_all(bytes).and_then(|()| decoder.flush()),
            #[cfg(feature = "brotli")]
            Self::Brotli(decoder) => decoder.write_all(bytes).and_then(|()| decoder.flush()),
            #[cfg(feature = "zstd")]
            Self::Zstd(decoder) => decoder.write(bytes),
        }
    }

    /// Ends the input. Returns an error if it is incomplete.
    fn finish(&mut self) -> io::Result<()> {
        match self {
            Self::Gzip(decoder) => decoder.try_finish(),
            #[cfg(feature = "brotli")]
            Self::Brotli(decoder) => decoder.close(),
            #[cfg(feature = "zstd")]
            Self::Zstd(decoder) => decoder.finish(),
        }
    }

    fn output(&mut self) -> Bytes {
        let output = match self {
            Self::Gzip(decoder) => decoder.get_mut(),
            #[cfg(feature = "brotli")]
            Self::Brotli(decoder) => decoder.get_mut(),
            #[cfg(feature = "zstd")]
            Self::Zstd(decoder) => &mut decoder.output,
        };
        std::mem::take(output).into()
    }
}

struct Decompressed {
    stream: ByteStream,
    decoder: Decoder,
    /// The bytes that were received and are not yet decompressed.
    rest: Bytes,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing was received: a body without bytes is not compressed.
    Empty,
    Going,
    Ended,
}

impl Decompressed {
    fn new(stream: ByteStream, decoder: Decoder) -> Self {
        Self { stream, decoder, rest: Bytes::new(), state: State::Empty }
    }

    /// Takes what is there to decompress, and returns what came of it, if anything.
    fn step(&mut self) -> io::Result<Option<Bytes>> {
        while !self.rest.is_empty() {
            let piece = self.rest.split_to(self.rest.len().min(PIECE));
            self.decoder.write(&piece)?;
            let output = self.decoder.output();
            if !output.is_empty() {
                return Ok(Some(output));
            }
        }
        Ok(None)
    }

    fn end(&mut self) -> io::Result<Option<Bytes>> {
        if self.state == State::Going {
            self.decoder.finish()?;
        }
        self.state = State::Ended;
        Ok(Some(self.decoder.output()).filter(|output| !output.is_empty()))
    }
}

impl Stream for Decompressed {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let step = match self.state {
                State::Ended => return Poll::Ready(None),
                State::Empty | State::Going if !self.rest.is_empty() => self.step(),
                State::Empty | State::Going => match ready!(Pin::new(&mut self.stream).poll_next(context)) {
                    Some(Ok(chunk)) => {
                        if !chunk.is_empty() {
                            self.state = State::Going;
                        }
                        self.rest = chunk;
                        continue;
                    }
                    Some(Err(error)) => {
                        self.state = State::Ended;
                        return Poll::Ready(Some(Err(error)));
                    }
                    None => self.end(),
                },
            };
            match step {
                Ok(Some(output)) => return Poll::Ready(Some(Ok(output))),
                Ok(None) => {}
                Err(error) => {
                    self.state = State::Ended;
                    let error = TransportError::new(TransportErrorKind::Encoding, error);
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}
