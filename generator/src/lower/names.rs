//! Names types, operations and files, by rules and by the overrides of `sdk.yaml`.

pub(super) mod type_names;
pub(super) mod dotted_names;
pub(super) mod operation_names;
pub(super) mod routes;
pub(super) mod singular;
pub(super) mod overrides;
pub(super) mod file_names;
