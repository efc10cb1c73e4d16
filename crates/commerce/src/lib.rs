#![doc = include_str!("../README.md")]

pub mod brands;
pub mod carts;
pub mod catalogue;
pub mod changes;
pub mod classes;
mod commerce;
pub mod config;
pub mod counts;
pub mod credits;
pub mod discounts;
pub mod disputes;
pub mod dunning;
pub mod endings;
mod error;
mod events;
pub mod facts;
pub mod hosting_reports;
pub mod invoices;
pub mod jobs;
pub mod journal;
pub mod months;
mod notices;
pub mod orders;
pub mod payments;
pub mod periods;
pub mod ports;
pub mod price_changes;
pub mod processor;
mod records;
pub mod refunds;
pub mod reports;
pub mod screening;
pub mod services;
pub mod statements;
pub mod subscriptions;
pub mod taxes;
pub mod terms;
#[cfg(feature = "testing")]
pub mod testing;
pub mod totals;
pub mod transfers;

pub use commerce::{Commerce, CommerceParts, local_date};
pub use config::CommerceConfig;
pub use error::{CommerceError, Who};
