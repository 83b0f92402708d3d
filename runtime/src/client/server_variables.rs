//! Fills the variables in the URLs of servers, and checks the caller's values.

use std::collections::BTreeMap;

use crate::api::{Api, Server};

/// Checks that some server uses each variable, and allows its value.
pub(super) fn check(api: &Api, values: &BTreeMap<String, String>) -> Result<(), String> {
    let servers = || api.servers.iter().chain(api.operation_servers).chain(api.open_servers);
    for (name, value) in values {
        let users: Vec<&Server> =
            servers().filter(|server| names(server.url).any(|used| used == name)).collect();
        if users.is_empty() {
            let mut known: Vec<&str> = servers().flat_map(|server| names(server.url)).collect();
            known.sort_unstable();
            known.dedup();
            return Err(match known.as_slice() {
                [] => format!("unknown server variable `{name}`: the servers have none"),
                known => {
                    format!("unknown server variable `{name}`: the servers have `{}`", known.join("`, `"))
                }
            });
        }
        let faults: Result<Vec<String>, ()> =
            users.iter().map(|server| allowed(server, name, value).err().ok_or(())).collect();
        if let Some(fault) = faults.ok().and_then(|faults| faults.into_iter().next()) {
            return Err(fault);
        }
    }
    Ok(())
}

/// Returns the URL of a server with the values of its variables.
pub(super) fn fill(server: &Server, values: &BTreeMap<String, String>) -> Result<String, String> {
    let mut url = String::with_capacity(server.url.len());
    let mut rest = server.url;
    while let Some((before, name, after)) = next(rest) {
        url.push_str(before);
        url.push_str(match (values.get(name), declared(server, name)) {
            (Some(value), _) => allowed(server, name, value)?,
            (None, Some((default, _))) => default,
            (None, None) => {
                return Err(format!(
                    "set the server variable `{name}`: `{}` has no default for it",
                    server.url
                ));
            }
        });
        rest = after;
    }
    url.push_str(rest);
    Ok(url)
}

/// Returns the value if the server allows it.
fn allowed<'a>(server: &Server, name: &str, value: &'a str) -> Result<&'a str, String> {
    match declared(server, name) {
        Some((_, allowed)) if !allowed.is_empty() && !allowed.contains(&value) => Err(format!(
            "the server variable `{name}` cannot be `{value}`: the API allows `{}`",
            allowed.join("`, `")
        )),
        Some(_) | None => Ok(value),
    }
}

/// Returns the default value of a variable, and the allowed ones.
fn declared(server: &Server, name: &str) -> Option<(&'static str, &'static [&'static str])> {
    let (_, default, allowed) = server.variables.iter().find(|(known, ..)| *known == name)?;
    Some((default, allowed))
}

fn names(mut url: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let (_, name, after) = next(url)?;
        url = after;
        Some(name)
    })
}

/// Splits a URL at its first variable: the text before it, its name, the text after it.
fn next(url: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = url.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}
