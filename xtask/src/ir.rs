//! `cargo xtask ir`: the model that the code is made from.

use sdk_generator::ir::Api;

use crate::Failure;
use crate::arguments::{Format, Ir, Part};
use crate::input::{Inputs, Stopped};
use crate::report;

/// Prints the model, or a part of it.
pub(crate) fn run(arguments: &Ir) -> Result<(), Failure> {
    let inputs = Inputs::read(&arguments.selection).map_err(|stopped| match stopped {
        Stopped::Failed(failure) => failure,
        Stopped::Found(diagnostics) => {
            report::diagnostics(&diagnostics, Format::Human);
            Failure::Found
        }
    })?;
    let generated = inputs.generate().map_err(|diagnostics| {
        report::diagnostics(&diagnostics, Format::Human);
        Failure::Found
    })?;
    match &arguments.part {
        Part::All => println!("{:#?}", generated.api),
        Part::Operation(name) => operation(&generated.api, name)?,
        Part::Type(name) => ty(&generated.api, name)?,
    }
    Ok(())
}

fn operation(api: &Api, name: &str) -> Result<(), Failure> {
    let mut operations = api.operations.iter();
    let found =
        operations.find(|(_, operation)| operation.name.wire == name || operation.name.snake() == name);
    let (id, operation) = found.ok_or_else(|| Failure::Stopped(format!("there is no operation `{name}`")))?;
    println!("{id:?} {operation:#?}");
    Ok(())
}

fn ty(api: &Api, name: &str) -> Result<(), Failure> {
    let mut types = api.types.iter();
    let found =
        types.find(|(id, ty)| ty.name.wire == name || ty.name.pascal() == name || format!("{id:?}") == name);
    let (id, ty) = found.ok_or_else(|| Failure::Stopped(format!("there is no type `{name}`")))?;
    println!("{id:?} {ty:#?}");
    Ok(())
}
