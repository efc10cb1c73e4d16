//! Collecting what is owed on an invoice with the card that may be charged for it.

use jiff::civil::Date;
use mailkeep_policy::{Act, Actor, Fact, Place, Sealed, Subject, Use, category, purpose};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{InvoiceId, Money, PaymentAttemptId, PaymentMethodId, new_uuid};

use super::{Invoice, store};
use crate::commerce::{Commerce, local_date};
use crate::credits::apply::apply_credit;
use crate::credits::{self, CreditKind};
use crate::dunning::{LastDecline, NextAttempt};
use crate::error::CommerceError;
use crate::payments::{self, Attempt, AttemptKind, AttemptStatus};
use crate::processor::{Answer, Outcome, StoredCard};
use crate::services::block;
use crate::{disputes, journal, notices};

/// What collecting came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collected {
    /// Nothing is owed any more.
    Settled,
    /// The card is tried again on this day.
    RetryOn(Date),
    /// The customer has to give another card.
    NeedsCard,
    /// The processor will tell.
    Waiting,
}

enum Step {
    Done(Collected),
    Charge(Box<Attempt>, PaymentMethodId),
}

impl Commerce {
    /// Charges an invoice when it is time: an attempt without an answer is asked for first, soft declines are tried
    /// again on the calendar, a hard decline asks for another card. Only a card that the customer permitted for the
    /// subscriptions on the invoice is charged.
    ///
    /// # Errors
    /// [`CommerceError::ProcessorUnknown`] while the processor does not answer.
    pub async fn collect_invoice(&self, id: InvoiceId) -> Result<Collected, CommerceError> {
        let new_id = PaymentAttemptId::new(&**self.clock());
        let (processor, retries) = (self.processor().name(), self.config().retries.clone());
        let commerce = self.clone();
        let step = self
            .write(move |tx| {
                let invoice = store::find(tx, id)?.ok_or(CommerceError::NotFound("invoice"))?;
                if invoice.open_minor <= 0 {
                    return Ok(Step::Done(Collected::Settled));
                }
                // A bank decides about a payment of it: until then nothing more is asked.
                if disputes::store::is_open(tx, id)? {
                    return Ok(Step::Done(Collected::Waiting));
                }
                let all = payments::store::of_invoice(tx, id)?;
                // The payer is paying on the processor's page: what they captured comes first.
                if all.iter().any(|a| a.kind == AttemptKind::Capture && !a.status.is_final()) {
                    return Ok(Step::Done(Collected::Waiting));
                }
                let attempts: Vec<Attempt> =
                    all.into_iter().filter(|a| a.kind == AttemptKind::Charge).collect();
                if let Some(open) = attempts.last().filter(|attempt| !attempt.status.is_final()) {
                    let method = open.method.ok_or(CommerceError::Stored("charge without a card"))?;
                    return Ok(Step::Charge(Box::new(open.clone()), method));
                }
                let zone = store::zone(tx, id)?.unwrap_or_else(|| "UTC".to_owned());
                let today = local_date(tx.now(), &zone);
                let invoice = apply_credit(tx, &**commerce.clock(), invoice, today)?;
                if invoice.open_minor <= 0 {
                    return Ok(Step::Done(Collected::Settled));
                }
                let Some(method) = payments::store::permitted_for_invoice(tx, id)? else {
                    return Ok(Step::Done(Collected::NeedsCard));
                };
                // A new card begins a new round.
                let with_card: Vec<&Attempt> =
                    attempts.iter().filter(|attempt| attempt.method == Some(method)).collect();
                let days: Vec<Date> = with_card.iter().map(|attempt| attempt.local_day).collect();
                let last = match with_card.last().map(|attempt| attempt.status) {
                    Some(AttemptStatus::DeclinedHard) => LastDecline::Hard,
                    _ => LastDecline::Soft,
                };
                match retries.next(&days, last, today) {
                    NextAttempt::AskForNewCard => Ok(Step::Done(Collected::NeedsCard)),
                    NextAttempt::On(day) if day > today => Ok(Step::Done(Collected::RetryOn(day))),
                    NextAttempt::On(_) => {
                        let attempt = Attempt {
                            id: new_id,
                            kind: AttemptKind::Charge,
                            order: None,
                            invoice: Some(id),
                            ordinal: attempts.last().map_or(1, |last| last.ordinal + 1),
                            customer: invoice.customer,
                            method: Some(method),
                            amount: invoice.open(),
                            reference: None,
                            page_url: None,
                            status: AttemptStatus::Created,
                            decline_code: None,
                            local_day: today,
                        };
                        payments::store::insert(tx, &attempt, processor)?;
                        Ok(Step::Charge(Box::new(attempt), method))
                    }
                }
            })
            .await?;
        let (attempt, method) = match step {
            Step::Done(collected) => return Ok(collected),
            Step::Charge(attempt, method) => (attempt, method),
        };
        let card = self.open_card(&attempt, method).await?;
        let answer =
            self.answer_of(&attempt, || self.processor().charge(attempt.id, &card, attempt.amount)).await?;
        self.book_charge(&attempt, answer).await
    }

    /// Opens the card's token for a charge: the invoice is due, and the ledger says so.
    async fn open_card(
        &self,
        attempt: &Attempt,
        method: PaymentMethodId,
    ) -> Result<StoredCard, CommerceError> {
        let invoice = attempt.invoice.ok_or(CommerceError::Stored("charge without an invoice"))?;
        let sealed = self
            .read(move |tx| payments::store::method_token(tx, method)?.ok_or(CommerceError::NotFound("card")))
            .await?;
        let grant = self
            .policy()
            .grant::<purpose::Deliver>(Use {
                actor: Actor::System("billing run"),
                subject: Subject::customer(attempt.customer),
                act: Act::Read,
                fields: &["payment_methods.token"],
                fact: Fact::DueInvoice(invoice),
            })
            .await?;
        let place = Place { table: "payment_methods", column: "token", row: method.uuid() };
        let sealed = Sealed::<String, category::PaymentToken>::from_bytes(sealed);
        Ok(self
            .policy()
            .open(&grant, place, &sealed, |token| StoredCard { token: token.clone(), face: None })?)
    }

    /// Writes the answer to a charge: balance, journal and blocks in one transaction.
    async fn book_charge(&self, attempt: &Attempt, answer: Answer) -> Result<Collected, CommerceError> {
        let (attempt, entry_id, commerce) = (attempt.clone(), new_uuid(&**self.clock()), self.clone());
        let retries = self.config().retries.clone();
        self.write(move |tx| {
            let id = attempt.invoice.ok_or(CommerceError::Stored("charge without an invoice"))?;
            let first_time = payments::store::set_answer(tx, attempt.id, &answer)?;
            let invoice = store::find(tx, id)?.ok_or(CommerceError::NotFound("invoice"))?;
            let person = store::person(tx, id)?;
            match &answer.outcome {
                Outcome::Succeeded => {
                    if first_time {
                        settle(tx, &invoice, &attempt, entry_id)?;
                        if let Some(person) = person {
                            let template = "commerce/payment_received";
                            let key = attempt.id.to_string();
                            let policy = commerce.policy();
                            notices::invoice(tx, policy, template, person, &invoice, attempt.amount, &key)?;
                        }
                    }
                    Ok(Collected::Settled)
                }
                Outcome::Declined { hard, .. } => {
                    if let Some(person) = person.filter(|_| first_time) {
                        let key = attempt.id.to_string();
                        let template = "commerce/payment_failed";
                        notices::invoice(
                            tx,
                            commerce.policy(),
                            template,
                            person,
                            &invoice,
                            attempt.amount,
                            &key,
                        )?;
                    }
                    let attempts = payments::store::of_invoice(tx, id)?;
                    let same_card =
                        |a: &&Attempt| a.kind == AttemptKind::Charge && a.method == attempt.method;
                    let days: Vec<Date> = attempts.iter().filter(same_card).map(|a| a.local_day).collect();
                    let last = if *hard { LastDecline::Hard } else { LastDecline::Soft };
                    Ok(match retries.next(&days, last, attempt.local_day) {
                        NextAttempt::On(day) => Collected::RetryOn(day),
                        NextAttempt::AskForNewCard => Collected::NeedsCard,
                    })
                }
                Outcome::ActionRequired | Outcome::Pending => Ok(Collected::Waiting),
            }
        })
        .await
    }
}

/// Books a successful payment of an invoice: balance, journal, and the blocks that only this invoice held.
pub(crate) fn settle(
    tx: &mut Tx<'_>,
    invoice: &Invoice,
    attempt: &Attempt,
    entry_id: uuid::Uuid,
) -> Result<(), CommerceError> {
    let paid = attempt.amount.minor.min(invoice.open_minor.max(0));
    if !store::add_payment(tx, invoice.id, paid)? {
        return Err(CommerceError::Stored("payment of more than is owed"));
    }
    // A transfer may have come while the card was charged: money that is here is the customer's, not an error.
    let over = Money::new(attempt.amount.minor - paid, attempt.amount.currency);
    let (id, customer, booked_on) = (attempt.id.uuid(), invoice.customer, attempt.local_day);
    if over.minor > 0 {
        credits::store::insert(tx, entry_id, customer, CreditKind::Overpaid, id, over)?;
    }
    let entry = journal::entry::payment_received(id, customer, booked_on, attempt.amount, over.minor);
    journal::store::book(tx, entry_id, &entry)?;
    block::lift_paid(tx, invoice.id)
}
