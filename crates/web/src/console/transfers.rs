//! Bank transfers, recorded from the bank's statement by the number of the invoice.

use mailkeep_commerce::payments::config::minor_units;
use mailkeep_commerce::transfers::record::NewTransfer;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// The form of a transfer.
#[derive(Debug, Serialize)]
pub struct TransfersPage {
    /// What was typed.
    pub form: Form,
    /// The currency of the prices.
    pub currency: String,
}

impl Page for TransfersPage {
    const TEMPLATE: &'static str = "console/transfers.html";

    fn samples() -> Vec<Self> {
        let form = Form::new().with("invoice_number", "INV-000118").with("amount", "249.95");
        let page = |form| TransfersPage { form, currency: "USD".to_owned() };
        vec![page(Form::new()), page(form.wrong("statement_line", msg("form-required")))]
    }
}

fn page(ctx: &Ctx, form: Form) -> TransfersPage {
    TransfersPage { form, currency: ctx.state.commerce.config().currency.code().to_owned() }
}

/// `GET /console/transfers`
pub async fn show(ctx: Ctx) -> Answer {
    ctx.page(&page(&ctx, Form::new()))
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
    ctx.refused(&page(&ctx, form))
}
