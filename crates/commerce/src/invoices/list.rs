//! Invoices as customers and staff see them.

use mailkeep_policy::{Act, Actor, Fact, Json, Place, Sealed, Shown, Subject, Use, category, purpose};
use mailkeep_types::{CreditNoteId, CustomerId, InvoiceId};

use super::credit::{CreditNote, NoteRow};
use super::{Invoice, InvoiceLine, Snapshot, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

/// An invoice as staff see it, without anything personal.
#[derive(Debug, Clone)]
pub struct InspectedInvoice {
    /// The invoice.
    pub invoice: Invoice,
    /// Its lines.
    pub lines: Vec<InvoiceLine>,
    /// What was taken off each: position, net, tax.
    pub taken: Vec<(i64, i64, i64)>,
}

impl Commerce {
    /// The invoices of a customer, newest first.
    pub async fn list_invoices(&self, customer: CustomerId) -> Result<Vec<Invoice>, CommerceError> {
        self.read(move |tx| store::of_customer(tx, customer)).await
    }

    /// The invoices of a customer after one, the oldest first.
    pub async fn page_invoices(
        &self,
        customer: CustomerId,
        after: Option<InvoiceId>,
        limit: u32,
    ) -> Result<Vec<Invoice>, CommerceError> {
        self.read(move |tx| store::page_of(tx, customer, after, limit)).await
    }

    /// The invoices of everybody after one, the oldest first, for staff.
    pub async fn page_all_invoices(
        &self,
        after: Option<InvoiceId>,
        limit: u32,
    ) -> Result<Vec<Invoice>, CommerceError> {
        self.read(move |tx| store::page_of_all(tx, after, limit)).await
    }

    /// The credit notes of a customer after one, the oldest first.
    pub async fn page_credit_notes(
        &self,
        customer: CustomerId,
        after: Option<CreditNoteId>,
        limit: u32,
    ) -> Result<Vec<NoteRow>, CommerceError> {
        self.read(move |tx| store::notes_of(tx, customer, after, limit)).await
    }

    /// One invoice of a customer with its lines.
    pub async fn show_invoice(
        &self,
        customer: CustomerId,
        id: InvoiceId,
    ) -> Result<(Invoice, Vec<InvoiceLine>), CommerceError> {
        self.read(move |tx| {
            let invoice = store::find(tx, id)?
                .filter(|invoice| invoice.customer == customer)
                .ok_or(CommerceError::NotFound("invoice"))?;
            Ok((invoice, store::lines(tx, id)?))
        })
        .await
    }

    /// Any invoice, for staff.
    pub async fn find_invoice(&self, id: InvoiceId) -> Result<Invoice, CommerceError> {
        self.read(move |tx| store::find(tx, id)?.ok_or(CommerceError::NotFound("invoice"))).await
    }

    /// Any invoice with its lines and what was taken off each (position, net, tax), for staff.
    pub async fn inspect_invoice(&self, id: InvoiceId) -> Result<InspectedInvoice, CommerceError> {
        self.read(move |tx| {
            Ok(InspectedInvoice {
                invoice: store::find(tx, id)?.ok_or(CommerceError::NotFound("invoice"))?,
                lines: store::lines(tx, id)?,
                taken: store::credited(tx, id)?,
            })
        })
        .await
    }

    /// The credit notes of an invoice, newest first.
    pub async fn list_credit_notes(&self, id: InvoiceId) -> Result<Vec<CreditNote>, CommerceError> {
        self.read(move |tx| store::credit_notes(tx, id)).await
    }

    /// The invoice with a number, for staff.
    pub async fn find_invoice_by_number(&self, number: &str) -> Result<Option<Invoice>, CommerceError> {
        let number = number.trim().to_owned();
        self.read(move |tx| match store::by_number(tx, &number)? {
            Some(found) => Ok(Some(found)),
            // Whoever reads it out does not say which letters are large.
            None => store::by_number(tx, &number.to_uppercase()),
        })
        .await
    }

    /// The newest invoices of everybody, for staff.
    pub async fn list_newest_invoices(&self, limit: u32) -> Result<Vec<Invoice>, CommerceError> {
        self.read(move |tx| store::newest(tx, limit)).await
    }

    /// Opens what an invoice says, under a grant: the customer's own session, or a due invoice for the billing desk.
    ///
    /// # Errors
    /// [`CommerceError::Refused`] when the fact does not hold.
    pub async fn open_invoice(
        &self,
        actor: Actor,
        fact: Fact,
        id: InvoiceId,
    ) -> Result<(Invoice, Shown<Snapshot>), CommerceError> {
        let (invoice, sealed) = self
            .read(move |tx| {
                let invoice = store::find(tx, id)?.ok_or(CommerceError::NotFound("invoice"))?;
                Ok((invoice, store::snapshot(tx, id)?))
            })
            .await?;
        let grant = self
            .policy()
            .grant::<purpose::Deliver>(Use {
                actor,
                subject: Subject::customer(invoice.customer),
                act: Act::Read,
                fields: &["invoices.snapshot"],
                fact,
            })
            .await?;
        let place = Place { table: "invoices", column: "snapshot", row: id.uuid() };
        let sealed = Sealed::<Json<Snapshot>, category::Invoice>::from_bytes(sealed);
        let snapshot = self.policy().show(&grant, place, &sealed)?;
        Ok((invoice, snapshot.reshape(|Json(snapshot)| snapshot.clone())))
    }
}
