#![doc = include_str!("../README.md")]

pub mod addresses;
mod client;
mod config;
pub mod deliveries;
pub mod endpoints;
mod error;
pub mod events;
pub mod jobs;
mod records;
pub mod signing;
#[cfg(test)]
mod tests;
mod webhooks;

pub use client::{Fault, Hosts, LookedUp, PROGRAMS, SiteToTell};
pub use config::WebhooksConfig;
pub use error::WebhookError;
pub use webhooks::Webhooks;
