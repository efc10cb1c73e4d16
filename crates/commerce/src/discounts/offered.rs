//! What an offer and a link with a code ask of coupons: whether one stands, for whom it is worth something, how often it was used.

use mailkeep_storage::sql::Tx;
use mailkeep_types::{CustomerId, Timestamp};
use uuid::Uuid;

use super::coupons::{Coupon, CouponRefusal, CouponStanding, look_at};
use super::store;
use crate::brands::shared_by;
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;

impl Commerce {
    /// A coupon by its identifier.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`].
    pub async fn coupon(&self, id: Uuid) -> Result<Coupon, CommerceError> {
        self.read(move |tx| store::coupon_by_id(tx, id)).await?.ok_or(CommerceError::NotFound("coupon"))
    }

    /// Whether a coupon can be used today.
    pub async fn coupon_stands(&self, id: Uuid) -> Result<bool, CommerceError> {
        let (commerce, now) = (self.clone(), self.clock().now());
        let standing = self.read(move |tx| commerce.coupon_standing(tx, id, now)).await?;
        Ok(standing == Some(CouponStanding::InForce))
    }

    /// The coupons that can be used today, newest first.
    pub async fn coupons_in_force(&self) -> Result<Vec<Coupon>, CommerceError> {
        let on = local_date(self.clock().now(), &self.config().time_zone);
        let mut coupons = self.list_coupons().await?;
        coupons.retain(|coupon| coupon.standing(on) == CouponStanding::InForce);
        Ok(coupons)
    }

    /// Looks at a code that somebody brings along to an order under a brand; with `plans`, whether it is for one of them.
    pub async fn look_at_code(
        &self,
        brand: &str,
        code: &str,
        plans: &[&str],
    ) -> Result<Result<Coupon, CouponRefusal>, CommerceError> {
        let config = self.config();
        let (on, currency) = (local_date(self.clock().now(), &config.time_zone), config.currency_of(brand));
        let (code, plans) =
            (code.to_owned(), plans.iter().map(|plan| (*plan).to_owned()).collect::<Vec<_>>());
        self.read(move |tx| {
            let plans: Vec<&str> = plans.iter().map(String::as_str).collect();
            look_at(tx, &code, on, &plans, currency)
        })
        .await
    }

    /// Where a coupon stands at an instant, by the days of the house; nothing where there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn coupon_standing(
        &self,
        tx: &mut Tx<'_>,
        id: Uuid,
        at: Timestamp,
    ) -> Result<Option<CouponStanding>, CommerceError> {
        let on = local_date(at, &self.config().time_zone);
        Ok(store::coupon_by_id(tx, id)?.map(|coupon| coupon.standing(on)))
    }

    /// Whether a coupon takes something off for these customers: in the currency of their brand, or of the house, and for a plan that it
    /// sells.
    ///
    /// # Errors
    /// When the database fails.
    pub fn coupon_is_for(
        &self,
        tx: &mut Tx<'_>,
        id: Uuid,
        customers: &[CustomerId],
    ) -> Result<bool, CommerceError> {
        let (config, brand) = (self.config(), shared_by(tx, customers)?);
        let sold = |coupon: &Coupon| {
            coupon.plans.as_ref().is_none_or(|keys| keys.iter().any(|key| config.sells(&brand, key)))
        };
        let coupon = store::coupon_by_id(tx, id)?;
        Ok(coupon.is_some_and(|coupon| coupon.is_worth_in(config.currency_of(&brand)) && sold(&coupon)))
    }

    /// How many orders used a coupon from an instant on.
    pub async fn coupon_uses_since(&self, id: Uuid, since: Timestamp) -> Result<i64, CommerceError> {
        self.read(move |tx| Ok(store::uses_since(tx, id, since)?)).await
    }
}
