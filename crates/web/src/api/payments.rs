//! Payments, refunds, credit notes, and the credit on the account.

use mailkeep_commerce::invoices::credit::NoteRow;
use mailkeep_commerce::payments::Attempt;
use mailkeep_commerce::refunds::Refund;
use mailkeep_identity::Scope;
use mailkeep_types::{CreditNoteId, PaymentAttemptId};
use schemars::JsonSchema;
use serde::Serialize;

use super::describe::{Api, op};
use super::paging::{Page, Part, asked};
use super::value::{Amount, Date, Instant};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::BILLING;

/// An attempt to pay.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Payment")]
pub struct PaymentView {
    /// Its identifier.
    pub id: String,
    /// `authorise`, `capture`, `release`, `charge`, `refund` or `check`.
    pub kind: String,
    /// `succeeded`, `declined_soft`, `declined_hard`, or how far it is.
    pub status: String,
    /// How much.
    pub amount: Amount,
    /// The order that it is for.
    pub order: Option<String>,
    /// The invoice that it is for.
    pub invoice: Option<String>,
    /// The bank's reason for a no.
    pub decline_code: Option<String>,
    /// The local date on which it was made.
    pub on: Date,
}

/// Money that goes back to a card.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Refund")]
pub struct RefundView {
    /// Its identifier.
    pub id: String,
    /// `begun`, `paid` or `failed`.
    pub status: String,
    /// How much.
    pub amount: Amount,
    /// The payment that it comes from.
    pub payment: String,
    /// The invoice that was paid.
    pub invoice: String,
    /// When it began.
    pub created_at: Instant,
}

/// A credit note.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CreditNote")]
pub struct CreditNoteView {
    /// Its identifier.
    pub id: String,
    /// Its number.
    pub number: String,
    /// The invoice that it corrects.
    pub invoice: String,
    /// What it takes off, without tax.
    pub net: Amount,
    /// The tax of that.
    pub tax: Amount,
    /// The date of issue.
    pub issued_on: Date,
}

/// What the customer has on the account.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountCredit")]
pub struct CreditView {
    /// What pays the next invoice first.
    pub balance: Amount,
}

impl From<Attempt> for PaymentView {
    fn from(attempt: Attempt) -> Self {
        PaymentView {
            id: attempt.id.to_string(),
            kind: attempt.kind.word().to_owned(),
            status: attempt.status.word().to_owned(),
            amount: attempt.amount.into(),
            order: attempt.order.map(|id| id.to_string()),
            invoice: attempt.invoice.map(|id| id.to_string()),
            decline_code: attempt.decline_code,
            on: attempt.local_day.into(),
        }
    }
}

impl From<Refund> for RefundView {
    fn from(refund: Refund) -> Self {
        RefundView {
            id: refund.id.to_string(),
            status: refund.status.word().to_owned(),
            amount: refund.amount.into(),
            payment: refund.payment.to_string(),
            invoice: refund.invoice.to_string(),
            created_at: refund.created_at.into(),
        }
    }
}

impl From<NoteRow> for CreditNoteView {
    fn from(note: NoteRow) -> Self {
        CreditNoteView {
            id: note.id.to_string(),
            number: note.number,
            invoice: note.invoice.to_string(),
            net: note.net.into(),
            tax: note.tax.into(),
            issued_on: note.issued_on.into(),
        }
    }
}

async fn payments(ctx: Ctx) -> Result<Page<PaymentView>, WebError> {
    let part = asked(&ctx)?;
    let after = part.after.map(PaymentAttemptId::from_uuid);
    let rows = ctx.state.commerce.page_payments(ctx.customer()?, after, part.ask()).await?;
    Ok(Part::of(rows, part, |row| row.id.uuid()).page(PaymentView::from))
}

async fn refunds(ctx: Ctx) -> Result<Page<RefundView>, WebError> {
    let part = asked(&ctx)?;
    let after = part.after.map(PaymentAttemptId::from_uuid);
    let rows = ctx.state.commerce.page_refunds(ctx.customer()?, after, part.ask()).await?;
    Ok(Part::of(rows, part, |row| row.id.uuid()).page(RefundView::from))
}

async fn credit_notes(ctx: Ctx) -> Result<Page<CreditNoteView>, WebError> {
    let part = asked(&ctx)?;
    let after = part.after.map(CreditNoteId::from_uuid);
    let rows = ctx.state.commerce.page_credit_notes(ctx.customer()?, after, part.ask()).await?;
    Ok(Part::of(rows, part, |row| row.id.uuid()).page(CreditNoteView::from))
}

async fn credit(ctx: Ctx) -> Result<CreditView, WebError> {
    Ok(CreditView { balance: ctx.state.commerce.account_credit(ctx.customer()?).await?.into() })
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Payments");
    let scope = Scope::BillingRead;
    api.list(op("/api/v1/payments", "listPayments", "Attempts to pay", scope, BILLING), payments);
    let what = "Money that goes back to cards";
    api.list(op("/api/v1/refunds", "listRefunds", what, scope, BILLING), refunds);
    let what = "The credit notes of the customer";
    api.list(op("/api/v1/credit-notes", "listCreditNotes", what, scope, BILLING), credit_notes);
    let what = "What the customer has on the account";
    api.read(op("/api/v1/account-credit", "showAccountCredit", what, scope, BILLING), credit);
}
