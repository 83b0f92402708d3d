//! Represents an instant, together with its offset and its original spelling.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{Date, Digits, ParseError, Spelling, calendar, shown_as_spelled, text_value};

/// An instant with its offset from UTC, such as `2024-02-29T12:30:00.5-08:00` (RFC 3339 `date-time`).
///
/// It prints as it was written: `Z` or `+00:00`, the case of letters, and every digit of the fraction (up to nine;
/// further digits are cut off) are preserved. Comparison and hashing use the instant alone, so `12:00:00Z` equals
/// `13:00:00+01:00`.
///
/// Parsing also accepts variants that servers send: a lower-case `t` or `z`, a space instead of the `T`, an offset
/// without a colon, and a missing offset, which counts as UTC.
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
    offset_minutes: i16,
    fraction_digits: u8,
    separator: u8,
    zone: Zone,
    /// Set if the second was written as 60.
    is_leap: bool,
}

/// The spelling of the offset.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zone {
    Letter(u8),
    Colon,
    /// `-00:00`: the offset is unknown (RFC 3339 section 4.3).
    NegativeZero,
    Plain,
    Absent,
}

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
        is_valid.then_some(Self { seconds, nanos, fraction_digits, ..BLANK })
    }

    /// Returns the same instant with an offset of this many minutes ahead of UTC. Returns `None` if the offset is a day
    /// or more, or if the year is then outside 0 to 9999.
    #[must_use]
    pub fn with_offset(self, minutes: i16) -> Option<Self> {
        let zone = if minutes == 0 { Zone::Letter(b'Z') } else { Zone::Colon };
        let moved = Self { offset_minutes: minutes, zone, is_leap: false, ..self };
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
        self.offset_minutes
    }

    /// Returns `true` if the text has an offset. Without one, the time is taken as UTC.
    #[must_use]
    pub fn has_offset(self) -> bool {
        self.zone != Zone::Absent
    }

    /// Returns the date in its own offset.
    #[must_use]
    pub fn date(self) -> Date {
        let (year, month, day) = calendar::civil_from_days(self.local().div_euclid(86_400));
        let date = (|| Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?))();
        date.unwrap_or_else(crate::json::Json::blank)
    }

    /// Returns the local time as seconds since 1970-01-01T00:00:00. A leap second counts as the second before it.
    fn local(self) -> i64 {
        self.seconds + i64::from(self.offset_minutes) * 60 - i64::from(self.is_leap)
    }

    const fn instant(self) -> (i64, u32) {
        (self.seconds, self.nanos)
    }

    /// Returns the text in its original spelling.
    fn spell(self) -> Spelling {
        // The remainder is not negative, and less than a day.
        let second_of_day = u32::try_from(self.local().rem_euclid(86_400)).unwrap_or_default();
        let mut spelling = Spelling::new();
        self.date().spell_into(&mut spelling);
        spelling.push(self.separator);
        spelling.number(second_of_day / 3600, 2);
        spelling.push(b':');
        spelling.number(second_of_day / 60 % 60, 2);
        spelling.push(b':');
        spelling.number(second_of_day % 60 + u32::from(self.is_leap), 2);
        if self.fraction_digits > 0 {
            spelling.push(b'.');
            let fraction = self.nanos / 10_u32.pow(9 - u32::from(self.fraction_digits));
            spelling.number(fraction, self.fraction_digits.into());
        }
        self.spell_zone(&mut spelling);
        spelling
    }

    fn spell_zone(self, spelling: &mut Spelling) {
        let minutes = u32::from(self.offset_minutes.unsigned_abs());
        match self.zone {
            Zone::Letter(letter) => return spelling.push(letter),
            Zone::Absent => return,
            Zone::Colon | Zone::NegativeZero | Zone::Plain => {}
        }
        let is_negative = self.offset_minutes < 0 || self.zone == Zone::NegativeZero;
        spelling.push(if is_negative { b'-' } else { b'+' });
        spelling.number(minutes / 60, 2);
        if self.zone != Zone::Plain {
            spelling.push(b':');
        }
        spelling.number(minutes % 60, 2);
    }

    fn parse(text: &str) -> Option<Self> {
        let mut digits = Digits(text.as_bytes());
        let date = Date::parse(&mut digits)?;
        let separator = digits.next().filter(|byte| matches!(byte, b'T' | b't' | b' '))?;
        let hour = digits.number(2).filter(|hour| *hour < 24)?;
        let minute = digits.skip(b':').then(|| digits.number(2))?.filter(|minute| *minute < 60)?;
        let second = digits.skip(b':').then(|| digits.number(2))?.filter(|second| *second <= 60)?;
        let (nanos, fraction_digits) = parse_fraction(&mut digits)?;
        let (zone, offset_minutes) = parse_zone(&mut digits)?;
        let seconds = date.days_since_epoch() * 86_400 + i64::from(hour * 3600 + minute * 60 + second)
            - i64::from(offset_minutes) * 60;
        let is_leap = second == 60;
        digits.0.is_empty().then_some(Self {
            seconds,
            nanos,
            offset_minutes,
            fraction_digits,
            separator,
            zone,
            is_leap,
        })
    }
}

fn parse_fraction(digits: &mut Digits<'_>) -> Option<(u32, u8)> {
    if !digits.skip(b'.') && !digits.skip(b',') {
        return Some((0, 0));
    }
    let (mut nanos, mut count) = (0, 0);
    while let Some(digit) = digits.0.first().filter(|byte| byte.is_ascii_digit()) {
        if count < 9 {
            nanos = nanos * 10 + u32::from(digit - b'0');
            count += 1;
        }
        digits.0 = &digits.0[1..];
    }
    (count > 0).then(|| (nanos * 10_u32.pow(9 - u32::from(count)), count))
}

fn parse_zone(digits: &mut Digits<'_>) -> Option<(Zone, i16)> {
    let sign = match digits.next() {
        None => return Some((Zone::Absent, 0)),
        Some(letter @ (b'Z' | b'z')) => return Some((Zone::Letter(letter), 0)),
        Some(b'+') => 1,
        Some(b'-') => -1,
        Some(_) => return None,
    };
    let hours = digits.number(2).filter(|hours| *hours < 24)?;
    let zone = if digits.skip(b':') { Zone::Colon } else { Zone::Plain };
    let minutes = digits.number(2).filter(|minutes| *minutes < 60)?;
    let offset = i16::try_from(hours * 60 + minutes).ok()?;
    let is_unknown = sign < 0 && offset == 0 && zone == Zone::Colon;
    Some((if is_unknown { Zone::NegativeZero } else { zone }, sign * offset))
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

const BLANK: DateTime = DateTime {
    seconds: 0,
    nanos: 0,
    offset_minutes: 0,
    fraction_digits: 0,
    separator: b'T',
    zone: Zone::Letter(b'Z'),
    is_leap: false,
};

shown_as_spelled!(DateTime);
text_value!(DateTime, BLANK);
