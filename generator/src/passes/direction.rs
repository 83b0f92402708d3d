//! Makes required members optional if requests or responses leave them out.

use crate::ir::{Api, Shape};

/// Makes members optional that are missing in one direction: callers leave out read-only members, and the server leaves
/// out write-only members, whatever the document requires.
pub fn relax(api: &mut Api) {
    for ty in api.types.values_mut() {
        let usage = ty.usage;
        let Shape::Struct { fields, .. } = &mut ty.shape else { continue };
        for field in fields {
            let left_out = (field.read_only && usage.request) || (field.write_only && usage.response);
            field.is_left_out |= left_out && field.required;
            field.required &= !left_out;
        }
    }
}
