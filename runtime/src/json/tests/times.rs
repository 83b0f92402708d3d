//! Tests times that servers write in place of null.
#![expect(unreachable_pub, dead_code, reason = "what the macros emit is public in an SDK")]

use super::{comes_back, fault, read, write};
use crate as rt;
use crate::{Date, DateTime};

#[derive(Clone)]
struct Meeting {
    start: Option<DateTime>,
    day: Option<Date>,
    end: Option<DateTime>,
    due: Option<Box<DateTime>>,
    extra: rt::Extra,
}

rt::object! {
    Meeting;
    "start" => start: OPTIONAL,
    "day" => day: OPTIONAL_NULLABLE,
    "end" => end: NULLABLE,
    "due" => due: OPTIONAL,
}

#[derive(Clone)]
struct Deadline {
    at: DateTime,
    later: Vec<Option<Date>>,
    extra: rt::Extra,
}

rt::object! {
    Deadline;
    "at" => at: REQUIRED,
    "later" => later: OPTIONAL,
}

#[test]
fn an_empty_or_zero_time_reads_as_absent_and_comes_back() {
    let text = r#"{"end":"","start":"0000-00-00 00:00:00","day":"0000-00-00","due":" "}"#;
    let mut meeting: Meeting = read(text);
    assert!(meeting.start.is_none() && meeting.day.is_none() && meeting.due.is_none());
    assert!(meeting.end.is_none());
    assert_eq!(meeting.extra().get_raw("start"), Some("\"0000-00-00 00:00:00\""));
    comes_back::<Meeting>(text);
    meeting.start = "2024-02-29".parse().ok();
    meeting.end = "2024-02-29".parse().ok();
    assert_eq!(write(&meeting), r#"{"start":"2024-02-29","end":"2024-02-29","day":"0000-00-00","due":" "}"#);
}

#[test]
fn a_later_duplicate_replaces_a_time_that_is_absent() {
    let meeting: Meeting = read(r#"{"end":null,"start":"","start":"2024-02-29"}"#);
    assert!(meeting.start.is_some() && meeting.extra().is_empty());
}

#[test]
fn an_empty_time_where_one_has_to_be_is_a_fault() {
    assert!(fault::<Deadline>(r#"{"at":""}"#).starts_with("at @6 \"\" is not a date and time"));
    let told = fault::<Deadline>(r#"{"at":"2024-02-29","later":[null,""]}"#);
    assert!(told.starts_with("later[1] @33 \"\" is not a date"), "{told}");
    assert!(fault::<Meeting>(r#"{"end":null,"start":"soon"}"#).starts_with("start @20"));
}

#[derive(Clone, Debug)]
enum Moment {
    Time(DateTime),
    Day(Date),
    Unknown(rt::UnknownJson),
}

impl rt::Json for Moment {
    fn blank() -> Self {
        Self::Unknown(rt::Json::blank())
    }

    fn read(&mut self, json: &mut dyn rt::Reader) -> rt::Read {
        let raw = json.raw()?;
        *self = loop {
            if let Some(value) = raw.suits() {
                break Self::Time(value);
            }
            if let Some(value) = raw.suits() {
                break Self::Day(value);
            }
            if !raw.again() {
                break Self::Unknown(raw.keep());
            }
        };
        Ok(())
    }

    fn write(&self, json: &mut dyn rt::Writer) -> rt::Written {
        match self {
            Self::Time(value) => value.write(json),
            Self::Day(value) => value.write(json),
            Self::Unknown(value) => value.write(json),
        }
    }
}

rt::union!(Moment);

#[test]
fn a_union_prefers_the_variant_whose_spelling_is_usual() {
    assert!(matches!(read(r#""2024-02-29""#), Moment::Day(_)));
    assert!(matches!(read(r#""2024-02-29T00:00:00Z""#), Moment::Time(_)));
    assert!(matches!(read(r#""2024-02-29 12:30 UTC""#), Moment::Time(_)));
    assert!(matches!(read(r#""0000-00-00""#), Moment::Unknown(_)));
}
