//! Deciding about a claim takes two people: one records what they found, another one grants or refuses.

use mailkeep_policy::{Personal, Place, Subject, category};
use mailkeep_types::{Money, PaymentAttemptId, StaffId, new_uuid};
use uuid::Uuid;

use super::{Claim, ClaimStatus, RefusedBecause, store};
use crate::commerce::{Commerce, local_date};
use crate::credits::{self, CreditKind};
use crate::error::CommerceError;
use crate::payments::{self, AttemptKind, AttemptStatus};
use crate::{journal, notices};

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
            for told in store::of_customer(tx, attempt.customer)? {
                if told.payment == payment {
                    store::set_recorded(tx, told.id, staff)?;
                }
            }
            Ok(id)
        })
        .await
    }

    /// Approves a claim that another member of staff recorded: the amount is credit on the customer's account.
    ///
    /// # Errors
    /// [`CommerceError::Staff`] when the same person recorded it, or it is decided.
    pub async fn approve_cover(&self, staff: StaffId, case: Uuid) -> Result<Money, CommerceError> {
        let (entry_id, policy) = (new_uuid(&**self.clock()), self.policy().clone());
        self.write(move |tx| {
            let found = store::cover(tx, case)?.ok_or(CommerceError::NotFound("case"))?;
            if found.recorded_by == staff {
                return Err(CommerceError::Staff("somebody else must approve what you recorded".to_owned()));
            }
            if !store::approve_cover(tx, case, staff)? {
                return Err(CommerceError::Staff("this case is decided already".to_owned()));
            }
            credits::store::insert(tx, case, found.customer, CreditKind::Cover, case, found.amount)?;
            let on = local_date(tx.now(), "UTC");
            let entry = journal::entry::cover_granted(case, found.customer, on, found.amount);
            journal::store::book(tx, entry_id, &entry)?;
            if let Some(claim) = store::recorded(tx, found.payment)? {
                store::decide(tx, claim.id, staff, ClaimStatus::Granted, None)?;
                notices::cover_decided(tx, &policy, &claim, true)?;
            }
            Ok(found.amount)
        })
        .await
    }

    /// Records what was found about a claim, so that another member of staff can grant it.
    ///
    /// # Errors
    /// [`CommerceError::Staff`] when it does not wait for that, as well as for the reasons of [`Commerce::claim_cover`].
    pub async fn record_cover_findings(
        &self,
        staff: StaffId,
        id: Uuid,
        findings: String,
    ) -> Result<(), CommerceError> {
        if !(10..=2000).contains(&findings.trim().chars().count()) {
            let message = "write what was found, in 10 to 2000 characters";
            return Err(CommerceError::invalid("findings", message));
        }
        let claim = self.find_cover_claim(id).await?;
        if claim.status != ClaimStatus::Open {
            return Err(decided_already());
        }
        let told = CoverClaim {
            payment: claim.payment,
            amount_minor: claim.amount.minor,
            customer_at_fault: false,
            findings,
        };
        self.claim_cover(staff, told).await.map(drop)
    }

    /// Grants a claim whose findings another member of staff recorded.
    ///
    /// # Errors
    /// [`CommerceError::Staff`] when the same person recorded them, or it does not wait for that.
    pub async fn grant_cover(&self, staff: StaffId, id: Uuid) -> Result<Money, CommerceError> {
        let claim = self.find_cover_claim(id).await?;
        if claim.status != ClaimStatus::Recorded {
            return Err(decided_already());
        }
        let case = self.read(move |tx| Ok(store::case_of(tx, claim.payment)?)).await?;
        self.approve_cover(staff, case.ok_or(CommerceError::NotFound("case"))?).await
    }

    /// Refuses a claim, with or without findings, for a reason that the customer reads.
    ///
    /// # Errors
    /// [`CommerceError::Staff`] when it is decided already.
    pub async fn refuse_cover(
        &self,
        staff: StaffId,
        id: Uuid,
        reason: RefusedBecause,
    ) -> Result<(), CommerceError> {
        let policy = self.policy().clone();
        self.write(move |tx| {
            let claim: Claim = store::find(tx, id)?.ok_or(CommerceError::NotFound("claim"))?;
            if !store::decide(tx, id, staff, ClaimStatus::Refused, Some(reason))? {
                return Err(decided_already());
            }
            store::delete_cover(tx, claim.payment)?;
            notices::cover_decided(tx, &policy, &claim, false)
        })
        .await
    }
}

fn decided_already() -> CommerceError {
    CommerceError::Staff("somebody was here before you; look at it again".to_owned())
}
