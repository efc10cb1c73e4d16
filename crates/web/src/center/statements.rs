//! Statements: the balance before a month, what moved it, the balance after it.

use jiff::civil::Date;
use mailkeep_commerce::local_date;
use mailkeep_types::{Money, Timestamp};
use serde::Serialize;

use super::services::start_of;
use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples::{self, usd};

/// The statement of a month, or of a year.
#[derive(Debug, Serialize)]
pub struct StatementPage {
    /// The first day.
    pub from: Timestamp,
    /// The last day.
    pub to: Timestamp,
    /// The period as it stands in the address: `2026-05` or `2026`.
    pub period: String,
    /// The period before.
    pub before: String,
    /// The period after; nothing when it has not begun.
    pub after: Option<String>,
    /// The year of a month.
    pub year: Option<String>,
    /// The statements, one for each currency.
    pub statements: Vec<StatementCard>,
}

/// A statement in one currency.
#[derive(Debug, Clone, Serialize)]
pub struct StatementCard {
    /// The balance before.
    pub opening: Money,
    /// What moved it.
    pub movements: Vec<MovementRow>,
    /// The balance after.
    pub closing: Money,
}

/// One movement.
#[derive(Debug, Clone, Serialize)]
pub struct MovementRow {
    /// The day.
    pub at: Timestamp,
    /// Names its text.
    pub kind: String,
    /// The number of the document.
    pub number: Option<String>,
    /// The invoice to look at.
    pub invoice: Option<String>,
    /// What it added; a minus took off.
    pub amount: Money,
    /// The balance after it.
    pub balance: Money,
}

impl Page for StatementPage {
    const TEMPLATE: &'static str = "center/statement.html";

    fn samples() -> Vec<Self> {
        let row = |days, kind: &str, number: &str, amount, balance| MovementRow {
            at: samples::days_ago(days),
            kind: kind.to_owned(),
            number: Some(number.to_owned()),
            invoice: Some("i".to_owned()),
            amount: usd(amount),
            balance: usd(balance),
        };
        let card = StatementCard {
            opening: usd(0),
            movements: vec![
                row(13, "invoice_issued", "INV-000118", 38_970, 38_970),
                row(11, "payment_received", "INV-000118", -38_970, 0),
                row(2, "credit_note_issued", "CN-000004", -1200, -1200),
            ],
            closing: usd(-1200),
        };
        let page = |statements, after: Option<&str>| StatementPage {
            from: samples::days_ago(13),
            to: samples::days_ago(-17),
            period: "2026-05".to_owned(),
            before: "2026-04".to_owned(),
            after: after.map(str::to_owned),
            year: Some("2026".to_owned()),
            statements,
        };
        vec![page(vec![card], None), page(Vec::new(), Some("2026-06"))]
    }
}

/// `GET /center/statements`
pub async fn show(ctx: Ctx) -> Answer {
    let zone = ctx.chrome().time_zone;
    let today = local_date(ctx.state.clock.now(), &zone);
    let (from, months) = asked_period(ctx.query.get("period")).unwrap_or((today.first_of_month(), 1));
    let shifted = |by: i32| mailkeep_commerce::periods::shift_months(from, by, 1);
    let until = shifted(months);
    let word = |date: Date| word(date, months);
    let statements = ctx.state.commerce.statement(ctx.customer()?, from, until).await?;
    let statements = statements
        .into_iter()
        .map(|statement| {
            let money = |minor| Money::new(minor, statement.currency);
            let row = |movement: &mailkeep_commerce::statements::Movement| MovementRow {
                at: start_of(movement.on, &zone),
                kind: if KINDS.contains(&movement.kind.as_str()) {
                    movement.kind.clone()
                } else {
                    "other".to_owned()
                },
                number: movement.number.clone(),
                invoice: movement.invoice.map(|id| id.to_string()),
                amount: money(movement.amount_minor),
                balance: money(movement.balance_minor),
            };
            StatementCard {
                opening: money(statement.opening_minor),
                movements: statement.movements.iter().map(row).collect(),
                closing: money(statement.closing_minor),
            }
        })
        .collect();
    ctx.page(&StatementPage {
        from: start_of(from, &zone),
        to: start_of(until.yesterday().unwrap_or(until), &zone),
        period: word(from),
        before: word(shifted(-months)),
        after: (until <= today).then(|| word(until)),
        year: (months == 1).then(|| format!("{:04}", from.year())),
        statements,
    })
}

/// `GET /center/statements/pdf`
pub async fn pdf(ctx: Ctx) -> Answer {
    let today = local_date(ctx.state.clock.now(), &ctx.chrome().time_zone);
    let (from, months) = asked_period(ctx.query.get("period")).unwrap_or((today.first_of_month(), 1));
    let until = mailkeep_commerce::periods::shift_months(from, months, 1);
    let (customer, person) = (ctx.customer()?, ctx.who.person()?);
    let commerce = &ctx.state.commerce;
    let document = commerce.statement_pdf(person.actor(), person.fact(), customer, (from, until)).await?;
    ctx.file(&document, "application/pdf", &format!("statement-{}.pdf", word(from, months)))
}

/// A period as it stands in addresses.
fn word(from: Date, months: i32) -> String {
    match months {
        12 => format!("{:04}", from.year()),
        _ => format!("{:04}-{:02}", from.year(), from.month()),
    }
}

/// The movements that have a text of their own.
const KINDS: [&str; 14] = [
    "invoice_issued",
    "payment_received",
    "credit_note_issued",
    "chargeback",
    "transfer_received",
    "paid_part_credited",
    "credit_applied",
    "cover_granted",
    "credit_granted",
    "credit_taken_back",
    "refund_begun",
    "refund_failed",
    "dispute_lost",
    "further",
];

/// Reads `2026-05` or `2026` as its first day and its months.
pub(crate) fn asked_period(period: &str) -> Option<(Date, i32)> {
    let (year, month) = period.split_once('-').unwrap_or((period, ""));
    let year = year.parse::<i16>().ok().filter(|year| (1990..=2200).contains(year))?;
    if month.is_empty() {
        return Some((Date::new(year, 1, 1).ok()?, 12));
    }
    Some((Date::new(year, month.parse().ok()?, 1).ok()?, 1))
}
