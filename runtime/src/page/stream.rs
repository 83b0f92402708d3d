//! The streams that callers hold: over pages, and over the items of all pages.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::facts::Page;
use super::position::Position;
use super::walk::Walk;
use crate::call::Call;
use crate::error::Error;
use crate::request::Request;
use crate::send::Head;

/// How an answer becomes a page.
type DecodePage<P> = fn(&Head, Bytes) -> Result<Page<P>, Error>;

/// A stream over the pages of a list, each fetched when it is asked for.
///
/// An error is an item, and the stream ends after it. [`resume`](Self::resume) asks for the page that failed once more;
/// [`position`](Self::position) names that page, so that another stream can start there.
#[must_use = "a page is fetched when it is asked for"]
pub struct Pages<P> {
    walk: Walk,
    call: Option<Call<Page<P>>>,
    decode: DecodePage<P>,
}

/// A stream over the items of a list, page after page, each page fetched when its first item is asked for.
///
/// An error is an item, and the stream ends after it. [`resume`](Self::resume) asks for the page that failed once more;
/// [`position`](Self::position) names that page, so that another stream can start there.
#[must_use = "a page is fetched when it is asked for"]
pub struct Items<T> {
    pages: Pages<Vec<T>>,
    page: std::vec::IntoIter<T>,
    /// Where that page is.
    place: Position,
}

impl<P> Pages<P> {
    /// The pages of a request.
    #[doc(hidden)]
    pub fn new(request: Request, decode: DecodePage<P>) -> Self {
        Self { walk: Walk::new(request), call: None, decode }
    }

    /// The next page; `None` after the last one, and after an error.
    #[expect(clippy::should_implement_trait, reason = "it is awaited, as that of any stream")]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next(self)
    }

    /// All pages, in a collection such as a `Vec`, or the first error.
    pub fn try_collect<C: Default + Extend<P>>(self) -> TryCollect<Self, C> {
        TryCollect { stream: self, collected: Some(C::default()) }
    }

    /// Begins at a page instead of where the request says, such as the [`position`](Self::position) of an earlier
    /// stream over the same list. A place of another kind of list is the first error.
    pub fn start_at(mut self, position: Position) -> Self {
        self.walk.start_at(position);
        self
    }

    /// The page that comes next: after an error the one that failed; `None` after the last one.
    #[must_use]
    pub fn position(&self) -> Option<&Position> {
        self.walk.position()
    }

    /// Goes on after an error: the page that failed is asked for again. It changes nothing elsewhere.
    pub fn resume(&mut self) {
        self.walk.resume();
    }
}

impl<T> Items<T> {
    /// The items of a request's pages.
    #[doc(hidden)]
    pub fn new(request: Request, decode: DecodePage<Vec<T>>) -> Self {
        Self { pages: Pages::new(request, decode), page: Vec::new().into_iter(), place: Position::Start }
    }

    /// The next item; `None` after the last one, and after an error.
    #[expect(clippy::should_implement_trait, reason = "it is awaited, as that of any stream")]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next(self)
    }

    /// All items, in a collection such as a `Vec`, or the first error.
    pub fn try_collect<C: Default + Extend<T>>(self) -> TryCollect<Self, C> {
        TryCollect { stream: self, collected: Some(C::default()) }
    }

    /// Begins at a page instead of where the request says, such as the [`position`](Self::position) of an earlier
    /// stream over the same list. A place of another kind of list is the first error.
    pub fn start_at(mut self, position: Position) -> Self {
        self.pages = self.pages.start_at(position);
        self
    }

    /// The page that the next item is on: after an error the one that failed; `None` after the last item. A stream that
    /// starts there yields what was taken from that page once more.
    #[must_use]
    pub fn position(&self) -> Option<&Position> {
        if self.page.as_slice().is_empty() { self.pages.position() } else { Some(&self.place) }
    }

    /// Goes on after an error: the page that failed is asked for again. It changes nothing elsewhere.
    pub fn resume(&mut self) {
        self.pages.resume();
    }
}

impl<P> Stream for Pages<P> {
    type Item = Result<P, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.call.is_none() {
            match self.walk.next() {
                Some(Ok(request)) => self.call = Some(request.send(self.decode)),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        let Some(call) = &mut self.call else { return Poll::Ready(None) };
        let outcome = ready!(Pin::new(call).poll(context));
        self.call = None;
        Poll::Ready(Some(match outcome {
            Ok(page) => match self.walk.repeated(&page.facts) {
                None => {
                    self.walk.advance(&page.facts);
                    Ok(page.value)
                }
                Some(error) => Err(error),
            },
            Err(error) => {
                self.walk.fail();
                Err(error)
            }
        }))
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let place = self.pages.position().cloned();
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => {
                    self.page = page.into_iter();
                    self.place = place.unwrap_or(Position::Start);
                }
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.page.len(), None)
    }
}

// Nothing in them is pinned: calls are boxed, and items move out.
impl<P> Unpin for Pages<P> {}
impl<T> Unpin for Items<T> {}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("request", self.walk.request()).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("request", self.pages.walk.request()).finish_non_exhaustive()
    }
}

/// The next element of a stream.
#[derive(Debug)]
#[must_use = "it does nothing unless it is awaited"]
pub struct Next<'a, S>(&'a mut S);

impl<S: Stream + Unpin> Future for Next<'_, S> {
    type Output = Option<S::Item>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut *self.0).poll_next(context)
    }
}

/// All elements of a stream, or its first error.
#[derive(Debug)]
#[must_use = "it does nothing unless it is awaited"]
pub struct TryCollect<S, C> {
    stream: S,
    collected: Option<C>,
}

impl<S: Unpin, C> Unpin for TryCollect<S, C> {}

impl<S, T, C> Future for TryCollect<S, C>
where
    S: Stream<Item = Result<T, Error>> + Unpin,
    C: Default + Extend<T>,
{
    type Output = Result<C, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            match ready!(Pin::new(&mut self.stream).poll_next(context)) {
                Some(Ok(element)) => self.collected.get_or_insert_default().extend([element]),
                Some(Err(error)) => return Poll::Ready(Err(error)),
                None => return Poll::Ready(Ok(self.collected.take().unwrap_or_default())),
            }
        }
    }
}
