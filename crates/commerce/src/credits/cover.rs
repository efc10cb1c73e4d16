//! Cover for a misused card: what a bank leaves to the customer is credit on their account, up to a bound.
//!
//! Two people decide: one records the claim with what they found, another one approves it. Only a misuse without the
//! customer's fault, on a payment that was made here, is covered.

use mailkeep_policy::{Personal, Place, Subject, category};
use mailkeep_types::{Money, PaymentAttemptId, StaffId, new_uuid};
use uuid::Uuid;

use super::{CreditKind, store};
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::journal;
use crate::payments::{self, AttemptKind, AttemptStatus};

/// A claim as staff records it.
#[derive(Debug, Clone)]
pub struct CoverClaim {
    /// The payment with the misused card.
    pub payment: PaymentAttemptId,
    /// What the bank leaves to the customer, in minor units.
    pub amount_minor: i64,
    /// Whether the customer had a part in the misuse.
    pub customer_at_fault: bool,
    /// What was found.
    pub findings: String,
}

impl Commerce {
    /// Records a claim for another member of staff to approve.
    ///
    /// # Errors
    /// [`CommerceError::Staff`] when the customer had a part in it, more than the bound is asked, or the payment was not
    /// made here.
    pub async fn claim_cover(&self, staff: StaffId, claim: CoverClaim) -> Result<Uuid, CommerceError> {
        if claim.customer_at_fault {
            return Err(CommerceError::Staff(
                "a misuse in which the customer had a part is not covered".to_owned(),
            ));
        }
        let payment = claim.payment;
        let attempt = self
            .read(move |tx| payments::store::find(tx, payment))
            .await?
            .filter(|a| matches!(a.kind, AttemptKind::Capture | AttemptKind::Charge))
            .filter(|a| a.status == AttemptStatus::Succeeded)
            .ok_or_else(|| CommerceError::Staff("only a payment that was made here is covered".to_owned()))?;
        let currency = attempt.amount.currency;
        let most = self.config().payments.cover_limit(currency);
        if claim.amount_minor <= 0 || claim.amount_minor > most.minor.min(attempt.amount.minor) {
            return Err(CommerceError::Staff(format!(
                "cover is at most {most}, and no more than was paid ({})",
                attempt.amount
            )));
        }
        let id = new_uuid(&**self.clock());
        let place = Place { table: "cover_cases", column: "findings", row: id };
        let findings: Personal<_, category::FraudSignal> = Personal::new(claim.findings.clone());
        let findings =
            self.policy().seal(Subject::customer(attempt.customer), place, &findings)?.into_bytes();
        let amount = Money::new(claim.amount_minor, currency);
        self.write(move |tx| {
            if store::cover_of(tx, payment)? {
                return Err(CommerceError::Staff("this payment has a case already".to_owned()));
            }
            store::insert_cover(tx, id, attempt.customer, payment, amount, &findings, staff)?;
            Ok(id)
        })
        .await
    }

    /// Approves a claim that another member of staff recorded: the amount is credit on the customer's account.
    ///
    /// # Errors
    /// [`CommerceError::Staff`] when the same person recorded it, or it is decided.
    pub async fn approve_cover(&self, staff: StaffId, case: Uuid) -> Result<Money, CommerceError> {
        let entry_id = new_uuid(&**self.clock());
        self.write(move |tx| {
            let found = store::cover(tx, case)?.ok_or(CommerceError::NotFound("case"))?;
            if found.recorded_by == staff {
                return Err(CommerceError::Staff("somebody else must approve what you recorded".to_owned()));
            }
            if !store::approve_cover(tx, case, staff)? {
                return Err(CommerceError::Staff("this case is decided already".to_owned()));
            }
            store::insert(tx, case, found.customer, CreditKind::Cover, case, found.amount)?;
            let on = local_date(tx.now(), "UTC");
            let entry = journal::entry::cover_granted(case, found.customer, on, found.amount);
            journal::store::book(tx, entry_id, &entry)?;
            Ok(found.amount)
        })
        .await
    }
}
