//! Represents an instant, together with its offset and its original spelling.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::layout::{Clock, Layout, Zone};
use super::{Date, Digits, ParseError, Spelling, calendar, shown_as_spelled, text_value};

/// An instant with its offset from UTC, such as `2024-02-29T12:30:00.5-08:00` (RFC 3339 `date-time`).
///
/// It prints as it was written: `Z` or `+00:00`, the case of letters, and every digit of the fraction (up to nine;
/// further digits are cut off) are preserved. Comparison and hashing use the instant alone, so `12:00:00Z` equals
/// `13:00:00+01:00`.
///
/// Parsing also accepts variants that servers send: a lower-case `t` or `z`, a space instead of the `T` or before the
/// offset, an offset without a colon or minutes, ` UTC`, and a missing offset, which counts as UTC; times without
/// seconds, `24:00:00` for the end of a day, and a date alone, which is its first instant; the basic format
/// (`20240229T123000Z`), and `[UTC]` after the offset.
///
/// ```
/// use sdk_runtime::{DateTime, ParseError};
/// use std::time::SystemTime;
///
/// # fn main() -> Result<(), ParseError> {
/// let created: DateTime = "2024-02-29T12:30:00-08:00".parse()?;
/// assert_eq!(created.to_string(), "2024-02-29T12:30:00-08:00");
/// assert_eq!(created, "2024-02-29T20:30:00Z".parse::<DateTime>()?);
/// assert!(created < DateTime::try_from(SystemTime::now())?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct DateTime {
    /// Seconds since 1970-01-01T00:00:00Z; a leap second counts as the second after it.
    seconds: i64,
    nanos: u32,
    layout: Layout,
    /// The seconds by which the written time lies before this one: 1 for a leap second, a day for `24:00`.
    written_ahead: u32,
}

const DAY: u32 = 86_400;

/// The start of the year 0 to the start of the year 10000.
const RANGE: std::ops::Range<i64> = -62_167_219_200..253_402_300_800;

impl DateTime {
    /// Creates the instant at this many seconds and nanoseconds after 1970-01-01T00:00:00Z, in UTC.
    ///
    /// Returns `None` outside the years 0 to 9999, which are all that the text form can express, and for 1,000,000,000
    /// nanoseconds or more.
    #[must_use]
    pub fn from_unix(seconds: i64, nanos: u32) -> Option<Self> {
        let fraction_digits = match nanos {
            0 => 0,
            _ if nanos % 1_000_000 == 0 => 3,
            _ if nanos % 1_000 == 0 => 6,
            _ => 9,
        };
        let is_valid = RANGE.contains(&seconds) && nanos < 1_000_000_000;
        let layout = Layout { fraction_digits, ..Layout::USUAL };
        is_valid.then_some(Self { seconds, nanos, layout, ..BLANK })
    }

    /// Returns the same instant with an offset of this many minutes ahead of UTC. Returns `None` if the offset is a day
    /// or more, or if the year is then outside 0 to 9999.
    #[must_use]
    pub fn with_offset(self, minutes: i16) -> Option<Self> {
        let zone = if minutes == 0 { Zone::Letter(b'Z') } else { Zone::Colon };
        let separator = self.layout.separator;
        let fraction_digits = self.layout.fraction_digits;
        let layout = Layout { offset_minutes: minutes, separator, fraction_digits, zone, ..Layout::USUAL };
        let moved = Self { layout, written_ahead: 0, ..self };
        (minutes.abs() < 1440 && RANGE.contains(&moved.local())).then_some(moved)
    }

    /// Returns the seconds since 1970-01-01T00:00:00Z, rounded down.
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// Returns the nanoseconds after [`unix_seconds`](Self::unix_seconds).
    #[must_use]
    pub const fn subsec_nanos(self) -> u32 {
        self.nanos
    }

    /// Returns the offset in minutes: positive ahead of UTC (in the east), negative behind it.
    #[must_use]
    pub const fn offset_minutes(self) -> i16 {
        self.layout.offset_minutes
    }

    /// Returns `true` if the text has an offset. Without one, the time is taken as UTC.
    #[must_use]
    pub fn has_offset(self) -> bool {
        self.layout.zone != Zone::Absent
    }

    /// Returns the date in its own offset.
    #[must_use]
    pub fn date(self) -> Date {
        let end_of_day = if self.written_ahead == DAY { DAY.into() } else { 0 };
        date_at(self.local() + end_of_day)
    }

    /// Returns the local time as seconds since 1970-01-01T00:00:00. A leap second counts as the second before it, and
    /// the end of a day as its start.
    fn local(self) -> i64 {
        self.seconds + i64::from(self.layout.offset_minutes) * 60 - i64::from(self.written_ahead)
    }

    const fn instant(self) -> (i64, u32) {
        (self.seconds, self.nanos)
    }

    /// Returns the text in its original spelling.
    fn spell(self) -> Spelling {
        let (is_leap, is_end) = (self.written_ahead == 1, self.written_ahead == DAY);
        // The remainder is not negative, and less than a day.
        let second_of_day = u32::try_from(self.local().rem_euclid(DAY.into())).unwrap_or_default();
        let clock = Clock {
            hour: if is_end { 24 } else { second_of_day / 3600 },
            minute: second_of_day / 60 % 60,
            second: second_of_day % 60 + u32::from(is_leap),
            nanos: self.nanos,
        };
        let mut spelling = Spelling::new();
        date_at(self.local()).spell_into(&mut spelling, self.layout.is_basic);
        self.layout.spell(clock, &mut spelling);
        spelling
    }

    fn parse(text: &str) -> Option<Self> {
        let mut digits = Digits(text.as_bytes());
        let date = Date::parse(&mut digits)?;
        let (layout, clock) = Layout::parse(&mut digits, date.is_basic())?;
        let second_of_day = clock.hour * 3600 + clock.minute * 60 + clock.second;
        let seconds = date.days_since_epoch() * i64::from(DAY) + i64::from(second_of_day)
            - i64::from(layout.offset_minutes) * 60;
        let written_ahead = match (clock.hour, clock.second) {
            (24, _) => DAY,
            (_, 60) => 1,
            _ => 0,
        };
        let time = Self { seconds, nanos: clock.nanos, layout, written_ahead };
        // The end of the last day is in the year 10000.
        (written_ahead < DAY || RANGE.contains(&(time.local() + i64::from(DAY)))).then_some(time)
    }
}

/// Returns the date of a local time, in seconds since 1970-01-01T00:00:00.
fn date_at(local: i64) -> Date {
    let (year, month, day) = calendar::civil_from_days(local.div_euclid(DAY.into()));
    let date = (|| Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?))();
    date.unwrap_or_else(crate::json::Json::blank)
}

impl FromStr for DateTime {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(text).ok_or(ParseError("a date and time such as 2024-02-29T12:30:00Z"))
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.instant() == other.instant()
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant().cmp(&other.instant())
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.instant().hash(state);
    }
}

impl From<DateTime> for SystemTime {
    fn from(time: DateTime) -> Self {
        let whole = Duration::from_secs(time.seconds.unsigned_abs());
        let start = if time.seconds < 0 { UNIX_EPOCH - whole } else { UNIX_EPOCH + whole };
        start + Duration::from_nanos(time.nanos.into())
    }
}

/// Converts to UTC; fails outside the years 0 to 9999.
impl TryFrom<SystemTime> for DateTime {
    type Error = ParseError;

    fn try_from(time: SystemTime) -> Result<Self, ParseError> {
        let found = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_secs()).ok().map(|seconds| (seconds, after.subsec_nanos())),
            Err(error) => before_epoch(error.duration()),
        };
        found
            .and_then(|(seconds, nanos)| Self::from_unix(seconds, nanos))
            .ok_or(ParseError("a time in the years 0 to 9999"))
    }
}

fn before_epoch(before: Duration) -> Option<(i64, u32)> {
    let seconds = i64::try_from(before.as_secs()).ok()?;
    match before.subsec_nanos() {
        0 => Some((-seconds, 0)),
        nanos => Some((-seconds - 1, 1_000_000_000 - nanos)),
    }
}

const BLANK: DateTime = DateTime { seconds: 0, nanos: 0, layout: Layout::USUAL, written_ahead: 0 };

shown_as_spelled!(DateTime);
text_value!(DateTime, time, BLANK, |time| time.layout.is_usual_time() && time.written_ahead < DAY);
