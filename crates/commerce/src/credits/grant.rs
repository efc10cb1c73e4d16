//! Credit that staff give, and take back as long as it is there.

use mailkeep_types::{CustomerId, Money, StaffId, new_uuid};
use uuid::Uuid;

use super::{CreditKind, GrantReason, store};
use crate::brands;
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::{journal, notices, subscriptions};

/// Credit to be given, or with a minus to be taken back.
#[derive(Debug, Clone, Copy)]
pub struct Grant {
    /// Names the act: sent twice it is done once.
    pub id: Uuid,
    /// Whose account.
    pub customer: CustomerId,
    /// How much, in minor units of the customer's currency.
    pub amount_minor: i64,
    /// Why.
    pub reason: GrantReason,
}

impl Commerce {
    /// Gives credit, or takes it back; returns what is on the account then.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for the field `amount` when it is none, or more than there is to take back.
    pub async fn grant_credit(&self, staff: StaffId, grant: Grant) -> Result<Money, CommerceError> {
        if grant.amount_minor == 0 {
            return Err(CommerceError::invalid("amount", "write an amount such as 12.50"));
        }
        let (config, policy) = (self.config().clone(), self.policy().clone());
        let entry_id = new_uuid(&**self.clock());
        self.write(move |tx| {
            let (id, customer) = (grant.id, grant.customer);
            let currency = config.currency_of(&brands::of_customer(tx, customer)?);
            let amount = Money::new(grant.amount_minor, currency);
            let held = store::balance(tx, customer, currency)?;
            if !store::insert_grant(tx, id, customer, amount, grant.reason, staff)? {
                return Ok(Money::new(held, currency));
            }
            if held + amount.minor < 0 {
                let message = format!("there is {} on the account", Money::new(held, currency));
                return Err(CommerceError::invalid("amount", message));
            }
            let kind = if amount.minor > 0 { CreditKind::Granted } else { CreditKind::TakenBack };
            store::insert(tx, id, customer, kind, id, amount)?;
            let on = local_date(tx.now(), &config.time_zone);
            journal::store::book(tx, entry_id, &journal::entry::credit_granted(id, customer, on, amount))?;
            // Whoever ordered something is told; a customer without anything has nobody to be written to about money.
            if let Some(subscription) = subscriptions::store::of_customer(tx, customer)?.first() {
                notices::credit_granted(tx, &policy, subscription.person, id, amount)?;
            }
            Ok(Money::new(held + amount.minor, currency))
        })
        .await
    }
}
