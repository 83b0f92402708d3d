//! Converts [`DateTime`] to and from the types of date crates, each behind its own feature.
#![cfg(any(feature = "chrono04", feature = "jiff1", feature = "time03"))]

use super::{DateTime, ParseError};

const OUT_OF_RANGE: ParseError = ParseError("a time that the target type can represent");

#[cfg(feature = "chrono04")]
impl TryFrom<DateTime> for chrono04::DateTime<chrono04::FixedOffset> {
    type Error = ParseError;

    /// Keeps the offset.
    fn try_from(time: DateTime) -> Result<Self, ParseError> {
        let offset = chrono04::FixedOffset::east_opt(i32::from(time.offset_minutes()) * 60);
        let utc = chrono04::DateTime::from_timestamp(time.unix_seconds(), time.subsec_nanos());
        utc.zip(offset).map(|(utc, offset)| utc.with_timezone(&offset)).ok_or(OUT_OF_RANGE)
    }
}

#[cfg(feature = "chrono04")]
impl<Tz: chrono04::TimeZone> TryFrom<chrono04::DateTime<Tz>> for DateTime {
    type Error = ParseError;

    /// Keeps the offset, to the minute.
    fn try_from(time: chrono04::DateTime<Tz>) -> Result<Self, ParseError> {
        // chrono represents a leap second by a billion or more nanoseconds.
        let nanos = time.timestamp_subsec_nanos();
        let seconds = time.timestamp() + i64::from(nanos / 1_000_000_000);
        let offset = chrono04::Offset::fix(time.offset()).local_minus_utc() / 60;
        made(seconds, nanos % 1_000_000_000, offset)
    }
}

#[cfg(feature = "time03")]
impl TryFrom<DateTime> for time03::OffsetDateTime {
    type Error = ParseError;

    /// Keeps the offset.
    fn try_from(time: DateTime) -> Result<Self, ParseError> {
        let nanos = i128::from(time.unix_seconds()) * 1_000_000_000 + i128::from(time.subsec_nanos());
        let offset = time03::UtcOffset::from_whole_seconds(i32::from(time.offset_minutes()) * 60);
        let utc = Self::from_unix_timestamp_nanos(nanos);
        utc.ok().zip(offset.ok()).and_then(|(utc, offset)| utc.checked_to_offset(offset)).ok_or(OUT_OF_RANGE)
    }
}

#[cfg(feature = "time03")]
impl TryFrom<time03::OffsetDateTime> for DateTime {
    type Error = ParseError;

    /// Keeps the offset, to the minute.
    fn try_from(time: time03::OffsetDateTime) -> Result<Self, ParseError> {
        made(time.unix_timestamp(), time.nanosecond(), time.offset().whole_seconds() / 60)
    }
}

#[cfg(feature = "jiff1")]
impl TryFrom<DateTime> for jiff1::Timestamp {
    type Error = ParseError;

    fn try_from(time: DateTime) -> Result<Self, ParseError> {
        let nanos = i32::try_from(time.subsec_nanos()).map_err(|_| OUT_OF_RANGE)?;
        Self::new(time.unix_seconds(), nanos).map_err(|_| OUT_OF_RANGE)
    }
}

#[cfg(feature = "jiff1")]
impl TryFrom<jiff1::Timestamp> for DateTime {
    type Error = ParseError;

    /// Returns the time in UTC.
    fn try_from(time: jiff1::Timestamp) -> Result<Self, ParseError> {
        let nanos = time.as_nanosecond();
        let seconds = i64::try_from(nanos.div_euclid(1_000_000_000)).map_err(|_| OUT_OF_RANGE)?;
        let rest = u32::try_from(nanos.rem_euclid(1_000_000_000)).map_err(|_| OUT_OF_RANGE)?;
        made(seconds, rest, 0)
    }
}

fn made(seconds: i64, nanos: u32, offset_minutes: i32) -> Result<DateTime, ParseError> {
    let utc = DateTime::from_unix(seconds, nanos);
    let offset = i16::try_from(offset_minutes).ok();
    utc.zip(offset).and_then(|(utc, offset)| utc.with_offset(offset)).ok_or(OUT_OF_RANGE)
}
