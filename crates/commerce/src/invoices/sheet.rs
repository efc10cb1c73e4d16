//! Drawing an invoice: from its snapshot alone, so that the same snapshot gives the same bytes.
//!
//! The page is Letter for sellers in the United States and Canada, A4 elsewhere. Text is set in DejaVu Sans, whose
//! letters cover the Latin, Greek and Cyrillic alphabets; only the letters in use are embedded.

use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Node, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, TextDirection};
use mailkeep_types::Money;
use skrifa::{FontRef, MetadataProvider, instance::LocationRef, instance::Size};

use super::{Invoice, Snapshot, SnapshotLine, cii};
use crate::catalogue::pricing::{LineKind, Measure};
use crate::error::CommerceError;

const MARGIN: f32 = 56.0;
const INK: (u8, u8, u8) = (28, 30, 38);
const GREY: (u8, u8, u8) = (104, 108, 120);
const ACCENT: (u8, u8, u8) = (22, 82, 140);

/// A face with what is needed to measure it.
struct Face {
    font: Font,
    bytes: &'static [u8],
}

impl Face {
    fn load(bytes: &'static [u8]) -> Result<Self, CommerceError> {
        let font = Font::new(bytes.to_vec().into(), 0)
            .ok_or_else(|| CommerceError::Render("the built-in font cannot be read".to_owned()))?;
        Ok(Face { font, bytes })
    }

    /// The width of a text in points.
    fn width(&self, text: &str, size: f32) -> f32 {
        let Ok(font) = FontRef::new(self.bytes) else { return 0.0 };
        let metrics = font.glyph_metrics(Size::new(size), LocationRef::default());
        let charmap = font.charmap();
        text.chars().filter_map(|c| metrics.advance_width(charmap.map(c).unwrap_or_default())).sum()
    }
}

/// One page being drawn.
struct Sheet<'a, 'b> {
    surface: &'a mut Surface<'b>,
    regular: &'a Face,
    bold: &'a Face,
    right: f32,
    /// What was drawn, in the order in which it is read.
    read: Vec<Node>,
}

impl Sheet<'_, '_> {
    fn ink(&mut self, (r, g, b): (u8, u8, u8)) {
        let paint = rgb::Color::new(r, g, b).into();
        self.surface.set_fill(Some(Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::default() }));
    }

    fn text(&mut self, bold: bool, x: f32, y: f32, size: f32, text: &str) {
        if text.is_empty() {
            return;
        }
        let face = if bold { self.bold } else { self.regular };
        self.surface.set_stroke(None);
        let drawn = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        self.surface.draw_text(
            Point::from_xy(x, y),
            face.font.clone(),
            size,
            text,
            false,
            TextDirection::Auto,
        );
        self.surface.end_tagged();
        self.read.push(TagGroup::with_children(Tag::P, vec![drawn.into()]).into());
    }

    /// As [`Sheet::text`], ending at `x`.
    fn text_to(&mut self, bold: bool, x: f32, y: f32, size: f32, text: &str) {
        let width = if bold { self.bold.width(text, size) } else { self.regular.width(text, size) };
        self.text(bold, x - width, y, size, text);
    }

    /// As [`Sheet::text`], cut with an ellipsis to at most `most` points.
    fn text_within(&mut self, bold: bool, x: f32, y: f32, size: f32, text: &str, most: f32) {
        let face = if bold { self.bold } else { self.regular };
        let mut shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        while face.width(&shown, size) > most && shown.chars().count() > 1 {
            shown =
                shown.trim_end_matches('…').chars().take(shown.chars().count().saturating_sub(2)).collect();
            shown.push('…');
        }
        self.text(bold, x, y, size, &shown);
    }

    fn rule(&mut self, y: f32, (r, g, b): (u8, u8, u8), width: f32) {
        let mut path = PathBuilder::new();
        path.move_to(MARGIN, y);
        path.line_to(self.right, y);
        if let Some(path) = path.finish() {
            self.surface.set_fill(None);
            let paint = rgb::Color::new(r, g, b).into();
            self.surface.set_stroke(Some(Stroke { paint, width, ..Stroke::default() }));
            self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
            self.surface.draw_path(&path);
            self.surface.end_tagged();
            self.surface.set_stroke(None);
        }
    }
}

/// Draws the document.
pub(super) fn render(invoice: &Invoice, snapshot: &Snapshot) -> Result<Vec<u8>, CommerceError> {
    let regular = Face::load(dejavu::sans::regular())?;
    let bold = Face::load(dejavu::sans::bold())?;
    let (width, height) = match snapshot.seller.country.as_str() {
        "US" | "CA" => (612.0, 792.0),
        _ => (595.0, 842.0),
    };
    // PDF/A-3a: tagged, with everything in it that it is read by, and with the invoice for programs attached.
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .finish()
        .map_err(|error| CommerceError::Render(format!("{error:?}")))?;
    let settings =
        SerializeSettings { compress_content_streams: true, configuration, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let first_room = ((height - 390.0 - 150.0) / 34.0) as usize;
    let later_room = ((height - 150.0 - 150.0) / 34.0) as usize;
    let pages = paginate(&snapshot.lines, first_room.max(1), later_room.max(1));
    let count = pages.len();
    let mut tags = TagTree::new().with_lang(Some("en".to_owned()));
    for (index, lines) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(width, height)
            .ok_or_else(|| CommerceError::Render("the page has no size".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let mut sheet = Sheet {
            surface: &mut surface,
            regular: &regular,
            bold: &bold,
            right: width - MARGIN,
            read: Vec::new(),
        };
        let top =
            if index == 0 { head(&mut sheet, invoice, snapshot) } else { short_head(&mut sheet, invoice) };
        let below = table(&mut sheet, snapshot, lines, top);
        if index + 1 == count {
            sums(&mut sheet, snapshot, below);
        }
        foot(&mut sheet, snapshot, height, index + 1, count);
        let read = std::mem::take(&mut sheet.read);
        tags.push(TagGroup::with_children(Tag::Section, read));
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(tags);
    let on = snapshot.issued_on;
    let created =
        DateTime::new(on.year().unsigned_abs()).month(on.month().unsigned_abs()).day(on.day().unsigned_abs());
    document.embed_file(EmbeddedFile {
        path: cii::FILE_NAME.to_owned(),
        mime_type: MimeType::new("text/xml"),
        description: Some("The invoice for programs (EN 16931)".to_owned()),
        association_kind: AssociationKind::Alternative,
        data: cii::invoice_xml(invoice, snapshot).into_bytes().into(),
        modification_date: Some(created),
        compress: Some(true),
        location: None,
    });
    // Everything in the file comes from the snapshot: no clock, no random identifier.
    let metadata = Metadata::new()
        .title(format!("Invoice {}", invoice.number))
        .authors(vec![snapshot.seller.name.clone()])
        .creator("Mailkeep".to_owned())
        .language("en".to_owned())
        .document_id(invoice.id.to_string())
        .creation_date(created);
    document.set_metadata(metadata);
    document.finish().map_err(|error| CommerceError::Render(format!("{error:?}")))
}

/// The lines of each page; there is always one page.
fn paginate(lines: &[SnapshotLine], first: usize, later: usize) -> Vec<&[SnapshotLine]> {
    let (head, mut rest) = lines.split_at(lines.len().min(first));
    let mut pages = vec![head];
    while !rest.is_empty() {
        let (page, more) = rest.split_at(rest.len().min(later));
        pages.push(page);
        rest = more;
    }
    pages
}

fn head(sheet: &mut Sheet<'_, '_>, invoice: &Invoice, snapshot: &Snapshot) -> f32 {
    let right = sheet.right;
    sheet.ink(ACCENT);
    sheet.text_within(true, MARGIN, 76.0, 15.0, &snapshot.seller.name, right - MARGIN - 130.0);
    sheet.text_to(true, right, 76.0, 20.0, "Invoice");
    sheet.ink(GREY);
    let mut y = 94.0;
    for line in &snapshot.seller.address {
        sheet.text_within(false, MARGIN, y, 8.5, line, 300.0);
        y += 12.0;
    }
    let tax_id = snapshot.seller.tax_id.as_ref().map(|id| format!("Tax number {id}")).unwrap_or_default();
    for line in [snapshot.seller.country.as_str(), snapshot.seller.email.as_str(), tax_id.as_str()] {
        sheet.text_within(false, MARGIN, y, 8.5, line, 300.0);
        y += 12.0;
    }
    sheet.rule(196.0, ACCENT, 1.2);

    sheet.ink(GREY);
    sheet.text(false, MARGIN, 222.0, 8.5, "Billed to");
    sheet.ink(INK);
    let customer = &snapshot.customer;
    sheet.text_within(true, MARGIN, 238.0, 10.5, &customer.name, 280.0);
    let town = [customer.postal_code.as_str(), customer.city.as_str(), customer.region.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let tax_id = customer.tax_id.as_ref().map(|id| format!("Tax number {id}")).unwrap_or_default();
    let mut y = 253.0;
    for line in customer.street.iter().map(String::as_str).chain([
        town.as_str(),
        customer.country.as_str(),
        tax_id.as_str(),
    ]) {
        if !line.is_empty() {
            sheet.text_within(false, MARGIN, y, 9.5, line, 280.0);
            y += 13.5;
        }
    }

    let order = snapshot.order_number.clone().unwrap_or_default();
    let facts = [
        ("Number", invoice.number.clone()),
        ("Date", snapshot.issued_on.to_string()),
        ("Due", snapshot.due_on.to_string()),
        ("Order", order),
    ];
    let mut y = 238.0;
    for (label, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        sheet.ink(GREY);
        sheet.text(false, right - 170.0, y, 9.0, label);
        sheet.ink(INK);
        sheet.text_to(true, right, y, 9.5, value);
        y += 16.0;
    }
    350.0
}

fn short_head(sheet: &mut Sheet<'_, '_>, invoice: &Invoice) -> f32 {
    let right = sheet.right;
    sheet.ink(ACCENT);
    sheet.text_to(true, right, 76.0, 12.0, &format!("Invoice {}", invoice.number));
    sheet.rule(90.0, ACCENT, 1.2);
    120.0
}

fn table(sheet: &mut Sheet<'_, '_>, snapshot: &Snapshot, lines: &[SnapshotLine], top: f32) -> f32 {
    let right = sheet.right;
    let (amount, unit, quantity) = (right, right - 90.0, right - 180.0);
    sheet.ink(GREY);
    sheet.text(false, MARGIN, top, 8.5, "Service");
    sheet.text_to(false, quantity, top, 8.5, "Quantity");
    sheet.text_to(false, unit, top, 8.5, "Price each");
    sheet.text_to(false, amount, top, 8.5, "Amount");
    sheet.rule(top + 8.0, GREY, 0.5);
    let money = |minor: i64| plain(Money::new(minor, snapshot.totals.currency));
    let mut y = top + 26.0;
    for line in lines {
        sheet.ink(INK);
        sheet.text_within(true, MARGIN, y, 9.5, &line_name(line), quantity - MARGIN - 60.0);
        sheet.text_to(false, quantity, y, 9.5, &line_quantity(line));
        sheet.text_to(false, unit, y, 9.5, &money(line.unit_minor));
        sheet.text_to(false, amount, y, 9.5, &money(line.total.gross_minor));
        sheet.ink(GREY);
        let last = line.period.end.yesterday().unwrap_or(line.period.end);
        let what = format!("{} to {last} · {}", line.period.start, line.domain);
        sheet.text_within(false, MARGIN, y + 12.0, 8.5, &what, right - MARGIN);
        y += 34.0;
    }
    sheet.rule(y - 14.0, GREY, 0.5);
    y
}

fn sums(sheet: &mut Sheet<'_, '_>, snapshot: &Snapshot, below: f32) {
    let right = sheet.right;
    let totals = &snapshot.totals;
    let money = |minor: i64| plain(Money::new(minor, totals.currency));
    let mut y = below + 8.0;
    let mut rows = Vec::new();
    if totals.discount_minor != 0 {
        rows.push(("Discount".to_owned(), money(-totals.discount_minor)));
    }
    rows.push(("Net".to_owned(), money(totals.net_minor)));
    match snapshot.taxes.as_slice() {
        [] => rows.push((format!("{} {}", snapshot.tax_name, snapshot.tax_rate), money(totals.tax_minor))),
        taxes => rows.extend(
            taxes.iter().map(|row| (format!("{} {}", row.tax.name, row.tax.rate), money(row.tax_minor))),
        ),
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
    sheet.text(true, right - 230.0, y, 12.0, "Total");
    sheet.text_to(true, right, y, 12.0, &totals.total().to_string());
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
fn line_name(line: &SnapshotLine) -> String {
    let (plan, item) = (&line.plan, line.item.as_deref().unwrap_or_default());
    match line.kind {
        LineKind::Mailboxes => plan.clone(),
        LineKind::ClosedMailboxes => format!("{plan}: closed mailboxes"),
        LineKind::Space => format!("{plan}: space"),
        LineKind::AddOn => format!("{plan}: {item}"),
        LineKind::AddOnSpace => format!("{plan}: {item}, space"),
        LineKind::Setup => format!("{plan}: setup"),
        LineKind::Item => item.to_owned(),
        LineKind::Unused => format!("{plan}: unused days"),
    }
}

fn line_quantity(line: &SnapshotLine) -> String {
    let unit = match line.measure {
        Measure::Mailbox | Measure::Piece => "",
        Measure::Gigabyte => " GB",
        Measure::Hour => " h",
    };
    format!("{}{unit}", line.quantity)
}

fn foot(sheet: &mut Sheet<'_, '_>, snapshot: &Snapshot, height: f32, page: usize, pages: usize) {
    let right = sheet.right;
    sheet.rule(height - 66.0, GREY, 0.5);
    sheet.ink(GREY);
    let words = format!("{} · {}", snapshot.seller.name, snapshot.seller.email);
    sheet.text_within(false, MARGIN, height - 50.0, 8.0, &words, right - MARGIN - 90.0);
    sheet.text_to(false, right, height - 50.0, 8.0, &format!("Page {page} of {pages}"));
    if let Some(head) = &snapshot.ledger_head {
        let words = format!("Head of the record of data use: {head}");
        sheet.text_within(false, MARGIN, height - 36.0, 7.0, &words, right - MARGIN);
    }
}

/// An amount without its currency, for columns.
fn plain(amount: Money) -> String {
    let text = amount.to_string();
    text.split(' ').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::config::CommerceConfig;
    use crate::orders::BillingDetails;
    use crate::periods::Period;
    use crate::totals::{Charge, TaxRate, compute};
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
        let first = render(&invoice, &snapshot).unwrap();
        assert!(first.starts_with(b"%PDF-"));
        assert_eq!(first, render(&invoice, &snapshot).unwrap());
        // What is not part of the snapshot, such as a payment, does not change it either.
        let paid = Invoice { open_minor: 0, paid_minor: invoice.total_minor, settled_at: None, ..invoice };
        assert_eq!(first, render(&paid, &snapshot).unwrap());
        if let Ok(folder) = std::env::var("MAILKEEP_SAMPLE_FOLDER") {
            std::fs::write(std::path::Path::new(&folder).join("invoice.pdf"), first).unwrap();
        }
    }

    #[test]
    fn long_invoices_take_more_pages() {
        let (_, snapshot) = sample(20);
        let pages = paginate(&snapshot.lines, 6, 14);
        assert_eq!(pages.iter().map(|p| p.len()).collect::<Vec<_>>(), [6, 14]);
        let (invoice, snapshot) = sample(40);
        assert!(render(&invoice, &snapshot).unwrap().starts_with(b"%PDF-"));
        assert_eq!(paginate(&[], 6, 14).len(), 1);
    }
}
