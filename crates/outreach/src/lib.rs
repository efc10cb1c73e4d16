#![doc = include_str!("../README.md")]

pub mod announcements;
pub mod choices;
mod error;
mod facts;
pub mod jobs;
pub mod lists;
mod outreach;
mod records;
pub mod subscribers;
pub mod suppressions;
#[cfg(test)]
mod testing;

pub use error::OutreachError;
pub use outreach::Outreach;
