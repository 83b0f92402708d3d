//! Runs the passes that finish the model.

pub mod direction;
pub mod prune;
pub mod recursion;
pub mod usage;
mod walk;

use crate::ir::Api;

/// Runs every pass.
pub fn run(api: &mut Api) {
    find_usage(api);
    finish(api);
}

/// Runs the passes that find out how types are used.
pub fn find_usage(api: &mut Api) {
    prune::prune(api);
    usage::mark(api);
    direction::relax(api);
}

/// Runs the passes that depend on the final shape of types.
pub fn finish(api: &mut Api) {
    recursion::break_cycles(api);
}
