//! Runs futures to completion on the calling thread, with timers and connections driven by a thread in the background.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// A tokio runtime on a thread of its own, which ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Background {
    runtime: Handle,
    /// Ends the thread when it is dropped.
    _stop: oneshot::Sender<()>,
}

impl Background {
    pub(crate) fn start() -> std::io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        let run = move || {
            // The sender sends nothing: it is dropped.
            let _ = runtime.block_on(stopped);
            // Work that blocks, such as reading a file, is not waited for.
            runtime.shutdown_background();
        };
        thread::Builder::new().name("sdk-blocking".to_owned()).spawn(run)?;
        Ok(Self { runtime: handle, _stop: stop })
    }

    /// Blocks the calling thread until the future is complete. The thread may belong to another runtime: nothing that
    /// the future waits for runs on it.
    pub(crate) fn wait<F: Future>(&self, future: F) -> F::Output {
        let _context = self.runtime.enter();
        // If this is a task of another runtime, its budget of polls would be used up while it waits here.
        let mut future = pin!(tokio::task::unconstrained(future));
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut context = Context::from_waker(&waker);
        loop {
            match future.as_mut().poll(&mut context) {
                Poll::Ready(output) => return output,
                Poll::Pending => thread::park(),
            }
        }
    }
}

/// Wakes the thread that waits.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
