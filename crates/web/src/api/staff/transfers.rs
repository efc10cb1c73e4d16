//! Bank transfers, for the program that reads the bank's statements.

use axum::http::Method;
use mailkeep_commerce::transfers::list::Transfer;
use mailkeep_commerce::transfers::record::{NewTransfer, Recorded};
use mailkeep_types::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::describe::Api;
use super::super::paging::{Page, whole};
use super::super::value::{Amount, Date, Instant};
use super::{checked, op};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::StaffPermission;

/// A transfer that was recorded.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Transfer")]
pub struct TransferView {
    /// The invoice that the payer named.
    pub invoice: String,
    /// Its number.
    pub invoice_number: String,
    /// What came in.
    pub amount: Amount,
    /// What of it became credit on the account.
    pub credited: Amount,
    /// The day on which it came.
    pub received_on: Date,
    /// What names the line of the statement.
    pub statement_line: String,
    /// When it was recorded.
    pub recorded_at: Instant,
}

/// A transfer to record.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferToRecord {
    /// The number of the invoice that the payer named.
    pub invoice_number: String,
    /// What came in, in the smallest unit of the invoice's currency.
    pub amount_minor: i64,
    /// The day on which it came, e.g. `2026-06-03`.
    pub received_on: String,
    /// What names the line of the statement. One line is recorded once, however often it is sent.
    pub statement_line: String,
}

/// What a transfer came to.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TransferRecorded")]
pub struct RecordedView {
    /// The invoice.
    pub invoice: String,
    /// What it paid.
    pub paid: Amount,
    /// What is still owed.
    pub open: Amount,
    /// What became credit on the account.
    pub credited: Amount,
}

impl From<Transfer> for TransferView {
    fn from(transfer: Transfer) -> Self {
        TransferView {
            invoice: transfer.invoice.to_string(),
            invoice_number: transfer.number,
            amount: transfer.amount.into(),
            credited: Money::new(transfer.credited_minor, transfer.amount.currency).into(),
            received_on: transfer.received_on.into(),
            statement_line: transfer.statement_line,
            recorded_at: transfer.recorded_at.into(),
        }
    }
}

impl From<Recorded> for RecordedView {
    fn from(done: Recorded) -> Self {
        RecordedView {
            invoice: done.invoice.to_string(),
            paid: done.paid.into(),
            open: done.open.into(),
            credited: done.credited.into(),
        }
    }
}

async fn list(ctx: Ctx) -> Result<Page<TransferView>, WebError> {
    Ok(whole(ctx.state.commerce.list_transfers().await?.into_iter().map(TransferView::from).collect()))
}

async fn record(ctx: Ctx, sent: TransferToRecord) -> Result<RecordedView, WebError> {
    let staff = ctx.who.staff()?.staff;
    let Ok(received_on) = sent.received_on.parse() else {
        let mut form = Form::new();
        form.refuse("received_on", msg("transfer-day-wrong"));
        return Err(WebError::Fields(Box::new(form)));
    };
    let transfer = NewTransfer {
        invoice_number: sent.invoice_number,
        amount_minor: sent.amount_minor,
        received_on,
        statement_line: sent.statement_line,
    };
    let fields = ["invoice_number", "amount", "received_on", "statement_line"];
    checked(ctx.state.commerce.record_transfer(staff, transfer).await, &fields).map(RecordedView::from)
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Bank transfers");
    let (at, bill) = ("/api/staff/v1/transfers", StaffPermission::Billing);
    api.list(op(at, "listTransfers", "The transfers that were recorded last, newest first", bill), list);
    let what = "Record a transfer by the number of its invoice; a line of the statement that is recorded already is refused";
    api.change(Method::POST, op(at, "recordTransfer", what, bill), record);
}
