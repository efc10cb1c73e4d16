//! Taking in what the processor says about the disputes of a payment: money apart, back, or owed again.

use jiff::civil::Date;
use mailkeep_storage::sql::Tx;
use mailkeep_types::{DisputeId, InvoiceId, Money, new_uuid};

use super::{Dispute, DisputeState, store};
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::payments::{self, Attempt};
use crate::periods::days_between;
use crate::processor::DisputeAnswer;
use crate::{invoices, journal, notices, orders};

impl Commerce {
    /// Asks the processor about the disputes of a payment that succeeded, and books what changed.
    ///
    /// # Errors
    /// [`CommerceError::ProcessorUnknown`] while the processor does not answer.
    pub(crate) async fn take_disputes(&self, payment: &Attempt) -> Result<(), CommerceError> {
        let reference =
            payment.reference.as_deref().ok_or(CommerceError::Stored("payment without a reference"))?;
        let answers = self.processor().disputes(reference).await?;
        for answer in answers {
            let (commerce, payment) = (self.clone(), payment.clone());
            self.write(move |tx| take(tx, &commerce, &payment, &answer)).await?;
        }
        Ok(())
    }

    /// Looks at the payments of all open disputes: a message of the processor may have been lost.
    pub(crate) async fn take_open_disputes(&self) -> Result<(), CommerceError> {
        for id in self.read(|tx| Ok(store::open_payments(tx)?)).await? {
            let payment = self
                .read(move |tx| payments::store::find(tx, id))
                .await?
                .ok_or(CommerceError::NotFound("payment"))?;
            if let Err(error) = self.take_disputes(&payment).await {
                tracing::warn!(payment = %id, code = error.code(), %error, "a dispute cannot be looked at yet");
            }
        }
        Ok(())
    }
}

fn take(
    tx: &mut Tx<'_>,
    commerce: &Commerce,
    payment: &Attempt,
    answer: &DisputeAnswer,
) -> Result<(), CommerceError> {
    let processor = commerce.processor().name();
    let dispute = match store::by_reference(tx, processor, &answer.reference)? {
        Some(known) => known,
        None => open(tx, commerce, payment, answer)?,
    };
    if dispute.due_at != answer.due_at && dispute.state == DisputeState::NeedsResponse {
        store::set_due(tx, dispute.id, answer.due_at)?;
    }
    if !dispute.state.may_become(answer.state)
        || !store::move_on(tx, dispute.id, dispute.state, answer.state)?
    {
        return Ok(());
    }
    if answer.state == DisputeState::UnderReview {
        // It has our answer, also when the outcome of the call was lost.
        store::set_answered(tx, dispute.id)?;
    }
    match answer.state {
        DisputeState::NeedsResponse | DisputeState::UnderReview => Ok(()),
        DisputeState::Won => close(tx, commerce, &dispute, true),
        DisputeState::Lost => close(tx, commerce, &dispute, false),
    }
}

/// The bank took the money back: it lies apart until the bank decides.
fn open(
    tx: &mut Tx<'_>,
    commerce: &Commerce,
    payment: &Attempt,
    answer: &DisputeAnswer,
) -> Result<Dispute, CommerceError> {
    let invoice = match (payment.invoice, payment.order) {
        (Some(invoice), _) => Some(invoice),
        (None, Some(order)) => orders::store::find(tx, order)?.and_then(|order| order.invoice),
        (None, None) => None,
    };
    let invoice = invoice.ok_or(CommerceError::Stored("payment without an invoice"))?;
    let found = invoices::store::find(tx, invoice)?.ok_or(CommerceError::NotFound("invoice"))?;
    let dispute = Dispute {
        id: DisputeId::new(&**commerce.clock()),
        reference: answer.reference.clone(),
        payment: payment.id,
        invoice,
        customer: payment.customer,
        amount: Money::new(answer.amount.minor.min(payment.amount.minor), payment.amount.currency),
        invoice_minor: answer.amount.minor.min(payment.amount.minor).min(found.paid_minor),
        reason: answer.reason.clone(),
        state: DisputeState::NeedsResponse,
        due_at: answer.due_at,
        answered_by: None,
        answered_at: None,
        opened_at: tx.now(),
        closed_at: None,
        prepared_at: None,
    };
    store::insert(tx, &dispute, commerce.processor().name())?;
    invoices::store::set_apart(tx, invoice, dispute.invoice_minor)?;
    let on = today(tx, invoice)?;
    let entry = journal::entry::chargeback(dispute.id.uuid(), dispute.customer, on, dispute.amount);
    journal::store::book(tx, new_uuid(&**commerce.clock()), &entry)?;
    tell(tx, commerce, &dispute, "commerce/dispute_opened")?;
    Ok(dispute)
}

fn close(tx: &mut Tx<'_>, commerce: &Commerce, dispute: &Dispute, won: bool) -> Result<(), CommerceError> {
    let (id, customer, amount) = (dispute.id.uuid(), dispute.customer, dispute.amount);
    let on = today(tx, dispute.invoice)?;
    let invoice = invoices::store::find(tx, dispute.invoice)?.ok_or(CommerceError::NotFound("invoice"))?;
    let (moved, entry, from, template) = if won {
        let moved = invoices::store::set_apart(tx, invoice.id, -dispute.invoice_minor)?;
        // The days of the dispute do not count.
        let zone = invoices::store::zone(tx, invoice.id)?.unwrap_or_else(|| "UTC".to_owned());
        let days = days_between(local_date(dispute.opened_at, &zone), on).max(0);
        let from = invoice.pursued_from.checked_add(jiff::Span::new().days(days)).unwrap_or(on);
        let entry = journal::entry::chargeback_reversed(id, customer, on, amount);
        (moved, entry, from, "commerce/dispute_won")
    } else {
        let moved = invoices::store::owe_again(tx, invoice.id, dispute.invoice_minor)?;
        let entry = journal::entry::chargeback_lost(id, customer, on, amount, dispute.invoice_minor);
        // Owed anew: the overdue calendar begins today.
        (moved, entry, on, "commerce/dispute_lost")
    };
    if !moved {
        return Err(CommerceError::Stored("dispute of more than lies apart"));
    }
    journal::store::book(tx, new_uuid(&**commerce.clock()), &entry)?;
    invoices::store::pursue_from(tx, invoice.id, from)?;
    tell(tx, commerce, dispute, template)
}

fn today(tx: &mut Tx<'_>, invoice: InvoiceId) -> Result<Date, CommerceError> {
    let zone = invoices::store::zone(tx, invoice)?.unwrap_or_else(|| "UTC".to_owned());
    Ok(local_date(tx.now(), &zone))
}

fn tell(
    tx: &mut Tx<'_>,
    commerce: &Commerce,
    dispute: &Dispute,
    template: &'static str,
) -> Result<(), CommerceError> {
    let invoice = invoices::store::find(tx, dispute.invoice)?.ok_or(CommerceError::NotFound("invoice"))?;
    if let Some(person) = invoices::store::person(tx, invoice.id)? {
        let (amount, key) = (dispute.amount, dispute.id.to_string());
        notices::invoice(tx, commerce.policy(), template, person, &invoice, amount, &key)?;
    }
    Ok(())
}
