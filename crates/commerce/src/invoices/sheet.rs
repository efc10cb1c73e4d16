//! Drawing an invoice or a credit note: from its snapshot alone, so that the same snapshot gives the same bytes.

use super::cii::{self, Issued};
use super::{Snapshot, SnapshotLine};
use crate::catalogue::pricing::LineKind;
use crate::documents::{
    ACCENT, BELOW_HEAD, BELOW_SHORT_HEAD, GREY, Head, INK, Imprint, MARGIN, Press, Sheet, Words, paginate,
};
use crate::error::CommerceError;
use crate::totals::TaxRate;
use mailkeep_types::Money;

/// Draws the document, with the same for programs inside.
pub(super) fn render(issued: &Issued<'_>, snapshot: &Snapshot) -> Result<Vec<u8>, CommerceError> {
    let words = Words::to(Some(&snapshot.customer));
    let title = words.fill("numbered", &[("title", &words.say(title(issued))), ("number", issued.number)]);
    let mut press = Press::new(&snapshot.seller.country, words)?;
    let first_room = ((press.height - 390.0 - 150.0) / 34.0) as usize;
    let later_room = ((press.height - 150.0 - 150.0) / 34.0) as usize;
    let pages = paginate(&snapshot.lines, first_room, later_room);
    let count = pages.len();
    for (index, lines) in pages.iter().enumerate() {
        press.page(|sheet| {
            let top = if index == 0 { head(sheet, issued, snapshot) } else { short_head(sheet, &title) };
            let below = table(sheet, issued, snapshot, lines, top);
            if index + 1 == count {
                sums(sheet, snapshot, below);
            }
            sheet.foot(&snapshot.seller, snapshot.ledger_head.as_deref(), (index + 1, count));
        })?;
    }
    let xml = cii::invoice_xml(issued, snapshot).into_bytes();
    press.attach(cii::FILE_NAME, "text/xml", &words.say("for-programs"), xml, snapshot.issued_on);
    press.finish(Imprint {
        title,
        author: &snapshot.seller.name,
        id: issued.id.to_string(),
        on: snapshot.issued_on,
    })
}

/// The id of what it is called.
const fn title(issued: &Issued<'_>) -> &'static str {
    match issued.corrects {
        None => "invoice",
        Some(_) => "credit-note",
    }
}

fn head(sheet: &mut Sheet<'_, '_>, issued: &Issued<'_>, snapshot: &Snapshot) -> f32 {
    let order = snapshot.order_number.clone().unwrap_or_default();
    let last = match issued.corrects {
        None => [("due", snapshot.due_on.to_string()), ("order", order)],
        Some((invoice, on)) => [("for-invoice", invoice.to_owned()), ("of-day", on.to_string())],
    };
    let [third, fourth] = last;
    sheet.head(&Head {
        title: &sheet.words.say(title(issued)),
        seller: &snapshot.seller,
        to: Some(("billed-to", &snapshot.customer)),
        facts: &[
            ("number", issued.number.to_owned()),
            ("date", snapshot.issued_on.to_string()),
            third,
            fourth,
        ],
    });
    BELOW_HEAD
}

fn short_head(sheet: &mut Sheet<'_, '_>, title: &str) -> f32 {
    sheet.short_head(title);
    BELOW_SHORT_HEAD
}

fn table(
    sheet: &mut Sheet<'_, '_>,
    issued: &Issued<'_>,
    snapshot: &Snapshot,
    lines: &[SnapshotLine],
    top: f32,
) -> f32 {
    let (right, words) = (sheet.right, sheet.words);
    let (amount, unit, quantity) = (right, right - 90.0, right - 180.0);
    // What is taken off a line has no quantity of its own.
    let whole = issued.corrects.is_none();
    sheet.ink(GREY);
    sheet.text(false, MARGIN, top, 8.5, &words.say("service"));
    if whole {
        sheet.text_to(false, quantity, top, 8.5, &words.say("quantity"));
        sheet.text_to(false, unit, top, 8.5, &words.say("price-each"));
    }
    sheet.text_to(false, amount, top, 8.5, &words.say("amount"));
    sheet.rule(top + 8.0, GREY, 0.5);
    let money = |minor: i64| words.plain(Money::new(minor, snapshot.totals.currency));
    let mut y = top + 26.0;
    for line in lines {
        sheet.ink(INK);
        sheet.text_within(true, MARGIN, y, 9.5, &line_name(words, line), quantity - MARGIN - 60.0);
        if whole {
            sheet.text_to(false, quantity, y, 9.5, &words.counted(&line.quantity, line.measure));
            sheet.text_to(false, unit, y, 9.5, &money(line.unit_minor));
        }
        sheet.text_to(false, amount, y, 9.5, &money(line.total.gross_minor));
        sheet.ink(GREY);
        let last = line.period.end.yesterday().unwrap_or(line.period.end);
        let days = [("from", &*line.period.start.to_string()), ("to", &*last.to_string())];
        let what = format!("{} · {}", words.fill("days", &days), line.domain);
        sheet.text_within(false, MARGIN, y + 12.0, 8.5, &what, right - MARGIN);
        y += 34.0;
    }
    sheet.rule(y - 14.0, GREY, 0.5);
    y
}

fn sums(sheet: &mut Sheet<'_, '_>, snapshot: &Snapshot, below: f32) {
    let (right, words) = (sheet.right, sheet.words);
    let totals = &snapshot.totals;
    let money = |minor: i64| words.plain(Money::new(minor, totals.currency));
    let tax = |name: &str, rate: TaxRate| format!("{name} {}", words.number(&rate.to_string()));
    let mut y = below + 8.0;
    let mut rows = Vec::new();
    if totals.discount_minor != 0 {
        rows.push((words.say("discount"), money(-totals.discount_minor)));
    }
    rows.push((words.say("net"), money(totals.net_minor)));
    match snapshot.taxes.as_slice() {
        [] => rows.push((tax(&snapshot.tax_name, snapshot.tax_rate), money(totals.tax_minor))),
        taxes => {
            rows.extend(taxes.iter().map(|row| (tax(&row.tax.name, row.tax.rate), money(row.tax_minor))));
        }
    }
    for (label, value) in rows {
        sheet.ink(GREY);
        sheet.text_within(false, right - 230.0, y, 9.5, &label, 130.0);
        sheet.ink(INK);
        sheet.text_to(false, right, y, 9.5, &value);
        y += 17.0;
    }
    y += 4.0;
    sheet.ink(ACCENT);
    sheet.text(true, right - 230.0, y, 12.0, &words.say("total"));
    sheet.text_to(true, right, y, 12.0, &words.money(totals.total()));
    // What must be said of a tax that is not asked for.
    let mut notes: Vec<&str> = snapshot.taxes.iter().filter_map(|row| row.tax.note.as_deref()).collect();
    notes.dedup();
    for note in notes {
        y += 17.0;
        sheet.ink(GREY);
        sheet.text_to(false, right, y, 8.5, note);
    }
}

/// What a line is for.
fn line_name(words: Words, line: &SnapshotLine) -> String {
    let (plan, item) = (&line.plan, line.item.as_deref().unwrap_or_default());
    let of_plan = |id| words.fill(id, &[("plan", plan)]);
    match line.kind {
        LineKind::Mailboxes => plan.clone(),
        LineKind::ClosedMailboxes => of_plan("closed-mailboxes"),
        LineKind::Space => of_plan("space"),
        LineKind::AddOn => format!("{plan}: {item}"),
        LineKind::AddOnSpace => words.fill("add-on-space", &[("name", &format!("{plan}: {item}"))]),
        LineKind::Setup => of_plan("setup"),
        LineKind::Item => item.to_owned(),
        LineKind::Unused => of_plan("unused-days"),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::catalogue::pricing::Measure;
    use crate::config::CommerceConfig;
    use crate::invoices::Invoice;
    use crate::orders::BillingDetails;
    use crate::periods::Period;
    use crate::totals::{Charge, compute};
    use mailkeep_types::{Clock, Currency, CustomerId, InvoiceId, ManualClock, Ratio};

    pub(crate) fn sample(lines: usize) -> (Invoice, Snapshot) {
        let clock = ManualClock::at("2026-03-01");
        let date = |text: &str| text.parse().unwrap();
        let period = Period { start: date("2026-03-01"), end: date("2026-04-01") };
        let charges =
            vec![Charge { unit_minor: 600, quantity: 5, part: Ratio::ONE, tax: TaxRate(625) }; lines];
        let totals = compute(Currency::USD, &charges, 0).unwrap();
        let snapshot = Snapshot {
            seller: CommerceConfig::example().seller,
            customer: BillingDetails {
                name: "Žluťoučký Kůň & Söhne".to_owned(),
                street: vec!["12 Nowhere Lane".to_owned()],
                postal_code: "00000".to_owned(),
                city: "Sampletown".to_owned(),
                region: "ZZ".to_owned(),
                country: "US".to_owned(),
                tax_id: None,
                language: String::new(),
            },
            tax_name: "Sales tax".to_owned(),
            tax_rate: TaxRate(625),
            taxes: Vec::new(),
            order_number: Some("ORD-000001".to_owned()),
            lines: totals
                .lines
                .iter()
                .enumerate()
                .map(|(index, total)| SnapshotLine {
                    plan: "Business".to_owned(),
                    domain: format!("a-rather-long-domain-name-number-{index}.sample-company.example"),
                    period,
                    quantity: "5".to_owned(),
                    unit_minor: 600,
                    total: *total,
                    kind: LineKind::Mailboxes,
                    item: None,
                    measure: Measure::Mailbox,
                    tax: None,
                })
                .collect(),
            totals: totals.clone(),
            issued_on: date("2026-03-01"),
            due_on: date("2026-03-15"),
            ledger_head: Some(format!("4711 {}=", "A".repeat(43))),
        };
        let invoice = Invoice {
            id: InvoiceId::new(&*clock),
            number: "INV-000001".to_owned(),
            customer: CustomerId::new(&*clock),
            currency: Currency::USD,
            net_minor: totals.net_minor,
            tax_minor: totals.tax_minor,
            total_minor: totals.total_minor,
            issued_on: date("2026-03-01"),
            due_on: date("2026-03-15"),
            paid_minor: 0,
            credited_minor: 0,
            disputed_minor: 0,
            open_minor: totals.total_minor,
            pursued_from: date("2026-03-15"),
            settled_at: Some(clock.now()),
            dunning_round: 0,
        };
        (invoice, snapshot)
    }

    #[test]
    fn the_same_snapshot_gives_the_same_bytes() {
        let (invoice, snapshot) = sample(2);
        let first = render(&Issued::invoice(&invoice), &snapshot).unwrap();
        assert!(first.starts_with(b"%PDF-"));
        assert_eq!(first, render(&Issued::invoice(&invoice), &snapshot).unwrap());
        // What is not part of the snapshot, such as a payment, does not change it either.
        let paid = Invoice { open_minor: 0, paid_minor: invoice.total_minor, settled_at: None, ..invoice };
        assert_eq!(first, render(&Issued::invoice(&paid), &snapshot).unwrap());
        if let Ok(folder) = std::env::var("MAILKEEP_SAMPLE_FOLDER") {
            std::fs::write(std::path::Path::new(&folder).join("invoice.pdf"), first).unwrap();
        }
    }

    #[test]
    fn an_invoice_is_written_in_the_language_of_whom_it_goes_to() {
        let (invoice, snapshot) = sample(7);
        let kinds = [
            LineKind::ClosedMailboxes,
            LineKind::Space,
            LineKind::AddOn,
            LineKind::AddOnSpace,
            LineKind::Setup,
            LineKind::Item,
            LineKind::Unused,
        ];
        let mut written = Vec::new();
        for language in crate::documents::LANGUAGES {
            let mut snapshot = snapshot.clone();
            snapshot.customer.language = language.to_owned();
            for (line, kind) in snapshot.lines.iter_mut().zip(kinds) {
                line.kind = kind;
            }
            let drawn = render(&Issued::invoice(&invoice), &snapshot).unwrap();
            let said = format!("/Lang({language})");
            assert!(drawn.windows(said.len()).any(|part| part == said.as_bytes()), "{language}");
            if let Ok(folder) = std::env::var("MAILKEEP_SAMPLE_FOLDER") {
                let name = format!("invoice-{language}.pdf");
                std::fs::write(std::path::Path::new(&folder).join(name), &drawn).unwrap();
            }
            written.push(drawn);
        }
        written.dedup();
        assert_eq!(written.len(), crate::documents::LANGUAGES.len());
    }

    #[test]
    fn long_invoices_take_more_pages() {
        let (_, snapshot) = sample(20);
        let pages = paginate(&snapshot.lines, 6, 14);
        assert_eq!(pages.iter().map(|p| p.len()).collect::<Vec<_>>(), [6, 14]);
        let (invoice, snapshot) = sample(40);
        assert!(render(&Issued::invoice(&invoice), &snapshot).unwrap().starts_with(b"%PDF-"));
        assert_eq!(paginate::<SnapshotLine>(&[], 6, 14).len(), 1);
    }
}
