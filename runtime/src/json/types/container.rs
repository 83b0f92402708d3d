//! Implements `Json` for types that hold other values: options, boxes, lists, maps, and any JSON value.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::json::{Json, Read, Reader, Writer, Written};

impl<T: Json> Json for Option<T> {
    fn blank() -> Self {
        None
    }

    fn read(&mut self, json: &mut dyn Reader) -> Read {
        let has_value = json.option(&mut |json| {
            let value = self.insert(T::blank());
            value.read(json)
        })?;
        if !has_value {
            *self = None;
        }
        Ok(())
    }

    fn write(&self, json: &mut dyn Writer) -> Written {
        match self {
            Some(value) => value.write(json),
            None => json.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Json> Json for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn read(&mut self, json: &mut dyn Reader) -> Read {
        (**self).read(json)
    }

    fn write(&self, json: &mut dyn Writer) -> Written {
        (**self).write(json)
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn is_empty_container(&self) -> bool {
        (**self).is_empty_container()
    }
}

impl<T: Json> Json for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, json: &mut dyn Reader) -> Read {
        self.clear();
        json.items(&mut |json| {
            let mut item = T::blank();
            item.read(json)?;
            self.push(item);
            Ok(())
        })
    }

    fn write(&self, json: &mut dyn Writer) -> Written {
        json.items(&mut self.iter().map(|item| -> &dyn Json { item }))
    }

    fn is_empty_container(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, json: &mut dyn Reader) -> Read {
        self.clear();
        json.entries(&mut |key, json| self.read_entry(key, json))
    }

    fn write(&self, json: &mut dyn Writer) -> Written {
        json.entries(&mut self.iter().map(|(key, value)| -> (&str, &dyn Json) { (key, value) }))
    }

    fn is_empty_container(&self) -> bool {
        self.is_empty()
    }
}

impl Json for Value {
    fn blank() -> Self {
        Self::Null
    }

    fn read(&mut self, json: &mut dyn Reader) -> Read {
        *self = json.value()?;
        Ok(())
    }

    fn write(&self, json: &mut dyn Writer) -> Written {
        json.value(self)
    }
}

/// A map of the additional members of an object, those that its type does not name.
pub trait Additional: Send + Sync {
    /// Reads the value of one additional member.
    ///
    /// # Errors
    /// Returns an error if the value cannot be read.
    fn read_entry(&mut self, name: &str, json: &mut dyn Reader) -> Read;

    /// Returns `true` if the map contains the member.
    fn has_entry(&self, name: &str) -> bool;

    /// Calls `take` with each member and its value.
    ///
    /// # Errors
    /// Returns the first error of `take`.
    fn each_entry(&self, take: &mut dyn FnMut(&str, &dyn Json) -> Written) -> Written;

    /// Removes all members.
    fn clear_entries(&mut self);
}

impl<T: Json> Additional for BTreeMap<String, T> {
    fn read_entry(&mut self, name: &str, json: &mut dyn Reader) -> Read {
        let mut value = T::blank();
        value.read(json)?;
        self.insert(name.to_owned(), value);
        Ok(())
    }

    fn has_entry(&self, name: &str) -> bool {
        self.contains_key(name)
    }

    fn each_entry(&self, take: &mut dyn FnMut(&str, &dyn Json) -> Written) -> Written {
        self.iter().try_for_each(|(name, value)| take(name, value))
    }

    fn clear_entries(&mut self) {
        self.clear();
    }
}
