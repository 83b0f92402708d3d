//! Represents a calendar date such as `2024-02-29`.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::layout::{Clock, Layout};
use super::{Digits, ParseError, Spelling, calendar, shown_as_spelled, text_value};

/// A calendar date such as `2024-02-29` (RFC 3339 `full-date`), in the years 0 to 9999.
///
/// Parsing also accepts a date with a time of midnight, such as `2024-02-29T00:00:00Z`, which prints as it was written.
///
/// ```
/// use sdk_runtime::{Date, ParseError};
///
/// # fn main() -> Result<(), ParseError> {
/// let due: Date = "2024-02-29".parse()?;
/// assert_eq!((due.year(), due.month(), due.day()), (2024, 2, 29));
///
/// assert!(Date::new(2024, 3, 1) > Some(due));
/// assert_eq!(Date::new(2023, 2, 29), None);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
    layout: Layout,
}

impl Date {
    /// Creates a date from year (0 to 9999), month (1 to 12) and day of the month (from 1). Returns `None` if there is
    /// no such date.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = year <= 9999
            && (1..=12).contains(&month)
            && (1..=calendar::days_in_month(year.into(), month.into())).contains(&day.into());
        exists.then_some(Self { year, month, day, layout: Layout::DATE })
    }

    /// Returns the year, 0 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Returns the day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    pub(super) fn parse(digits: &mut Digits<'_>) -> Option<Self> {
        let year = digits.number(4)?;
        let is_basic = !digits.skip(b'-');
        let month = digits.number(2)?;
        let day = (is_basic || digits.skip(b'-')).then(|| digits.number(2))??;
        let date = Self::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)?;
        Some(Self { layout: Layout { is_basic, ..date.layout }, ..date })
    }

    fn parse_whole(text: &str) -> Option<Self> {
        let mut digits = Digits(text.as_bytes());
        let date = Self::parse(&mut digits)?;
        let (layout, clock) = Layout::parse(&mut digits, date.layout.is_basic)?;
        let is_midnight = clock.hour == 0 && clock.minute == 0 && clock.second == 0 && clock.nanos == 0;
        is_midnight.then_some(Self { layout, ..date })
    }

    const fn calendar_day(self) -> (u16, u8, u8) {
        (self.year, self.month, self.day)
    }

    fn spell(self) -> Spelling {
        let mut spelling = Spelling::new();
        self.spell_into(&mut spelling, self.layout.is_basic);
        self.layout.spell(Clock::default(), &mut spelling);
        spelling
    }

    /// Returns `true` for the basic format, without hyphens.
    pub(super) const fn is_basic(self) -> bool {
        self.layout.is_basic
    }

    pub(super) fn spell_into(self, spelling: &mut Spelling, is_basic: bool) {
        spelling.number(self.year.into(), 4);
        if !is_basic {
            spelling.push(b'-');
        }
        spelling.number(self.month.into(), 2);
        if !is_basic {
            spelling.push(b'-');
        }
        spelling.number(self.day.into(), 2);
    }

    pub(super) fn days_since_epoch(self) -> i64 {
        calendar::days_from_civil(self.year.into(), self.month.into(), self.day.into())
    }
}

impl FromStr for Date {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse_whole(text).ok_or(ParseError("a date such as 2024-02-29"))
    }
}

impl PartialEq for Date {
    fn eq(&self, other: &Self) -> bool {
        self.calendar_day() == other.calendar_day()
    }
}

impl Eq for Date {}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        self.calendar_day().cmp(&other.calendar_day())
    }
}

impl Hash for Date {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.calendar_day().hash(state);
    }
}

shown_as_spelled!(Date);
text_value!(Date, time, Self { year: 1970, month: 1, day: 1, layout: Layout::DATE }, |date| date
    .layout
    .is_date());
