//! Tests unions without a discriminator, enums of mixed values, tuples and exact numbers.
#![expect(unreachable_pub, dead_code, reason = "what the macros emit is public in an SDK")]

use std::collections::BTreeMap;

use super::{comes_back, fault, read, write};
use crate as rt;
use crate::Number;

macro_rules! object {
    ($name:ident, $($field:ident: $ty:ty = $wire:literal),+) => {
        #[derive(Clone)]
        struct $name {
            $($field: Option<$ty>,)+
            extra: rt::Extra,
        }

        rt::object! {
            $name;
            $($wire => $field: OPTIONAL,)+
        }
    };
}

object!(Circle, name: String = "name", radius: f64 = "radius");
object!(Square, name: String = "name", side: f64 = "side", kind: SideKind = "kind");
object!(Frame, name: String = "name", inside: Vec<Square> = "inside");

#[derive(Clone, Debug)]
enum Shape {
    Circle(Circle),
    Square(Square),
    Frame(Frame),
    Unknown(rt::UnknownJson),
}

impl rt::Json for Shape {
    fn blank() -> Self {
        Self::Unknown(rt::Json::blank())
    }

    fn read(&mut self, json: &mut dyn rt::Reader) -> rt::Read {
        let raw = json.raw()?;
        *self = loop {
            if let Some(value) = raw.suits() {
                break Self::Circle(value);
            }
            if let Some(value) = raw.suits() {
                break Self::Square(value);
            }
            if let Some(value) = raw.suits() {
                break Self::Frame(value);
            }
            if !raw.again() {
                break Self::Unknown(raw.keep());
            }
        };
        Ok(())
    }

    fn write(&self, json: &mut dyn rt::Writer) -> rt::Written {
        match self {
            Self::Circle(value) => value.write(json),
            Self::Square(value) => value.write(json),
            Self::Frame(value) => value.write(json),
            Self::Unknown(value) => value.write(json),
        }
    }
}

rt::union!(Shape);

#[derive(Clone, Debug)]
enum Drawing {
    Frame(Frame),
    Map(BTreeMap<String, rt::Value>),
    Unknown(rt::UnknownJson),
}

impl rt::Json for Drawing {
    fn blank() -> Self {
        Self::Unknown(rt::Json::blank())
    }

    fn read(&mut self, json: &mut dyn rt::Reader) -> rt::Read {
        let raw = json.raw()?;
        *self = loop {
            if let Some(value) = raw.suits() {
                break Self::Frame(value);
            }
            if let Some(value) = raw.suits() {
                break Self::Map(value);
            }
            if !raw.again() {
                break Self::Unknown(raw.keep());
            }
        };
        Ok(())
    }

    fn write(&self, json: &mut dyn rt::Writer) -> rt::Written {
        match self {
            Self::Frame(value) => value.write(json),
            Self::Map(value) => value.write(json),
            Self::Unknown(value) => value.write(json),
        }
    }
}

rt::union!(Drawing);

#[derive(Clone, Debug)]
enum SideKind {
    Auto,
    One,
    Half,
    Unknown(rt::UnknownJson),
}

rt::value_enum! {
    SideKind;
    "\"auto\"" => Auto,
    "1" => One,
    "0.5" => Half,
}

#[test]
fn the_variant_that_knows_all_members_wins() {
    assert!(matches!(read(r#"{"name":"a","radius":1.5}"#), Shape::Circle(_)));
    assert!(matches!(read(r#"{"name":"a","side":1.5}"#), Shape::Square(_)));
    assert!(matches!(read(r#"{"inside":[{"side":1.5}]}"#), Shape::Frame(_)));
}

#[test]
fn without_such_a_variant_the_first_that_fits_wins() {
    assert!(matches!(read(r#"{"name":"a","colour":"red"}"#), Shape::Circle(_)));
    assert!(matches!(read(r#"{"side":1.5,"radius":"wide"}"#), Shape::Square(_)));
    assert!(matches!(read(r#"{"kind":"other"}"#), Shape::Circle(_)));
    comes_back::<Shape>(r#"{"name":"a","inside":[{"side":1.5,"colour":"red"}]}"#);
    assert!(matches!(read("5"), Shape::Unknown(_)));
}

#[test]
fn a_type_with_named_members_wins_over_a_map() {
    assert!(matches!(read(r#"{"name":"a","colour":"red"}"#), Drawing::Frame(_)));
    assert!(matches!(read(r#"{"name":5}"#), Drawing::Map(map) if map.len() == 1));
}

#[test]
fn values_of_a_mixed_enum_are_matched_by_type_and_value() {
    assert_eq!(read::<SideKind>("\"auto\""), SideKind::Auto);
    assert_eq!(
        (read::<SideKind>("1"), read::<SideKind>("1.0"), read::<SideKind>("5e-1")),
        (SideKind::One, SideKind::One, SideKind::Half)
    );
    assert!(matches!(read::<SideKind>("\"1\""), SideKind::Unknown(_)));
    for text in ["\"auto\"", "1", "0.5", "2.50", "\"1\"", "true", "null"] {
        comes_back::<SideKind>(text);
    }
}

#[test]
fn a_tuple_has_a_fixed_number_of_items() {
    assert_eq!(read::<(f64, String)>("[1.5,\"a\"]"), (1.5, "a".to_owned()));
    comes_back::<(f64, (String, Option<i64>))>("[1.5,[\"a\",null]]");
    assert_eq!(fault::<(f64, String)>("[1.5]"), " @0 expected 2 items, found 1");
    assert_eq!(fault::<(f64, String)>("[1.5,\"a\",1]"), "[2] @9 expected 2 items, found more");
    assert_eq!(fault::<(f64, String)>("[1.5,2]"), "[1] @5 invalid type: integer `2`, expected a string");
}

#[test]
fn a_number_keeps_its_digits() {
    for text in ["1.50", "340282366920938463463374607431768211456", "-0.10", "1e400"] {
        comes_back::<Number>(text);
    }
    assert_eq!(write(&Number::from(7_i64)), "7");
    assert_eq!(read::<Number>("12").to_i128(), Some(12));
    assert_eq!("1.25".parse::<Number>().map(|number| number.to_f64()), Ok(1.25));
    for text in ["", "1.", ".5", "+1", " 1", "0x1", "\"1\"", "NaN", "1 "] {
        assert!(text.parse::<Number>().is_err(), "{text:?} is not a number");
    }
    assert!(fault::<Number>("\"1\"").contains("not a number"));
}
