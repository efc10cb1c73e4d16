//! Add-ons: what every mailbox of a subscription has besides, such as an archive.
//!
//! An add-on is for all mailboxes of its subscription, and its number follows theirs: a mailbox that is added is billed with
//! it, one that goes takes it along. It is ordered with the plan, or added at once to a subscription that runs, for what is
//! left of the term ([`add`]); it is removed with the end of the term, and until then that can be taken back ([`remove`]).
//! What it grants (see [`Grants`]) reaches the mail side with the desired state, and goes from it on the day on which it ends
//! ([`end`]). A plan sells its own add-ons; one that the next plan does not sell ends where that plan begins.
//!
//! [`Grants`]: crate::classes::grants::Grants

pub mod add;
pub mod end;
pub mod list;
pub mod remove;
pub mod store;
#[cfg(test)]
mod tests;

pub(crate) use end::end_unsold;

use jiff::civil::Date;
use mailkeep_storage::sql::Tx;
use mailkeep_types::{Currency, SubscriptionId};
use uuid::Uuid;

use crate::catalogue::PlanVersion;
use crate::classes::ClassLimits;
use crate::commerce::local_date;
use crate::error::CommerceError;
use crate::periods::Interval;
use crate::services::Service;
use crate::subscriptions;

/// Something that a subscription has, or had, besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddOn {
    /// Names it for ever.
    pub id: Uuid,
    /// Of which subscription.
    pub subscription: SubscriptionId,
    /// Which add-on of its plan.
    pub key: String,
    /// Its first day.
    pub since: Date,
    /// The first day without it, once it is to go.
    pub until: Option<Date>,
}

impl AddOn {
    /// Whether it is had on a day.
    pub fn is_had_on(&self, day: Date) -> bool {
        self.since <= day && self.until.is_none_or(|until| day < until)
    }
}

/// Refuses what a plan does not sell for a term in a currency, and what is named twice.
///
/// # Errors
/// [`CommerceError::Invalid`] for the field `add_ons`.
pub(crate) fn refuse_unsold(
    plan: &PlanVersion,
    currency: Currency,
    interval: Interval,
    keys: &[String],
) -> Result<(), CommerceError> {
    let sold = plan.add_ons_in(currency, interval);
    for (at, key) in keys.iter().enumerate() {
        if !sold.iter().any(|add_on| add_on.key == *key) {
            let name = plan.sheet.add_on(key).map_or(key, |add_on| &add_on.name);
            let message = format!("{} is not sold with “{name}” for this term; leave it out", plan.name);
            return Err(CommerceError::invalid("add_ons", message));
        }
        if keys.iter().take(at).any(|other| other == key) {
            return Err(CommerceError::invalid("add_ons", "name each of them once"));
        }
    }
    Ok(())
}

/// What a service is granted: what its plan says, with what it has besides today, and the space of that.
pub(crate) fn with_granted(
    tx: &mut Tx<'_>,
    service: &Service,
    plan: &PlanVersion,
) -> Result<(ClassLimits, u32), CommerceError> {
    let id = service.subscription;
    let subscription = subscriptions::store::find(tx, id)?.ok_or(CommerceError::NotFound("subscription"))?;
    let today = local_date(tx.now(), &subscription.time_zone);
    let (mut limits, mut more_quota_mb) = (plan.limits.clone(), 0u32);
    for had in store::of_subscription(tx, id)?.iter().filter(|add_on| add_on.is_had_on(today)) {
        if let Some(add_on) = plan.sheet.add_on(&had.key) {
            limits = limits.with(add_on.grants);
            more_quota_mb = more_quota_mb.saturating_add(add_on.grants.more_quota_mb);
        }
    }
    Ok((limits, more_quota_mb))
}

/// Keys as they are stored: with a space between them.
pub(crate) fn keys_text(keys: &[String]) -> String {
    keys.join(" ")
}

/// Reads stored keys.
pub(crate) fn keys_of(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}
