//! Invoices: the list, one invoice, its PDF.

use mailkeep_commerce::CommerceError;
use mailkeep_commerce::catalogue::pricing::{TaxRow, quantity_text};
use mailkeep_commerce::credits::CreditKind;
use mailkeep_commerce::disputes::DisputeState;
use mailkeep_commerce::invoices::{Invoice, InvoiceLine, Snapshot, SnapshotLine};
use mailkeep_commerce::payments::{Attempt, AttemptKind, AttemptStatus};
use mailkeep_commerce::refunds::RefundStatus;
use mailkeep_policy::Shown;
use mailkeep_types::{CreditNoteId, InvoiceId, Money, Timestamp};
use serde::Serialize;

use super::services::start_of;
use crate::bill::{Bill, BillLine, tax_text, what};
use crate::ctx::Ctx;
use crate::error::{WebError, sentence};
use crate::messages::msg;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples::{self, usd};

/// The invoices of the customer.
#[derive(Debug, Serialize)]
pub struct InvoicesPage {
    /// The invoices of this page of the list.
    pub invoices: Vec<InvoiceRow>,
    /// Where in the list.
    pub paging: Paging,
}

/// An invoice in the list.
#[derive(Debug, Clone, Serialize)]
pub struct InvoiceRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its date.
    pub at: Timestamp,
    /// `open`, `paid`, `overdue`, `void`, `credited` or `disputed`.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// What it comes to.
    pub total: Money,
}

impl Page for InvoicesPage {
    const TEMPLATE: &'static str = "center/invoices.html";

    fn samples() -> Vec<Self> {
        let row = |number: &str, days, state, tone| InvoiceRow {
            id: number.to_owned(),
            number: number.to_owned(),
            at: samples::days_ago(days),
            state,
            tone,
            total: usd(38_970),
        };
        let rows = vec![
            row("INV-2026-000118", 1, "open", "note"),
            row("INV-2026-000091", 31, "paid", "good"),
            row("INV-2026-000044", 61, "overdue", "bad"),
        ];
        vec![
            InvoicesPage { invoices: rows, paging: Paging { page: 1, size: 25, total: 3 } },
            InvoicesPage { invoices: Vec::new(), paging: Paging { page: 1, size: 25, total: 0 } },
        ]
    }
}

/// One invoice.
#[derive(Debug, Serialize)]
pub struct InvoicePage {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its date.
    pub at: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
    /// Its state.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// Who sells: name and address lines.
    pub seller: Shown<Vec<String>>,
    /// Who buys: name and address lines.
    pub buyer: Shown<Vec<String>>,
    /// Lines and sums.
    pub bill: Bill,
    /// The signed head of the ledger that the invoice carries.
    pub ledger_head: Option<Shown<String>>,
    /// What became of it.
    pub account: Account,
}

/// What became of an invoice.
#[derive(Debug, Clone, Serialize)]
pub struct Account {
    /// What is still to be paid.
    pub open: Money,
    /// What the bank decides about.
    pub disputed: Money,
    /// What credit notes took off.
    pub credited: Money,
    /// What happened, newest first.
    pub events: Vec<EventRow>,
    /// Whether it can be paid on the processor's page.
    pub payable: bool,
    /// Whether the last try to charge the card was declined.
    pub declined: bool,
}

/// Something that happened to an invoice.
#[derive(Debug, Clone, Serialize)]
pub struct EventRow {
    /// The day.
    pub at: Timestamp,
    /// Names its text.
    pub kind: &'static str,
    /// How it looks.
    pub tone: &'static str,
    /// The number of the document.
    pub number: Option<String>,
    /// The credit note to fetch as a document.
    pub note: Option<String>,
    /// How much.
    pub amount: Money,
}

impl Page for InvoicePage {
    const TEMPLATE: &'static str = "center/invoice.html";

    fn samples() -> Vec<Self> {
        let page = |state, tone, ledger_head| InvoicePage {
            id: "i".to_owned(),
            number: "INV-2026-000118".to_owned(),
            at: samples::days_ago(1),
            due_at: samples::days_ago(-13),
            state,
            tone,
            seller: ["Mailkeep Example Inc.", "1 Keep Road", "Springfield 12345", "US"]
                .map(str::to_owned)
                .to_vec()
                .into(),
            buyer: ["Larkspur Books", "Ada Example", "12 Larkspur Lane", "Springfield 12345", "US"]
                .map(str::to_owned)
                .to_vec()
                .into(),
            bill: Bill::sample(),
            ledger_head,
            account: Account::sample(state == "open"),
        };
        vec![page("open", "note", Some("4fd0".repeat(16).into())), page("paid", "good", None)]
    }
}

impl Account {
    fn sample(open: bool) -> Self {
        let event = |days, kind, tone, number: Option<&str>, amount| EventRow {
            at: samples::days_ago(days),
            kind,
            tone,
            number: number.map(str::to_owned),
            note: number.map(|_| "n".to_owned()),
            amount: usd(amount),
        };
        let declined = event(1, "declined", "bad", None, 38_970);
        let given_back = vec![
            event(1, "refund_paid", "good", None, 2000),
            event(1, "credit_note", "note", Some("CN-000004"), 2000),
            event(3, "paid", "good", None, 38_970),
        ];
        Account {
            open: usd(if open { 38_970 } else { 0 }),
            disputed: usd(0),
            credited: usd(if open { 0 } else { 2000 }),
            events: if open { vec![declined] } else { given_back },
            payable: open,
            declined: open,
        }
    }
}

/// `GET /center/invoices`
pub async fn show(ctx: Ctx) -> Answer {
    let all = ctx.state.commerce.list_invoices(ctx.customer()?).await?;
    let mut paging = Paging::asked(ctx.query.get("page"), 25);
    let today = ctx.state.clock.now();
    let zone = ctx.chrome().time_zone;
    let invoices = paging
        .cut(all)
        .iter()
        .map(|invoice| {
            let (state, tone) = state(invoice, today, &zone);
            InvoiceRow {
                id: invoice.id.to_string(),
                number: invoice.number.clone(),
                at: start_of(invoice.issued_on, &zone),
                state,
                tone,
                total: invoice.total(),
            }
        })
        .collect();
    ctx.page(&InvoicesPage { invoices, paging })
}

/// The state of an invoice as people name it, and how it looks.
pub fn state(invoice: &Invoice, now: Timestamp, zone: &str) -> (&'static str, &'static str) {
    if invoice.disputed_minor > 0 {
        return ("disputed", "warn");
    }
    let due = start_of(invoice.due_on, zone).plus(std::time::Duration::from_secs(86_400));
    if invoice.open_minor <= 0 {
        if invoice.credited_minor >= invoice.total_minor && invoice.paid_minor <= 0 {
            ("credited", "note")
        } else {
            ("paid", "good")
        }
    } else if due < now {
        ("overdue", "bad")
    } else {
        ("open", "note")
    }
}

/// `GET /center/invoices/{invoice}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let id: InvoiceId = ctx.param("invoice")?;
    let (commerce, person) = (&ctx.state.commerce, ctx.who.person()?);
    let (before, lines) = commerce.show_invoice(ctx.customer()?, id).await?;
    // Whoever comes back from the processor's page need not wait for its notice; while it is silent, the job goes on.
    if before.open_minor > 0
        && !ctx.query.get("back").is_empty()
        && let Err(error) = commerce.advance_invoice_payment(id).await
    {
        tracing::info!(code = error.code(), "an invoice waits for its processor");
    }
    let (invoice, snapshot) = commerce.open_invoice(person.actor(), person.fact(), id).await?;
    let account = account(&ctx, &invoice).await?;
    ctx.page(&page(&ctx, &invoice, &lines, &snapshot, account))
}

/// `POST /center/invoices/{invoice}/pay`: leads to the processor's page.
pub async fn pay(ctx: Ctx) -> Answer {
    let (customer, id): (_, InvoiceId) = (ctx.customer()?, ctx.param("invoice")?);
    let here = format!("/center/invoices/{id}");
    let back = format!("{}{here}?back=yes", ctx.chrome().brand.url);
    let keep = ctx.form.ticked("keep_card");
    match ctx.state.commerce.start_invoice_payment(customer, id, &back, keep).await {
        Ok(page) => Ok(ctx.redirect(&page)),
        Err(CommerceError::State(why)) => ctx.sorry(&here, msg("verbatim").with("text", sentence(&why))),
        Err(error) => Err(error.into()),
    }
}

async fn account(ctx: &Ctx, invoice: &Invoice) -> Result<Account, WebError> {
    let (commerce, zone) = (&ctx.state.commerce, ctx.chrome().time_zone);
    let money = |minor| Money::new(minor, invoice.currency);
    let mut events = Vec::new();
    let mut event = |at, kind, tone, number: Option<String>, amount| {
        events.push(EventRow { at, kind, tone, number, note: None, amount });
    };
    for (payment, _) in commerce.list_payments_of_invoice(invoice.id).await? {
        event(start_of(payment.local_day, &zone), "paid", "good", None, payment.amount);
    }
    let tried = commerce.list_payments(invoice.customer).await?;
    let tried: Vec<_> = tried.into_iter().filter(|attempt| attempt.invoice == Some(invoice.id)).collect();
    let declined = |attempt: &Attempt| {
        matches!(attempt.status, AttemptStatus::DeclinedHard | AttemptStatus::DeclinedSoft)
            && attempt.kind != AttemptKind::Refund
    };
    for attempt in tried.iter().filter(|attempt| declined(attempt)) {
        event(start_of(attempt.local_day, &zone), "declined", "bad", None, attempt.amount);
    }
    for refund in commerce.list_refunds(invoice.id).await? {
        let (kind, tone) = match refund.status {
            RefundStatus::Begun => ("refund_begun", "note"),
            RefundStatus::Paid => ("refund_paid", "good"),
            RefundStatus::Failed => ("refund_failed", "warn"),
        };
        event(refund.created_at, kind, tone, None, refund.amount);
    }
    for movement in commerce.list_account_credits(invoice.customer).await? {
        if movement.kind == CreditKind::Applied && movement.cause == invoice.id.uuid() {
            event(movement.at, "credit_applied", "good", None, money(-movement.amount.minor));
        }
    }
    for dispute in commerce.list_disputes_of(invoice.customer).await? {
        if dispute.invoice == invoice.id {
            let (kind, tone) = match dispute.state {
                DisputeState::NeedsResponse | DisputeState::UnderReview => ("disputed", "warn"),
                DisputeState::Won => ("dispute_won", "note"),
                DisputeState::Lost => ("dispute_lost", "bad"),
            };
            event(dispute.closed_at.unwrap_or(dispute.opened_at), kind, tone, None, dispute.amount);
        }
    }
    for note in commerce.list_credit_notes(invoice.id).await? {
        events.push(EventRow {
            at: start_of(note.issued_on, &zone),
            kind: "credit_note",
            tone: "note",
            number: Some(note.number),
            note: Some(note.id.to_string()),
            amount: money(note.total_minor),
        });
    }
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    let charges = tried.iter().filter(|attempt| attempt.kind == AttemptKind::Charge);
    Ok(Account {
        open: invoice.open(),
        disputed: money(invoice.disputed_minor),
        credited: money(invoice.credited_minor),
        events,
        payable: invoice.open_minor > 0 && invoice.disputed_minor == 0,
        declined: invoice.open_minor > 0
            && charges.max_by_key(|attempt| attempt.ordinal).is_some_and(declined),
    })
}

fn page(
    ctx: &Ctx,
    invoice: &Invoice,
    lines: &[InvoiceLine],
    snapshot: &Shown<Snapshot>,
    account: Account,
) -> InvoicePage {
    let (now, zone) = (ctx.state.clock.now(), ctx.chrome().time_zone);
    let (state, tone) = state(invoice, now, &zone);
    let money = |minor| Money::new(minor, invoice.currency);
    let said = snapshot.each(|snapshot| snapshot.lines.clone());
    let line = |(line, said): (&InvoiceLine, &Shown<SnapshotLine>)| {
        let what = what(ctx, line.kind, line.measure, &quantity_text(line.quantity));
        let last = line.period.end.yesterday().unwrap_or(line.period.end);
        let text = msg("bill-from-to")
            .with("what", what)
            .with("from", line.period.start.to_string())
            .with("to", last.to_string());
        BillLine {
            name: said.reshape(|said| said.item.clone().unwrap_or_else(|| said.plan.clone())),
            text: ctx.text_showing(text, "domain", &said.reshape(|said| said.domain.clone())),
            amount: money(line.total.gross_minor),
        }
    };
    let discount = lines.iter().map(|line| line.total.discount_minor).sum();
    InvoicePage {
        id: invoice.id.to_string(),
        number: invoice.number.clone(),
        at: start_of(invoice.issued_on, &zone),
        due_at: start_of(invoice.due_on, &zone),
        state,
        tone,
        seller: snapshot.reshape(seller),
        buyer: snapshot.reshape(buyer),
        bill: Bill {
            lines: lines.iter().zip(&said).map(line).collect(),
            discount: money(discount),
            net: money(invoice.net_minor),
            tax_name: snapshot.reshape(tax_name),
            tax: money(invoice.tax_minor),
            total: invoice.total(),
        },
        ledger_head: snapshot.maybe(|snapshot| snapshot.ledger_head.clone()),
        account,
    }
}

fn tax_name(snapshot: &Snapshot) -> String {
    let told = |row: &&TaxRow| row.tax_minor != 0 || row.tax.note.is_some();
    match snapshot.taxes.is_empty() && snapshot.totals.tax_minor != 0 {
        true => snapshot.tax_name.clone(),
        false => {
            snapshot.taxes.iter().filter(told).map(|row| tax_text(&row.tax)).collect::<Vec<_>>().join("; ")
        }
    }
}

/// Name and address of the seller, line by line.
fn seller(snapshot: &Snapshot) -> Vec<String> {
    let mut lines = vec![snapshot.seller.name.clone()];
    lines.extend(snapshot.seller.address.iter().cloned());
    lines.push(snapshot.seller.country.clone());
    lines
}

/// Name and address of the buyer, line by line.
fn buyer(snapshot: &Snapshot) -> Vec<String> {
    let buyer = &snapshot.customer;
    let mut lines = vec![buyer.name.clone()];
    lines.extend(buyer.street.iter().cloned());
    let place = [&buyer.postal_code, &buyer.city, &buyer.region];
    lines.push(place.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" "));
    lines.push(buyer.country.clone());
    lines
}

/// `GET /center/invoices/{invoice}/pdf`
pub async fn pdf(ctx: Ctx) -> Answer {
    let id: InvoiceId = ctx.param("invoice")?;
    let (commerce, person) = (&ctx.state.commerce, ctx.who.person()?);
    commerce.show_invoice(ctx.customer()?, id).await?;
    let (invoice, document) = commerce.invoice_pdf(person.actor(), person.fact(), id).await?;
    ctx.file(&document, "application/pdf", &format!("{}.pdf", invoice.number))
}

/// `GET /center/invoices/{invoice}/credit-notes/{note}/pdf`
pub async fn note_pdf(ctx: Ctx) -> Answer {
    let (id, note): (InvoiceId, CreditNoteId) = (ctx.param("invoice")?, ctx.param("note")?);
    let (commerce, person) = (&ctx.state.commerce, ctx.who.person()?);
    commerce.show_invoice(ctx.customer()?, id).await?;
    let (note, document) = commerce.credit_note_pdf(person.actor(), person.fact(), id, note).await?;
    ctx.file(&document, "application/pdf", &format!("{}.pdf", note.number))
}
