//! Checking the mail store: every invariant that the tables promise, and mending where that loses nothing.

mod check;
mod store;

pub use check::{Finding, Report};
