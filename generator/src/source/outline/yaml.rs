//! Outlines YAML texts, from the events of a parser that reports positions.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser};

use super::{Builder, Content, Outline};
use crate::source::language::without_mark;
use crate::source::{Position, Span};

pub(crate) fn outline(text: &str) -> Outline {
    let mut builder = Builder::default();
    let mut anchors = BTreeMap::new();
    for event in Parser::new_from_str(without_mark(text)) {
        // The parser that read the document may accept what this one rejects. Everything before the error
        // keeps its position.
        let Ok((event, span)) = event else { break };
        let (anchor, node) = match event {
            Event::Scalar(text, _, anchor, _) => {
                let span = Span { start: position(span.start), end: position(span.end) };
                (anchor, builder.scalar(&text, span))
            }
            Event::SequenceStart(anchor, _) => {
                (anchor, builder.start(position(span.start), Content::Sequence(Vec::new())))
            }
            Event::MappingStart(anchor, _) => {
                (anchor, builder.start(position(span.start), Content::Mapping(Vec::new())))
            }
            Event::Alias(anchor) => {
                let span = Span { start: position(span.start), end: position(span.end) };
                let content = anchors.get(&anchor).map_or(Content::Scalar, |node| Content::Alias(*node));
                builder.add(span, content);
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                builder.end(position(span.end));
                continue;
            }
            Event::DocumentEnd => break,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => continue,
        };
        // Anchors are numbered from 1.
        if anchor > 0 {
            anchors.insert(anchor, node);
        }
    }
    builder.outline
}

fn position(mark: Marker) -> Position {
    Position { line: mark.line(), column: mark.col() + 1 }
}
