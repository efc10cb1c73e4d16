//! The document of a credit note: what the invoice said, of the lines that are corrected; drawn once, sealed, and kept with
//! its hash, as that of an invoice is.

use std::sync::Arc;

use mailkeep_policy::{Act, Actor, Fact, Place, Shown, Subject, Use, purpose};
use mailkeep_types::{CreditNoteId, InvoiceId};

use super::cii::Issued;
use super::{CreditNote, Invoice, Snapshot, SnapshotLine, sheet, store};
use crate::catalogue::pricing::{Measure, TaxRow};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::taxes::TaxDecision;
use crate::totals::{LineTotal, Totals};

/// What a credit note takes off each line of its invoice: position, net and tax.
pub(crate) type NoteLines = Vec<(i64, i64, i64)>;

fn place(id: CreditNoteId) -> Place {
    Place { table: "credit_note_documents", column: "pdf", row: id.uuid() }
}

/// What a credit note says: parties and taxes as on its invoice, and of each line what is taken off.
fn corrected(invoice: &Snapshot, note: &CreditNote, lines: &NoteLines, head: Option<&str>) -> Snapshot {
    let mut kept = Vec::with_capacity(lines.len());
    let mut taxes: Vec<TaxRow> = Vec::new();
    for (position, net_minor, tax_minor) in lines {
        let place = usize::try_from(*position).ok().and_then(|position| position.checked_sub(1));
        let Some(line) = place.and_then(|place| invoice.lines.get(place)) else { continue };
        let whole = || TaxDecision::plain(invoice.tax_name.clone(), invoice.tax_rate);
        let tax = line.tax.clone().unwrap_or_else(whole);
        match taxes.iter_mut().find(|row| row.tax == tax) {
            Some(row) => {
                row.net_minor += net_minor;
                row.tax_minor += tax_minor;
            }
            None => taxes.push(TaxRow { tax, net_minor: *net_minor, tax_minor: *tax_minor }),
        }
        kept.push(SnapshotLine {
            quantity: "1".to_owned(),
            measure: Measure::Piece,
            unit_minor: *net_minor,
            total: LineTotal {
                gross_minor: *net_minor,
                discount_minor: 0,
                net_minor: *net_minor,
                tax_minor: *tax_minor,
            },
            ..line.clone()
        });
    }
    let totals: Vec<LineTotal> = kept.iter().map(|line| line.total).collect();
    let net_minor = totals.iter().map(|line| line.net_minor).sum();
    let tax_minor = totals.iter().map(|line| line.tax_minor).sum();
    Snapshot {
        lines: kept,
        totals: Totals {
            currency: invoice.totals.currency,
            lines: totals,
            discount_minor: 0,
            net_minor,
            tax_minor,
            total_minor: net_minor + tax_minor,
        },
        taxes,
        order_number: None,
        issued_on: note.issued_on,
        due_on: note.issued_on,
        ledger_head: head.map(str::to_owned),
        ..invoice.clone()
    }
}

/// All that a credit note is drawn from but the snapshot of its invoice.
struct Known {
    note: CreditNote,
    invoice: Invoice,
    lines: NoteLines,
    head: Option<String>,
}

impl Commerce {
    /// Draws the documents of an invoice's credit notes that have none yet.
    pub(crate) async fn render_credit_notes(&self, id: InvoiceId) -> Result<(), CommerceError> {
        let undrawn = self.read(move |tx| Ok(store::undrawn_notes(tx, id)?)).await?;
        for note in undrawn {
            self.render_credit_note(Actor::System("invoice rendering"), Fact::DueInvoice(id), note).await?;
        }
        Ok(())
    }

    /// Draws a credit note's document unless it is there; the bytes that are kept first stay for ever.
    async fn render_credit_note(
        &self,
        actor: Actor,
        fact: Fact,
        id: CreditNoteId,
    ) -> Result<(), CommerceError> {
        let (note, of, lines, done) = self
            .read(move |tx| {
                let note = store::find_credit_note(tx, id)?.ok_or(CommerceError::NotFound("credit note"))?;
                let of = store::invoice_of_note(tx, id)?;
                Ok((note, of, store::note_lines(tx, id)?, store::note_document(tx, id)?.is_some()))
            })
            .await?;
        if done {
            return Ok(());
        }
        let head = self.ledger_head().await?;
        let (invoice, snapshot) = self.open_invoice(actor, fact, of).await?;
        let (number, customer) = (note.number.clone(), invoice.customer);
        let known = Shown::from(Arc::new(Known { note, invoice, lines, head }));
        let drawn = snapshot.join(&known, |snapshot, known| {
            let said = corrected(snapshot, &known.note, &known.lines, known.head.as_deref());
            sheet::render(&Issued::note(&known.note, &known.invoice), &said).ok()
        });
        let (sealed, hash) = self.seal_document(customer, place(id), &drawn, &number)?;
        self.write(move |tx| Ok(store::insert_note_document(tx, id, &sealed, &hash)?)).await
    }

    /// The document of one of an invoice's credit notes as it was first drawn, for the customer's own session or, while the
    /// invoice is due, for the billing desk. Drawn now when the background job has not come to it yet.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`] when the invoice has no such credit note; [`CommerceError::Refused`] when the fact does
    /// not hold; [`CommerceError::Render`] when the kept bytes were changed.
    pub async fn credit_note_pdf(
        &self,
        actor: Actor,
        fact: Fact,
        invoice: InvoiceId,
        id: CreditNoteId,
    ) -> Result<(CreditNote, Shown<Vec<u8>>), CommerceError> {
        let invoice = self.find_invoice(invoice).await?;
        let notes = self.list_credit_notes(invoice.id).await?;
        let note = notes.into_iter().find(|note| note.id == id);
        let note = note.ok_or(CommerceError::NotFound("credit note"))?;
        let grant = self
            .policy()
            .grant::<purpose::Deliver>(Use {
                actor,
                subject: Subject::customer(invoice.customer),
                act: Act::Read,
                fields: &["credit_note_documents.pdf"],
                fact,
            })
            .await?;
        self.render_credit_note(actor, fact, id).await?;
        let kept =
            self.read(move |tx| store::note_document(tx, id)?.ok_or(CommerceError::NotFound("document")));
        let pdf = self.show_document(&grant, place(id), kept.await?, &note.number)?;
        Ok((note, pdf))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invoices::sheet::tests::sample;

    #[test]
    fn a_note_says_what_is_taken_off_and_names_its_invoice() {
        let (invoice, snapshot) = sample(3);
        let issued_on: jiff::civil::Date = "2026-03-09".parse().unwrap();
        let id = CreditNoteId::from_uuid(invoice.id.uuid());
        let note = CreditNote { id, number: "CN-000001".to_owned(), total_minor: 1700, issued_on };
        let said =
            corrected(&snapshot, &note, &vec![(1, 1000, 63), (3, 600, 37), (9, 5, 5)], Some("4812 x="));
        assert_eq!(
            (said.totals.net_minor, said.totals.tax_minor, said.totals.total_minor),
            (1600, 100, 1700)
        );
        assert_eq!(said.lines[1].domain, snapshot.lines[2].domain);
        assert_eq!(said.taxes.iter().map(|row| row.net_minor).collect::<Vec<_>>(), [1600]);
        let issued = Issued::note(&note, &invoice);
        let xml = super::super::cii::invoice_xml(&issued, &said);
        for part in
            ["<ram:TypeCode>381</ram:TypeCode>", "<ram:IssuerAssignedID>INV-000001</ram:IssuerAssignedID>"]
        {
            assert!(xml.contains(part), "{part} is not in {xml}");
        }
        let drawn = sheet::render(&issued, &said).unwrap();
        assert_eq!(drawn, sheet::render(&issued, &said).unwrap());
        if let Ok(folder) = std::env::var("MAILKEEP_SAMPLE_FOLDER") {
            std::fs::write(std::path::Path::new(&folder).join("credit-note.pdf"), drawn).unwrap();
        }
    }
}
