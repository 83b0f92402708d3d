//! Reads the rows of a reference: a JSON object with the operations of each manager.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::row::{Argument, Row};

#[derive(Deserialize)]
struct Listed {
    operation_id: String,
    title: String,
    method: String,
    reference: String,
    arguments: Vec<ListedArgument>,
    returns: String,
}

#[derive(Deserialize)]
struct ListedArgument {
    name: String,
    #[serde(rename = "type")]
    ty: String,
    required: bool,
}

/// Returns the rows of a reference.
pub(super) fn rows(text: &str) -> Result<Vec<Row>, serde_json::Error> {
    let managers: BTreeMap<String, Vec<Listed>> = serde_json::from_str(text)?;
    let rows = managers.into_iter().flat_map(|(manager, listed)| {
        listed.into_iter().map(move |listed| Row {
            manager: manager.clone(),
            id: listed.operation_id,
            title: listed.title,
            method: listed.method,
            reference: listed.reference,
            arguments: listed.arguments.into_iter().map(ListedArgument::into_argument).collect(),
            returns: vec![listed.returns],
        })
    });
    Ok(rows.collect())
}

impl ListedArgument {
    fn into_argument(self) -> Argument {
        Argument { name: self.name, ty: self.ty, required: self.required }
    }
}
