//! Mail from our mailboxes to anybody.

mod complete;
mod sign;

pub use sign::{SignError, SigningKey, sign};
