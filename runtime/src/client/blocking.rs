//! Gives a client what blocking calls need: a runtime in the background, and connections that belong to it.

use std::sync::Arc;

use super::Client;
use super::permits::Permits;
use super::transports::Transports;
use crate::error::{Error, ErrorKind};
use crate::platform::Background;

/// The runtime of a client's blocking calls, with their transports and permits. Connections of the client's other calls
/// are driven by the caller's runtime, which may be the one that is blocked, and so may be the calls that hold its
/// permits.
#[derive(Debug)]
pub(super) struct Blocking {
    background: Arc<Background>,
    /// `None` if blocking calls share those of the client.
    pub(super) transports: Option<Transports>,
    pub(super) permits: Option<Arc<Permits>>,
}

impl Client {
    /// Returns a client whose calls can be waited for in this background.
    ///
    /// # Errors
    /// Returns an error if the system cannot start a thread.
    pub(crate) fn blocking(&self) -> Result<(Self, Arc<Background>), Error> {
        let start = || {
            let background = Arc::new(Background::start().map_err(|error| error.to_string())?);
            let transports = self.core.transports.as_ref().and_then(Transports::detached);
            let permits = self.core.permits.as_ref().map(|permits| permits.anew());
            Ok(Blocking { background, transports, permits })
        };
        match self.core.blocking.get_or_init(start) {
            Ok(blocking) => {
                Ok((Self { is_blocking: true, ..self.clone() }, Arc::clone(&blocking.background)))
            }
            Err(message) => Err(Error::new(
                ErrorKind::Configuration,
                format!("the thread for blocking calls cannot be started: {message}"),
            )),
        }
    }

    /// Returns the background in which the calls of this client run, if they are waited for.
    pub(crate) fn background(&self) -> Option<Arc<Background>> {
        self.blocking_parts().map(|blocking| Arc::clone(&blocking.background))
    }

    /// Returns the parts of blocking calls, if this client makes them.
    pub(super) fn blocking_parts(&self) -> Option<&Blocking> {
        self.core.blocking.get().filter(|_| self.is_blocking)?.as_ref().ok()
    }
}
