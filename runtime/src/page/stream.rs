//! Defines the streams that callers hold: over pages, and over the items of all pages.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::facts::Page;
use super::position::Position;
use super::walk::Walk;
use crate::call::{Head, Request, ResponseCall};
use crate::error::Error;
use crate::json::Loss;

/// Decodes a response as a page.
type DecodePage<P> = fn(&Head, Bytes) -> Result<Page<P>, Error>;

/// A stream over the pages of a list. Each page is fetched when it is asked for.
///
/// The stream ends after it has yielded an error. [`resume`](Self::resume) makes it ask for the failed page again;
/// [`position`](Self::position) returns that page, so that another stream can start there.
///
/// ```
/// use sdk_runtime::{Error, Pages};
///
/// async fn count(mut pages: Pages<Vec<String>>) -> Result<usize, Error> {
///     let mut names = 0;
///     while let Some(page) = pages.next().await {
///         names += page?.len();
///     }
///     Ok(names)
/// }
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct Pages<P> {
    walk: Walk,
    call: Option<ResponseCall<Page<P>>>,
    decode: DecodePage<P>,
    is_lenient: bool,
    losses: Vec<Loss>,
}

/// A stream over the items of a list, page after page. Each page is fetched when its first item is asked for.
///
/// The stream ends after it has yielded an error. [`resume`](Self::resume) makes it ask for the failed page again;
/// [`position`](Self::position) returns that page, so that another stream can start there.
///
/// ```
/// use sdk_runtime::{Error, Items};
///
/// async fn print_all(mut names: Items<String>) -> Result<(), Error> {
///     while let Some(name) = names.next().await {
///         println!("{}", name?);
///     }
///     Ok(())
/// }
///
/// async fn sorted(names: Items<String>) -> Result<Vec<String>, Error> {
///     let mut names: Vec<String> = names.try_collect().await?;
///     names.sort();
///     Ok(names)
/// }
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct Items<T> {
    pages: Pages<Vec<T>>,
    page: std::vec::IntoIter<T>,
    /// The position of that page.
    place: Position,
}

impl<P> Pages<P> {
    /// Creates a stream over the pages of a request.
    #[doc(hidden)]
    pub fn new(request: Request, decode: DecodePage<P>) -> Self {
        Self { walk: Walk::new(request), call: None, decode, is_lenient: false, losses: Vec::new() }
    }

    /// Returns the next page; `None` after the last page and after an error.
    #[expect(clippy::should_implement_trait, reason = "it is awaited, as on any stream")]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next(self)
    }

    /// Collects all pages into a collection such as a `Vec`, or returns the first error. It does not tell what a
    /// lenient stream leaves out; to know that, read with [`next`](Self::next), and then [`take_losses`](Self::take_losses).
    pub fn try_collect<C: Default + Extend<P>>(self) -> TryCollect<Self, C> {
        TryCollect { stream: self, collected: Some(C::default()) }
    }

    /// Sends a query parameter that the document does not describe with the request of each page, in place of one with
    /// this name.
    pub fn extra_query(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.walk.change(|request| request.extra_query(name.into(), &value.to_string()));
        self
    }

    /// Leaves out the parts of pages that cannot be read as their types, instead of failing; see
    /// [`RequestOptions::lenient`](crate::RequestOptions::lenient). [`take_losses`](Self::take_losses) tells which ones.
    pub fn lenient(mut self) -> Self {
        self.is_lenient = true;
        self
    }

    /// Takes the parts of pages that were left out since this was last called, if the stream or its client is lenient.
    /// Their paths start at their page.
    #[must_use]
    pub fn take_losses(&mut self) -> Vec<Loss> {
        std::mem::take(&mut self.losses)
    }

    /// Makes the calls in the background of the client's blocking calls.
    #[cfg(feature = "blocking")]
    pub(super) fn block(&mut self) -> Result<std::sync::Arc<crate::platform::Background>, Error> {
        let (client, background) = self.walk.request().client.blocking()?;
        self.walk.change(|request| request.client = client);
        Ok(background)
    }

    /// Starts at this position instead of the one in the request. It can be the [`position`](Self::position) of an
    /// earlier stream over the same list. If the list is paged in another way, the stream yields an error.
    pub fn start_at(mut self, position: Position) -> Self {
        self.walk.start_at(position);
        self
    }

    /// Returns the position of the next page: after an error, that of the failed page; `None` after the last page.
    #[must_use]
    pub fn position(&self) -> Option<&Position> {
        self.walk.position()
    }

    /// Continues after an error by asking for the failed page again. Without an error it does nothing.
    pub fn resume(&mut self) {
        self.walk.resume();
    }
}

impl<T> Items<T> {
    /// Creates a stream over the items of a request's pages.
    #[doc(hidden)]
    pub fn new(request: Request, decode: DecodePage<Vec<T>>) -> Self {
        Self { pages: Pages::new(request, decode), page: Vec::new().into_iter(), place: Position::Start }
    }

    /// Returns the next item; `None` after the last item and after an error.
    #[expect(clippy::should_implement_trait, reason = "it is awaited, as on any stream")]
    pub fn next(&mut self) -> Next<'_, Self> {
        Next(self)
    }

    /// Collects all items into a collection such as a `Vec`, or returns the first error. It does not tell what a
    /// lenient stream leaves out; to know that, read with [`next`](Self::next), and then [`take_losses`](Self::take_losses).
    pub fn try_collect<C: Default + Extend<T>>(self) -> TryCollect<Self, C> {
        TryCollect { stream: self, collected: Some(C::default()) }
    }

    /// Sends a query parameter that the document does not describe with the request of each page, in place of one with
    /// this name.
    pub fn extra_query(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.pages = self.pages.extra_query(name, value);
        self
    }

    /// Leaves out the items, and parts of them, that cannot be read as their types, instead of failing; see
    /// [`RequestOptions::lenient`](crate::RequestOptions::lenient). [`take_losses`](Self::take_losses) tells which ones.
    ///
    /// ```
    /// # use sdk_runtime::{Error, Items};
    /// # async fn example(items: Items<String>) -> Result<(), Error> {
    /// let mut items = items.lenient();
    /// while let Some(item) = items.next().await {
    ///     println!("{}", item?);
    /// }
    /// for loss in items.take_losses() {
    ///     eprintln!("left out {}: {}", loss.path(), loss.reason());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn lenient(mut self) -> Self {
        self.pages = self.pages.lenient();
        self
    }

    /// Takes the parts of pages that were left out since this was last called, if the stream or its client is lenient.
    /// Their paths start at their page, so that those of the first item are `entries[0]` and below.
    #[must_use]
    pub fn take_losses(&mut self) -> Vec<Loss> {
        self.pages.take_losses()
    }

    /// Makes the calls in the background of the client's blocking calls.
    #[cfg(feature = "blocking")]
    pub(super) fn block(&mut self) -> Result<std::sync::Arc<crate::platform::Background>, Error> {
        self.pages.block()
    }

    /// Starts at this position instead of the one in the request. It can be the [`position`](Self::position) of an
    /// earlier stream over the same list. If the list is paged in another way, the stream yields an error.
    pub fn start_at(mut self, position: Position) -> Self {
        self.pages = self.pages.start_at(position);
        self
    }

    /// Returns the position of the page that holds the next item: after an error, that of the failed page; `None` after
    /// the last item. A stream that starts there yields the items of that page again, those already taken included.
    #[must_use]
    pub fn position(&self) -> Option<&Position> {
        if self.page.as_slice().is_empty() { self.pages.position() } else { Some(&self.place) }
    }

    /// Continues after an error by asking for the failed page again. Without an error it does nothing.
    pub fn resume(&mut self) {
        self.pages.resume();
    }
}

impl<P> Stream for Pages<P> {
    type Item = Result<P, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.call.is_none() {
            match self.walk.next() {
                Some(Ok(request)) => {
                    let call = request.send(self.decode);
                    let call = if self.is_lenient { call.lenient() } else { call };
                    self.call = Some(call.with_response());
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        let Some(call) = &mut self.call else { return Poll::Ready(None) };
        let outcome = ready!(Pin::new(call).poll(context));
        self.call = None;
        Poll::Ready(Some(match outcome {
            Ok(response) => {
                let (page, losses) = response.into_parts();
                match self.walk.repeated(&page.facts) {
                    None => {
                        self.losses.extend(losses);
                        self.walk.advance(&page.facts);
                        Ok(page.value)
                    }
                    Some(error) => Err(error),
                }
            }
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

// No field is pinned: calls are boxed, and items are moved out.
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

/// A future that resolves to the next element of a stream.
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Next<'a, S>(&'a mut S);

impl<S: Stream + Unpin> Future for Next<'_, S> {
    type Output = Option<S::Item>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut *self.0).poll_next(context)
    }
}

/// A future that resolves to all elements of a stream, or to its first error.
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
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
