//! Credit notes: what corrects an invoice, in a series of its own and capped by line.

use jiff::civil::Date;
use mailkeep_storage::jobs::{NewJob, enqueue};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{CreditNoteId, InvoiceId, Money, StaffId, new_uuid};

use super::{Invoice, store};
use crate::brands;
use crate::commerce::{Commerce, local_date};
use crate::credits::{self, CreditKind};
use crate::error::CommerceError;
use crate::jobs::{InvoiceJob, RENDER_NOTES};
use crate::journal;
use crate::payments::{self, Attempt, AttemptKind};
use crate::totals::Creditable;

/// A credit note that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditNote {
    /// Its identifier.
    pub id: CreditNoteId,
    /// Its number.
    pub number: String,
    /// What it takes off, with tax.
    pub total_minor: i64,
    /// The customer's local date of issue.
    pub issued_on: Date,
}

/// What a credit note would say, computed by what issues it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotePlan {
    /// For each line: position, net and tax that are taken off.
    pub lines: Vec<(i64, i64, i64)>,
    /// Without tax.
    pub net_minor: i64,
    /// The tax.
    pub tax_minor: i64,
    /// What is taken off what is still owed.
    pub off_open_minor: i64,
    /// What was paid of it and becomes credit on the account.
    pub returned_minor: i64,
}

/// A credit note as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteRow {
    /// Its identifier.
    pub id: CreditNoteId,
    /// Its number.
    pub number: String,
    /// The invoice that it corrects.
    pub invoice: InvoiceId,
    /// What it takes off, without tax.
    pub net: Money,
    /// The tax of that.
    pub tax: Money,
    /// The customer's local date of issue.
    pub issued_on: Date,
}

/// What happens to the part of a credit note that was paid already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OfPaid {
    /// A note takes off only what is still owed.
    Refused,
    /// It becomes credit on the customer's account.
    Returned,
}

/// Who issued a credit note that no person did.
const PROGRAM: StaffId = StaffId::from_uuid(uuid::Uuid::nil());

impl Commerce {
    /// Issues a credit note by the program itself, for days that were billed and are not used; what was paid of them is
    /// credit on the account. What staff would be refused is left to staff.
    pub(crate) async fn credit_by_program(
        &self,
        id: InvoiceId,
        asked: Vec<(i64, i64)>,
    ) -> Result<(), CommerceError> {
        match self.refund_invoice(PROGRAM, id, asked, false).await {
            Ok(_) => Ok(()),
            Err(CommerceError::Staff(reason)) => {
                tracing::info!(invoice = %id, reason, "unused days are left to staff");
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Issues a credit note of `net_minor` for each line named by its position, for the part of an invoice that is
    /// still owed. What was paid already is given back with [`Commerce::refund_invoice`].
    ///
    /// # Errors
    /// [`CommerceError::Staff`] when a line has less left than is asked, or less is owed.
    pub async fn credit_invoice(
        &self,
        staff: StaffId,
        id: InvoiceId,
        asked: Vec<(i64, i64)>,
    ) -> Result<CreditNote, CommerceError> {
        let note = CreditNoteId::new(&**self.clock());
        let commerce = self.clone();
        self.write(move |tx| {
            commerce.issue_note(tx, staff, id, &asked, note, OfPaid::Refused).map(|(note, _)| note)
        })
        .await
    }

    /// Issues a credit note in the caller's transaction; returns it with what became credit on the account.
    pub(crate) fn issue_note(
        &self,
        tx: &mut Tx<'_>,
        staff: StaffId,
        id: InvoiceId,
        asked: &[(i64, i64)],
        note: CreditNoteId,
        of_paid: OfPaid,
    ) -> Result<(CreditNote, Money), CommerceError> {
        let new_id = || new_uuid(&**self.clock());
        let invoice = store::find(tx, id)?.ok_or(CommerceError::NotFound("invoice"))?;
        let brand = brands::of_customer(tx, invoice.customer)?;
        let series = self.config().invoices_of(&brand).credit_note_series.clone();
        let NotePlan { lines: credited, net_minor: net, tax_minor: tax, off_open_minor, returned_minor } =
            plan_note(tx, &invoice, asked, of_paid)?;
        if !store::add_credit_of_paid(tx, id, off_open_minor, returned_minor)? {
            return Err(too_much(&invoice));
        }
        let zone = store::zone(tx, id)?.unwrap_or_else(|| "UTC".to_owned());
        let issued_on = local_date(tx.now(), &zone);
        let sequence = journal::store::next_number(tx, &series)?;
        let number = format!("{series}-{sequence:06}");
        store::insert_credit_note(
            tx, note, &invoice, &series, sequence, &number, &credited, issued_on, staff,
        )?;
        let (currency, customer) = (invoice.currency, invoice.customer);
        let entry = journal::entry::credit_note_issued(note.uuid(), customer, issued_on, currency, net, tax);
        journal::store::book(tx, new_id(), &entry)?;
        crate::services::block::lift_paid(tx, id)?;
        let job = NewJob::new(RENDER_NOTES, &InvoiceJob { invoice_id: id });
        enqueue(tx, job.key(note.uuid().to_string()))?;
        let returned = Money::new(returned_minor, currency);
        if returned.minor > 0 {
            credits::store::insert(tx, new_id(), customer, CreditKind::Credited, note.uuid(), returned)?;
            let entry = journal::entry::paid_part_credited(note.uuid(), customer, issued_on, returned);
            journal::store::book(tx, new_id(), &entry)?;
        }
        Ok((CreditNote { id: note, number, total_minor: net + tax, issued_on }, returned))
    }
}

/// What a credit note for some lines comes to; nothing is written.
pub(crate) fn plan_note(
    tx: &mut Tx<'_>,
    invoice: &Invoice,
    asked: &[(i64, i64)],
    of_paid: OfPaid,
) -> Result<NotePlan, CommerceError> {
    let on_its_way = |a: &Attempt| !a.status.is_final() && a.kind != AttemptKind::Authorise;
    if payments::store::of_invoice(tx, invoice.id)?.iter().any(on_its_way) {
        let message = format!("a payment of {} is on its way; wait for its outcome", invoice.number);
        return Err(CommerceError::Staff(message));
    }
    let (lines, before) = (store::lines(tx, invoice.id)?, store::credited(tx, invoice.id)?);
    let mut credited: Vec<(i64, i64, i64)> = Vec::with_capacity(asked.len());
    for (position, net_minor) in asked {
        let line = lines
            .iter()
            .find(|line| line.position == *position)
            .filter(|_| !credited.iter().any(|done| done.0 == *position))
            .ok_or_else(|| CommerceError::Staff(format!("there is no line {position} to credit once")))?;
        let taken = before.iter().find(|row| row.0 == *position).map_or((0, 0), |row| (row.1, row.2));
        let left = Creditable {
            net_minor: line.total.net_minor - taken.0,
            tax_minor: line.total.tax_minor - taken.1,
        };
        let (net, tax) = left.credit(*net_minor, line.tax_rate, invoice.currency).ok_or_else(|| {
            let left = Money::new(left.net_minor, invoice.currency);
            CommerceError::Staff(format!("line {position} has {left} left to credit"))
        })?;
        credited.push((*position, net, tax));
    }
    let (net_minor, tax_minor) =
        credited.iter().fold((0, 0), |(net, tax), line| (net + line.1, tax + line.2));
    let returned_minor = match of_paid {
        OfPaid::Refused => 0,
        OfPaid::Returned => (net_minor + tax_minor - invoice.open_minor.max(0)).max(0),
    };
    let off_open_minor = net_minor + tax_minor - returned_minor;
    if credited.is_empty() || off_open_minor > invoice.open_minor || returned_minor > invoice.paid_minor {
        return Err(too_much(invoice));
    }
    Ok(NotePlan { lines: credited, net_minor, tax_minor, off_open_minor, returned_minor })
}

fn too_much(invoice: &Invoice) -> CommerceError {
    let paid = Money::new(invoice.paid_minor, invoice.currency);
    CommerceError::Staff(format!(
        "{} is owed on {} and {paid} was paid; a credit note can take no more off",
        invoice.open(),
        invoice.number
    ))
}
