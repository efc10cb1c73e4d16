//! One page being drawn: text and lines, each with its place in the order of reading.

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Node, SpanTag, Tag, TagGroup};
use krilla::text::{Font, TextDirection};
use skrifa::{FontRef, MetadataProvider, instance::LocationRef, instance::Size};

use super::{ACCENT, GREY, INK, MARGIN, Words};
use crate::config::SellerConfig;
use crate::error::CommerceError;
use crate::orders::BillingDetails;

/// A face with what is needed to measure it.
pub(super) struct Face {
    font: Font,
    bytes: &'static [u8],
}

impl Face {
    pub(super) fn load(bytes: &'static [u8]) -> Result<Self, CommerceError> {
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
pub(crate) struct Sheet<'a, 'b> {
    pub(super) surface: &'a mut Surface<'b>,
    pub(super) regular: &'a Face,
    pub(super) bold: &'a Face,
    /// The words of its language.
    pub(crate) words: Words,
    /// Where the text ends on the right.
    pub(crate) right: f32,
    /// How high the page is.
    pub(crate) height: f32,
    /// What was drawn, in the order in which it is read.
    pub(super) read: Vec<Node>,
}

impl Sheet<'_, '_> {
    /// Sets the colour of what follows.
    pub(crate) fn ink(&mut self, (r, g, b): (u8, u8, u8)) {
        let paint = rgb::Color::new(r, g, b).into();
        self.surface.set_fill(Some(Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::default() }));
    }

    /// Writes a text from `x` on its base line `y`.
    pub(crate) fn text(&mut self, bold: bool, x: f32, y: f32, size: f32, text: &str) {
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
    pub(crate) fn text_to(&mut self, bold: bool, x: f32, y: f32, size: f32, text: &str) {
        let width = if bold { self.bold.width(text, size) } else { self.regular.width(text, size) };
        self.text(bold, x - width, y, size, text);
    }

    /// As [`Sheet::text`], cut with an ellipsis to at most `most` points.
    pub(crate) fn text_within(&mut self, bold: bool, x: f32, y: f32, size: f32, text: &str, most: f32) {
        let face = if bold { self.bold } else { self.regular };
        let mut shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        while face.width(&shown, size) > most && shown.chars().count() > 1 {
            shown =
                shown.trim_end_matches('…').chars().take(shown.chars().count().saturating_sub(2)).collect();
            shown.push('…');
        }
        self.text(bold, x, y, size, &shown);
    }

    /// Draws a line across the page.
    pub(crate) fn rule(&mut self, y: f32, (r, g, b): (u8, u8, u8), width: f32) {
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

/// What every first page of ours begins with.
pub(crate) struct Head<'a> {
    /// What the document is, e.g. `Invoice`.
    pub title: &'a str,
    /// Who sells.
    pub seller: &'a SellerConfig,
    /// To whom it is written, after the id of a label; nobody where there is no address.
    pub to: Option<(&'a str, &'a BillingDetails)>,
    /// What is said of it, each with the id of its label; one without a value is left out.
    pub facts: &'a [(&'a str, String)],
}

/// The first place below a [`Head`].
pub(crate) const BELOW_HEAD: f32 = 350.0;
/// The first place below a short head.
pub(crate) const BELOW_SHORT_HEAD: f32 = 120.0;

impl Sheet<'_, '_> {
    /// Seller, addressee and facts of a first page.
    pub(crate) fn head(&mut self, head: &Head<'_>) {
        let right = self.right;
        self.ink(ACCENT);
        self.text_within(true, MARGIN, 76.0, 15.0, &head.seller.name, right - MARGIN - 180.0);
        self.text_to(true, right, 76.0, 20.0, head.title);
        self.ink(GREY);
        let mut y = 94.0;
        for line in &head.seller.address {
            self.text_within(false, MARGIN, y, 8.5, line, 300.0);
            y += 12.0;
        }
        let tax_id = self.tax_number(head.seller.tax_id.as_deref());
        for line in [head.seller.country.as_str(), head.seller.email.as_str(), tax_id.as_str()] {
            self.text_within(false, MARGIN, y, 8.5, line, 300.0);
            y += 12.0;
        }
        self.rule(196.0, ACCENT, 1.2);
        if let Some((label, customer)) = head.to {
            self.addressee(label, customer);
        }
        let mut y = 238.0;
        for (label, value) in head.facts.iter().filter(|(_, value)| !value.is_empty()) {
            self.ink(GREY);
            self.text(false, right - 170.0, y, 9.0, &self.words.say(label));
            self.ink(INK);
            self.text_to(true, right, y, 9.5, value);
            y += 16.0;
        }
    }

    fn addressee(&mut self, label: &str, customer: &BillingDetails) {
        self.ink(GREY);
        self.text(false, MARGIN, 222.0, 8.5, &self.words.say(label));
        self.ink(INK);
        self.text_within(true, MARGIN, 238.0, 10.5, &customer.name, 280.0);
        let town = [customer.postal_code.as_str(), customer.city.as_str(), customer.region.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let tax_id = self.tax_number(customer.tax_id.as_deref());
        let mut y = 253.0;
        for line in customer.street.iter().map(String::as_str).chain([
            town.as_str(),
            customer.country.as_str(),
            tax_id.as_str(),
        ]) {
            if !line.is_empty() {
                self.text_within(false, MARGIN, y, 9.5, line, 280.0);
                y += 13.5;
            }
        }
    }

    /// The top of a page that is not the first.
    pub(crate) fn short_head(&mut self, title: &str) {
        self.ink(ACCENT);
        self.text_to(true, self.right, 76.0, 12.0, title);
        self.rule(90.0, ACCENT, 1.2);
    }

    /// The bottom of each page, with the head of the ledger where it is known.
    pub(crate) fn foot(
        &mut self,
        seller: &SellerConfig,
        ledger_head: Option<&str>,
        (page, pages): (usize, usize),
    ) {
        let (right, height) = (self.right, self.height);
        let (page, pages) = (page.to_string(), pages.to_string());
        let pages = self.words.fill("page", &[("page", &page), ("pages", &pages)]);
        self.rule(height - 66.0, GREY, 0.5);
        self.ink(GREY);
        let words = format!("{} · {}", seller.name, seller.email);
        self.text_within(false, MARGIN, height - 50.0, 8.0, &words, right - MARGIN - 90.0);
        self.text_to(false, right, height - 50.0, 8.0, &pages);
        if let Some(head) = ledger_head {
            let words = self.words.fill("ledger-head", &[("head", head)]);
            self.text_within(false, MARGIN, height - 36.0, 7.0, &words, right - MARGIN);
        }
    }

    fn tax_number(&self, id: Option<&str>) -> String {
        id.map(|id| self.words.fill("tax-number", &[("id", id)])).unwrap_or_default()
    }
}
