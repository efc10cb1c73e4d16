//! Drawing a hosting report: each domain with its mailboxes, then what is billed with it.

use std::collections::HashMap;

use mailkeep_types::{MailboxId, Money};

use super::{Basis, Report, ReportDomain, ReportLine, ReportRow, billed_space};
use crate::documents::{
    ACCENT, BELOW_HEAD, BELOW_SHORT_HEAD, GREY, Head, INK, Imprint, Letterhead, MARGIN, Press, Sheet, Words,
    paginate,
};
use crate::error::CommerceError;

/// From one row to the next, in points.
const STEP: f32 = 17.0;

/// The addresses of mailboxes that are still there and may be seen.
type Names<'a> = HashMap<MailboxId, &'a str>;

enum Row<'a> {
    Domain(&'a ReportDomain),
    Mailbox(&'a ReportRow),
    Sum(i64),
    Billed,
    Line(&'a ReportLine),
    Net,
}

/// Draws the document.
pub(super) fn render(
    letterhead: &Letterhead,
    report: &Report,
    names: &[(MailboxId, String)],
) -> Result<Vec<u8>, CommerceError> {
    let names: Names<'_> = names.iter().map(|(id, address)| (*id, address.as_str())).collect();
    let words = Words::to(letterhead.customer.as_ref());
    let mut press = Press::new(&letterhead.seller.country, words)?;
    let rows = rows(report);
    let room = |top: f32| ((press.height - top - 110.0) / STEP) as usize;
    let pages = paginate(&rows, room(BELOW_HEAD), room(BELOW_SHORT_HEAD));
    let count = pages.len();
    let name = words.say("hosting-report");
    let title = words.fill("dated", &[("title", &name), ("date", &report.invoice_on.to_string())]);
    for (index, rows) in pages.iter().enumerate() {
        press.page(|sheet| {
            let top = if index == 0 {
                let to = letterhead.customer.as_ref().map(|customer| ("for", customer));
                sheet.head(&Head {
                    title: &name,
                    seller: &letterhead.seller,
                    to,
                    facts: &[
                        ("plan", format!("{}, {}", report.plan, words.say(report.interval.word()))),
                        ("counted", report.counted_on.to_string()),
                        ("generated", report.generated_on.to_string()),
                        ("next-billing", report.next_billing.to_string()),
                        ("renewal", report.renewal.to_string()),
                    ],
                });
                BELOW_HEAD
            } else {
                sheet.short_head(&title);
                BELOW_SHORT_HEAD
            };
            let mut y = column_heads(sheet, top);
            for row in *rows {
                draw(sheet, row, report, &names, y);
                y += STEP;
            }
            sheet.foot(&letterhead.seller, letterhead.ledger_head.as_deref(), (index + 1, count));
        })?;
    }
    press.finish(Imprint {
        title,
        author: &letterhead.seller.name,
        id: format!("{} {}", report.subscription, report.invoice_on),
        on: report.generated_on,
    })
}

fn rows(report: &Report) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for domain in &report.domains {
        rows.push(Row::Domain(domain));
        rows.extend(domain.rows.iter().map(Row::Mailbox));
        rows.push(Row::Sum(domain.amount_minor()));
    }
    if !report.lines.is_empty() {
        rows.push(Row::Billed);
        rows.extend(report.lines.iter().map(Row::Line));
    }
    rows.push(Row::Net);
    rows
}

/// Where columns end, from the right: amount, basis, used, quota.
fn columns(sheet: &Sheet<'_, '_>) -> [f32; 4] {
    [sheet.right, sheet.right - 80.0, sheet.right - 140.0, sheet.right - 200.0]
}

fn column_heads(sheet: &mut Sheet<'_, '_>, top: f32) -> f32 {
    let (ends, words) = (columns(sheet), sheet.words);
    sheet.ink(GREY);
    sheet.text(false, MARGIN, top, 8.5, &words.say("mailbox"));
    for (end, label) in ends.into_iter().zip(["amount", "priced-by", "used", "quota"]) {
        sheet.text_to(false, end, top, 8.5, &words.say(label));
    }
    sheet.rule(top + 8.0, GREY, 0.5);
    top + 26.0
}

fn draw(sheet: &mut Sheet<'_, '_>, row: &Row<'_>, report: &Report, names: &Names<'_>, y: f32) {
    let ([amount, basis, used, quota], words) = (columns(sheet), sheet.words);
    let wide = quota - MARGIN - 60.0;
    let money = |minor: i64| words.plain(Money::new(minor, report.currency));
    match row {
        Row::Domain(domain) => {
            sheet.ink(INK);
            let names = match domain.aliases.as_slice() {
                [] => domain.name.clone(),
                aliases => {
                    let aliases = aliases.join(", ");
                    words.fill("with-aliases", &[("domain", &domain.name), ("aliases", &aliases)])
                }
            };
            sheet.text_within(true, MARGIN, y, 10.0, &names, amount - MARGIN - 90.0);
        }
        Row::Mailbox(row) => {
            let known = names.get(&row.mailbox).copied();
            let address = known.map_or_else(|| words.say("gone-mailbox"), str::to_owned);
            let address = match (row.new, row.closed) {
                (false, false) => address,
                (true, false) => words.fill("new-mailbox", &[("address", &address)]),
                (false, true) => words.fill("closed-mailbox", &[("address", &address)]),
                (true, true) => words.fill("new-closed-mailbox", &[("address", &address)]),
            };
            sheet.ink(INK);
            sheet.text_within(false, MARGIN + 8.0, y, 9.0, &address, wide);
            sheet.text_to(false, amount, y, 9.0, &money(row.amount_minor));
            sheet.ink(GREY);
            let limit =
                if row.quota_bytes == 0 { words.say("no-limit") } else { space(words, row.quota_bytes) };
            sheet.text_to(false, quota, y, 9.0, &limit);
            sheet.text_to(false, used, y, 9.0, &space(words, row.used_bytes));
            sheet.text_to(false, basis, y, 9.0, &words.say(basis_id(row.basis)));
        }
        Row::Sum(minor) => {
            sheet.ink(GREY);
            sheet.text_to(false, basis, y, 9.0, &words.say("for-a-term"));
            sheet.ink(INK);
            sheet.text_to(true, amount, y, 9.0, &money(*minor));
            sheet.rule(y + 5.0, GREY, 0.5);
        }
        Row::Billed => {
            sheet.ink(INK);
            sheet.text(true, MARGIN, y, 10.0, &words.say("billed-with-this"));
        }
        Row::Line(line) => {
            sheet.ink(INK);
            let last = line.period.end.yesterday().unwrap_or(line.period.end);
            let (from, to) = (line.period.start.to_string(), last.to_string());
            let said = words.fill("line-days", &[("name", &line.name), ("from", &from), ("to", &to)]);
            sheet.text_within(false, MARGIN + 8.0, y, 9.0, &said, wide);
            sheet.text_to(false, amount, y, 9.0, &money(line.net_minor));
            sheet.ink(GREY);
            let count = words.counted(&line.quantity, line.measure);
            let price = money(line.unit_minor);
            let count = words.fill("count-at-price", &[("count", &count), ("price", &price)]);
            sheet.text_to(false, basis, y, 9.0, &count);
        }
        Row::Net => {
            sheet.ink(ACCENT);
            sheet.text(true, MARGIN, y, 11.0, &words.say("billed-before-tax"));
            let net = words.money(Money::new(report.net_minor, report.currency));
            sheet.text_to(true, amount, y, 11.0, &net);
        }
    }
}

/// Space as it is billed.
fn space(words: Words, bytes: u64) -> String {
    let (whole, tenth, unit) = billed_space(bytes);
    let size = if tenth == 0 { whole.to_string() } else { words.number(&format!("{whole}.{tenth}")) };
    format!("{size} {unit}")
}

/// The id of by what a mailbox is priced.
const fn basis_id(basis: Basis) -> &'static str {
    match basis {
        Basis::Included => "basis-included",
        Basis::Use => "basis-use",
        Basis::Quota => "basis-quota",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::CommerceConfig;
    use crate::periods::Interval;
    use jiff::civil::Date;
    use mailkeep_types::{Currency, SubscriptionId};
    use uuid::Uuid;

    #[test]
    fn the_same_report_gives_the_same_bytes_over_several_pages() {
        let row = |number: u128| ReportRow {
            mailbox: MailboxId::from_uuid(Uuid::from_u128(number)),
            quota_bytes: if number.is_multiple_of(3) { 0 } else { 25_000_000_000 },
            used_bytes: 74_000_000 * u64::try_from(number).unwrap(),
            basis: Basis::Use,
            amount_minor: 250,
            new: number == 2,
            closed: number == 4,
        };
        let domain = ReportDomain {
            name: "larkspur-books.example".to_owned(),
            aliases: vec!["larkspur.example".to_owned()],
            rows: (1..80).map(row).collect(),
        };
        let report = Report {
            subscription: SubscriptionId::from_uuid(Uuid::from_u128(7)),
            invoice_on: Date::constant(2026, 4, 1),
            generated_on: Date::constant(2026, 4, 1),
            counted_on: Date::constant(2026, 3, 28),
            plan: "Business".to_owned(),
            interval: Interval::Monthly,
            next_billing: Date::constant(2026, 5, 1),
            renewal: Date::constant(2026, 5, 1),
            currency: Currency::USD,
            domains: vec![domain],
            lines: Vec::new(),
            net_minor: 19_750,
        };
        let names = vec![(MailboxId::from_uuid(Uuid::from_u128(1)), "ada@larkspur-books.example".to_owned())];
        let seller = CommerceConfig::example().seller;
        let letterhead = Letterhead { seller, customer: None, ledger_head: Some("4711 x=".to_owned()) };
        let drawn = render(&letterhead, &report, &names).unwrap();
        assert!(drawn.starts_with(b"%PDF-"));
        assert_eq!(drawn, render(&letterhead, &report, &names).unwrap());
        if let Ok(folder) = std::env::var("MAILKEEP_SAMPLE_FOLDER") {
            std::fs::write(std::path::Path::new(&folder).join("hosting-report.pdf"), drawn).unwrap();
        }
    }
}
