//! Reports parts of a path template that are not written as OpenAPI writes them.

use crate::diagnostic::{Code, Diagnostic};
use crate::lower::Lowering;
use crate::pointer::Pointer;

/// A part of a path template that is not written as OpenAPI writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Slip {
    /// A declared variable that is not in a pair of braces.
    Unbraced {
        name: String,
        /// The variable as it is written.
        written: String,
    },
    /// A brace without a partner, which is text.
    Stray(&'static str),
    /// The expansion of a query (RFC 6570 section 3.2.8), which is not part of the path: `?page`.
    Query(String),
}

impl Lowering<'_> {
    /// Reports the slips of the template of a path item.
    pub(in crate::lower) fn report_template(&mut self, path_item: &Pointer, slips: &[Slip]) {
        for slip in slips {
            self.diagnostics.push(slip.finding(path_item));
        }
    }
}

impl Slip {
    fn finding(&self, path_item: &Pointer) -> Diagnostic {
        match self {
            Self::Unbraced { name, written } => {
                let lacks = match (written.starts_with('{'), written.ends_with('}')) {
                    (true, _) => "without its closing brace",
                    (false, true) => "without its opening brace",
                    (false, false) => "without braces",
                };
                let message =
                    format!("the path has the variable `{written}` {lacks}; it is read as `{{{name}}}`");
                let help = format!("write `{{{name}}}`");
                Diagnostic::warning(Code::PathMismatch, path_item, message, help).with_loss(None)
            }
            Self::Stray(brace) => {
                let message = format!("the `{brace}` of this path has no partner; it is sent as text");
                let help =
                    "write a variable as `{name}`, and declare it with `in: path`; remove any other brace";
                Diagnostic::warning(Code::PathMismatch, path_item, message, help)
            }
            Self::Query(written) => {
                let names = written.trim_start_matches(['?', '&']);
                let message =
                    format!("`{{{written}}}` expands to a query, not to a part of the path; it is left out");
                let help = format!(
                    "describe parameters with `in: query` for `{names}`, and remove it from the path"
                );
                Diagnostic::warning(Code::PathMismatch, path_item, message, help).with_loss(None)
            }
        }
    }
}
