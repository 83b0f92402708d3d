//! Walks from page to page: decides which request comes next, and where the list ends.

use std::collections::BTreeSet;

use super::facts::PageFacts;
use super::position::Position;
use crate::api::{PageParameter, Paging, PagingStyle, ParameterLocation};
use crate::call::{Request, Target};
use crate::error::{Error, ErrorKind};
use crate::json::Json;
use crate::parameter::Encoding;

/// A walk over the pages of one request.
pub(super) struct Walk {
    /// The caller's request, changed to ask for the next page.
    request: Request,
    paging: &'static Paging,
    by: PagingStyle,
    parameter: PageParameter,
    /// The page to ask for next.
    position: Position,
    state: WalkState,
    /// The offset or number of the first page, once known.
    first: Option<i128>,
    /// The largest number of items on a page so far.
    largest: i128,
    /// The hash of the latest page, and the number of pages without items that had it, one after the other.
    print: Option<(u64, u32)>,
    /// Markers and URLs that have been followed.
    seen: BTreeSet<String>,
}

enum WalkState {
    Going,
    /// The next page cannot be requested.
    Faulty(Error),
    /// An error was yielded; the page can be requested again.
    Stopped,
    Ended,
}

impl Walk {
    pub(super) fn new(request: Request) -> Self {
        let paging = match &request.target {
            Target::Operation(operation) => operation.pages,
            Target::Custom { .. } => &Paging::NONE,
        };
        let switched = paging.switch.filter(|(switch, marker)| {
            request.query_value(switch).as_deref() == Some("true")
                || request.query_value(marker).is_some_and(|marker| !marker.is_empty())
        });
        let (by, parameter) = match switched {
            Some((_, marker)) => {
                (PagingStyle::Marker, PageParameter { name: marker, place: ParameterLocation::Query })
            }
            None => (paging.by, paging.parameter),
        };
        let mut walk = Self {
            request,
            paging,
            by,
            parameter,
            position: Position::Start,
            state: WalkState::Going,
            first: None,
            largest: 0,
            print: None,
            seen: BTreeSet::new(),
        };
        if by == PagingStyle::Marker {
            walk.seen.extend(walk.sent(parameter));
        }
        walk
    }

    /// Changes the request of all further pages.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Request)) {
        change(&mut self.request);
    }

    pub(super) fn request(&self) -> &Request {
        &self.request
    }

    /// Returns the position of the next page; `None` after the last page.
    pub(super) fn position(&self) -> Option<&Position> {
        match self.state {
            WalkState::Going | WalkState::Faulty(_) | WalkState::Stopped => Some(&self.position),
            WalkState::Ended => None,
        }
    }

    /// Returns the request for the next page.
    pub(super) fn next(&mut self) -> Option<Result<Request, Error>> {
        match std::mem::replace(&mut self.state, WalkState::Stopped) {
            WalkState::Going => {
                self.state = WalkState::Going;
                Some(Ok(self.request.clone()))
            }
            WalkState::Faulty(error) => Some(Err(error.with_call(&self.request.facts()))),
            WalkState::Stopped => None,
            WalkState::Ended => {
                self.state = WalkState::Ended;
                None
            }
        }
    }

    /// Records that the page could not be fetched.
    pub(super) fn fail(&mut self) {
        self.state = WalkState::Stopped;
    }

    /// Continues after an error.
    pub(super) fn resume(&mut self) {
        if let WalkState::Stopped = self.state {
            self.state = WalkState::Going;
        }
    }

    /// Jumps to a page without requesting those before it.
    pub(super) fn start_at(&mut self, position: Position) {
        let outcome = match (&position, self.by) {
            (Position::Start, _) => return,
            (Position::Offset(offset), PagingStyle::Offset) => self.set_integer(*offset),
            (Position::Page(number), PagingStyle::Number) => self.set_integer(*number),
            (Position::Marker(marker), PagingStyle::Marker) => {
                self.seen.insert(marker.clone());
                self.set(marker);
                Ok(())
            }
            (Position::Url(url), PagingStyle::Url | PagingStyle::Link | PagingStyle::Marker) => {
                self.seen.insert(url.clone());
                self.follow(url).map(drop)
            }
            (Position::Offset(_) | Position::Page(_) | Position::Marker(_) | Position::Url(_), _) => {
                Err(format!("the pages of this request cannot start at {position}"))
            }
        };
        match outcome {
            Ok(()) => self.position = position,
            Err(message) => self.state = WalkState::Faulty(Error::invalid(message)),
        }
    }

    /// Returns an error if the page repeats the previous one byte for byte: a server that ignores the offset or page
    /// number would send the same page forever. Pages of hidden items may be the same for a while.
    pub(super) fn repeated(&mut self, facts: &PageFacts) -> Option<Error> {
        const MOST_EMPTY: u32 = 100;
        let before = self.print.take();
        let print = facts.print?;
        let times = before.filter(|(before, _)| *before == print).map_or(0, |(_, times)| times + 1);
        self.print = Some((print, times));
        if times == 0 || (facts.count == 0 && times < MOST_EMPTY) {
            return None;
        }
        self.state = WalkState::Stopped;
        let message = format!("the page at {} repeats the previous page", self.position);
        Some(Error::new(ErrorKind::Pagination, message).with_call(&self.request.facts()))
    }

    /// Determines the next page from the paging information of the latest one.
    pub(super) fn advance(&mut self, facts: &PageFacts) {
        self.largest = self.largest.max(facts.count);
        if facts.more == Some(false) {
            self.state = WalkState::Ended;
            return;
        }
        match self.by {
            PagingStyle::Offset => self.advance_offset(facts),
            PagingStyle::Number => self.advance_number(facts),
            PagingStyle::Marker | PagingStyle::Url | PagingStyle::Link => self.advance_marker(facts),
        }
    }

    fn advance_offset(&mut self, facts: &PageFacts) {
        let at = self.place(facts);
        let step = facts.size.or_else(|| self.limit()).unwrap_or(facts.count);
        let next = at.saturating_add(step);
        let is_last = match facts.total {
            Some(total) => next - self.first.unwrap_or_default() >= total,
            None => facts.count == 0 && facts.more.is_none(),
        };
        match (is_last, i64::try_from(next)) {
            (true, _) => self.state = WalkState::Ended,
            (false, Ok(offset)) if step > 0 => {
                self.set(&offset);
                self.position = Position::Offset(offset.unsigned_abs());
            }
            (false, _) => {
                self.position = Position::Offset(u64::try_from(at).unwrap_or_default());
                self.fault(format!(
                    "the page at offset {at} has a size of {step}, which does not lead to a next page"
                ));
            }
        }
    }

    fn advance_number(&mut self, facts: &PageFacts) {
        let at = self.place(facts);
        let number = at - self.first.unwrap_or_default() + 1;
        // The caller's page size does not count: the server may apply a lower limit.
        let size = facts.size.unwrap_or(self.largest);
        let is_empty = facts.count == 0 && facts.more.is_none();
        let is_last = match (facts.pages, facts.total) {
            (Some(pages), _) => number >= pages,
            (None, Some(total)) => number.saturating_mul(size) >= total || (is_empty && facts.size.is_none()),
            (None, None) => is_empty,
        };
        match (is_last, i64::try_from(at.saturating_add(1))) {
            (false, Ok(next)) => {
                self.set(&next);
                self.position = Position::Page(next.unsigned_abs());
            }
            (true, _) | (false, Err(_)) => self.state = WalkState::Ended,
        }
    }

    fn advance_marker(&mut self, facts: &PageFacts) {
        let is_over = self.paging.scrolls && facts.count == 0;
        let Some(next) = facts.next.clone().filter(|_| !is_over) else {
            self.state = WalkState::Ended;
            if facts.more == Some(true) && !is_over {
                self.fault("the page says that more items follow, but not where the next page is".to_owned());
            }
            return;
        };
        let is_url = self.by != PagingStyle::Marker || (self.paging.may_be_url && is_absolute(&next));
        let outcome = if is_url {
            self.follow(&next).map(Position::Url)
        } else {
            self.set(&next);
            Ok(Position::Marker(next))
        };
        match outcome {
            Ok(position) => {
                let is_new = match &position {
                    Position::Marker(text) | Position::Url(text) => self.seen.insert(text.clone()),
                    Position::Start | Position::Offset(_) | Position::Page(_) => true,
                };
                if !is_new && !self.paging.scrolls {
                    self.fault("the page leads back to an earlier page".to_owned());
                }
                self.position = position;
            }
            Err(message) => self.fault(message),
        }
    }

    /// Returns the offset or number of the received page: the requested one, else the one that the server reports, else
    /// that of the first page.
    fn place(&mut self, facts: &PageFacts) -> i128 {
        let asked = self.sent(self.parameter).and_then(|text| text.parse().ok());
        let first = i128::from(self.paging.first);
        // If the caller sends no offset, the server decides where to begin counting.
        let begins = if asked.is_none() { facts.place.unwrap_or(first) } else { first };
        self.first.get_or_insert(begins);
        asked.unwrap_or(begins)
    }

    /// Returns the page size that the caller asks for.
    fn limit(&self) -> Option<i128> {
        self.sent(self.paging.limit)?.parse().ok()
    }

    fn sent(&self, parameter: PageParameter) -> Option<String> {
        let text = match parameter.place {
            ParameterLocation::Query => self.request.query_value(parameter.name),
            ParameterLocation::Body => self.request.member_value(parameter.name),
        };
        text.filter(|text| !text.is_empty())
    }

    fn set_integer(&mut self, value: u64) -> Result<(), String> {
        let value = i64::try_from(value).map_err(|_| format!("position {value} is too large"))?;
        self.set(&value);
        Ok(())
    }

    fn set(&mut self, value: &dyn Json) {
        match self.parameter.place {
            ParameterLocation::Query => self.request.query(self.parameter.name, Encoding::FORM, value),
            ParameterLocation::Body => self.request.member(self.parameter.name, value),
        }
    }

    /// Directs the request to a URL, which may be relative to that of the previous page.
    fn follow(&mut self, target: &str) -> Result<String, String> {
        let url = self.request.resolve(target)?;
        self.request.follow(url.clone());
        Ok(url)
    }

    fn fault(&mut self, message: String) {
        self.state = WalkState::Faulty(Error::new(ErrorKind::Pagination, message));
    }
}

fn is_absolute(text: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme))
}
