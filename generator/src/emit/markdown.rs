//! From the model to Markdown pages.

use super::Dialect;
use crate::files::Files;
use crate::ir;

/// Emits the pages of a package.
pub fn emit(_api: &ir::Api, _dialect: &dyn Dialect, _files: &mut Files) {}
