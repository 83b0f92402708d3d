//! Implements `Json` for tuples: arrays with a fixed number of items, each of its own type.

use crate::json::{Fault, Json, Read, Reader, Writer, Written};

macro_rules! tuple {
    ($($item:ident $index:tt)+) => {
        impl<$($item: Json),+> Json for ($($item,)+) {
            fn blank() -> Self {
                ($($item::blank(),)+)
            }

            fn read(&mut self, json: &mut dyn Reader) -> Read {
                read(json, &mut [$(&mut self.$index),+])
            }

            fn write(&self, json: &mut dyn Writer) -> Written {
                json.items(&mut [$(&self.$index as &dyn Json),+].into_iter())
            }
        }
    };
}

tuple!(A 0);
tuple!(A 0 B 1);
tuple!(A 0 B 1 C 2);
tuple!(A 0 B 1 C 2 D 3);
tuple!(A 0 B 1 C 2 D 3 E 4);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6);
tuple!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);

fn read(json: &mut dyn Reader, places: &mut [&mut dyn Json]) -> Read {
    let needed = places.len();
    let mut found = 0;
    json.items(&mut |json| {
        let Some(place) = places.get_mut(found) else {
            return Err(Fault::new(format_args!("expected {needed} items, found more")));
        };
        found += 1;
        place.read(json)
    })?;
    if found < needed {
        return Err(Fault::new(format_args!("expected {needed} items, found {found}")));
    }
    Ok(())
}
