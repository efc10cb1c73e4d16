//! What the desk must know about a letter before it becomes part of a ticket: what the person newly wrote, whether a machine wrote
//! it, and where it belongs. Pure functions: the caller hands in the letter, what the mail server found out about its sender, and
//! what the database knows.

pub mod loops;
pub mod machine;
mod read;
pub mod reply;
#[cfg(test)]
mod tests;

pub use read::Letter;
