//! Recognizes the kind of pagination by the parameters and members of an operation.

use super::names::{
    AFTERS, COUNTED_NEXT_URLS, DONES, HREFS, LIMITS, LINKS, MARKERS, MORES, NEXT_URLS, NUMBERS, OFFSETS,
    PAGES, PLACES, PREVIOUS, SIZES, TOTALS, WEAK_OFFSETS,
};
use super::shape::{Is, PageInput, Paged, below, is_integer, is_text, is_text_or_integer, is_truth, spaced};
use crate::config::{PagingBy, PagingParts};
use crate::ir::{Header, PageParameter, Pagination, PaginationKind, Switched, TypeRef};
use crate::name::words;

/// An operation together with its entry in the configuration.
pub(super) struct Finder<'a> {
    pub(super) paged: &'a Paged<'a>,
    pub(super) parts: &'a PagingParts,
}

impl<'a> Finder<'a> {
    /// Returns the pagination of this kind, if the operation has all its parts.
    pub(super) fn pagination(&self, by: PagingBy) -> Option<Pagination> {
        let (items, item) = self.items()?;
        let kind = match by {
            PagingBy::Offset => self.offset(),
            PagingBy::Page => self.number(),
            PagingBy::Marker => self.marker(),
            PagingBy::LastItem => self.last_item(item),
            PagingBy::Url => self.url(),
            PagingBy::Link => self.link(),
        }?;
        let counts = matches!(by, PagingBy::Offset | PagingBy::Page);
        Some(Pagination {
            kind,
            limit: self.limit().map(|limit| limit.parameter),
            items,
            item: item.clone(),
            size: self.size().filter(|_| counts),
            total: self.total().filter(|_| counts),
            more: self.more().filter(|_| by != PagingBy::Link),
            done: self.done().filter(|_| by != PagingBy::Link && self.more().is_none()),
        })
    }

    /// Returns the kind that the rules find. Links and markers that the server gives are preferred to counting.
    pub(super) fn by_rule(&self) -> Option<PagingBy> {
        let (_, item) = self.items()?;
        let ends = self.total().is_some() || self.says_if_more();
        let (offset, marker) = (self.offset(), self.marker());
        let number = self.number();
        let counts_pages =
            matches!(&number, Some(PaginationKind::Number { pages, .. }) if ends || pages.is_some());
        if self.link().is_some() {
            return Some(PagingBy::Link);
        }
        if self.operation_is_get() && self.paged.member(COUNTED_NEXT_URLS, is_text).is_some() {
            return Some(PagingBy::Url);
        }
        match (&offset, &marker) {
            (Some(PaginationKind::Offset { switched, .. }), Some(_)) if switched.is_some() || ends => {
                return Some(PagingBy::Offset);
            }
            // A link can be relative, unlike a URL in the place of a marker.
            (_, Some(PaginationKind::Marker { next, .. }))
                if is_among_links(next) && self.url().is_some() =>
            {
                return Some(PagingBy::Url);
            }
            (_, Some(_)) => return Some(PagingBy::Marker),
            (Some(_), None) if ends => return Some(PagingBy::Offset),
            (Some(_) | None, None) => {}
        }
        let kinds = [
            (PagingBy::Page, counts_pages),
            (PagingBy::Url, self.url().is_some()),
            (PagingBy::Offset, offset.is_some()),
            (PagingBy::Page, number.is_some()),
            (PagingBy::LastItem, self.last_item(item).is_some()),
        ];
        kinds.into_iter().find(|(_, found)| *found).map(|(by, _)| by)
    }

    fn items(&self) -> Option<(Vec<String>, &'a TypeRef)> {
        let Some(path) = &self.parts.items else { return self.paged.items() };
        Some((path.clone(), self.paged.item(path)?))
    }

    /// Returns the parameter that positions a page: the one in the configuration, else the first of these.
    fn parameter(&self, names: &[&str], is: Is) -> Option<PageInput<'a>> {
        match &self.parts.parameter {
            Some(wire) => self.paged.candidates().into_iter().find(|candidate| candidate.wire == wire),
            None => self.paged.candidate(names, is),
        }
    }

    pub(super) fn limit(&self) -> Option<PageInput<'a>> {
        match &self.parts.limit {
            Some(wire) => self.paged.candidates().into_iter().find(|candidate| candidate.wire == wire),
            None => self.paged.candidate(LIMITS, is_integer),
        }
    }

    pub(super) fn total(&self) -> Option<Vec<String>> {
        self.parts.total.clone().or_else(|| self.paged.member(TOTALS, is_integer))
    }

    pub(super) fn more(&self) -> Option<Vec<String>> {
        self.parts.more.clone().or_else(|| self.paged.member(MORES, is_truth))
    }

    pub(super) fn done(&self) -> Option<Vec<String>> {
        self.paged.member(DONES, is_truth)
    }

    /// Returns `true` if a page says whether another one follows.
    pub(super) fn says_if_more(&self) -> bool {
        self.more().is_some() || self.done().is_some()
    }

    /// Returns the page size that the server applied: the member named like the parameter, or with a usual name.
    fn size(&self) -> Option<Vec<String>> {
        let own = self.limit().map(|limit| spaced(limit.words)).filter(|name| name != "count");
        let names: Vec<&str> = own.iter().map(String::as_str).chain(SIZES.iter().copied()).collect();
        self.parts.size.clone().or_else(|| self.paged.member(&names, is_integer))
    }

    fn offset(&self) -> Option<PaginationKind> {
        let usual = self.parameter(OFFSETS, is_integer);
        let is_weak = usual.is_none();
        let offset = usual.or_else(|| self.parameter(WEAK_OFFSETS, is_integer))?;
        let place = self.place(&offset, &[]);
        // Beside a member `next`, it can be the id of an item.
        let is_id = || self.paged.member(&["next"], is_integer).is_some();
        let is_counted = || self.limit().is_some() && (place.is_some() || self.total().is_some());
        if is_weak && (!is_counted() || is_id()) {
            return None;
        }
        let is_told = self.parts.parameter.is_some() || place.is_some();
        // In a body it can be something else, such as the id of the first item to return.
        let is_safe = matches!(offset.parameter, PageParameter::Query(_)) || self.says_if_more();
        let is_usual = is_safe && self.limit().is_some();
        if !is_told && !is_usual && self.total().is_none() {
            return None;
        }
        // The index of an item counts from 1 (RFC 7644 section 3.4.2.4; OpenSearch), unless a default differs.
        let usual = i64::from(spaced(offset.words) == "start index" && place.is_some());
        let first = self.parts.first.or_else(|| offset.default?.as_i64()).unwrap_or(usual);
        Some(PaginationKind::Offset { first, place, switched: self.switched(), offset: offset.parameter })
    }

    fn number(&self) -> Option<PaginationKind> {
        let number = self.parameter(NUMBERS, is_integer)?;
        let place = self.place(&number, PLACES);
        let pages = self.parts.pages.clone().or_else(|| self.paged.member(PAGES, is_integer));
        // A parameter `page` alone can be that of a book.
        let is_told =
            self.parts.parameter.is_some() || self.parts.by.is_some() || place.is_some() || pages.is_some();
        if !is_told && self.total().is_none() && self.more().is_none() && self.limit().is_none() {
            return None;
        }
        let first = self.parts.first.or_else(|| number.default?.as_i64()).unwrap_or(1);
        Some(PaginationKind::Number { first, place, pages, number: number.parameter })
    }

    /// Returns the offset or number that the server applied: the member named like the parameter, or one of these.
    fn place(&self, parameter: &PageInput<'_>, others: &[&str]) -> Option<Vec<String>> {
        let own = spaced(parameter.words);
        let names: Vec<&str> = std::iter::once(own.as_str()).chain(others.iter().copied()).collect();
        self.parts.place.clone().or_else(|| self.paged.member(&names, is_integer))
    }

    pub(super) fn marker(&self) -> Option<PaginationKind> {
        let (marker, next) = match &self.parts.next {
            Some(next) => (self.parameter(&[MARKERS, AFTERS].concat(), is_text)?.parameter, next.clone()),
            None => self.marker_and_next()?,
        };
        Some(PaginationKind::marker(marker, next))
    }

    /// Returns the switch that makes the server use markers, which is named after the marker parameter.
    fn switched(&self) -> Option<Switched> {
        let marker = self.paged.candidate(MARKERS, is_text)?;
        let PageParameter::Query(name) = &marker.parameter else { return None };
        let next = self.next_of(&marker)?;
        let own = marker.words.concat();
        let candidates = self.paged.candidates();
        let switch = candidates.iter().find(|candidate| {
            is_truth(self.paged.api, candidate.ty)
                && matches!(candidate.parameter, PageParameter::Query(_))
                && candidate.words.concat().contains(&own)
        })?;
        Some(Switched { switch: switch.wire.to_owned(), marker: name.clone(), next })
    }

    /// Returns the id of the last item, for a parameter that takes the item to continue after.
    fn last_item(&self, item: &'a TypeRef) -> Option<PaginationKind> {
        let marker = self.parameter(AFTERS, is_text_or_integer)?;
        self.more()?;
        let by_number = is_integer(self.paged.api, marker.ty);
        // In a body, the text of an id is not a number.
        if by_number && matches!(marker.parameter, PageParameter::Member(_)) {
            return None;
        }
        let id = match &self.parts.id {
            Some(id) => id.clone(),
            None => {
                let fields = self.paged.fields(item);
                let id = fields.iter().find(|field| field.name.wire == "id")?;
                let is_same: Is = if by_number { is_integer } else { is_text };
                is_same(self.paged.api, &id.ty).then(|| vec![id.name.wire.clone()])?
            }
        };
        Some(PaginationKind::LastItem { marker: marker.parameter, id })
    }

    fn url(&self) -> Option<PaginationKind> {
        if !self.operation_is_get() {
            return None;
        }
        let next = self.parts.next.clone().or_else(|| self.next_url())?;
        Some(PaginationKind::Url { next })
    }

    pub(super) fn operation_is_get(&self) -> bool {
        self.paged.operation.method == "GET"
    }

    fn next_url(&self) -> Option<Vec<String>> {
        let named = self.paged.member(COUNTED_NEXT_URLS, is_text);
        if let Some(next) = named.or_else(|| self.paged.member(NEXT_URLS, is_text)) {
            return Some(next);
        }
        let scopes = self.paged.scopes();
        let links = scopes.iter().flat_map(|(path, fields)| self.paged.inside(path, fields, &["next"]));
        for (path, fields) in links {
            let href = fields.iter().find(|field| HREFS.contains(&spaced(&field.name.words).as_str()));
            let href = href.filter(|href| is_text(self.paged.api, &href.ty));
            if let Some(href) = href.filter(|_| self.is_list()) {
                return Some(below(&path, &href.name.wire));
            }
        }
        // A member `next` counts only among links (JSON:API 1.1), or beside one such as `previous`.
        scopes.iter().find_map(|(path, fields)| {
            let named = |names: &[&str]| {
                fields.iter().find(|field| names.contains(&spaced(&field.name.words).as_str()))
            };
            let next = named(&["next"]).filter(|next| is_text(self.paged.api, &next.ty))?;
            let is_beside = named(PREVIOUS).is_some_and(|other| is_text(self.paged.api, &other.ty));
            let next = below(path, &next.name.wire);
            (is_beside || (is_among_links(&next) && self.is_list())).then_some(next)
        })
    }

    /// Returns `true` if the operation lists something, so that a link named `next` leads to its next page and not to
    /// the next step of a process.
    fn is_list(&self) -> bool {
        let counts = [OFFSETS, NUMBERS, LIMITS]
            .into_iter()
            .any(|names| self.paged.candidate(names, is_integer).is_some());
        let marks = [MARKERS, AFTERS].into_iter().any(|names| self.paged.candidate(names, is_text).is_some());
        let says = self.total().is_some() || self.more().is_some() || self.size().is_some();
        counts || marks || says || self.paged.lists_its_subject()
    }

    fn link(&self) -> Option<PaginationKind> {
        let is_link = |header: &Header| header.name.wire.eq_ignore_ascii_case("link");
        let operation = self.paged.operation;
        let declared = operation.responses.iter().any(|response| response.headers.iter().any(is_link));
        let wanted = self.parts.by == Some(PagingBy::Link);
        (operation.method == "GET" && (declared || wanted)).then_some(PaginationKind::Link)
    }
}

/// Returns `true` for a member of an object of links (JSON:API 1.1).
fn is_among_links(path: &[String]) -> bool {
    matches!(path, [.., parent, _] if LINKS.contains(&&*words(parent).join(" ")))
}
