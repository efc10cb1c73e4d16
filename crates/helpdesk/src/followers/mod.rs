//! Followers: staff who want to know what happens to a ticket that others take care of. They follow by themselves, or because a
//! colleague named them in a note or gave them the ticket, until they no longer want to.
//!
//! What is new to them is not written down anew: it is what others wrote since they last looked, by the number of the event. So it can
//! neither get lost nor be told twice, and nobody's words are copied.

mod follow;
mod list;
mod mentions;
pub(crate) mod records;
pub(crate) mod store;
mod tell;
#[cfg(test)]
mod tests;

pub(crate) use follow::{Because, follow, follow_on};
pub use mentions::mentioned;
pub(crate) use tell::tell_all;
