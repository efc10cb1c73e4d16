//! Ordering: plan, account, review, payment, and how it went.

pub mod cart;
pub mod choose;
pub mod review;
pub mod status;
