//! HTTP dates (RFC 9110 section 5.6.7) to times.

use std::time::SystemTime;

use crate::value::DateTime;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Reads `Sun, 06 Nov 1994 08:49:37 GMT` and the two older forms.
pub(crate) fn parse(text: &str) -> Option<SystemTime> {
    let words: Vec<&str> = text.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
    let (day, month, year, time) = match *words.as_slice() {
        [_, day, month, year, time, "GMT"] => (day, month, year, time),
        // asctime
        [_, month, day, time, year] => (day, month, year, time),
        _ => return None,
    };
    let day: u32 = day.parse().ok()?;
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let mut year: u32 = year.parse().ok()?;
    if year < 100 {
        // RFC 850.
        year += if year < 70 { 2000 } else { 1900 };
    }
    if year < 1970 {
        // Nothing that we read is from then, and not every system's clock can say it.
        return None;
    }
    let time: DateTime = format!("{year:04}-{month:02}-{day:02}T{time}Z").parse().ok()?;
    Some(time.into())
}
