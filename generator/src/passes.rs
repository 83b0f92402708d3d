//! From the model to a finished model.

pub mod direction;
pub mod prune;
pub mod recursion;
pub mod usage;
mod walk;

use crate::ir::Api;

/// Runs every pass.
pub fn run(api: &mut Api) {
    prune::prune(api);
    usage::mark(api);
    direction::relax(api);
    recursion::break_cycles(api);
}
