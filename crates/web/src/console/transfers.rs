//! Bank transfers, recorded from the bank's statement by the number of the invoice.

use mailkeep_commerce::payments::config::minor_units;
use mailkeep_commerce::transfers::list::Transfer;
use mailkeep_commerce::transfers::record::NewTransfer;
use mailkeep_types::{Money, Timestamp};
use serde::Serialize;

use crate::center::services::start_of;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples::{self, usd};

/// The form of a transfer.
#[derive(Debug, Serialize)]
pub struct TransfersPage {
    /// What was typed.
    pub form: Form,
    /// The currency of the prices.
    pub currency: String,
    /// What was recorded last, newest first.
    pub transfers: Vec<TransferRow>,
    /// Where in the list.
    pub paging: Paging,
}

/// A transfer.
#[derive(Debug, Clone, Serialize)]
pub struct TransferRow {
    /// The invoice, as in addresses.
    pub invoice: String,
    /// Its number.
    pub number: String,
    /// The day on which it came in.
    pub at: Timestamp,
    /// The line of the statement.
    pub line: String,
    /// How much.
    pub amount: Money,
    /// What of it became credit on the account.
    pub credited: Money,
}

impl Page for TransfersPage {
    const TEMPLATE: &'static str = "console/transfers.html";

    fn samples() -> Vec<Self> {
        let form = Form::new().with("invoice_number", "INV-000118").with("amount", "249.95");
        let row = |number: &str, days, amount, credited| TransferRow {
            invoice: "i".to_owned(),
            number: number.to_owned(),
            at: samples::days_ago(days),
            line: "17/4".to_owned(),
            amount: usd(amount),
            credited: usd(credited),
        };
        let page = |form, transfers| TransfersPage {
            form,
            currency: "USD".to_owned(),
            transfers,
            paging: Paging { page: 1, size: 25, total: 2 },
        };
        let rows = vec![row("INV-000118", 1, 24_995, 0), row("INV-000101", 3, 5000, 812)];
        vec![page(Form::new(), rows), page(form.wrong("statement_line", msg("form-required")), Vec::new())]
    }
}

async fn page(ctx: &Ctx, form: Form) -> Result<TransfersPage, WebError> {
    let (commerce, zone) = (&ctx.state.commerce, ctx.chrome().time_zone);
    let mut paging = Paging::asked(ctx.query.get("page"), 25);
    let row = |one: Transfer| TransferRow {
        invoice: one.invoice.to_string(),
        number: one.number,
        at: start_of(one.received_on, &zone),
        line: one.statement_line,
        amount: one.amount,
        credited: Money::new(one.credited_minor, one.amount.currency),
    };
    let transfers = paging.cut(commerce.list_transfers().await?).into_iter().map(row).collect();
    Ok(TransfersPage { form, currency: commerce.config().currency.code().to_owned(), transfers, paging })
}

/// `GET /console/transfers`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

/// `POST /console/transfers`
pub async fn record(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let invoice_number = form.required(&ctx.form, "invoice_number").to_owned();
    let amount = minor_units(form.required(&ctx.form, "amount"), ctx.state.commerce.config().currency);
    let received_on = form.required(&ctx.form, "received_on").parse().ok();
    let statement_line = form.required(&ctx.form, "statement_line").to_owned();
    if amount.is_none() {
        form.refuse("amount", msg("transfer-amount-wrong"));
    }
    if received_on.is_none() {
        form.refuse("received_on", msg("transfer-day-wrong"));
    }
    if let (true, Some(amount_minor), Some(received_on)) = (form.good(), amount, received_on) {
        let transfer = NewTransfer { invoice_number, amount_minor, received_on, statement_line };
        match ctx.state.commerce.record_transfer(ctx.who.staff()?.staff, transfer).await {
            Ok(done) => {
                let said = msg("transfer-recorded")
                    .with("paid", done.paid.to_string())
                    .with("open", done.open.to_string())
                    .with("credited", done.credited.to_string());
                return ctx.done("/console/transfers", said);
            }
            Err(error) => {
                form.take(error, &["invoice_number", "amount", "received_on", "statement_line"])?;
            }
        }
    }
    let page = page(&ctx, form).await?;
    ctx.refused(&page)
}
