//! Saying what a change comes to, before it is asked for.

use jiff::civil::Date;
use mailkeep_storage::sql::Tx;
use mailkeep_types::{CustomerId, SubscriptionId};

use super::compute::Change;
use super::{AskedBy, ChangePreview, When, Wish, store};
use crate::catalogue::{self, PlanVersion};
use crate::commerce::{Commerce, local_date};
use crate::counts::{self, Count, Stage};
use crate::discounts::{BillOf, Favours, favours};
use crate::error::CommerceError;
use crate::months::due::{self, Known};
use crate::periods::Interval;
use crate::subscriptions::{self, Subscription, SubscriptionStatus};
use crate::taxes::{TaxParty, rates};

/// A wish that may be fulfilled, with what is known.
pub(super) struct Allowed {
    pub known: Known,
    pub to: PlanVersion,
    pub favours: Favours,
    pub today: Date,
}

impl Allowed {
    /// What the change is computed from.
    pub(super) fn change<'a>(&'a self, wish: &Wish) -> Change<'a> {
        Change {
            known: &self.known,
            to: &self.to,
            interval: wish.interval,
            mailboxes: wish.mailboxes.max(match wish.when {
                // What is paid for stays paid for until the renewal.
                When::Now => self.known.covered.mailboxes,
                When::NextBilling => 0,
            }),
            reductions: &self.favours.reductions,
            today: self.today,
        }
    }
}

impl Commerce {
    /// What a change comes to, by the function that bills it.
    ///
    /// # Errors
    /// [`CommerceError::State`] when the term does not allow it, with the earliest date; [`CommerceError::Invalid`] when the
    /// plan is not on offer or has no room for what is held.
    pub async fn preview_change(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
        wish: Wish,
        asked_by: AskedBy,
        party: TaxParty,
    ) -> Result<ChangePreview, CommerceError> {
        let commerce = self.clone();
        self.read(move |tx| {
            let allowed = commerce.allow(tx, customer, id, &wish, asked_by)?;
            let config = commerce.config();
            let change = allowed.change(&wish);
            let rules = rates::rules(tx, &config.tax)?;
            let taxes = commerce.taxes_of(
                &rules,
                &allowed.known.brand,
                party,
                allowed.today,
                allowed.favours.exemption.clone(),
            );
            let subscription = &allowed.known.subscription;
            let later = change.later(&config, &taxes)?;
            let now = match wish.when {
                When::NextBilling => None,
                When::Now => {
                    let old = store::lines_beyond(tx, id, allowed.today)?;
                    Some(change.now(&config, &taxes, &old)?.priced)
                }
            };
            let effective_on = match wish.when {
                When::Now => allowed.today,
                When::NextBilling => subscription.next_on,
            };
            Ok(ChangePreview {
                ends: allowed.known.ends_with(effective_on, &allowed.to, wish.interval),
                from: allowed.known.plan.clone(),
                to: allowed.to.clone(),
                interval: wish.interval,
                mailboxes: change.mailboxes,
                effective_on,
                now,
                later,
                next_billing: config.month.invoice_until(subscription.next_on).max(allowed.today),
            })
        })
        .await
    }

    /// Whether a wish may be fulfilled; everything that decides what it comes to.
    pub(super) fn allow(
        &self,
        tx: &mut Tx<'_>,
        customer: CustomerId,
        id: SubscriptionId,
        wish: &Wish,
        asked_by: AskedBy,
    ) -> Result<Allowed, CommerceError> {
        let subscription = subscriptions::store::find(tx, id)?
            .filter(|subscription| subscription.customer == customer)
            .ok_or(CommerceError::NotFound("subscription"))?;
        let today = local_date(tx.now(), &subscription.time_zone);
        refuse_by_term(&subscription, wish, asked_by, today)?;
        let count = counts::store::newest(tx, id)?.unwrap_or(Count {
            subscription: id,
            invoice_on: today,
            stage: Stage::First,
            domains: Vec::new(),
            counted_on: today,
        });
        let on_offer = catalogue::store::on_offer(tx, &wish.plan_key)?;
        let known = due::know(tx, subscription, count, &self.config())?;
        // Whoever stays with their plan keeps the version they were sold.
        let to = if known.plan.key == wish.plan_key && known.plan.price(wish.interval).is_some() {
            known.plan.clone()
        } else {
            on_offer
                .filter(|plan| self.config().sells(&known.brand, &plan.key))
                .map(|plan| known.subscription.billed_as(plan))
                .ok_or_else(|| CommerceError::invalid("plan", "this plan is not on offer; choose another"))?
        };
        if to.price(wish.interval).is_none() {
            let message = format!("{} is not sold for this term; choose another", to.name);
            return Err(CommerceError::invalid("interval", message));
        }
        let held = known.count.open().saturating_add(known.count.closed());
        if !to.allows(wish.mailboxes.max(held)) {
            let message = match to.most_mailboxes {
                most if most > 0 && held > most => {
                    format!(
                        "{} has at most {most} mailboxes, and {held} are held; delete some first",
                        to.name
                    )
                }
                most if most > 0 && wish.mailboxes > most => {
                    format!("{} has at most {most} mailboxes", to.name)
                }
                _ => format!("{} begins with {} mailboxes", to.name, to.fewest_mailboxes),
            };
            return Err(CommerceError::invalid("mailboxes", message));
        }
        let same = known.subscription.interval == wish.interval && known.plan.id == to.id;
        if same && known.subscription.mailboxes == wish.mailboxes {
            return Err(CommerceError::invalid("plan", "this is what you have; choose something else"));
        }
        let bill = BillOf {
            customer: Some(customer),
            coupon: known.subscription.coupon,
            index: known.subscription.next_index - i32::from(wish.when == When::Now),
            currency: to.currency,
            on: today,
        };
        let favours = favours(tx, bill, &self.config())?;
        Ok(Allowed { known, to, favours, today })
    }
}

/// The rules of terms: a longer one begins with the next billing, a shorter one with the renewal and through a person.
fn refuse_by_term(
    subscription: &Subscription,
    wish: &Wish,
    asked_by: AskedBy,
    today: Date,
) -> Result<(), CommerceError> {
    let state = |message: String| Err(CommerceError::State(message));
    if subscription.status != SubscriptionStatus::Active {
        return state("this subscription has ended; order again to go on".to_owned());
    }
    if subscription.cancel_at_end {
        return state("this subscription is cancelled; take that back first".to_owned());
    }
    if wish.interval != subscription.interval && wish.when == When::Now {
        return state(format!("another term begins with the next billing, on {}", subscription.next_on));
    }
    let shorter = wish.interval.months() < subscription.interval.months();
    if shorter && subscription.interval == Interval::Annual && asked_by == AskedBy::Customer {
        return state(format!(
            "the annual term runs until {}; a shorter one can begin on that day at the earliest: write to us before it",
            subscription.next_on
        ));
    }
    if wish.when == When::Now && subscription.next_on <= today {
        return state("the next period is being billed; try again in a few minutes".to_owned());
    }
    Ok(())
}
