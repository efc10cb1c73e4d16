//! Invoices of everybody, and giving back.

use axum::http::Method;
use mailkeep_commerce::catalogue::pricing::quantity_text;
use mailkeep_commerce::invoices::{Invoice, InvoiceLine};
use mailkeep_commerce::refunds::begin::RefundWish;
use mailkeep_types::{CreditNoteId, Currency, InvoiceId, Money};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::describe::Api;
use super::super::invoices::InvoiceView;
use super::super::paging::{Page, Part, asked, whole};
use super::super::value::{Amount, Date};
use super::{checked, op};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::StaffPermission;

/// An invoice of a customer.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HouseInvoice")]
pub struct HouseInvoice {
    /// Whose it is.
    pub customer: String,
    /// The invoice.
    #[serde(flatten)]
    pub invoice: InvoiceView,
}

/// An invoice with its lines.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HouseInvoiceWithLines")]
pub struct WithLines {
    /// The invoice.
    #[serde(flatten)]
    pub invoice: HouseInvoice,
    /// Its lines.
    pub lines: Vec<LineView>,
    /// What of it was given back.
    pub credit_notes: Vec<NoteView>,
}

/// A line of an invoice.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HouseInvoiceLine")]
pub struct LineView {
    /// Its place, from 1.
    pub position: i64,
    /// `mailboxes`, `closed_mailboxes`, `space`, `add_on`, `add_on_space`, `setup`, `item` or `unused`.
    pub kind: String,
    /// The key of the add-on or item.
    pub item: Option<String>,
    /// How many.
    pub quantity: String,
    /// The first day that is paid for.
    pub from: Date,
    /// The day after the last one.
    pub until: Date,
    /// Without tax.
    pub net: Amount,
    /// The tax.
    pub tax: Amount,
    /// What can still be given back, without tax.
    pub left: Amount,
}

/// A credit note.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HouseCreditNote")]
pub struct NoteView {
    /// Its identifier.
    pub id: String,
    /// Its number.
    pub number: String,
    /// With tax.
    pub total: Amount,
}

/// What is given back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ToRefund {
    /// Names the act, a UUID of your choice: sent again it is done once.
    #[schemars(with = "String", extend("format" = "uuid"))]
    pub id: uuid::Uuid,
    /// What of which line.
    pub lines: Vec<LineToRefund>,
    /// Whether what was paid of it goes back to the card; else it is credit on the account.
    pub to_card: bool,
}

/// What of a line is given back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineToRefund {
    /// Its place on the invoice, from 1.
    pub position: i64,
    /// Without tax, in the smallest unit of the currency.
    pub net_minor: i64,
}

/// What was given back.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RefundDone")]
pub struct RefundDone {
    /// The credit note.
    pub note: NoteView,
    /// `begun`, `paid` or `failed` for what goes to a card; nothing for what became credit.
    pub card: Option<String>,
}

impl From<Invoice> for HouseInvoice {
    fn from(invoice: Invoice) -> Self {
        HouseInvoice { customer: invoice.customer.to_string(), invoice: invoice.into() }
    }
}

fn line(line: &InvoiceLine, taken: &[(i64, i64, i64)], currency: Currency) -> LineView {
    let money = |minor| Money::new(minor, currency).into();
    let taken = taken.iter().find(|row| row.0 == line.position).map_or(0, |row| row.1);
    LineView {
        position: line.position,
        kind: line.kind.word().to_owned(),
        item: line.item_key.clone(),
        quantity: quantity_text(line.quantity),
        from: line.period.start.into(),
        until: line.period.end.into(),
        net: money(line.total.net_minor),
        tax: money(line.total.tax_minor),
        left: money((line.total.net_minor - taken).max(0)),
    }
}

async fn list(ctx: Ctx) -> Result<Page<HouseInvoice>, WebError> {
    let commerce = &ctx.state.commerce;
    let number = ctx.query.get("number");
    if !number.is_empty() {
        let found = commerce.find_invoice_by_number(number).await?;
        return Ok(whole(found.into_iter().map(HouseInvoice::from).collect()));
    }
    let part = asked(&ctx)?;
    let after = part.after.map(InvoiceId::from_uuid);
    let invoices = commerce.page_all_invoices(after, part.ask()).await?;
    Ok(Part::of(invoices, part, |invoice| invoice.id.uuid()).page(HouseInvoice::from))
}

async fn show(ctx: Ctx) -> Result<WithLines, WebError> {
    let id: InvoiceId = ctx.param("invoice")?;
    let found = ctx.state.commerce.inspect_invoice(id).await?;
    let currency = found.invoice.currency;
    let notes = ctx.state.commerce.list_credit_notes(id).await?;
    let note = |id: CreditNoteId, number: String, minor| NoteView {
        id: id.to_string(),
        number,
        total: Money::new(minor, currency).into(),
    };
    Ok(WithLines {
        lines: found.lines.iter().map(|one| line(one, &found.taken, currency)).collect(),
        credit_notes: notes.into_iter().map(|one| note(one.id, one.number, one.total_minor)).collect(),
        invoice: found.invoice.into(),
    })
}

async fn refund(ctx: Ctx, sent: ToRefund) -> Result<RefundDone, WebError> {
    let id: InvoiceId = ctx.param("invoice")?;
    let (staff, commerce) = (ctx.who.staff()?.staff, &ctx.state.commerce);
    let currency = commerce.find_invoice(id).await?.currency;
    let asked = sent.lines.iter().map(|line| (line.position, line.net_minor)).collect();
    let note = CreditNoteId::from_uuid(sent.id);
    let wish = RefundWish { note, asked, to_card: sent.to_card, seen_minor: None };
    let (note, refund) = checked(commerce.refund_once(staff, id, wish).await, &["lines"])?;
    Ok(RefundDone {
        note: NoteView {
            id: note.id.to_string(),
            number: note.number,
            total: Money::new(note.total_minor, currency).into(),
        },
        card: refund.map(|refund| refund.status.word().to_owned()),
    })
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Invoices");
    let bill = StaffPermission::Billing;
    let what = "The invoices of all customers; `number` in the query looks for one";
    api.list(op("/api/staff/v1/invoices", "listInvoices", what, bill), list);
    api.read(op("/api/staff/v1/invoices/{invoice}", "showInvoice", "An invoice with its lines", bill), show);
    let what = "Credit lines of an invoice, and send back what was paid of them";
    let refunds = op("/api/staff/v1/invoices/{invoice}/refunds", "refundInvoice", what, bill);
    api.change(Method::POST, refunds, refund);
}
