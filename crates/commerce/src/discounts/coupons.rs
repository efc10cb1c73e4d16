//! Coupons: a code that takes something off, for a number of periods, within its days and up to a number of uses.

use jiff::civil::Date;
use mailkeep_storage::sql::Tx;
use mailkeep_types::{Currency, StaffId, new_uuid};
use uuid::Uuid;

use super::{Reduction, store};
use crate::catalogue::config::parse_amount;
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::totals::{DiscountBy, TaxRate};

/// What a coupon takes off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CouponWorth {
    /// A percentage of what its plans come to.
    Percent(TaxRate),
    /// An amount in each of some currencies; on bills in another one it takes nothing off.
    Amounts(Vec<(Currency, i64)>),
}

/// A coupon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coupon {
    /// Its identifier.
    pub id: Uuid,
    /// What customers type; capital letters, digits and hyphens.
    pub code: String,
    /// What it takes off.
    pub worth: CouponWorth,
    /// For how many periods; `None` for as long as the subscription runs.
    pub periods: Option<u32>,
    /// The first day on which it can be used.
    pub from: Date,
    /// The day after the last.
    pub until: Option<Date>,
    /// How often it can be used in all.
    pub most_uses: Option<u32>,
    /// How often it was used.
    pub uses: u32,
    /// The plans it is for, by key; `None` for all.
    pub plans: Option<Vec<String>>,
    /// Who made it.
    pub made_by: StaffId,
    /// Whether it was taken back; what was promised with it stays.
    pub withdrawn: bool,
}

impl Coupon {
    /// What it takes off a bill of a period in a currency; `index` is 0 for the first period.
    pub fn reduction(&self, index: i32, currency: Currency) -> Option<Reduction> {
        if self.periods.is_some_and(|periods| i64::from(index) >= i64::from(periods)) {
            return None;
        }
        let by = match &self.worth {
            CouponWorth::Percent(percent) => DiscountBy::Share(percent.ratio()),
            CouponWorth::Amounts(amounts) => {
                DiscountBy::Amount(amounts.iter().find(|(of, _)| *of == currency)?.1)
            }
        };
        Some(Reduction { name: self.code.clone(), by, plans: self.plans.clone() })
    }

    /// Whether it takes something off bills in a currency.
    pub fn is_worth_in(&self, currency: Currency) -> bool {
        match &self.worth {
            CouponWorth::Percent(_) => true,
            CouponWorth::Amounts(amounts) => amounts.iter().any(|(of, _)| *of == currency),
        }
    }

    /// Where it stands on a day, as far as itself goes.
    pub fn standing(&self, on: Date) -> CouponStanding {
        if self.withdrawn || self.until.is_some_and(|until| until <= on) {
            CouponStanding::Over
        } else if self.most_uses.is_some_and(|most| self.uses >= most) {
            CouponStanding::UsedUp
        } else if on < self.from {
            CouponStanding::NotYet
        } else {
            CouponStanding::InForce
        }
    }
}

/// Where a coupon stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CouponStanding {
    /// It can be used.
    InForce,
    /// Its first day is still to come.
    NotYet,
    /// Its last day is over, or it was taken back.
    Over,
    /// It was used as often as it can be.
    UsedUp,
}

/// Why a code cannot be used for what somebody orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CouponRefusal {
    /// There is none with it.
    Unknown,
    /// Not any more, or not yet.
    NotInForce,
    /// It is for other plans.
    OtherPlan,
    /// It takes nothing off in the currency of the order.
    OtherCurrency,
}

impl CouponRefusal {
    const fn sentence(self) -> &'static str {
        match self {
            CouponRefusal::Unknown => "we do not know this code; please look whether it is typed right",
            CouponRefusal::NotInForce => "this code cannot be used any more, or not yet",
            CouponRefusal::OtherPlan => "this code is for another plan",
            CouponRefusal::OtherCurrency => "this code takes nothing off in the currency in which you buy",
        }
    }
}

/// A coupon to be made, as typed.
#[derive(Debug, Clone, Default)]
pub struct NewCoupon {
    /// What customers type.
    pub code: String,
    /// A percentage such as `25`; or an amount, never both.
    pub percent: String,
    /// Amounts such as `10.00`, by the code of their currency; empty ones are left out.
    pub amounts: Vec<(String, String)>,
    /// For how many periods; empty for as long as the subscription runs.
    pub periods: String,
    /// The first day, e.g. `2026-03-01`; empty for today.
    pub from: String,
    /// The last day; empty when it does not end.
    pub last: String,
    /// How often in all; empty without limit.
    pub most_uses: String,
    /// The plans, by key; none for all.
    pub plans: Vec<String>,
}

/// How codes are compared.
pub(crate) fn normal(code: &str) -> String {
    code.trim().to_uppercase()
}

impl Commerce {
    /// Makes a coupon.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] naming the field that does not fit.
    pub async fn make_coupon(&self, staff: StaffId, new: NewCoupon) -> Result<Uuid, CommerceError> {
        let config = self.config();
        let today = local_date(self.clock().now(), &config.time_zone);
        let coupon = read(new, &config.currencies(), today, staff, new_uuid(&**self.clock()))?;
        let id = coupon.id;
        self.write(move |tx| {
            if store::coupon_by_code(tx, &coupon.code)?.is_some() {
                return Err(CommerceError::invalid("code", "there is a coupon with this code already"));
            }
            for key in coupon.plans.iter().flatten() {
                if crate::catalogue::store::current(tx, key)?.is_none() {
                    return Err(CommerceError::invalid("plans", format!("there is no plan “{key}”")));
                }
            }
            store::insert_coupon(tx, &coupon)?;
            Ok(())
        })
        .await?;
        Ok(id)
    }

    /// Takes a coupon back: it cannot be used any more. Subscriptions that were ordered with it keep it.
    pub async fn withdraw_coupon(&self, id: Uuid) -> Result<(), CommerceError> {
        self.write(move |tx| match store::withdraw_coupon(tx, id)? {
            true => Ok(()),
            false => Err(CommerceError::NotFound("coupon")),
        })
        .await
    }

    /// Every coupon, newest first.
    pub async fn list_coupons(&self) -> Result<Vec<Coupon>, CommerceError> {
        self.read(store::coupons).await
    }
}

fn read(
    new: NewCoupon,
    currencies: &[Currency],
    today: Date,
    made_by: StaffId,
    id: Uuid,
) -> Result<Coupon, CommerceError> {
    let code = normal(&new.code);
    if !(3..=32).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return Err(CommerceError::invalid("code", "write 3 to 32 letters, digits and hyphens"));
    }
    let amounts = new.amounts.iter().filter(|(_, amount)| !amount.trim().is_empty());
    let amounts: Vec<(Currency, i64)> = amounts
        .map(|(code, amount)| {
            let currency = currencies.iter().find(|currency| currency.code() == code);
            let read = currency.and_then(|currency| {
                Some((*currency, parse_amount(amount.trim(), *currency).filter(|minor| *minor > 0)?))
            });
            let message = || format!("write an amount in {code}, such as 10.00");
            read.ok_or_else(|| CommerceError::invalid("amount", message()))
        })
        .collect::<Result<_, _>>()?;
    let worth = match (new.percent.trim(), amounts.is_empty()) {
        ("", false) => CouponWorth::Amounts(amounts),
        (percent, true) if !percent.is_empty() => {
            let read = TaxRate::parse_percent(percent).filter(|percent| percent.0 > 0);
            CouponWorth::Percent(read.ok_or_else(|| {
                CommerceError::invalid("percent", "write a percentage up to 100, such as 25")
            })?)
        }
        _ => return Err(CommerceError::invalid("percent", "write a percentage or an amount, and not both")),
    };
    let number = |field: &'static str, text: &str| match text.trim() {
        "" => Ok(None),
        text => match text.parse::<u32>() {
            Ok(number) if number > 0 => Ok(Some(number)),
            _ => Err(CommerceError::invalid(field, "write a number from 1, or leave it empty")),
        },
    };
    let date = |field: &'static str, text: &str| match text.trim() {
        "" => Ok(None),
        text => text
            .parse::<Date>()
            .map(Some)
            .map_err(|_| CommerceError::invalid(field, "write a date such as 2026-03-01")),
    };
    let from = date("from", &new.from)?.unwrap_or(today);
    let last = date("last", &new.last)?;
    if last.is_some_and(|last| last < from) {
        return Err(CommerceError::invalid("last", "the last day lies before the first"));
    }
    Ok(Coupon {
        id,
        code,
        worth,
        periods: number("periods", &new.periods)?,
        from,
        until: last.map(|last| last.tomorrow().unwrap_or(last)),
        most_uses: number("most_uses", &new.most_uses)?,
        uses: 0,
        plans: (!new.plans.is_empty()).then_some(new.plans),
        made_by,
        withdrawn: false,
    })
}

/// A coupon that can be used by its code on a day, for at least one of some plans and in a currency.
///
/// # Errors
/// [`CommerceError::Invalid`] for the field `coupon`, in words for whoever typed it.
pub(crate) fn usable(
    tx: &mut Tx<'_>,
    code: &str,
    on: Date,
    plans: &[&str],
    currency: Currency,
) -> Result<Coupon, CommerceError> {
    let looked_at = look_at(tx, code, on, plans, currency)?;
    looked_at.map_err(|refusal| CommerceError::invalid("coupon", refusal.sentence()))
}

/// The same, with the reason by its name. Without plans it is not asked whether it is for them.
///
/// # Errors
/// When the database fails.
pub(super) fn look_at(
    tx: &mut Tx<'_>,
    code: &str,
    on: Date,
    plans: &[&str],
    currency: Currency,
) -> Result<Result<Coupon, CouponRefusal>, CommerceError> {
    let Some(coupon) = store::coupon_by_code(tx, &normal(code))? else {
        return Ok(Err(CouponRefusal::Unknown));
    };
    let fits = |plan: &&str| coupon.plans.as_ref().is_none_or(|keys| keys.iter().any(|key| key == plan));
    Ok(if coupon.standing(on) != CouponStanding::InForce {
        Err(CouponRefusal::NotInForce)
    } else if !plans.is_empty() && !plans.iter().any(fits) {
        Err(CouponRefusal::OtherPlan)
    } else if !coupon.is_worth_in(currency) {
        Err(CouponRefusal::OtherCurrency)
    } else {
        Ok(coupon)
    })
}
