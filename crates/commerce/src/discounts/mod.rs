//! What is taken off prices: coupons and qualified discounts. [`Reduction`] is what both come to for one bill.

pub mod coupons;
pub mod offered;
pub mod qualifications;
pub mod store;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mailkeep_storage::sql::Tx;
use mailkeep_types::{Currency, CustomerId};
use uuid::Uuid;

use crate::catalogue::pricing::LineKind;
use crate::config::CommerceConfig;
use crate::error::CommerceError;
use crate::taxes::Exemption;
use crate::totals::DiscountBy;

/// What is taken off the lines of one bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reduction {
    /// What the customer reads.
    pub name: String,
    /// How much.
    pub by: DiscountBy,
    /// The plans it is for, by key; `None` for all.
    pub plans: Option<Vec<String>>,
}

impl Reduction {
    /// Whether it is for a line. What comes once is never reduced: a setup or an hour of work costs what it costs.
    pub(crate) fn fits(&self, kind: LineKind, plan: Option<&str>) -> bool {
        let Some(plan) = plan.filter(|_| kind.recurs()) else { return false };
        self.plans.as_ref().is_none_or(|plans| plans.iter().any(|key| key == plan))
    }
}

/// What a bill of a customer is reduced by, and whether they are exempt from tax.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Favours {
    /// What is taken off, qualified discounts first.
    pub reductions: Vec<Reduction>,
    /// An exemption from tax that is in force.
    pub exemption: Option<Exemption>,
}

/// The bill that favours are asked for.
#[derive(Debug, Clone, Copy)]
pub struct BillOf {
    /// Whose, if that is known.
    pub customer: Option<CustomerId>,
    /// The coupon of the subscription.
    pub coupon: Option<Uuid>,
    /// The number of the period; 0 is the first.
    pub index: i32,
    /// The currency of the bill.
    pub currency: Currency,
    /// The first day of the period.
    pub on: Date,
}

/// What a bill is reduced by: read by the preview, the order and the billing run alike.
pub(crate) fn favours(
    tx: &mut Tx<'_>,
    bill: BillOf,
    config: &CommerceConfig,
) -> Result<Favours, CommerceError> {
    let held = match bill.customer {
        Some(customer) => store::qualifications(tx, customer)?,
        None => Vec::new(),
    };
    let (mut reductions, exemption) = qualifications::in_force(&held, bill.on, &config.qualified);
    if let Some(id) = bill.coupon {
        let coupon = store::coupon_by_id(tx, id)?.ok_or(CommerceError::Stored("coupon of a subscription"))?;
        reductions.extend(coupon.reduction(bill.index, bill.currency));
    }
    Ok(Favours { reductions, exemption })
}
