//! Delivery of outgoing mail to other servers.
//!
//! * `route`: where mail for a domain goes. `client`: a connection to another server. `transaction`: a message on it.
//! * `report`: what senders are told.

mod client;
mod report;
mod route;
mod tls;
mod transaction;

pub(crate) use client::Patience;
pub use tls::TlsMode;
