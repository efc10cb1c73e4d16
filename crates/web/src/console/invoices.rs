//! Invoices in the console: found by number, and one with what became of it. Numbers, days and amounts; nothing personal is
//! opened.

use mailkeep_commerce::catalogue::pricing::quantity_text;
use mailkeep_commerce::invoices::Invoice;
use mailkeep_commerce::payments::AttemptKind;
use mailkeep_commerce::refunds::RefundStatus;
use mailkeep_types::{CreditNoteId, InvoiceId, Money, Timestamp};
use serde::Serialize;

use super::refunds::{self, RefundPreview};
use crate::bill::what;
use crate::center::invoices::state;
use crate::center::services::start_of;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples::{self, usd};

/// The newest invoices of everybody.
#[derive(Debug, Serialize)]
pub struct InvoicesPage {
    /// The invoices of this page of the list.
    pub invoices: Vec<InvoiceRow>,
    /// Where in the list.
    pub paging: Paging,
    /// The number that is looked for.
    pub form: Form,
}

/// An invoice.
#[derive(Debug, Clone, Serialize)]
pub struct InvoiceRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its date.
    pub at: Timestamp,
    /// `open`, `paid`, `overdue`, `credited` or `disputed`.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// What it comes to.
    pub total: Money,
    /// What is owed.
    pub open: Money,
}

impl InvoiceRow {
    fn of(ctx: &Ctx, invoice: &Invoice) -> Self {
        let zone = ctx.chrome().time_zone;
        let (state, tone) = state(invoice, ctx.state.clock.now(), &zone);
        InvoiceRow {
            id: invoice.id.to_string(),
            number: invoice.number.clone(),
            at: start_of(invoice.issued_on, &zone),
            state,
            tone,
            total: invoice.total(),
            open: invoice.open(),
        }
    }

    fn sample(number: &str, state: &'static str, tone: &'static str, open: i64) -> Self {
        InvoiceRow {
            id: "i".to_owned(),
            number: number.to_owned(),
            at: samples::days_ago(13),
            state,
            tone,
            total: usd(3188),
            open: usd(open),
        }
    }
}

impl Page for InvoicesPage {
    const TEMPLATE: &'static str = "console/invoices.html";

    fn samples() -> Vec<Self> {
        let rows = vec![
            InvoiceRow::sample("INV-000119", "open", "note", 3188),
            InvoiceRow::sample("INV-000118", "paid", "good", 0),
            InvoiceRow::sample("INV-000101", "overdue", "bad", 1200),
        ];
        let page = |invoices: Vec<InvoiceRow>, form| InvoicesPage {
            paging: Paging { page: 1, size: 25, total: 3 },
            invoices,
            form,
        };
        let missing = Form::new().with("number", "INV-9").wrong("number", msg("money-no-invoice"));
        vec![page(rows, Form::new()), page(Vec::new(), missing)]
    }
}

/// One invoice with its lines, what became of it, and the form that gives back.
#[derive(Debug, Serialize)]
pub struct InvoicePage {
    /// The invoice.
    pub invoice: InvoiceRow,
    /// Whose it is, as in addresses.
    pub customer: String,
    /// Its sums.
    pub sums: Sums,
    /// Its lines.
    pub lines: Vec<LineRow>,
    /// Payments, refunds and credit notes, newest first.
    pub events: Vec<EventRow>,
    /// What was typed.
    pub form: Form,
    /// Whether a card can get something back.
    pub card: bool,
    /// Names what is done with the form, so that the back button does it no second time.
    pub note: String,
    /// What it comes to, once something was asked for.
    pub preview: Option<RefundPreview>,
}

/// The sums of an invoice.
#[derive(Debug, Clone, Serialize)]
pub struct Sums {
    /// Without tax.
    pub net: Money,
    /// The tax.
    pub tax: Money,
    /// What was paid.
    pub paid: Money,
    /// What credit notes took off.
    pub credited: Money,
    /// What the bank decides about.
    pub disputed: Money,
    /// What lies on the customer's account.
    pub account: Money,
}

/// A line.
#[derive(Debug, Clone, Serialize)]
pub struct LineRow {
    /// Its place, from 1.
    pub position: i64,
    /// The plan, add-on or item.
    pub name: String,
    /// How many of what.
    pub what: String,
    /// The first day that is paid for.
    pub from: Timestamp,
    /// The last one.
    pub to: Timestamp,
    /// Without tax.
    pub net: Money,
    /// What can still be credited, without tax.
    pub left: Money,
    /// The same as it stands in a field.
    pub left_text: String,
}

/// Something that happened.
#[derive(Debug, Clone, Serialize)]
pub struct EventRow {
    /// When.
    pub at: Timestamp,
    /// Names its text.
    pub kind: &'static str,
    /// How it looks.
    pub tone: &'static str,
    /// The number of the document.
    pub number: Option<String>,
    /// How much.
    pub amount: Money,
    /// What of a payment can still go back to its card.
    pub left: Option<Money>,
}

impl Page for InvoicePage {
    const TEMPLATE: &'static str = "console/invoice.html";

    fn samples() -> Vec<Self> {
        let line = |position, what: &str, net, left| LineRow {
            position,
            name: "Business".to_owned(),
            what: what.to_owned(),
            from: samples::days_ago(13),
            to: samples::days_ago(-17),
            net: usd(net),
            left: usd(left),
            left_text: amount_text(usd(left)),
        };
        let event = |days, kind, tone, number: Option<&str>, amount, left: Option<i64>| EventRow {
            at: samples::days_ago(days),
            kind,
            tone,
            number: number.map(str::to_owned),
            amount: usd(amount),
            left: left.map(usd),
        };
        let page = |form: Form, preview, card| InvoicePage {
            invoice: InvoiceRow::sample("INV-000118", "paid", "good", 0),
            customer: "c".to_owned(),
            sums: Sums {
                net: usd(3600),
                tax: usd(225),
                paid: usd(2763),
                credited: usd(1062),
                disputed: usd(0),
                account: usd(312),
            },
            lines: vec![line(1, "5 mailboxes", 3000, 2000), line(2, "2 hours", 600, 600)],
            events: vec![
                event(1, "refund_paid", "good", None, 1062, None),
                event(1, "credit_note", "note", Some("CN-000004"), 1062, None),
                event(11, "paid", "good", None, 3825, Some(2763)),
            ],
            form,
            card,
            note: "n".to_owned(),
            preview,
        };
        let asked = Form::new().with("line-1", "10.00").with("to", "card");
        vec![
            page(Form::new().with("to", "card"), None, true),
            page(asked.clone(), Some(RefundPreview::sample()), true),
            page(asked.wrong("line-1", msg("money-amount-wrong")), None, true),
            page(Form::new().with("to", "account"), None, false),
        ]
    }
}

/// An amount as it stands in a field, e.g. `12.50`.
pub fn amount_text(amount: Money) -> String {
    let digits = amount.currency.minor_digits();
    let scale = 10i64.pow(digits);
    match digits {
        0 => amount.minor.to_string(),
        _ => format!(
            "{}.{:0width$}",
            amount.minor / scale,
            (amount.minor % scale).abs(),
            width = usize::try_from(digits).unwrap_or(2)
        ),
    }
}

/// `GET /console/invoices`, with `?number=` for one of them.
pub async fn show(ctx: Ctx) -> Answer {
    let commerce = &ctx.state.commerce;
    let number = ctx.query.get("number");
    let mut form = Form::new().with("number", number);
    if !number.is_empty() {
        if let Some(found) = commerce.find_invoice_by_number(number).await? {
            return Ok(ctx.redirect(&format!("/console/invoices/{}", found.id)));
        }
        form = form.wrong("number", msg("money-no-invoice"));
    }
    let mut paging = Paging::asked(ctx.query.get("page"), 25);
    let newest = commerce.list_newest_invoices(1000).await?;
    let invoices = paging.cut(newest).iter().map(|invoice| InvoiceRow::of(&ctx, invoice)).collect();
    ctx.page(&InvoicesPage { invoices, paging, form })
}

/// `GET /console/invoices/{invoice}`, with what is to be given back in the query.
pub async fn show_one(ctx: Ctx) -> Answer {
    let id: InvoiceId = ctx.param("invoice")?;
    let asked = !ctx.query.get("to").is_empty();
    let form = if asked { Form::of(&ctx.query) } else { Form::new().with("to", "card") };
    let mut page = page(&ctx, id, form).await?;
    if asked {
        let note: CreditNoteId = ctx.query.get("note").parse().map_err(|_| WebError::NotFound)?;
        // Whoever comes back to what they did sees what came of it.
        if ctx.state.commerce.list_credit_notes(id).await?.iter().any(|one| one.id == note) {
            return Ok(ctx.redirect(&format!("/console/invoices/{id}")));
        }
        page.note = note.to_string();
        refunds::preview(&ctx, &mut page, &ctx.query, ctx.query.ticked("whole")).await?;
    }
    if page.form.good() { ctx.page(&page) } else { ctx.refused(&page) }
}

/// The page of an invoice, with a form.
///
/// # Errors
/// When there is no such invoice.
pub async fn page(ctx: &Ctx, id: InvoiceId, form: Form) -> Result<InvoicePage, WebError> {
    let commerce = &ctx.state.commerce;
    let found = commerce.inspect_invoice(id).await?;
    let (invoice, zone) = (&found.invoice, ctx.chrome().time_zone);
    let money = |minor| Money::new(minor, invoice.currency);
    let mut lines = Vec::new();
    for line in &found.lines {
        let taken = found.taken.iter().find(|row| row.0 == line.position).map_or(0, |row| row.1);
        let plan = commerce.plan_version(line.plan_version).await?.name;
        let left = money((line.total.net_minor - taken).max(0));
        lines.push(LineRow {
            position: line.position,
            name: line.item_key.clone().unwrap_or(plan),
            what: what(ctx, line.kind, line.measure, &quantity_text(line.quantity)),
            from: start_of(line.period.start, &zone),
            to: start_of(line.period.end.yesterday().unwrap_or(line.period.end), &zone),
            net: money(line.total.net_minor),
            left,
            left_text: amount_text(left),
        });
    }
    let (events, card) = events(ctx, invoice, &zone).await?;
    Ok(InvoicePage {
        invoice: InvoiceRow::of(ctx, invoice),
        customer: invoice.customer.to_string(),
        sums: Sums {
            net: money(invoice.net_minor),
            tax: money(invoice.tax_minor),
            paid: money(invoice.paid_minor),
            credited: money(invoice.credited_minor),
            disputed: money(invoice.disputed_minor),
            account: commerce.account_credit(invoice.customer).await?,
        },
        lines,
        events,
        form,
        card,
        note: CreditNoteId::new(&*ctx.state.clock).to_string(),
        preview: None,
    })
}

/// What happened to an invoice, and whether a card can get something back.
async fn events(ctx: &Ctx, invoice: &Invoice, zone: &str) -> Result<(Vec<EventRow>, bool), WebError> {
    let commerce = &ctx.state.commerce;
    let mut events = Vec::new();
    let payments = commerce.list_payments_of_invoice(invoice.id).await?;
    let card = payments.iter().any(|(_, left)| left.minor > 0);
    for (payment, left) in payments {
        let kind = if payment.kind == AttemptKind::Charge { "charged" } else { "paid" };
        let at = start_of(payment.local_day, zone);
        events.push(EventRow {
            at,
            kind,
            tone: "good",
            number: None,
            amount: payment.amount,
            left: Some(left),
        });
    }
    for refund in commerce.list_refunds(invoice.id).await? {
        let (kind, tone) = match refund.status {
            RefundStatus::Begun => ("refund_begun", "note"),
            RefundStatus::Paid => ("refund_paid", "good"),
            RefundStatus::Failed => ("refund_failed", "warn"),
        };
        let (at, amount) = (refund.created_at, refund.amount);
        events.push(EventRow { at, kind, tone, number: None, amount, left: None });
    }
    for note in commerce.list_credit_notes(invoice.id).await? {
        let (at, amount) = (start_of(note.issued_on, zone), Money::new(note.total_minor, invoice.currency));
        let (kind, number) = ("credit_note", Some(note.number));
        events.push(EventRow { at, kind, tone: "note", number, amount, left: None });
    }
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    Ok((events, card))
}
