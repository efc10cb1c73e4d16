//! Invoices.

use mailkeep_commerce::invoices::Invoice;
use mailkeep_identity::Scope;
use mailkeep_types::{InvoiceId, Money};
use schemars::JsonSchema;
use serde::Serialize;

use super::describe::{Api, op};
use super::paging::{Page, Part, asked};
use super::value::{Amount, Date};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::BILLING;

/// An invoice.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Invoice")]
pub struct InvoiceView {
    /// Its identifier.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Without tax.
    pub net: Amount,
    /// The tax.
    pub tax: Amount,
    /// With tax.
    pub total: Amount,
    /// What is paid.
    pub paid: Amount,
    /// What credit notes took off.
    pub credited: Amount,
    /// What a bank took back and has not decided on.
    pub disputed: Amount,
    /// What is still owed.
    pub open: Amount,
    /// The date of issue.
    pub issued_on: Date,
    /// The date on which it is due.
    pub due_on: Date,
}

impl From<Invoice> for InvoiceView {
    fn from(invoice: Invoice) -> Self {
        let money = |minor| Money::new(minor, invoice.currency).into();
        InvoiceView {
            id: invoice.id.to_string(),
            net: money(invoice.net_minor),
            tax: money(invoice.tax_minor),
            total: money(invoice.total_minor),
            paid: money(invoice.paid_minor),
            credited: money(invoice.credited_minor),
            disputed: money(invoice.disputed_minor),
            open: money(invoice.open_minor),
            issued_on: invoice.issued_on.into(),
            due_on: invoice.due_on.into(),
            number: invoice.number,
        }
    }
}

async fn list(ctx: Ctx) -> Result<Page<InvoiceView>, WebError> {
    let part = asked(&ctx)?;
    let after = part.after.map(InvoiceId::from_uuid);
    let invoices = ctx.state.commerce.page_invoices(ctx.customer()?, after, part.ask()).await?;
    Ok(Part::of(invoices, part, |invoice| invoice.id.uuid()).page(InvoiceView::from))
}

async fn show(ctx: Ctx) -> Result<InvoiceView, WebError> {
    let (invoice, _) = ctx.state.commerce.show_invoice(ctx.customer()?, ctx.param("invoice")?).await?;
    Ok(invoice.into())
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Invoices");
    let scope = Scope::BillingRead;
    api.list(op("/api/v1/invoices", "listInvoices", "The invoices of the customer", scope, BILLING), list);
    api.read(op("/api/v1/invoices/{invoice}", "showInvoice", "One invoice", scope, BILLING), show);
    let file = op("/api/v1/invoices/{invoice}/pdf", "downloadInvoice", "An invoice as PDF", scope, BILLING);
    api.file(file, "application/pdf", crate::center::invoices::pdf);
    let at = "/api/v1/invoices/{invoice}/credit-notes/{note}/pdf";
    let file = op(at, "downloadCreditNote", "A credit note as PDF", scope, BILLING);
    api.file(file, "application/pdf", crate::center::invoices::note_pdf);
}
