//! Checks when a program is compiled that its clients have a transport and a platform.

/// Marks a part that a client builder has.
#[derive(Clone, Copy, Debug)]
pub struct Provided;

/// Marks a part that a client builder still needs.
#[derive(Clone, Copy, Debug)]
pub struct Missing;

/// [`Provided`] with the feature `reqwest`, else [`Missing`].
#[cfg(feature = "reqwest")]
pub type DefaultTransport = Provided;
/// [`Provided`] with the feature `reqwest`, else [`Missing`].
#[cfg(not(feature = "reqwest"))]
pub type DefaultTransport = Missing;

/// [`Provided`] with the feature `tokio`, else [`Missing`].
#[cfg(feature = "tokio")]
pub type DefaultPlatform = Provided;
/// [`Provided`] with the feature `tokio`, else [`Missing`].
#[cfg(not(feature = "tokio"))]
pub type DefaultPlatform = Missing;

/// The mark of a client builder with a transport.
#[diagnostic::on_unimplemented(
    message = "the client has no transport",
    label = "no transport",
    note = "enable the feature `reqwest` of the SDK, or call `transport` before `build`"
)]
pub trait HasTransport {}

impl HasTransport for Provided {}

/// The mark of a client builder with a platform.
#[diagnostic::on_unimplemented(
    message = "the client has no platform",
    label = "no platform",
    note = "enable the feature `tokio` of the SDK, or call `platform` before `build`"
)]
pub trait HasPlatform {}

impl HasPlatform for Provided {}
