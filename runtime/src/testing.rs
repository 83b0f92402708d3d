//! Supports tests of code that uses an SDK: a transport with scripted replies, and a clock that tests move.
//!
//! Nothing here uses the network or really waits. Retries, token refreshes, timeouts and paging run as they do against
//! the real API, so a test sees what a user would see.
//!
//! ```
//! # use std::time::Duration;
//! # use sdk_runtime::{Client, ClientBuilder, Error, Method};
//! # static API: sdk_runtime::Api = sdk_runtime::Api::NONE;
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! use sdk_runtime::testing::{ManualClock, MockTransport, Reply};
//!
//! let clock = ManualClock::new();
//! let api = MockTransport::with_clock(&clock);
//! api.on("GET /things").reply(Reply::json(200, &["one", "two"]).after(Duration::from_secs(2)));
//! let client: Client = ClientBuilder::new(&API)
//!     .base_url("https://api.example.com")
//!     .transport(api.clone())
//!     .platform(clock.clone())
//!     .build()?;
//!
//! let things: Vec<String> = clock.run(client.request(Method::GET, "/things").send_json()).await?;
//!
//! assert_eq!(things, ["one", "two"]);
//! assert_eq!(clock.elapsed(), Duration::from_secs(2));
//! assert_eq!(api.requests()[0].path(), "/things");
//! # Ok(())
//! # }
//! ```

mod clock;
mod mock;
mod reply;
mod sent;

pub use clock::{ManualClock, Run};
pub use mock::{MockTransport, Script};
pub use reply::Reply;
pub use sent::SentRequest;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex. A test that panicked while it held the lock has left no partial change.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
