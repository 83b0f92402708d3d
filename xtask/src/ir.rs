//! `cargo xtask ir`: prints the model that code is emitted from.

use sdk_generator::ir::{Api, OperationId, TypeId, print};

use crate::Failure;
use crate::arguments::{Format, Ir, Part};
use crate::input::{Inputs, Stopped};
use crate::report;

/// Prints the model or a part of it.
pub(crate) fn run(arguments: &Ir) -> Result<(), Failure> {
    let inputs = Inputs::read(&arguments.selection).map_err(|stopped| match stopped {
        Stopped::Failed(failure) => failure,
        Stopped::Found(diagnostics) => {
            report::diagnostics(&diagnostics, Format::Human);
            Failure::Found
        }
    })?;
    let generated = inputs.generate(None).map_err(|diagnostics| {
        report::diagnostics(&diagnostics, Format::Human);
        Failure::Found
    })?;
    let api = &generated.api;
    let text = match &arguments.part {
        Part::All => print::api(api),
        Part::Operation(name) => print::operation(api, operation(api, name)?),
        Part::Type(name) => print::type_def(api, ty(api, name)?),
    };
    println!("{}", text.trim_end());
    Ok(())
}

/// Finds an operation by its operation id or method name.
fn operation(api: &Api, name: &str) -> Result<OperationId, Failure> {
    let mut operations = api.operations.iter();
    let found =
        operations.find(|(_, operation)| operation.name.wire == name || operation.name.snake() == name);
    found.map(|(id, _)| id).ok_or_else(|| Failure::Stopped(format!("there is no operation `{name}`")))
}

/// Finds a type by its name.
fn ty(api: &Api, name: &str) -> Result<TypeId, Failure> {
    let mut types = api.types.iter();
    let found = types.find(|(_, ty)| ty.name.wire == name || ty.name.pascal() == name);
    found.map(|(id, _)| id).ok_or_else(|| Failure::Stopped(format!("there is no type `{name}`")))
}
