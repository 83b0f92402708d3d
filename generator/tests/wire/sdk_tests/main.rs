//! What a generated client puts on the wire, and what it makes of what comes back.

mod answers;
mod bodies;
mod forms;
mod places;
mod set_up;
mod styles;
mod templates;
