//! Delivery of outgoing mail to other servers, and into our own mailboxes where a queued message leads there.
//!
//! * `worker`: takes what is due and records what became of it. `attempt`: one message to one domain.
//! * `route`: where mail for a domain goes. `pool`: connections, shared and limited. `client`: one connection.
//!   `transaction`: a message on it. `tls`: how it is protected.
//! * `reporting` and `report`: what senders are told.

mod attempt;
mod client;
mod places;
mod pool;
mod report;
mod reporting;
mod route;
mod shaping;
#[cfg(test)]
mod tests;
mod tls;
mod transaction;
mod worker;

pub(crate) use attempt::{closed, full, reports_only};
pub(crate) use client::Patience;
pub(crate) use reporting::{About, ReportMaker, is_wanted};
pub use shaping::DestinationConfig;
pub use tls::TlsMode;
pub use worker::Delivery;
