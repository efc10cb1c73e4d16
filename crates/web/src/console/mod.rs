//! The staff console: what waits for a person, with no more of anybody's data than the work in hand justifies.

pub mod customers;
pub mod jobs;
pub mod orders;
pub mod overview;
pub mod queue;
pub mod sign_in;
pub mod staff;
