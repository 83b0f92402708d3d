//! Reads a value whose parts may have other types than expected: such a part costs only itself.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use serde::de::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Deserializer, Value};

use super::blank::blank;
use super::deserialize::{MAX_DEPTH, SerdeReader, Unread};
use super::members::Members;
use crate::json::fault::Segment;
use crate::json::presence::WAS_READ;
use crate::json::{Fault, Json, Raw, Read, ReadObject, ReadSlot, Reader, sealed};

/// A part of a response that could not be read as its type, and that a lenient call left out: an optional member, a list
/// item, or an entry of a map.
#[derive(Clone, PartialEq, Eq)]
pub struct Loss {
    path: String,
    reason: String,
    json: Box<str>,
}

impl Loss {
    /// Returns the place in the body, as in `entries[3].role`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the reason why the part could not be read.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns the JSON text of the part as received.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }
}

impl fmt::Debug for Loss {
    /// Formats the loss without its JSON, which may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loss").field("path", &self.path).field("reason", &self.reason).finish_non_exhaustive()
    }
}

/// The place of a value, and the parts left out so far.
#[derive(Clone)]
pub(in crate::json) struct Leniency {
    /// The place of the value, outermost first.
    path: Vec<Segment>,
    losses: Rc<RefCell<Vec<Loss>>>,
}

impl Leniency {
    /// Reads a variant of a union, whose tag is known.
    pub(in crate::json) fn read_variant(&self, json: &RawValue, value: &mut dyn Json) -> Read {
        let before = self.losses.borrow().len();
        let outcome = value.read(&mut LenientReader::new(json, self.clone()));
        if outcome.is_err() {
            self.losses.borrow_mut().truncate(before);
        }
        outcome
    }
}

/// Reads the single value in a text into a blank value, and returns what it leaves out.
pub(crate) fn read_leniently(text: &[u8], value: &mut dyn Json) -> Option<Vec<Loss>> {
    let json: &RawValue = serde_json::from_slice(text).ok()?;
    let leniency = Leniency { path: Vec::new(), losses: Rc::default() };
    blank(value);
    value.read(&mut LenientReader::new(json, leniency.clone())).ok()?;
    Some(leniency.losses.take())
}

/// One value, whose parts are left out if they cannot be read.
struct LenientReader<'a> {
    json: &'a RawValue,
    leniency: Leniency,
    is_strict: bool,
    is_member: bool,
    /// Set if the value is kept as a variant that its union does not know.
    is_unknown: bool,
    /// Set once the value was inspected, as a union does.
    was_inspected: bool,
    unread: Unread,
}

impl<'a> LenientReader<'a> {
    const fn new(json: &'a RawValue, leniency: Leniency) -> Self {
        let unread = Unread::Nothing;
        Self {
            json,
            leniency,
            is_strict: false,
            is_member: false,
            is_unknown: false,
            was_inspected: false,
            unread,
        }
    }

    /// Reads the value as a whole.
    fn whole<T>(&mut self, read: impl FnOnce(&mut dyn Reader) -> Result<T, Fault>) -> Result<T, Fault> {
        let mut json = Deserializer::from_str(self.json.get());
        let mut reader = SerdeReader::member(&mut json, self.depth()?, self.is_strict, self.is_member);
        let outcome = read(&mut reader);
        self.unread = reader.unread();
        outcome
    }

    fn depth(&self) -> Result<u16, Fault> {
        let depth = u16::try_from(self.leniency.path.len()).unwrap_or(u16::MAX);
        if depth < MAX_DEPTH { Ok(depth) } else { Err(Fault::new("nested too deeply")) }
    }

    fn parts<T: Deserialize<'a>>(&self) -> Result<T, Fault> {
        self.depth()?;
        serde_json::from_str(self.json.get()).map_err(Fault::new)
    }

    fn is_null(&mut self) -> bool {
        let is_null = self.json.get() == "null";
        if is_null {
            self.unread = Unread::Null;
        }
        is_null
    }

    /// Reads a part. If it cannot be read, forgets what it left out itself. A value of a union is then one that the
    /// union does not know.
    fn part(
        &self,
        segment: &Segment,
        json: &RawValue,
        mut read: impl FnMut(&mut LenientReader<'_>) -> Read,
    ) -> Result<Unread, Fault> {
        let mut leniency = self.leniency.clone();
        leniency.path.push(segment.clone());
        let before = leniency.losses.borrow().len();
        let mut part = LenientReader::new(json, leniency.clone());
        let Err(fault) = read(&mut part) else { return Ok(part.unread) };
        leniency.losses.borrow_mut().truncate(before);
        if part.was_inspected {
            let mut part = LenientReader::new(json, leniency);
            part.is_unknown = true;
            if read(&mut part).is_ok() {
                self.lose(segment.clone(), json, &fault);
                return Ok(part.unread);
            }
        }
        Err(fault)
    }

    /// Notes a part that is left out.
    fn lose(&self, segment: Segment, json: &RawValue, fault: &Fault) {
        let path = crate::json::fault::path(self.leniency.path.iter().chain([&segment]));
        let loss = Loss { path, reason: fault.to_string(), json: json.get().into() };
        self.leniency.losses.borrow_mut().push(loss);
    }

    fn slot(&self, (name, presence, place): &mut ReadSlot<'_>, json: &RawValue) -> Result<Unread, Fault> {
        presence.mark_read();
        let is_strict = presence.is_strict();
        let segment = Segment::Member((*name).to_owned());
        let outcome = self.part(&segment, json, |part| {
            (part.is_strict, part.is_member) = (is_strict, true);
            place.read(part)
        });
        match outcome {
            Ok(Unread::Null) if !is_strict && !presence.may_be_left_out() => Ok(Unread::Nothing),
            Err(fault) if presence.may_be_left_out() => {
                blank(*place);
                self.lose(segment, json, &fault);
                Ok(Unread::Text(json.to_owned()))
            }
            outcome => outcome.map_err(|fault| fault.within(segment)),
        }
    }
}

impl sealed::Sealed for LenientReader<'_> {}

impl Reader for LenientReader<'_> {
    fn object(&mut self, mut object: ReadObject<'_, '_>) -> Read {
        let Members(members) = self.parts()?;
        for (name, json) in members {
            let unread = if let Some(slot) = object.slots.iter_mut().find(|slot| slot.0 == name) {
                if slot.1.has(WAS_READ) {
                    blank(slot.2);
                    object.extra.remove(&name);
                }
                self.slot(slot, json)?
            } else if let Some(additional) = &mut object.additional {
                let segment = Segment::Member(name.to_string());
                match self.part(&segment, json, |part| additional.read_entry(&name, part)) {
                    Ok(_) => Unread::Nothing,
                    Err(fault) => {
                        self.lose(segment, json, &fault);
                        Unread::Text(json.to_owned())
                    }
                }
            } else {
                Unread::Text(json.to_owned())
            };
            match unread {
                Unread::Nothing => {}
                Unread::Null => object.extra.set_null(&name),
                Unread::Text(text) => object.extra.put(&name, text),
            }
        }
        object.check_required()
    }

    fn items(&mut self, each: &mut dyn FnMut(&mut dyn Reader) -> Read) -> Read {
        if self.is_strict && self.is_null() {
            return Ok(());
        }
        let items: Vec<&RawValue> = self.parts()?;
        for (index, json) in items.into_iter().enumerate() {
            let segment = Segment::Index(index);
            if let Err(fault) = self.part(&segment, json, |part| each(part)) {
                self.lose(segment, json, &fault);
            }
        }
        Ok(())
    }

    fn entries(&mut self, each: &mut dyn FnMut(&str, &mut dyn Reader) -> Read) -> Read {
        if self.is_strict && self.is_null() {
            return Ok(());
        }
        let Members(members) = self.parts()?;
        for (name, json) in members {
            let segment = Segment::Member(name.to_string());
            if let Err(fault) = self.part(&segment, json, |part| each(&name, part)) {
                self.lose(segment, json, &fault);
            }
        }
        Ok(())
    }

    fn option(&mut self, some: &mut dyn FnMut(&mut dyn Reader) -> Read) -> Result<bool, Fault> {
        if self.is_null() {
            return Ok(false);
        }
        let mut value = LenientReader::new(self.json, self.leniency.clone());
        (value.is_member, value.is_unknown) = (self.is_member, self.is_unknown);
        let outcome = some(&mut value);
        self.was_inspected = value.was_inspected;
        match (outcome, value.unread) {
            (Err(_), text @ Unread::Text(_)) => {
                self.unread = text;
                Ok(false)
            }
            (outcome, _) => outcome.map(|()| true),
        }
    }

    fn text(&mut self, take: &mut dyn FnMut(&str) -> Result<(), String>) -> Read {
        self.whole(|json| json.text(take))
    }

    fn time(&mut self, take: &mut dyn FnMut(&str) -> Result<(), String>) -> Read {
        self.whole(|json| json.time(take))
    }

    fn string(&mut self) -> Result<String, Fault> {
        self.whole(|json| json.string())
    }

    fn bool(&mut self) -> Result<bool, Fault> {
        self.whole(|json| json.bool())
    }

    fn integer(&mut self) -> Result<i128, Fault> {
        self.whole(|json| json.integer())
    }

    fn float(&mut self) -> Result<f64, Fault> {
        self.whole(|json| json.float())
    }

    fn value(&mut self) -> Result<Value, Fault> {
        self.whole(|json| json.value())
    }

    fn raw(&mut self) -> Result<Raw, Fault> {
        self.was_inspected = true;
        let raw = self.whole(|json| json.raw())?;
        Ok(if self.is_unknown { raw.without_tag() } else { raw.leniently(self.leniency.clone()) })
    }
}
