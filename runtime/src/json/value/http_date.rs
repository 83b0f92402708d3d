//! Parses HTTP dates (RFC 9110 section 5.6.7).

use std::time::SystemTime;

use crate::json::value::DateTime;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Parses a date such as `Sun, 06 Nov 1994 08:49:37 GMT`, or one in either of the obsolete formats.
pub(crate) fn parse(text: &str) -> Option<SystemTime> {
    let words: Vec<&str> = text.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
    let (day, month, year, time) = match *words.as_slice() {
        [_, day, month, year, time, "GMT"] => (day, month, year, time),
        // The format of C's `asctime`.
        [_, month, day, time, year] => (day, month, year, time),
        _ => return None,
    };
    let day: u32 = day.parse().ok()?;
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let mut year: u32 = year.parse().ok()?;
    if year < 100 {
        // A date of RFC 850 has a two-digit year.
        year += if year < 70 { 2000 } else { 1900 };
    }
    if year < 1970 {
        // Headers contain no older dates, and not every system can represent them.
        return None;
    }
    let time: DateTime = format!("{year:04}-{month:02}-{day:02}T{time}Z").parse().ok()?;
    Some(time.into())
}
