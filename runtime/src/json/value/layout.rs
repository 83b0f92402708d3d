//! Keeps how the time of a day and its offset are written.

use super::{Digits, Spelling};

/// The spelling of the part of a time after the date.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    pub(super) offset_minutes: i16,
    pub(super) separator: u8,
    pub(super) precision: Precision,
    pub(super) fraction_digits: u8,
    /// The character before the fraction.
    pub(super) point: u8,
    pub(super) has_space: bool,
    pub(super) zone: Zone,
    /// The name of the zone after the offset.
    pub(super) region: Region,
    /// Set for the basic format of ISO 8601, without hyphens and colons: `20240229T123000Z`.
    pub(super) is_basic: bool,
}

/// The smallest unit that is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Precision {
    Days,
    Minutes,
    Seconds,
}

/// The spelling of the offset.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    Letter(u8),
    Utc,
    Gmt,
    Colon,
    /// `-00:00`: the offset is unknown (RFC 3339 section 4.3).
    NegativeZero,
    Plain,
    /// `+00`: hours alone.
    Hours {
        is_negative: bool,
    },
    Absent,
}

/// The name of a zone in brackets, which `java.time` writes after the offset.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Region {
    Absent,
    Utc,
    EtcUtc,
    Gmt,
}

/// The time of a day as it is written: `24:00` is the end of the day, and second 60 a leap second.
#[derive(Clone, Copy, Default)]
pub(super) struct Clock {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    pub(super) nanos: u32,
}

const REGIONS: [(&[u8], Region); 3] =
    [(b"[UTC]", Region::Utc), (b"[Etc/UTC]", Region::EtcUtc), (b"[GMT]", Region::Gmt)];
const UTC: &[u8] = b"UTC";
const GMT: &[u8] = b"GMT";

impl Layout {
    /// `T12:30:00Z`.
    pub(super) const USUAL: Self = Self {
        offset_minutes: 0,
        separator: b'T',
        precision: Precision::Seconds,
        fraction_digits: 0,
        point: b'.',
        has_space: false,
        zone: Zone::Letter(b'Z'),
        region: Region::Absent,
        is_basic: false,
    };
    /// Nothing after the date.
    pub(super) const DATE: Self = Self { precision: Precision::Days, zone: Zone::Absent, ..Self::USUAL };

    /// Returns `true` for the layout of a time that RFC 3339 has, apart from the offset.
    pub(super) fn is_usual_time(self) -> bool {
        let is_odd_zone = matches!(self.zone, Zone::Hours { .. } | Zone::Utc | Zone::Gmt);
        let is_extended = !self.is_basic && self.region == Region::Absent;
        self.precision == Precision::Seconds && !self.has_space && !is_odd_zone && is_extended
    }

    /// Returns `true` if nothing follows the date.
    pub(super) fn is_date(self) -> bool {
        self.precision == Precision::Days && self.zone == Zone::Absent && !self.is_basic
    }

    /// Reads what follows a date, up to the end.
    pub(super) fn parse(digits: &mut Digits<'_>, is_basic: bool) -> Option<(Self, Clock)> {
        let mut layout = Self { is_basic, ..Self::DATE };
        let mut clock = Clock::default();
        // A space can also stand before a zone.
        if let [separator @ (b'T' | b't' | b' '), b'0'..=b'9', ..] = digits.0 {
            layout.separator = *separator;
            digits.next()?;
            layout.parse_clock(digits, &mut clock)?;
        }
        // Digits without a time are a number.
        if is_basic && layout.precision == Precision::Days {
            return None;
        }
        layout.has_space = digits.skip(b' ');
        layout.region = parse_region(digits);
        (layout.zone, layout.offset_minutes) = parse_zone(digits)?;
        let has_trailing_space = layout.has_space && layout.zone == Zone::Absent;
        let has_offset = layout.zone != Zone::Absent || layout.region == Region::Absent;
        let has_zero = layout.offset_minutes == 0 || layout.region == Region::Absent;
        (digits.0.is_empty() && !has_trailing_space && has_offset && has_zero).then_some((layout, clock))
    }

    fn parse_clock(&mut self, digits: &mut Digits<'_>, clock: &mut Clock) -> Option<()> {
        self.precision = Precision::Minutes;
        clock.hour = digits.number(2).filter(|hour| *hour <= 24)?;
        let is_basic = self.is_basic;
        let is_next = |digits: &mut Digits<'_>| match is_basic {
            true => digits.0.first().is_some_and(u8::is_ascii_digit),
            false => digits.skip(b':'),
        };
        clock.minute = is_next(digits).then(|| digits.number(2))?.filter(|minute| *minute < 60)?;
        if is_next(digits) {
            self.precision = Precision::Seconds;
            clock.second = digits.number(2).filter(|second| *second <= 60)?;
            if let Some(point @ (b'.' | b',')) = digits.0.first() {
                self.point = *point;
                digits.next()?;
                (clock.nanos, self.fraction_digits) = parse_fraction(digits)?;
            }
        }
        let is_zero = clock.minute == 0 && clock.second == 0 && clock.nanos == 0;
        (clock.hour < 24 || is_zero).then_some(())
    }

    /// Writes what follows a date.
    pub(super) fn spell(self, clock: Clock, spelling: &mut Spelling) {
        if self.precision != Precision::Days {
            spelling.push(self.separator);
            spelling.number(clock.hour, 2);
            self.spell_colon(spelling);
            spelling.number(clock.minute, 2);
        }
        if self.precision == Precision::Seconds {
            self.spell_colon(spelling);
            spelling.number(clock.second, 2);
        }
        if self.fraction_digits > 0 {
            spelling.push(self.point);
            let fraction = clock.nanos / 10_u32.pow(9 - u32::from(self.fraction_digits));
            spelling.number(fraction, self.fraction_digits.into());
        }
        if self.has_space {
            spelling.push(b' ');
        }
        self.spell_zone(spelling);
        let region = REGIONS.iter().find(|(_, region)| *region == self.region);
        region.iter().for_each(|(name, _)| name.iter().for_each(|byte| spelling.push(*byte)));
    }

    fn spell_colon(self, spelling: &mut Spelling) {
        if !self.is_basic {
            spelling.push(b':');
        }
    }

    fn spell_zone(self, spelling: &mut Spelling) {
        let minutes = u32::from(self.offset_minutes.unsigned_abs());
        let is_negative = match self.zone {
            Zone::Letter(letter) => return spelling.push(letter),
            Zone::Utc => return UTC.iter().for_each(|byte| spelling.push(*byte)),
            Zone::Gmt => return GMT.iter().for_each(|byte| spelling.push(*byte)),
            Zone::Absent => return,
            Zone::NegativeZero => true,
            Zone::Hours { is_negative } => is_negative,
            Zone::Colon | Zone::Plain => self.offset_minutes < 0,
        };
        spelling.push(if is_negative { b'-' } else { b'+' });
        spelling.number(minutes / 60, 2);
        if matches!(self.zone, Zone::Hours { .. }) {
            return;
        }
        if self.zone != Zone::Plain {
            spelling.push(b':');
        }
        spelling.number(minutes % 60, 2);
    }
}

fn parse_fraction(digits: &mut Digits<'_>) -> Option<(u32, u8)> {
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

/// Cuts the name of a zone from the end.
fn parse_region(digits: &mut Digits<'_>) -> Region {
    let cut = REGIONS.iter().find_map(|(name, region)| Some((digits.0.strip_suffix(*name)?, *region)));
    let Some((rest, region)) = cut else { return Region::Absent };
    digits.0 = rest;
    region
}

fn parse_zone(digits: &mut Digits<'_>) -> Option<(Zone, i16)> {
    for (name, zone) in [(UTC, Zone::Utc), (GMT, Zone::Gmt)] {
        if digits.0 == name {
            digits.0 = &[];
            return Some((zone, 0));
        }
    }
    let is_negative = match digits.next() {
        None => return Some((Zone::Absent, 0)),
        Some(letter @ (b'Z' | b'z')) => return Some((Zone::Letter(letter), 0)),
        Some(b'+') => false,
        Some(b'-') => true,
        Some(_) => return None,
    };
    let hours = digits.number(2).filter(|hours| *hours < 24)?;
    let zone = match digits.0 {
        [] => Zone::Hours { is_negative },
        [b':', ..] => Zone::Colon,
        _ => Zone::Plain,
    };
    digits.skip(b':');
    let has_minutes = matches!(zone, Zone::Colon | Zone::Plain);
    let minutes = if has_minutes { digits.number(2).filter(|minutes| *minutes < 60)? } else { 0 };
    let offset = i16::try_from(hours * 60 + minutes).ok()?;
    let is_unknown = is_negative && offset == 0 && zone == Zone::Colon;
    Some((if is_unknown { Zone::NegativeZero } else { zone }, if is_negative { -offset } else { offset }))
}
