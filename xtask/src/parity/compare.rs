//! Compares the rows of pages with those of a reference, aspect by aspect.

use std::collections::{BTreeMap, BTreeSet};

use super::row::{Argument, Row};

/// A property of an operation that is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aspect {
    Manager,
    Title,
    Method,
    Names,
    Order,
    Types,
    Required,
    Result,
    Reference,
}

impl Aspect {
    pub(super) const ALL: &[Self] = &[
        Self::Manager,
        Self::Title,
        Self::Method,
        Self::Names,
        Self::Order,
        Self::Types,
        Self::Required,
        Self::Result,
        Self::Reference,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::Title => "title",
            Self::Method => "method",
            Self::Names => "names",
            Self::Order => "order",
            Self::Types => "types",
            Self::Required => "required",
            Self::Result => "result",
            Self::Reference => "reference",
        }
    }
}

/// The differences between pages and a reference.
#[derive(Debug)]
pub(super) struct Comparison {
    /// The number of rows in the reference.
    pub(super) rows: usize,
    /// In the order of the reference.
    pub(super) findings: Vec<Finding>,
    /// The number of operations on pages that the reference does not list.
    pub(super) unlisted: usize,
}

/// A difference in one aspect of one row.
#[derive(Debug)]
pub(super) struct Finding {
    /// The index of the row.
    row: usize,
    pub(super) manager: String,
    pub(super) method: String,
    aspect: Aspect,
    pub(super) text: String,
}

impl Comparison {
    /// Counts the rows that agree in this aspect.
    pub(super) fn right(&self, aspect: Aspect) -> usize {
        let wrong = self.findings.iter().filter(|finding| finding.aspect == aspect);
        self.rows - wrong.map(|finding| finding.row).collect::<BTreeSet<_>>().len()
    }

    /// Counts the rows that agree in every aspect.
    pub(super) fn same(&self) -> usize {
        self.rows - self.findings.iter().map(|finding| finding.row).collect::<BTreeSet<_>>().len()
    }
}

/// Compares each row of the reference with its operation on the pages.
pub(super) fn compare(pages: &[Row], reference: &[Row]) -> Comparison {
    let matches = matches(pages, reference);
    let mut findings = Vec::new();
    for (index, listed) in reference.iter().enumerate() {
        let differences = match matches.get(&index) {
            Some(&page) => differences(&pages[page], listed),
            None => Aspect::ALL.iter().map(|aspect| (*aspect, missing(*aspect))).collect(),
        };
        findings.extend(differences.into_iter().map(|(aspect, text)| Finding {
            row: index,
            manager: listed.manager.clone(),
            method: listed.method.clone(),
            aspect,
            text,
        }));
    }
    Comparison { rows: reference.len(), findings, unlisted: pages.len() - matches.len() }
}

fn missing(aspect: Aspect) -> String {
    format!("no page describes it, so its {} is missing", aspect.name())
}

/// Finds the operation for each row of the reference: by operation id and method, then by id, then by manager and
/// method. An operation is used once.
fn matches(pages: &[Row], reference: &[Row]) -> BTreeMap<usize, usize> {
    let ways: [fn(&Row, &Row) -> bool; 3] = [
        |page, listed| page.id == listed.id && page.method == listed.method,
        |page, listed| page.id == listed.id,
        |page, listed| page.manager == listed.manager && page.method == listed.method,
    ];
    let mut matches = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for way in ways {
        for (index, listed) in reference.iter().enumerate() {
            let free = |(place, page): &(usize, &Row)| !taken.contains(place) && way(page, listed);
            if !matches.contains_key(&index)
                && let Some((place, _)) = pages.iter().enumerate().find(free)
            {
                taken.insert(place);
                matches.insert(index, place);
            }
        }
    }
    matches
}

fn differences(page: &Row, listed: &Row) -> Vec<(Aspect, String)> {
    let mut found = Vec::new();
    let mut texts = |aspect: Aspect, here: &str, there: &str| {
        if here != there {
            found.push((aspect, format!("{} is `{here}`, in the reference `{there}`", aspect.name())));
        }
    };
    texts(Aspect::Manager, &page.manager, &listed.manager);
    texts(Aspect::Title, &page.title, &listed.title);
    texts(Aspect::Method, &page.method, &listed.method);
    // A trailing slash makes no difference.
    texts(Aspect::Reference, page.reference.trim_end_matches('/'), listed.reference.trim_end_matches('/'));
    if !listed.returns.iter().all(|ty| page.returns.contains(ty)) {
        texts(Aspect::Result, &page.returns.join("`, `"), &listed.returns.join("`, `"));
    }
    found.extend(argument_differences(&page.arguments, &listed.arguments));
    found
}

fn argument_differences(page: &[Argument], listed: &[Argument]) -> Vec<(Aspect, String)> {
    let mut found = Vec::new();
    let lacking = |of: &[Argument], other: &[Argument]| -> Vec<String> {
        let has = |name: &str| other.iter().any(|argument| argument.name == name);
        of.iter().map(|argument| argument.name.clone()).filter(|name| !has(name)).collect()
    };
    for name in lacking(listed, page) {
        found.push((Aspect::Names, format!("argument `{name}` is missing")));
    }
    for name in lacking(page, listed) {
        found.push((Aspect::Names, format!("argument `{name}` is not in the reference")));
    }
    let common = |of: &[Argument], other: &[Argument]| -> Vec<String> {
        let lacking = lacking(of, other);
        of.iter().map(|argument| argument.name.clone()).filter(|name| !lacking.contains(name)).collect()
    };
    let (here, there) = (common(page, listed), common(listed, page));
    if here != there {
        let text = format!("order is `{}`, in the reference `{}`", here.join(", "), there.join(", "));
        found.push((Aspect::Order, text));
    }
    for argument in page {
        let Some(other) = listed.iter().find(|other| other.name == argument.name) else { continue };
        let name = &argument.name;
        if argument.ty != other.ty {
            let text = format!("`{name}` is `{}`, in the reference `{}`", argument.ty, other.ty);
            found.push((Aspect::Types, text));
        }
        if argument.required != other.required {
            let word = if other.required { "required" } else { "not required" };
            found.push((Aspect::Required, format!("`{name}` is {word} in the reference")));
        }
    }
    found
}
