#![doc = include_str!("../README.md")]

pub mod announcements;
pub mod choices;
pub mod config;
pub mod contests;
mod error;
mod facts;
pub mod incidents;
pub mod jobs;
pub mod lists;
pub mod offers;
mod outreach;
pub mod posts;
mod records;
pub mod returns;
pub mod subscribers;
pub mod suppressions;
pub mod surveys;
#[cfg(test)]
mod testing;

pub use config::{AnnouncementsConfig, StatusConfig};
pub use error::OutreachError;
pub use outreach::Outreach;
