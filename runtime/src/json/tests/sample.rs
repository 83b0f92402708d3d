//! Types as the generator emits them.
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

impl rt::Json for Person {
    fn blank() -> Self {
        Self {
            id: rt::Json::blank(),
            name: None,
            age: None,
            role: None,
            tags: rt::Json::blank(),
            nick: None,
            extra: rt::Extra::default(),
        }
    }

    fn read(&mut self, json: &mut dyn rt::Reader) -> rt::Read {
        json.members(
            &mut [
                ("id", rt::REQUIRED, &mut self.id),
                ("name", rt::NULLABLE, &mut self.name),
                ("age", rt::OPTIONAL, &mut self.age),
                ("role", rt::OPTIONAL, &mut self.role),
                ("tags", rt::REQUIRED, &mut self.tags),
                ("nick", rt::OPTIONAL_NULLABLE, &mut self.nick),
            ],
            &mut self.extra,
        )
    }

    fn write(&self, json: &mut dyn rt::Writer) -> rt::Written {
        json.members(
            &[
                ("id", rt::REQUIRED, &self.id),
                ("name", rt::NULLABLE, &self.name),
                ("age", rt::OPTIONAL, &self.age),
                ("role", rt::OPTIONAL, &self.role),
                ("tags", rt::REQUIRED, &self.tags),
                ("nick", rt::OPTIONAL_NULLABLE, &self.nick),
            ],
            &self.extra,
        )
    }
}

rt::object!(Person, &["token"]);

#[derive(Clone, Debug)]
pub(super) enum Role {
    Admin,
    Unknown(rt::UnknownText),
}

impl Role {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Admin => "admin",
            Self::Unknown(value) => value.as_str(),
        }
    }
}

impl From<&str> for Role {
    fn from(value: &str) -> Self {
        match value {
            "admin" => Self::Admin,
            _ => Self::Unknown(rt::UnknownText::new(value)),
        }
    }
}

rt::string_enum!(Role);

#[derive(Clone, Debug)]
pub(super) enum Level {
    One,
    Unknown(rt::UnknownInteger),
}

impl Level {
    fn as_i64(&self) -> i64 {
        match self {
            Self::One => 1,
            Self::Unknown(value) => value.get(),
        }
    }
}

impl From<i64> for Level {
    fn from(value: i64) -> Self {
        match value {
            1 => Self::One,
            _ => Self::Unknown(rt::UnknownInteger::new(value)),
        }
    }
}

rt::integer_enum!(Level);

/// One of several plain values.
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
pub(super) struct Page {
    pub(super) owner: Person,
    pub(super) additional: BTreeMap<String, Person>,
    extra: rt::Extra,
}

impl rt::Json for Page {
    fn blank() -> Self {
        Self { owner: rt::Json::blank(), additional: rt::Json::blank(), extra: rt::Extra::default() }
    }

    fn read(&mut self, json: &mut dyn rt::Reader) -> rt::Read {
        json.members_and(
            &mut [("owner", rt::REQUIRED, &mut self.owner)],
            &mut self.additional,
            &mut self.extra,
        )
    }

    fn write(&self, json: &mut dyn rt::Writer) -> rt::Written {
        json.members_and(&[("owner", rt::REQUIRED, &self.owner)], &self.additional, &self.extra)
    }
}

rt::object!(Page);

/// A union by tag that can hold itself, and one by shape beside it.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Person(Box<Person>),
    List(Vec<Source>),
    Group(Box<Group>),
    Unknown(rt::UnknownJson),
}

impl rt::Json for Source {
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

rt::union!(Source);

#[derive(Clone)]
pub(super) struct Group {
    pub(super) members: Vec<Source>,
    extra: rt::Extra,
}

impl rt::Json for Group {
    fn blank() -> Self {
        Self { members: Vec::new(), extra: rt::Extra::default() }
    }

    fn read(&mut self, json: &mut dyn rt::Reader) -> rt::Read {
        json.members(&mut [("members", rt::REQUIRED, &mut self.members)], &mut self.extra)
    }

    fn write(&self, json: &mut dyn rt::Writer) -> rt::Written {
        json.members(&[("members", rt::REQUIRED, &self.members)], &self.extra)
    }
}

rt::object!(Group, &["token"]);
