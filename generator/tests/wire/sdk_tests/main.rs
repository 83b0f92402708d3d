//! The requests of a generated client, and its reading of responses.

mod answers;
mod bodies;
mod forms;
mod places;
mod set_up;
mod styles;
mod templates;
mod values;
mod webhooks;
