//! From the model to a finished model.

use crate::ir::Api;

/// Runs every pass.
pub fn run(_api: &mut Api) {
    unimplemented!()
}
