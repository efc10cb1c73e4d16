//! What a message says, as one weak vote: a logistic regression over its words, links, page and parts that learns from what became of
//! mail here. It makes limits narrower and tells the desk where to look first; it refuses nothing.
//!
//! What it learns from: messages that staff dropped or an owner called stolen, those that staff let go, and a sample of what went out and
//! nobody complained of for a day. Of each customer so many a day and no more, so that nobody teaches it alone (decision 0061).

pub(crate) mod features;
mod learn;
pub mod model;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use model::{Lesson, Model, Vote};

pub(crate) use learn::Learnt;
pub use learn::Taught;
