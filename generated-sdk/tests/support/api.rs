//! The memberships API over memberships in memory.

use std::sync::Mutex;

use serde_json::{Value, json};

use super::server::{Recorded, Reply};

/// The memberships API, with its memberships in memory.
#[derive(Default)]
pub struct Api {
    memberships: Mutex<Vec<Value>>,
}

impl Api {
    /// Creates an API with `count` members of one group. Hidden members are counted but not listed.
    pub fn of_group(group: &str, count: usize, is_hidden: impl Fn(usize) -> bool) -> Self {
        let membership = |index: usize| {
            json!({
                "id": index.to_string(),
                "group": { "id": group, "type": "group" },
                "hidden": is_hidden(index),
            })
        };
        Self { memberships: Mutex::new((0..count).map(membership).collect()) }
    }

    pub fn answer(&self, request: &Recorded) -> Reply {
        let path = request.path().strip_prefix("/2.0/").unwrap_or_default();
        let segments: Vec<&str> = path.split('/').collect();
        match (request.method.as_str(), segments.as_slice()) {
            ("GET", ["users", user, "memberships"]) => self.list("user", user, request),
            ("GET", ["groups", group, "memberships"]) => self.list("group", group, request),
            ("POST", ["group_memberships"]) => self.create(&request.json()),
            ("GET", ["group_memberships", id]) => self.change(id, |found| Reply::json(200, found)),
            ("PUT", ["group_memberships", id]) => self.change(id, |found| update(found, &request.json())),
            ("DELETE", ["group_memberships", id]) => self.delete(id),
            _ => error(405, "method_not_allowed", "Method Not Allowed"),
        }
    }

    fn list(&self, member: &str, id: &str, request: &Recorded) -> Reply {
        let number = |name: &str| {
            let pairs = request.query().unwrap_or_default().split('&');
            pairs
                .filter_map(|pair| pair.split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.parse::<usize>().expect("limits and offsets are numbers"))
        };
        let (limit, offset) = (number("limit").unwrap_or(100).min(1_000), number("offset").unwrap_or(0));
        if offset > 10_000 {
            return error(400, "bad_request", "The offset is too high");
        }
        let memberships = self.memberships.lock().expect("no handler panicked");
        let found: Vec<&Value> = memberships.iter().filter(|one| one[member]["id"] == id).collect();
        let page: Vec<&Value> =
            found.iter().skip(offset).take(limit).copied().filter(|one| one["hidden"] != true).collect();
        Reply::json(
            200,
            &json!({ "total_count": found.len(), "limit": limit, "offset": offset, "entries": page }),
        )
    }

    fn create(&self, body: &Value) -> Reply {
        if body["user"]["id"] == "walled-off" {
            return error(403, "forbidden_by_policy", "An information barrier separates them");
        }
        let mut memberships = self.memberships.lock().expect("no handler panicked");
        let membership = json!({
            "id": (1000 + memberships.len()).to_string(),
            "type": "group_membership",
            "user": { "id": body["user"]["id"], "type": "user", "name": "Ada", "login": "ada@example.com" },
            "group": { "id": body["group"]["id"], "type": "group", "name": "Engines" },
            "role": body.get("role").unwrap_or(&json!("member")),
            "created_at": "2026-01-31T10:53:43-08:00",
            "configurable_permissions": body.get("configurable_permissions"),
        });
        memberships.push(membership.clone());
        Reply::json(201, &membership)
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut Value) -> Reply) -> Reply {
        let mut memberships = self.memberships.lock().expect("no handler panicked");
        memberships.iter_mut().find(|one| one["id"] == id).map_or_else(not_found, change)
    }

    fn delete(&self, id: &str) -> Reply {
        let mut memberships = self.memberships.lock().expect("no handler panicked");
        match memberships.iter().position(|one| one["id"] == id) {
            Some(index) => {
                memberships.remove(index);
                Reply::new(204)
            }
            None => not_found(),
        }
    }
}

fn update(found: &mut Value, body: &Value) -> Reply {
    for member in ["role", "configurable_permissions"] {
        if let Some(value) = body.get(member) {
            found[member] = value.clone();
        }
    }
    Reply::json(200, found)
}

fn not_found() -> Reply {
    error(404, "not_found", "Not Found")
}

fn error(status: u16, code: &str, message: &str) -> Reply {
    let body = json!({
        "type": "error",
        "status": status,
        "code": code,
        "message": message,
        "context_info": { "errors": [{ "reason": "invalid_parameter" }] },
        "help_url": "https://developer.box.com/guides/",
        "request_id": "abcdef123456",
    });
    Reply::json(status, &body)
}
