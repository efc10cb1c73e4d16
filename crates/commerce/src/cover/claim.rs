//! A customer tells of a misused card.

use jiff::civil::Date;
use mailkeep_types::{CustomerId, Money, PaymentAttemptId, PersonId};
use uuid::Uuid;

use super::{Claim, ClaimStatus, How, store};
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::payments::{self, Attempt, AttemptKind, AttemptStatus};

/// A claim as a contact of the customer makes it.
#[derive(Debug, Clone)]
pub struct NewClaim {
    /// Names the act: sent twice it is made once.
    pub id: Uuid,
    /// The payment with the misused card.
    pub payment: PaymentAttemptId,
    /// What the bank leaves to the customer, in minor units of the payment's currency.
    pub amount_minor: i64,
    /// How it happened.
    pub how: How,
    /// On which day the bank heard of it.
    pub reported_on: Date,
    /// Whether they say that they had no part in it.
    pub not_at_fault: bool,
}

impl Commerce {
    /// Takes a claim in.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] naming the field that does not fit.
    pub async fn open_cover_claim(
        &self,
        customer: CustomerId,
        person: PersonId,
        new: NewClaim,
    ) -> Result<Uuid, CommerceError> {
        if !new.not_at_fault {
            let message = "we cover a misuse in which you had no part; please say so if it is";
            return Err(CommerceError::invalid("not_at_fault", message));
        }
        let config = self.config().clone();
        self.write(move |tx| {
            if let Some(same) = store::find(tx, new.id)?.filter(|same| same.customer == customer) {
                return Ok(same.id);
            }
            let payment = payments::store::find(tx, new.payment)?
                .filter(|attempt| attempt.customer == customer && is_payment(attempt))
                .ok_or_else(|| CommerceError::invalid("payment", "choose a payment that was made here"))?;
            let currency = payment.amount.currency;
            let most = config.payments.cover_limit(currency);
            if new.amount_minor <= 0 || new.amount_minor > most.minor.min(payment.amount.minor) {
                let message =
                    format!("we cover at most {most}, and no more than was paid ({})", payment.amount);
                return Err(CommerceError::invalid("amount", message));
            }
            let today = local_date(tx.now(), &config.time_zone);
            if new.reported_on > today || new.reported_on < payment.local_day {
                let message = "write the day on which you told your bank, after the payment";
                return Err(CommerceError::invalid("reported_on", message));
            }
            if store::is_claimed(tx, new.payment)? {
                return Err(CommerceError::invalid("payment", "there is a case about this payment already"));
            }
            let claim = Claim {
                id: new.id,
                customer,
                person,
                payment: new.payment,
                amount: Money::new(new.amount_minor, currency),
                how: new.how,
                reported_on: new.reported_on,
                claimed_at: tx.now(),
                status: ClaimStatus::Open,
                refused_because: None,
                recorded_by: None,
                recorded_at: None,
                decided_by: None,
                decided_at: None,
            };
            store::insert_claim(tx, &claim)?;
            Ok(claim.id)
        })
        .await
    }

    /// The payments of a customer for which a claim can be made, newest first.
    pub async fn claimable_payments(&self, customer: CustomerId) -> Result<Vec<Attempt>, CommerceError> {
        self.read(move |tx| {
            let mut payments = payments::store::of_customer(tx, customer)?;
            payments.retain(is_payment);
            let mut free = Vec::with_capacity(payments.len());
            for payment in payments {
                if !store::is_claimed(tx, payment.id)? {
                    free.push(payment);
                }
            }
            Ok(free)
        })
        .await
    }
}

/// Whether an attempt took money.
pub(super) fn is_payment(attempt: &Attempt) -> bool {
    matches!(attempt.kind, AttemptKind::Capture | AttemptKind::Charge)
        && attempt.status == AttemptStatus::Succeeded
}
