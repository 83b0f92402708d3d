//! Pairs the parameter that takes a marker with the member that gives the marker of the next page.

use super::kinds::Finder;
use super::names::{
    AFTERS, CONTINUATIONS, ITEMS, LASTS, LIST_VERBS, MARKER_NOUNS, MARKERS, NEXT_MARKERS, NEXT_WRAPPERS,
    NEXTS, OFFSETS, PAGED_MARKERS, PAGING_WORDS, STARTS, STRICT_STARTS,
};
use super::shape::{PageInput, below, is_integer, is_paging, is_text, is_text_or_integer, spaced};
use crate::ir::{PageParameter, is_scroll};
use crate::name::words;

impl Finder<'_> {
    pub(super) fn marker_and_next(&self) -> Option<(PageParameter, Vec<String>)> {
        let named = |candidate: &PageInput<'_>| {
            self.parts.parameter.as_deref().is_none_or(|wire| wire == candidate.wire)
        };
        let takes = |candidate: &PageInput<'_>| {
            let counted = OFFSETS.contains(&spaced(candidate.words).as_str())
                || matches!(candidate.parameter, PageParameter::Member(_));
            is_text(self.paged.api, candidate.ty) || (is_integer(self.paged.api, candidate.ty) && !counted)
        };
        let candidates = self.paged.candidates().into_iter().filter(named).filter(takes);
        // Beside the marker of a page, a token can mark the state of the whole list.
        let (usual, others): (Vec<_>, Vec<_>) =
            candidates.partition(|candidate| MARKERS.contains(&spaced(candidate.words).as_str()));
        let candidates = || usual.iter().chain(&others);
        let paired = candidates().find_map(|candidate| Some((candidate, self.next_of(candidate)?)));
        let found = paired.or_else(|| {
            let marker = candidates().find(|candidate| self.is_marker(candidate))?;
            Some((marker, self.next_marker(marker)?))
        });
        let (marker, next) = found?;
        self.is_walk(marker, &next).then(|| (marker.parameter.clone(), next))
    }

    /// Returns `true` unless the marker can lead to the next step of a process: a token can be that of a user, and a
    /// request that is not a GET can take the answer to the previous step.
    fn is_walk(&self, marker: &PageInput<'_>, next: &[String]) -> bool {
        let is_bare = |name: &String| words(name) == ["next"];
        let is_vague = spaced(marker.words) == "token" && next.last().is_some_and(is_bare);
        if self.parts.by.is_some() || self.parts.parameter.is_some() || (self.operation_is_get() && !is_vague)
        {
            return true;
        }
        let says_page = |words: &[String]| words.iter().any(|word| PAGING_WORDS.contains(&word.as_str()));
        let is_list = self.paged.items().and_then(|(path, _)| path.last().map(|name| words(name).join(" ")));
        let verb = self.paged.operation.name.words.iter().any(|word| LIST_VERBS.contains(&word.as_str()));
        says_page(marker.words)
            || next.iter().any(|name| says_page(&words(name)) || is_paging(&words(name).join(" ")))
            || self.limit().is_some()
            || self.total().is_some()
            || self.says_if_more()
            || is_list.is_none_or(|name| ITEMS.contains(&name.as_str()))
            || verb
    }

    fn is_marker(&self, candidate: &PageInput<'_>) -> bool {
        let known = [MARKERS, AFTERS, NEXTS].concat();
        let name = spaced(candidate.words);
        let usual = known.contains(&name.as_str())
            || is_scroll(candidate.words)
            || CONTINUATIONS.contains(&name.as_str())
            || after_start(candidate.words).is_some_and(|rest| MARKERS.contains(&spaced(rest).as_str()));
        (usual || self.parts.parameter.is_some()) && is_text(self.paged.api, candidate.ty)
    }

    /// Returns the member whose name is that of the parameter with `next` in place of what says where to start.
    pub(super) fn next_of(&self, candidate: &PageInput<'_>) -> Option<Vec<String>> {
        let own = spaced(candidate.words);
        let mut names = vec![format!("next {own}"), format!("next page {own}")];
        names.extend(candidate.words.first().filter(|word| *word == "next").map(|_| own.clone()));
        if let Some(rest) = after_start(candidate.words)
            && rest.last().is_some_and(|word| MARKER_NOUNS.contains(&word.as_str()))
        {
            names.push(format!("next {}", spaced(rest)));
        }
        for start in STRICT_STARTS {
            names.extend(own.strip_prefix(start).map(|rest| format!("last evaluated{rest}")));
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        self.paged.member(&names, is_text_or_integer).or_else(|| self.next_below(candidate))
    }

    /// Returns the member for a parameter named after the object with the paging information, such as `paging.key`.
    fn next_below(&self, candidate: &PageInput<'_>) -> Option<Vec<String>> {
        let (first, rest) = candidate.words.split_first().filter(|(_, rest)| !rest.is_empty())?;
        let next = format!("next {}", spaced(rest));
        let scopes = self.paged.scopes();
        let mut own = scopes.iter().filter(|(path, _)| {
            path.last().is_some_and(|name| is_paging(first) && words(name).join(" ") == *first)
        });
        own.find_map(|(path, fields)| {
            let field = fields.iter().find(|field| spaced(&field.name.words) == next)?;
            is_text_or_integer(self.paged.api, &field.ty).then(|| below(path, &field.name.wire))
        })
    }

    /// Returns the member with the value for a parameter that takes only markers.
    fn next_marker(&self, marker: &PageInput<'_>) -> Option<Vec<String>> {
        let own = spaced(marker.words);
        let same = || self.paged.member(&[&own], is_text);
        if is_scroll(marker.words) {
            return same();
        }
        if let Some(next) = self.paged.member(NEXT_MARKERS, is_text) {
            return Some(next);
        }
        let inner = self
            .paged
            .scopes()
            .into_iter()
            .flat_map(|(path, fields)| self.paged.inside(&path, fields, NEXT_WRAPPERS));
        let found = inner.flat_map(|(path, fields)| {
            fields.iter().map(move |field| below(&path, &field.name.wire)).zip(fields)
        });
        let found =
            found.filter(|(_, field)| spaced(&field.name.words) == own && is_text(self.paged.api, &field.ty));
        if let Some((next, _)) = found.into_iter().next() {
            return Some(next);
        }
        if CONTINUATIONS.contains(&own.as_str())
            && let Some(same) = same()
        {
            return Some(same);
        }
        if let Some(next) = self
            .paged
            .paging_member(PAGED_MARKERS, is_text)
            .filter(|_| !PAGED_MARKERS.contains(&own.as_str()))
        {
            return Some(next);
        }
        // The last page may have such a marker too, so something else has to say where the list ends.
        if !self.says_if_more() {
            return None;
        }
        let names: &[&str] = if MARKERS.contains(&own.as_str()) { &[&own] } else { LASTS };
        self.paged.member(names, is_text)
    }
}

/// Returns the words behind those that say that a list starts somewhere, such as `start` or `from`.
fn after_start(words: &[String]) -> Option<&[String]> {
    let starts = words.first().is_some_and(|word| STARTS.contains(&word.as_str()));
    words.get(1..).filter(|rest| starts && !rest.is_empty())
}
