//! Reports files inside the JSON of a part, where only text can be.

use std::collections::BTreeSet;

use crate::diagnostic::Code;
use crate::lower::Lowering;
use crate::lower::schemas::value_kinds::ValueKind;
use crate::pointer::Pointer;
use crate::spec::AdditionalProperties;

/// The depth to which a part is searched.
const DEPTH: usize = 8;

impl Lowering<'_> {
    /// Reports the first file inside a value that is not a file itself.
    pub(super) fn report_nested_file(&mut self, schema: &Pointer) {
        let mut seen = BTreeSet::new();
        if let Some(file) = self.nested_file(schema, DEPTH, &mut seen) {
            self.warn(
                Code::Approximated,
                &file,
                "a file inside an object, map or list of a part cannot be sent as one; it is sent as text",
                "describe the file, or a list of files, as a part of its own",
            );
        }
    }

    /// Returns the place of a file in a value.
    fn nested_file(
        &mut self,
        schema: &Pointer,
        depth: usize,
        seen: &mut BTreeSet<Pointer>,
    ) -> Option<Pointer> {
        let surface = self.surface(schema);
        if depth == 0 || !seen.insert(surface.meant.clone()) {
            return None;
        }
        let mut inner: Vec<Pointer> = match surface.kind {
            ValueKind::Scalar(_) => return self.is_binary(schema).then(|| schema.clone()),
            ValueKind::Object | ValueKind::Map | ValueKind::List | ValueKind::Union => {
                let keywords = self.keywords(&surface.meant)?;
                let properties = keywords.properties.iter().map(|(_, property)| property);
                let additional = match &keywords.additional {
                    AdditionalProperties::Schema(schema) => Some(schema),
                    AdditionalProperties::Unspecified
                    | AdditionalProperties::Denied
                    | AdditionalProperties::Any => None,
                };
                let parts = [&keywords.tuple, &keywords.all_of, &keywords.one_of, &keywords.any_of];
                let parts = parts.into_iter().flatten();
                properties.chain(additional).chain(&keywords.items).chain(parts).cloned().collect()
            }
            ValueKind::StringEnum
            | ValueKind::IntegerEnum
            | ValueKind::ValueEnum
            | ValueKind::Any
            | ValueKind::Null => return None,
        };
        // Variants of the part itself have been reported.
        if surface.kind == ValueKind::Union && depth == DEPTH {
            inner.retain(|inner| !self.holds_files(inner));
        }
        inner.iter().find_map(|inner| self.nested_file(inner, depth - 1, seen))
    }
}
