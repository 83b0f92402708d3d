//! From the documents to the model.

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::ir;
use crate::spec::Spec;

/// Lowers the documents to the model, reporting what has no form in it.
pub fn lower(_spec: &Spec, _config: &Config, _diagnostics: &mut Diagnostics) -> ir::Api {
    unimplemented!()
}
