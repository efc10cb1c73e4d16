//! What outreach asks of the catalogue for offers: where their coupons stand, and for whom they are worth something.

use mailkeep_commerce::discounts::coupons::CouponStanding;
use mailkeep_commerce::{Commerce, CommerceError};
use mailkeep_outreach::offers::{Coupons, Standing};
use mailkeep_policy::Subject;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::Timestamp;
use uuid::Uuid;

use super::readers::customers_of;

/// The coupons of the catalogue.
pub struct Catalogue(pub Commerce);

/// A conflict stays one, so that the transaction is tried again.
fn failed(error: CommerceError) -> SqlError {
    match error {
        CommerceError::Database(error) => error,
        other => SqlError::Engine(other.to_string()),
    }
}

impl Coupons for Catalogue {
    fn standing(&self, tx: &mut Tx<'_>, coupon: Uuid, at: Timestamp) -> Result<Standing, SqlError> {
        Ok(match self.0.coupon_standing(tx, coupon, at).map_err(failed)? {
            Some(CouponStanding::InForce) => Standing::InForce,
            Some(CouponStanding::NotYet) => Standing::NotYet,
            Some(CouponStanding::UsedUp) => Standing::UsedUp,
            Some(CouponStanding::Over) | None => Standing::Over,
        })
    }

    fn is_for(&self, tx: &mut Tx<'_>, coupon: Uuid, reader: Subject) -> Result<bool, SqlError> {
        // Visitors are the house's own.
        let customers = customers_of(tx, reader)?;
        self.0.coupon_is_for(tx, coupon, &customers).map_err(failed)
    }
}
