//! Connects a stream of events anew when it breaks off.

use std::time::Duration;

use super::Events;
use crate::error::Error;
use crate::platform::{BoxFuture, MaybeSend};

/// Makes the call of a stream again.
pub(crate) trait Connect<T>: MaybeSend {
    /// Connects after a wait, and asks for the events after the one with this ID.
    fn connect(&self, last_id: Option<&str>, wait: Duration) -> BoxFuture<'static, Result<Events<T>, Error>>;
}

/// The reconnections of a stream.
pub(crate) struct Reconnects<T> {
    connect: Box<dyn Connect<T>>,
    /// The number of reconnections that may bring no event, one after the other.
    most: u32,
    /// The number of reconnections since the last event.
    idle: u32,
    pub(super) connecting: Option<BoxFuture<'static, Result<Events<T>, Error>>>,
}

/// The wait before a reconnection, unless the server sets one.
const WAIT: Duration = Duration::from_secs(3);

impl<T> Reconnects<T> {
    pub(crate) fn new(connect: impl Connect<T> + 'static, most: u32) -> Self {
        Self { connect: Box::new(connect), most, idle: 0, connecting: None }
    }

    /// Notes that the connection brought an event.
    pub(super) fn brought(&mut self) {
        self.idle = 0;
    }

    /// Starts a reconnection. Returns `false` if there were too many.
    pub(super) fn start(&mut self, last_id: Option<&str>, retry: Option<Duration>) -> bool {
        if self.idle >= self.most {
            return false;
        }
        self.idle += 1;
        self.connecting = Some(self.connect.connect(last_id, retry.unwrap_or(WAIT)));
        true
    }
}
