//! Defines types as the generator emits them.
#![expect(unreachable_pub, dead_code, reason = "what the macros emit is public in an SDK")]

use std::collections::BTreeMap;

use crate as rt;

#[derive(Clone)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) age: Option<i32>,
    pub(super) role: Option<Role>,
    pub(super) tags: Vec<String>,
    pub(super) nick: Option<String>,
    extra: rt::Extra,
}

rt::object! {
    Person, &["token"];
    "id" => id: REQUIRED,
    "name" => name: NULLABLE,
    "age" => age: OPTIONAL,
    "role" => role: OPTIONAL,
    "tags" => tags: REQUIRED,
    "nick" => nick: OPTIONAL_NULLABLE,
}

#[derive(Clone, Debug)]
pub(super) enum Role {
    Admin,
    Member,
    Unknown(rt::UnknownText),
}

rt::string_enum! {
    Role;
    "admin" => Admin,
    "member" => Member,
}

#[derive(Clone, Debug)]
pub(super) enum Level {
    One,
    Two,
    Unknown(rt::UnknownInteger),
}

rt::integer_enum! {
    Level;
    1 => One,
    2 => Two,
}

/// A union of scalars.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    Integer(i64),
    String(String),
    Unknown(rt::UnknownJson),
}

impl rt::Json for Mark {
    fn blank() -> Self {
        Self::Unknown(rt::Json::blank())
    }

    fn read(&mut self, json: &mut dyn rt::Reader) -> rt::Read {
        let raw = json.raw()?;
        *self = if let Some(value) = raw.fits() {
            Self::Integer(value)
        } else if let Some(value) = raw.fits() {
            Self::String(value)
        } else {
            Self::Unknown(raw.keep())
        };
        Ok(())
    }

    fn write(&self, json: &mut dyn rt::Writer) -> rt::Written {
        match self {
            Self::Integer(value) => rt::Json::write(value, json),
            Self::String(value) => rt::Json::write(value, json),
            Self::Unknown(value) => rt::Json::write(value, json),
        }
    }
}

rt::scalar_union!(Mark);

/// An object with typed additional members.
#[derive(Clone)]
pub(super) struct Roster {
    pub(super) owner: Person,
    pub(super) additional: BTreeMap<String, Person>,
    extra: rt::Extra,
}

rt::object! {
    Roster;
    "owner" => owner: REQUIRED,
    _ => additional,
}

/// A union with a discriminator that can hold itself, and a variant that is found by its shape.
#[derive(Clone, Debug)]
pub(super) enum Member {
    Person(Box<Person>),
    List(Vec<Member>),
    Group(Box<Group>),
    Unknown(rt::UnknownJson),
}

impl rt::Json for Member {
    fn blank() -> Self {
        Self::Unknown(rt::Json::blank())
    }

    fn read(&mut self, json: &mut dyn rt::Reader) -> rt::Read {
        let raw = json.raw()?;
        *self = match raw.tag("type") {
            Some("person") => Self::Person(raw.decode()?),
            Some("group") => Self::Group(raw.decode()?),
            _ => {
                if let Some(value) = raw.fits() {
                    Self::List(value)
                } else {
                    Self::Unknown(raw.keep())
                }
            }
        };
        Ok(())
    }

    fn write(&self, json: &mut dyn rt::Writer) -> rt::Written {
        match self {
            Self::Person(value) => value.write(json),
            Self::List(value) => value.write(json),
            Self::Group(value) => value.write(json),
            Self::Unknown(value) => value.write(json),
        }
    }
}

rt::union!(Member);

#[derive(Clone)]
pub(super) struct Group {
    pub(super) members: Vec<Member>,
    extra: rt::Extra,
}

rt::object! {
    Group, &["token"];
    "members" => members: REQUIRED,
}

/// Has a secret, whatever its name.
#[derive(Clone)]
pub(super) struct Safe {
    pin: Option<String>,
    pub(super) label: Option<String>,
    extra: rt::Extra,
}

rt::object! {
    Safe;
    "pin" => pin: SECRET_OPTIONAL,
    "label" => label: OPTIONAL,
}

/// A variant that declares the tag of its union without requiring it.
#[derive(Clone)]
pub(super) struct Circle {
    kind: Option<String>,
    radius: Option<f64>,
    extra: rt::Extra,
}

rt::object! {
    Circle;
    "radius" => radius: OPTIONAL,
    "kind" => kind: OPTIONAL,
}

impl Circle {
    pub(super) fn of(kind: Option<&str>, radius: Option<f64>) -> Self {
        Self { kind: kind.map(str::to_owned), radius, extra: rt::Extra::default() }
    }
}

#[derive(Clone, Debug)]
pub(super) enum Figure {
    Circle(Circle),
    Unknown(rt::UnknownJson),
}

impl rt::Json for Figure {
    fn blank() -> Self {
        Self::Unknown(rt::Json::blank())
    }

    fn read(&mut self, json: &mut dyn rt::Reader) -> rt::Read {
        let raw = json.raw()?;
        *self = match raw.tag("kind") {
            Some("circle") => Self::Circle(raw.decode()?),
            None => raw.fits().map_or_else(rt::Json::blank, Self::Circle),
            Some(_) => Self::Unknown(raw.keep()),
        };
        Ok(())
    }

    fn write(&self, json: &mut dyn rt::Writer) -> rt::Written {
        match self {
            Self::Circle(value) => rt::tagged("kind", "circle", value, json),
            Self::Unknown(value) => value.write(json),
        }
    }
}

rt::union!(Figure);

/// An object with an optional member and typed additional members.
pub(super) struct Sparse {
    pub(super) note: Option<String>,
    pub(super) additional: BTreeMap<String, i64>,
    extra: rt::Extra,
}

rt::object! {
    Sparse;
    "note" => note: OPTIONAL,
    _ => additional,
}
