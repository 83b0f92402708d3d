//! Prints the encodings of parameters.

use std::fmt::Write as _;

use crate::ir::{Location, ParameterEncoding, Style};

/// Returns the default style of a location.
pub(crate) fn usual_style(location: Location) -> Style {
    match location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::Cookie => Style::Form,
    }
}

/// Prints the encoding, unless it is the default of OpenAPI.
pub(crate) fn encoding_text(encoding: &ParameterEncoding, usual: Style) -> String {
    let (style, explode, allow_reserved) = match encoding {
        ParameterEncoding::Style { style, explode, allow_reserved } => (style, explode, allow_reserved),
        ParameterEncoding::Json => return " as json".to_owned(),
        ParameterEncoding::JsonQuery => return " as the whole query in json".to_owned(),
        ParameterEncoding::Plain => return " as text".to_owned(),
    };
    let mut text = String::new();
    if *style != usual {
        let _ = write!(text, " {style:?}");
    }
    if *explode != matches!(style, Style::Form | Style::DeepObject) {
        text.push_str(if *explode { " exploded" } else { " joined" });
    }
    if *allow_reserved {
        text.push_str(" reserved");
    }
    text
}
