//! Tests that date-times, dates and bytes keep their spelling.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{Base64, Base64Url, Date, DateTime};

fn time(text: &str) -> DateTime {
    text.parse().expect("a date and time")
}

#[test]
fn date_times_keep_their_spelling() {
    for text in [
        "2012-12-12T10:53:43-08:00",
        "2012-12-12T10:53:43Z",
        "2012-12-12T10:53:43+00:00",
        "2012-12-12T10:53:43-00:00",
        "2012-12-12t10:53:43z",
        "2012-12-12 10:53:43.000Z",
        "2012-12-12T10:53:43.123456789+05:30",
        "2012-12-12T10:53:43.1+0530",
        "2012-12-12T10:53:43",
        "2016-12-31T23:59:60Z",
        "2017-01-01T05:29:60+05:30",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-23:59",
        "2024-02-29T00:00:00Z",
        "2024-02-29 12:30:00+00",
        "2024-02-29 12:30:00-00",
        "2024-02-29T12:30:00.25-08",
        "2024-02-29T12:30:00,250Z",
        "2024-02-29T12:30Z",
        "2024-02-29 12:30",
        "2024-02-29T12:30+05:30",
        "2024-02-29",
        "2024-02-29Z",
        "2024-02-29+02:00",
        "2024-02-29 12:30:00 UTC",
        "2024-02-29 12:30:00.123456789 +0000",
        "2024-02-29T12:30:00GMT",
        "2024-02-29T24:00:00Z",
        "2024-12-31T24:00:00.000-08:00",
        "2024-12-31 24:00",
        "2024-01-01T00:00:00Z[UTC]",
        "2024-01-01T00:00:00.123456789 +00:00[Etc/UTC]",
        "2024-01-01T00:00Z[GMT]",
        "20240229T123000Z",
        "20240229T123000.250+0530",
        "20240229T1230",
    ] {
        assert_eq!(time(text).to_string(), text);
    }
    assert_eq!(time("2012-12-12T10:53:43.1234567891Z").to_string(), "2012-12-12T10:53:43.123456789Z");
}

#[test]
fn invalid_date_times_are_refused() {
    for text in [
        "",
        "2012-02-30T00:00:00Z",
        "2012-13-01T00:00:00Z",
        "2012-12-12T",
        "2012-12-12T10Z",
        "2012-12-12T10:60:00Z",
        "2012-12-12T24:00:01Z",
        "2012-12-12T24:01Z",
        "2012-12-12T25:00:00Z",
        "9999-12-31T24:00:00Z",
        "20240229",
        "20240229Z",
        "2024-0229T12:30:00Z",
        "20240229T12:30:00Z",
        "2024-02-29T123000Z",
        "2024-02-29T12:30:00[UTC]",
        "2024-02-29T12:30:00+01:00[UTC]",
        "2012-12-12T10:53:43 ",
        "2012-12-12T10:53:43 PST",
        "2012-12-12T10:53:43+0",
        "2012-12-12T10:53:43+00:",
        "0000-00-00",
        "2012-12-12T10:53:61Z",
        "2012-12-12T10:53:43.Z",
        "2012-12-12T10:53:43+24:00",
        "2012-12-12T10:53:43Zz",
        "12-12-12T10:53:43Z",
        "2012-12-12T10:53:43é",
    ] {
        assert!(text.parse::<DateTime>().is_err(), "{text}");
    }
}

#[test]
fn date_times_compare_by_instant() {
    assert_eq!(time("2012-12-12T10:53:43Z"), time("2012-12-12T02:53:43-08:00"));
    assert!(time("2012-12-12T10:53:43Z") < time("2012-12-12T10:53:43.5Z"));
    assert_eq!(time("2016-12-31T23:59:60Z"), time("2017-01-01T00:00:00Z"));
    assert_eq!(time("2012-12-12T23:53:43-08:00").date().to_string(), "2012-12-12");
    assert_eq!(time("2012-12-12T23:53:43-08:00").offset_minutes(), -480);
}

#[test]
fn date_times_in_other_spellings_are_the_same_instants() {
    let noon = time("2024-03-01T12:00:00Z");
    for text in [
        "2024-03-01T12:00Z",
        "2024-03-01 12:00",
        "2024-03-01 12:00:00 UTC",
        "2024-03-01T13:00:00+01",
        "2024-03-01T04:00 -0800",
        "20240301T130000+01",
        "2024-03-01T12:00:00Z[UTC]",
    ] {
        assert_eq!(time(text), noon, "{text}");
    }
    let midnight = time("2024-03-01T00:00:00Z");
    for text in ["2024-02-29T24:00:00Z", "2024-02-29 24:00", "2024-03-01", "2024-03-01+00:00"] {
        assert_eq!(time(text), midnight, "{text}");
        assert_eq!(time(text).date().to_string(), "2024-03-01", "{text}");
    }
    let moved = time("2024-02-29T24:00:00Z").with_offset(60).expect("an offset");
    assert_eq!(moved.to_string(), "2024-03-01T01:00:00+01:00");
    assert_eq!(time("2024-03-01").with_offset(0).expect("an offset").to_string(), "2024-03-01T00:00:00Z");
}

#[test]
fn a_time_of_midnight_in_a_date_keeps_its_spelling() {
    let day: Date = "2024-02-29".parse().expect("a date");
    for text in ["2024-02-29T00:00:00", "2024-02-29 00:00:00.000Z", "2024-02-29T00:00+02:00", "2024-02-29Z"] {
        let other: Date = text.parse().expect("a date");
        assert_eq!((other, other.to_string().as_str()), (day, text));
    }
    for text in
        ["2024-02-29T00:00:01Z", "2024-02-29T12:00", "2024-02-29T24:00:00", "2024-02-29 ", "2024-02-30"]
    {
        assert!(text.parse::<Date>().is_err(), "{text}");
    }
}

#[test]
fn date_times_convert_to_seconds_since_1970() {
    assert_eq!(time("2012-12-12T10:53:43Z").unix_seconds(), 1_355_309_623);
    assert_eq!(time("1969-12-31T23:59:59.25Z").unix_seconds(), -1);
    for seconds in [-62_167_219_200, -1, 0, 951_782_400, 1_709_210_096, 253_402_300_799] {
        let made = DateTime::from_unix(seconds, 5_000_000).expect("in range");
        assert_eq!(time(&made.to_string()).unix_seconds(), seconds);
    }
    assert!(DateTime::from_unix(253_402_300_800, 0).is_none());
    let before = UNIX_EPOCH - Duration::from_millis(1500);
    let made = DateTime::try_from(before).expect("in range");
    assert_eq!(made.to_string(), "1969-12-31T23:59:58.500Z");
    assert_eq!(SystemTime::from(made), before);
}

#[test]
fn an_instant_can_be_shown_at_another_offset() {
    let moved = time("2012-12-12T10:53:43Z").with_offset(-480).expect("an offset");
    assert_eq!(
        (moved.to_string().as_str(), moved),
        ("2012-12-12T02:53:43-08:00", time("2012-12-12T10:53:43Z"))
    );
    assert_eq!(moved.with_offset(0).expect("an offset").to_string(), "2012-12-12T10:53:43Z");
    assert!(moved.with_offset(1440).is_none() && time("9999-12-31T23:59:59Z").with_offset(1).is_none());
    assert_eq!(
        time("2016-12-31T23:59:60Z").with_offset(60).expect("an offset").to_string(),
        "2017-01-01T01:00:00+01:00"
    );
}

#[cfg(feature = "chrono04")]
#[test]
fn chrono_keeps_instant_and_offset() {
    let there = chrono04::DateTime::try_from(time("1969-12-12T10:53:43.25-08:00")).expect("in range");
    assert_eq!(DateTime::try_from(there).expect("in range").to_string(), "1969-12-12T10:53:43.250-08:00");
}

#[cfg(feature = "time03")]
#[test]
fn time_keeps_instant_and_offset() {
    let there = time03::OffsetDateTime::try_from(time("1969-12-12T10:53:43.25-08:00")).expect("in range");
    assert_eq!(DateTime::try_from(there).expect("in range").to_string(), "1969-12-12T10:53:43.250-08:00");
}

#[cfg(feature = "jiff1")]
#[test]
fn jiff_keeps_the_instant() {
    let there = jiff1::Timestamp::try_from(time("1969-12-12T10:53:43.25-08:00")).expect("in range");
    assert_eq!(DateTime::try_from(there).expect("in range").to_string(), "1969-12-12T18:53:43.250Z");
}

#[test]
fn dates_keep_their_spelling() {
    assert_eq!("2024-02-29".parse::<Date>().expect("a day").to_string(), "2024-02-29");
    assert!("2023-02-29".parse::<Date>().is_err());
    assert!("2024-2-9".parse::<Date>().is_err());
    assert!("2024-02-29T".parse::<Date>().is_err());
    assert!(Date::new(2024, 0, 1).is_none() && Date::new(2024, 1, 0).is_none());
}

/// The test vectors of RFC 4648 section 10.
#[test]
fn bytes_are_read_and_written_as_base64() {
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(Base64::new(bytes).to_string(), text);
        assert_eq!(text.parse::<Base64>().expect("Base64").as_bytes(), bytes.as_bytes());
        assert_eq!(
            text.trim_end_matches('=').parse::<Base64>().expect("Base64").as_bytes(),
            bytes.as_bytes()
        );
    }
    assert_eq!("-_-_".parse::<Base64>(), "+/+/".parse());
    assert_eq!("-_-_".parse::<Base64Url>(), "+/+/".parse());
    assert!("Zg===é".parse::<Base64>().is_err() && "Z".parse::<Base64>().is_err());
}

#[test]
fn base64_is_written_in_the_form_that_was_read() {
    for text in ["", "Zm9v", "Zg", "Zg==", "+/8=", "+/8", "-_8=", "-_8"] {
        assert_eq!(text.parse::<Base64>().expect("Base64").to_string(), text);
        assert_eq!(text.parse::<Base64Url>().expect("Base64").to_string(), text);
    }
    assert_eq!(Base64::new([0xfb, 0xff]).to_string(), "+/8=");
    assert_eq!(Base64Url::new([0xfb, 0xff]).to_string(), "-_8=");
}
