//! Defines the presence of a member: required or optional, nullable or not.

/// The presence of a member: required or optional, nullable or not.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence(u8);

pub(super) const MUST_BE_THERE: u8 = 1;
pub(super) const MAY_BE_NULL: u8 = 2;
pub(super) const WAS_READ: u8 = 4;
pub(super) const IS_SECRET: u8 = 8;

/// The member is required and not nullable. Null reads as an empty list or map, and is an error for other types.
#[doc(hidden)]
pub const REQUIRED: Presence = Presence(MUST_BE_THERE);
/// The member is optional. Null reads as absent, and is kept in `extra`.
#[doc(hidden)]
pub const OPTIONAL: Presence = Presence(0);
/// The member is required and nullable.
#[doc(hidden)]
pub const NULLABLE: Presence = Presence(MUST_BE_THERE | MAY_BE_NULL);
/// The member is optional and nullable, and null differs from absence.
#[doc(hidden)]
pub const OPTIONAL_NULLABLE: Presence = Presence(MAY_BE_NULL);

/// Like [`REQUIRED`]; `Debug` does not show the value.
#[doc(hidden)]
pub const SECRET_REQUIRED: Presence = Presence(REQUIRED.0 | IS_SECRET);
/// Like [`OPTIONAL`]; `Debug` does not show the value.
#[doc(hidden)]
pub const SECRET_OPTIONAL: Presence = Presence(OPTIONAL.0 | IS_SECRET);
/// Like [`NULLABLE`]; `Debug` does not show the value.
#[doc(hidden)]
pub const SECRET_NULLABLE: Presence = Presence(NULLABLE.0 | IS_SECRET);
/// Like [`OPTIONAL_NULLABLE`]; `Debug` does not show the value.
#[doc(hidden)]
pub const SECRET_OPTIONAL_NULLABLE: Presence = Presence(OPTIONAL_NULLABLE.0 | IS_SECRET);

impl Presence {
    pub(super) const fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }

    pub(crate) const fn mark_read(&mut self) {
        self.0 |= WAS_READ;
    }

    /// Returns `true` if null is not a value of a member that has to be there.
    pub(super) const fn is_strict(self) -> bool {
        self.has(MUST_BE_THERE) && !self.has(MAY_BE_NULL)
    }

    /// Returns `true` if a member without a value is omitted rather than written as null.
    pub(super) const fn may_be_left_out(self) -> bool {
        !self.has(MUST_BE_THERE)
    }
}
