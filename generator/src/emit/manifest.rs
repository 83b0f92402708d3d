//! From the model to the files around the code: Cargo manifest, README, settings.

use super::rust::Symbols;
use crate::files::Files;
use crate::ir;

/// Emits the files around the code.
pub fn emit(_api: &ir::Api, _symbols: &Symbols, _files: &mut Files) {}
