//! Boxed futures and streams, whose `Send` bound is one alias for all targets.

use std::pin::Pin;

use futures_core::Stream;

/// `Send`, except on WebAssembly, where nothing is shared between threads.
#[cfg(not(target_family = "wasm"))]
pub trait MaybeSend: Send {}
#[cfg(not(target_family = "wasm"))]
impl<T: Send + ?Sized> MaybeSend for T {}

/// `Send`, except on WebAssembly, where nothing is shared between threads.
#[cfg(target_family = "wasm")]
pub trait MaybeSend {}
#[cfg(target_family = "wasm")]
impl<T: ?Sized> MaybeSend for T {}

/// A boxed future; `Send` except on WebAssembly.
#[cfg(not(target_family = "wasm"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
/// A boxed stream; `Send` except on WebAssembly.
#[cfg(not(target_family = "wasm"))]
pub type BoxStream<'a, T> = Pin<Box<dyn Stream<Item = T> + Send + 'a>>;

/// A boxed future; `Send` except on WebAssembly.
#[cfg(target_family = "wasm")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;
/// A boxed stream; `Send` except on WebAssembly.
#[cfg(target_family = "wasm")]
pub type BoxStream<'a, T> = Pin<Box<dyn Stream<Item = T> + 'a>>;

/// What came first.
pub(crate) enum First<A, B> {
    Left(A),
    Right(B),
}

/// Polls both and yields whichever is ready first, the left one when both are.
pub(crate) async fn race<A, B>(
    left: &mut (impl Future<Output = A> + Unpin),
    right: &mut (impl Future<Output = B> + Unpin),
) -> First<A, B> {
    std::future::poll_fn(|context| {
        if let std::task::Poll::Ready(value) = Pin::new(&mut *left).poll(context) {
            return std::task::Poll::Ready(First::Left(value));
        }
        Pin::new(&mut *right).poll(context).map(First::Right)
    })
    .await
}
