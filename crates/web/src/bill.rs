//! What an order or invoice comes to, as pages show it.

use mailkeep_commerce::catalogue::pricing::{LineKind, Measure, Priced, quantity_text};
use mailkeep_commerce::taxes::TaxDecision;
use mailkeep_policy::Shown;
use mailkeep_types::Money;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::messages::msg;
use crate::samples::usd;

/// Lines and sums.
#[derive(Debug, Clone, Serialize)]
pub struct Bill {
    /// The lines.
    pub lines: Vec<BillLine>,
    /// What is taken off.
    pub discount: Money,
    /// The sum before tax.
    pub net: Money,
    /// What the tax is called; empty where there is none.
    pub tax_name: Shown<String>,
    /// The tax.
    pub tax: Money,
    /// What is to be paid.
    pub total: Money,
}

/// One line.
#[derive(Debug, Clone, Serialize)]
pub struct BillLine {
    /// The plan.
    pub name: Shown<String>,
    /// How many, for which domain, for how long.
    pub text: Shown<String>,
    /// The amount before discount and tax.
    pub amount: Money,
}

impl BillLine {
    /// The line without its amount, for lists.
    pub fn in_one(&self) -> Shown<String> {
        self.name.join(&self.text, |name, text| format!("{name}: {text}"))
    }
}

/// What a line is for and how many: `3 mailboxes`, `4 GB of space`, `2 hours`.
pub fn what(ctx: &Ctx, kind: LineKind, measure: Measure, quantity: &str) -> String {
    // Whole numbers decide between singular and plural.
    let count = |id| match quantity.parse::<i64>() {
        Ok(number) => msg(id).with("n", number),
        Err(_) => msg(id).with("n", quantity),
    };
    let text = match (kind, measure) {
        (LineKind::Setup, _) => msg("bill-setup"),
        (LineKind::Unused, _) => msg("bill-unused"),
        (LineKind::ClosedMailboxes, _) => count("bill-closed-mailboxes"),
        (LineKind::AddOn, _) => count("bill-add-on"),
        (_, Measure::Mailbox) => count("bill-mailboxes"),
        (_, Measure::Gigabyte) => count("bill-space"),
        (_, Measure::Hour) => count("bill-hours"),
        (_, Measure::Piece) => count("bill-pieces"),
    };
    ctx.text(&text)
}

/// What a tax is called on a bill, with what must be said of it.
pub fn tax_text(tax: &TaxDecision) -> String {
    match &tax.note {
        Some(note) => format!("{} {}. {note}", tax.name, tax.rate),
        None => format!("{} {}", tax.name, tax.rate),
    }
}

impl Bill {
    /// What was priced, as a bill; `place` says for which domain and how long each plan is.
    pub fn of(ctx: &Ctx, priced: &Priced, place: impl Fn(usize) -> Option<(String, &'static str)>) -> Self {
        let money = |minor| Money::new(minor, priced.totals.currency);
        let lines = priced.rows().map(|(line, _, total)| {
            let what = what(ctx, line.kind, line.measure, &quantity_text(line.quantity));
            let text = match line.plan.and_then(&place) {
                Some((domain, interval)) if line.kind.recurs() => {
                    let term = match interval {
                        "annual" => ctx.say("order-term-annual"),
                        "quarterly" => ctx.say("order-term-quarterly"),
                        _ => ctx.say("order-term-monthly"),
                    };
                    let term = term.to_lowercase();
                    ctx.text(&msg("bill-for").with("what", what).with("domain", domain).with("term", term))
                }
                _ => what,
            };
            BillLine { name: line.name.clone().into(), text: text.into(), amount: money(total.gross_minor) }
        });
        let totals = &priced.totals;
        let taxes: Vec<String> = priced
            .tax_rows()
            .iter()
            .filter(|row| row.tax_minor != 0 || row.tax.note.is_some())
            .map(|row| tax_text(&row.tax))
            .collect();
        Bill {
            lines: lines.collect(),
            discount: money(totals.discount_minor),
            net: money(totals.net_minor),
            tax_name: taxes.join("; ").into(),
            tax: money(totals.tax_minor),
            total: totals.total(),
        }
    }

    /// Five mailboxes for a year.
    pub fn sample() -> Self {
        Bill {
            lines: vec![BillLine {
                name: "Business".into(),
                text: "5 mailboxes for larkspur-books.example, yearly".into(),
                amount: usd(36_000),
            }],
            discount: usd(0),
            net: usd(36_000),
            tax_name: "Sales tax 8.25 %".into(),
            tax: usd(2_970),
            total: usd(38_970),
        }
    }
}
