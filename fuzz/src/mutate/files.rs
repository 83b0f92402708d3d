//! Spreads a document over several files.
//!
//! The files stand below `x-files` in the document, so that one text holds them all.

use serde_json::{Value, json};

use super::Random;
use super::nodes::{count, nth};

/// The names of the files that mutations write and refer to. The last one does not exist.
pub(super) const FILES: &[&str] = &["part.json", "parts/part.json", "document.json", "other.yaml"];

/// The member of a document that holds its files, which the check reads.
const MEMBER: &str = "x-files";

/// Moves a node into a file, and leaves a reference to it. References in the node lead to the document that it comes
/// from, or stay as they are.
pub(super) fn move_apart(document: &mut Value, random: &mut Random) {
    let at = random.below(count(document));
    if at == 0 || !document.is_object() {
        return;
    }
    let name = FILES[random.below(2)];
    let key = random.text();
    let up = "../".repeat(name.matches('/').count());
    let mut node = nth(document, at).take();
    if random.below(3) > 0 {
        lead_back(&mut node, &format!("{up}document.json"));
    }
    let token = key.replace('~', "~0").replace('/', "~1");
    let is_whole = random.below(4) == 0;
    let reference = if is_whole { name.to_owned() } else { format!("{name}#/{token}") };
    *nth(document, at) = json!({ "$ref": reference });
    if !document[MEMBER].is_object() {
        document[MEMBER] = json!({});
    }
    let file = &mut document[MEMBER][name];
    if is_whole {
        *file = node;
    } else if let Value::Object(members) = file {
        members.insert(key, node);
    } else {
        *file = json!({ key: node });
    }
}

/// Makes references within the document lead to it from another file.
fn lead_back(node: &mut Value, document: &str) {
    match node {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(reference) if key == "$ref" && reference.starts_with('#') => {
                        reference.insert_str(0, document);
                    }
                    member => lead_back(member, document),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| lead_back(item, document)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
