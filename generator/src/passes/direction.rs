//! Required members that only one direction has to optional ones where the other direction holds their type.

use crate::ir::{Api, Shape};

/// Makes members optional that a value lacks on one of its ways: callers leave out a read-only one, and the
/// server a write-only one, whatever the document requires.
pub fn relax(api: &mut Api) {
    for ty in api.types.values_mut() {
        let usage = ty.usage;
        let Shape::Struct { fields, .. } = &mut ty.shape else { continue };
        for field in fields {
            let left_out = (field.read_only && usage.request) || (field.write_only && usage.response);
            field.required &= !left_out;
        }
    }
}
