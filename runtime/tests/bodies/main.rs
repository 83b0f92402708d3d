//! Bodies in both directions, over a transport in memory and a clock that is moved by hand.

mod downloads;
mod events;
mod files;
mod forms;
mod set_up;
mod uploads;
