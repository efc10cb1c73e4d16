//! A hosting report as a document.

use std::sync::Arc;

use mailkeep_policy::{Actor, Fact, Shown};
use mailkeep_types::{CustomerId, MailboxId};

use super::{StoredReport, sheet};
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// A report as a document, with the addresses of its mailboxes that the caller may see. Seller, addressee and head of
    /// the ledger are those of the invoice that was made with it; without one it is addressed to nobody.
    ///
    /// # Errors
    /// [`CommerceError::Refused`] when the fact does not let the actor read that invoice.
    pub async fn hosting_report_pdf(
        &self,
        actor: Actor,
        fact: Fact,
        customer: CustomerId,
        stored: StoredReport,
        names: Shown<Vec<(MailboxId, String)>>,
    ) -> Result<Shown<Vec<u8>>, CommerceError> {
        let letterhead = self.letterhead(actor, fact, customer, stored.invoice).await?;
        let figures = Shown::from(Arc::new(stored.report))
            .join(&names, |report, names| (report.clone(), names.clone()));
        let drawn = letterhead
            .join(&figures, |letterhead, (report, names)| sheet::render(letterhead, report, names).ok());
        drawn
            .maybe(Clone::clone)
            .ok_or_else(|| CommerceError::Render("the report cannot be drawn".to_owned()))
    }
}
