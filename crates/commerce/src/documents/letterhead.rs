//! Who writes and to whom, on documents that are not issued: as it stands on an invoice of their time.

use mailkeep_policy::{Actor, Fact, Shown};
use mailkeep_types::{CustomerId, InvoiceId};

use crate::brands;
use crate::commerce::Commerce;
use crate::config::SellerConfig;
use crate::error::CommerceError;
use crate::orders::BillingDetails;

/// What a statement or a hosting report is drawn from beside its figures.
pub(crate) struct Letterhead {
    /// Who sells.
    pub seller: SellerConfig,
    /// To whom it is written; nobody where no invoice says it.
    pub customer: Option<BillingDetails>,
    /// The head of the ledger that stands on the invoice.
    pub ledger_head: Option<String>,
}

impl Commerce {
    /// The letterhead that an invoice has; without one, the seller of the customer's brand alone.
    ///
    /// # Errors
    /// [`CommerceError::Refused`] when the fact does not let the actor read the invoice.
    pub(crate) async fn letterhead(
        &self,
        actor: Actor,
        fact: Fact,
        customer: CustomerId,
        invoice: Option<InvoiceId>,
    ) -> Result<Shown<Letterhead>, CommerceError> {
        if let Some(id) = invoice {
            let (_, snapshot) = self.open_invoice(actor, fact, id).await?;
            return Ok(snapshot.reshape(|snapshot| Letterhead {
                seller: snapshot.seller.clone(),
                customer: Some(snapshot.customer.clone()),
                ledger_head: snapshot.ledger_head.clone(),
            }));
        }
        let brand = self.read(move |tx| brands::of_customer(tx, customer)).await?;
        let seller = self.config().seller_of(&brand).clone();
        Ok(Shown::from(Letterhead { seller, customer: None, ledger_head: None }))
    }
}
