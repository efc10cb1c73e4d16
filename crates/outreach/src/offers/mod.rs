//! Offers: announcements of one coupon of the catalogue. What the coupon gives is read from the catalogue whenever it is shown and is
//! never part of the text.
//!
//! An offer goes to those who chose [`TOPIC`], in the class of marketing and in no other: the form refuses another topic, the table another
//! class, and the message gate has [`TEMPLATE`] under marketing alone. Its coupon can be used when it is written, scheduled, begun and in each
//! step; once it cannot, the offer stops by itself.

mod list;
mod stand;
#[cfg(test)]
mod tests;

use mailkeep_policy::Subject;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::returns::StopReason;

/// The topic of those who want to hear of offers.
pub const TOPIC: &str = "special_offers";
/// The template in which offers are sent; the policy file lists it under marketing.
pub const TEMPLATE: &str = "outreach/offer";
/// In the context of a message: the coupon that it tells of.
pub const COUPON: &str = "coupon";

/// What makes an announcement an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// The coupon of the catalogue.
    pub coupon: Uuid,
}

/// Where a coupon stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can be used.
    InForce,
    /// Its first day is still to come.
    NotYet,
    /// Its last day is over, it was taken back, or there is none.
    Over,
    /// It was used as often as it can be.
    UsedUp,
}

impl Standing {
    /// Why an offer of it stops.
    pub(crate) const fn stops(self) -> Option<StopReason> {
        match self {
            Standing::InForce => None,
            Standing::NotYet | Standing::Over => Some(StopReason::CouponOver),
            Standing::UsedUp => Some(StopReason::CouponUsedUp),
        }
    }
}

/// Who knows the coupons of the catalogue; the server hands it in, because this crate knows no catalogue.
pub trait Coupons: Send + Sync {
    /// Where a coupon stands at an instant.
    ///
    /// # Errors
    /// When the database fails.
    fn standing(&self, tx: &mut Tx<'_>, coupon: Uuid, at: Timestamp) -> Result<Standing, SqlError>;

    /// Whether it takes something off for whoever would read of it: one in the currency of another brand does not.
    ///
    /// # Errors
    /// When the database fails.
    fn is_for(&self, tx: &mut Tx<'_>, coupon: Uuid, reader: Subject) -> Result<bool, SqlError>;
}
