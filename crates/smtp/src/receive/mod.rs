//! Mail from other servers for our mailboxes.

mod stamp;
mod verify;

pub use verify::{Disposition, Verdict, Verifier};
