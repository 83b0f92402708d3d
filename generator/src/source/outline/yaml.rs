//! Outlines YAML texts, from the events of a parser that reports positions.

use std::collections::{BTreeMap, BTreeSet};

use saphyr_parser::{Event, Marker, Parser};

use super::{Builder, Content, Outline};
use crate::source::language::without_mark;
use crate::source::yaml_stream::first_document;
use crate::source::{Position, Span};

/// The number of columns by which brackets are moved that close a collection too far to the left.
const MOVED: usize = 200;

pub(crate) fn outline(text: &str) -> Outline {
    let text = &*first_document(without_mark(text)).text;
    match events(text, &BTreeSet::new()) {
        Ok(outline) => outline,
        // The parser that reads documents accepts what this one rejects, above all brackets that close a collection at the
        // indentation of its key. What this one still rejects ends the outline.
        Err(_) => {
            let (moved, lines) = with_moved_brackets(text);
            events(&moved, &lines).unwrap_or_else(|outline| outline)
        }
    }
}

/// Returns the outline of a text whose lines in `moved` were indented. An error is the outline of everything before it.
fn events(text: &str, moved: &BTreeSet<usize>) -> Result<Outline, Outline> {
    let mut builder = Builder::default();
    let mut anchors = BTreeMap::new();
    let position = |mark: Marker| position(mark, moved);
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { return Err(builder.outline) };
        let (anchor, node) = match event {
            Event::Scalar(text, _, anchor, _) => {
                let span = Span { start: position(span.start), end: position(span.end) };
                match builder.scalar(span, || text.into()) {
                    Some(node) => (anchor, node),
                    None if anchor == 0 => continue,
                    // An alias can mean a key.
                    None => (anchor, builder.add_detached(span, Content::Scalar)),
                }
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
    Ok(builder.outline)
}

/// Indents the lines that start with a closing bracket, and returns their numbers.
fn with_moved_brackets(text: &str) -> (String, BTreeSet<usize>) {
    let mut lines = BTreeSet::new();
    let mut moved = String::with_capacity(text.len());
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if line.trim_start_matches(' ').starts_with(['}', ']']) {
            moved.extend(std::iter::repeat_n(' ', MOVED));
            lines.insert(index + 1);
        }
        moved.push_str(line);
    }
    (moved, lines)
}

fn position(mark: Marker, moved: &BTreeSet<usize>) -> Position {
    let column = if moved.contains(&mark.line()) { mark.col().saturating_sub(MOVED) } else { mark.col() };
    Position { line: mark.line(), column: column + 1 }
}
