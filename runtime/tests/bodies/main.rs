//! Bodies in both directions, over a transport in memory and a clock that is moved by hand.

mod set_up;
mod uploads;
mod files;
mod forms;
mod downloads;
mod events;
