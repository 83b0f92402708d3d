//! Request and response bodies, over a scripted transport.

#[path = "../support/folder.rs"]
mod folder;
mod set_up;
mod uploads;
mod webhooks;
mod files;
mod forms;
mod downloads;
mod events;
mod json_lines;
mod reconnects;
