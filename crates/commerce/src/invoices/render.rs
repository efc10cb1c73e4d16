//! The document of an invoice: rendered once from the snapshot, sealed, and kept with its hash.

use mailkeep_policy::{Act, Actor, Fact, Place, Shown, Subject, Use, purpose};
use mailkeep_types::InvoiceId;

use super::cii::Issued;
use super::{Invoice, sheet, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

fn place(id: InvoiceId) -> Place {
    Place { table: "invoice_documents", column: "pdf", row: id.uuid() }
}

impl Commerce {
    /// Renders an invoice's document unless it is there; the bytes that are kept first stay for ever.
    pub(crate) async fn render_invoice(&self, id: InvoiceId) -> Result<(), CommerceError> {
        let (invoice, done) = self
            .read(move |tx| {
                let invoice = store::find(tx, id)?.ok_or(CommerceError::NotFound("invoice"))?;
                Ok((invoice, store::document(tx, id)?.is_some()))
            })
            .await?;
        if done {
            return Ok(());
        }
        let (actor, fact) = (Actor::System("invoice rendering"), Fact::DueInvoice(id));
        let (number, customer) = (invoice.number.clone(), invoice.customer);
        let (_, snapshot) = self.open_invoice(actor, fact, id).await?;
        let drawn = snapshot.join(&invoice.into(), |snapshot, invoice| {
            sheet::render(&Issued::invoice(invoice), snapshot).ok()
        });
        let (sealed, hash) = self.seal_document(customer, place(id), &drawn, &number)?;
        self.write(move |tx| Ok(store::insert_document(tx, id, &sealed, &hash)?)).await
    }

    /// The document of an invoice as it was first rendered, for the customer's own session or, while it is due, for the
    /// billing desk. Rendered now when the background job has not come to it yet.
    ///
    /// # Errors
    /// [`CommerceError::Refused`] when the fact does not hold; [`CommerceError::Render`] when the kept bytes were
    /// changed.
    pub async fn invoice_pdf(
        &self,
        actor: Actor,
        fact: Fact,
        id: InvoiceId,
    ) -> Result<(Invoice, Shown<Vec<u8>>), CommerceError> {
        let invoice = self.find_invoice(id).await?;
        let grant = self
            .policy()
            .grant::<purpose::Deliver>(Use {
                actor,
                subject: Subject::customer(invoice.customer),
                act: Act::Read,
                fields: &["invoice_documents.pdf"],
                fact,
            })
            .await?;
        self.render_invoice(id).await?;
        let kept = self.read(move |tx| store::document(tx, id)?.ok_or(CommerceError::NotFound("document")));
        let pdf = self.show_document(&grant, place(id), kept.await?, &invoice.number)?;
        Ok((invoice, pdf))
    }
}
