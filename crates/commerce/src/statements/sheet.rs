//! Drawing a statement: movements and balances of each currency, day by day.

use jiff::civil::Date;
use mailkeep_types::Money;

use super::{Movement, Statement};
use crate::documents::{
    ACCENT, BELOW_HEAD, BELOW_SHORT_HEAD, GREY, Head, INK, Imprint, Letterhead, MARGIN, Press, Sheet, Words,
    paginate,
};
use crate::error::CommerceError;

/// From one row to the next, in points.
const STEP: f32 = 18.0;

/// The statements of one customer for one period.
pub(super) struct Period {
    /// The first day.
    pub from: Date,
    /// The day after the last.
    pub until: Date,
    /// One for each currency.
    pub statements: Vec<Statement>,
}

enum Row<'a> {
    Opening(&'a Statement),
    Movement(&'a Statement, &'a Movement),
    Closing(&'a Statement),
}

/// Draws the document.
pub(super) fn render(letterhead: &Letterhead, period: &Period) -> Result<Vec<u8>, CommerceError> {
    let words = Words::to(letterhead.customer.as_ref());
    let mut press = Press::new(&letterhead.seller.country, words)?;
    let mut rows = Vec::new();
    for statement in &period.statements {
        rows.push(Row::Opening(statement));
        rows.extend(statement.movements.iter().map(|movement| Row::Movement(statement, movement)));
        rows.push(Row::Closing(statement));
    }
    let room = |top: f32| ((press.height - top - 120.0) / STEP) as usize;
    let pages = paginate(&rows, room(BELOW_HEAD), room(BELOW_SHORT_HEAD));
    let count = pages.len();
    let last = period.until.yesterday().unwrap_or(period.until);
    let name = words.say("statement");
    let days = [("title", &*name), ("from", &*period.from.to_string()), ("to", &*last.to_string())];
    let title = words.fill("for-time", &days);
    for (index, rows) in pages.iter().enumerate() {
        press.page(|sheet| {
            let top = if index == 0 {
                let facts = [("from", period.from.to_string()), ("to", last.to_string())];
                let to = letterhead.customer.as_ref().map(|customer| ("for", customer));
                sheet.head(&Head { title: &name, seller: &letterhead.seller, to, facts: &facts });
                BELOW_HEAD
            } else {
                sheet.short_head(&title);
                BELOW_SHORT_HEAD
            };
            table(sheet, rows, (period.from, last), top);
            sheet.foot(&letterhead.seller, letterhead.ledger_head.as_deref(), (index + 1, count));
        })?;
    }
    press.finish(Imprint {
        title,
        author: &letterhead.seller.name,
        id: format!("statement {} to {last}", period.from),
        on: last,
    })
}

fn table(sheet: &mut Sheet<'_, '_>, rows: &[Row<'_>], (from, last): (Date, Date), top: f32) {
    let words = sheet.words;
    let (balance, amount, what) = (sheet.right, sheet.right - 110.0, MARGIN + 80.0);
    sheet.ink(GREY);
    sheet.text(false, MARGIN, top, 8.5, &words.say("date"));
    sheet.text(false, what, top, 8.5, &words.say("movement"));
    sheet.text_to(false, amount, top, 8.5, &words.say("amount"));
    sheet.text_to(false, balance, top, 8.5, &words.say("balance"));
    sheet.rule(top + 8.0, GREY, 0.5);
    let mut y = top + 26.0;
    for row in rows {
        let (bold, on, what_moved, moved, after) = match row {
            Row::Opening(of) => (true, from, words.say("balance-before"), None, (of, of.opening_minor)),
            Row::Movement(of, row) => {
                let number = row.number.as_deref().map(|number| format!(" {number}")).unwrap_or_default();
                let moved_by = format!("{}{number}", words.say(kind_id(&row.kind)));
                (false, row.on, moved_by, Some(row.amount_minor), (of, row.balance_minor))
            }
            Row::Closing(of) => (true, last, words.say("balance-after"), None, (of, of.closing_minor)),
        };
        let (of, after) = after;
        sheet.ink(GREY);
        sheet.text(false, MARGIN, y, 9.0, &on.to_string());
        sheet.ink(INK);
        sheet.text_within(bold, what, y, 9.5, &what_moved, amount - what - 90.0);
        if let Some(minor) = moved {
            sheet.text_to(false, amount, y, 9.5, &words.plain(Money::new(minor, of.currency)));
        }
        if bold {
            sheet.ink(ACCENT);
        }
        let after = Money::new(after, of.currency);
        let after = if bold { words.money(after) } else { words.plain(after) };
        sheet.text_to(bold, balance, y, 9.5, &after);
        if matches!(row, Row::Closing(_)) {
            sheet.rule(y + 6.0, GREY, 0.5);
        }
        y += STEP;
    }
}

/// The id of what a movement is called on paper.
fn kind_id(kind: &str) -> &'static str {
    match kind {
        "invoice_issued" => "move-invoice-issued",
        "payment_received" => "move-payment-received",
        "transfer_received" => "move-transfer-received",
        "credit_note_issued" => "move-credit-note-issued",
        "paid_part_credited" => "move-paid-part-credited",
        "credit_applied" => "move-credit-applied",
        "credit_granted" => "move-credit-granted",
        "credit_taken_back" => "move-credit-taken-back",
        "cover_granted" => "move-cover-granted",
        "chargeback" => "move-chargeback",
        "dispute_lost" => "move-dispute-lost",
        "refund_begun" => "move-refund-begun",
        "refund_failed" => "move-refund-failed",
        "further" => "move-further",
        _ => "move-other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::CommerceConfig;
    use mailkeep_types::Currency;

    #[test]
    fn the_same_books_give_the_same_bytes_over_several_pages() {
        let movement = |day: i8| Movement {
            on: Date::constant(2026, 3, 1 + day % 28),
            kind: if day % 2 == 0 { "invoice_issued" } else { "payment_received" }.to_owned(),
            number: Some(format!("INV-{day:06}")),
            invoice: None,
            amount_minor: if day % 2 == 0 { 1275 } else { -1275 },
            balance_minor: if day % 2 == 0 { 1275 } else { 0 },
        };
        let statement = Statement {
            currency: Currency::USD,
            opening_minor: 0,
            movements: (0..90).map(movement).collect(),
            closing_minor: 0,
        };
        let (from, until) = (Date::constant(2026, 3, 1), Date::constant(2026, 4, 1));
        let period = Period { from, until, statements: vec![statement] };
        let seller = CommerceConfig::example().seller;
        let letterhead = Letterhead { seller, customer: None, ledger_head: Some("4711 x=".to_owned()) };
        let drawn = render(&letterhead, &period).unwrap();
        assert!(drawn.starts_with(b"%PDF-"));
        assert_eq!(drawn, render(&letterhead, &period).unwrap());
        if let Ok(folder) = std::env::var("MAILKEEP_SAMPLE_FOLDER") {
            std::fs::write(std::path::Path::new(&folder).join("statement.pdf"), drawn).unwrap();
        }
    }
}
