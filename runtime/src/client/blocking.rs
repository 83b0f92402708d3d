//! Gives a client what blocking calls need: a runtime in the background, and connections that belong to it.

use std::sync::Arc;

use super::Client;
use crate::error::{Error, ErrorKind};
use crate::platform::Background;
use crate::transport::Transport;

/// The runtime of a client's blocking calls, and their transport. Connections of the client's other calls are driven by
/// the caller's runtime, which may be the one that is blocked.
#[derive(Debug)]
pub(super) struct Blocking {
    background: Arc<Background>,
    pub(super) transport: Option<Arc<dyn Transport>>,
}

impl Client {
    /// Returns a client whose calls can be waited for in this background.
    ///
    /// # Errors
    /// Returns an error if the system cannot start a thread.
    pub(crate) fn blocking(&self) -> Result<(Self, Arc<Background>), Error> {
        let start = || {
            let background = Arc::new(Background::start().map_err(|error| error.to_string())?);
            let own = self.core.transport.as_ref();
            let transport = own.and_then(|own| own.detached()).or_else(|| own.cloned());
            Ok(Blocking { background, transport })
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
        let blocking = self.core.blocking.get().filter(|_| self.is_blocking)?;
        blocking.as_ref().ok().map(|blocking| Arc::clone(&blocking.background))
    }

    /// Returns the transport of blocking calls, if this client makes them.
    pub(super) fn blocking_transport(&self) -> Option<&Arc<dyn Transport>> {
        let blocking = self.core.blocking.get().filter(|_| self.is_blocking)?;
        blocking.as_ref().ok()?.transport.as_ref()
    }
}
