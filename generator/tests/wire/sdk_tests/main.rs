//! What a generated client puts on the wire.

mod set_up;
mod styles;
