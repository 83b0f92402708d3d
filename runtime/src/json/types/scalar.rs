//! Implements `Json` for strings, numbers and booleans.

use crate::json::{Fault, Json, Read, Reader, Writer, Written};

impl Json for String {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, json: &mut dyn Reader) -> Read {
        *self = json.string()?;
        Ok(())
    }

    fn write(&self, json: &mut dyn Writer) -> Written {
        json.text(self)
    }
}

impl Json for bool {
    fn blank() -> Self {
        false
    }

    fn read(&mut self, json: &mut dyn Reader) -> Read {
        *self = json.bool()?;
        Ok(())
    }

    fn write(&self, json: &mut dyn Writer) -> Written {
        json.bool(*self)
    }
}

macro_rules! integer {
    ($($ty:ty)*) => {$(
        impl Json for $ty {
            fn blank() -> Self {
                0
            }

            fn read(&mut self, json: &mut dyn Reader) -> Read {
                let value = json.integer()?;
                *self = Self::try_from(value).map_err(|_| out_of_range(value, stringify!($ty)))?;
                Ok(())
            }

            fn write(&self, json: &mut dyn Writer) -> Written {
                json.integer((*self).into())
            }
        }

            )*};
}

integer!(i32 i64 u32 u64);

fn out_of_range(value: i128, ty: &str) -> Fault {
    Fault::new(format_args!("{value} is out of range for {ty}"))
}

impl Json for f64 {
    fn blank() -> Self {
        0.0
    }

    fn read(&mut self, json: &mut dyn Reader) -> Read {
        *self = json.float()?;
        Ok(())
    }

    fn write(&self, json: &mut dyn Writer) -> Written {
        json.float(*self)
    }
}

/// Converts a float without a fraction to an integer.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked before")]
pub(crate) fn integral(value: f64) -> Option<i128> {
    /// Far above the range of every integer type that is read, far below the end of `i128`.
    const LIMIT: f64 = 1e30;
    (value.fract() == 0.0 && value.abs() < LIMIT).then_some(value as i128)
}
