//! Runs the passes that finish the model.

pub mod direction;
pub mod presets;
pub mod prune;
pub mod recursion;
pub mod usage;
mod walk;

use std::collections::BTreeMap;

use crate::ir::{Api, TypeId};

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
    presets::fill(api);
}

/// Replaces types by those that they are mapped to, and finds out again how types are used.
pub fn merge(api: &mut Api, merged: &BTreeMap<TypeId, TypeId>) {
    prune::merge(api, merged);
    usage::mark(api);
    direction::relax(api);
}

/// Runs the passes that depend on the final shape of types.
pub fn finish(api: &mut Api) {
    recursion::break_cycles(api);
}
