#![doc = include_str!("../README.md")]

mod config;
pub mod delivery;
pub mod departures;
pub mod dns;
pub mod house;
pub mod limits;
pub mod listen;
mod lists;
mod post_office;
pub mod receive;
mod server;
pub mod session;
pub mod submit;
#[cfg(test)]
mod testing;
mod wire;

pub use config::{DeliveryConfig, MxConfig, SmtpConfig};
pub use delivery::{Delivery, DestinationConfig};
pub use post_office::{MailHouse, Note};
pub use server::{SmtpDeps, SmtpServer, SubmissionTls};
