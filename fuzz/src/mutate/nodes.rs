//! Addresses the nodes of a document by number, counted from the root down.

use serde_json::Value;

/// Returns how many nodes there are, the root included.
pub(super) fn count(node: &Value) -> usize {
    1 + match node {
        Value::Object(members) => members.values().map(count).sum(),
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// Returns the node with a number, or the root if there are fewer nodes.
pub(super) fn nth(node: &mut Value, number: usize) -> &mut Value {
    let path = path_of(node, number);
    let mut node = node;
    for token in &path {
        node = match node {
            Value::Object(members) => &mut members[token.as_str()],
            Value::Array(items) => &mut items[token.parse::<usize>().unwrap_or_default()],
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return node,
        };
    }
    node
}

/// Returns the tokens that lead from the root to the node with a number.
pub(super) fn path_of(root: &Value, number: usize) -> Vec<String> {
    let mut path = Vec::new();
    let mut node = root;
    let mut left = number;
    'down: while left > 0 {
        left -= 1;
        let children: Vec<(String, &Value)> = match node {
            Value::Object(members) => members.iter().map(|(key, child)| (key.clone(), child)).collect(),
            Value::Array(items) => {
                items.iter().enumerate().map(|(index, child)| (index.to_string(), child)).collect()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
        };
        for (token, child) in children {
            let size = count(child);
            if left < size {
                path.push(token);
                node = child;
                continue 'down;
            }
            left -= size;
        }
        break;
    }
    path
}
