//! For tests of code that uses an SDK: a transport with scripted answers, and a clock that is moved by hand.
//!
//! Nothing here touches the network or waits. Retries, refreshed tokens, timeouts and pages run as they do against the
//! real API, so that a test sees what a user would.
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
//! api.on("GET /things/1").reply(Reply::json(200, &["a thing"]).after(Duration::from_secs(2)));
//! let client: Client = ClientBuilder::new(&API)
//!     .base_url("https://api.example.com")
//!     .transport(api.clone())
//!     .platform(clock.clone())
//!     .build()?;
//!
//! let thing: Vec<String> = clock.run(client.request(Method::GET, "/things/1").send_json()).await?;
//!
//! assert_eq!(thing, ["a thing"]);
//! assert_eq!(clock.elapsed(), Duration::from_secs(2));
//! assert_eq!(api.requests()[0].path(), "/things/1");
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

/// A test that failed while it held the lock left nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
