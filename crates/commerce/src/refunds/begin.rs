//! Beginning a refund: the credit is reserved and the attempt is written in one transaction.

use mailkeep_storage::sql::Tx;
use mailkeep_types::{CreditNoteId, InvoiceId, Money, PaymentAttemptId, StaffId, new_uuid};

use super::{Refund, RefundStatus, store};
use crate::commerce::{Commerce, local_date};
use crate::credits::{self, CreditKind};
use crate::error::CommerceError;
use crate::invoices::credit::{CreditNote, NotePlan, OfPaid, plan_note};
use crate::payments::{self, Attempt, AttemptKind, AttemptStatus};
use crate::{invoices, journal};

/// What of an invoice is given back, and how.
#[derive(Debug, Clone)]
pub struct RefundWish {
    /// Names the act, and the credit note that it leaves.
    pub note: CreditNoteId,
    /// For each line, by its position, what is credited without tax.
    pub asked: Vec<(i64, i64)>,
    /// Whether what was paid of it goes back to the card; else it is credit on the account.
    pub to_card: bool,
    /// The total of the note as it was shown, in minor units.
    pub seen_minor: Option<i64>,
}

impl Commerce {
    /// Credits lines of an invoice, also what was paid of it, and sends that part back to the card that paid. With
    /// `to_card` off it stays as credit on the account.
    ///
    /// # Errors
    /// [`CommerceError::Staff`] when a line has less left than is asked, or no payment of the invoice can give as much back.
    pub async fn refund_invoice(
        &self,
        staff: StaffId,
        id: InvoiceId,
        asked: Vec<(i64, i64)>,
        to_card: bool,
    ) -> Result<(CreditNote, Option<Refund>), CommerceError> {
        let wish = RefundWish { note: CreditNoteId::new(&**self.clock()), asked, to_card, seen_minor: None };
        self.refund_once(staff, id, wish).await
    }

    /// As [`Commerce::refund_invoice`], for an act that has a name: done again it gives what was done.
    ///
    /// # Errors
    /// As there; [`CommerceError::Invalid`] for the field `total` when it comes to something else than what was shown.
    pub async fn refund_once(
        &self,
        staff: StaffId,
        id: InvoiceId,
        wish: RefundWish,
    ) -> Result<(CreditNote, Option<Refund>), CommerceError> {
        // The refund of a note is named after it, so that it is found when the act is repeated.
        let refund = PaymentAttemptId::from_uuid(wish.note.uuid());
        let commerce = self.clone();
        let (note, begun) = self
            .write(move |tx| {
                if let Some(note) = invoices::store::find_credit_note(tx, wish.note)? {
                    return Ok((note, store::find(tx, refund)?.is_some()));
                }
                let (note, returned) =
                    commerce.issue_note(tx, staff, id, &wish.asked, wish.note, OfPaid::Returned)?;
                if wish.seen_minor.is_some_and(|seen| seen != note.total_minor) {
                    let message = "what it comes to has changed meanwhile; look at it and confirm again";
                    return Err(CommerceError::invalid("total", message));
                }
                if !wish.to_card || returned.minor <= 0 {
                    return Ok((note, false));
                }
                let payment = giving_back(tx, id, returned)?;
                begin(tx, &commerce, staff, refund, &payment, returned)?;
                Ok((note, true))
            })
            .await?;
        let refund = if begun { Some(self.carry_out_or_leave(refund).await?) } else { None };
        Ok((note, refund))
    }

    /// What crediting lines of an invoice comes to, by the function that does it.
    ///
    /// # Errors
    /// As [`Commerce::refund_invoice`].
    pub async fn preview_refund(
        &self,
        id: InvoiceId,
        asked: Vec<(i64, i64)>,
        to_card: bool,
    ) -> Result<NotePlan, CommerceError> {
        self.read(move |tx| {
            let invoice = invoices::store::find(tx, id)?.ok_or(CommerceError::NotFound("invoice"))?;
            let plan = plan_note(tx, &invoice, &asked, OfPaid::Returned)?;
            let returned = Money::new(plan.returned_minor, invoice.currency);
            if to_card && returned.minor > 0 {
                giving_back(tx, id, returned)?;
            }
            Ok(plan)
        })
        .await
    }

    /// Sends credit on the account back to the card of a payment.
    ///
    /// # Errors
    /// [`CommerceError::Staff`] when there is less credit, or the payment has less left than is asked.
    pub async fn refund_payment(
        &self,
        staff: StaffId,
        payment: PaymentAttemptId,
        amount_minor: i64,
    ) -> Result<Refund, CommerceError> {
        let refund = PaymentAttemptId::new(&**self.clock());
        let commerce = self.clone();
        self.write(move |tx| {
            let payment = payments::store::find(tx, payment)?.ok_or(CommerceError::NotFound("payment"))?;
            let amount = Money::new(amount_minor, payment.amount.currency);
            begin(tx, &commerce, staff, refund, &payment, amount)
        })
        .await?;
        self.carry_out_or_leave(refund).await
    }

    /// Carries a refund out now; when the processor does not answer, the job that waits goes on.
    async fn carry_out_or_leave(&self, id: PaymentAttemptId) -> Result<Refund, CommerceError> {
        match self.carry_out_refund(id).await {
            Err(CommerceError::ProcessorUnknown(_)) => {
                self.read(move |tx| store::find(tx, id)).await?.ok_or(CommerceError::NotFound("refund"))
            }
            other => other,
        }
    }
}

/// The payment of an invoice that can give an amount back.
fn giving_back(tx: &mut Tx<'_>, id: InvoiceId, amount: Money) -> Result<Attempt, CommerceError> {
    for payment in payments::store::payments_of_invoice(tx, id)? {
        if payment.amount.minor - store::returned(tx, payment.id)? >= amount.minor {
            return Ok(payment);
        }
    }
    Err(CommerceError::Staff(format!(
        "no payment of this invoice can give {amount} back to its card; leave it on the account"
    )))
}

fn begin(
    tx: &mut Tx<'_>,
    commerce: &Commerce,
    staff: StaffId,
    id: PaymentAttemptId,
    payment: &Attempt,
    amount: Money,
) -> Result<(), CommerceError> {
    let taken = matches!(payment.kind, AttemptKind::Capture | AttemptKind::Charge);
    if !taken || payment.status != AttemptStatus::Succeeded {
        return Err(CommerceError::Staff("only a payment that succeeded can be given back".to_owned()));
    }
    let invoice = match (payment.invoice, payment.order) {
        (Some(invoice), _) => Some(invoice),
        (None, Some(order)) => crate::orders::store::find(tx, order)?.and_then(|order| order.invoice),
        (None, None) => None,
    };
    let invoice = invoice.ok_or(CommerceError::Stored("payment without an invoice"))?;
    let left = Money::new(payment.amount.minor - store::returned(tx, payment.id)?, amount.currency);
    let held = Money::new(credits::store::balance(tx, payment.customer, amount.currency)?, amount.currency);
    if amount.minor <= 0 || amount.minor > left.minor {
        return Err(CommerceError::Staff(format!("at most {left} of this payment can still be given back")));
    }
    if amount.minor > held.minor {
        return Err(CommerceError::Staff(format!(
            "there is {held} of credit on the account; a credit note for what is given back comes first"
        )));
    }
    let zone = invoices::store::zone(tx, invoice)?.unwrap_or_else(|| "UTC".to_owned());
    let today = local_date(tx.now(), &zone);
    let ordinal = payments::store::of_invoice(tx, invoice)?
        .iter()
        .filter(|attempt| attempt.kind == AttemptKind::Refund)
        .map(|attempt| attempt.ordinal)
        .max()
        .unwrap_or(0)
        + 1;
    let attempt = Attempt {
        id,
        kind: AttemptKind::Refund,
        order: None,
        invoice: Some(invoice),
        ordinal,
        amount,
        reference: None,
        page_url: None,
        status: AttemptStatus::Created,
        decline_code: None,
        local_day: today,
        ..payment.clone()
    };
    payments::store::insert(tx, &attempt, commerce.processor().name())?;
    let refund = Refund {
        id,
        payment: payment.id,
        invoice,
        customer: payment.customer,
        amount,
        status: RefundStatus::Begun,
        requested_by: staff,
        created_at: tx.now(),
    };
    store::insert(tx, &refund)?;
    let clock = commerce.clock();
    credits::store::insert(
        tx,
        new_uuid(&**clock),
        payment.customer,
        CreditKind::Refund,
        id.uuid(),
        amount.negated(),
    )?;
    let entry = journal::entry::refund_begun(id.uuid(), payment.customer, today, amount);
    journal::store::book(tx, new_uuid(&**clock), &entry)
}
