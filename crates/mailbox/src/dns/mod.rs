//! The DNS of customers' domains: looking up, what to publish, and whether it is published.

mod check;
mod lookup;
mod records;

#[cfg(test)]
mod tests;

pub use check::{CheckState, CheckedRecord, check_records};
pub use lookup::{DnsError, DnsFuture, HickoryResolver, MxRecord, Resolver, SrvRecord};
pub use records::{DnsRecord, MailHosts, RecordKind, records_to_publish};
