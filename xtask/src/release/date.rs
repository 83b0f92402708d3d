//! Computes the date of a release.

use std::time::{SystemTime, UNIX_EPOCH};

const SECONDS_PER_DAY: u64 = 86_400;

/// Returns the current date (UTC), such as `2025-01-31`.
pub(super) fn today() -> String {
    // A clock before 1970 is wrong anyway.
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    date(since_epoch.as_secs() / SECONDS_PER_DAY)
}

/// Returns `true` for a date of the calendar.
pub(super) fn is_valid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |part: &str, digits: usize| {
        let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<u64>().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    (1..=12).contains(&month) && (1..=days_of_month(year, month)).contains(&day)
}

/// Returns the date of a day, which is counted from 1970-01-01.
fn date(mut day: u64) -> String {
    let (mut year, mut month) = (1970, 1);
    while day >= days_of_year(year) {
        day -= days_of_year(year);
        year += 1;
    }
    while day >= days_of_month(year, month) {
        day -= days_of_month(year, month);
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", day + 1)
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of_year(year: u64) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_of_month(year: u64, month: u64) -> u64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::{date, is_valid, today};

    #[test]
    fn days_become_dates() {
        for (day, expected) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (789, "1972-02-29"),
            (11_016, "2000-02-29"),
            (20_453, "2025-12-31"),
            (20_454, "2026-01-01"),
        ] {
            assert_eq!(date(day), expected);
        }
        assert!(is_valid(&today()));
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        for text in ["2025-01-31", "2024-02-29", "2025-12-01"] {
            assert!(is_valid(text), "{text}");
        }
        for text in
            ["", "today", "2025-1-31", "2025-02-29", "2025-13-01", "2025-04-31", "2025-01-00", "+025-01-01"]
        {
            assert!(!is_valid(text), "{text}");
        }
    }
}
