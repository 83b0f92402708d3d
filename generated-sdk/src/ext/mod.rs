//! What is Box's alone and no document says: its credentials.

mod developer_token;

pub use developer_token::DeveloperToken;
