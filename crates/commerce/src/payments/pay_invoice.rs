//! Paying an open invoice on the processor's page: after a decline, with another card.

use mailkeep_types::{CustomerId, InvoiceId, PaymentAttemptId, new_uuid};

use super::{Attempt, AttemptKind, AttemptStatus, store};
use crate::commerce::{Commerce, local_date};
use crate::credits::apply::apply_credit;
use crate::disputes;
use crate::error::CommerceError;
use crate::invoices::{self, collect::settle};
use crate::processor::{Outcome, PageRequest};
use crate::{notices, payment_methods};

impl Commerce {
    /// Opens the processor's page for what is owed on an invoice, and returns its address. With `keep_card` the payer
    /// permits the new card for the renewals of what the invoice bills, in place of the old one.
    ///
    /// # Errors
    /// [`CommerceError::State`] when nothing is owed, or a payment is on its way.
    pub async fn start_invoice_payment(
        &self,
        customer: CustomerId,
        id: InvoiceId,
        return_url: &str,
        keep_card: bool,
    ) -> Result<String, CommerceError> {
        let new_id = PaymentAttemptId::new(&**self.clock());
        let processor = self.processor().name();
        let commerce = self.clone();
        let started = self
            .write(move |tx| {
                let invoice = invoices::store::find(tx, id)?
                    .filter(|invoice| invoice.customer == customer)
                    .ok_or(CommerceError::NotFound("invoice"))?;
                if disputes::store::is_open(tx, id)? {
                    let message =
                        format!("your bank is looking at a payment of {}; please wait", invoice.number);
                    return Err(CommerceError::State(message));
                }
                let zone = invoices::store::zone(tx, id)?.unwrap_or_else(|| "UTC".to_owned());
                let today = local_date(tx.now(), &zone);
                let in_flight = store::of_invoice(tx, id)?.iter().any(|a| !a.status.is_final());
                let invoice =
                    if in_flight { invoice } else { apply_credit(tx, &**commerce.clock(), invoice, today)? };
                if invoice.open_minor <= 0 {
                    return Ok(None);
                }
                let attempts = store::of_invoice(tx, id)?;
                let on_page = |attempt: &&Attempt| {
                    attempt.kind == AttemptKind::Authorise
                        && matches!(attempt.status, AttemptStatus::Created | AttemptStatus::ActionRequired)
                };
                if attempts
                    .iter()
                    .any(|a| !a.status.is_final() && a.kind != AttemptKind::Refund && !on_page(&a))
                {
                    return Err(CommerceError::State(
                        "a payment is on its way; please wait for it".to_owned(),
                    ));
                }
                let pages = attempts.iter().filter(|attempt| attempt.kind == AttemptKind::Authorise);
                let last = pages.map(|attempt| attempt.ordinal).max().unwrap_or(0);
                if let Some(open) = attempts.iter().find(on_page).filter(|open| open.amount == invoice.open())
                {
                    return Ok(Some((invoice, open.clone())));
                }
                let attempt = Attempt {
                    id: new_id,
                    kind: AttemptKind::Authorise,
                    order: None,
                    invoice: Some(id),
                    ordinal: last + 1,
                    customer,
                    method: None,
                    amount: invoice.open(),
                    reference: None,
                    page_url: None,
                    status: AttemptStatus::Created,
                    decline_code: None,
                    local_day: today,
                };
                store::insert(tx, &attempt, processor)?;
                Ok(Some((invoice, attempt)))
            })
            .await?;
        // What the credit on the account paid stays paid.
        let Some((invoice, attempt)) = started else {
            return Err(CommerceError::State("the invoice is paid; nothing is owed".to_owned()));
        };
        // A page opened anew for the same key replaces the old one: the payer may have changed their mind on the card.
        let request = PageRequest {
            attempt: attempt.id,
            amount: attempt.amount,
            description: invoice.number,
            return_url: return_url.to_owned(),
            keep_card,
        };
        let url = self.processor().open_page(request).await?;
        let (id, page) = (attempt.id, url.clone());
        self.write(move |tx| Ok(store::set_page(tx, id, &page)?)).await?;
        Ok(url)
    }

    /// Takes the payment of an invoice as far as it goes: called when the payer comes back, and after webhooks. True
    /// when nothing is owed any more.
    ///
    /// # Errors
    /// [`CommerceError::ProcessorUnknown`] while the processor does not answer.
    pub async fn advance_invoice_payment(&self, id: InvoiceId) -> Result<bool, CommerceError> {
        self.take_invoice_authorisation(id).await?;
        let new_id = PaymentAttemptId::new(&**self.clock());
        let processor = self.processor().name();
        let step = self
            .write(move |tx| {
                let invoice = invoices::store::find(tx, id)?.ok_or(CommerceError::NotFound("invoice"))?;
                let attempts = store::of_invoice(tx, id)?;
                let authorised = attempts
                    .iter()
                    .filter(|a| a.kind == AttemptKind::Authorise && a.status == AttemptStatus::Succeeded)
                    .max_by_key(|a| a.ordinal);
                let Some(authorised) = authorised else { return Ok(None) };
                let reference = authorised
                    .reference
                    .clone()
                    .ok_or(CommerceError::Stored("authorisation without a reference"))?;
                let used = attempts.iter().find(|a| {
                    matches!(a.kind, AttemptKind::Capture | AttemptKind::Release)
                        && a.ordinal == authorised.ordinal
                });
                if let Some(attempt) = used {
                    return Ok((!attempt.status.is_final()).then(|| (attempt.clone(), reference)));
                }
                // Somebody else paid meanwhile: the authorisation is given up.
                let owed = invoice.open_minor >= authorised.amount.minor;
                let attempt = Attempt {
                    id: new_id,
                    kind: if owed { AttemptKind::Capture } else { AttemptKind::Release },
                    reference: None,
                    page_url: None,
                    status: AttemptStatus::Created,
                    ..authorised.clone()
                };
                store::insert(tx, &attempt, processor)?;
                Ok(Some((attempt, reference)))
            })
            .await?;
        if let Some((attempt, reference)) = step {
            self.use_invoice_authorisation(id, attempt, &reference).await?;
        }
        Ok(self.find_invoice(id).await?.open_minor <= 0)
    }

    /// Asks what the payer did on the page, and keeps the card if they permitted it.
    async fn take_invoice_authorisation(&self, id: InvoiceId) -> Result<(), CommerceError> {
        let attempts = self.read(move |tx| store::of_invoice(tx, id)).await?;
        let waiting = |a: &&Attempt| a.kind == AttemptKind::Authorise && !a.status.is_final();
        for attempt in attempts.iter().filter(waiting).cloned() {
            let Some(answer) = self.processor().find(attempt.id).await? else { continue };
            let card = match (&answer.card, &answer.outcome) {
                (Some(card), Outcome::Succeeded) => Some(self.seal_card(attempt.customer, card)?),
                _ => None,
            };
            self.write(move |tx| {
                if store::set_answer(tx, attempt.id, &answer)?
                    && let Some(card) = &card
                {
                    payment_methods::store::insert(tx, card)?;
                    store::set_method(tx, attempt.id, card.id)?;
                }
                Ok(())
            })
            .await?;
        }
        Ok(())
    }

    /// Captures or releases, and books: balance, journal, blocks and the permission for the new card in one transaction.
    async fn use_invoice_authorisation(
        &self,
        id: InvoiceId,
        attempt: Attempt,
        reference: &str,
    ) -> Result<(), CommerceError> {
        let processor = self.processor();
        let answer = self
            .answer_of(&attempt, || match attempt.kind {
                AttemptKind::Release => processor.release(attempt.id, reference),
                _ => processor.capture(attempt.id, reference, attempt.amount),
            })
            .await?;
        let (entry_id, policy) = (new_uuid(&**self.clock()), self.policy().clone());
        self.write(move |tx| {
            let first_time = store::set_answer(tx, attempt.id, &answer)?;
            if !first_time || attempt.kind != AttemptKind::Capture || answer.outcome != Outcome::Succeeded {
                return Ok(());
            }
            let invoice = invoices::store::find(tx, id)?.ok_or(CommerceError::NotFound("invoice"))?;
            settle(tx, &invoice, &attempt, entry_id)?;
            if let Some(method) = attempt.method {
                for subscription in invoices::store::subscriptions(tx, id)? {
                    store::permit(tx, subscription, method)?;
                }
            }
            if let Some(person) = invoices::store::person(tx, id)? {
                let key = attempt.id.to_string();
                let template = "commerce/payment_received";
                notices::invoice(tx, &policy, template, person, &invoice, attempt.amount, &key)?;
            }
            Ok(())
        })
        .await
    }
}
