//! Reads `x-ms-pageable`, the extension in which descriptions of Azure and Microsoft Graph state the next link.

use super::shape::Paged;
use crate::config::{PagingBy, PagingParts};
use crate::tree::Node;

/// The statement of an operation about its pages.
pub(super) enum Pageable {
    /// All items are on one page.
    OnePage,
    /// The members with the items and the URL of the next page.
    Linked(Box<PagingParts>),
}

/// Reads the extension; `None` if its members do not exist in the page.
pub(super) fn read(node: &Node, paged: &Paged<'_>) -> Option<Pageable> {
    let text = |key: &str| node.get(key).and_then(Node::as_str);
    let Some(next) = text("nextLinkName") else {
        let is_null = node.get("nextLinkName").is_some_and(|name| *name == Node::Null);
        return is_null.then_some(Pageable::OnePage);
    };
    let member = |name: &str| {
        let whole = vec![name.to_owned()];
        let split: Vec<String> = name.split('.').map(str::to_owned).collect();
        [whole, split].into_iter().find(|path| paged.at(paged.page(), path).is_some())
    };
    let items = member(text("itemName").unwrap_or("value")).filter(|items| paged.item(items).is_some())?;
    let next = member(next)?;
    let parts = PagingParts {
        by: Some(PagingBy::Url),
        items: Some(items),
        next: Some(next),
        ..PagingParts::default()
    };
    Some(Pageable::Linked(Box::new(parts)))
}
