//! What the desk must know about a letter before it becomes part of a ticket: what the person newly wrote, whether a machine wrote
//! it, and where it belongs. Pure functions: the caller hands in the letter, what the mail server found out about its sender, and
//! what the database knows.

pub mod duplicates;
pub mod loops;
pub mod machine;
pub mod marks;
pub mod privacy;
#[cfg(test)]
mod privacy_tests;
mod read;
pub mod reply;
#[cfg(test)]
mod tests;
pub mod thread;
#[cfg(test)]
mod thread_tests;

pub use read::{Letter, LetterFile};
