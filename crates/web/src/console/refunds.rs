//! Giving back: what of an invoice is credited, shown to the cent before it is confirmed, and done once however often the
//! button is pressed.

use mailkeep_commerce::CommerceError;
use mailkeep_commerce::payments::config::minor_units;
use mailkeep_commerce::refunds::RefundStatus;
use mailkeep_commerce::refunds::begin::RefundWish;
use mailkeep_types::{CreditNoteId, Currency, InvoiceId, Money};
use serde::Serialize;

use super::invoices::{self, InvoicePage, amount_text};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::{Form, Submitted};
use crate::messages::msg;
use crate::routes::Answer;
use crate::samples::usd;

/// What giving back comes to.
#[derive(Debug, Clone, Serialize)]
pub struct RefundPreview {
    /// The lines that are credited: place, net and tax.
    pub lines: Vec<(i64, Money, Money)>,
    /// The credit note.
    pub total: Money,
    /// Its tax.
    pub tax: Money,
    /// What is taken off what is owed.
    pub off_open: Money,
    /// What was paid of it.
    pub returned: Money,
    /// Whether that goes back to the card; else it is credit on the account.
    pub to_card: bool,
    /// What the confirmation sends: field and value.
    pub fields: Vec<(String, String)>,
    /// The total in minor units, as it is confirmed.
    pub total_minor: i64,
}

impl RefundPreview {
    /// Ten of thirty back to the card.
    pub fn sample() -> Self {
        RefundPreview {
            lines: vec![(1, usd(1000), usd(62))],
            total: usd(1062),
            tax: usd(62),
            off_open: usd(0),
            returned: usd(1062),
            to_card: true,
            fields: vec![("line-1".to_owned(), "10.00".to_owned())],
            total_minor: 1062,
        }
    }
}

/// What is asked for: for each line its place and the amount without tax. A message stands beside what cannot be read.
fn asked(form: &mut Form, page: &InvoicePage, submitted: &Submitted, whole: bool) -> Vec<(i64, i64)> {
    let currency: Currency = page.invoice.total.currency;
    let mut wanted = Vec::new();
    for line in &page.lines {
        let field = format!("line-{}", line.position);
        let minor = match submitted.get(&field) {
            _ if whole => Some(line.left.minor),
            "" => Some(0),
            text => minor_units(text, currency),
        };
        match minor {
            Some(0) => {}
            Some(minor) => wanted.push((line.position, minor)),
            None => form.refuse(&field, msg("money-amount-wrong")),
        }
    }
    if form.good() && wanted.is_empty() {
        form.refuse_all(msg("refund-nothing"));
    }
    wanted
}

/// Puts what giving back comes to on the page of an invoice, or what is wrong with it.
///
/// # Errors
/// A failure of the store.
pub async fn preview(
    ctx: &Ctx,
    page: &mut InvoicePage,
    submitted: &Submitted,
    whole: bool,
) -> Result<(), WebError> {
    let id: InvoiceId = ctx.param("invoice")?;
    let mut form = std::mem::take(&mut page.form);
    let wanted = asked(&mut form, page, submitted, whole);
    let to_card = submitted.get("to") == "card";
    if form.good() {
        let money = |minor| Money::new(minor, page.invoice.total.currency);
        match ctx.state.commerce.preview_refund(id, wanted.clone(), to_card).await {
            Ok(plan) => {
                let field =
                    |(position, minor): &(i64, i64)| (format!("line-{position}"), amount_text(money(*minor)));
                page.preview = Some(RefundPreview {
                    lines: plan.lines.iter().map(|line| (line.0, money(line.1), money(line.2))).collect(),
                    total: money(plan.net_minor + plan.tax_minor),
                    tax: money(plan.tax_minor),
                    off_open: money(plan.off_open_minor),
                    returned: money(plan.returned_minor),
                    to_card,
                    fields: wanted.iter().map(field).collect(),
                    total_minor: plan.net_minor + plan.tax_minor,
                });
                for (field, value) in
                    &page.preview.iter().flat_map(|one| one.fields.clone()).collect::<Vec<_>>()
                {
                    form = form.with(field, value.clone());
                }
            }
            Err(error) => form.take(error, &[])?,
        }
    }
    page.form = form;
    Ok(())
}

/// `POST /console/invoices/{invoice}/refund`
pub async fn refund(ctx: Ctx) -> Answer {
    let id: InvoiceId = ctx.param("invoice")?;
    let mut page = invoices::page(&ctx, id, Form::of(&ctx.form)).await?;
    let note: CreditNoteId = ctx.form.get("note").parse().map_err(|_| WebError::NotFound)?;
    let mut form = std::mem::take(&mut page.form);
    let wanted = asked(&mut form, &page, &ctx.form, false);
    page.form = form;
    if page.form.good() {
        let seen_minor = ctx.form.get("total").parse().ok();
        let to_card = ctx.form.get("to") == "card";
        let wish = RefundWish { note, asked: wanted, to_card, seen_minor };
        let here = format!("/console/invoices/{id}");
        match ctx.state.commerce.refund_once(ctx.who.staff()?.staff, id, wish).await {
            Ok((note, refund)) => {
                let said = match refund.map(|refund| refund.status) {
                    None => msg("refund-done-account"),
                    Some(RefundStatus::Paid) => msg("refund-done-card"),
                    Some(RefundStatus::Begun) => msg("refund-done-begun"),
                    Some(RefundStatus::Failed) => return ctx.sorry(&here, msg("refund-done-failed")),
                };
                return ctx.done(&here, said.with("number", note.number));
            }
            Err(error @ (CommerceError::Invalid { .. } | CommerceError::Staff(_))) => {
                page.form.take(error, &[])?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    ctx.refused(&page)
}
