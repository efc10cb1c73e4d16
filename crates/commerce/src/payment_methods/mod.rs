//! Kept cards: what their owner knows them by, and what each may be charged for.
//!
//! A card is given on the processor's own page. It pays for exactly the subscriptions that its owner named; a card that pays for
//! something that runs is not removed before another one does, or before its permission was withdrawn.

pub mod add;
pub mod expire;
pub mod keep;
pub mod list;
pub mod permit;
pub mod remove;
pub mod store;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mailkeep_types::{CustomerId, PaymentMethodId, SubscriptionId, Timestamp};

/// A kept card, without anything that says which one it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentMethod {
    /// Its identifier.
    pub id: PaymentMethodId,
    /// Whose it is.
    pub customer: CustomerId,
    /// When it was given.
    pub kept_at: Timestamp,
    /// The last day on which it can be charged, where the processor says so.
    pub expires_on: Option<Date>,
    /// For which running subscriptions it may be charged, and since when.
    pub pays_for: Vec<(SubscriptionId, Timestamp)>,
}
