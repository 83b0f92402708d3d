//! Reads the section `pagination` of `sdk.yaml`, which corrects the results of the rules.

use super::read::{ConfigReader, Section};
use super::{PagingBy, PagingParts, PagingRule};
use crate::pointer::Pointer;
use crate::tree::Node;

const KEYS: &[&str] =
    &["by", "parameter", "first", "limit", "items", "size", "place", "total", "pages", "next", "more", "id"];

impl ConfigReader<'_> {
    pub(super) fn pagination(&mut self, section: &Section<'_>) -> Vec<PagingRule> {
        let Some((place, node)) = section.get("pagination") else { return Vec::new() };
        let Some(members) = node.as_mapping() else {
            let help = "list the operations to correct, such as `pagination: { list_things: none }`";
            self.error(&place, "expected an object with operation IDs as keys", help);
            return Vec::new();
        };
        let mut rules = Vec::new();
        for (operation, node) in members {
            let pointer = place.child(operation);
            let parts = match node {
                Node::String(word) => {
                    if self.choice(&pointer, word, &[("none", ())]).is_none() {
                        continue;
                    }
                    None
                }
                _ => match self.section(&pointer, node, KEYS) {
                    Some(section) => Some(Box::new(self.paging_parts(&section))),
                    None => continue,
                },
            };
            rules.push(PagingRule { operation: operation.clone(), parts, pointer });
        }
        rules
    }

    fn paging_parts(&mut self, section: &Section<'_>) -> PagingParts {
        PagingParts {
            by: self.paging_by(section),
            parameter: self.text(section, "parameter"),
            first: self.integer(section, "first"),
            limit: self.text(section, "limit"),
            items: self.members(section, "items"),
            size: self.members(section, "size"),
            place: self.members(section, "place"),
            total: self.members(section, "total"),
            pages: self.members(section, "pages"),
            next: self.members(section, "next"),
            more: self.members(section, "more"),
            id: self.members(section, "id"),
        }
    }

    fn paging_by(&mut self, section: &Section<'_>) -> Option<PagingBy> {
        let (place, node) = section.get("by")?;
        let word = self.scalar(&place, node)?;
        self.choice(&place, &word, PagingBy::WORDS)
    }

    fn integer(&mut self, section: &Section<'_>, key: &str) -> Option<i64> {
        let text = self.text(section, key)?;
        let number = text.parse().ok();
        if number.is_none() {
            let place: Pointer = section.pointer.child(key);
            self.error(&place, format!("invalid integer `{text}`"), "write a number, such as `1`");
        }
        number
    }

    /// Reads the tokens of a JSON Pointer. An empty pointer means the whole response.
    fn members(&mut self, section: &Section<'_>, key: &str) -> Option<Vec<String>> {
        let text = self.text(section, key)?;
        let place: Pointer = section.pointer.child(key);
        let path = if text.is_empty() { text } else { self.json_pointer(&place, &text)? };
        let names = path.split('/').skip(1);
        Some(names.map(|name| name.replace("~1", "/").replace("~0", "~")).collect())
    }
}
