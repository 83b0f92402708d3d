//! Aliases for boxed futures and streams, which are `Send` on all targets but WebAssembly.

use std::pin::Pin;

use futures_core::Stream;

/// `Send` on all targets but WebAssembly, which shares nothing between threads.
#[cfg(not(target_family = "wasm"))]
pub trait MaybeSend: Send {}
#[cfg(not(target_family = "wasm"))]
impl<T: Send + ?Sized> MaybeSend for T {}

/// `Send` on all targets but WebAssembly, which shares nothing between threads.
#[cfg(target_family = "wasm")]
pub trait MaybeSend {}
#[cfg(target_family = "wasm")]
impl<T: ?Sized> MaybeSend for T {}

/// A boxed future, `Send` on all targets but WebAssembly.
#[cfg(not(target_family = "wasm"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
/// A boxed stream, `Send` on all targets but WebAssembly.
#[cfg(not(target_family = "wasm"))]
pub type BoxStream<'a, T> = Pin<Box<dyn Stream<Item = T> + Send + 'a>>;

/// A boxed future, `Send` on all targets but WebAssembly.
#[cfg(target_family = "wasm")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;
/// A boxed stream, `Send` on all targets but WebAssembly.
#[cfg(target_family = "wasm")]
pub type BoxStream<'a, T> = Pin<Box<dyn Stream<Item = T> + 'a>>;

/// The output of the first of two futures to complete.
pub(crate) enum First<A, B> {
    Left(A),
    Right(B),
}

/// Polls two futures and returns the output of the first to complete; the left one if both are ready.
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
